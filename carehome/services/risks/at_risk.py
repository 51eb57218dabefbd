"""Lists over everybody: whose risks are due, who is at which risk."""

from collections import defaultdict
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedUseRow
from carehome.db.risks import RiskMeasureRow
from carehome.rules.risks import Risk
from carehome.services.beds.places import bed_names_in
from carehome.services.risks.standings import levels_in, standings_in
from carehome.services.risks.values import AtRiskLine, DueLine


def due_in(session: Session, day: date) -> list[DueLine]:
    """List whose risks are to be assessed, the most urgent first."""
    beds = _beds_in(session, day)
    return [
        DueLine(
            standing.person.resident_id,
            standing.person.name,
            beds.get(standing.person.resident_id, ""),
            standing.person.is_here,
            standing.due,
            standing.last.day if standing.last else None,
            standing.draft_id,
        )
        for standing in standings_in(session, day)
    ]


def lines_in(session: Session, day: date) -> list[AtRiskLine]:
    """List who of those who live here is at which risk, the highest first."""
    beds, levels = _beds_in(session, day), levels_in(session, day)
    measures = _measures_in(session, day)
    order = list(Risk)
    lines = [
        AtRiskLine(
            standing.person.resident_id,
            standing.person.name,
            beds.get(standing.person.resident_id, ""),
            risk,
            level,
            tuple(measures[standing.last.assessment_id, risk]),
            standing.last.day,
            standing.last.told_on,
            standing.last.signed_on,
        )
        for standing in standings_in(session, day)
        if standing.last and standing.person.is_here
        for risk, level in levels[standing.person.resident_id].items()
        if level
    ]
    return sorted(
        lines, key=lambda line: (order.index(line.risk), -line.level, line.bed)
    )


def _measures_in(session: Session, day: date) -> dict[tuple[int, str], list[str]]:
    """Return the measures that hold on `day`, by assessment and risk."""
    held: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    query = (
        select(RiskMeasureRow)
        .where(or_(RiskMeasureRow.ends.is_(None), RiskMeasureRow.ends > day))
        .order_by(RiskMeasureRow.id)
    )
    for row in session.scalars(query):
        held[row.assessment_id, row.risk].append(row.text)
    return held


def _beds_in(session: Session, day: date) -> dict[int, str]:
    """Return the bed of everybody who has or awaits one."""
    names = bed_names_in(session)
    query = (
        select(BedUseRow.resident_id, BedUseRow.bed_id)
        .where(or_(BedUseRow.ends.is_(None), BedUseRow.ends > day))
        .order_by(BedUseRow.starts.desc())
    )
    return {row.resident_id: names[row.bed_id] for row in session.execute(query)}
