"""What a home hands in to be graded: points, reasons, evidence, and what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from carehome.i18n import N_, _
from carehome.rules.figures import Figure
from carehome.rules.periods import DAY
from carehome.rules.ratings.grades import GradeStanding, Verdict, by_points, standings
from carehome.rules.ratings.items import Item, ItemTable, Part
from carehome.rules.ratings.judging import Lack, lacks_of
from carehome.rules.ratings.points import show_points

UNJUDGED = N_("no points yet")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that somebody attached, under its number in the self-assessment."""

    number: int
    title: str
    file_name: str
    sha256: str
    content_id: int
    item: Item | None = None

    @property
    def label(self) -> str:
        """Say how papers name it."""
        return _("File {number}").format(number=self.number)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of the program with the list behind it, for one item or for several.

    Only what can be told has a number and a page: a page that says that something
    cannot be told is no evidence.
    """

    number: int
    name: str
    shown: str
    figure: Figure
    items: tuple[Item, ...]

    @property
    def label(self) -> str:
        """Say how papers name it."""
        return _("Count {number}").format(number=self.number)

    @property
    def is_known(self) -> bool:
        """Say whether it can be told at all."""
        return self.figure.is_known


@dataclass(frozen=True, slots=True)
class Line:
    """An item with what it came to, why, and what shows it."""

    item: Item
    hundredths: int | None = None
    reason: str = ""
    method: str = ""
    words: str = ""
    files: tuple[Attached, ...] = ()
    counted: Counted | None = None
    was_counted: bool = False  # when points were given

    @property
    def deducted(self) -> int:
        """Return what is missing to the full mark; nothing while not judged."""
        if self.hundredths is None:
            return 0
        return self.item.hundredths - self.hundredths

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Return what is missing, just as the list of items says."""
        told = self.was_counted if self.hundredths is not None else self.counted
        shown = bool(told or self.words or self.files)
        return lacks_of(self.item.hundredths, self.hundredths, self.reason, shown)

    @property
    def labels(self) -> list[str]:
        """Name all its evidence."""
        labels = [each.label for each in self.files]
        if self.counted and self.counted.is_known:
            labels.append(self.counted.label)
        return labels

    @property
    def told(self) -> str:
        """Name all its evidence, and say what was written about it."""
        named = _(", ").join(self.labels)
        return _("; ").join(filter(None, (named, self.words)))


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the home's profile; a missing one has no value but says why."""

    name: str
    value: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A self-assessment with all that goes into its folder."""

    self_id: int
    name: str
    table: ItemTable
    starts: date
    ends: date  # the first day after the period
    grade: int
    is_submitted: bool
    lines: tuple[Line, ...]
    verdicts: tuple[Verdict, ...] = ()
    facts: tuple[Fact, ...] = ()
    whole: tuple[Attached, ...] = ()  # files of the whole, not of one item

    @property
    def last_day(self) -> date:
        """Return the last day of the period."""
        return self.ends - DAY

    @property
    def points(self) -> dict[Part, int]:
        """Return the points of each part; what is not judged counts nothing."""
        return {
            part: sum(
                each.hundredths or 0 for each in self.lines if each.item.part is part
            )
            for part in Part
        }

    @property
    def total(self) -> int:
        """Return all points together."""
        return sum(self.points.values())

    @property
    def standings(self) -> list[GradeStanding]:
        """Say of each grade what it lacks."""
        return standings(self.points, self.table.marks, self.table.lines, self.verdicts)

    @property
    def by_points(self) -> int:
        """Return the grade that the points alone come to; 0 = none."""
        return by_points(self.standings)

    @property
    def files(self) -> list[Attached]:
        """List the attached files: of the whole first, then in the order of items."""
        return [*self.whole, *(file for line in self.lines for file in line.files)]

    @property
    def counted(self) -> list[Counted]:
        """List the counts that can be told, each once, in the order of the items."""
        counts = (each.counted for each in self.lines if each.counted)
        found = {each.number: each for each in counts if each.is_known}
        return list(found.values())


class GapKind(StrEnum):
    """What sort of thing a folder lacks."""

    POINTS = "points"
    REASON = "reason"
    EVIDENCE = "evidence"
    COUNT = "count"
    CONDITION = "condition"
    PROFILE = "profile"


GAP_NAMES = {
    GapKind.POINTS: N_("Own points"),
    GapKind.REASON: N_("Reason for a deduction"),
    GapKind.EVIDENCE: N_("Evidence"),
    GapKind.COUNT: N_("Count that cannot be told"),
    GapKind.CONDITION: N_("Condition of the grade"),
    GapKind.PROFILE: N_("Profile of the home"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a folder lacks, and of which item."""

    kind: GapKind
    words: str
    item: Item | None = None


def gaps(submission: Submission) -> list[Gap]:
    """List what is missing, in the order in which the folder is read."""
    found = [
        Gap(GapKind.PROFILE, _because(fact.name, fact.missing))
        for fact in submission.facts
        if fact.missing
    ]
    for verdict in submission.verdicts:
        if verdict.holds is not True:
            found.append(Gap(GapKind.CONDITION, _said(verdict)))
    for line in submission.lines:
        found += _gaps_of(line)
    return found


def _because(name: str, why: str) -> str:
    return _("{name}: {why}").format(name=name, why=why)


def _said(verdict: Verdict) -> str:
    text = (
        _("Does not hold: {condition}")
        if verdict.holds is False
        else _("Not known: {condition}")
    )
    return text.format(condition=verdict.condition.text)


def _gaps_of(line: Line) -> Iterator[Gap]:
    if Lack.POINTS in line.lacks:
        yield Gap(GapKind.POINTS, _("The item is not judged yet."), line.item)
    if Lack.REASON in line.lacks:
        text = _("{points} points are deducted without a reason.")
        words = text.format(points=show_points(line.deducted))
        yield Gap(GapKind.REASON, words, line.item)
    if Lack.EVIDENCE not in line.lacks:
        return
    if line.counted and not line.counted.figure.is_known:
        words = _because(line.counted.name, str(line.counted.figure.unknown))
        yield Gap(GapKind.COUNT, words, line.item)
    else:
        yield Gap(GapKind.EVIDENCE, _("Nothing shows it yet."), line.item)


class ChangeKind(StrEnum):
    """What about a folder has changed."""

    GRADE = "grade"
    POINTS = "points"
    REASON = "reason"
    ADDED = "added"
    REMOVED = "removed"
    COUNT = "count"


CHANGE_NAMES = {
    ChangeKind.GRADE: N_("Grade applied for"),
    ChangeKind.POINTS: N_("Own points"),
    ChangeKind.REASON: N_("Reason"),
    ChangeKind.ADDED: N_("Evidence added"),
    ChangeKind.REMOVED: N_("Evidence taken away"),
    ChangeKind.COUNT: N_("Count"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs from what was exported last."""

    kind: ChangeKind
    code: str
    subject: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A folder that left the program before."""

    made_at: datetime
    made_by: str
    told: Mapping[str, Any]


def told(submission: Submission) -> dict[str, Any]:
    """Return what must be kept of a folder to tell later what has changed."""
    return {
        "grade": submission.grade,
        "total": submission.total,
        "points": {line.item.code: line.hundredths for line in submission.lines},
        "reasons": {
            line.item.code: line.reason for line in submission.lines if line.reason
        },
        "evidence": {_key(file): _named(file) for file in submission.files},
        "counts": {each.figure.key: each.shown for each in submission.counted},
    }


def changes(submission: Submission, before: Mapping[str, Any]) -> list[Change]:
    """Compare a submission with what was told of an earlier export of it."""
    now = told(submission)
    found = []
    if now["grade"] != before["grade"]:
        grades = str(before["grade"]), str(now["grade"])
        found.append(Change(ChangeKind.GRADE, "", submission.name, *grades))
    for line in submission.lines:
        found += _changes_of(line, before)
    names = {
        each.counted.figure.key: each.counted.name
        for each in submission.lines
        if each.counted
    }
    for key, name in names.items():
        was, shown = (told.get(key, "") for told in (before["counts"], now["counts"]))
        if was != shown:
            found.append(Change(ChangeKind.COUNT, "", name, was, shown))
    return [*found, *_moved(before["evidence"], now["evidence"])]


def _changes_of(line: Line, before: Mapping[str, Any]) -> Iterator[Change]:
    code, name = line.item.code, line.item.name
    was = before["points"].get(code)
    if was != line.hundredths:
        yield Change(
            ChangeKind.POINTS, code, name, _points(was), _points(line.hundredths)
        )
    reason = before["reasons"].get(code, "")
    if reason != line.reason:
        yield Change(ChangeKind.REASON, code, name, reason, line.reason)


def _points(hundredths: int | None) -> str:
    return _(UNJUDGED) if hundredths is None else show_points(hundredths)


def _moved(
    before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]
) -> Iterator[Change]:
    """Tell which files came and went; their numbers may have changed meanwhile."""
    for key, (code, title, label) in now.items():
        if key not in before:
            yield Change(ChangeKind.ADDED, code, title, "", label)
    for key, (code, title, label) in before.items():
        if key not in now:
            yield Change(ChangeKind.REMOVED, code, title, label, "")


def _key(file: Attached) -> str:
    """Return what a file is known by: its content, and the item it lies at."""
    return f"{file.item.code if file.item else ''}:{file.sha256}"


def _named(file: Attached) -> list[str]:
    return [file.item.code if file.item else "", file.title, file.label]
