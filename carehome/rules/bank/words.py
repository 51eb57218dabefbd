"""What banks write of their own deeds: charges, interest, settlements of cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from carehome import paths
from carehome.rules.figures import read_toml
from carehome.rules.ledger.accounts import Code
from carehome.rules.roll.words import fold
from carehome.rules.rulepacks import FilePart

SCHEMA = "carehome/bank-words/1"


@dataclass(frozen=True, slots=True)
class Words:
    """By which words a line tells what it is; all of them are folded."""

    charge: tuple[str, ...]
    interest: tuple[str, ...]
    card: tuple[str, ...]
    transfers: Mapping[str, Code]


@cache
def read_words() -> Words:
    """Return the words that came with the program."""
    whole = read_toml(paths.resource("bank_words.toml"), SCHEMA)
    return Words(
        charge=_folded(whole, "charge"),
        interest=_folded(whole, "interest"),
        card=_folded(whole, "card"),
        transfers={
            fold(word): Code(part.choice("place", tuple(Code)))
            for part in whole.parts("transfers")
            for word in part.texts("words")
        },
    )


def _folded(whole: FilePart, of: str) -> tuple[str, ...]:
    return tuple(map(fold, whole.texts(of)))


def tells(text: str, words: tuple[str, ...]) -> bool:
    """Say whether a text holds one of some words."""
    folded = fold(text)
    return any(word in folded for word in words)
