"""Emergency plans with their versions, and incidents with whom they were told.

The four kinds of events and the four grades are those of the ministry's model plan
of 2025. Whom an incident is reported to, and how soon, stands in `reporting`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.safety.drills import Lesson, TitleNeeded, check_time

KIND_NAMES = {
    "disaster": N_("Natural disaster"),
    "accident": N_("Accident or fire"),
    "health": N_("Public health"),
    "security": N_("Public security"),
}
GRADE_NAMES = {
    "extreme": N_("Extremely major"),
    "major": N_("Major event"),
    "larger": N_("Larger event"),
    "general": N_("General event"),
}


class TextNeeded(Refusal):
    """A version says what to do."""

    text = N_("Write down what is done when it happens.")


class ApproverNeeded(Refusal):
    """Somebody answers for a plan."""

    text = N_("Enter who approved this version.")


class ReviewTooEarly(Refusal):
    """A plan is reviewed after it came into force."""

    text = N_("The day of review lies after the day it comes into force.")


class PlanKnown(Refusal):
    """Plans are told apart by their title."""

    text = N_("There is a plan of this title already.")


class StoryNeeded(Refusal):
    """An incident says what happened."""

    text = N_("Write down what happened.")


class NotYetHappened(Refusal):
    """What is recorded lies behind."""

    text = N_("This lies in the future. Check the day and the time.")


class ReceiverNeeded(Refusal):
    """A report has a receiver."""

    text = N_("Enter to whom it was reported.")


class ReportedBefore(Refusal):
    """A report comes after what it tells."""

    text = N_("It was reported before it happened. Check the day and the time.")


class IncidentClosed(Refusal):
    """A closed incident stays as it is."""

    text = N_("This incident is closed and stays as it is.")


class CauseNeeded(Refusal):
    """An incident is closed with its cause and what was done."""

    text = N_("Write down the cause and what was done before the incident is closed.")


class PlanState(StrEnum):
    """How a plan stands on a day."""

    IN_FORCE = "in_force"
    REVIEW = "review"
    OVERDUE = "overdue"
    EMPTY = "empty"
    RETIRED = "retired"


PLAN_STATE_NAMES = {
    PlanState.IN_FORCE: N_("In force"),
    PlanState.REVIEW: N_("Review soon"),
    PlanState.OVERDUE: N_("Review overdue"),
    PlanState.EMPTY: N_("No version yet"),
    PlanState.RETIRED: N_("Retired"),
}


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """An edition of a plan; `responses` says what is done at which grade."""

    effective_on: date
    review_on: date
    approved_by: str
    text: str
    changes: str = ""
    responses: tuple[tuple[str, str], ...] = ()
    number: int = 0
    scan_id: int | None = None


@dataclass(frozen=True, slots=True)
class EmergencyPlan:
    """A plan for a kind of event with all its versions, the newest first."""

    title: str
    kind: str
    versions: tuple[PlanVersion, ...] = ()
    is_active: bool = True
    plan_id: int = 0

    def in_force(self, day: date) -> PlanVersion | None:
        """Return the version that holds on a day."""
        return next((v for v in self.versions if v.effective_on <= day), None)

    def open_grades(self, day: date) -> list[str]:
        """Return the grades of the event that the version in force says nothing of."""
        version = self.in_force(day)
        if version is None or not self.is_active:
            return []
        told = dict(version.responses)
        return [grade for grade in GRADE_NAMES if not told.get(grade, "").strip()]

    def state(self, day: date, warn_days: int) -> PlanState:
        """Say how the plan stands on a day."""
        if not self.is_active:
            return PlanState.RETIRED
        version = self.in_force(day)
        if version is None:
            return PlanState.EMPTY
        if version.review_on <= day:
            return PlanState.OVERDUE
        near = version.review_on <= day + timedelta(days=warn_days)
        return PlanState.REVIEW if near else PlanState.IN_FORCE


@dataclass(frozen=True, slots=True)
class Report:
    """An incident was told to somebody outside."""

    receiver: str
    reported_on: date
    reported_at: str
    reported_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody is to be told of an incident within so many minutes."""

    receiver: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened, whom it was told, and what was learnt."""

    happened_on: date
    happened_at: str
    kind: str
    grade: str
    told: str
    place: str = ""
    injured: int = 0
    dead: int = 0
    measures: str = ""
    cause: str = ""
    closed_on: date | None = None
    reports: tuple[Report, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    number: str = ""
    incident_id: int = 0
    duties: tuple[Duty, ...] = ()


def moment(day: date, time: str) -> datetime:
    """Return the moment of the wall clock that a day and a time name."""
    hours, minutes = time.split(":")
    return datetime(day.year, day.month, day.day, int(hours), int(minutes))  # noqa: DTZ001 - the wall clock of the home


def kinds_without_plan(plans: Iterable[EmergencyPlan], day: date) -> list[str]:
    """Return the kinds of event that no plan in force is for."""
    covered = {p.kind for p in plans if p.is_active and p.in_force(day)}
    return [kind for kind in KIND_NAMES if kind not in covered]


def check_plan(plan: EmergencyPlan, others: Iterable[EmergencyPlan]) -> None:
    """Raise a Refusal unless a plan can be called like this."""
    if not plan.title.strip():
        raise TitleNeeded
    for other in others:
        if other.plan_id != plan.plan_id and other.title == plan.title.strip():
            raise PlanKnown


def check_version(version: PlanVersion) -> None:
    """Raise a Refusal unless a version is whole."""
    if not version.text.strip():
        raise TextNeeded
    if not version.approved_by.strip():
        raise ApproverNeeded
    if version.review_on <= version.effective_on:
        raise ReviewTooEarly


def check_incident(incident: Incident, now: datetime) -> None:
    """Raise a Refusal unless this can have happened; `now` is of the wall clock."""
    check_time(incident.happened_at)
    if not incident.told.strip():
        raise StoryNeeded
    if moment(incident.happened_on, incident.happened_at) > now:
        raise NotYetHappened


def check_report(report: Report, incident: Incident, now: datetime) -> None:
    """Raise a Refusal unless an incident can have been reported like this."""
    check_time(report.reported_at)
    if not report.receiver.strip():
        raise ReceiverNeeded
    told = moment(report.reported_on, report.reported_at)
    if told > now:
        raise NotYetHappened
    if told < moment(incident.happened_on, incident.happened_at):
        raise ReportedBefore


def check_closing(incident: Incident) -> None:
    """Raise a Refusal unless an incident is told to its end."""
    if incident.closed_on:
        raise IncidentClosed
    if not incident.cause.strip() or not incident.measures.strip():
        raise CauseNeeded
