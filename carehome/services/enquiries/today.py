"""What enquiries ask for on a day: calls to make, visits to receive."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from carehome.i18n import N_
from carehome.rules.today import Line, Target, Task, Text, words
from carehome.services.enquiries.values import EnquiryLine, Visit, lines_in, visits_in

ENQUIRY, VISIT = "enquiry", "visit"


def today_in(session: Session, day: date) -> Iterator[Line]:
    """Yield the visits planned up to today and the next steps that are due."""
    for visit in visits_in(session):
        if visit.state == "planned" and visit.planned_on <= day:
            yield Task(
                visit.planned_on,
                words(N_("Visit")),
                _visitor(visit),
                words(N_("Receive")),
                Target(ENQUIRY, visit.enquiry_id),
            )
    for line in lines_in(session):
        due = line.enquiry.next_on
        if line.state in ("open", "later") and due is not None and due <= day:
            yield Task(
                due,
                words(N_("Enquiry")),
                _caller(line),
                words(N_("Call back")),
                Target(ENQUIRY, line.enquiry.enquiry_id),
            )


def _visitor(visit: Visit) -> Text:
    if visit.guide:
        text = N_("{name} at {time}, shown round by {guide}")
        return words(text, name=visit.who, time=visit.at, guide=visit.guide)
    return words(N_("{name} at {time}"), name=visit.who, time=visit.at)


def _caller(line: EnquiryLine) -> Text:
    asked = line.enquiry
    step = asked.next_step or words(N_("call back"))
    if asked.next_by:
        text = N_("{name} · {step} ({by})")
        return words(text, name=line.who, step=step, by=asked.next_by)
    return words(N_("{name} · {step}"), name=line.who, step=step)
