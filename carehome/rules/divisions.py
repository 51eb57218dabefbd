"""The provinces, cities and counties of the country, as python-stdnum lists them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_PROVINCE = re.compile(r'^(\d\d) province="(.+)"$')
_COUNTY = re.compile(r'^  (\d{4}) county="(.+)"$')
_NAME = re.compile(r"(?:\[(\d*)-(\d*)\])?([^,\[]+)")
# What only groups counties and is said in no address: the districts or counties of a
# city, and what a province governs itself.
_GROUP = re.compile("^(?:\u5e02\u8f96\u533a|\u53bf|\u5e02|.*\u76f4\u8f96.*)$")
_KIND = re.compile(
    "(?:\u58ee\u65cf|\u56de\u65cf|\u7ef4\u543e\u5c14)?\u81ea\u6cbb\u533a$"
    "|[\u7701\u5e02\u53bf\u533a]$"
)
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Division:
    """A city or county of today by its parts, from the province down."""

    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        """How an address begins that lies in it."""
        return "".join(self.parts)

    @property
    def spellings(self) -> tuple[str, ...]:
        """What people may begin with: any part, the words for its kind left out."""
        cut_parts = tuple(map(short, self.parts))
        starts = range(len(self.parts))
        whole = ["".join(self.parts[at:]) for at in starts]
        cut = ["".join((*cut_parts[at:-1], self.parts[-1])) for at in starts]
        return tuple(dict.fromkeys(whole + cut))


def complete(typed: str, most: int = 8) -> list[str]:
    """Return the divisions that an address begun like this may lie in, likeliest first.

    Nothing once a county is whole: what follows is known to nobody but who types it.
    """
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    if len(text) < SHORTEST:
        return []
    found = []
    for place, (division, spellings) in enumerate(_spelt()):
        at = next(
            (n for n, each in enumerate(spellings) if each.startswith(text)), None
        )
        if at is not None and division.name != text:
            found.append((at, len(division.parts), place, division.name))
    return [name for *_order, name in sorted(found)[:most]]


def warm() -> None:
    """Read the list ahead: it takes too long to be read between two keys."""
    _spelt()
    _places()


def place_of(number: str) -> str:
    """Return the place in the first six digits of an identity number; empty if none."""
    places, code = _places(), number[:6]
    if code not in places:
        return ""
    codes = (code[:2],) if code.endswith("0000") else (code[:2], f"{code[:4]}00", code)
    parts = (places.get(each, "") for each in codes)
    return "".join(dict.fromkeys(part for part in parts if not _GROUP.match(part)))


def short(name: str) -> str:
    """Return a name without the word for its kind, as people say it."""
    return _KIND.sub("", name) if len(name) > SHORTEST else name


@cache
def told_by(region: str, address: str) -> frozenset[tuple[str, ...]]:
    """Return the divisions that a region and an address may mean, each by its parts.

    A street is often named after a city far away: only what they begin with counts.
    """
    region, address = "".join(region.split()), "".join(address.split())
    here = _meant(region)
    further = _meant(region + address) | _meant(address)
    found = {
        parts
        for parts in further
        if not here or any(parts[: len(each)] == each for each in here)
    }
    above = {parts[:depth] for parts in found for depth in range(len(parts))}
    return frozenset(found - above) or here


@cache
def below(above: tuple[str, ...]) -> frozenset[str]:
    """Return the names of what lies right below a province or a city."""
    at = len(above)
    return frozenset(
        each.parts[at]
        for each in _divisions()
        if each.parts[:at] == above and len(each.parts) > at
    )


def _meant(text: str) -> frozenset[tuple[str, ...]]:
    """Return what a text begins with, or else what begins with the text."""
    if len(text) < SHORTEST:
        return frozenset()
    known = [(each.parts, spellings) for each, spellings in _spelt()]
    known += [((province,), (province,)) for province in below(())]
    begun = [
        (len(said), parts)
        for parts, spellings in known
        for said in spellings
        if text.startswith(said)
    ]
    if begun:
        longest = max(length for length, _parts in begun)
        return frozenset(parts for length, parts in begun if length == longest)
    return frozenset(
        parts
        for parts, spellings in known
        if any(said.startswith(text) for said in spellings)
    )


@cache
def _spelt() -> tuple[tuple[Division, tuple[str, ...]], ...]:
    return tuple((each, each.spellings) for each in _divisions())


def _divisions() -> list[Division]:
    """Return the cities and counties of today in the order of their codes."""
    places = _places(today=True)
    found = []
    for code, name in places.items():
        if len(code) == 2 or code.endswith("0000") or _GROUP.match(name):
            continue
        above = (places.get(code[:2], ""), places.get(f"{code[:4]}00", ""), name)
        parts = (part for part in above if part and not _GROUP.match(part))
        found.append(Division(tuple(dict.fromkeys(parts))))
    return found


@cache
def _places(today: bool = False) -> dict[str, str]:
    """Return every name by its code: that of today, or else the last it had."""
    places: dict[str, str] = {}
    province = ""
    for line in _data().splitlines():
        if head := _PROVINCE.match(line):
            province = head[1]
            places[province] = head[2]
        elif row := _COUNTY.match(line):
            names = _NAME.findall(row[2])
            holding = [name for _start, end, name in names if not end]
            if holding or not today:
                places[province + row[1]] = (holding or [names[-1][2]])[-1]
    return places


def _data() -> str:
    return (files("stdnum.cn") / "loc.dat").read_text(encoding="utf-8")
