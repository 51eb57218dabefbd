"""Who owes how much since when: a paper and a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day, show_money
from carehome.reports.listing import write_list
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook


@dataclass(frozen=True, slots=True)
class ArrearsText:
    """What one resident owes; `months` names the bills that are open."""

    place: str
    name: str
    months: str
    owed: int
    oldest_due: date
    contact: str = ""
    phone: str = ""


def write_arrears(
    path: Path, arrears: Sequence[ArrearsText], day: date, home: Letterhead
) -> None:
    """Write the list as a PDF."""
    write_list(path, _table(arrears, day), home)


def write_arrears_workbook(
    path: Path, arrears: Sequence[ArrearsText], day: date, home: Letterhead
) -> None:
    """Write the list as a workbook."""
    write_workbook(path, _table(arrears, day), home)


def _table(arrears: Sequence[ArrearsText], day: date) -> Table:
    total = sum(each.owed for each in arrears)
    note = _("As of {day}, {count} residents owe {amount}.").format(
        day=show_day(day), count=len(arrears), amount=show_money(total)
    )
    return Table(
        title=_("List of arrears"),
        notes=(note,),
        columns=(
            Column(_("Bed"), 15),
            Column(_("Name"), 16),
            Column(_("Months open"), 20),
            Column(_("Owed (yuan)"), 14, Kind.MONEY),
            Column(_("Due since"), 12, Kind.DAY),
            Column(_("Days late"), 9, Kind.NUMBER),
            Column(_("Contact"), 18),
            Column(_("Phone"), 15),
        ),
        rows=[
            (
                each.place,
                each.name,
                each.months,
                each.owed,
                each.oldest_due,
                max((day - each.oldest_due).days, 0),
                each.contact,
                each.phone,
            )
            for each in arrears
        ],
        sums=(_("Total"), None, None, total, None, None, None, None),
        signatures=(_("Prepared by"), _("Checked by")),
    )
