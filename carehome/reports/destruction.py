"""The certificate that papers were destroyed: what, when, by whom, with whose leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day
from carehome.reports.listing import write_list
from carehome.reports.sheet import A4_WIDE, Letterhead
from carehome.reports.table import Column, Kind, Table


@dataclass(frozen=True, slots=True)
class DestroyedText:
    """One paper that was destroyed, without what it said."""

    resident: str
    kind: str
    agreement: str
    filed_on: date
    ended_on: date | None
    kept_until: date | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was destroyed in one go."""

    number: str
    day: date
    cause: str
    destroyed_by: str
    approver: str
    witness: str
    items: Sequence[DestroyedText]


def write_certificate(path: Path, told: Certificate, home: Letterhead) -> None:
    """Write the certificate as a PDF."""
    write_list(path, _table(told), home, A4_WIDE)


def _table(told: Certificate) -> Table:
    head = _("No. {number}, {day}, {count} {count:paper|papers}").format(
        number=told.number, day=show_day(told.day), count=len(told.items)
    )
    people = _("Destroyed by {who}, approved by {approver}, witness {witness}").format(
        who=told.destroyed_by, approver=told.approver, witness=told.witness or "-"
    )
    law = _(
        "The contents were deleted from the data file and overwritten. Books and "
        "receipts are not among them."
    )
    return Table(
        title=_("Certificate of destruction"),
        notes=(head, told.cause, people, law),
        columns=(
            Column(_("No."), 6, Kind.NUMBER),
            Column(_("Resident"), 18),
            Column(_("Kind"), 20),
            Column(_("Agreement"), 16),
            Column(_("Filed on"), 12, Kind.DAY),
            Column(_("Agreement ended on"), 14, Kind.DAY),
            Column(_("Kept until"), 12, Kind.DAY),
        ),
        rows=[
            (
                number,
                each.resident,
                each.kind,
                each.agreement,
                each.filed_on,
                each.ended_on,
                each.kept_until,
            )
            for number, each in enumerate(told.items, 1)
        ],
        signatures=(_("Destroyed by"), _("Approved by"), _("Witness")),
    )
