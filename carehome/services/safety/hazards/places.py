"""Places that a hazard may be at, as people of this home call them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.beds import BuildingRow, FloorRow, RoomRow
from carehome.db.hazards import HazardRow
from carehome.rules.beds import label_key
from carehome.services.safety.plan import places_in


def spots_in(session: Session) -> list[str]:
    """List the places that are gone round, then where hazards were, then all rooms."""
    gone_round = [each.name for each in places_in(session) if each.is_active]
    before = session.scalars(
        select(HazardRow.place).distinct().order_by(HazardRow.place)
    )
    rooms = session.execute(
        select(BuildingRow.name, RoomRow.name)
        .join(FloorRow, FloorRow.building_id == BuildingRow.id)
        .join(RoomRow, RoomRow.floor_id == FloorRow.id)
        .order_by(BuildingRow.id)
    )
    named = sorted((f"{building} {room}" for building, room in rooms), key=label_key)
    return list(dict.fromkeys((*gone_round, *before, *named)))
