"""Everybody who works or worked here, line by line: searched, filtered, what is due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import true
from sqlalchemy.orm import Session

from carehome.rules.certificates import Kind, Urgency
from carehome.rules.deadlines import PRIVATE, Deadline, File, deadlines
from carehome.rules.staff import Post
from carehome.services.pinyin import spell
from carehome.services.residents.index import (
    WHOLE_NUMBER,
    numbers_of,
    terms_of,
    words_of,
)
from carehome.services.staff.facts import kinds_in, posts_in
from carehome.services.staff.lists import rules_in
from carehome.services.staff.records import files_in, units_in, warnings_in

CAREGIVER = "caregiver"  # the ladder of skill that allowances and rosters go by
BEST = 8


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One line of the list of staff; `due` is what ends or lacks, the gravest first."""

    staff_id: int
    name: str
    number: str
    posts: tuple[Post, ...]
    unit_id: int | None
    unit: str
    level: int | None
    phone: str
    hired_on: date
    left_on: date | None
    due: tuple[Deadline, ...]

    @property
    def post(self) -> str:
        """Return what the main post is called."""
        return self.posts[0].name if self.posts else ""

    @property
    def urgency(self) -> Urgency:
        """Say how urgent the most urgent thing is."""
        return min((due.urgency for due in self.due), default=Urgency.LATER)

    def is_here(self, day: date) -> bool:
        """Say whether somebody has not left by `day`."""
        return self.left_on is None or self.left_on > day


class StaffIndex:
    """All lines, searched by name, pinyin, number, phone or post without a query."""

    def __init__(
        self,
        lines: Iterable[StaffLine] = (),
        posts: Mapping[int, Post] | None = None,
        units: Mapping[int, str] | None = None,
    ) -> None:
        self.lines = tuple(lines)
        self.posts = posts or {}
        self.units = units or {}
        self._words = [_words(line) for line in self.lines]

    def find(self, text: str = "") -> list[StaffLine]:
        """Return the lines that fit every typed word, in the order of the list."""
        terms = terms_of(text)
        return [
            line
            for line, (words, phone) in zip(self.lines, self._words, strict=True)
            if all(_fits(term, words, phone) for term in terms)
        ]

    def best(self, text: str, most: int = BEST) -> list[tuple[int, StaffLine]]:
        """Return who fits best, each with a rank as in the index of residents."""
        word = "".join(terms_of(text))
        ranked = [(_rank(line, word), line) for line in self.find(text)]
        return sorted(ranked, key=lambda pair: pair[0])[:most]

    @cached_property
    def by_id(self) -> dict[int, StaffLine]:
        """Everybody by number."""
        return {line.staff_id: line for line in self.lines}


def index_in(session: Session, today: date, *, with_private: bool) -> StaffIndex:
    """Read everybody, with one query a table.

    Private matters are only told to who keeps the files.
    """
    kinds, posts, units = kinds_in(session), posts_in(session), units_in(session)
    files = files_in(session, true())
    due: dict[int, list[Deadline]] = defaultdict(list)
    here = [file for file in files if _is_here(file, today)]
    weeks = rules_in(session).expecting_weeks
    for each in deadlines(here, kinds, warnings_in(session), today, weeks):
        if with_private or each.matter not in PRIVATE:
            due[each.staff_id].append(each)
    lines = [_line(file, kinds, units, due[file.staff_id], today) for file in files]
    order = list(posts)
    lines.sort(
        key=lambda line: (
            not line.is_here(today),
            order.index(line.posts[0].post_id) if line.posts else len(order),
            line.name,
        )
    )
    return StaffIndex(lines, posts, units)


def _line(
    file: File,
    kinds: Mapping[int, Kind],
    units: Mapping[int, str],
    due: Sequence[Deadline],
    today: date,
) -> StaffLine:
    person = file.person
    return StaffLine(
        file.staff_id,
        person.name,
        person.number,
        file.posts,
        person.unit_id,
        units.get(person.unit_id or 0, ""),
        _level(file, kinds, today),
        person.phone,
        person.hired_on,
        person.left_on,
        tuple(due),
    )


def _is_here(file: File, day: date) -> bool:
    return file.person.left_on is None or file.person.left_on > day


def _level(file: File, kinds: Mapping[int, Kind], today: date) -> int | None:
    """Return the highest level of skill that holds today; 1 is the highest."""
    valid = (
        kinds[each.kind_id] for each in file.certificates if each.period.holds(today)
    )
    return min(
        (k.level for k in valid if k.ladder == CAREGIVER and k.level), default=None
    )


def _words(line: StaffLine) -> tuple[str, str]:
    spelt = spell(line.name)
    words = words_of(line.name, spelt.full, spelt.initials, line.number)
    posts = "\n".join(post.name.lower() for post in line.posts)
    return f"{words}\n{posts}", numbers_of(line.phone)


def _fits(term: str, words: str, phone: str) -> bool:
    return f"\n{term}" in words or (term.isdigit() and term in phone)


def _rank(line: StaffLine, word: str) -> int:
    """Rank 0 is the very name or number, 1 how a name begins, 3 anything else."""
    name = "".join(terms_of(line.name))
    if word in (name, line.number.lower()):
        return 0
    is_phone = len(word) >= WHOLE_NUMBER and word == numbers_of(line.phone)
    return 0 if is_phone else 1 if name.startswith(word) else 3
