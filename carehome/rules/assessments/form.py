"""An assessment form as data: what is asked, what each answer counts, how it is judged.

An assessment names the form that it was made with, and is judged by that one for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from carehome.i18n import N_
from carehome.rules.rulepacks import Standing

GBT_42195 = "gbt42195-2022"
MZT_039 = "mzt039-2013"

REASON_NAMES = {
    "first": N_("First assessment"),
    "routine": N_("Routine assessment"),
    "immediate": N_("Immediate assessment"),
    "recheck": N_("Re-check of a doubted result"),
    "other": N_("Other"),
}

Value = int | str | list[str] | list[dict[str, str]]
Answers = Mapping[str, Value]


class FieldKind(StrEnum):
    """How a field is answered."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a field offers, or one column of rows."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """Something that is written down beside the items that count.

    `filled_from` names what the records know already: that is no answer. What
    `carries` is taken over from the last assessment. `none` says that nothing applies
    and stands alone.
    """

    number: str
    label: str
    kind: FieldKind
    choices: tuple[Choice, ...] = ()
    columns: tuple[Choice, ...] = ()
    unit: str = ""
    filled_from: str = ""
    none: str = ""
    carries: bool = False
    is_ours: bool = False

    def label_of(self, code: str) -> str:
        """Return the words of a choice; a code of another edition stays as it is."""
        return next((c.label for c in self.choices if c.code == code), code)


@dataclass(frozen=True, slots=True)
class Section:
    """A table of fields."""

    number: str
    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to an item, and what it counts."""

    points: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item that counts; `options` begin with the best, `help` is ours."""

    number: str
    name: str
    definition: str
    note: str
    options: tuple[Option, ...]
    help: str
    wording: str
    source: str

    @property
    def best(self) -> int:
        """The points of whoever needs no help."""
        return self.options[0].points

    @property
    def worst(self) -> int:
        """The points of whoever needs most help."""
        return self.options[-1].points

    def text_of(self, points: int) -> str:
        """Return the words of the option with `points`."""
        return next((o.text for o in self.options if o.points == points), "")


@dataclass(frozen=True, slots=True)
class Band:
    """The totals from `least` to `most` give a level."""

    level: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Some:
    """At least `least`, and at most `most`, of some numbers have certain values."""

    of: tuple[str, ...]
    values: frozenset[int]
    least: int
    most: int

    def holds(self, numbers: Mapping[str, int]) -> bool:
        """Say whether enough and not too many of the numbers fit."""
        fitting = sum(numbers[key] in self.values for key in self.of)
        return self.least <= fitting <= self.most


@dataclass(frozen=True, slots=True)
class Clause:
    """A level for certain combinations, in the words of the standard."""

    level: int
    text: str
    every: tuple[tuple[str, frozenset[int]], ...]
    some: Some | None = None

    def holds(self, numbers: Mapping[str, int]) -> bool:
        """Say whether the clause speaks of this combination."""
        if any(numbers[key] not in values for key, values in self.every):
            return False
        return self.some is None or self.some.holds(numbers)


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are counted together; some forms give each group a level."""

    number: str
    name: str
    maximum: int
    items: tuple[Item, ...]
    bands: tuple[Band, ...] = ()
    clauses: tuple[Clause, ...] = ()

    @property
    def has_level(self) -> bool:
        """Say whether the form gives this group a level of its own."""
        return bool(self.bands or self.clauses)


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level of the form, with its band of totals where the total decides.

    `ability` is the level that goes into the resident's file.
    """

    number: int
    name: str
    short: str
    least: int | None
    most: int | None
    ability: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What changes a level: the words of the standard, and what they speak of.

    Somebody in a coma need not be judged in the items that `coma_skips`.
    """

    coma: str
    coma_skips: frozenset[str]
    disorder: str
    events: str
    events_least: int
    events_counted: tuple[str, ...]
    cap: str


Test = tuple[str, tuple[int | str, ...]]  # a number, and the answers that count


@dataclass(frozen=True, slots=True)
class SignPlaces:
    """Where a form asks what every form has to tell."""

    counts: Mapping[str, str]
    codes: Mapping[str, str]
    flags: Mapping[str, tuple[Test, ...]]
    scores: Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """One edition of an assessment form.

    `clauses` judge where the levels have no bands, the first that holds first;
    `advice` is what unconfirmed sources say where no clause holds. `deciding` are the
    fields without which the level is not sure.
    """

    code: str
    title: str
    standard: str
    name: str
    edition: str
    effective_from: date
    standing: Standing
    wording: str
    wording_note: str
    source: str
    months: int
    months_certain: bool
    months_source: str
    reasons: tuple[Choice, ...]
    sections: tuple[Section, ...]
    groups: tuple[Group, ...]
    levels: tuple[LevelName, ...]
    clauses: tuple[Clause, ...]
    advice: tuple[Clause, ...]
    changes: Changes
    signs: SignPlaces
    deciding: tuple[str, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in their order."""
        return tuple(item for group in self.groups for item in group.items)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields in their order."""
        return tuple(field for part in self.sections for field in part.fields)

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.number: item for item in self.items}

    @cached_property
    def _fields(self) -> dict[str, Field]:
        return {field.number: field for field in self.fields}

    @property
    def has_total(self) -> bool:
        """Say whether the groups are added up; levels of groups cannot be."""
        return not self.clauses

    @property
    def worst(self) -> int:
        """The number of the worst level."""
        return self.levels[-1].number

    @property
    def relations(self) -> tuple[Choice, ...]:
        """How somebody who gives information may be related."""
        fields = (each for each in self.fields if each.filled_from == "relation")
        return next((field.choices for field in fields), ())

    def item(self, number: str) -> Item | None:
        """Return an item, None when the form has none of this number."""
        return self._items.get(number)

    def field(self, number: str) -> Field | None:
        """Return a field, None when the form has none of this number."""
        return self._fields.get(number)

    def level_name(self, level: int | None) -> str:
        """Return the form's own name of a level."""
        return "" if level is None else self.levels[level].name

    def ability_of(self, level: int) -> int:
        """Return the ability level of a resident's file for a level of this form."""
        return self.levels[level].ability

    def reason_name(self, code: str) -> str:
        """Return the form's own words for why an assessment is made."""
        return next((r.label for r in self.reasons if r.code == code), code)
