"""How a name is spelt in pinyin, so that typing letters finds it."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby

from carehome import paths

MOST_SPELLINGS = 4  # of one name; more would only find too much


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in letters; syllables parted by blanks, other readings by slashes."""

    full: str
    initials: str


def spell(name: str) -> Spelling:
    """Return how `name` is spelt, the reading as a surname first."""
    characters = [character for character in name if character.isalnum()]
    common = _common("".join(characters))
    if len(common) != len(characters):  # Latin letters stay together
        return _spelling([common])
    family = _with_surname(characters, common)
    spellings = [family, common]
    for place, character in enumerate(characters[1:], 1):
        if other := _readings()["readings"].get(character):
            spellings += [[*old[:place], other, *old[place + 1 :]] for old in spellings]
    return _spelling(spellings)


def _with_surname(characters: list[str], common: list[str]) -> list[str]:
    """Return the syllables with a surname of one or two characters read as such."""
    for length in (2, 1):
        reading = _readings()["surnames"].get("".join(characters[:length]))
        if reading:
            return [*reading.split(), *common[length:]]
    return common


def _spelling(spellings: list[list[str]]) -> Spelling:
    distinct = list(dict.fromkeys(" ".join(syllables) for syllables in spellings))
    chosen = distinct[:MOST_SPELLINGS]
    initials = dict.fromkeys(
        "".join(syllable[0] for syllable in full.split()) for full in chosen
    )
    return Spelling("/".join(chosen), "/".join(initials))


def _common(characters: str) -> list[str]:
    """Return the usual reading of each character; letters stay words."""
    syllables = []
    for reading, same in groupby(characters, _reading):
        read = list(same)
        syllables += [reading] * len(read) if reading else ["".join(read).lower()]
    return syllables


@cache
def _reading(character: str) -> str:
    """Return how a character is usually read; empty for what is no Chinese."""
    syllables, starts, characters = _syllables()
    place = characters.find(character)
    return syllables[bisect_right(starts, place) - 1] if place >= 0 else ""


@cache
def _syllables() -> tuple[list[str], list[int], str]:
    """Return the syllables, where the characters of each start, and all of these.

    One text is looked through in no time; a dictionary would take 8 MB.
    """
    lines = paths.resource("pinyin.txt").read_text("utf-8").splitlines()
    syllables = [line.split()[0] for line in lines]
    groups = [line.split()[1] for line in lines]
    starts = accumulate(map(len, groups[:-1]), initial=0)
    return syllables, list(starts), "".join(groups)


@cache
def _readings() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = json.loads(
        paths.resource("names.json").read_text("utf-8")
    )
    return read
