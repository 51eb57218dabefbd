"""All that the list of residents shows, read in one go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from carehome.services.admissions import AdmissionLine
from carehome.services.residents import ResidentIndex
from carehome.ui.parts.care import CareServices, Lists, read_lists

Balances = Callable[[], dict[int, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everybody the home knows, and what they are filtered by.

    `floors` are those of the house by id; `balances` what each owes and has prepaid,
    and `under_way` the admissions, both empty for whom they are none of their business.
    """

    index: ResidentIndex
    lists: Lists
    floors: Mapping[int, str]
    balances: Mapping[int, tuple[int, int]]
    under_way: tuple[AdmissionLine, ...]


def read_overview(
    services: CareServices,
    balances: Balances | None,
    with_admissions: bool,
) -> Overview:
    """Read what the list of residents shows to somebody with these rights."""
    return Overview(
        services.residents.index(),
        read_lists(services.home),
        services.beds.floors(),
        balances() if balances else {},
        tuple(services.admissions.open()) if with_admissions else (),
    )
