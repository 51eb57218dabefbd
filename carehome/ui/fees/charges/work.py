"""What somebody types into the sheet of charges, before it is saved as one deed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import _, say_day
from carehome.rules import charges as rules
from carehome.rules.billing.tariff import NoPrice
from carehome.rules.charges import Cell, Day, Sum
from carehome.services.charges import Change, Charged, ChargeSheet, Uses

NONE = Uses(0)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: one item on one day."""

    item_id: int
    day: date
    title: str
    under: str = ""

    def cell(self, resident_id: int) -> Cell:
        """Return the cell of somebody in this column."""
        return Cell(resident_id, self.item_id, self.day)


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that was pasted and not taken, and why."""

    name: str
    column: str
    why: str


class Work:
    """A sheet with what was typed over it; every step can be taken back."""

    def __init__(self, sheet: ChargeSheet) -> None:
        self.sheet = sheet
        self.is_late = False
        self.people = {each.resident_id: each for each in sheet.people}
        self._items = {each.item_id: each for each in sheet.items}
        self.typed: dict[Cell, int] = {}
        self.steps: list[dict[Cell, int]] = []

    # ---- what stands there

    def quantity(self, cell: Cell) -> int:
        """Return how many times stand in a cell."""
        typed = self.typed.get(cell)
        return self.stored(cell).quantity if typed is None else typed

    def stored(self, cell: Cell) -> Uses:
        """Return what is saved of a cell."""
        return self.sheet.cells.get(cell, NONE)

    def knows(self, cell: Cell) -> bool:
        """Say whether a cell is in this sheet."""
        return (
            cell.resident_id in self.people
            and cell.item_id in self._items
            and cell.day in self.sheet.days
        )

    def is_changed(self, cell: Cell) -> bool:
        """Say whether something is typed that is not saved."""
        return cell in self.typed

    def day_of(self, cell: Cell) -> Day:
        """Return what the day of a cell is for its person."""
        return self.people[cell.resident_id].days[cell.day.day - 1]

    def price(self, cell: Cell) -> int | None:
        """Return what one time costs this person that day."""
        at = cell.day.day - 1
        own = self.sheet.own.get((cell.resident_id, cell.item_id))
        return (own or self._items[cell.item_id].prices)[at]

    def add_up(self, cells: Iterable[Cell]) -> Sum:
        """Add up cells."""
        had = ((cell, self.quantity(cell)) for cell in cells)
        return rules.add_up((cell, n, self.price(cell)) for cell, n in had if n)

    # ---- what is typed

    @property
    def is_locked(self) -> bool:
        """Say whether the month is posted and not opened for late entries."""
        return self.sheet.is_posted and not self.is_late

    def refusal(self, cell: Cell) -> Refusal | None:
        """Say why nothing may be entered in a cell; None where something may.

        Days away are not refused here: they ask for a reason when all is saved.
        """
        who = self.people[cell.resident_id]
        if self.is_locked:
            return rules.MonthPosted()
        if who.is_billed:
            return rules.FinalBillMade(name=who.name)
        try:
            rules.check_day(self.day_of(cell), who.name, cell.day, "-")
        except Refusal as refused:
            return refused
        if self.price(cell) is None:
            name = self._items[cell.item_id].name
            return NoPrice(item=name, day=cell.day)
        return None

    def put(self, values: Mapping[Cell, int], goes_on: bool = False) -> None:
        """Write into cells as one step; `goes_on` makes it part of the step before."""
        before = {cell: self.quantity(cell) for cell in values}
        if goes_on and self.steps:
            self.steps[-1] = before | self.steps[-1]
        elif before != values:
            self.steps.append(before)
        for cell, quantity in values.items():
            self._write(cell, quantity)

    def undo(self) -> tuple[Cell, ...]:
        """Take the last step back; return the cells that it had changed."""
        if not self.steps:
            return ()
        step = self.steps.pop()
        for cell, quantity in step.items():
            self._write(cell, quantity)
        return tuple(step)

    def drop(self) -> None:
        """Forget all that is not saved."""
        self.typed.clear()
        self.steps.clear()

    def carry_over(self, other: "Work") -> None:
        """Keep what was typed in another reading of the same month."""
        self.is_late = other.is_late
        for cell, quantity in other.typed.items():
            if self.knows(cell):
                self._write(cell, quantity)
        self.steps = [
            {cell: n for cell, n in step.items() if self.knows(cell)}
            for step in other.steps
        ]

    def _write(self, cell: Cell, quantity: int) -> None:
        if quantity == self.stored(cell).quantity:
            self.typed.pop(cell, None)
        else:
            self.typed[cell] = quantity

    @property
    def can_undo(self) -> bool:
        """Say whether there is a step to take back."""
        return bool(self.steps)

    def changes(self) -> list[Change]:
        """Return what is to be saved."""
        return [
            Change(cell, self.stored(cell).quantity, quantity)
            for cell, quantity in self.typed.items()
        ]

    def away(self) -> list[Cell]:
        """Return the cells typed on days on which somebody was away."""
        return [
            cell
            for cell, quantity in self.typed.items()
            if quantity and self.day_of(cell) in rules.AWAY
        ]

    # ---- cells as other programs have them

    def copied(self, people: Sequence[Charged], columns: Sequence[Column]) -> str:
        """Return cells as text that a spreadsheet understands."""
        lines = []
        for who in people:
            cells = [column.cell(who.resident_id) for column in columns]
            lines.append("\t".join(str(self.quantity(x) or "") for x in cells))
        return "\n".join(lines)

    def paste(
        self, text: str, people: Sequence[Charged], columns: Sequence[Column]
    ) -> tuple[int, list[Refused]]:
        """Write text of a spreadsheet from the first of some cells on.

        Return how many cells took something, and those that did not with the reason.
        """
        values: dict[Cell, int] = {}
        refused: list[Refused] = []
        for who, line in zip(people, text.rstrip("\r\n").splitlines(), strict=False):
            for column, typed in zip(columns, line.split("\t"), strict=False):
                cell = column.cell(who.resident_id)
                try:
                    quantity = rules.read_quantity(typed)
                    why = (
                        self.refusal(cell) if self.quantity(cell) != quantity else None
                    )
                except rules.NotANumber as error:
                    why = error
                if why:
                    refused.append(Refused(who.name, self.say(column), why.message))
                elif self.quantity(cell) != quantity:
                    values[cell] = quantity
        self.put(values)
        return len(values), refused

    def say(self, column: Column) -> str:
        """Name a column where its title alone does not say enough."""
        return _("{item}, {day}").format(
            item=self._items[column.item_id].name, day=say_day(column.day)
        )
