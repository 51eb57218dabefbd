"""A home in which everything of fire safety asks for something."""

from datetime import UTC, date, datetime, time, timedelta

from carehome.rules.safety.emergencies import EmergencyPlan, Incident
from carehome.rules.safety.hazards import NewHazard
from carehome.rules.safety.inspections import Inspection
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.incidents import Incidents
from carehome.services.safety.inspections import Inspections
from carehome.services.safety.plans import EmergencyPlans

DAY = timedelta(days=1)


def neglect(as_role, today: date) -> None:
    """Leave a hazard, an extinguisher, a plan, an incident and an answer undone."""
    long_ago = datetime.combine(today - 40 * DAY, time(9), UTC)
    found = NewHazard("疏散通道堆放杂物", "二楼东", found_at=long_ago)
    as_role(Hazards).open(found)
    pieces = as_role(Equipment)
    kind = pieces.ledger().kinds[0]
    made = today - 40 * 366 * DAY
    pieces.add(Piece(kind.kind_id, "一楼走道", "MFZ/ABC4", made))
    as_role(EmergencyPlans).save(EmergencyPlan("火灾应急预案", "accident"))
    then = today - 2 * DAY
    as_role(Incidents).add(Incident(then, "08:00", "accident", "general", "电线冒烟"))
    office = Inspection(then, "fire", "routine", answer_due=today + DAY)
    as_role(Inspections).save(office)
