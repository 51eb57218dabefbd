"""The ledger of equipment as the folder shows it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from carehome.i18n import _
from carehome.reports.safety_folder import Figure, Part
from carehome.reports.safety_plan import draw_page
from carehome.reports.sheet import Sheet
from carehome.reports.table import Column, Kind, Table
from carehome.rules.periods import DAY, Period
from carehome.rules.safety.equipment import (
    MATTER_NAMES,
    SERVICE_NAMES,
    Done,
    Matter,
    Press,
)
from carehome.services.safety.equipment_papers import ledger_table, plan_paper
from carehome.services.safety.folder.values import Section, title
from carehome.services.safety.ledger import (
    Line,
    Plan,
    ledger_in,
    plans_in,
    services_in,
)


def gather(session: Session, span: Period, now: datetime) -> Section:
    """Show what hangs where, what was done with it, and what is overdue."""
    day = min(now.date(), (span.end or date.max) - DAY)
    lines = [each for each in ledger_in(session, day) if _hung_in(each, span)]
    in_use = [each for each in lines if each.scrapped_on is None]
    done = services_in(session, span, day)
    late = [each for each in in_use if _matters(each)]
    text = _(
        "{count} {count:piece|pieces} of equipment in use; {late} past the day of "
        "service or scrapping, or did not pass."
    )
    told = text.format(count=len(in_use), late=len(late))
    tables = (_overdue(late), _done(done), ledger_table(lines, day))
    note = _("{late} overdue").format(late=len(late)) if late else ""
    figure = Figure(_("Equipment in use"), len(in_use), note)
    plans = [
        partial(_draw_plan, session=session, plan=plan, lines=lines, day=day)
        for plan in plans_in(session)
    ]
    part = Part(title("equipment"), (told,), tables, tuple(plans))
    return Section(part, (figure,), (told,) if late else ())


def _draw_plan(
    sheet: Sheet, session: Session, plan: Plan, lines: Sequence[Line], day: date
) -> None:
    """Draw a floor plan, whose picture is read only now."""
    draw_page(sheet, plan_paper(session, plan, lines, day))


def _hung_in(line: Line, span: Period) -> bool:
    return line.scrapped_on is None or line.scrapped_on >= span.start


def _matters(line: Line) -> list[Matter]:
    return [due.matter for due in line.dues if due.press is Press.OVERDUE]


def _overdue(lines: Sequence[Line]) -> Table:
    rows = [
        (line.label, line.kind.name, line.place, _(MATTER_NAMES[due.matter]), due.day)
        for line in lines
        for due in line.dues
        if due.press is Press.OVERDUE
    ]
    return Table(
        _("Overdue"),
        (
            Column(_("Number"), 10),
            Column(_("Kind"), 22),
            Column(_("Place"), 30),
            Column(_("What is due"), 16),
            Column(_("Was due on"), 12, Kind.DAY),
        ),
        rows,
    )


def _done(services: Sequence[tuple[Line, Done]]) -> Table:
    rows = [
        (
            done.day,
            line.label,
            line.kind.name,
            line.place,
            _(SERVICE_NAMES[done.kind]),
            _("Passed") if done.is_passed else _("Did not pass"),
            done.by,
            done.note,
        )
        for line, done in services
    ]
    return Table(
        _("Services, tests and repairs"),
        (
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Number"), 10),
            Column(_("Kind"), 22),
            Column(_("Place"), 30),
            Column(_("What was done"), 14),
            Column(_("Outcome"), 10),
            Column(_("Done by"), 22),
            Column(_("Note"), 26),
        ),
        rows,
    )
