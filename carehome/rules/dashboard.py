"""What the director looks at first: a few topics, each told by figures."""

from dataclasses import dataclass

from carehome.i18n import N_
from carehome.rules.figures import FigureKey
from carehome.rules.periods import Period, month_of, months_after

MONTHS = 12
OCCUPANCY, RATING, STAFFING = "occupancy", "rating", "staffing"


@dataclass(frozen=True, slots=True)
class Topic:
    """One card: the figure in front, those beside it, and the page that mends it.

    `parts` are figures that add up to a whole and are drawn as such.
    """

    code: str
    name: str
    main: FigureKey
    page: str
    beside: tuple[FigureKey, ...] = ()
    parts: tuple[FigureKey, ...] = ()

    @property
    def keys(self) -> tuple[FigureKey, ...]:
        """Return all figures of the topic, each once."""
        found = (self.main, *self.beside, *self.parts)
        return tuple(key for key in dict.fromkeys(found) if key)


LEVELS = tuple(f"residents.level_{level}" for level in range(5))
TOPICS = (
    Topic(
        OCCUPANCY,
        N_("Occupancy"),
        "beds.occupancy",
        N_("Beds"),
        ("residents.total", "beds.free", "enquiries.waiting"),
    ),
    Topic(
        "ability",
        N_("Ability mix"),
        "residents.severe",
        N_("Assessments"),
        ("residents.dementia", "care.assessment_overdue"),
        (*LEVELS, "residents.level_unknown"),
    ),
    Topic(
        "income",
        N_("Income"),
        "fees.income",
        N_("Fees"),
        ("fees.paid", "fees.collected_share"),
    ),
    Topic(
        "arrears",
        N_("Arrears"),
        "fees.arrears",
        N_("Fees"),
        ("fees.residents_in_arrears", "fees.prepaid"),
    ),
    Topic(
        STAFFING,
        N_("Staff against need"),
        "staff.residents_per_carer",
        N_("Rosters"),
        ("roster.night_cover_share",),
    ),
    Topic(
        "certificates",
        N_("Certificates"),
        "staff.posts_certified_share",
        N_("Staff"),
        ("staff.carers_certified_share", "staff.health_share"),
    ),
    Topic(
        "safety",
        N_("Safety"),
        "safety.rounds_made_share",
        N_("Fire safety"),
        ("safety.hazards_open", "safety.incidents", "safety.papers_lapsed"),
    ),
    Topic(RATING, N_("Star rating"), "", N_("Star rating")),
)


def months_to(period: Period, count: int = MONTHS) -> list[Period]:
    """Return the months up to the one that a period begins in, that one last."""
    first = period.start.replace(day=1)
    return [month_of(months_after(first, -back)) for back in reversed(range(count))]
