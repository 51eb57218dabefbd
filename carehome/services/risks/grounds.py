"""What is known of residents that opens a risk: from their assessments and files."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import ResidentRow
from carehome.rules.risks import Ground
from carehome.rules.risks.grounds import grounds_of
from carehome.services.assessments import levels

Found = dict[Ground, date | None]  # since which day it is known, if that is known


def found_in(session: Session, day: date) -> dict[int, Found]:
    """Return the grounds of everybody as they are known on `day`."""
    found: dict[int, Found] = {}
    for resident_id, assessed in levels.levels_in(session, day).items():
        found[resident_id] = dict.fromkeys(
            grounds_of(assessed.signs, assessed.answers), assessed.base_on
        )
    demented = select(ResidentRow.id).where(ResidentRow.has_dementia)
    for resident_id in session.scalars(demented):
        found.setdefault(resident_id, {}).setdefault(Ground.DEMENTIA, None)
    return found
