"""Settlements: what was billed, paid and held comes to one sum."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money


class NotEven(Refusal):
    """Something is still owed, and nobody has said why it stays so."""

    text = N_(
        "{owed} is still to be paid. Take the payment, or let the director close this "
        "with a claim and say why."
    )


class TrustWayMissing(Refusal):
    """Trust money is given back in some way of its own."""

    text = N_("Choose in which way the trust money is given back.")


class NotSigned(Refusal):
    """A sheet is in the file once all sides have signed it."""

    text = N_("Not signed yet: {sides}. Note who has signed, under Settlement.")


class SignerMissing(Refusal):
    """A signature is somebody's."""

    text = N_("Enter who signed, or that they refused and who was there.")


class SignedTooEarly(Refusal):
    """Nobody signs before there is a sheet."""

    text = N_("The settlement was made on {day}. Enter that day or a later one.")


class SettlementSealed(Refusal):
    """Once all sides have signed, nothing of it changes."""

    text = N_("All sides have signed this settlement; it is sealed.")


class NothingToClaim(Refusal):
    """A claim is what is still owed, and nothing is."""

    text = N_("Nothing is owed, so there is no claim. Empty the reason.")


class PaidDespiteDebt(Refusal):
    """A deposit is paid out though something is owed, and nobody confirmed that."""

    text = N_(
        "{refund} of the deposit would be paid out, though {owed} is owed and stays "
        "open. Set it off first, or confirm both sums."
    )


class SignerUnknown(Refusal):
    """For the home signs somebody who works there."""

    text = N_("{name} has no account here and is not on the staff. Choose from both.")


class SameSigner(Refusal):
    """No two sides are signed for by one person."""

    text = N_("{name} signs as “{side}” already. Each side is another person.")


class SignerNotReceiver(Refusal):
    """Somebody else than the recipient signed, and nobody said who that is."""

    text = N_("The recipient is {receiver}. Say who {name} is, or why they signed.")


Side = Literal["family", "accountant", "director"]
SIDE_NAMES: dict[Side, str] = {
    "family": N_("Family or agent"),
    "accountant": N_("Accountant"),
    "director": N_("Director"),
}


@dataclass(frozen=True, slots=True)
class Books:
    """All that was ever billed, paid, held and given back for one resident, in fen.

    `paid` is money that came in for bills; what was set off came from the deposit.
    `trust` is kept apart: what still is, or what was given back with the settlement.
    """

    billed: int = 0
    paid: int = 0
    deposit: int = 0
    set_off: int = 0
    damage: int = 0
    emergency: int = 0
    refunded: int = 0
    paid_out: int = 0
    trust: int = 0

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


def check_paid_out(books: Books, confirmed: int) -> None:
    """Raise unless it was confirmed what stays owed though a deposit is paid out."""
    if books.owed and books.held and confirmed != books.owed:
        raise PaidDespiteDebt(
            refund=show_money(books.held), owed=show_money(books.owed)
        )


def bare(name: str) -> str:
    """Return a name without what is said of it in brackets."""
    return "".join(re.split(r"[(\uff08]", name)[0].split())


def check_signer(
    side: Side,
    name: str,
    relation: str,
    receiver: str,
    known: Mapping[Side, str],
    people: Collection[str],
    is_alone: bool = False,
) -> None:
    """Raise unless somebody may sign for a side.

    `people` have an account of the home or are on its staff; `is_alone` says that one
    of them holds the posts of both sides of the home.
    """
    signed = dict(known)
    if side == "family":
        if bare(name) != bare(receiver) and not relation.strip():
            raise SignerNotReceiver(name=name.strip(), receiver=receiver)
    else:
        if name.strip() not in people:
            raise SignerUnknown(name=name.strip())
        signed.setdefault("family", receiver)
    for other, their in signed.items():
        both = {side, other} == {"accountant", "director"}
        if other != side and bare(their) == bare(name) and not (both and is_alone):
            raise SameSigner(name=name.strip(), side=_(SIDE_NAMES[other]))


def check_signature(
    name: str, day: date, made_on: date, known: Collection[Side]
) -> None:
    """Raise unless somebody may be noted as having signed a settlement."""
    if len(known) == len(SIDE_NAMES):
        raise SettlementSealed
    if not name.strip():
        raise SignerMissing
    if day < made_on:
        raise SignedTooEarly(day=made_on)


def check_signed(known: Collection[Side]) -> None:
    """Raise NotSigned while a side has not signed."""
    missing = [_(name) for side, name in SIDE_NAMES.items() if side not in known]
    if missing:
        raise NotSigned(sides=_(", ").join(missing))
