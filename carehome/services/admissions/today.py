"""What admissions ask for on a day."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from carehome.i18n import N_
from carehome.rules.today import Target, Task, Text, words
from carehome.services.admissions import state
from carehome.services.admissions.state import STEP_NAMES, AdmissionLine, Step

ADMISSION = "admission"


def tasks_in(session: Session, day: date) -> Iterator[Task]:
    """Yield the admissions under way, oldest first, with the step they are at."""
    for line in state.lines_in(session):
        yield Task(
            line.planned_on or day,
            words(N_("Admission")),
            _about(line),
            words(N_("Go on")),
            Target(ADMISSION, line.admission_id),
        )


def _about(line: AdmissionLine) -> Text:
    name = line.name or words(N_("No name yet"))
    if line.step is Step.DONE:
        text = N_("{name} · bed {bed} · all is ready for moving in")
        return words(text, name=name, bed=line.bed)
    step = words(STEP_NAMES[line.step])
    if line.bed:
        text = N_("{name} · bed {bed} · next: {step}")
        return words(text, name=name, bed=line.bed, step=step)
    return words(N_("{name} · next: {step}"), name=name, step=step)
