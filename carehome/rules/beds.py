"""Beds: who may have which, what state they are in, how full the home is."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.periods import Period

LOWEST_LEVEL = 1  # no resident's room below ground: seed 003 L1989
MOST_ROOMS = 200  # at once; more is a slip of the finger
MOST_BEDS = 20  # in one room
DEMENTIA_UNIT = "dementia"
# The class of a room by its number of beds, offered to be corrected (ours).
_CLASS_OF = {1: "A", 2: "B", 3: "C"}
_LARGER = "D"
NEEDS_NURSING_BED = 3  # ability levels from severe on (ours)


class BedState(StrEnum):
    """What a bed is on a day."""

    FREE = "free"
    RESERVED = "reserved"
    OCCUPIED = "occupied"
    KEPT = "kept"
    CLEANING = "cleaning"
    OUT_OF_SERVICE = "out_of_service"


STATE_NAMES = {
    BedState.FREE: N_("Free bed"),
    BedState.RESERVED: N_("Reserved"),
    BedState.OCCUPIED: N_("Occupied"),
    BedState.KEPT: N_("Kept (away)"),
    BedState.CLEANING: N_("Cleaning"),
    BedState.OUT_OF_SERVICE: N_("Out of service"),
}
GENDER_RULE_NAMES = {
    "any": N_("Anyone"),
    "male": N_("Men only"),
    "female": N_("Women only"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """A resident's hold on a bed."""

    resident_id: int
    resident: str
    period: Period
    is_reserved: bool = False
    use_id: int = 0


class BedTaken(Refusal):
    """Somebody else has the bed on one of the wanted days."""

    text = N_("Bed {bed} is taken by {resident} from {start}. Choose another bed.")


class BedReserved(Refusal):
    """The bed is promised to somebody else on one of the wanted days."""

    text = N_(
        "Bed {bed} is reserved for {resident} from {start}. Choose another bed, or "
        "release the reservation first."
    )


class WrongGender(Refusal):
    """The room is for the other sex."""

    text = N_("Room {room} does not take {name}: {rule}. Choose another room.")


class RoomMixed(Refusal):
    """A gender rule would shut out somebody who is in the room."""

    text = N_("{names} in room {room} would not fit the rule. Move them first.")


class OutOfService(Refusal):
    """The bed cannot be used."""

    text = N_("Bed {bed} is out of service ({note}). Choose another, or make it ready.")


class BedGone(Refusal):
    """The bed is not there any more."""

    text = N_("Bed {bed} is gone since {day}. Choose another bed.")


class BelowGround(Refusal):
    """Residents' rooms are not set up in basements."""

    text = N_(
        "Residents do not live in basements or half basements. The floor must be 1 or "
        "higher."
    )


class BadRange(Refusal):
    """The rooms typed cannot be understood."""

    text = N_("“{typed}” is not a list of rooms. Type it like 301-312 or 301, 303.")


class Backwards(BadRange):
    """A range whose end lies before its beginning."""

    text = N_("“{typed}” runs backwards. Type it as {turned}.")


class RoomTwice(Refusal):
    """A room is named more than once."""

    text = N_("Named twice: {rooms}. Each room is typed once.")


class RoomThere(Refusal):
    """A room of that name is already in the building."""

    text = N_("Already there: {rooms}. Leave them out, or change them under Beds.")


class NoBeds(Refusal):
    """Rooms are made with beds."""

    text = N_("A room needs at least one bed.")


class TooManyBeds(Refusal):
    """More beds than any room holds."""

    text = N_("A room has at most {most} beds.")


class TooMany(Refusal):
    """More rooms or beds at once than a person means."""

    text = N_("That would make {count}. At most {most} can be made at once.")


def check_free(bed: str, wanted: Period, uses: Iterable[Use]) -> None:
    """Raise BedTaken or BedReserved unless the bed is free on every wanted day."""
    for use in uses:
        if use.period.overlaps(wanted):
            raise (BedReserved if use.is_reserved else BedTaken)(
                bed=bed, resident=use.resident, start=use.period.start
            )


def check_gender(room: str, gender_rule: str, name: str, sex: str) -> None:
    """Raise WrongGender unless the rule of the room admits `sex`."""
    if gender_rule not in ("any", sex):
        raise WrongGender(room=room, name=name, rule=_(GENDER_RULE_NAMES[gender_rule]))


def check_mixed(room: str, gender_rule: str, people: Iterable[tuple[str, str]]) -> None:
    """Raise RoomMixed when one of `people`, (name, sex), does not fit the rule."""
    names = [name for name, sex in people if gender_rule not in ("any", sex)]
    if names:
        raise RoomMixed(room=room, names=_(", ").join(names))


def check_level(level: int) -> None:
    """Raise BelowGround for a basement."""
    if level < LOWEST_LEVEL:
        raise BelowGround


def state_on(
    day: date, own: str, uses: Iterable[Use], away: Iterable[int] = ()
) -> tuple[BedState, Use | None]:
    """Say what a bed is on `day`, and whose; `away` are residents absent that day.

    A bed that is free today but promised from later on counts as reserved.
    """
    coming = sorted(
        (use for use in uses if use.period.end is None or use.period.end > day),
        key=lambda use: use.period.start,
    )
    first = coming[0] if coming else None
    if first and not first.is_reserved and first.period.holds(day):
        kept = first.resident_id in set(away)
        return (BedState.KEPT if kept else BedState.OCCUPIED), first
    if own != "ready":
        return BedState(own), first
    return (BedState.RESERVED if first else BedState.FREE), first


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to weigh before a bed is given; it forbids nothing."""

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What to tell the person, in the language in use."""
        return _(self.text).format(**self.facts)


@dataclass(frozen=True, slots=True)
class Sleeper:
    """What matters of a resident when a bed is chosen."""

    name: str
    sex: str
    ability_level: int | None
    has_dementia: bool


@dataclass(frozen=True, slots=True)
class Place:
    """What matters of a bed when it is chosen."""

    is_nursing_bed: bool
    is_clean: bool
    unit: str
    home_has_dementia_unit: bool


def concerns(
    sleeper: Sleeper, place: Place, room_mates: Iterable[Sleeper]
) -> list[Concern]:
    """List what speaks against a bed, without forbidding it."""
    found = []
    level, unit = sleeper.ability_level, place.unit
    if not place.is_clean:
        found.append(Concern(N_("The bed is still being cleaned.")))
    if level is None:
        found.append(Concern(N_("The ability has not been assessed yet.")))
    elif level >= NEEDS_NURSING_BED and not place.is_nursing_bed:
        found.append(Concern(N_("Severely disabled, but this is not a nursing bed.")))
    elif level == 0 and place.is_nursing_bed:
        found.append(Concern(N_("Able without help, but this is a nursing bed.")))
    away_from_unit = place.home_has_dementia_unit and unit != DEMENTIA_UNIT
    if sleeper.has_dementia and away_from_unit:
        found.append(Concern(N_("Has dementia, but the floor is not a dementia unit.")))
    if unit == DEMENTIA_UNIT and not sleeper.has_dementia:
        found.append(Concern(N_("The floor is a dementia unit.")))
    others = [mate.name for mate in room_mates if mate.sex != sleeper.sex]
    if others:
        text = N_("Of the other sex in the same room: {names}.")
        found.append(Concern(text, {"names": _(", ").join(others)}))
    return found


def label_key(label: str) -> tuple[str | int, ...]:
    """Return a key that sorts labels as people count: 101-2 before 101-10."""
    parts = re.split(r"(\d+)", label)
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts))


def level_of(room: str) -> int:
    """Guess the floor from a room's number: 302 is on 3, 1204 on 12, 12 on 1."""
    number = re.search(r"\d{3,}", room)
    return max(int(number[0][:-2]), LOWEST_LEVEL) if number else LOWEST_LEVEL


_SPAN = re.compile(r"(\D*)(\d+)(\w*)\s*[-~\u2013\u2014]+\s*(\D*)(\d+)(\w*)")


def rooms_of(typed: str) -> list[str]:
    """Return the rooms meant by 301-312, 301, A05-A08."""
    return list(dict.fromkeys(_rooms(typed)))


def check_rooms(
    typed: str, there: Collection[str] = (), others: Collection[str] = ()
) -> None:
    """Refuse rooms typed twice, also in `others`, and those that are `there`."""
    rooms = _rooms(typed)
    counted = Counter([*rooms, *others])
    twice = [room for room in dict.fromkeys(rooms) if counted[room] > 1]
    if twice:
        raise RoomTwice(rooms=_(", ").join(twice))
    known = [room for room in rooms if room in there]
    if known:
        raise RoomThere(rooms=_(", ").join(known))


def check_beds_each(count: int) -> None:
    """Raise NoBeds or TooMany unless a room can have so many beds."""
    if count < 1:
        raise NoBeds
    if count > MOST_BEDS:
        raise TooManyBeds(most=MOST_BEDS)


def likely_class(beds: int) -> str:
    """Guess the class of a room from its number of beds (ours)."""
    return _CLASS_OF.get(beds, _LARGER)


def _rooms(typed: str) -> list[str]:
    text = unicodedata.normalize("NFKC", typed).replace("\u3001", ",")
    rooms: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        span = _SPAN.fullmatch(part)
        if span is None:
            rooms.append(part)
        else:
            rooms += _span(typed, *span.groups())
    if not rooms or any(not re.search(r"\w", room) for room in rooms):
        raise BadRange(typed=typed)
    return rooms


def _span(
    typed: str, head: str, first: str, tail: str, head2: str, last: str, tail2: str
) -> list[str]:
    if head2 not in ("", head) or tail2 != tail:
        raise BadRange(typed=typed)
    if int(last) < int(first):
        here = f"{head}{first}{tail}-{head2}{last}{tail2}"
        raise Backwards(typed=here, turned=f"{head}{last}{tail}-{head2}{first}{tail2}")
    count = int(last) - int(first) + 1
    if count > MOST_ROOMS:
        raise TooMany(count=count, most=MOST_ROOMS)
    width = len(first)
    return [f"{head}{n:0{width}}{tail}" for n in range(int(first), int(last) + 1)]
