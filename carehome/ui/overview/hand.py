"""What the tabs of this page share: services, jobs, who works, what time it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from carehome.rules.rights import Right, User
from carehome.services.service import Clock, Service
from carehome.ui.kit.jobs import Jobs

S = TypeVar("S", bound=Service)


class Maker(Protocol):
    """Makes a service as the person may use it."""

    def __call__(self, kind: type[S]) -> S: ...


@dataclass(frozen=True)
class Hand:
    """The services of the overview as somebody may use them, jobs, and the clock."""

    service: Maker
    jobs: Jobs
    user: User
    clock: Clock
    open_page: Callable[[str], object]

    def may(self, right: Right) -> bool:
        """Say whether the person has a right."""
        return self.user.may(right)

    def today(self) -> date:
        """Return the day it is."""
        return self.clock().date()
