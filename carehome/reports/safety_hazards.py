"""The ledger of hazards: each from its finding to its striking off, to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from carehome.i18n import _
from carehome.reports.listing import write_list
from carehome.reports.sheet import A4_WIDE, Letterhead
from carehome.reports.table import Column, Kind, Table


@dataclass(frozen=True, slots=True)
class HazardText:
    """A hazard as the ledger tells it; what has not happened yet is empty."""

    number: str
    found_at: datetime
    place: str
    item: str
    severity: str
    measure: str
    responsible: str
    due_at: datetime
    rectified: str
    checked: str
    closed: str
    state: str


def write_ledger(
    path: Path, lines: Sequence[HazardText], told: Sequence[str], home: Letterhead
) -> None:
    """Write the ledger as a PDF; `told` says above it what it holds."""
    write_list(path, ledger_table(lines, told), home, A4_WIDE)


def ledger_table(lines: Sequence[HazardText], told: Sequence[str]) -> Table:
    """Return the ledger as a table, for a paper or a workbook."""
    return Table(
        title=_("Ledger of hazards"),
        notes=tuple(told),
        columns=(
            Column(_("Number"), 10),
            Column(_("Found"), 16, Kind.MOMENT),
            Column(_("Place"), 14),
            Column(_("What the hazard is"), 26),
            Column(_("Severity"), 10),
            Column(_("Measure to be taken"), 24),
            Column(_("Responsible"), 10),
            Column(_("Deadline"), 16, Kind.MOMENT),
            Column(_("Put right: when, who"), 18),
            Column(_("Re-checked: when, who"), 18),
            Column(_("Struck off"), 18),
            Column(_("State"), 10),
        ),
        rows=[
            (
                each.number,
                each.found_at,
                each.place,
                each.item,
                each.severity,
                each.measure,
                each.responsible,
                each.due_at,
                each.rectified,
                each.checked,
                each.closed,
                each.state,
            )
            for each in lines
        ],
        signatures=(_("Prepared by"), _("Checked by")),
    )
