"""Whether a bed still suits somebody who is cared for in another grade."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, FloorRow, RoomRow
from carehome.db.residents import ResidentRow
from carehome.i18n import N_
from carehome.rules.beds import DEMENTIA_UNIT, NEEDS_NURSING_BED
from carehome.rules.consequences import Change, Line
from carehome.rules.grades import ability_behind
from carehome.rules.today import words
from carehome.services.beds.places import bed_name_in
from carehome.services.beds.uses import bed_on_in
from carehome.services.grades import rules_in


def bed_lines(session: Session, change: Change, _today: date) -> Iterator[Line]:
    """Tell whether the bed suits another grade; a move judges its bed itself."""
    if not change.grade:
        return
    bed_id = bed_on_in(session, change.resident_id, change.starts)
    if bed_id is None:
        return
    bed = session.get_one(BedRow, bed_id)
    room = session.get_one(RoomRow, bed.room_id)
    unit = session.get_one(FloorRow, room.floor_id).unit
    resident = session.get_one(ResidentRow, change.resident_id)
    ill = resident.has_dementia
    behind = ability_behind(rules_in(session), change.grade, ill)
    level = max(resident.ability_level or 0, behind or 0)
    line = Line(words(N_("Bed")), bed_name_in(session, bed_id))
    if level >= NEEDS_NURSING_BED and not bed.is_nursing_bed:
        text = N_("{bed} is not a nursing bed, which this grade asks for.")
    elif level == 0 and bed.is_nursing_bed:
        text = N_("{bed} is a nursing bed, which this grade does not need.")
    elif unit == DEMENTIA_UNIT and not ill:
        text = N_("{bed} is in the dementia unit, without a diagnosis.")
    else:
        yield replace(line, value=words(N_("{bed} suits"), bed=line.value))
        return
    yield replace(line, value=words(text, bed=line.value), is_warning=True)
