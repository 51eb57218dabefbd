"""Settlements: what was billed, paid and held comes to one sum."""

from dataclasses import dataclass

from carehome.errors import Refusal
from carehome.i18n import N_, show_money


class NotEven(Refusal):
    """Something is still owed, and nobody has said why it stays so."""

    text = N_(
        "{owed} is still to be paid. Take the payment, or let the director close this "
        "with a claim and say why."
    )


class NothingToClaim(Refusal):
    """A claim is what is still owed, and nothing is."""

    text = N_("Nothing is owed, so there is no claim. Empty the reason.")


@dataclass(frozen=True, slots=True)
class Books:
    """All that was ever billed, paid, held and given back for one resident, in fen.

    `paid` is money that came in for bills; what was set off came from the deposit.
    """

    billed: int = 0
    paid: int = 0
    deposit: int = 0
    set_off: int = 0
    damage: int = 0
    emergency: int = 0
    refunded: int = 0
    paid_out: int = 0

    @property
    def balance(self) -> int:
        """What is prepaid; below nothing what is owed."""
        return self.paid + self.set_off - self.paid_out - self.billed

    @property
    def owed(self) -> int:
        """What is still to be paid for bills."""
        return max(-self.balance, 0)

    @property
    def prepaid(self) -> int:
        """What was paid or credited and no bill needs."""
        return max(self.balance, 0)

    @property
    def held(self) -> int:
        """What is left of the deposit."""
        left = self.set_off + self.damage + self.emergency + self.refunded
        return self.deposit - left

    @property
    def to_family(self) -> int:
        """The one sum: above nothing to pay to the family, below still to be paid."""
        return self.held + self.balance


def most_set_off(books: Books) -> int:
    """Return how much of the deposit pays what is owed, if the family agrees."""
    return min(books.owed, books.held)


def claim(books: Books, reason: str) -> int:
    """Return what stays open when a settlement is made; nothing unless it is said why.

    What is left of deposit and prepaid money is paid out by then.
    """
    if books.owed and not reason.strip():
        raise NotEven(owed=show_money(books.owed), owed_fen=books.owed)
    if reason.strip() and not books.owed:
        raise NothingToClaim
    return books.owed
