"""What comes with the program for the rating: lines, conditions, a practice table."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from carehome import paths
from carehome.rules.ratings.grades import (
    GRADES,
    Condition,
    ConditionKind,
    Sense,
)
from carehome.rules.ratings.items import GradeLine, Item, ItemTable, Part, check
from carehome.rules.ratings.points import ONE, read_points
from carehome.rules.rulepacks import BadRuleFile, FilePart, Standing
from carehome.rules.safety.forms import Sureness

PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Lines:
    """What the parts come to and the grades ask, how long a grade is valid; `valid`
    and `remind` are months.
    """

    code: str
    name: str
    marks: Mapping[Part, int]
    lines: tuple[GradeLine, ...]
    valid: int
    remind: int
    source: str
    sureness: Sureness
    standing: Standing
    note: str


@dataclass(frozen=True, slots=True)
class Region:
    """The conditions of one region, in their order."""

    code: str
    name: str
    conditions: tuple[Condition, ...]


def folder() -> Path:
    """Return where the files of the rating lie."""
    return paths.resource("ratings")


@cache
def all_lines() -> Mapping[str, Lines]:
    """Return the lines that came with the program, by code."""
    whole = read_file(folder() / "lines.toml", "carehome/rating-lines/1")
    return {lines.code: lines for lines in map(_lines, whole.parts("lines"))}


def usual_lines() -> Lines:
    """Return the lines of the national standard, which come first."""
    return next(iter(all_lines().values()))


@cache
def regions() -> Mapping[str, Region]:
    """Return the conditions that came with the program, by region."""
    whole = read_file(folder() / "conditions.toml", "carehome/rating-conditions/1")
    found = {}
    for part in whole.parts("regions"):
        code, name = part.name("code"), part.name("name")
        conditions = tuple(
            replace(_condition(name, each, place), preset=f"{code}/{each.name('code')}")
            for place, each in enumerate(part.parts("conditions"))
        )
        found[code] = Region(code, name, conditions)
    return found


@cache
def practice_table() -> ItemTable:
    """Return the table made by us to practise with, whose points are not official."""
    path = folder() / "practice.toml"
    whole = read_file(path, "carehome/rating-table/1")
    lines = usual_lines()
    items = tuple(
        _item(part, section.name("name"), Part(section.choice("part", tuple(Part))))
        for section in whole.parts("sections")
        for part in section.parts("items")
    )
    check(items, lines.marks)
    return ItemTable(
        whole.name("name"),
        items,
        lines.lines,
        edition=whole.name("edition"),
        source=whole.name("source"),
        standing=whole.standing(),
        note=whole.name("note"),
        preset=PRACTICE,
    )


def read_file(path: Path, schema: str) -> FilePart:
    """Read a file of the rating of one schema."""
    try:
        whole = FilePart(tomllib.loads(path.read_text("utf-8")), path.name)
    except (OSError, ValueError) as damage:
        raise BadRuleFile(file=path.name, place="toml") from damage
    whole.choice("schema", (schema,))
    return whole


def _lines(part: FilePart) -> Lines:
    marks = part.part("marks")
    return Lines(
        part.name("code"),
        part.name("name"),
        {each: marks.whole(each) * ONE for each in Part},
        tuple(_line(part, grade) for grade in GRADES),
        part.whole("valid_months"),
        part.whole("remind_months"),
        part.name("source"),
        Sureness(part.choice("sureness", tuple(Sureness))),
        part.standing(),
        part.text("note"),
    )


def _line(part: FilePart, grade: int) -> GradeLine:
    given = part.part("grades").part(str(grade))
    return GradeLine(grade, given.whole("points") * ONE, given.whole("percent"))


def _item(part: FilePart, section: str, whose: Part) -> Item:
    return Item(
        part.name("code"),
        whose,
        part.name("name"),
        read_points(part.name("points")),
        section,
        part.name("method"),
        part.name("evidence"),
        part.text("figure") if part.names("figure") else "",
        part.whole("effort") if part.names("effort") else None,
    )


def _condition(region: str, part: FilePart, place: int) -> Condition:
    is_counted = part.names("figure")
    bound = part.name("bound") if is_counted else "0"
    try:
        exact = Fraction(bound)
    except (ValueError, ZeroDivisionError) as damage:
        raise part.trouble("bound") from damage
    first, last = part.whole("from_grade"), part.whole("to_grade")
    if not 1 <= first <= last <= max(GRADES):
        raise part.trouble("from_grade")
    return Condition(
        part.name("text"),
        ConditionKind(part.choice("kind", tuple(ConditionKind))),
        first,
        last,
        part.name("figure") if is_counted else "",
        Sense(part.choice("sense", tuple(Sense)[1:])) if is_counted else Sense.BY_HAND,
        exact if is_counted else None,
        part.whole("months") if part.names("months") else None,
        region,
        part.standing(),
        Sureness(part.choice("sureness", tuple(Sureness))),
        part.name("source"),
        part.text("note") if part.names("note") else "",
        position=place,
    )


@cache
def ties() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return by which words an item is thought to be told by which figure."""
    whole = read_file(folder() / "ties.toml", "carehome/rating-ties/1")
    return tuple(
        (part.name("figure"), part.texts("words")) for part in whole.parts("ties")
    )


def suggest_figure(name: str) -> str:
    """Guess which figure tells an item by its words; a person has the last say."""
    fitting = (
        figure for figure, words in ties() if any(word in name for word in words)
    )
    return next(fitting, "")
