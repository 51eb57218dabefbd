"""Named sets of figures: the report of a month, the filing form, the statistics."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from carehome import paths
from carehome.rules.figures import FigureKey, definitions, read_toml
from carehome.rules.rulepacks import FilePart
from carehome.rules.safety.forms import Sureness

SCHEMA = "carehome/figure-sets/1"


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: a figure, a field of the profile, or a blank and why it is one."""

    label: str
    figure: FigureKey = ""
    field: str = ""
    blank: str = ""


@dataclass(frozen=True, slots=True)
class FigureSet:
    """What is reported together, and who asks for it."""

    code: str
    name: str
    source: str
    sureness: Sureness
    lines: tuple[SetLine, ...]

    @property
    def figures(self) -> list[FigureKey]:
        """Return the figures of the set, in its order."""
        return [line.figure for line in self.lines if line.figure]


@cache
def sets() -> Mapping[str, FigureSet]:
    """Return all sets that came with the program, by code."""
    whole = read_toml(paths.resource("figures") / "sets.toml", SCHEMA)
    found = [
        FigureSet(
            part.name("code"),
            part.name("name"),
            part.name("source"),
            Sureness(part.choice("sureness", tuple(Sureness))),
            tuple(_line(each) for each in part.parts("lines")),
        )
        for part in whole.parts("sets")
    ]
    return {each.code: each for each in found}


def _line(part: FilePart) -> SetLine:
    if part.names("figure"):
        key = part.choice("figure", definitions())
        return SetLine(definitions()[key].name, figure=key)
    if part.names("field"):
        return SetLine(part.name("label"), field=part.name("field"))
    return SetLine(part.name("label"), blank=part.name("blank"))
