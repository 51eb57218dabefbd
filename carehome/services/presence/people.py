"""What is told of the house on a day: who belongs there, who is out, who comes."""

from dataclasses import dataclass, replace
from datetime import date

from carehome.rules.presence import CHANGES, News, Tally

NOBODY = Tally()
# What is new that also those may know who look after the house, not the people.
PLAIN_NEWS = frozenset(News) - {News.GRADE, News.ABILITY}


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is new about somebody, and since when."""

    news: News
    when: date


@dataclass(frozen=True, slots=True)
class Out:
    """Why somebody is out, since when, and when they are expected back."""

    kind: str
    left_on: date
    expected_on: date | None
    note: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """How somebody is brought out; `way` is "" while nobody has said it.

    `suggested` is what the assessment or the ability level lets expect.
    """

    way: str = ""
    needs: str = ""
    set_on: date | None = None
    set_by: str = ""
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One resident on a day; the newest of the news comes first.

    `words` is what letters find them by, as the list of residents spells it.
    """

    resident_id: int
    name: str
    sex: str
    age: int | None
    bed_id: int | None
    bed: str
    room: str
    label: str
    admitted_on: date
    out: Out | None
    news: tuple[Told, ...]
    grade: str
    ability_level: int | None
    has_dementia: bool
    risks: tuple[str, ...]
    leaving: Leaving
    words: str = ""

    @property
    def is_new(self) -> bool:
        """Say whether they came these days."""
        return any(told.news is News.ARRIVED for told in self.news)

    @property
    def is_changed(self) -> bool:
        """Say whether something about them is other than some days ago."""
        return any(told.news in CHANGES for told in self.news)

    @property
    def is_parting(self) -> bool:
        """Say whether they are about to leave for good."""
        return any(told.news is News.LEAVING for told in self.news)


@dataclass(frozen=True, slots=True)
class Floor:
    """One floor, or those without a bed, and who belongs there, room by room."""

    floor_id: int
    name: str
    unit: str
    people: tuple[Somebody, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who is to move in: when, into which bed, and whether that is late."""

    resident_id: int
    name: str
    sex: str
    bed: str
    planned_on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Here:
    """The whole house on a day; `gone` are the names of who left for good that day."""

    day: date
    floors: tuple[Floor, ...] = ()
    coming: tuple[Coming, ...] = ()
    gone: tuple[str, ...] = ()
    tally: Tally = NOBODY

    @property
    def people(self) -> list[Somebody]:
        """Everybody, floor by floor."""
        return [one for floor in self.floors for one in floor.people]


def without_care(here: Here) -> Here:
    """Leave out what only those may know who may see residents."""
    floors = (
        replace(floor, people=tuple(map(_without_care, floor.people)))
        for floor in here.floors
    )
    return replace(here, floors=tuple(floors), coming=())


def _without_care(one: Somebody) -> Somebody:
    return replace(
        one,
        age=None,
        out=replace(one.out, note="") if one.out else None,
        news=tuple(told for told in one.news if told.news in PLAIN_NEWS),
        grade="",
        ability_level=None,
        has_dementia=False,
        risks=(),
    )
