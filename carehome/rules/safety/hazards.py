"""Hazards: what stands in the register, by when it is put right, who may say so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import Period


class Severity(StrEnum):
    """How bad a hazard is; it gives the deadline."""

    MAJOR = "major"
    HIGH = "high"
    GENERAL = "general"


class State(StrEnum):
    """How far a hazard has come on its only way out of the register."""

    OPEN = "open"
    RECTIFIED = "rectified"
    CHECKED = "checked"
    CLOSED = "closed"


class Origin(StrEnum):
    """What brought a hazard to light."""

    ROUND = "round"
    HAND = "hand"
    DRILL = "drill"
    INCIDENT = "incident"
    INSPECTION = "inspection"
    TEST = "test"
    SELF_CHECK = "self_check"
    EQUIPMENT = "equipment"


class StepKind(StrEnum):
    """What was done about a hazard, as its history tells."""

    OPENED = "opened"
    PLANNED = "planned"
    RECTIFIED = "rectified"
    SENT_BACK = "sent_back"
    CHECKED = "checked"
    CLOSED = "closed"


class Stage(StrEnum):
    """When a picture of a hazard was taken."""

    BEFORE = "before"
    AFTER = "after"
    CHECK = "check"


SEVERITY_NAMES: Mapping[Severity, str] = {
    Severity.MAJOR: N_("Major hazard"),
    Severity.HIGH: N_("Serious hazard"),
    Severity.GENERAL: N_("General hazard"),
}
SEVERITY_TONES: Mapping[Severity, str] = {
    Severity.MAJOR: "bad",
    Severity.HIGH: "warn",
    Severity.GENERAL: "quiet",
}
STATE_NAMES: Mapping[State, str] = {
    State.OPEN: N_("To be put right"),
    State.RECTIFIED: N_("To be re-checked"),
    State.CHECKED: N_("To be closed"),
    State.CLOSED: N_("Closed hazard"),
}
STATE_TONES: Mapping[State, str] = {
    State.OPEN: "warn",
    State.RECTIFIED: "info",
    State.CHECKED: "info",
    State.CLOSED: "ok",
}
ORIGIN_NAMES: Mapping[Origin, str] = {
    Origin.ROUND: N_("Found on a round"),
    Origin.HAND: N_("Noticed and reported"),
    Origin.DRILL: N_("Lesson of a drill"),
    Origin.INCIDENT: N_("Lesson of an incident"),
    Origin.INSPECTION: N_("Found by an outside inspection"),
    Origin.TEST: N_("Found by the facility test"),
    Origin.SELF_CHECK: N_("Found by a self-check"),
    Origin.EQUIPMENT: N_("Found with the equipment"),
}
STEP_NAMES: Mapping[StepKind, str] = {
    StepKind.OPENED: N_("Entered in the register"),
    StepKind.PLANNED: N_("Measure, person or deadline set"),
    StepKind.RECTIFIED: N_("Reported as put right"),
    StepKind.SENT_BACK: N_("Sent back: not put right"),
    StepKind.CHECKED: N_("Re-checked: put right"),
    StepKind.CLOSED: N_("Closed and struck off"),
}
STAGE_NAMES: Mapping[Stage, str] = {
    Stage.BEFORE: N_("Before the work"),
    Stage.AFTER: N_("After the work"),
    Stage.CHECK: N_("Re-check"),
}
WAY: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.RECTIFIED}),
    State.RECTIFIED: frozenset({State.OPEN, State.CHECKED}),
    State.CHECKED: frozenset({State.OPEN, State.CLOSED}),
    State.CLOSED: frozenset(),
}
MOST_PICTURES = 9  # of one step: as many as a chat sends at once
_ORDER = tuple(Severity)
_LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class HazardRules:
    """How long a hazard may stand; no text fixes it, so the home does."""

    major_hours: int = 24
    high_days: int = 3
    general_days: int = 7
    work_days: int = 15
    warn_hours: int = 24


@dataclass(frozen=True, slots=True)
class NewHazard:
    """What is known of a hazard when it is entered.

    Moments bear their zone. Without `found_at` it was found now, without `found_by` by
    who enters it, without `due_at` it is due as the home's rules say. `source` is the
    clause that asks for the item. `needs_work` is what parts or a firm are needed for.
    """

    item: str
    place: str
    severity: Severity = Severity.GENERAL
    origin: Origin = Origin.HAND
    origin_id: int | None = None
    source: str = ""
    found_at: datetime | None = None
    found_by: str = ""
    measure: str = ""
    responsible_id: int | None = None
    responsible: str = ""
    needs_work: bool = False
    due_at: datetime | None = None
    pictures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What shall be done about a hazard, by whom, by when, and how bad it is."""

    severity: Severity
    measure: str
    responsible_id: int | None
    responsible: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """Who did a step and when; `name` did it, `account_id` entered it."""

    at: datetime
    name: str
    account_id: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard as the register shows it; `is_late` at the moment it was read."""

    hazard_id: int
    number: str
    state: State
    origin: Origin
    origin_id: int | None
    source: str
    item: str
    place: str
    found_at: datetime
    found_by: str
    plan: Plan
    rectified: Signed | None
    checked: Signed | None
    closed: Signed | None
    is_late: bool
    is_soon: bool

    @property
    def severity(self) -> Severity:
        """Return how bad it is."""
        return self.plan.severity

    @property
    def due_at(self) -> datetime:
        """Return the moment by which it is put right."""
        return self.plan.due_at


class ItemMissing(Refusal):
    """A hazard that says nothing cannot be put right."""

    text = N_("Say what is wrong.")


class PlaceMissing(Refusal):
    """A hazard that is nowhere cannot be found again."""

    text = N_("Say where it is.")


class FoundLater(Refusal):
    """Nothing is found in the future."""

    text = N_("It cannot have been found later than now. Check the day and time.")


class DueBeforeFound(Refusal):
    """A deadline lies after the finding."""

    text = N_("The deadline lies before the hazard was found. Check it.")


class MeasureMissing(Refusal):
    """What was done is worth a line."""

    text = N_("Say what was done to put it right.")


class WhoMissing(Refusal):
    """Somebody put it right."""

    text = N_("Say who put it right.")


class PictureMissing(Refusal):
    """A picture shows that it was put right, or a reason says why there is none."""

    text = N_("Add a picture of how it is now, or say why there is none.")


class TooManyPictures(Refusal):
    """More photos tell no more."""

    text = N_("At most {most} photos at a time. Take out what shows the same.")


class RectifiedOutside(Refusal):
    """Something is put right between its finding and now."""

    text = N_(
        "It was put right between the finding and now. Check the day and the time."
    )


class ReasonMissing(Refusal):
    """What makes a hazard wait longer needs a reason."""

    text = N_(
        "Say why: a later deadline or a lower severity stays visible with its reason."
    )


class WhyNotMissing(Refusal):
    """Who has to do it again wants to know what is still wrong."""

    text = N_("Say what is still wrong.")


class SamePerson(Refusal):
    """Nobody re-checks their own work."""

    text = N_(
        "{name} put it right or reported it so. Somebody else has to re-check it: ask "
        "a colleague to sign in."
    )


class SelfClosed(Refusal):
    """Nobody strikes off their own work."""

    text = N_(
        "{name} put it right or reported it so. Somebody else has to close it: ask the "
        "director or the safety officer to sign in."
    )


class OutOfTurn(Refusal):
    """The hazard is not where the step begins."""

    text = N_("Hazard {number} has gone on meanwhile. Look at it again.")


class BadLimit(Refusal):
    """A deadline of a kind is out of its bounds."""

    text = N_(
        "The deadlines are between 1 hour and 90 days, and a worse hazard is never "
        "given more time than a lighter one."
    )


def due(
    severity: Severity, found_at: datetime, rules: HazardRules, *, needs_work: bool
) -> datetime:
    """Return when a hazard is due: hours to the minute, days to their end."""
    if severity is Severity.MAJOR:
        return found_at + timedelta(hours=rules.major_hours)
    days = rules.high_days
    if severity is Severity.GENERAL:
        days = rules.work_days if needs_work else rules.general_days
    last = found_at.date() + timedelta(days=days)
    return datetime.combine(last, _LAST_MINUTE, found_at.tzinfo)


def check_rules(rules: HazardRules) -> None:
    """Refuse deadlines that are out of bounds or out of order."""
    high, general, work = rules.high_days, rules.general_days, rules.work_days
    is_sane = (
        1 <= rules.major_hours <= high * 24
        and high <= general <= work <= 90
        and 0 <= rules.warn_hours <= 24 * 30
    )
    if not is_sane:
        raise BadLimit


def check_new(new: NewHazard, now: datetime, rules: HazardRules) -> NewHazard:
    """Return a hazard with its gaps filled, or refuse it."""
    if not new.item.strip():
        raise ItemMissing
    if not new.place.strip():
        raise PlaceMissing
    found_at = new.found_at or now
    if found_at > now:
        raise FoundLater
    found_at = found_at.replace(second=0, microsecond=0)  # as papers tell it
    by_rule = due(new.severity, found_at, rules, needs_work=new.needs_work)
    due_at = new.due_at or by_rule
    if due_at <= found_at:
        raise DueBeforeFound
    return replace(
        new,
        item=new.item.strip(),
        place=new.place.strip(),
        source=new.source.strip(),
        measure=new.measure.strip(),
        responsible=new.responsible.strip(),
        found_by=new.found_by.strip(),
        found_at=found_at,
        due_at=due_at,
    )


def check_plan(hazard: Hazard, plan: Plan, reason: str) -> None:
    """Refuse a plan for what is put right, or one that eases without a reason."""
    check_turn(hazard, State.OPEN)
    if plan.due_at <= hazard.found_at:
        raise DueBeforeFound
    if eases(hazard.plan, plan) and not reason.strip():
        raise ReasonMissing


def eases(old: Plan, new: Plan) -> bool:
    """Say whether a plan gives more time or makes less of a hazard."""
    is_lower = _ORDER.index(new.severity) > _ORDER.index(old.severity)
    return is_lower or new.due_at > old.due_at


def check_rectified(
    hazard: Hazard, signed: Signed, now: datetime, pictures: int, why_none: str
) -> None:
    """Refuse a report of something put right that leaves doubts."""
    check_turn(hazard, State.OPEN)
    if not signed.note.strip():
        raise MeasureMissing
    if not signed.name.strip():
        raise WhoMissing
    if not hazard.found_at <= signed.at <= now:
        raise RectifiedOutside
    if not pictures and not why_none.strip():
        raise PictureMissing


def check_pictures(count: int) -> None:
    """Refuse more photos of one step than anybody looks at."""
    if count > MOST_PICTURES:
        raise TooManyPictures(most=MOST_PICTURES)


def check_checker(hazard: Hazard, name: str, account_id: int) -> None:
    """Refuse a re-check by who put it right or reported it so."""
    check_turn(hazard, State.RECTIFIED)
    if is_own(hazard, name, account_id):
        raise SamePerson(name=name)


def check_closer(hazard: Hazard, name: str, account_id: int) -> None:
    """Refuse to let anybody close what they put right themselves."""
    check_turn(hazard, State.CHECKED)
    if is_own(hazard, name, account_id):
        raise SelfClosed(name=name)


def check_turn(hazard: Hazard, *states: State) -> None:
    """Refuse a step when the hazard is not where it begins."""
    if hazard.state not in states:
        raise OutOfTurn(number=hazard.number)


def is_own(hazard: Hazard, name: str, account_id: int) -> bool:
    """Say whether somebody put a hazard right or reported it so."""
    done = hazard.rectified
    return done is not None and (
        account_id == done.account_id or name.strip() == done.name.strip()
    )


def is_late(state: State, due_at: datetime, now: datetime) -> bool:
    """Say whether what should have been put right by now was not reported so."""
    return state is State.OPEN and due_at < now


def is_soon(state: State, due_at: datetime, now: datetime, rules: HazardRules) -> bool:
    """Say whether a deadline comes up within the hours that the home wants to know."""
    soon = now + timedelta(hours=rules.warn_hours)
    return state is State.OPEN and now <= due_at <= soon


def press(hazard: Hazard) -> tuple[bool, int, datetime, datetime]:
    """Return a key that puts first what is overdue: the worst, then the longest."""
    worst = _ORDER.index(hazard.severity) if hazard.is_late else 0
    return not hazard.is_late, worst, hazard.due_at, hazard.found_at


def stood_in(found_at: datetime, closed_at: datetime | None, span: Period) -> bool:
    """Say whether a hazard stood in the register on some day of a span."""
    ended = closed_at.date() if closed_at else None
    return (span.end is None or found_at.date() < span.end) and (
        ended is None or ended >= span.start
    )


def kept_in_time(hazards: Iterable[Hazard]) -> tuple[int, int]:
    """Return how many were put right in time, of how many that were put right."""
    done = [(each, each.rectified.at) for each in hazards if each.rectified]
    return sum(at <= each.due_at for each, at in done), len(done)
