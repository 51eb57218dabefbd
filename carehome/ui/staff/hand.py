"""What the parts of this page share: services, lists, who works on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from carehome.rules.certificates import Kind
from carehome.rules.rights import Right, User
from carehome.services.lapses import Lapses
from carehome.services.staff import Allowances, Pay, Staff, StaffLists, Trainings
from carehome.services.staff.files import StaffFiles
from carehome.services.staff.records import StaffFile
from carehome.services.staff.rolls import StaffRolls
from carehome.ui.kit.jobs import Jobs


@dataclass(frozen=True)
class StaffServices:
    """The services about the staff, in one hand."""

    staff: Staff
    files: StaffFiles
    lists: StaffLists
    trainings: Trainings
    pay: Pay
    allowances: Allowances
    rolls: StaffRolls
    lapses: Lapses


@dataclass(frozen=True)
class Hand:
    """Services, jobs, who works and which day it is."""

    services: StaffServices
    jobs: Jobs
    user: User
    today: Callable[[], date]

    def may(self, right: Right) -> bool:
        """Say whether the person has a right."""
        return self.user.may(right)


@dataclass(frozen=True, slots=True)
class Choices:
    """The home's own lists as choices: what is in use, in its order."""

    posts: Mapping[int, str]
    units: Mapping[int, str]
    kinds: Mapping[int, Kind]


def read_choices(lists: StaffLists) -> Choices:
    """Return what the forms of a staff file choose from."""
    return Choices(
        {post.post_id: post.name for post in lists.posts() if post.is_active},
        {unit.unit_id: unit.name for unit in lists.units()},
        {kind.kind_id: kind for kind in lists.kinds()},
    )


def read_file(services: StaffServices, staff_id: int) -> tuple[StaffFile, Choices]:
    """Return somebody's file, and what its forms choose from."""
    return services.staff.file(staff_id), read_choices(services.lists)
