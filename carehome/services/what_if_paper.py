"""A what-if as a table: words for paper, numbers for a workbook."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from carehome.i18n import _
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.what_if import Assumed, Base, outcome
from carehome.rules.what_if_said import Line, lines_of, say_assumed, say_assumptions


@dataclass(frozen=True, slots=True)
class Kept:
    """A what-if under the name it was kept by; its result is always worked out anew."""

    what_if_id: int
    name: str
    assumed: Assumed
    at: datetime
    by: str


def paper_of(base: Base, assumed: Assumed, compared: Kept | None) -> Table:
    """Return today beside then, in words."""
    return _table(base, assumed, compared, Kind.TEXT, _in_words)


def book_of(base: Base, assumed: Assumed, compared: Kept | None) -> Table:
    """Return today beside then, every number as a number with its unit."""
    return _table(base, assumed, compared, Kind.MONEY, _in_numbers)


def _in_words(line: Line) -> Iterable[Cell]:
    return line.shown


def _in_numbers(line: Line) -> Iterable[Cell]:
    return line.cells


def _table(
    base: Base,
    assumed: Assumed,
    compared: Kept | None,
    kind: Kind,
    told: Callable[[Line], Iterable[Cell]],
) -> Table:
    other = outcome(base, compared.assumed) if compared else None
    lines = lines_of(base, outcome(base, Assumed()), outcome(base, assumed), other)
    is_words = kind is Kind.TEXT
    columns = [Column(_("What"), 40)]
    columns += [] if is_words else [Column(_("Unit"), 8)]
    columns += [Column(_("Today"), 18, kind), Column(_("If so"), 18, kind)]
    columns += [Column(compared.name, 18, kind)] if compared else []
    columns += [Column(_("More or less"), 16)]
    rows: list[list[Cell]] = []
    for line in lines:
        values = list(told(line))[: 3 if compared else 2]
        unit: list[Cell] = [] if is_words else [line.unit_said]
        rows.append([line.name, *unit, *values, line.step])
    return Table(_("What if"), tuple(columns), rows, _notes(base, assumed, compared))


def _notes(base: Base, assumed: Assumed, compared: Kept | None) -> tuple[str, ...]:
    """Say what is assumed, and what all of it rests on."""
    found = [_("Assumed: {things}").format(things=_things(base, assumed))]
    if compared:
        text = _("Compared with “{name}”: {things}")
        things = _things(base, compared.assumed)
        found.append(text.format(name=compared.name, things=things))
    rests = say_assumptions(base, assumed)
    return (*found, rests, _("An estimate, no plan and no entitlement."))


def _things(base: Base, assumed: Assumed) -> str:
    return _("; ").join(say_assumed(base, assumed)) or _("nothing, as today")
