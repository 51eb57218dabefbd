"""Named sets of figures: the report of a month, the filing form, the statistics."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from carehome import paths
from carehome.rules.figure_reports import Span
from carehome.rules.figures import FigureKey, definitions, read_toml
from carehome.rules.rulepacks import FilePart
from carehome.rules.safety.forms import Sureness

SCHEMA = "carehome/figure-sets/1"
GRADE = "grade"  # the grade held, told by the records of the rating


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: a figure, a field of the profile, a record, or a blank and why."""

    label: str
    figure: FigureKey = ""
    field: str = ""
    record: str = ""
    blank: str = ""


@dataclass(frozen=True, slots=True)
class FigureSet:
    """What is reported together, who asks for it, how long it is (usually first)."""

    code: str
    name: str
    source: str
    sureness: Sureness
    spans: tuple[Span, ...]
    lines: tuple[SetLine, ...]

    @property
    def figures(self) -> list[FigureKey]:
        """Return the figures of the set, in its order."""
        return [line.figure for line in self.lines if line.figure]


@cache
def sets() -> Mapping[str, FigureSet]:
    """Return all sets that came with the program, by code."""
    whole = read_toml(paths.resource("figures") / "sets.toml", SCHEMA)
    found: dict[str, FigureSet] = {}
    for part in whole.parts("sets"):
        each = _set(part, found)
        found[each.code] = each
    return found


def _set(part: FilePart, before: Mapping[str, FigureSet]) -> FigureSet:
    """Read a set; one that widens another begins with all lines of that."""
    wider = part.choice("widens", before) if part.names("widens") else ""
    lines = before[wider].lines if wider else ()
    return FigureSet(
        part.name("code"),
        part.name("name"),
        part.name("source"),
        Sureness(part.choice("sureness", tuple(Sureness))),
        tuple(map(Span, part.texts("spans"))),
        (*lines, *(_line(each) for each in part.parts("lines"))),
    )


def _line(part: FilePart) -> SetLine:
    if part.names("figure"):
        key = part.choice("figure", definitions())
        return SetLine(definitions()[key].name, figure=key)
    if part.names("field"):
        return SetLine(part.name("label"), field=part.name("field"))
    if part.names("record"):
        return SetLine(part.name("label"), record=part.choice("record", (GRADE,)))
    return SetLine(part.name("label"), blank=part.name("blank"))
