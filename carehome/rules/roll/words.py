"""The words by which rolls are read: titles of columns, sexes, grades, sum rows."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from carehome import paths
from carehome.i18n import N_

_UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


class Field(StrEnum):
    """What a column of a roll can tell."""

    NAME = "name"
    SEX = "sex"
    ID_NUMBER = "id_number"
    BIRTH = "birth"
    AGE = "age"
    ETHNICITY = "ethnicity"
    ADDRESS = "address"
    PHONE = "phone"
    ADMITTED = "admitted"
    DISCHARGED = "discharged"
    STATUS = "status"
    BUILDING = "building"
    FLOOR = "floor"
    ROOM = "room"
    BED = "bed"
    GRADE = "grade"
    ABILITY = "ability"
    CATEGORY = "category"
    CONTACT = "contact"
    RELATION = "relation"
    CONTACT_PHONE = "contact_phone"
    BED_FEE = "bed_fee"
    CARE_FEE = "care_fee"
    MEAL_FEE = "meal_fee"
    TOTAL_FEE = "total_fee"
    DEPOSIT = "deposit"
    NOTE = "note"


CONTACTS = frozenset({Field.CONTACT, Field.RELATION, Field.CONTACT_PHONE})
FEES = (Field.BED_FEE, Field.CARE_FEE, Field.MEAL_FEE)
REQUIRED = (Field.NAME, Field.ID_NUMBER, Field.ADMITTED)

LABELS: Mapping[Field, str] = {
    Field.NAME: N_("Name"),
    Field.SEX: N_("Sex"),
    Field.ID_NUMBER: N_("ID number"),
    Field.BIRTH: N_("Date of birth"),
    Field.AGE: N_("Age"),
    Field.ETHNICITY: N_("Ethnic group"),
    Field.ADDRESS: N_("Address"),
    Field.PHONE: N_("Resident's phone"),
    Field.ADMITTED: N_("Admission date"),
    Field.DISCHARGED: N_("Discharge date"),
    Field.STATUS: N_("Living here or not"),
    Field.BUILDING: N_("Building"),
    Field.FLOOR: N_("Floor"),
    Field.ROOM: N_("Room"),
    Field.BED: N_("Bed"),
    Field.GRADE: N_("Nursing grade"),
    Field.ABILITY: N_("Ability level"),
    Field.CATEGORY: N_("Resident category"),
    Field.CONTACT: N_("Contact"),
    Field.RELATION: N_("Relation"),
    Field.CONTACT_PHONE: N_("Contact's phone"),
    Field.BED_FEE: N_("Bed fee"),
    Field.CARE_FEE: N_("Care fee"),
    Field.MEAL_FEE: N_("Meal fee"),
    Field.TOTAL_FEE: N_("Fees in total"),
    Field.DEPOSIT: N_("Deposit"),
    Field.NOTE: N_("Note"),
}


@dataclass(frozen=True, slots=True)
class Titles:
    """How the column of one field is named, surely, perhaps, in part; and how not."""

    exact: frozenset[str]
    weak: frozenset[str]
    part: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactTitles:
    """How the columns about family and guardians are named."""

    owners: tuple[str, ...]
    marks: tuple[str, ...]
    joiners: tuple[str, ...]
    name: frozenset[str]
    relation: frozenset[str]
    phone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grade:
    """A nursing grade of ours that a word stands for; unsure ones are to confirm."""

    code: str
    sure: bool


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What follows the name of a building, a floor, a room, a bed."""

    building: tuple[str, ...]
    named_building: tuple[str, ...]
    floor: tuple[str, ...]
    room: tuple[str, ...]
    bed: tuple[str, ...]
    cellar: tuple[str, ...]
    ordinal: str
    number: str
    sides: str


@dataclass(frozen=True, slots=True)
class AmountWords:
    """What stands around or instead of an amount."""

    zero: frozenset[str]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    ten_thousand: str


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one edition."""

    titles: Mapping[Field, Titles]
    ignored: frozenset[str]
    reason: str
    staff: tuple[str, ...]
    contact: ContactTitles
    fee_parents: tuple[str, ...]
    fee_suffix: str
    title_heads: tuple[str, ...]
    title_tails: tuple[str, ...]
    sexes: Mapping[str, str]
    categories: Mapping[str, str]
    grades: Mapping[str, Grade]
    abilities: Mapping[str, int]
    sum_starts: tuple[str, ...]
    sum_ends: tuple[str, ...]
    sum_count: str
    vacant: frozenset[str]
    left: frozenset[str]
    missing: frozenset[str]
    former_sheets: tuple[str, ...]
    roll_sheets: tuple[str, ...]
    places: PlaceWords
    amounts: AmountWords
    date_signs: Mapping[str, str]
    numerals: str
    dot: str


def fold(text: str) -> str:
    """Return a text as it is compared: one width, no blanks, capitals."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


@cache
def shipped() -> Words:
    """Return the words that come with the program."""
    return read(paths.resource("forms") / "resident-roll.json")


def read(path: Path) -> Words:
    """Read one edition of the words."""
    data = json.loads(path.read_text("utf-8"))
    places = data["places"]
    return Words(
        titles={
            Field(name): Titles(
                exact=_set(given["exact"]),
                weak=_set(given.get("weak", ())),
                part=_longest_first(given.get("part", ())),
                never=_longest_first(given.get("never", ())),
            )
            for name, given in data["fields"].items()
        },
        ignored=_set(data["ignored"]),
        reason=data["reason"],
        staff=_longest_first(data["staff"]),
        contact=ContactTitles(
            owners=_longest_first(data["contact"]["owners"]),
            marks=_longest_first(data["contact"]["marks"]),
            joiners=_longest_first(data["contact"]["joiners"]),
            name=_set(data["contact"]["name"]),
            relation=_set(data["contact"]["relation"]),
            phone=_set(data["contact"]["phone"]),
        ),
        fee_parents=_longest_first(data["fees"]["parents"]),
        fee_suffix=data["fees"]["suffix"],
        title_heads=_longest_first(data["noise"]["heads"]),
        title_tails=_longest_first(data["noise"]["tails"]),
        sexes=_by_word(data["sexes"]),
        categories=_by_word(data["categories"]),
        grades={
            fold(word): Grade(given["grade"], given["sure"])
            for given in data["grades"]
            for word in given["words"]
        },
        abilities={
            fold(word): level
            for level, listed in enumerate(data["abilities"])
            for word in listed
        },
        sum_starts=_longest_first(data["sum_starts"]),
        sum_ends=_longest_first(data["sum_ends"]),
        sum_count=data["sum_count"],
        vacant=_set(data["vacant"]),
        left=_set(data["left"]),
        missing=_set(data["missing"]),
        former_sheets=_longest_first(data["former_sheets"]),
        roll_sheets=_longest_first(data["roll_sheets"]),
        places=PlaceWords(
            building=_longest_first(places["building"]),
            named_building=_longest_first(places["named_building"]),
            floor=_longest_first(places["floor"]),
            room=_longest_first(places["room"]),
            bed=_longest_first(places["bed"]),
            cellar=_longest_first(places["cellar"]),
            ordinal=places["ordinal"],
            number=places["number"],
            sides=places["sides"],
        ),
        amounts=AmountWords(
            zero=_set(data["amounts"]["zero"]),
            heads=_longest_first(data["amounts"]["heads"]),
            tails=_longest_first(data["amounts"]["tails"]),
            ten_thousand=data["amounts"]["ten_thousand"],
        ),
        date_signs=data["dates"]["signs"],
        numerals=data["numerals"],
        dot=data["dot"],
    )


def _set(words: Iterable[str]) -> frozenset[str]:
    """Fold words whose order means nothing."""
    return frozenset(map(fold, words))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Order words so that the first that fits is the one that says most."""
    return tuple(sorted(map(fold, words), key=len, reverse=True))


def _by_word(groups: Mapping[str, list[str]]) -> dict[str, str]:
    """Turn groups of words round: from the word to its group."""
    return {fold(word): code for code, words in groups.items() for word in words}
