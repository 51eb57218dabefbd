"""Who lives here: the residents as a paper and as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day
from carehome.reports.listing import write_list
from carehome.reports.sheet import A4_WIDE, Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook


@dataclass(frozen=True, slots=True)
class ResidentText:
    """One resident as a list shows them; `identity` as much of it as may be seen."""

    place: str
    name: str
    sex: str
    born: date | None
    identity: str
    grade: str
    admitted: date
    contact: str = ""
    phone: str = ""


def write_residents(
    path: Path, residents: Sequence[ResidentText], day: date, home: Letterhead
) -> None:
    """Write the list as a PDF."""
    write_list(path, _table(residents, day), home, A4_WIDE)


def write_residents_workbook(
    path: Path, residents: Sequence[ResidentText], day: date, home: Letterhead
) -> None:
    """Write the list as a workbook."""
    write_workbook(path, _table(residents, day), home)


def _table(residents: Sequence[ResidentText], day: date) -> Table:
    count = _("As of {day}, {count} residents").format(
        day=show_day(day), count=len(residents)
    )
    return Table(
        title=_("List of residents"),
        notes=(count,),
        columns=(
            Column(_("Bed"), 16),
            Column(_("Name"), 18),
            Column(_("Sex"), 6),
            Column(_("Born on"), 12, Kind.DAY),
            Column(_("ID number"), 22),
            Column(_("Nursing grade"), 16),
            Column(_("Admitted on"), 12, Kind.DAY),
            Column(_("Contact"), 20),
            Column(_("Phone"), 16),
        ),
        rows=[
            (
                each.place,
                each.name,
                each.sex,
                each.born,
                each.identity,
                each.grade,
                each.admitted,
                each.contact,
                each.phone,
            )
            for each in residents
        ],
    )
