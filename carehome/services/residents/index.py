"""Finding people while somebody types: all of them in memory, ready to search."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, RoomRow
from carehome.db.residents import (
    AbsenceRow,
    AdmissionRow,
    ContactRow,
    GradeChangeRow,
    ResidentCategoryRow,
    ResidentRow,
    StayRow,
)
from carehome.rules import residents as rules
from carehome.rules.beds import label_key
from carehome.rules.periods import Period
from carehome.rules.residents import Status
from carehome.services.beds.places import bed_names_in
from carehome.services.beds.uses import beds_on_in
from carehome.services.home import labels_in
from carehome.services.residents.categories import holding

WHOLE_NUMBER = 7  # digits that a phone has at least
SHORTEST_NUMBER = 4  # digits that look for phones and identity numbers, not rooms
_ORDER = list(rules.STATUS_NAMES)
_SKIPPED = str.maketrans("", "", f"{rules.DOT}'\u2019")


@dataclass(frozen=True, slots=True)
class ResidentLine:
    """One line of the list of residents."""

    resident_id: int
    name: str
    sex: str
    age: int | None
    status: Status
    bed_id: int | None
    bed: str
    floor_id: int | None
    grade: str
    grade_label: str
    ability_level: int | None
    has_dementia: bool
    categories: tuple[str, ...]
    category_labels: tuple[str, ...]
    admitted_on: date | None
    discharged_on: date | None
    phone: str
    late_since: date | None = None  # should have been back on that day


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom to list; None lets everybody pass."""

    statuses: frozenset[Status] | None = None
    floor_id: int | None = None
    grade: str | None = None
    ability_level: int | None = None
    category: str | None = None
    sex: str | None = None
    among: frozenset[int] | None = None


EVERYBODY = Filters()
IN_HOUSE = Filters(statuses=rules.LIVES_HERE)


class ResidentIndex:
    """Everybody the home knows, searched without asking the database.

    `words` holds names, spellings and beds, each preceded by a line break, so that a
    break and the typed letters together find what begins with them; `starts` leads
    from a first letter to the people it may mean. `numbers` holds identity numbers and
    phones, of which any part may be typed.
    """

    def __init__(self, people: Iterable[tuple[ResidentLine, str, str]] = ()) -> None:
        ordered = sorted(people, key=lambda person: _place(person[0]))
        self.lines = [line for line, _words, _numbers in ordered]
        self._words = [words for _line, words, _numbers in ordered]
        self._numbers = [numbers for _line, _words, numbers in ordered]
        self._starts: dict[str, list[int]] = defaultdict(list)
        for i, words in enumerate(self._words):
            for letter in {word[0] for word in words.split()}:
                self._starts[letter].append(i)

    def find(self, text: str = "", filters: Filters = EVERYBODY) -> list[ResidentLine]:
        """Return the lines that fit every typed word, in the order of the list."""
        hits: list[int] | None = None
        for term in terms_of(text):
            hits = self._hits(term, hits)
        lines = self.lines if hits is None else [self.lines[i] for i in hits]
        return list(_narrowed(lines, filters))

    def best(self, text: str, most: int) -> list[tuple[int, ResidentLine]]:
        """Return the lines that fit best, each with its rank.

        Rank 0 is the very name, bed or whole number, 1 how a name begins, 2 a whole
        spelling, 3 anything else. Whoever lives here stands before who does not.
        """
        terms = terms_of(text)
        hits: list[int] | None = None
        for term in terms:
            hits = self._hits(term, hits)
        word = "".join(terms)
        ranked = ((self._rank(i, word), i) for i in hits or ())
        return [(rank, self.lines[i]) for rank, i in nsmallest(most, ranked)]

    @cached_property
    def by_id(self) -> dict[int, ResidentLine]:
        """Everybody by number."""
        return {line.resident_id: line for line in self.lines}

    def _rank(self, place: int, word: str) -> int:
        words, begin = self._words[place], f"\n{word}"
        if words.startswith(begin):
            return 0 if words[len(begin) :][:1] in ("", "\n") else 1
        if begin in words and (f"{begin}\n" in words or words.endswith(begin)):
            return 0 if word == self.lines[place].bed.lower() else 2
        is_long = len(word) >= WHOLE_NUMBER
        return 0 if is_long and word in self._numbers[place].split("\n") else 3

    def _hits(self, term: str, within: list[int] | None) -> list[int]:
        """Return the places that a typed word fits, among those `within`."""
        begins, words, numbers = "\n" + term, self._words, self._numbers
        likely = self._starts.get(term[0], []) if within is None else within
        hits = [i for i in likely if begins in words[i]]
        if len(term) >= SHORTEST_NUMBER and term[:-1].isdigit():
            all_of_them = range(len(numbers)) if within is None else within
            parts = [i for i in all_of_them if term in numbers[i]]
            hits = sorted({*hits, *parts})
        return hits


def terms_of(text: str) -> list[str]:
    """Return the words typed, as the index spells them."""
    plain = rules.clean_name(unicodedata.normalize("NFKC", text))
    return plain.lower().translate(_SKIPPED).split()


def words_of(name: str, pinyin: str, initials: str, bed: str) -> str:
    """Return what letters and signs find a person by; each start is on a new line."""
    plain = name.lower().translate(_SKIPPED)
    starts = [plain[i:] for i in range(len(plain))]
    for spelling in pinyin.split("/"):
        syllables = spelling.split()
        starts += ["".join(syllables[i:]) for i in range(len(syllables))]
    for letters in initials.split("/"):
        starts += [letters[i:] for i in range(len(letters))]
    if bed:
        starts += [bed.lower(), bed.lower().rpartition(" ")[2]]
    return "\n" + "\n".join(dict.fromkeys(starts))


def numbers_of(*numbers: str | None) -> str:
    """Return identity number and phones as digits, one a line."""
    digits = ("".join(filter(str.isalnum, number or "")) for number in numbers)
    return "\n".join(digits).lower()


def index_in(session: Session, today: date) -> ResidentIndex:
    """Read everybody the home knows."""
    return ResidentIndex(_people(session, today))


def _place(line: ResidentLine) -> tuple[Any, ...]:
    here = line.status in rules.LIVES_HERE
    return (
        not here,
        label_key(line.bed) if here else (),
        _ORDER.index(line.status),
        line.name,
        line.resident_id,
    )


def _narrowed(
    lines: Iterable[ResidentLine], filters: Filters
) -> Iterable[ResidentLine]:
    if filters.statuses is not None:
        lines = [line for line in lines if line.status in filters.statuses]
    if filters.floor_id is not None:
        lines = [line for line in lines if line.floor_id == filters.floor_id]
    if filters.grade is not None:
        lines = [line for line in lines if line.grade == filters.grade]
    if filters.ability_level is not None:
        lines = [line for line in lines if line.ability_level == filters.ability_level]
    if filters.category is not None:
        lines = [line for line in lines if filters.category in line.categories]
    if filters.sex is not None:
        lines = [line for line in lines if line.sex == filters.sex]
    if filters.among is not None:
        lines = [line for line in lines if line.resident_id in filters.among]
    return lines


def _people(session: Session, today: date) -> Iterator[tuple[ResidentLine, str, str]]:
    """Yield everybody's line, words and numbers, with one query a table."""
    labels = labels_in(session, "nursing_grade")
    names = labels_in(session, "category")
    beds, floors = bed_names_in(session), _floors(session)
    stays, absences = _stays(session), _absences(session, today)
    late = _late(session, today)
    held, grades = beds_on_in(session, today), _grades(session, today)
    groups, phones = _categories(session, today), _phones(session)
    admitting = _admitting(session)
    columns = ResidentRow.__table__.c
    for row in session.execute(select(*columns)):
        mine, bed_id = stays[row.id], held.get(row.id)
        codes, bed = tuple(groups[row.id]), beds.get(bed_id or 0, "")
        grade = grades.get(row.id, "")
        last = next((stay for stay in reversed(mine) if stay.start <= today), None)
        line = ResidentLine(
            row.id,
            row.name,
            row.sex,
            rules.age_on(row.born, today),
            rules.status_on(today, mine, absences[row.id], row.id in admitting),
            bed_id,
            bed,
            floors.get(bed_id or 0),
            grade,
            labels.get(grade, grade),
            row.ability_level,
            row.has_dementia,
            codes,
            tuple(names.get(code, code) for code in codes),
            last.start if last else None,
            last.end if last else None,
            row.phone,
            late.get(row.id),
        )
        words = words_of(row.name, row.pinyin, row.initials, bed)
        yield line, words, numbers_of(row.id_number, row.phone, *phones[row.id])


def _floors(session: Session) -> dict[int, int]:
    query = select(BedRow.id, RoomRow.floor_id).join(
        RoomRow, RoomRow.id == BedRow.room_id
    )
    return dict(session.execute(query).all())


def _stays(session: Session) -> dict[int, list[Period]]:
    found = defaultdict(list)
    query = select(StayRow.resident_id, StayRow.admitted_on, StayRow.discharged_on)
    query = query.order_by(StayRow.admitted_on, StayRow.id)
    for resident_id, start, end in session.execute(query):
        found[resident_id].append(Period(start, end))
    return found


def _absences(session: Session, day: date) -> dict[int, list[tuple[str, Period]]]:
    found = defaultdict(list)
    query = select(
        AbsenceRow.resident_id,
        AbsenceRow.kind,
        AbsenceRow.left_on,
        AbsenceRow.returned_on,
    ).where(or_(AbsenceRow.returned_on.is_(None), AbsenceRow.returned_on > day))
    for resident_id, kind, start, end in session.execute(query):
        found[resident_id].append((kind, Period(start, end)))
    return found


def _late(session: Session, day: date) -> dict[int, date]:
    """Return when those should have been back who are away and late."""
    query = select(AbsenceRow.resident_id, AbsenceRow.expected_on).where(
        AbsenceRow.returned_on.is_(None), AbsenceRow.expected_on < day
    )
    return {each: expected for each, expected in session.execute(query) if expected}


def _grades(session: Session, day: date) -> dict[int, str]:
    query = (
        select(GradeChangeRow.resident_id, GradeChangeRow.grade)
        .where(GradeChangeRow.starts <= day)
        .order_by(GradeChangeRow.starts)
    )
    return dict(session.execute(query).all())


def _categories(session: Session, day: date) -> dict[int, list[str]]:
    found = defaultdict(list)
    query = select(ResidentCategoryRow.resident_id, ResidentCategoryRow.code)
    query = query.where(holding(day))
    for resident_id, code in session.execute(query.order_by(ResidentCategoryRow.id)):
        found[resident_id].append(code)
    return found


def _phones(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for resident_id, *numbers in session.execute(
        select(ContactRow.resident_id, ContactRow.phone, ContactRow.phone_2)
    ):
        found[resident_id] += filter(None, numbers)
    return found


def _admitting(session: Session) -> set[int | None]:
    query = select(AdmissionRow.resident_id).where(
        AdmissionRow.finished_on.is_(None), AdmissionRow.given_up_on.is_(None)
    )
    return set(session.scalars(query))
