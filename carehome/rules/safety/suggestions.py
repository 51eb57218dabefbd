"""The plan as it is usual: rounds that a home lacks, for its own floors and places."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from carehome.i18n import N_, _
from carehome.rules.safety.forms import Form, Preset, Where
from carehome.rules.safety.plan import Planned

WATCHED = N_("Planned under “Drills and training”.")
ELSEWHERE = N_("Already planned elsewhere.")
ONE_FLOOR = N_("The home has one floor only.")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is gone round; without an id it is still to be entered."""

    name: str
    floor_id: int | None = None
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor of the home by its name, and how high it lies."""

    floor_id: int
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """Rounds by one checklist that the plan lacks; `planned` says when and by whom.

    `why_not` says why it may be left out.
    """

    preset: str
    form: str
    spots: tuple[Spot, ...]
    planned: Planned
    why_not: str = ""

    def lines(self) -> tuple[tuple[Spot, Planned], ...]:
        """Return a line of the plan for every place; a new one has no id yet."""
        return tuple(
            (spot, replace(self.planned, place_id=spot.place_id or 0))
            for spot in self.spots
        )


@dataclass(frozen=True, slots=True)
class Home:
    """What a suggestion goes by: floors, places and checklists in use, the plan."""

    floors: Sequence[Floor]
    spots: Sequence[Spot]
    forms: Sequence[Form]
    plan: Collection[Planned]


def suggest(
    presets: Mapping[str, Preset], home: Home, starts: date
) -> tuple[Suggested, ...]:
    """Return what the plan lacks from `starts` on, in the order of the presets."""
    own = {form.preset: form for form in home.forms}
    found = []
    for code, preset in presets.items():
        form = own.get(code, preset.form)
        spots = _meant(preset.where, presets, home)
        planned = [each for each in home.plan if each.form_id == form.form_id]
        taken = {each.place_id for each in planned}
        lacking = tuple(spot for spot in spots if spot.place_id not in taken)
        if not form.is_active or not lacking:
            continue
        like = Planned(form.form_id or 0, 0, preset.often.rhythm, starts)
        like = replace(preset.often.planned(like), role=preset.where.who)
        is_elsewhere = bool(taken - {spot.place_id for spot in spots})
        why_not = _why_not(preset.where, home, is_elsewhere)
        found.append(Suggested(code, form.name, lacking, like, why_not))
    return tuple(found)


def _meant(where: Where, presets: Mapping[str, Preset], home: Home) -> tuple[Spot, ...]:
    """Return the places that a checklist is meant for, new ones where none fits."""
    if where.place:
        known = tuple(spot for spot in home.spots if where.names(spot.name))
        return known or (Spot(where.place),)
    special = [preset.where for preset in presets.values()]
    plain = [s for s in home.spots if not any(w.names(s.name) for w in special)]
    if not home.floors:  # nobody has entered a building yet: a round can still be made
        return tuple(plain) or (Spot(_("The whole home")),)
    return tuple(spot for floor in home.floors for spot in _of_floor(floor, plain))


def _of_floor(floor: Floor, plain: Collection[Spot]) -> tuple[Spot, ...]:
    """Return the places of a floor, such as its wings, or else the floor itself."""
    on_it = (
        tuple(spot for spot in plain if spot.floor_id == floor.floor_id),
        tuple(s for s in plain if s.floor_id is None and s.name == floor.name),
    )
    return next(filter(None, on_it), (Spot(floor.name, floor.floor_id),))


def _why_not(where: Where, home: Home, is_elsewhere: bool) -> str:
    if where.elsewhere:
        return _(WATCHED)
    if is_elsewhere:
        return _(ELSEWHERE)
    highest = max((floor.level for floor in home.floors), default=1)
    return _(ONE_FLOOR) if highest < where.least_level else ""
