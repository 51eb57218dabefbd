"""Inspections from outside as the folder shows them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from carehome.i18n import _, show_day, show_money
from carehome.reports.safety_folder import Figure, Part
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.periods import Period
from carehome.rules.safety.hazards import SEVERITY_NAMES, STATE_NAMES, Origin
from carehome.rules.safety.inspections import (
    BASIS_NAMES,
    CHANNEL_NAMES,
    OFFICE_NAMES,
    PENALTY_NAMES,
    Finding,
    Inspection,
)
from carehome.services.safety.findings import findings_in
from carehome.services.safety.folder.values import Section, title
from carehome.services.safety.inspections import inspections_in


def gather(session: Session, span: Period, now: datetime) -> Section:
    """Show who came, what was found and whether it was answered."""
    known = inspections_in(session, span)
    ids = [each.inspection_id for each in known]
    found = findings_in(session, Origin.INSPECTION, ids, now)
    owed = [each for each in known if each.wants_answer]
    text = _("{count} {count:inspection|inspections} from outside, {found} findings.")
    findings = sum(map(len, found.values()))
    gaps = tuple(_owed(each) for each in owed)
    return Section(
        Part(
            title("inspections"),
            (text.format(count=len(known), found=findings), *gaps),
            (_inspections(known), _findings(known, found)),
        ),
        (Figure(_("Outside inspections"), len(known)),),
        gaps,
    )


def _owed(each: Inspection) -> str:
    due = show_day(each.answer_due) if each.answer_due else ""
    text = _("{office}, {day}: the answer due by {due} is not yet given.")
    return text.format(office=_office(each), day=show_day(each.day), due=due)


def _office(each: Inspection) -> str:
    return each.office_name or _(OFFICE_NAMES[each.office])


def _inspections(known: list[Inspection]) -> Table:
    return Table(
        _("Inspections"),
        (
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Office"), 24),
            Column(_("Ground"), 18),
            Column(_("Inspectors"), 18),
            Column(_("Paper number"), 18),
            Column(_("Answer due"), 12, Kind.DAY),
            Column(_("Answered on"), 12, Kind.DAY),
            Column(_("Penalty"), 20),
            Column(_("Where it was published"), 22),
        ),
        [_row(each) for each in known],
    )


def _row(each: Inspection) -> tuple[Cell, ...]:
    published = _(CHANNEL_NAMES[each.channel])
    if each.published_on is not None:
        published = _("{where}, {day}").format(
            where=published, day=show_day(each.published_on)
        )
    return (
        each.day,
        _office(each),
        _(BASIS_NAMES[each.basis]),
        each.inspectors,
        each.number,
        each.answer_due,
        each.answered_on,
        _penalty(each),
        published,
    )


def _penalty(each: Inspection) -> str:
    """Say what was imposed, of a fine also how much, and by which decision."""
    said = [_(PENALTY_NAMES[each.penalty])]
    if each.penalty_fen is not None:
        fine = show_money(each.penalty_fen, sign=False)
        said.append(_("{amount} yuan").format(amount=fine))
    return _("; ").join(filter(None, (*said, each.penalty_number)))


def _findings(
    known: list[Inspection], found: Mapping[int, tuple[Finding, ...]]
) -> Table:
    rows = [
        (
            each.day,
            _office(each),
            finding.number,
            finding.item,
            finding.place,
            _(SEVERITY_NAMES[finding.severity]),
            finding.due_at,
            _(STATE_NAMES[finding.state]),
        )
        for each in known
        for finding in found.get(each.inspection_id, ())
    ]
    return Table(
        _("What they found"),
        (
            Column(_("Day"), 12, Kind.DAY),
            Column(_("Office"), 24),
            Column(_("Hazard"), 12),
            Column(_("What was found wrong"), 36),
            Column(_("Place"), 18),
            Column(_("Severity"), 12),
            Column(_("Deadline"), 16, Kind.MOMENT),
            Column(_("State"), 12),
        ),
        rows,
    )
