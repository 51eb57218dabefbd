"""The words by which lists of equipment are read: titles, and names of kinds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from carehome import paths
from carehome.i18n import N_
from carehome.rules.roll.lists import Titles
from carehome.rules.roll.words import fold


class Field(StrEnum):
    """What a column of a list of equipment can tell."""

    KIND = "kind"
    PLACE = "place"
    MODEL = "model"
    MADE = "made"
    COUNT = "count"
    SERVED = "served"
    BY = "by"
    NOTE = "note"


LABELS: Mapping[Field, str] = {
    Field.KIND: N_("Kind of equipment"),
    Field.PLACE: N_("Where it hangs"),
    Field.MODEL: N_("Model"),
    Field.MADE: N_("Manufactured on"),
    Field.COUNT: N_("How many pieces"),
    Field.SERVED: N_("Last service"),
    Field.BY: N_("Serviced by"),
    Field.NOTE: N_("Note"),
}


@dataclass(frozen=True, slots=True)
class EquipmentWords:
    """All words of one edition; `kinds` leads from a folded name to the kind's code."""

    titles: Titles[Field]
    kinds: Mapping[str, str]
    sums: tuple[str, ...]


@cache
def shipped() -> EquipmentWords:
    """Return the words that come with the program."""
    path = paths.resource("forms") / "equipment-roll.json"
    data = json.loads(path.read_text("utf-8"))
    exact: dict[str, Field] = {}
    part: list[tuple[str, Field]] = []
    for name, titles in data["fields"].items():
        exact |= {fold(word): Field(name) for word in titles["exact"]}
        part += [(fold(word), Field(name)) for word in titles["part"]]
    part.sort(key=lambda each: -len(each[0]))
    needed = (Field.KIND, Field.PLACE)
    return EquipmentWords(
        Titles(exact, tuple(part), needed, Field.PLACE, fewest=2),
        {fold(word): code for code, words in data["kinds"].items() for word in words},
        tuple(map(fold, data["sum_words"])),
    )
