"""What is known of somebody who works here: the file, and what a roster asks of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, show_day
from carehome.rules import certificates
from carehome.rules.periods import Period, after_months


class Scheme(StrEnum):
    """How somebody's hours are counted."""

    STANDARD = "standard"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


SCHEME_NAMES = {
    Scheme.STANDARD: N_("Standard hours, 8 a day and 40 a week"),
    Scheme.MONTH: N_("Comprehensive hours by the month"),
    Scheme.QUARTER: N_("Comprehensive hours by the quarter"),
    Scheme.YEAR: N_("Comprehensive hours by the year"),
}
# Working days by law are 248 a year (365 less 104 days of rest and 13 holidays).
SCHEME_MINUTES = {Scheme.MONTH: 9920, Scheme.QUARTER: 29_760, Scheme.YEAR: 119_040}

EDUCATION_NAMES = {
    "": N_("Not known"),
    "lower": N_("Below secondary vocational school"),
    "secondary": N_("Secondary vocational school"),
    "college": N_("College"),
    "bachelor": N_("Bachelor or higher"),
}
CONTRACT_NAMES = {
    "fixed": N_("Labour contract with an end"),
    "open": N_("Labour contract without an end"),
    "task": N_("Labour contract for a task"),
    "service": N_("Service contract"),
    "retired": N_("Re-employed after retirement"),
    "agency": N_("Sent by an agency"),
}
CHECK_NAMES = {
    "": N_("Not checked"),
    "clear": N_("Nothing against it"),
    "found": N_("Something found"),
}
PAPER_NAMES = {
    "certificate": N_("Certificate of staff"),
    "contract": N_("Contract"),
    "identity": N_("Identity card"),
    "check": N_("Credit and background check"),
    "other": N_("Other document"),
}
# What only those see who keep the files.
PRIVATE_PAPERS = frozenset({"check"})
PAY_BASIS_NAMES = {"month": N_("By the month"), "hour": N_("By the hour")}


class Leave(StrEnum):
    """Why somebody is away."""

    ANNUAL = "annual"
    SICK = "sick"
    PERSONAL = "personal"
    MARRIAGE = "marriage"
    MATERNITY = "maternity"
    PATERNITY = "paternity"
    PARENTAL = "parental"
    CARE = "care"
    BEREAVEMENT = "bereavement"
    INJURY = "injury"
    COMPENSATION = "compensation"
    OTHER = "other"


LEAVE_NAMES = {
    Leave.ANNUAL: N_("Annual leave"),
    Leave.SICK: N_("Sick leave"),
    Leave.PERSONAL: N_("Personal leave"),
    Leave.MARRIAGE: N_("Marriage leave"),
    Leave.MATERNITY: N_("Maternity leave"),
    Leave.PATERNITY: N_("Paternity leave"),
    Leave.PARENTAL: N_("Parental leave"),
    Leave.CARE: N_("Leave to care for parents"),
    Leave.BEREAVEMENT: N_("Bereavement leave"),
    Leave.INJURY: N_("Leave after an injury at work"),
    Leave.COMPENSATION: N_("Time off for overtime"),
    Leave.OTHER: N_("Other leave"),
}


@dataclass(frozen=True, slots=True)
class Post:
    """What people do here; `needs` are the kinds of certificate it asks for."""

    post_id: int
    name: str
    is_care: bool = False
    needs: frozenset[int] = frozenset()
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """What the file of a member of staff says, but for the identity number.

    `left_on` is the first day on which somebody works here no more; `worked_since`
    is the first work anywhere, `care_since` the first in front-line care here.
    """

    name: str
    hired_on: date
    number: str = ""
    sex: str = ""
    born: date | None = None
    phone: str = ""
    left_on: date | None = None
    unit_id: int | None = None
    worked_since: date | None = None
    care_since: date | None = None
    education: str = ""
    graduated_on: date | None = None
    is_full_time: bool = True
    scheme: str = Scheme.STANDARD.value
    scheme_approval: str = ""
    scheme_until: date | None = None
    insured_from: date | None = None
    insured_until: date | None = None
    checked_on: date | None = None
    check_result: str = ""
    check_note: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract of work; `last_day` belongs to it, None is without end."""

    kind: str
    starts: date
    last_day: date | None = None
    number: str = ""
    trial_until: date | None = None
    signed_on: date | None = None
    note: str = ""
    contract_id: int = 0


@dataclass(frozen=True, slots=True)
class LeaveTaken:
    """A leave from `starts` to `last_day`, which takes up `days` of work."""

    kind: str
    starts: date
    last_day: date
    days: int
    note: str = ""
    leave_id: int = 0


@dataclass(frozen=True, slots=True)
class AnnualLeave:
    """The annual leave of a year: what the law gives, and what was taken."""

    year: int
    entitled: int
    taken: int

    @property
    def left(self) -> int:
        """Return the days that can still be taken; below 0 when too many were."""
        return self.entitled - self.taken


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody is on leave."""

    period: Period
    kind: Leave
    leave_id: int = 0


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """Somebody who works here in a period, and what decides on their shifts.

    `employed` are the days of employment. `holds` tells for each kind of certificate
    when it is held, also by one that stands above it. `training` are days that a
    training takes whole; `guarded` are those without nights and overtime.
    """

    staff_id: int
    name: str
    employed: Period
    unit_id: int | None = None
    main_post: int | None = None
    posts: frozenset[int] = frozenset()
    scheme: Scheme = Scheme.STANDARD
    holds: Mapping[int, tuple[Period, ...]] = field(default_factory=dict)
    leaves: tuple[Away, ...] = ()
    training: frozenset[date] = frozenset()
    guarded: tuple[Period, ...] = ()

    def works_here(self, day: date) -> bool:
        """Say whether somebody is employed on `day`."""
        return self.employed.holds(day)

    def has(self, kind_id: int, day: date) -> bool:
        """Say whether a certificate of a kind is valid on `day`."""
        return any(span.holds(day) for span in self.holds.get(kind_id, ()))

    def lacks(self, needs: Iterable[int], day: date) -> tuple[int, ...]:
        """Return the kinds that are asked for and not valid on `day`."""
        return tuple(sorted(kind for kind in needs if not self.has(kind, day)))

    def lapsed_on(self, kind_id: int, day: date) -> date | None:
        """Return since when a kind that is not valid on `day` has lapsed, if ever."""
        return certificates.lapse(self.holds.get(kind_id, ()), day)

    def away(self, day: date) -> Leave | None:
        """Return the leave somebody is on, None when they are here."""
        return next((a.kind for a in self.leaves if a.period.holds(day)), None)

    def in_training(self, day: date) -> bool:
        """Say whether a training takes the whole day."""
        return day in self.training

    def protected(self, day: date) -> bool:
        """Say whether the person is kept from nights and overtime on `day`."""
        return any(span.holds(day) for span in self.guarded)


class LeftBeforeHired(Refusal):
    """Nobody leaves before they came."""

    text = N_("The day of leaving lies before the day of coming. Check both days.")


class HiredBeforeBorn(Refusal):
    """Nobody works before being born."""

    text = N_("The day of coming lies before the birthday. Check both days.")


class InsuredBackwards(Refusal):
    """Insurance does not end before it begins."""

    text = N_("The injury insurance ends before it begins. Check both days.")


class CheckWithoutDay(Refusal):
    """The result of a check has a day."""

    text = N_("Enter the day of the credit and background check too.")


class ContractBackwards(Refusal):
    """A contract does not end before it begins."""

    text = N_("The contract ends before it begins. Check both days.")


class TrialOutside(Refusal):
    """A trial is a part of the contract."""

    text = N_("The trial must end within the contract. Check both days.")


class LeaveBackwards(Refusal):
    """A leave does not end before it begins."""

    text = N_("The leave ends before it begins. Check both days.")


class LeaveTooLong(Refusal):
    """No leave takes more days than it lasts."""

    text = N_("The leave lasts {most} {most:day|days}; it cannot take up more.")


class LeaveOverlaps(Refusal):
    """Somebody is on one leave at a time."""

    text = N_("There is a leave from {starts} to {last} already. Change that one.")


class ApprovalMissing(Refusal):
    """Comprehensive hours are approved by the labour office."""

    text = N_(
        "Comprehensive hours need the labour office's approval. Enter its number."
    )


def check_person(person: Person) -> None:
    """Raise a Refusal for what cannot be; being over-age is no reason to refuse."""
    if person.left_on and person.left_on < person.hired_on:
        raise LeftBeforeHired
    if person.born and person.hired_on <= person.born:
        raise HiredBeforeBorn
    if person.insured_from and (person.insured_until or date.max) < person.insured_from:
        raise InsuredBackwards
    if person.check_result and person.checked_on is None:
        raise CheckWithoutDay
    if person.scheme != Scheme.STANDARD and not person.scheme_approval.strip():
        raise ApprovalMissing


def check_contract(contract: Contract) -> None:
    """Raise a Refusal for a contract that ends before it begins."""
    last = contract.last_day or date.max
    if last < contract.starts:
        raise ContractBackwards
    if contract.trial_until and not contract.starts <= contract.trial_until <= last:
        raise TrialOutside


def check_leave(leave: LeaveTaken, others: Iterable[LeaveTaken]) -> None:
    """Raise a Refusal for a leave that cannot be, or runs into another one."""
    if leave.last_day < leave.starts:
        raise LeaveBackwards
    most = (leave.last_day - leave.starts).days + 1
    if leave.days > most:
        raise LeaveTooLong(most=most)
    for other in others:
        if other.starts <= leave.last_day and leave.starts <= other.last_day:
            raise LeaveOverlaps(
                starts=show_day(other.starts), last=show_day(other.last_day)
            )


def annual_days(worked_since: date, day: date) -> int:
    """Return the days of annual leave that the years worked by `day` give.

    Regulations on paid annual leave, article 3: 5 days from 1 year of work on, 10
    from 10, 15 from 20; work for former employers counts.
    """
    for years, days in ((20, 15), (10, 10), (1, 5)):
        if after_months(worked_since, years * 12) <= day:
            return days
    return 0


def annual_entitled(person: Person, day: date) -> int:
    """Return the days of annual leave that the law gives somebody here in a year.

    Who came or left within the year has the share of the calendar days here, whole
    days only (implementing measures for paid annual leave, articles 5 and 12).
    """
    full = annual_days(person.worked_since or person.hired_on, day)
    begins, ends = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    here = min(person.left_on or ends, ends) - max(person.hired_on, begins)
    is_whole = person.hired_on <= begins and (person.left_on or ends) >= ends
    return full if is_whole else full * max(here.days, 0) // 365
