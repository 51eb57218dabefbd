"""The services about residents that several screens share, and the home's own lists."""

from collections.abc import Mapping
from dataclasses import dataclass

from carehome.services.admissions import Admissions
from carehome.services.agreements import Agreements
from carehome.services.beds import Beds
from carehome.services.change_log import ChangeLog
from carehome.services.consequences import Consequences
from carehome.services.departures import Departures
from carehome.services.entitlements import Entitlements
from carehome.services.grades import Grades
from carehome.services.home import Home
from carehome.services.residents import Residents
from carehome.services.retention import Retention
from carehome.services.risks import Risks


@dataclass(frozen=True, slots=True)
class CareServices:
    """What one person can do with residents, in one hand."""

    residents: Residents
    admissions: Admissions
    beds: Beds
    consequences: Consequences
    change_log: ChangeLog
    home: Home
    agreements: Agreements
    retention: Retention
    departures: Departures
    grades: Grades
    entitlements: Entitlements
    risks: Risks


@dataclass(frozen=True, slots=True)
class Lists:
    """The labels of the home's own lists by code, and those offered for a choice."""

    grades: Mapping[str, str]
    meals: Mapping[str, str]
    classes: Mapping[str, str]
    categories: Mapping[str, str]


def read_lists(home: Home) -> Lists:
    """Return the lists as choices offer them: entries in use, in their order."""
    kinds = ("nursing_grade", "meal_plan", "bed_class", "category")
    return Lists(
        *(
            {code.code: code.label for code in home.codes(kind) if code.is_active}
            for kind in kinds
        )
    )
