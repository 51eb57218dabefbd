"""How a name is spelt in pinyin, so that typing letters finds it."""

import json
import os
from dataclasses import dataclass
from functools import cache

from carehome import paths

# The dictionary of phrases stays closed: names are none, and it takes 45 MB.
os.environ |= {"PYPINYIN_NO_PHRASES": "1", "PYPINYIN_NO_DICT_COPY": "1"}
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
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - takes long to load

    syllables: list[str] = lazy_pinyin(characters)
    return ["".join(filter(str.isalnum, syllable)).lower() for syllable in syllables]


@cache
def _readings() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = json.loads(
        paths.resource("names.json").read_text("utf-8")
    )
    return read
