"""Item tables: what a home is rated by, item by item, and what makes a table whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.ratings.points import show_points
from carehome.rules.rulepacks import Standing


class Part(StrEnum):
    """One of the four parts of the standard."""

    ENVIRONMENT = "environment"
    FACILITIES = "facilities"
    MANAGEMENT = "management"
    SERVICE = "service"


PART_NAMES = {
    Part.ENVIRONMENT: N_("Environment"),
    Part.FACILITIES: N_("Facilities and equipment"),
    Part.MANAGEMENT: N_("Running of the home"),
    Part.SERVICE: N_("Services to residents"),
}
Marks = Mapping[Part, int]  # the full mark of each part in hundredths
TABLE_STANDINGS: dict[Standing, str] = {
    "in force": N_("Official table"),
    "draft": N_("Draft"),
    "ours": N_("Practice points, not official"),
}
STAMPS: dict[Standing, str] = {
    "in force": "",
    "draft": N_("Draft, not in force"),
    "ours": N_("Practice points, not official"),
}


class TableWrong(Refusal):
    """An item table is not whole; nothing of it is taken over."""

    text = N_(
        "The table cannot be taken over: {count} {count:thing is|things are} wrong. "
        "Correct the sheet and read it once more."
    )


class TableNameless(Refusal):
    """A table has no name."""

    text = N_("Give the table a name, such as the edition and the region.")


class TableNameTaken(Refusal):
    """Two tables would bear one name."""

    text = N_("There is another table called “{name}”. Choose another name.")


class CodeMissing(Refusal):
    """An item has no code."""

    text = N_("The code is missing. Every item needs one, such as 1.2.3.")


class CodeTwice(Refusal):
    """Two items bear one code."""

    text = N_("“{item}” has the code {code} already. Give one of them another.")


class CodeTwiceInSheet(Refusal):
    """Two rows of a sheet bear one code."""

    text = N_("The code {code} stands in row {row} already. Give one of them another.")


class NameMissing(Refusal):
    """An item does not say what it asks."""

    text = N_("The item does not say what is looked at.")


class PartMissing(Refusal):
    """An item does not say to which part it belongs."""

    text = N_("The part is missing: it is one of {parts}.")


class PartUnknown(Refusal):
    """An item names a part that the standard does not have."""

    text = N_("“{typed}” is none of the parts {parts}.")


class PartEmpty(Refusal):
    """A part has no items at all."""

    text = N_("The part “{part}” has no items. It comes to {wanted} points.")


class PartBelow(Refusal):
    """The items of a part come to less than its full mark."""

    text = N_(
        "The items of “{part}” come to {got} points instead of {wanted}; {difference} "
        "are missing. See whether a row was left out."
    )


class PartAbove(Refusal):
    """The items of a part come to more than its full mark."""

    text = N_(
        "The items of “{part}” come to {got} points instead of {wanted}, {difference} "
        "too many. See whether a row stands twice."
    )


class TotalWrong(Refusal):
    """All items together do not come to the full mark."""

    text = N_("All items together come to {got} points instead of {wanted}.")


class NoItems(Refusal):
    """A sheet has a heading and no items."""

    text = N_("There is no item below the heading.")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a home gets points for; `figure` is the count it is tied to.

    `effort` says how hard its points are to be had, 1 easy to 5 hard; `place` is where
    a sheet has it.
    """

    code: str
    part: Part
    name: str
    hundredths: int
    section: str = ""
    method: str = ""
    evidence: str = ""
    figure: str = ""
    effort: int | None = None
    item_id: int | None = None
    place: "Place | None" = None


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a sheet of a workbook."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class GradeLine:
    """What a grade asks: so much in all, and so much of every part."""

    grade: int
    hundredths: int
    percent: int


@dataclass(frozen=True, slots=True)
class ItemTable:
    """One edition of the sheet a home is rated by, with the lines that go with it."""

    name: str
    items: tuple[Item, ...]
    lines: tuple[GradeLine, ...]
    edition: str = ""
    region: str = ""
    source: str = ""
    standing: Standing = "in force"
    note: str = ""
    preset: str | None = None
    file_name: str = ""
    sha256: str = ""
    table_id: int | None = None
    is_active: bool = True
    is_used: bool = False
    added_at: datetime | None = None
    added_by: str = ""

    @property
    def marks(self) -> dict[Part, int]:
        """Return the full mark of each part."""
        return marks_of(self.items)

    @property
    def hundredths(self) -> int:
        """Return the full mark of the whole table."""
        return sum(item.hundredths for item in self.items)

    @property
    def stamp(self) -> str:
        """Return what everything made from the table must say, in the language used."""
        return _(STAMPS[self.standing]) if STAMPS[self.standing] else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a table: where, and what to do; no place = the whole."""

    place: Place | None
    column: str
    problem: Refusal

    @property
    def message(self) -> str:
        """Say what is wrong, in the language in use."""
        return self.problem.message


def marks_of(items: Sequence[Item]) -> dict[Part, int]:
    """Add up the full marks of items by part."""
    return {
        part: sum(item.hundredths for item in items if item.part is part)
        for part in Part
    }


def faults(items: Sequence[Item], marks: Marks) -> list[Fault]:
    """Return what is wrong with items whose parts must come to `marks`."""
    return [*row_faults(items), *sum_faults(items, marks)]


def check(items: Sequence[Item], marks: Marks) -> None:
    """Raise TableWrong unless items make a whole table."""
    if found := faults(items, marks):
        raise TableWrong(count=len(found), faults=tuple(found))


def row_faults(items: Sequence[Item]) -> list[Fault]:
    """Return what is wrong with single items."""
    found: list[Fault] = []
    first: dict[str, Item] = {}
    for item in items:
        if not item.code.strip():
            found.append(Fault(item.place, "", CodeMissing()))
        elif item.code in first:
            found.append(Fault(item.place, "", _twice(first[item.code])))
        first.setdefault(item.code, item)
        if not item.name.strip():
            found.append(Fault(item.place, "", NameMissing()))
    return found


def _twice(first: Item) -> Refusal:
    if first.place is None:
        return CodeTwice(code=first.code, item=first.name)
    return CodeTwiceInSheet(code=first.code, row=first.place.row)


def sum_faults(items: Sequence[Item], marks: Marks) -> list[Fault]:
    """Return which parts do not come to their full mark."""
    if not items:
        return [Fault(None, "", NoItems())]
    got = marks_of(items)
    found = [
        Fault(None, "", _part_problem(part, got[part], wanted))
        for part, wanted in marks.items()
        if got[part] != wanted
    ]
    total, wanted = sum(got.values()), sum(marks.values())
    if total != wanted:
        problem = TotalWrong(got=show_points(total), wanted=show_points(wanted))
        found.append(Fault(None, "", problem))
    return found


def _part_problem(part: Part, got: int, wanted: int) -> Refusal:
    name = _(PART_NAMES[part])
    if not got:
        return PartEmpty(part=name, wanted=show_points(wanted))
    sort = PartBelow if got < wanted else PartAbove
    return sort(
        part=name,
        got=show_points(got),
        wanted=show_points(wanted),
        difference=show_points(abs(got - wanted)),
    )
