"""The way from a hazard to what brought it to light."""

from carehome.i18n import N_
from carehome.rules.safety.hazards import Hazard, Origin

ROUNDS, EQUIPMENT = N_("Rounds"), N_("Equipment")
DRILLS, PAPERS = N_("Drills and training"), N_("Papers and inspections")
# The tab that holds it, and the name of the part there if the tab has several.
PLACES: dict[Origin, tuple[str, str]] = {
    Origin.ROUND: (ROUNDS, ""),
    Origin.EQUIPMENT: (EQUIPMENT, ""),
    Origin.DRILL: (DRILLS, "drills"),
    Origin.INCIDENT: (DRILLS, "incidents"),
    Origin.INSPECTION: (PAPERS, "outside_inspection"),
    Origin.TEST: (PAPERS, "safety_paper"),
}


def way_to(hazard: Hazard) -> tuple[str, object] | None:
    """Return the tab and what to open there; None for what somebody just noticed."""
    if hazard.origin_id is None or hazard.origin not in PLACES:
        return None
    tab, part = PLACES[hazard.origin]
    return tab, ((part, hazard.origin_id) if part else hazard.origin_id)
