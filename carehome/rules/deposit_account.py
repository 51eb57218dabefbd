"""The dedicated account beside what is held: movements, balances, what lies between.

What is held = what is in the account + what waits in a till - what is still to be
drawn + what was drawn for a voucher that is void - what the bank itself added.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_, show_money
from carehome.rules.deposits import BANKED_WITHIN
from carehome.rules.deposits import Kind as DepositKind
from carehome.rules.ledger.entry import Kind

ACCOUNT_TEXTS = {
    Kind.OPENING: N_("Deposit carried over"),
    Kind.DEPOSIT: N_("Deposit received"),
    Kind.BANKED: N_("Deposit paid into the dedicated account"),
    Kind.DEPOSIT_REFUND: N_("Deposit given back"),
    Kind.EMERGENCY: N_("Deposit used in an emergency"),
    Kind.SET_OFF: N_("Deposit set off against fees"),
    Kind.DAMAGE: N_("Deposit kept for damage"),
    Kind.DRAWN: N_("Drawn from the dedicated account"),
    Kind.BANK_CHARGE: N_("Charge of the bank"),
    Kind.BANK_INTEREST: N_("Interest of the bank"),
    Kind.BANK_TRANSFER: N_("Transfer between own accounts"),
}
DRAW_NAMES = {
    "transfer": N_("to the operating account"),
    "cash": N_("as cash into the till"),
}
_OWN = ("set_off", "damage")  # what becomes the home's own
_FROM_TILL = ("cash", "wechat", "alipay")


class NothingToDraw(Refusal):
    """Nothing is chosen that money could be drawn for."""

    text = N_("Choose for what the money is drawn.")


class DrawnAlready(Refusal):
    """Money is drawn once for a movement of a deposit."""

    text = N_("Money was drawn for {what} already, or its voucher is void.")


class DrawTooEarly(Refusal):
    """Money is drawn after what it is drawn for."""

    text = N_("The last of these movements is of {day}. Enter that day or a later one.")


class DrawPaperMissing(Refusal):
    """A draw stands on a paper."""

    text = N_("Enter the number of the bank's paper or of the request to draw.")


class MoreThanInAccount(Refusal):
    """More would be drawn than the books know in the account."""

    text = N_(
        "By the books only {fen} is in the dedicated account on that day. First note "
        "the deposits that were paid in, or choose less."
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A movement of a deposit, with its way to the bank; days of voids are known.

    `drawn` are the days of a draw for it, and of that draw's void.
    """

    entry_id: int
    resident_id: int
    kind: DepositKind
    method: str
    day: date
    fen: int
    banked_on: date | None = None
    void_on: date | None = None
    drawn: tuple[tuple[date, date | None], ...] = ()

    @property
    def is_drawn_for(self) -> bool:
        """Say whether the money leaves the dedicated account by a draw of its own."""
        paid = self.kind in ("refund", "emergency") and self.method in _FROM_TILL
        return paid or self.kind in _OWN

    def stands(self, day: date) -> bool:
        """Say whether the movement is made on a day, and not void by then."""
        return self.day <= day and not _is_past(self.void_on, day)

    def waits(self, day: date) -> bool:
        """Say whether it has come in, and is not in the dedicated account yet."""
        known = self.kind == "in" and self.stands(day)
        return known and not _is_past(self.banked_on, day)

    def is_drawn(self, day: date) -> bool:
        """Say whether money was drawn for it by a day."""
        return any(
            drawn_on <= day and not _is_past(void_on, day)
            for drawn_on, void_on in self.drawn
        )


def _is_past(happened: date | None, day: date) -> bool:
    return happened is not None and happened <= day


@dataclass(frozen=True, slots=True)
class Between:
    """What lies between what is held and the dedicated account on a day."""

    in_till: tuple[Piece, ...]
    to_draw: tuple[Piece, ...]
    to_return: tuple[Piece, ...]

    @property
    def fen(self) -> int:
        """What is held beyond what is in the account; below nothing when less."""
        return total(self.in_till) - total(self.to_draw) + total(self.to_return)


def total(pieces: Iterable[Piece]) -> int:
    """Return what movements come to, in fen."""
    return sum(piece.fen for piece in pieces)


def between(pieces: Iterable[Piece], day: date) -> Between:
    """Return what lies between what is held and the dedicated account on a day."""
    known = sorted(pieces, key=lambda each: (each.day, each.entry_id))
    return Between(
        tuple(each for each in known if each.waits(day)),
        tuple(
            each
            for each in known
            if each.is_drawn_for and each.stands(day) and not each.is_drawn(day)
        ),
        tuple(
            each
            for each in known
            if each.is_drawn_for and not each.stands(day) and each.is_drawn(day)
        ),
    )


def check_draw(pieces: Iterable[Piece], day: date, paper: str, in_account: int) -> None:
    """Raise unless money may be drawn for these movements on a day."""
    chosen = list(pieces)
    if not chosen:
        raise NothingToDraw
    last = max(each.day for each in chosen)
    if day < last:
        raise DrawTooEarly(day=last)
    if not paper.strip():
        raise DrawPaperMissing
    if total(chosen) > in_account:
        raise MoreThanInAccount(fen=show_money(max(in_account, 0)))


def days_late(received_on: date, banked_on: date | None, today: date) -> int:
    """Return how many days money came, or is still to come, late into the account."""
    due = received_on + BANKED_WITHIN
    return max(((banked_on or today) - due).days, 0)
