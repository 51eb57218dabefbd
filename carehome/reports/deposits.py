"""Deposits on paper: what is held above the cap, and one resident's ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day, show_money
from carehome.reports.listing import write_list
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook
from carehome.rules.money import capital


@dataclass(frozen=True, slots=True)
class OverHeldText:
    """A deposit that passes the cap, and until when the rest must be refunded."""

    place: str
    name: str
    held: int
    cap: int
    refund_by: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DepositEntryText:
    """One movement: above zero money came in, below zero it left."""

    day: date
    kind: str
    amount: int
    paper: str = ""
    banked: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DepositLedger:
    """All that moved in one resident's deposit, oldest first."""

    resident: str
    place: str
    account: str
    entries: tuple[DepositEntryText, ...]

    @property
    def held(self) -> int:
        """What the home holds after the last movement."""
        return sum(entry.amount for entry in self.entries)


def write_over_held(
    path: Path, over_held: Sequence[OverHeldText], day: date, home: Letterhead
) -> None:
    """Write the deposits above the cap as a PDF."""
    write_list(path, _over_held(over_held, day), home)


def write_over_held_workbook(
    path: Path, over_held: Sequence[OverHeldText], day: date, home: Letterhead
) -> None:
    """Write the deposits above the cap as a workbook."""
    write_workbook(path, _over_held(over_held, day), home)


def write_deposit_ledger(
    path: Path, ledger: DepositLedger, day: date, home: Letterhead
) -> None:
    """Write one resident's deposit ledger as a PDF that both sides can sign."""
    write_list(path, _ledger(ledger, day), home)


def _over_held(over_held: Sequence[OverHeldText], day: date) -> Table:
    excess = sum(each.held - each.cap for each in over_held)
    note = _("As of {day}, {count} deposits pass the cap by {amount}.").format(
        day=show_day(day), count=len(over_held), amount=show_money(excess)
    )
    return Table(
        title=_("Deposits above the cap"),
        notes=(note,),
        columns=(
            Column(_("Bed"), 15),
            Column(_("Name"), 17),
            Column(_("Held (yuan)"), 14, Kind.MONEY),
            Column(_("Cap (yuan)"), 14, Kind.MONEY),
            Column(_("To refund (yuan)"), 14, Kind.MONEY),
            Column(_("Refund by"), 12, Kind.DAY),
            Column(_("Why"), 28),
        ),
        rows=[
            (
                each.place,
                each.name,
                each.held,
                each.cap,
                each.held - each.cap,
                each.refund_by,
                each.reason,
            )
            for each in over_held
        ],
        sums=(_("Total"), None, None, None, excess, None, None),
        signatures=(_("Prepared by"), _("Checked by")),
    )


def _ledger(ledger: DepositLedger, day: date) -> Table:
    rows, balance = [], 0
    for entry in ledger.entries:
        balance += entry.amount
        taken = entry.amount if entry.amount >= 0 else None
        left = -entry.amount if entry.amount < 0 else None
        rows.append(
            (
                entry.day,
                entry.kind,
                entry.paper,
                taken,
                left,
                balance,
                entry.banked,
                entry.remark,
            )
        )
    who = _("{resident}, bed {place}").format(
        resident=ledger.resident, place=ledger.place
    )
    held = _("As of {day} the home holds {amount} ({capital}).").format(
        day=show_day(day),
        amount=show_money(ledger.held),
        capital=capital(ledger.held),
    )
    account = _("Kept in the dedicated account {account}").format(
        account=ledger.account
    )
    return Table(
        title=_("Deposit ledger"),
        notes=(who, account, held) if ledger.account else (who, held),
        columns=(
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Movement"), 14),
            Column(_("Paper no."), 16),
            Column(_("In (yuan)"), 13, Kind.MONEY),
            Column(_("Out (yuan)"), 13, Kind.MONEY),
            Column(_("Balance (yuan)"), 13, Kind.MONEY),
            Column(_("Banked on"), 12, Kind.DAY),
            Column(_("Remark"), 20),
        ),
        rows=rows,
        signatures=(_("Handled by"), _("For the family")),
    )
