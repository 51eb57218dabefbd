"""Shifts on duty and ratios that the home can take over, each with its source."""

from dataclasses import dataclass
from functools import cache

from carehome import paths
from carehome.rules.rosters.kinds import Kind
from carehome.rules.rulepacks import FilePart, Source

FILE, SCHEMA = "shifts.json", "carehome/shifts/1"


@dataclass(frozen=True, slots=True)
class Duty:
    """Kinds of shift for one duty, the post they ask for, and how many people."""

    code: str
    name: str
    kinds: tuple[Kind, ...]
    post: str
    need: int
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class Ratios:
    """How many residents of a level one carer has, as a document has it."""

    code: str
    name: str
    residents: dict[int, int]
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class SocialWorkers:
    """One social worker for so many beds: a guide."""

    beds: int
    source: Source


@cache
def duties() -> dict[str, Duty]:
    """Return the duties that can be switched on, by code."""
    return {
        part.name("code"): Duty(
            part.name("code"),
            part.name("name"),
            tuple(_kind(each) for each in part.parts("kinds")),
            part.text("post"),
            part.whole("need"),
            part.name("note"),
            part.source(),
        )
        for part in _file().parts("duties")
    }


@cache
def ratios() -> dict[str, Ratios]:
    """Return the ratios that documents give, by code."""
    return {
        part.name("code"): Ratios(
            part.name("code"),
            part.name("name"),
            {int(str(level)): int(str(each)) for level, each in part.rows("levels")},
            part.name("note"),
            part.source(),
        )
        for part in _file().parts("ratios")
    }


@cache
def social_workers() -> SocialWorkers:
    """Return how many beds ask for one social worker."""
    part = _file().part("social_workers")
    return SocialWorkers(part.whole("beds"), part.source())


def _kind(part: FilePart) -> Kind:
    return Kind(
        part.name("code"),
        part.name("sign"),
        part.name("name"),
        part.count("starts"),
        part.whole("span"),
        part.count("rest"),
        is_on_call=part.flag("on_call"),
    )


@cache
def _file() -> FilePart:
    return FilePart.of_file(paths.resource("rulepacks") / FILE, SCHEMA)
