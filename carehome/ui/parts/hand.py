"""What the tabs of a page share: services, jobs, who works, what time it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from carehome.rules.rights import Right, User
from carehome.services.service import Clock, Service
from carehome.ui.kit.jobs import Jobs

S = TypeVar("S", bound=Service)


def nowhere(_key: object) -> None:
    """Lead nowhere: where a tab stands alone."""


def nowhere_there(_page: str, _title: str) -> None:
    """Lead to no tab of another page: where a tab stands alone."""


class Maker(Protocol):
    """Makes a service as the person may use it."""

    def __call__(self, kind: type[S]) -> S: ...


@dataclass(frozen=True)
class Hand:
    """Services as somebody may use them, jobs, the clock, and the ways to elsewhere.

    `open_member` opens the file of a member of staff, `open_resident` that of a
    resident, `open_page` a page by its title in English, `open_tab` a tab of one by
    the page's title in English and its own as it is shown.
    """

    service: Maker
    jobs: Jobs
    user: User
    clock: Clock
    open_member: Callable[[int], object] = nowhere
    open_resident: Callable[[int], object] = nowhere
    open_page: Callable[[str], object] = nowhere
    open_tab: Callable[[str, str], object] = nowhere_there

    def may(self, right: Right) -> bool:
        """Say whether the person has a right."""
        return self.user.may(right)

    def today(self) -> date:
        """Return the day it is."""
        return self.clock().date()
