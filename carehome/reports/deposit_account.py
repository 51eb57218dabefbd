"""The dedicated account on paper: its ledger, its balance sheet, what came late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _, show_day, show_money
from carehome.reports.listing import write_list
from carehome.reports.sheet import A4_WIDE, Letterhead
from carehome.reports.table import Column, Kind, Table
from carehome.reports.workbook import write_workbook


@dataclass(frozen=True, slots=True)
class AccountRowText:
    """One movement: what it added to what is held and to the account, and the sums."""

    day: date
    movement: str
    who: str
    purpose: str
    paper: str
    held: int
    account: int
    held_after: int
    account_after: int


@dataclass(frozen=True, slots=True)
class AccountText:
    """The ledger of the dedicated account over some days; `whose` is empty for all."""

    span: str
    whose: str
    account: str
    held_before: int
    account_before: int
    rows: tuple[AccountRowText, ...]


@dataclass(frozen=True, slots=True)
class BetweenText:
    """A movement that lies between what is held and the account."""

    why: str
    day: date
    who: str
    purpose: str
    fen: int


@dataclass(frozen=True, slots=True)
class StandingText:
    """What is held and what is in the account on a day, and what lies between."""

    day: date
    account: str
    held: int
    in_account: int
    between: tuple[BetweenText, ...]


@dataclass(frozen=True, slots=True)
class LateText:
    """A deposit that came late into the account, or is still to come."""

    day: date
    who: str
    fen: int
    due: date
    banked_on: date | None
    days: int
    taken_by: str


def write_account(path: Path, account: AccountText, home: Letterhead) -> None:
    """Write the ledger of the dedicated account as a PDF."""
    write_list(path, _account(account), home, A4_WIDE)


def write_account_workbook(path: Path, account: AccountText, home: Letterhead) -> None:
    """Write the ledger of the dedicated account as a workbook."""
    write_workbook(path, _account(account), home)


def write_standing(path: Path, standing: StandingText, home: Letterhead) -> None:
    """Write what is held beside what is in the account as a PDF to be signed."""
    write_list(path, _standing(standing), home)


def write_late(
    path: Path, late: Sequence[LateText], span: str, home: Letterhead
) -> None:
    """Write what came late into the account as a PDF."""
    write_list(path, _late(late, span), home)


def _account(account: AccountText) -> Table:
    before = _("Before: held {held}, in the account {account}.").format(
        held=show_money(account.held_before),
        account=show_money(account.account_before),
    )
    whose = account.whose or _("All residents")
    notes = [_("{span}, {whose}").format(span=account.span, whose=whose), before]
    if account.account:
        text = _("Dedicated account {account}")
        notes.insert(1, text.format(account=account.account))
    return Table(
        title=_("Ledger of the dedicated account"),
        notes=tuple(notes),
        columns=(
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Movement"), 18),
            Column(_("Resident"), 12),
            Column(_("Used for"), 20),
            Column(_("Paper no."), 14),
            Column(_("Held + or - (yuan)"), 13, Kind.MONEY),
            Column(_("Account + or - (yuan)"), 13, Kind.MONEY),
            Column(_("Held after (yuan)"), 13, Kind.MONEY),
            Column(_("In the account after (yuan)"), 13, Kind.MONEY),
        ),
        rows=[
            (
                row.day,
                row.movement,
                row.who,
                row.purpose,
                row.paper,
                row.held or None,
                row.account or None,
                row.held_after,
                row.account_after,
            )
            for row in account.rows
        ],
        sums=(
            _("Total"),
            *[None] * 4,
            sum(row.held for row in account.rows),
            sum(row.account for row in account.rows),
            None,
            None,
        ),
        signatures=(_("Prepared by"), _("Checked by")),
    )


def _standing(standing: StandingText) -> Table:
    told = _(
        "As of {day} {held} is held for residents and {account} is in the dedicated "
        "account, by the books."
    ).format(
        day=show_day(standing.day),
        held=show_money(standing.held),
        account=show_money(standing.in_account),
    )
    notes = [told]
    if standing.account:
        text = _("Dedicated account {account}")
        notes.append(text.format(account=standing.account))
    if not standing.between:
        notes.append(_("Both agree to the fen."))
    return Table(
        title=_("Deposits held and dedicated account"),
        notes=tuple(notes),
        columns=(
            Column(_("Why they differ"), 28),
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Resident"), 14),
            Column(_("Used for"), 26),
            Column(_("Amount (yuan)"), 14, Kind.MONEY),
        ),
        rows=[(x.why, x.day, x.who, x.purpose, x.fen) for x in standing.between],
        sums=(
            _("Held less in the account"),
            None,
            None,
            None,
            standing.held - standing.in_account,
        ),
        signatures=(_("Prepared by"), _("Checked by")),
    )


def _late(late: Sequence[LateText], span: str) -> Table:
    note = _("{span}: {count} deposits came into the account later than the next day.")
    return Table(
        title=_("Deposits banked late"),
        notes=(note.format(span=span, count=len(late)),),
        columns=(
            Column(_("Received on"), 12, Kind.DAY),
            Column(_("Resident"), 14),
            Column(_("Amount (yuan)"), 14, Kind.MONEY),
            Column(_("Due in the bank by"), 14, Kind.DAY),
            Column(_("Banked on"), 12, Kind.DAY),
            Column(_("Days late"), 10, Kind.NUMBER),
            Column(_("Taken by"), 14),
        ),
        rows=[
            (x.day, x.who, x.fen, x.due, x.banked_on, x.days, x.taken_by) for x in late
        ],
        signatures=(_("Prepared by"), _("Checked by")),
    )
