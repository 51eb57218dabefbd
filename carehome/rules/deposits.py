"""Deposits: how much may be held, what leaves them, and by when papers are due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from carehome.errors import Refusal
from carehome.i18n import N_, show_money
from carehome.rules.periods import DAY
from carehome.rules.rulepacks import RulePack

Kind = Literal["opening", "in", "refund", "emergency", "set_off", "damage"]
INWARD: tuple[Kind, ...] = ("opening", "in")
OUTWARD: tuple[Kind, ...] = ("refund", "emergency", "set_off", "damage")
KIND_NAMES: dict[Kind, str] = {
    "opening": N_("Carried over"),
    "in": N_("Received"),
    "refund": N_("Given back"),
    "emergency": N_("Spent on a hospital emergency"),
    "set_off": N_("Set off against arrears or damage"),
    "damage": N_("Kept for damage"),
}
PAPER_ENDS = {
    "handed_in": N_("Papers are there"),
    "excused": N_("Never came, excused"),
    "put_back": N_("Put back"),
}
PAPERS_WITHIN = 7  # working days after a hospital emergency (standards.md 3.2)
BANKED_WITHIN = timedelta(days=1)  # the same or the next day (standards.md 3.2)


class CapPassed(Refusal):
    """A receipt would make the deposit more than may be held."""

    text = N_(
        "At most {cap} of deposit may be held for this resident, and {held} is held "
        "already. Take at most {most}."
    )


class CapUnknown(Refusal):
    """The rule pack in use does not say how much deposit may be held."""

    text = N_(
        "The rules “{pack}” give no cap for deposits, so none can be taken by them. "
        "The director can choose other rules in the settings."
    )


class MoreThanHeld(Refusal):
    """More would leave the deposit than is held."""

    text = N_("Only {held} of deposit is held. Enter that much or less.")


class NoAmount(Refusal):
    """A movement of a deposit has no amount."""

    text = N_("The amount must be more than 0.")


class NoPurpose(Refusal):
    """A deposit may not be spent without saying for what."""

    text = N_("Say what the deposit is used for: it can be spent for that alone.")


class NoExcuse(Refusal):
    """Papers that will never come are missing for a reason."""

    text = N_(
        "Say why the papers will not come, and how it is known that the money went to "
        "the hospital."
    )


class NoPapersAsked(Refusal):
    """Papers are asked of what was spent in an emergency alone, and once."""

    text = N_("For this movement no papers are missing.")


class MorePutBack(Refusal):
    """No more comes back than was spent."""

    text = N_("Only {fen} was spent. Enter that much or less.")


class NoConsent(Refusal):
    """A deposit is set off only with the signed consent of the family."""

    text = N_(
        "A set-off needs the family's signed consent. Enter the number of that paper."
    )


@dataclass(frozen=True, slots=True)
class Movement:
    """Money into or out of a deposit; the kind says which way the fen go."""

    kind: Kind
    fen: int
    day: date
    purpose: str = ""
    paper: str = ""

    @property
    def signed_fen(self) -> int:
        """Return what the movement adds to what is held."""
        return self.fen if self.kind in INWARD else -self.fen


def held(movements: Iterable[Movement]) -> int:
    """Return what is held: all deposits and guarantee sums in, less those out."""
    return sum(movement.signed_fen for movement in movements)


def cap(pack: RulePack, monthly_service_fee: int, monthly_bed_fee: int) -> int:
    """Return the most that may be held by a rule pack."""
    if pack.deposit is None:
        raise CapUnknown(pack=pack.name)
    is_bed = pack.deposit.base == "monthly_bed_fee"
    return pack.deposit.times * (monthly_bed_fee if is_bed else monthly_service_fee)


def most_to_take(held: int, cap: int) -> int:
    """Return how much more deposit may be taken."""
    return max(cap - held, 0)


def check_receipt(held: int, amount: int, cap: int) -> None:
    """Raise CapPassed when a receipt would pass the cap; equal to it is allowed."""
    if amount <= 0:
        raise NoAmount
    if held + amount > cap:
        most = most_to_take(held, cap)
        raise CapPassed(
            cap=show_money(cap),
            held=show_money(held),
            most=show_money(most),
            most_fen=most,
        )


def check_movement(movement: Movement, held: int, cap: int) -> None:
    """Raise unless a movement may be made while `held` is held.

    What was carried over from older books may pass the cap: then it is over-held.
    """
    if movement.fen <= 0:
        raise NoAmount
    if movement.kind == "in":
        check_receipt(held, movement.fen, cap)
    if movement.kind in INWARD:
        return
    if movement.fen > held:
        raise MoreThanHeld(held=show_money(held), most_fen=held)
    if not movement.purpose.strip():
        raise NoPurpose
    if movement.kind in ("set_off", "damage") and not movement.paper.strip():
        raise NoConsent


def excess(held: int, cap: int) -> int:
    """Return how much is held above the cap."""
    return max(held - cap, 0)


def refund_by(since: date, refund_days: int) -> date:
    """Return the last day to give back what is over-held since a day."""
    return since + timedelta(days=refund_days)


def papers_due(
    spent_on: date, is_working_day: Callable[[date], bool], within: int = PAPERS_WITHIN
) -> date:
    """Return the last day for the papers of an emergency, in working days after it."""
    day, left = spent_on, within
    while left:
        day += DAY
        left -= is_working_day(day)
    return day


def is_banked_late(received_on: date, banked_on: date | None, today: date) -> bool:
    """Say whether money came, or is still to come, late into the dedicated account."""
    return (banked_on or today) > received_on + BANKED_WITHIN
