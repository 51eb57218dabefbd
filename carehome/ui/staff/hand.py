"""What the parts of this page share: services, who works on it, which day it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from carehome.rules.rights import Right, User
from carehome.services.staff import Staff
from carehome.ui.kit.jobs import Jobs


@dataclass(frozen=True)
class Hand:
    """Services, jobs, who works and which day it is."""

    staff: Staff
    jobs: Jobs
    user: User
    today: Callable[[], date]

    def may(self, right: Right) -> bool:
        """Say whether the person has a right."""
        return self.user.may(right)
