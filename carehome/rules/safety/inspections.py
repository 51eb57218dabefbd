"""Inspections from outside: who came, on what ground, what is to be answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.certificates import Urgency, Warnings
from carehome.rules.safety.hazards import Severity, State

OFFICE_NAMES = {
    "fire": N_("Fire and rescue"),
    "civil_affairs": N_("Civil affairs"),
    "emergency": N_("Emergency management"),
    "market": N_("Market regulation"),
    "health": N_("Health"),
    "housing": N_("Housing and construction"),
    "street": N_("Street office or town"),
    "police": N_("Police"),
    "joint": N_("Several offices together"),
    "third_party": N_("Third party on behalf of an office"),
    "other": N_("Other office"),
}
BASIS_NAMES = {
    "yearly": N_("Yearly inspection on site"),
    "routine": N_("Routine supervision"),
    "random": N_("Random check with random inspectors"),
    "campaign": N_("Special campaign"),
    "complaint": N_("Complaint or report"),
    "recheck": N_("Re-check"),
    "other": N_("Other ground"),
}
PENALTY_NAMES = {
    "": N_("No penalty"),
    "order": N_("Order to put right"),
    "warning": N_("Warning"),
    "fine": N_("Fine"),
    "suspension": N_("Order to suspend"),
    "other": N_("Other penalty"),
}
# What is public goes by ownership: enterprises into the one, others into the other.
CHANNEL_NAMES = {
    "": N_("Not published"),
    "credit_platform": N_("National credit information platform"),
    "enterprise_credit": N_("National enterprise credit publicity system"),
    "office_site": N_("Website of the office"),
    "other": N_("Elsewhere"),
}
ANSWER_WARNINGS = Warnings(far=15, middle=7, near=2)


class InspectedLater(Refusal):
    """An inspection is written down when it has been."""

    text = N_("The day is still to come. Write the inspection down once it has been.")


class DueBeforeInspected(Refusal):
    """An answer is not due before anybody asked."""

    text = N_("The answer is due before the inspection. Check both days.")


class AnsweredWrongly(Refusal):
    """An answer is given after the inspection and not in the future."""

    text = N_("The answer was given between the inspection and today. Check the day.")


class FineWithoutPenalty(Refusal):
    """An amount belongs to a fine."""

    text = N_("Only a fine has an amount. Choose “Fine” or leave the amount empty.")


class PublishedHalf(Refusal):
    """What is published is so somewhere, since some day."""

    text = N_("Enter both where it was published and on which day.")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, as the register of hazards keeps it; `due_at` is a moment."""

    hazard_id: int
    number: str
    item: str
    place: str
    severity: Severity
    state: State
    due_at: datetime
    is_late: bool

    @property
    def is_closed(self) -> bool:
        """Say whether nothing is left to do."""
        return self.state is State.CLOSED


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection by an office, with what it wants and what came of it."""

    day: date
    office: str
    basis: str
    office_name: str = ""
    inspectors: str = ""
    number: str = ""
    told: str = ""
    answer_due: date | None = None
    answered_on: date | None = None
    answer: str = ""
    penalty: str = ""
    penalty_number: str = ""
    penalty_fen: int | None = None
    channel: str = ""
    published_on: date | None = None
    note: str = ""
    scan_id: int | None = None
    answer_scan_id: int | None = None
    findings: tuple[Finding, ...] = ()
    inspection_id: int = 0

    @property
    def open_findings(self) -> int:
        """Count what was found and is not closed."""
        return sum(not each.is_closed for each in self.findings)

    @property
    def wants_answer(self) -> bool:
        """Say whether an answer is still owed."""
        return self.answer_due is not None and self.answered_on is None


def check(inspection: Inspection, today: date) -> None:
    """Raise a Refusal for an inspection that cannot be."""
    if inspection.day > today:
        raise InspectedLater
    if inspection.answer_due and inspection.answer_due < inspection.day:
        raise DueBeforeInspected
    if inspection.answered_on:
        check_answered(inspection.day, inspection.answered_on, today)
    if inspection.penalty_fen is not None and inspection.penalty != "fine":
        raise FineWithoutPenalty
    if (not inspection.channel) != (inspection.published_on is None):
        raise PublishedHalf


def check_answered(inspected: date, answered: date, today: date) -> None:
    """Raise a Refusal when an answer was given on a day that cannot be."""
    if not inspected <= answered <= today:
        raise AnsweredWrongly


def answers_due(
    inspections: Iterable[Inspection], today: date
) -> list[tuple[Urgency, Inspection]]:
    """List who still waits for an answer, what presses most first."""
    owed = [
        (ANSWER_WARNINGS.urgency(each.answer_due, today), each)
        for each in inspections
        if each.answer_due and each.wants_answer
    ]
    return sorted(owed, key=lambda pair: pair[1].answer_due or date.max)
