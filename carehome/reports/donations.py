"""Donations on paper: the receipt that a donor gets, and the list made public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day, show_money
from carehome.reports.safety_records import Record, Story, write_record
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.rules.ledger.statements import last_day
from carehome.rules.money import capital
from carehome.rules.periods import Period


@dataclass(frozen=True, slots=True)
class UseText:
    """What was spent of a donation, in words."""

    day: date
    purpose: str
    paper: str
    fen: int


@dataclass(frozen=True, slots=True)
class DonationText:
    """A donation in words; `public_name` stands where it is made public."""

    number: int
    day: date
    public_name: str
    donor: str
    way: str
    goods: str
    purpose: str
    paper: str
    fen: int
    uses: tuple[UseText, ...]

    @property
    def used(self) -> int:
        """What was used of it."""
        return sum(use.fen for use in self.uses)


def write_certificate(path: Path, given: DonationText, head: Letterhead) -> None:
    """Write the receipt and thanks for one donation."""
    thanks = _("We thank {name} for this donation to the residents of our home.")
    purpose = (
        _("It was given for “{purpose}” and is used for that alone.")
        if given.purpose
        else _("It was given without a purpose and is used for the residents.")
    )
    promise = _("What it is used for is kept in our books and can be looked at.")
    what = show_money(given.fen)
    facts = [
        (_("Donor"), given.donor),
        (_("Day"), show_day(given.day)),
        (_("Worth") if given.goods else _("Amount"), what),
        (_("In capital numerals"), capital(given.fen)),
        (_("Way"), given.way),
        (_("Purpose"), given.purpose or _("Free to use")),
    ]
    if given.goods:
        facts.append((_("Goods"), given.goods))
    if given.paper:
        facts.append((_("Number of the paper"), given.paper))
    lines = (thanks.format(name=given.donor), purpose.format(purpose=given.purpose))
    record = Record(
        _("Donation receipt"),
        _("No. {number}").format(number=given.number),
        tuple(facts),
        (Story(_("Thanks"), "\n".join((*lines, promise))),),
        (_("Home (seal)"), _("Handled by")),
    )
    write_record(path, record, head)


def table_of_donations(given: Sequence[DonationText], period: Period) -> Table:
    """Lay out what is made public of a period: each donation, its uses below it."""
    rows: list[tuple[date | None, str, str, str, int | None, int | None, int | None]]
    rows = []
    for each in given:
        what = each.goods or each.way
        left = each.fen - each.used
        rows.append(
            (each.day, each.public_name, what, each.purpose, each.fen, None, left)
        )
        for use in each.uses:
            what = _("Used: {what}").format(what=use.purpose)
            rows.append((use.day, "", what, "", None, use.fen, None))
    span = _("{first} to {last}").format(
        first=show_day(period.start), last=show_day(last_day(period))
    )
    total, used = sum(x.fen for x in given), sum(x.used for x in given)
    return Table(
        title=_("Donations and their use"),
        notes=(span,),
        columns=(
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Donor"), 18),
            Column(_("Goods or way"), 24),
            Column(_("Purpose"), 20),
            Column(_("Received (yuan)"), 14, Kind.MONEY),
            Column(_("Used (yuan)"), 14, Kind.MONEY),
            Column(_("Left (yuan)"), 14, Kind.MONEY),
        ),
        rows=rows,
        sums=(_("Total"), "", "", "", total, used, total - used),
        signatures=(_("Made by"), _("Director")),
    )
