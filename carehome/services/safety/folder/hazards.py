"""The register of hazards as the folder shows it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from carehome.i18n import _, show_moment
from carehome.reports.safety_folder import Figure, Part
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.periods import Period
from carehome.rules.safety.hazards import (
    ORIGIN_NAMES,
    SEVERITY_NAMES,
    STATE_NAMES,
    Hazard,
    Signed,
    State,
)
from carehome.services.safety.folder.values import Section, title
from carehome.services.safety.hazards import hazards_in


def gather(session: Session, span: Period, now: datetime) -> Section:
    """Show all that stood in the register in the span, the late ones on their own."""
    found = hazards_in(session, span, now)
    is_open = [each for each in found if each.state is not State.CLOSED]
    late = [each for each in found if was_late(each)]
    text = _(
        "{count} {count:hazard|hazards} stood in the register in this span; {open} "
        "are not yet closed, {late} were put right late or still wait after the "
        "deadline."
    )
    told = text.format(count=len(found), open=len(is_open), late=len(late))
    note = _("{open} not yet closed, {late} late")
    figure = Figure(
        _("Hazards"),
        len(found),
        note.format(open=len(is_open), late=len(late)),
    )
    gaps = tuple(_overdue(each) for each in found if each.is_late)
    register = _table(_("Register of hazards"), found)
    overdue = _table(_("Of these: late"), late)
    part = Part(title("hazards"), (told, *gaps), (register, overdue))
    return Section(part, (figure,), gaps)


def was_late(hazard: Hazard) -> bool:
    """Say whether a hazard was put right after its deadline, or waits beyond it."""
    done = hazard.rectified
    return hazard.is_late or (done is not None and done.at > hazard.due_at)


def _overdue(hazard: Hazard) -> str:
    text = _("Hazard {number}, {place}: overdue since {moment}.")
    return text.format(
        number=hazard.number, place=hazard.place, moment=show_moment(hazard.due_at)
    )


def _table(title: str, hazards: Sequence[Hazard]) -> Table:
    return Table(
        title,
        (
            Column(_("Number"), 12),
            Column(_("Place"), 20),
            Column(_("What was found wrong"), 36),
            Column(_("Severity"), 12),
            Column(_("How it was found"), 18),
            Column(_("Found on"), 12, Kind.DAY),
            Column(_("Measure against the hazard"), 32),
            Column(_("Responsible"), 10),
            Column(_("Deadline"), 17, Kind.MOMENT),
            Column(_("Put right"), 12, Kind.DAY),
            Column(_("Re-checked"), 12, Kind.DAY),
            Column(_("Re-checked by"), 12),
            Column(_("Closed on"), 12, Kind.DAY),
            Column(_("State"), 12),
        ),
        [_row(each) for each in hazards],
    )


def _row(hazard: Hazard) -> tuple[Cell, ...]:
    done, checked = hazard.rectified, hazard.checked
    return (
        hazard.number,
        hazard.place,
        hazard.item,
        _(SEVERITY_NAMES[hazard.severity]),
        _(ORIGIN_NAMES[hazard.origin]),
        hazard.found_at.date(),
        (done.note if done else "") or hazard.plan.measure,
        hazard.plan.responsible,
        hazard.due_at,
        _day(done),
        _day(checked),
        checked.name if checked else "",
        _day(hazard.closed),
        _(STATE_NAMES[hazard.state]),
    )


def _day(signed: Signed | None) -> date | None:
    return signed.at.date() if signed else None
