"""Judging items: what points may be given, what a judgement still lacks, who has it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.ratings.items import Item, Part
from carehome.rules.ratings.points import ONE, show_points

_TYPED = re.compile(r"(-?)(\d{1,4})(?:\.(\d{1,2}))?")
FULL = "="


class PointsUnread(Refusal):
    """What was typed is no number of points."""

    text = N_(
        "“{typed}” is not a number of points. Type one such as 3 or 2.5, -1 for a "
        "deduction of 1, or = for all."
    )


class PointsBeyond(Refusal):
    """More points than the item has, or more taken off."""

    text = N_("The item has {most} points. Type no more than that.")


class Lack(StrEnum):
    """What an item of a self-assessment still lacks."""

    POINTS = "points"
    REASON = "reason"
    EVIDENCE = "evidence"


LACK_NAMES = {
    Lack.POINTS: N_("Not judged"),
    Lack.REASON: N_("Why points were taken off"),
    Lack.EVIDENCE: N_("Evidence"),
}


@dataclass(frozen=True, slots=True)
class Score:
    """What an item came to; without points it is not judged yet.

    `evidence` says in words what shows it, where there is neither figure nor file.
    """

    hundredths: int | None = None
    reason: str = ""
    method: str = ""
    evidence: str = ""
    counted: str = ""
    effort: int | None = None
    staff_id: int | None = None
    staff_name: str = ""
    due_on: date | None = None
    judged_at: datetime | None = None
    judged_by: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the item came to in the self-assessment that this one starts from."""

    hundredths: int | None
    reason: str = ""
    judged_by: str = ""
    files: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that shows what an item is worth, without its content."""

    file_id: int
    number: int
    title: str
    file_name: str
    pages: int | None
    size: int
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item with its judgement, its files, and what it came to earlier."""

    number: int
    item: Item
    score: Score = Score()
    files: tuple[EvidenceFile, ...] = ()
    earlier: Earlier | None = None

    @property
    def is_judged(self) -> bool:
        """Say whether points were given."""
        return self.score.hundredths is not None

    @property
    def deduction(self) -> int | None:
        """Return how many hundredths were taken off."""
        if self.score.hundredths is None:
            return None
        return self.item.hundredths - self.score.hundredths

    @property
    def has_evidence(self) -> bool:
        """Say whether something shows the points: a count, a file, or words.

        What a count comes to is looked at when points are given.
        """
        counted = self.score.counted if self.is_judged else self.item.figure
        told = counted or self.score.evidence
        return bool(told or self.files)

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Return what is missing."""
        got, reason = self.score.hundredths, self.score.reason
        return lacks_of(self.item.hundredths, got, reason, self.has_evidence)

    def is_overdue(self, today: date) -> bool:
        """Say whether something should have been there by now."""
        due = self.score.due_on
        return due is not None and due < today and bool(self.lacks)

    def is_of(self, name: str) -> bool:
        """Say whether somebody is responsible for it."""
        return bool(name) and self.score.staff_name == name

    def judged(self, hundredths: int | None) -> "Line":
        """Return the line with other points, before the database answers."""
        return replace(self, score=replace(self.score, hundredths=hundredths))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a self-assessment has got."""

    items: int
    judged: int
    lacking: int
    overdue: int
    got: int
    full: int


def lacks_of(
    full: int, got: int | None, reason: str, has_evidence: bool
) -> tuple[Lack, ...]:
    """Say what an item lacks; where no points are claimed nothing need be shown.

    This is the one answer: the list of items and the folder both ask for it.
    """
    found = []
    if got is None:
        found.append(Lack.POINTS)
    elif got < full and not reason:
        found.append(Lack.REASON)
    if got != 0 and not has_evidence:
        found.append(Lack.EVIDENCE)
    return tuple(found)


def read_points(typed: str, full: int) -> int:
    """Read points as they are typed: 3, 2.5, -1 for a deduction, = for all of them."""
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    if text == FULL:
        return full
    found = _TYPED.fullmatch(text)
    if found is None:
        raise PointsUnread(typed=typed.strip())
    amount = int(found[2]) * ONE + int((found[3] or "").ljust(2, "0"))
    if amount > full:
        raise PointsBeyond(most=show_points(full))
    return full - amount if found[1] else amount


def progress(lines: Iterable[Line], today: date) -> Progress:
    """Count how far lines have got."""
    found = list(lines)
    return Progress(
        len(found),
        sum(line.is_judged for line in found),
        sum(bool(line.lacks) for line in found),
        sum(line.is_overdue(today) for line in found),
        sum(line.score.hundredths or 0 for line in found),
        sum(line.item.hundredths for line in found),
    )


def points_of(lines: Iterable[Line]) -> dict[Part, int]:
    """Add up the points given so far by part."""
    found = list(lines)
    return {
        part: sum(
            line.score.hundredths or 0 for line in found if line.item.part is part
        )
        for part in Part
    }
