"""How many people each unit needs on each shift of a period."""

from sqlalchemy.orm import Session

from carehome.rules.periods import Period
from carehome.rules.rosters.problem import Demand


def demands_of(session: Session, period: Period) -> list[Demand]:
    """Return what is needed of people on the days of a period."""
    return []
