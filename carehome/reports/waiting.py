"""The waiting list to hang out: in its order, with masked names, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day
from carehome.reports.listing import write_list
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook
from carehome.rules.residents import SEX_NAMES


@dataclass(frozen=True, slots=True)
class WaitingText:
    """One place on the list as everybody may see it."""

    number: int
    name: str
    sex: str
    age: int | None
    applied_on: date
    why: str


def write_waiting_list(
    path: Path, lines: Sequence[WaitingText], day: date, home: Letterhead
) -> None:
    """Write the list as a PDF."""
    write_list(path, _table(lines, day), home)


def write_waiting_workbook(
    path: Path, lines: Sequence[WaitingText], day: date, home: Letterhead
) -> None:
    """Write the list as a workbook."""
    write_workbook(path, _table(lines, day), home)


def _table(lines: Sequence[WaitingText], day: date) -> Table:
    text = _("As of {day}, {count} {count:person waits|people wait}.")
    return Table(
        title=_("Waiting list"),
        notes=(
            text.format(day=show_day(day), count=len(lines)),
            _("Whoever finds a mistake is asked to tell the office."),
        ),
        columns=(
            Column(_("Place in line"), 8, Kind.NUMBER),
            Column(_("Name"), 12),
            Column(_("Sex"), 6),
            Column(_("Age"), 7, Kind.NUMBER),
            Column(_("Applied on"), 12, Kind.DAY),
            Column(_("Why at this place"), 50),
        ),
        rows=[
            (
                each.number,
                each.name,
                _(SEX_NAMES[each.sex]),
                each.age,
                each.applied_on,
                each.why,
            )
            for each in lines
        ],
        signatures=(_("Prepared by"), _("Checked by")),
    )
