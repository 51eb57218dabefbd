"""Donations: given for a purpose, used for it, never more used than given."""

from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_, show_day, show_money

GOODS = "goods"  # a donation in kind, or a use of it


class DonorMissing(Refusal):
    """Somebody gave it."""

    text = N_("Enter who gave it; who wants no name said is entered as such.")


class GoodsMissing(Refusal):
    """Goods are named."""

    text = N_("Say which goods were given, and enter what they are worth.")


class NothingGiven(Refusal):
    """A donation or a use of one has no amount."""

    text = N_("The amount must be more than 0.")


class UseUnsaid(Refusal):
    """A donation is used for something."""

    text = N_("Say what the donation was used for.")


class MoreThanGiven(Refusal):
    """More would be used than is left."""

    text = N_("Only {left} of this donation is left. Enter that much or less.")


class OtherPurpose(Refusal):
    """What was given for a purpose is used for it alone."""

    text = N_("This was given for “{purpose}” and may be used for that alone.")


class UsedTooEarly(Refusal):
    """A donation is used after it came."""

    text = N_("The donation came on {day}. It cannot be used before that day.")


class OtherKind(Refusal):
    """Goods are used as goods, money as money."""

    text = N_("Goods that were given are used as goods, and money as money.")


class UsedSince(Refusal):
    """A donation that was used stays."""

    text = N_("{used} of this donation was used. Void those uses first.")


@dataclass(frozen=True, slots=True)
class Given:
    """A donation as the rules look at it."""

    day: date
    fen: int
    is_goods: bool
    used: int
    purpose: str = ""

    @property
    def left(self) -> int:
        """What is still to be used."""
        return self.fen - self.used


def check_donation(donor: str, fen: int, is_goods: bool, goods: str) -> None:
    """Raise unless a donation can be entered."""
    if not donor.strip():
        raise DonorMissing
    if fen <= 0:
        raise NothingGiven
    if is_goods and not goods.strip():
        raise GoodsMissing


def check_purpose(given: Given, purpose: str) -> None:
    """Raise OtherPurpose unless a use serves the purpose that the donor set."""
    if given.purpose and given.purpose != purpose.strip():
        raise OtherPurpose(purpose=given.purpose)


def check_use(given: Given, fen: int, day: date, is_goods: bool, purpose: str) -> None:
    """Raise unless so much of a donation may be used on a day."""
    if fen <= 0:
        raise NothingGiven
    if not purpose.strip():
        raise UseUnsaid
    if is_goods != given.is_goods:
        raise OtherKind
    if day < given.day:
        raise UsedTooEarly(day=show_day(given.day))
    if fen > given.left:
        raise MoreThanGiven(left=show_money(given.left), most_fen=given.left)


def check_unused(given: Given) -> None:
    """Raise UsedSince when a donation to be voided was used."""
    if given.used:
        raise UsedSince(used=show_money(given.used))
