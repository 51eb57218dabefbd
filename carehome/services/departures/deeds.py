"""What people ask of a departure, and why it may be refused."""

from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.departures import Departure


class ClaimByDirector(Refusal):
    """A claim is left by the director alone."""

    text = N_("Only the director may close a departure while money is owed.")


class DepartureUnderWay(Refusal):
    """One departure of a person is enough."""

    text = N_("{name} is leaving already, by the order of {ordered_on}. Go on there.")


class DepartureClosed(Refusal):
    """The departure has ended, one way or the other."""

    text = N_("This departure is closed. Look at it in the resident's file.")


class StepMissing(Refusal):
    """A step stands on another that is not done."""

    text = N_("The step “{step}” is not done yet. Please do it first.")


class AlreadySettled(Refusal):
    """A settlement is made once."""

    text = N_("This departure was settled on {day}. It stays as it was signed.")


class WayMissing(Refusal):
    """Money is given back in some way."""

    text = N_("Choose in which way the money is given back.")


class ApprovalMissing(Refusal):
    """Money is given back by two people."""

    text = N_("A second person has to sign in before money is given back.")


class PapersMissing(Refusal):
    """Papers that a departure needs are not in the file."""

    text = N_("Not in the file yet: {papers}. Tick them once they are.")


@dataclass(frozen=True, slots=True)
class Order:
    """That somebody is to leave: why, who wants it, when."""

    kind: Departure
    planned_on: date | None = None
    asked_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deductions:
    """What is taken off a deposit, and the paper in which the family agrees."""

    day: date
    set_off: int = 0
    damage: int = 0
    damage_reason: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Giving:
    """How money is given back, and how trust money; empty where there is none.

    `despite_owed` is the debt that stays though a deposit is paid out, as confirmed.
    """

    day: date
    method: str = ""
    claim_reason: str = ""
    trust_method: str = ""
    despite_owed: int = 0
