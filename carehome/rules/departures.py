"""Leaving for good: why, in which steps, who receives the money, with what papers."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_


class Departure(StrEnum):
    """Why somebody leaves for good."""

    HOME = "home"
    OTHER_HOME = "other_home"
    HOSPITAL = "hospital"
    DEATH = "death"
    ENDED = "ended"


KIND_NAMES = {
    Departure.HOME: N_("Goes home"),
    Departure.OTHER_HOME: N_("Goes to another home"),
    Departure.HOSPITAL: N_("Stays in hospital for good"),
    Departure.DEATH: N_("Has died"),
    Departure.ENDED: N_("The home ends the agreement"),
}


class Step(StrEnum):
    """The steps of a departure, in their order."""

    ORDER = "order"
    LEAVE = "leave"
    BILL = "bill"
    RECEIVER = "receiver"
    DEPOSIT = "deposit"
    SETTLE = "settle"
    PAPERS = "papers"
    DONE = "done"


STEPS = tuple(Step)
STEP_NAMES = {
    Step.ORDER: N_("Order"),
    Step.LEAVE: N_("Departure"),
    Step.BILL: N_("Final bill"),
    Step.RECEIVER: N_("Recipient"),
    Step.DEPOSIT: N_("Deposit"),
    Step.SETTLE: N_("Settlement"),
    Step.PAPERS: N_("Papers"),
    Step.DONE: N_("Finished"),
}

PAPER_NAMES = {
    "death": N_("Copy of the death certificate"),
    "settlement": N_("Settlement sheet, signed"),
    "belongings": N_("Receipt for the belongings"),
    "agreement": N_("Service agreement ended"),
}


class ReasonMissing(Refusal):
    """Whoever ends an agreement, or cancels an order, says why."""

    text = N_("Say why; the reason stays in the file.")


class ReceiverMissing(Refusal):
    """Money is paid out to somebody with a name only."""

    text = N_("Enter who receives the money and the belongings.")


class RelationMissing(Refusal):
    """Whoever receives what a dead person leaves says what they are to them."""

    text = N_("Enter what the recipient is to the resident: son, daughter, agent.")


class ProofMissing(Refusal):
    """An estate is handed over on proof only."""

    text = N_(
        "Enter the paper that proves who may receive the estate, such as the notary's "
        "certificate or the household register."
    )


class HeirsMissing(Refusal):
    """Several heirs let one of them act, in writing."""

    text = N_(
        "Enter in which paper the other heirs agree, or that there is no other heir."
    )


class NoSuchTime(Refusal):
    """A time of day is four digits."""

    text = N_("“{typed}” is no time of day. Type it as 06:30.")


class DeathMissing(Refusal):
    """Of who has died the day is written down, and of nobody else."""

    text = N_("Enter the day of the death; of nobody else there is such a day.")


class DiedLater(Refusal):
    """Nobody leaves before the death that was the reason for it."""

    text = N_("The death on {died_on} is after the day of leaving. Check both days.")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives money and belongings; an identity number of None stays as it is.

    `heirs` are all known heirs of who has died, each with what they are to them.
    """

    name: str
    relation: str = ""
    phone: str = ""
    id_number: str | None = None
    proof: str = ""
    others_consent: str = ""
    belongings: str = ""
    heirs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Death:
    """When and where somebody died, and the certificate of it."""

    died_on: date
    time: str = ""
    where: str = ""
    certificate: str = ""


def check_reason(kind: Departure, reason: str) -> None:
    """Raise when the home ends an agreement without saying why."""
    if kind is Departure.ENDED and not reason.strip():
        raise ReasonMissing


def check_death(kind: Departure, death: Death | None, left_on: date) -> None:
    """Raise unless a death, and only a death, says when; before leaving."""
    if (kind is Departure.DEATH) != (death is not None):
        raise DeathMissing
    if death is None:
        return
    if death.died_on > left_on:
        raise DiedLater(died_on=death.died_on)
    check_time(death.time)


def check_time(typed: str) -> None:
    """Raise unless it is a time of day, or nothing."""
    if typed and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", typed):
        raise NoSuchTime(typed=typed)


def check_receiver(kind: Departure, receiver: Receiver) -> None:
    """Raise unless it is known who receives; an estate asks for proof and consent."""
    if not receiver.name.strip():
        raise ReceiverMissing
    if kind is not Departure.DEATH:
        return
    if not receiver.relation.strip():
        raise RelationMissing
    if not receiver.proof.strip():
        raise ProofMissing
    if not receiver.others_consent.strip():
        raise HeirsMissing


def papers_needed(kind: Departure, has_belongings: bool) -> tuple[str, ...]:
    """Return which papers must be in the file before a departure is finished."""
    needed = ["death"] if kind is Departure.DEATH else []
    needed.append("settlement")
    if has_belongings:
        needed.append("belongings")
    return (*needed, "agreement")
