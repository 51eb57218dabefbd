"""What other subjects know that matters for the house: who is at risk, who walks."""

from datetime import date

from sqlalchemy.orm import Session

from carehome.rules.presence import Walking


def risks_in(session: Session, day: date) -> dict[int, tuple[str, ...]]:
    """Return the risks of each who has some, in words."""
    return {}


def walking_in(session: Session, day: date) -> dict[int, Walking]:
    """Return what the last assessment of each says of moving about."""
    return {}
