"""A table as a plain value: the same one becomes a paper or a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from carehome.i18n import show_day, show_moment, show_money

Cell = str | int | date | datetime | None


class Kind(Enum):
    """What a column holds: decides alignment on paper and the type in a workbook."""

    TEXT = auto()
    DAY = auto()
    MOMENT = auto()
    MONEY = auto()  # whole fen
    NUMBER = auto()

    @property
    def is_figure(self) -> bool:
        """Say whether the column is read from its right edge."""
        return self in {Kind.MONEY, Kind.NUMBER}


@dataclass(frozen=True, slots=True)
class Column:
    """One column, `width` characters wide in a workbook; paper measures the words."""

    title: str
    width: float
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles, what is said above them, and who signs below."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]
    notes: tuple[str, ...] = ()
    sums: Sequence[Cell] | None = None
    signatures: tuple[str, ...] = ()


def shown(kind: Kind, cell: Cell) -> str:
    """Return a cell as papers show it."""
    if cell is None:
        return ""
    if kind is Kind.MONEY and isinstance(cell, int):
        return show_money(cell, sign=False)
    if isinstance(cell, datetime):
        return show_moment(cell)
    if isinstance(cell, date):
        return show_day(cell)
    return str(cell)
