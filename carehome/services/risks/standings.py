"""Where everybody stands with their risks on a day."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.risks import RiskAssessmentRow, RiskJudgementRow
from carehome.rules.risks import Level, Risk


def levels_in(session: Session, day: date) -> dict[int, dict[Risk, Level]]:
    """Return how high each risk of each resident was judged last, up to `day`."""
    last: dict[int, int] = {}
    query = (
        select(RiskAssessmentRow.resident_id, RiskAssessmentRow.id)
        .where(RiskAssessmentRow.state == "finished", RiskAssessmentRow.day <= day)
        .order_by(RiskAssessmentRow.day, RiskAssessmentRow.id)
    )
    for resident_id, assessment_id in session.execute(query):
        last[resident_id] = assessment_id
    whose = {assessment_id: resident_id for resident_id, assessment_id in last.items()}
    levels: dict[int, dict[Risk, Level]] = {resident_id: {} for resident_id in last}
    judged = select(
        RiskJudgementRow.assessment_id, RiskJudgementRow.risk, RiskJudgementRow.level
    ).order_by(RiskJudgementRow.id)
    for assessment_id, risk, level in session.execute(judged):
        if assessment_id in whose:
            levels[whose[assessment_id]][Risk(risk)] = Level(level)
    return levels


def at_risk_in(
    session: Session, day: date, least: Level = Level.LOW
) -> dict[int, frozenset[Risk]]:
    """Return the risks of `least` or higher by resident; who has none is left out."""
    at_risk: defaultdict[int, set[Risk]] = defaultdict(set)
    for resident_id, levels in levels_in(session, day).items():
        for risk, level in levels.items():
            if level >= least:
                at_risk[resident_id].add(risk)
    return {resident_id: frozenset(risks) for resident_id, risks in at_risk.items()}
