"""The dedicated account on paper, in the words of the home."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.db.residents import ResidentRow
from carehome.i18n import N_, _, show_day, speaking
from carehome.reports.deposit_account import (
    AccountRowText,
    AccountText,
    BetweenText,
    LateText,
    StandingText,
    write_account,
    write_account_workbook,
    write_late,
    write_standing,
)
from carehome.rules.deposit_account import ACCOUNT_TEXTS
from carehome.rules.periods import DAY, Period
from carehome.rules.rights import Right
from carehome.services.deposits.account import OpenPiece, late_in, standing_in
from carehome.services.deposits.account_ledger import AccountLine, ledger_in
from carehome.services.deposits.number import account_number_in
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs

IN_TILL = N_("In the till, not banked yet")
TO_DRAW = N_("Paid out or the home's own, not drawn yet")
TO_RETURN = N_("Drawn for a void voucher, to be paid back")


@dataclass(frozen=True, slots=True)
class Ask:
    """Which part of the ledger is wanted: some days, of one resident or of all."""

    period: Period
    resident_id: int | None = None


class DepositPapers(Service):
    """What one person can put to paper about the dedicated account."""

    @needs(Right.SEE_FEES)
    @speaking()
    def write_ledger(self, ask: Ask, path: Path) -> None:
        """Write the ledger of some days as a PDF."""
        with self._reading() as session:
            told, home = _ledger(session, ask), letterhead_in(session)
        write_account(path, told, home)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_ledger_workbook(self, ask: Ask, path: Path) -> None:
        """Write the ledger of some days as a workbook."""
        with self._reading() as session:
            told, home = _ledger(session, ask), letterhead_in(session)
        write_account_workbook(path, told, home)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_standing(self, day: date, path: Path) -> None:
        """Write what is held beside what is in the account on a day as a PDF."""
        with self._reading() as session:
            found = standing_in(session, day)
            account = account_number_in(session)
            home = letterhead_in(session)
        between = (
            *_between(IN_TILL, found.in_till, 1),
            *_between(TO_DRAW, found.to_draw, -1),
            *_between(TO_RETURN, found.to_return, 1),
            *(
                BetweenText(_(ACCOUNT_TEXTS[x.kind]), x.day, "", x.text, -x.fen)
                for x in found.by_bank
            ),
        )
        told = StandingText(day, account, found.held, found.account, between)
        write_standing(path, told, home)

    @needs(Right.SEE_FEES)
    @speaking()
    def write_late(self, period: Period, path: Path) -> None:
        """Write what came late into the account as a PDF."""
        with self._reading() as session:
            found = late_in(session, period, self._today())
            home = letterhead_in(session)
        late = [
            LateText(
                each.day,
                each.resident,
                each.fen,
                each.due,
                each.banked_on,
                each.days_late,
                each.taken_by,
            )
            for each in found
        ]
        write_late(path, late, _say(period), home)


def _ledger(session: Session, ask: Ask) -> AccountText:
    found = ledger_in(session, ask.period, ask.resident_id)
    whose = ""
    if ask.resident_id is not None:
        whose = session.get_one(ResidentRow, ask.resident_id).name
    return AccountText(
        _say(ask.period),
        whose,
        account_number_in(session),
        found.held_before,
        found.account_before,
        tuple(_row(line) for line in found.lines),
    )


def _row(line: AccountLine) -> AccountRowText:
    return AccountRowText(
        line.day,
        say_movement(line),
        line.who,
        line.purpose,
        line.paper,
        line.held,
        line.account,
        line.held_after,
        line.account_after,
    )


def say_movement(line: AccountLine) -> str:
    """Say what a line of the ledger is; a void says so."""
    what = _(ACCOUNT_TEXTS[line.kind])
    return _("Void: {what}").format(what=what) if line.is_void else what


def _between(why: str, pieces: Iterable[OpenPiece], sign: int) -> Iterable[BetweenText]:
    for each in pieces:
        piece = each.piece
        fen = sign * piece.fen
        yield BetweenText(_(why), piece.day, each.resident, each.purpose, fen)


def _say(period: Period) -> str:
    last = _("today") if period.end is None else show_day(period.end - DAY)
    return _("{first} to {last}").format(first=show_day(period.start), last=last)
