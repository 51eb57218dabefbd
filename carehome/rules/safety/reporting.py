"""Whom an incident is reported to and how soon, by its grade.

The model plan of 2025 names no hours, as far as we could read it; an hour for the
authorities is what order 493 asks of accidents at work. Receivers and minutes are ours
and the home's to change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.safety.emergencies import Duty, Incident, Report, moment

MOST_MINUTES = 2880


class ReportState(StrEnum):
    """How it stands with telling somebody of an incident."""

    OPEN = "open"
    OVERDUE = "overdue"
    IN_TIME = "in_time"
    LATE = "late"


REPORT_STATE_NAMES = {
    ReportState.OPEN: N_("To be reported"),
    ReportState.OVERDUE: N_("Report overdue"),
    ReportState.IN_TIME: N_("Reported in time"),
    ReportState.LATE: N_("Reported late"),
}
_PRESSING = (
    *(ReportState.OVERDUE, ReportState.OPEN, ReportState.LATE, ReportState.IN_TIME),
)


class DutyWrong(Refusal):
    """A line names whom to tell, and within how many minutes."""

    text = N_("“{line}”: write whom to tell and minutes, such as District bureau 60.")


class DutyTwice(Refusal):
    """Somebody is told once."""

    text = N_("{receiver} stands there twice. Keep one line.")


@dataclass(frozen=True, slots=True)
class Telling:
    """Until when somebody is to be told of an incident, and how that went."""

    duty: Duty
    until: datetime
    report: Report | None
    state: ReportState


def tellings(incident: Incident, now: datetime) -> list[Telling]:
    """Say of everybody who is to be told how it stands; `now` is of the wall clock."""
    return [_telling(incident, duty, now) for duty in incident.duties]


def _telling(incident: Incident, duty: Duty, now: datetime) -> Telling:
    happened = moment(incident.happened_on, incident.happened_at)
    until = happened + timedelta(minutes=duty.minutes)
    told = [each for each in incident.reports if each.receiver == duty.receiver]
    first = min(told, key=_told_at, default=None)
    if first is None:
        state = ReportState.OVERDUE if now > until else ReportState.OPEN
    else:
        is_late = _told_at(first) > until
        state = ReportState.LATE if is_late else ReportState.IN_TIME
    return Telling(duty, until, first, state)


def _told_at(report: Report) -> datetime:
    return moment(report.reported_on, report.reported_at)


def state_of(told: Iterable[Telling]) -> ReportState | None:
    """Return what presses most; None where nobody is to be told."""
    states = {each.state for each in told}
    return next((each for each in _PRESSING if each in states), None)


def read_duties(text: str) -> tuple[Duty, ...]:
    """Return who is to be told: one a line, the minutes behind the name."""
    duties = tuple(_duty(line) for line in text.splitlines() if line.strip())
    seen: set[str] = set()
    for each in duties:
        if each.receiver in seen:
            raise DutyTwice(receiver=each.receiver)
        seen.add(each.receiver)
    return duties


def _duty(line: str) -> Duty:
    receiver, _blank, minutes = line.strip().rpartition(" ")
    is_number = minutes.isdigit() and 1 <= int(minutes) <= MOST_MINUTES
    if not receiver.strip() or not is_number:
        raise DutyWrong(line=line.strip())
    return Duty(receiver.strip(), int(minutes))


def say_duties(duties: Iterable[Duty]) -> str:
    """Return who is to be told, as `read_duties` reads it."""
    return "\n".join(f"{each.receiver} {each.minutes}" for each in duties)
