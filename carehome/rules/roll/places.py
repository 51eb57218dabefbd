"""Where a resident sleeps, as rolls say it: 101 | 2, 101-2, 3F 301-2, block A 205-1."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from carehome.rules.roll.words import Words, fold

_CUTS = re.compile(r"[\u2010-\u2015\u2212\uff0d#/_.\\\u3001,;+|-]+")
_GAPS = re.compile(r"(?<=\w)\s+(?=\w)")
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Place:
    """A bed, or as much of the way to it as is told."""

    building: str = ""
    floor: str = ""
    room: str = ""
    bed: str = ""

    @property
    def label(self) -> str:
        """Return the short name of the bed: 101-2, with its building if it has one."""
        return "-".join(part for part in (self.building, self.room, self.bed) if part)

    def or_else(self, other: "Place") -> "Place":
        """Fill what is not told from `other`."""
        return Place(
            self.building or other.building,
            self.floor or other.floor,
            self.room or other.room,
            self.bed or other.bed,
        )

    def may_be(self, other: "Place") -> bool:
        """Say whether both can mean the same bed; what one does not tell may fit."""
        pairs = ((self.building, other.building), (self.floor, other.floor))
        return (self.room, self.bed) == (other.room, other.bed) and all(
            not one or not two or one == two for one, two in pairs
        )


class PlaceReader:
    """Reads places by the words that follow their parts."""

    def __init__(self, words: Words) -> None:
        self._words = words.places
        self._numerals = words.numerals
        self._bed_first = re.compile(rf"(?:{_any(self._words.bed)})(?=[A-Z0-9])")
        number = self._words.number
        name = rf"(?:[A-Z0-9]{{1,3}}|[{words.numerals}{self._words.sides}]{{1,3}})"
        some = rf"[^-{number}]"
        self._parts = re.compile(
            rf"(?P<building>{name}(?:{_any(self._words.building)}))"
            rf"|(?P<hall>{some}{{1,3}}?(?:{_any(self._words.named_building)}))"
            rf"|(?P<floor>(?:{_any(self._words.cellar)})?{name}"
            rf"(?:{_any(self._words.floor)}))"
            rf"|(?P<room>{some}+?(?:{_any(self._words.room)}))"
            rf"|(?P<bed>{some}+?(?:{_any(self._words.bed)}))"
            rf"|(?P<loose>{some}+{number}?)"
        )

    def read(self, building: str, floor: str, room: str, bed: str) -> Place:
        """Return the place that four cells tell, any of which may tell it all."""
        given = Place(building.strip(), self._floor(floor))
        if not room:
            return given.or_else(self._bed_told(bed))
        told = self._room_told(room, has_bed=bool(bed))
        return given.or_else(told).or_else(self._bed_told(bed))

    def section(self, text: str) -> Place:
        """Return the building and floor that a dividing row names, if it names any."""
        named, _loose = self._split(text)
        return Place(named.building, named.floor)

    def key(self, place: Place) -> Place:
        """Return a place as it is compared: bed 01 is 1, block 1 is 1.

        A bed without a room stands in a room of its own name.
        """
        building = fold(place.building)
        endings = (*self._words.building, *self._words.named_building)
        return Place(
            self._number(_without(building, endings)),
            self._floor(place.floor),
            fold(place.room or place.bed),
            self._number(fold(place.bed)),
        )

    def _bed_told(self, text: str) -> Place:
        """Read what a bed column says: 2, 101-2, 3-301-2."""
        told, loose = self._split(text)
        bed = told.bed or _last(loose)
        room = told.room or _last(loose)
        floor = told.floor or (_last(loose) if len(loose) > 1 else "")
        return Place(told.building or _last(loose), self._floor(floor), room, bed)

    def _room_told(self, text: str, has_bed: bool) -> Place:
        """Read what a room column says: 101, 1-101; 101-2 where no bed is told."""
        told, loose = self._split(text)
        if not has_bed and len(loose) + bool(told.room) + bool(told.bed) > 1:
            return self._bed_told(text)
        room = told.room or _last(loose)
        return Place(told.building or _last(loose), told.floor, room)

    def _split(self, text: str) -> tuple[Place, list[str]]:
        """Return the parts that say what they are, and the others in their order."""
        text = _BRACKETS.sub("", unicodedata.normalize("NFKC", text)).strip()
        text = fold(_CUTS.sub("-", _GAPS.sub("-", text)))
        text = self._bed_first.sub("-", text)
        told: dict[str, str] = {}
        loose: list[str] = []
        for found in self._parts.finditer(text.replace(self._words.ordinal, "")):
            kind, part = str(found.lastgroup), found[0]
            if kind == "hall":
                kind = "floor" if self._is_number(part[:-1]) else "building"
            if kind == "loose":
                loose.append(part.removesuffix(self._words.number))
            elif kind != "building" or not (told or loose):
                told.setdefault(kind, part)
        return self._named(told), loose

    def _named(self, told: dict[str, str]) -> Place:
        """Return the parts without the words that say what they are."""
        return Place(
            told.get("building", ""),
            self._floor(told.get("floor", "")),
            _without(told.get("room", ""), self._words.room),
            _without(told.get("bed", ""), self._words.bed),
        )

    def _floor(self, text: str) -> str:
        """Return the number of a floor: 3 for 3F or the Chinese three; B1 below."""
        endings = (*self._words.floor, *self._words.named_building)
        bare = _without(fold(text).removeprefix(self._words.ordinal), endings)
        below = next(filter(bare.startswith, self._words.cellar), "")
        number = self._number(bare.removeprefix(below))
        return f"B{number}" if below else number

    def _number(self, text: str) -> str:
        """Return a number up to 99 in western digits; other names stay as they are."""
        if text.isdecimal():
            return str(int(text))
        if not text or any(sign not in self._numerals for sign in text):
            return text
        tens, ten, ones = text.rpartition(self._numerals[10])
        if not ten:
            return "".join(str(self._numerals.index(sign)) for sign in text)
        high = self._numerals.index(tens) if len(tens) == 1 else 1
        low = self._numerals.index(ones) if len(ones) == 1 else 0
        return str(10 * high + low)

    def _is_number(self, text: str) -> bool:
        return self._number(text).isdecimal()


def _any(words: Iterable[str]) -> str:
    """Return the pattern that takes any of `words`."""
    return "|".join(map(re.escape, words))


def _without(text: str, endings: Iterable[str]) -> str:
    """Cut off what says that a part is a room or a bed."""
    return text.removesuffix(next(filter(text.endswith, endings), ""))


def _last(parts: list[str]) -> str:
    """Take the last part away; none is blank."""
    return parts.pop() if parts else ""
