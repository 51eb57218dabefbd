"""What the parts of this page share: services, lists, who works on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from carehome.rules.rights import Right, User
from carehome.services.beds import Beds, Closures, KeptBeds
from carehome.services.enquiries import Enquiries
from carehome.services.home import Home
from carehome.services.waiting import WaitingList
from carehome.ui.kit.jobs import Jobs


@dataclass(frozen=True, slots=True)
class EnquiryServices:
    """The services about those who may come, in one hand."""

    enquiries: Enquiries
    waiting: WaitingList
    closures: Closures
    kept: KeptBeds
    beds: Beds
    home: Home


@dataclass(frozen=True)
class Hand:
    """Services, jobs, who works and which day it is."""

    services: EnquiryServices
    jobs: Jobs
    user: User
    today: Callable[[], date]

    def may(self, right: Right) -> bool:
        """Say whether the person has a right."""
        return self.user.may(right)


@dataclass(frozen=True, slots=True)
class Choices:
    """The home's own lists as choices: entries in use, in their order."""

    categories: Mapping[str, str]
    classes: Mapping[str, str]
    units: Mapping[str, str]


def read_choices(home: Home) -> Choices:
    """Return the lists that wishes are chosen from."""
    kinds = ("category", "bed_class", "unit")
    return Choices(
        *(
            {code.code: code.label for code in home.codes(kind) if code.is_active}
            for kind in kinds
        )
    )
