"""Figures of the home, counted in one place for all who read them."""

from carehome.services.figures import (
    beds,
    care,
    closures,
    enquiries,
    fees,
    residents,
    roster,
    rounds,
    safety,
    staff,
    training,
)
from carehome.services.figures.on_paper import table_of
from carehome.services.figures.registry import (
    COUNTERS,
    figures_in,
    figures_of,
    trend_in,
)
from carehome.services.figures.service import Figures, for_user
from carehome.services.figures.tables import READ

SUBJECTS = (
    *(beds, residents, care, staff, training),
    *(roster, rounds, safety, fees, enquiries, closures),
)

__all__ = [
    "COUNTERS",
    "READ",
    "SUBJECTS",
    "Figures",
    "figures_in",
    "figures_of",
    "for_user",
    "table_of",
    "trend_in",
]
