"""The words by which lists of staff are read: titles, levels of skill, educations."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from carehome import paths
from carehome.i18n import N_
from carehome.rules.roll.lists import Titles
from carehome.rules.roll.words import fold


class Field(StrEnum):
    """What a column of a list of staff can tell."""

    NUMBER = "number"
    NAME = "name"
    SEX = "sex"
    ID_NUMBER = "id_number"
    BIRTH = "birth"
    PHONE = "phone"
    POST = "post"
    UNIT = "unit"
    HIRED = "hired"
    LEFT = "left"
    EDUCATION = "education"
    GRADUATED = "graduated"
    CARE_SINCE = "care_since"
    LEVEL = "level"
    LEVEL_NUMBER = "level_number"
    LEVEL_ON = "level_on"
    HEALTH_UNTIL = "health_until"
    CONTRACT_FROM = "contract_from"
    CONTRACT_UNTIL = "contract_until"
    NOTE = "note"


REQUIRED = (Field.NAME, Field.POST, Field.HIRED)

LABELS: Mapping[Field, str] = {
    Field.NUMBER: N_("Staff number"),
    Field.NAME: N_("Name"),
    Field.SEX: N_("Sex"),
    Field.ID_NUMBER: N_("ID number"),
    Field.BIRTH: N_("Date of birth"),
    Field.PHONE: N_("Phone"),
    Field.POST: N_("Post"),
    Field.UNIT: N_("Unit of work"),
    Field.HIRED: N_("Works here since"),
    Field.LEFT: N_("Left on"),
    Field.EDUCATION: N_("Education"),
    Field.GRADUATED: N_("Graduated on"),
    Field.CARE_SINCE: N_("In front-line care here since"),
    Field.LEVEL: N_("Level of caregiver"),
    Field.LEVEL_NUMBER: N_("Number of the level's certificate"),
    Field.LEVEL_ON: N_("Level's certificate issued on"),
    Field.HEALTH_UNTIL: N_("Health certificate valid until"),
    Field.CONTRACT_FROM: N_("Contract from"),
    Field.CONTRACT_UNTIL: N_("Contract until"),
    Field.NOTE: N_("Note"),
}


@dataclass(frozen=True, slots=True)
class StaffWords:
    """All words of one edition."""

    titles: Titles[Field]
    levels: Mapping[str, int]
    educations: Mapping[str, str]
    care: tuple[str, ...]
    sums: tuple[str, ...]

    def is_care(self, post: str) -> bool:
        """Say whether a post sounds like front-line care."""
        return any(word in post for word in self.care)


@cache
def shipped() -> StaffWords:
    """Return the words that come with the program."""
    return read(paths.resource("forms") / "staff-roll.json")


def read(path: Path) -> StaffWords:
    """Read one edition of the words."""
    data = json.loads(path.read_text("utf-8"))
    parts = [
        (fold(word), Field(name))
        for name, titles in data["fields"].items()
        for word in titles["part"]
    ]
    exact = {
        fold(word): Field(name)
        for name, titles in data["fields"].items()
        for word in titles["exact"]
    }
    longest_first = tuple(sorted(parts, key=lambda part: -len(part[0])))
    return StaffWords(
        Titles(exact, longest_first, REQUIRED, Field.NAME),
        {fold(w): int(level) for level, ws in data["levels"].items() for w in ws},
        {fold(w): code for code, ws in data["educations"].items() for w in ws},
        tuple(data["care_words"]),
        tuple(map(fold, data["sum_words"])),
    )
