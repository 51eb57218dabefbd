"""Checklists as data: what is looked at, where that stands, and what fails it.

Twelve come with the program; the home takes them over once and edits its own copies.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rulepacks import BadRuleFile, FilePart, Standing
from carehome.rules.safety.hazards import Severity
from carehome.rules.safety.plan import Planned, Rhythm, read_clock

MOST_ITEMS = 200
_FLOORS = "floors"  # instead of a place: every floor


class FormKind(StrEnum):
    """What a checklist is for."""

    DAY_PATROL = "day_patrol"
    NIGHT_PATROL = "night_patrol"
    MONTHLY = "monthly"
    CONTROL_ROOM = "control_room"
    KITCHEN = "kitchen"
    GAS_POWER = "gas_power"
    LIFT = "lift"
    DRILL = "drill"
    TRAINING = "training"
    MAJOR_HAZARDS = "major_hazards"
    FACILITY_24 = "facility_24"
    FOOD_SAMPLE = "food_sample"
    OTHER = "other"


KIND_NAMES = {
    FormKind.DAY_PATROL: N_("Day patrol"),
    FormKind.NIGHT_PATROL: N_("Night patrol"),
    FormKind.MONTHLY: N_("Monthly inspection"),
    FormKind.CONTROL_ROOM: N_("Control room log"),
    FormKind.KITCHEN: N_("Kitchen"),
    FormKind.GAS_POWER: N_("Gas and electricity"),
    FormKind.LIFT: N_("Lift"),
    FormKind.DRILL: N_("Drill"),
    FormKind.TRAINING: N_("Fire training"),
    FormKind.MAJOR_HAZARDS: N_("Major hazards"),
    FormKind.FACILITY_24: N_("24 items of the building"),
    FormKind.FOOD_SAMPLE: N_("Food samples"),
    FormKind.OTHER: N_("Other check"),
}


class Sureness(StrEnum):
    """How sure it is that the source says so."""

    READ = "read"
    SECOND_HAND = "second_hand"
    REMEMBERED = "remembered"
    OURS = "ours"


SURENESS_NAMES = {
    Sureness.READ: N_("Read in the text"),
    Sureness.SECOND_HAND: N_("Read second-hand"),
    Sureness.REMEMBERED: N_("From memory, please compare"),
    Sureness.OURS: N_("Set by this program or the home"),
}


class Weight(StrEnum):
    """How much an item binds: the words shall, should and may of a text."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


WEIGHT_NAMES = {
    Weight.REQUIRED: N_("Required"),
    Weight.RECOMMENDED: N_("Recommended"),
    Weight.OPTIONAL: N_("Where possible"),
}


class NoItems(Refusal):
    """A form asks nothing."""

    text = N_("A form needs at least one item.")


class TooManyItems(Refusal):
    """A form is too long to be filled in."""

    text = N_("A form holds at most {most} items. Split it into two.")


class ItemWithoutText(Refusal):
    """An item does not say what is looked at."""

    text = N_("Item {number} does not say what is looked at.")


class ItemTwice(Refusal):
    """Two items ask the same."""

    text = N_("“{item}” stands in the form twice.")


class NothingChanged(Refusal):
    """A new version would be the same as the last."""

    text = N_("Nothing differs from the version in use.")


class VersionMeanwhile(Refusal):
    """Somebody else kept a version since this one was begun."""

    text = N_(
        "{name} has kept version {number} meanwhile. Put your changes on top of it, "
        "then keep them."
    )


class FormNameTaken(Refusal):
    """Two forms would bear one name."""

    text = N_("There is another form called “{name}”. Choose another name.")


class FormNameless(Refusal):
    """A form has no name."""

    text = N_("Give the form a name.")


@dataclass(frozen=True, slots=True)
class FormItem:
    """One thing to look at; `points` is its full mark, None where it passes or fails.

    `severity` is that of the hazard which opens when it fails.
    """

    code: str
    text: str
    section: str = ""
    method: str = ""
    fails: str = ""
    needs_picture: bool = False
    source: str = ""
    sureness: Sureness = Sureness.OURS
    weight: Weight = Weight.REQUIRED
    severity: Severity = Severity.GENERAL
    points: int | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A version of a checklist; old ones stay for the rounds made by them."""

    kind: FormKind
    name: str
    items: tuple[FormItem, ...]
    edition: str = ""
    source: str = ""
    standing: Standing = "ours"
    note: str = ""
    preset: str | None = None
    form_id: int | None = None
    version_id: int | None = None
    number: int = 1
    is_active: bool = True
    made_at: datetime | None = None
    made_by: str = ""

    @property
    def full_marks(self) -> int:
        """Return the most points that can be reached; 0 where none are given."""
        return sum(item.points or 0 for item in self.items)


@dataclass(frozen=True, slots=True)
class Often:
    """How often a form that came with the program is meant to be filled in."""

    rhythm: Rhythm
    times: tuple[int, ...] = ()
    window: int | None = None
    night_from: int | None = None
    night_to: int | None = None
    every: int | None = None

    def planned(self, like: Planned) -> Planned:
        """Return a line of the plan in this rhythm, all else as in `like`."""
        return Planned(
            like.form_id,
            like.place_id,
            self.rhythm,
            like.starts,
            times=self.times,
            window=self.window,
            night_from=self.night_from,
            night_to=self.night_to,
            every=self.every,
            role=like.role,
        )


@dataclass(frozen=True, slots=True)
class Where:
    """Where a form that came with the program is meant to be filled in, and by whom.

    Without a `place` it is meant for every floor; `known` are other words by which
    the place is recognised. A home whose highest floor is below `least_level` has no
    such place. What is watched `elsewhere` in the program need not be planned.
    """

    place: str = ""
    known: tuple[str, ...] = ()
    who: str = ""
    least_level: int = 1
    elsewhere: bool = False

    def names(self, name: str) -> bool:
        """Say whether a place of this name is the one that is meant."""
        return bool(self.place) and any(w in name for w in (self.place, *self.known))


@dataclass(frozen=True, slots=True)
class Preset:
    """A checklist that came with the program, and how often and where it is meant."""

    form: Form
    often: Often
    where: Where


@cache
def presets() -> Mapping[str, Preset]:
    """Return the checklists that came with the program, by code, in their order."""
    read = [
        read_preset(path)
        for path in sorted(paths.resource("checklists").glob("*.toml"))
    ]
    return {preset.form.preset or "": preset for preset in read}


def read_preset(path: Path) -> Preset:
    """Read one checklist; its code is the name of its file."""
    try:
        whole = FilePart(tomllib.loads(path.read_text("utf-8")), path.name)
    except (OSError, ValueError) as damage:
        raise BadRuleFile(file=path.name, place="toml") from damage
    whole.choice("schema", ("carehome/checklist/1",))
    items = tuple(_item(part) for part in whole.parts("items"))
    if not items or len({item.code for item in items}) < len(items):
        raise whole.trouble("items")
    form = Form(
        FormKind(whole.choice("kind", tuple(FormKind))),
        whole.name("name"),
        items,
        edition=whole.name("edition"),
        source=whole.name("source"),
        standing=whole.standing(),
        note=whole.text("note"),
        preset=path.stem.partition("-")[2],
    )
    often = whole.part("rhythm")
    return Preset(form, _often(often), _where(often))


def _item(part: FilePart) -> FormItem:
    return FormItem(
        part.name("code"),
        part.name("text"),
        part.name("section"),
        part.name("method"),
        part.name("fails"),
        part.flag("needs_picture"),
        part.name("source"),
        Sureness(part.choice("sureness", tuple(Sureness))),
        Weight(_or(part, "weight", Weight.REQUIRED, tuple(Weight))),
        Severity(_or(part, "severity", Severity.GENERAL, tuple(Severity))),
        part.whole("points") if part.names("points") else None,
    )


def _or(part: FilePart, key: str, usual: str, choices: Sequence[str]) -> str:
    return part.choice(key, choices) if part.names(key) else usual


def _often(part: FilePart) -> Often:
    rhythm = Rhythm(part.choice("rhythm", tuple(Rhythm)))
    return Often(
        rhythm,
        tuple(map(read_clock, part.texts("times"))) if part.names("times") else (),
        part.whole("window") if part.names("window") else None,
        read_clock(part.name("night_from")) if part.names("night_from") else None,
        read_clock(part.name("night_to")) if part.names("night_to") else None,
        part.whole("every") if part.names("every") else None,
    )


def _where(part: FilePart) -> Where:
    place = part.name("where")
    return Where(
        "" if place == _FLOORS else place,
        part.texts("known") if part.names("known") else (),
        part.name("who"),
        part.whole("least_level") if part.names("least_level") else 1,
        part.flag("elsewhere"),
    )


def check_items(items: Sequence[FormItem]) -> None:
    """Refuse a form that nobody could fill in."""
    if not items:
        raise NoItems
    if len(items) > MOST_ITEMS:
        raise TooManyItems(most=MOST_ITEMS)
    seen = set()
    for number, item in enumerate(items, 1):
        text = item.text.strip()
        if not text:
            raise ItemWithoutText(number=number)
        if (item.section, text) in seen:
            raise ItemTwice(item=text)
        seen.add((item.section, text))


def coded(items: Sequence[FormItem]) -> tuple[FormItem, ...]:
    """Give a code to every item that has none, unlike all others of the form."""
    taken = {item.code for item in items}
    free = (f"own-{number}" for number in range(1, 2 * MOST_ITEMS))
    codes = (code for code in free if code not in taken)
    return tuple(
        item if item.code else replace(item, code=next(codes)) for item in items
    )


def same(left: Form, right: Form) -> bool:
    """Say whether two versions ask the same, under the same name and source."""
    return _asked(left) == _asked(right)


def _asked(form: Form) -> tuple[object, ...]:
    items = tuple(replace(item, item_id=None) for item in form.items)
    return form.kind, form.name, form.edition, form.source, form.standing, items
