"""What is known of residents that opens a risk: from their assessments and files."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import ResidentRow
from carehome.rules.risks import Ground
from carehome.rules.risks.grounds import grounds_of
from carehome.services.assessments import levels
from carehome.services.assessments.values import Assessed

Found = dict[Ground, date | None]  # since which day it is known, if that is known


def found_in(session: Session, day: date) -> dict[int, Found]:
    """Return the grounds of everybody as they are known on `day`."""
    assessed = levels.levels_in(session, day)
    found = {resident_id: _found(each) for resident_id, each in assessed.items()}
    demented = select(ResidentRow.id).where(ResidentRow.has_dementia)
    for resident_id in session.scalars(demented):
        found.setdefault(resident_id, {}).setdefault(Ground.DEMENTIA, None)
    return found


def found_of_in(session: Session, resident_id: int, day: date) -> Found:
    """Return the grounds of one resident as they are known on `day`."""
    assessed = levels.latest_in(session, resident_id, day)
    found = _found(assessed) if assessed else {}
    if session.get_one(ResidentRow, resident_id).has_dementia:
        found.setdefault(Ground.DEMENTIA, None)
    return found


def _found(assessed: Assessed) -> Found:
    grounds = grounds_of(assessed.signs, assessed.answers)
    return dict.fromkeys(grounds, assessed.base_on)
