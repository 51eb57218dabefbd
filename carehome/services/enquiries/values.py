"""What is known of enquiries: who asked, what was said, which visits there were."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.enquiries import EnquiryNoteRow, EnquiryRow, VisitRow


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Who asks for whom, what they wish, what they were told, what comes next."""

    asked_on: date
    channel: str = "phone"
    caller: str = ""
    phone: str = ""
    relation: str = ""
    name: str = ""
    sex: str = ""
    age: int | None = None
    ability_level: int | None = None
    has_dementia: bool = False
    categories: tuple[str, ...] = ()
    bed_class: str = ""
    wants_nursing_bed: bool = False
    budget_fen: int | None = None
    wanted_from: date | None = None
    asked: str = ""
    answered: str = ""
    next_step: str = ""
    next_on: date | None = None
    next_by: str = ""
    enquiry_id: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit, planned or past."""

    planned_on: date
    at: str
    guide: str = ""
    state: str = "planned"
    impression: str = ""
    questions: str = ""
    visit_id: int = 0
    enquiry_id: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was said or done on a day."""

    day: date
    text: str
    noted_by: str


@dataclass(frozen=True, slots=True)
class EnquiryLine:
    """An enquiry as the list shows it; `visit` is the one planned next."""

    enquiry: Enquiry
    state: str
    lost_reason: str
    taken_by: str
    resident_id: int | None
    visit: Visit | None

    @property
    def who(self) -> str:
        """Whose enquiry it is: the person's name, else the caller's, else a number."""
        asked = self.enquiry
        return asked.name or asked.caller or asked.phone


@dataclass(frozen=True, slots=True)
class EnquiryFile:
    """One enquiry with all that came after it, newest first."""

    line: EnquiryLine
    visits: tuple[Visit, ...]
    notes: tuple[Note, ...]


def who(row: EnquiryRow) -> str:
    """Return whose enquiry it is."""
    return row.name or row.caller or row.phone


def enquiry_of(row: EnquiryRow) -> Enquiry:
    """Return what was typed of an enquiry."""
    return Enquiry(
        row.asked_on,
        row.channel,
        row.caller,
        row.phone,
        row.relation,
        row.name,
        row.sex,
        row.age,
        row.ability_level,
        row.has_dementia,
        tuple(filter(None, row.categories.split(","))),
        row.bed_class,
        row.wants_nursing_bed,
        row.budget_fen,
        row.wanted_from,
        row.asked,
        row.answered,
        row.next_step,
        row.next_on,
        row.next_by,
        row.id,
    )


def visit_of(row: VisitRow, name: str) -> Visit:
    """Return a visit."""
    return Visit(
        row.planned_on,
        row.at,
        row.guide,
        row.state,
        row.impression,
        row.questions,
        row.id,
        row.enquiry_id,
        name,
    )


def lines_in(session: Session) -> list[EnquiryLine]:
    """Return all enquiries: open ones first, what is to be done soonest before."""
    rows = session.scalars(select(EnquiryRow)).all()
    visits = _next_visits(session)
    lines = [_line(row, visits.get(row.id)) for row in rows]
    return sorted(lines, key=_place)


def file_in(session: Session, enquiry_id: int) -> EnquiryFile:
    """Return one enquiry with its visits and notes."""
    row = session.get_one(EnquiryRow, enquiry_id)
    visits = session.scalars(
        select(VisitRow)
        .where(VisitRow.enquiry_id == enquiry_id)
        .order_by(VisitRow.planned_on.desc(), VisitRow.at.desc())
    )
    notes = session.scalars(
        select(EnquiryNoteRow)
        .where(EnquiryNoteRow.enquiry_id == enquiry_id)
        .order_by(EnquiryNoteRow.day.desc(), EnquiryNoteRow.id.desc())
    )
    told = tuple(visit_of(each, who(row)) for each in visits)
    coming = [each for each in told if each.state == "planned"]
    return EnquiryFile(
        _line(row, coming[-1] if coming else None),
        told,
        tuple(Note(each.day, each.text, each.noted_by) for each in notes),
    )


def visits_in(session: Session) -> list[Visit]:
    """Return all visits, those to come first and soonest, then the past ones."""
    query = select(VisitRow, EnquiryRow).join(
        EnquiryRow, EnquiryRow.id == VisitRow.enquiry_id
    )
    found = [visit_of(visit, who(row)) for visit, row in session.execute(query)]
    planned = [each for each in found if each.state == "planned"]
    past = [each for each in found if each.state != "planned"]
    return [
        *sorted(planned, key=_moment),
        *sorted(past, key=_moment, reverse=True),
    ]


def _moment(visit: Visit) -> tuple[date, str]:
    return visit.planned_on, visit.at


def _line(row: EnquiryRow, visit: Visit | None) -> EnquiryLine:
    return EnquiryLine(
        enquiry_of(row),
        row.state,
        row.lost_reason,
        row.taken_by,
        row.resident_id,
        visit,
    )


def _place(line: EnquiryLine) -> tuple[int, date, int]:
    order = {"open": 0, "later": 1, "waiting": 2, "admission": 3, "lost": 4}
    asked = line.enquiry
    return order[line.state], asked.next_on or date.max, -asked.enquiry_id


def _next_visits(session: Session) -> Mapping[int, Visit]:
    """Return the visit that comes next of each enquiry."""
    query = (
        select(VisitRow)
        .where(VisitRow.state == "planned")
        .order_by(VisitRow.planned_on.desc(), VisitRow.at.desc())
    )
    return {row.enquiry_id: visit_of(row, "") for row in session.scalars(query)}
