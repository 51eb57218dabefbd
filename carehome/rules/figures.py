"""Figures of the home: what one is, what it means, and how it is worked out.

Evidence, reports, the director's charts, claims and what-if all read figures, so that
nothing is counted twice in two ways. What a figure is called, means and rests on is
data under `resources/figures`; how it is counted stands in `services.figures`.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path

from carehome import paths
from carehome.i18n import N_, _, show_money
from carehome.rules.money import half_up
from carehome.rules.rights import Right
from carehome.rules.rulepacks import BadRuleFile, FilePart
from carehome.rules.safety.forms import Sureness
from carehome.rules.today import Text, words

FigureKey = str
Number = int | Fraction
Cell = Text | int | date | datetime | None  # a Fen is shown as money
SCHEMA = "carehome/figures/1"
TENTHS = 10

NOTHING_TO_COUNT = words(N_("There is nobody and nothing to count it of."))
NOT_BEGUN = words(N_("The period has not begun."))
ONLY_TODAY = words(N_("This is only known of today. Choose a period that runs."))


class Unit(StrEnum):
    """What a figure is measured in."""

    PEOPLE = "people"
    BEDS = "beds"
    PERSON_DAYS = "person_days"
    BED_DAYS = "bed_days"
    DAYS = "days"
    TIMES = "times"
    ITEMS = "items"
    SHARE = "share"
    MONEY = "money"  # whole fen
    HOURS = "hours"
    YEARS = "years"
    RATIO = "ratio"  # so many to one, as in 1 : 6.5
    PER_HUNDRED = "per_hundred"


_SHOWN = {
    Unit.PEOPLE: N_("{number} people"),
    Unit.BEDS: N_("{number} beds"),
    Unit.PERSON_DAYS: N_("{number} person days"),
    Unit.BED_DAYS: N_("{number} bed days"),
    Unit.DAYS: N_("{number} days"),
    Unit.TIMES: N_("{number} times"),
    Unit.ITEMS: N_("{number} items"),
    Unit.SHARE: N_("{number} %"),
    Unit.HOURS: N_("{number} hours"),
    Unit.YEARS: N_("{number} years"),
    Unit.RATIO: N_("1 : {number}"),
    Unit.PER_HUNDRED: N_("{number} in a hundred"),
}


class Good(StrEnum):
    """Which way is good."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


class When(StrEnum):
    """Whether a figure is taken on the last day of a period, or over all of it."""

    END = "end"
    PERIOD = "period"


class Group(StrEnum):
    """What a figure is about."""

    BEDS = "beds"
    RESIDENTS = "residents"
    CARE = "care"
    STAFF = "staff"
    TRAINING = "training"
    ROSTER = "roster"
    SAFETY = "safety"
    FEES = "fees"
    ENQUIRIES = "enquiries"
    SERVICE = "service"


GROUP_NAMES = {
    Group.BEDS: N_("Beds"),
    Group.RESIDENTS: N_("Residents"),
    Group.CARE: N_("Assessment and agreements"),
    Group.STAFF: N_("Staff"),
    Group.TRAINING: N_("Training"),
    Group.ROSTER: N_("People on duty"),
    Group.SAFETY: N_("Safety"),
    Group.FEES: N_("Fees"),
    Group.ENQUIRIES: N_("Enquiries and waiting"),
    Group.SERVICE: N_("Service and life"),
}
# Who may see the list behind a figure; of money nobody else sees even the figure.
SEEN_WITH = {
    Group.BEDS: Right.SEE_BEDS,
    Group.RESIDENTS: Right.SEE_RESIDENTS,
    Group.CARE: Right.SEE_RESIDENTS,
    Group.STAFF: Right.SEE_STAFF,
    Group.TRAINING: Right.SEE_STAFF,
    Group.ROSTER: Right.SEE_ROSTER,
    Group.SAFETY: Right.SEE_SAFETY,
    Group.FEES: Right.SEE_FEES,
    Group.ENQUIRIES: Right.SEE_RESIDENTS,
    Group.SERVICE: Right.SEE_HOME,
}


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is called, means and rests on; `unheld` says why it is not kept."""

    key: FigureKey
    group: Group
    name: str
    words: str
    unit: Unit
    source: str
    sureness: Sureness
    good: Good = Good.NEITHER
    when: When = When.END
    numerator: str = ""
    denominator: str = ""
    unheld: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The list behind a figure: marked titles, and a line for each thing counted."""

    titles: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...] = ()

    def __len__(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a period; without a value `unknown` says why it cannot be told.

    `parts` are the numerator and denominator of a share or mean, `rows` what was
    counted: of a share all of the denominator, with a column that says who counts.
    `note` is what to know about a value, such as a month that is not billed yet.
    """

    key: FigureKey = ""
    value: Number | None = None
    parts: tuple[Number, Number] | None = None
    rows: Rows | None = None
    unknown: Text = ""
    note: Text = ""

    @property
    def is_known(self) -> bool:
        """Say whether there is a value."""
        return self.value is not None


def count(rows: Rows) -> Figure:
    """Return a figure that counts the lines of a list."""
    return Figure(value=len(rows), rows=rows)


def total(value: Number, rows: Rows | None = None) -> Figure:
    """Return a figure that is a sum or a number by itself."""
    return Figure(value=value, rows=rows)


def quotient(
    numerator: Number, denominator: Number, rows: Rows | None = None
) -> Figure:
    """Return one number over another, unknown over nothing."""
    parts = numerator, denominator
    if not denominator:
        return Figure(parts=parts, rows=rows, unknown=NOTHING_TO_COUNT)
    return Figure(value=Fraction(numerator) / denominator, parts=parts, rows=rows)


def unknown(why: Text) -> Figure:
    """Return a figure that cannot be told."""
    return Figure(unknown=why)


def change(before: Figure, after: Figure) -> Number | None:
    """Return by how much a figure has changed, None when one of the two is unknown."""
    if before.value is None or after.value is None:
        return None
    return after.value - before.value


def show(value: Number, unit: Unit) -> str:
    """Show a value with its unit, rounded to a tenth where it is no whole number."""
    if unit is Unit.MONEY:
        return show_money(half_up(*Fraction(value).as_integer_ratio()))
    return _(_SHOWN[unit]).format(number=rounded(value, unit))


def unit_name(unit: Unit) -> str:
    """Return what stands beside the bare number, as the head of a column has it."""
    if unit is Unit.MONEY:
        return _("yuan")
    return _(_SHOWN[unit]).format(number="").strip()


def rounded(value: Number, unit: Unit) -> str:
    """Return the bare number as it is shown, half a tenth going up."""
    exact = Fraction(value) * (100 if unit is Unit.SHARE else 1)
    whole = unit not in (Unit.SHARE, Unit.RATIO) and exact.denominator == 1
    if whole:
        return f"{int(exact)}"
    tenths = half_up(*(exact * TENTHS).as_integer_ratio())
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // TENTHS}.{abs(tenths) % TENTHS}"


def show_figure(figure: Figure, unit: Unit) -> str:
    """Show a figure, or that it is unknown."""
    return _("Unknown") if figure.value is None else show(figure.value, unit)


@cache
def definitions() -> Mapping[FigureKey, Definition]:
    """Return all definitions that came with the program, in their order."""
    files = sorted(paths.resource("figures").glob("*-*.toml"))
    return {each.key: each for path in files for each in read_definitions(path)}


def read_definitions(path: Path) -> list[Definition]:
    """Read the definitions of one group of figures."""
    whole = read_toml(path, SCHEMA)
    group = Group(whole.choice("group", tuple(Group)))
    found = [_definition(part, group) for part in whole.parts("figures")]
    if len({each.key for each in found}) < len(found):
        raise whole.trouble("figures")
    return found


def read_toml(path: Path, schema: str) -> FilePart:
    """Read a file of one schema."""
    try:
        whole = FilePart(tomllib.loads(path.read_text("utf-8")), path.name)
    except (OSError, ValueError) as damage:
        raise BadRuleFile(file=path.name, place="toml") from damage
    whole.choice("schema", (schema,))
    return whole


def _definition(part: FilePart, group: Group) -> Definition:
    return Definition(
        part.name("key"),
        group,
        part.name("name"),
        part.name("words"),
        Unit(part.choice("unit", tuple(Unit))),
        part.name("source"),
        Sureness(part.choice("sureness", tuple(Sureness))),
        Good(part.choice("good", tuple(Good))),
        When(part.choice("when", tuple(When))),
        _maybe(part, "numerator"),
        _maybe(part, "denominator"),
        _maybe(part, "unheld"),
    )


def _maybe(part: FilePart, key: str) -> str:
    return part.name(key) if part.names(key) else ""


def by_group(keys: Iterable[FigureKey]) -> dict[Group, Sequence[Definition]]:
    """Lay the definitions of some figures into their groups, in the order of both."""
    wanted = set(keys)
    known = [each for key, each in definitions().items() if key in wanted]
    return {
        group: found
        for group in Group
        if (found := [each for each in known if each.group is group])
    }
