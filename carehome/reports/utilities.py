"""The letter that asks a supplier for the residential price, and for fees back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day, show_money
from carehome.reports.safety_records import Record, Story, write_record
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Column, Kind, Table


@dataclass(frozen=True, slots=True)
class AskedBack:
    """Something on a bill that should not be there, and why, in words."""

    supply: str
    number: str
    meter: str
    day: date
    what: str
    fen: int
    too_much: int | None
    why: str
    source: str


def write_letter(
    path: Path,
    supplier: str,
    asked: Sequence[AskedBack],
    day: date,
    head: Letterhead,
) -> None:
    """Write the letter to a supplier."""
    known = sum(each.too_much or 0 for each in asked)
    grounds = dict.fromkeys((each.why, each.source) for each in asked)
    ground = "\n".join(
        _("{why} Source: {source}").format(why=why, source=source)
        for why, source in grounds
    )
    plea = _(
        "Our home is a registered care home. The bills below were not "
        "made out at the residential price, or carry fees that may not be asked of us. "
        "Please change them to the residential price from now on, and settle what was "
        "paid too much against the next bills or pay it back."
    )
    parts = [Story(_("What we ask for"), plea), Story(_("Legal ground"), ground)]
    if known:
        text = _("As far as both prices are known, {fen} was paid too much.")
        parts.append(Story(_("Sum"), text.format(fen=show_money(known))))
    record = Record(
        _("Request for the residential price"),
        "",
        ((_("Addressed to"), supplier), (_("Day"), show_day(day))),
        (*parts, _table(asked)),
        (_("Home (seal)"), _("Handled by")),
    )
    write_record(path, record, head)


def _table(asked: Sequence[AskedBack]) -> Table:
    return Table(
        title=_("Bills"),
        columns=(
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Supply"), 8),
            Column(_("Number of the bill"), 14),
            Column(_("Meter"), 12),
            Column(_("Price class or fee"), 20),
            Column(_("Asked (yuan)"), 12, Kind.MONEY),
            Column(_("Too much (yuan)"), 12, Kind.MONEY),
        ),
        rows=[
            (x.day, x.supply, x.number, x.meter, x.what, x.fen, x.too_much)
            for x in asked
        ],
    )
