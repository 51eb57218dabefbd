"""What other subjects know that matters in the house: risks, walking, departures."""

from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from carehome.i18n import _
from carehome.rules.assessments.answers import Score
from carehome.rules.presence import Walking
from carehome.rules.risks import RISK_NAMES, Level, Risk
from carehome.services.assessments.levels import levels_in
from carehome.services.departures.state import lines_in
from carehome.services.risks.standings import at_risk_in


def risks_in(session: Session, day: date) -> dict[int, tuple[str, ...]]:
    """Return what those of high risk are in danger of, in words."""
    found = at_risk_in(session, day, Level.HIGH)
    return {who: tuple(_words(risks)) for who, risks in found.items()}


def walking_in(session: Session, day: date) -> dict[int, Walking]:
    """Return what the last assessment of each says of moving about."""
    scores = {who: each.signs.scores for who, each in levels_in(session, day).items()}
    return {
        who: Walking(_share(told.get("walking")), _share(told.get("transfer")))
        for who, told in scores.items()
    }


def leaving_in(session: Session) -> dict[int, date]:
    """Return who is about to leave for good, and when that is planned or was said."""
    return {
        line.resident_id: line.planned_on or line.ordered_on
        for line in lines_in(session)
        if line.left_on is None
    }


def _share(score: Score | None) -> Fraction | None:
    """Return points between the worst option and the best as a share."""
    if score is None or score.best == score.worst:
        return None
    return Fraction(score.points - score.worst, score.best - score.worst)


def _words(risks: frozenset[Risk]) -> list[str]:
    return [_(RISK_NAMES[risk]) for risk in Risk if risk in risks]
