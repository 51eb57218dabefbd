"""The records that figures are counted from, each table read once for all figures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.assessments import AssessmentRow
from carehome.db.beds import BedRow, BedUseRow, FloorRow, RoomRow
from carehome.db.closures import ClosureRow
from carehome.db.departures import DepartureRow
from carehome.db.enquiries import EnquiryRow, VisitRow, WaitingEntryRow
from carehome.db.presence import EvacuationRow
from carehome.db.residents import (
    AbsenceRow,
    ContactRow,
    ResidentCategoryRow,
    ResidentRow,
    StayRow,
)
from carehome.db.risks import RiskAssessmentRow
from carehome.db.staff import ContractRow, StaffMemberRow
from carehome.rules.certificates import Certificate, Kind
from carehome.rules.grades import Rules
from carehome.rules.periods import DAY, Period
from carehome.rules.rosters.problem import Shift
from carehome.rules.staff import Person, Post
from carehome.rules.training import Training
from carehome.services.agreements.lines import AgreementLine, lines_in
from carehome.services.assessments.rules import rules_in as assessment_rules_in
from carehome.services.bed_figures.reading import Past, past_in
from carehome.services.beds.places import bed_names_in
from carehome.services.figures.money import Money
from carehome.services.grades import rules_in
from carehome.services.home import labels_in
from carehome.services.shifts.kinds import shift_kinds_in
from carehome.services.staff.facts import (
    certificates_in,
    held_posts_in,
    kinds_in,
    posts_in,
)
from carehome.services.staff.records import person_of
from carehome.services.staff.trainings import subjects_in, trainings_in


@dataclass(frozen=True, slots=True)
class Bed:
    """What is counted of a bed besides its days."""

    bed_id: int
    name: str
    bed_class: str
    is_nursing: bool
    unit: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Resident:
    """What is counted of somebody who lives or lived here."""

    resident_id: int
    name: str
    sex: str
    born: date | None
    level_by_hand: int | None
    has_dementia: bool
    dementia_on: date | None
    disability_grade: int | None


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay and, when it has ended, how: the kind of the departure."""

    resident_id: int
    period: Period
    ended_by: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """A finished ability assessment."""

    assessment_id: int
    resident_id: int
    base_on: date
    ability_level: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff with posts, the main one first, and certificates."""

    staff_id: int
    person: Person
    posts: tuple[Post, ...]
    certificates: tuple[Certificate, ...]
    contracts: tuple[tuple[date, date | None], ...]

    @property
    def is_carer(self) -> bool:
        """Say whether the main post is front-line care."""
        return bool(self.posts) and self.posts[0].is_care

    def works(self, day: date) -> bool:
        """Say whether somebody works here on a day."""
        return Period(self.person.hired_on, self.person.left_on).holds(day)


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Somebody asked for a place; `resident_id` once they are on file."""

    asked_on: date
    caller: str
    name: str
    resident_id: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody waits for a place, or waited until `left_on`."""

    resident_id: int
    applied_on: date
    left_on: date | None


class Records:
    """What stands in the database; every part is read when a figure first asks."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today
        self._trainings: dict[int, list[Training]] = {}
        self.now = datetime.combine(today, time.max).astimezone()

    @cached_property
    def past(self) -> Past:
        """Every bed day that ever was, as the page of bed figures counts them."""
        return past_in(self.session)

    @cached_property
    def beds(self) -> dict[int, Bed]:
        """All beds that are or were."""
        names = bed_names_in(self.session)
        query = (
            select(BedRow, FloorRow.unit)
            .join(RoomRow, RoomRow.id == BedRow.room_id)
            .join(FloorRow, FloorRow.id == RoomRow.floor_id)
            .order_by(BedRow.id)
        )
        return {
            row.id: Bed(
                row.id,
                names[row.id],
                row.bed_class,
                row.is_nursing_bed,
                unit,
                row.since,
                row.until,
            )
            for row, unit in self.session.execute(query)
        }

    @cached_property
    def closures(self) -> list[tuple[Period, str]]:
        """When the whole home was closed, and why; parts of it are not meant."""
        row = ClosureRow
        query = select(row.starts, row.ends, row.reason).where(
            row.building_id.is_(None), row.floor_id.is_(None), row.unit == ""
        )
        return [
            (Period(starts, ends), reason)
            for starts, ends, reason in self.session.execute(query.order_by(row.starts))
        ]

    @cached_property
    def bed_classes(self) -> dict[str, str]:
        """What the home calls its classes of bed."""
        return labels_in(self.session, "bed_class")

    @cached_property
    def categories(self) -> dict[str, str]:
        """What the home calls its categories of residents."""
        return labels_in(self.session, "category")

    @cached_property
    def uses(self) -> dict[int, list[tuple[Period, int]]]:
        """The beds that each resident has lived in."""
        columns = (BedUseRow.resident_id, BedUseRow.bed_id)
        query = select(*columns, BedUseRow.starts, BedUseRow.ends).where(
            BedUseRow.kind == "occupied"
        )
        found: dict[int, list[tuple[Period, int]]] = defaultdict(list)
        for who, bed_id, starts, ends in self.session.execute(query):
            found[who].append((Period(starts, ends), bed_id))
        return found

    @cached_property
    def residents(self) -> dict[int, Resident]:
        """Everybody who lives or lived here."""
        query = select(
            *(ResidentRow.id, ResidentRow.name, ResidentRow.sex, ResidentRow.born),
            *(ResidentRow.ability_level, ResidentRow.has_dementia),
            *(ResidentRow.dementia_on, ResidentRow.disability_grade),
        )
        return {row.id: Resident(*row) for row in self.session.execute(query)}

    @cached_property
    def stays(self) -> list[Stay]:
        """All stays, by their first day."""
        query = select(DepartureRow.stay_id, DepartureRow.kind).where(
            DepartureRow.cancelled_on.is_(None)
        )
        kinds = dict(self.session.execute(query).all())
        rows = self.session.scalars(select(StayRow).order_by(StayRow.admitted_on))
        return [
            Stay(
                row.resident_id,
                Period(row.admitted_on, row.discharged_on),
                kinds.get(row.id, "") if row.discharged_on else "",
            )
            for row in rows
        ]

    @cached_property
    def ends(self) -> dict[int, list[date]]:
        """The days on which each resident left."""
        found: dict[int, list[date]] = defaultdict(list)
        for stay in self.stays:
            if stay.period.end:
                found[stay.resident_id].append(stay.period.end)
        return found

    @cached_property
    def belonging(self) -> list[tuple[str, int, date | None, date | None]]:
        """Who belongs to which category from when until when."""
        row = ResidentCategoryRow
        query = select(row.code, row.resident_id, row.starts, row.ends)
        return [
            (code, who, starts, ends)
            for code, who, starts, ends in self.session.execute(query)
        ]

    @cached_property
    def assessments(self) -> list[Assessed]:
        """All finished ability assessments, by their base date."""
        row = AssessmentRow
        query = (
            select(row.id, row.resident_id, row.base_on, row.ability_level)
            .where(row.state == "finished")
            .order_by(row.base_on, row.id)
        )
        return [Assessed(*each) for each in self.session.execute(query)]

    @cached_property
    def assess_months(self) -> int:
        """After how many months somebody is assessed again here."""
        return assessment_rules_in(self.session).months

    @cached_property
    def subsidy_rules(self) -> Rules:
        """How the home maps abilities to the three classes of subsidies."""
        return rules_in(self.session)

    @cached_property
    def agreements(self) -> dict[int, list[AgreementLine]]:
        """The agreements of each, the newest first."""
        found: dict[int, list[AgreementLine]] = defaultdict(list)
        for line in lines_in(self.session, self.today):
            found[line.resident_id].append(line)
        return found

    @cached_property
    def risk_days(self) -> dict[int, list[tuple[date, date | None]]]:
        """When the risks of each were assessed, and when they were told to somebody."""
        row = RiskAssessmentRow
        query = (
            select(row.resident_id, row.day, row.told_on)
            .where(row.state == "finished")
            .order_by(row.day, row.id)
        )
        found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
        for who, day, told_on in self.session.execute(query):
            found[who].append((day, told_on))
        return found

    @cached_property
    def reachable(self) -> set[int]:
        """The residents who have an emergency contact with a number."""
        query = select(ContactRow.resident_id).where(
            ContactRow.is_emergency | (ContactRow.role == "emergency"),
            ContactRow.phone != "",
        )
        return set(self.session.scalars(query))

    @cached_property
    def ways_out(self) -> dict[int, date]:
        """Since when it is written down how each is brought out."""
        query = select(EvacuationRow.resident_id, EvacuationRow.set_on)
        return dict(self.session.execute(query).all())

    @cached_property
    def absences(self) -> list[tuple[int, str, Period]]:
        """All leaves and stays in hospital, by their first day."""
        row = AbsenceRow
        query = select(row.resident_id, row.kind, row.left_on, row.returned_on)
        return [
            (who, kind, Period(left_on, returned_on))
            for who, kind, left_on, returned_on in self.session.execute(
                query.order_by(row.left_on, row.id)
            )
        ]

    @cached_property
    def kinds(self) -> dict[int, Kind]:
        """All kinds of certificates."""
        return kinds_in(self.session)

    @cached_property
    def posts(self) -> dict[int, Post]:
        """All posts, in the home's order."""
        return posts_in(self.session)

    @cached_property
    def staff(self) -> list[Member]:
        """Everybody who works or worked here, by name."""
        held, certificates = held_posts_in(self.session), certificates_in(self.session)
        contracts: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
        spans = select(ContractRow.staff_id, ContractRow.starts, ContractRow.last_day)
        for staff_id, starts, last_day in self.session.execute(spans):
            contracts[staff_id].append((starts, last_day))
        rows = self.session.scalars(
            select(StaffMemberRow).order_by(StaffMemberRow.name, StaffMemberRow.id)
        )
        return [
            Member(
                row.id,
                person_of(row),
                tuple(self.posts[number] for number in held[row.id]),
                tuple(certificates[row.id]),
                tuple(contracts[row.id]),
            )
            for row in rows
        ]

    @cached_property
    def shifts(self) -> dict[int, Shift]:
        """All kinds of shift."""
        return {each.kind_id: each.shift for each in shift_kinds_in(self.session)}

    @cached_property
    def money(self) -> Money:
        """Bills, payments and deposits."""
        return Money(self.session)

    @cached_property
    def subjects(self) -> dict[int, str]:
        """What the subjects of training are called."""
        return {each.subject_id: each.name for each in subjects_in(self.session)}

    def trainings(self, span: Period) -> list[Training]:
        """Return the trainings of a span with who took part, the last one first."""
        assert span.end, "trainings are asked for within days"
        years = range((span.end - DAY).year, span.start.year - 1, -1)
        for year in years:
            if year not in self._trainings:
                self._trainings[year] = trainings_in(self.session, year)
        found = (each for year in years for each in self._trainings[year])
        return [each for each in found if span.holds(each.day)]

    @cached_property
    def enquiries(self) -> list[Enquiry]:
        """Everybody who asked, by day."""
        row = EnquiryRow
        query = select(row.asked_on, row.caller, row.name, row.resident_id)
        order = query.order_by(row.asked_on, row.id)
        return [Enquiry(*each) for each in self.session.execute(order)]

    @cached_property
    def visits(self) -> list[tuple[date, str]]:
        """The visits that came about, with the name of whom it was for."""
        query = (
            select(VisitRow.planned_on, EnquiryRow.name)
            .join(EnquiryRow, EnquiryRow.id == VisitRow.enquiry_id)
            .where(VisitRow.state == "came")
            .order_by(VisitRow.planned_on, VisitRow.id)
        )
        return [(day, name) for day, name in self.session.execute(query)]

    @cached_property
    def waiting(self) -> list[Waiting]:
        """Everybody who waits or waited, by the day of applying."""
        row = WaitingEntryRow
        query = select(row.resident_id, row.applied_on, row.left_on)
        order = query.order_by(row.applied_on, row.id)
        return [Waiting(*each) for each in self.session.execute(order)]
