"""What the title of a column means, however a home words it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from carehome.rules.roll.words import FEES, Field, Words, fold

LONGEST = 24  # characters; longer cells are notes or titles of the sheet
_BRACKETED = re.compile(
    r"[(\[{\u3010\u3014\u300c]([^)\]}\u3011\u3015\u300d]*)[)\]}\u3011\u3015\u300d]?"
)
_STRAY = re.compile(r"^[\d.]+[.:]|[:*\u203b#\u3002.]+|\d+$")


class Strength(IntEnum):
    """How surely a title means a field."""

    WEAK = 1
    PART = 2
    EXACT = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field a title stands for, whether with phones, perhaps the resident's own."""

    field: Field
    strength: Strength
    has_phone: bool = False
    is_open: bool = False


def meaning(title: str, parents: Sequence[str], words: Words) -> Meaning | None:
    """Say what a column means by its title and those merged above it."""
    leaf, inner = _leaf(title)
    if not leaf or len(leaf) > LONGEST or leaf in words.ignored:
        return None
    if leaf.startswith(fold(words.reason)):
        return None
    above = [*map(fold, parents), *inner]
    if any(owner in text for text in above for owner in words.contact.owners):
        return _of_contact(leaf, words)
    found = _under_fees(leaf, above, words) or _exact(leaf, above, words)
    if found or any(word in leaf for word in words.staff):
        return found
    if any(owner in leaf for owner in words.contact.owners):
        return _of_contact(leaf, words)
    return _generic(leaf, words) or _in_part(leaf, words) or _weak(leaf, words)


def fee(title: str, words: Words) -> Field | None:
    """Read a bare `bed` or `care` as its fee, for columns that mean nothing else."""
    leaf, _ = _leaf(title)
    found = _under_fees(leaf, words.fee_parents, words)
    return found.field if found else None


def _leaf(title: str) -> tuple[str, list[str]]:
    """Return a title without brackets and stray signs, and what was in brackets."""
    text = unicodedata.normalize("NFKC", title)
    inner = [fold(part) for part in _BRACKETED.findall(text)]
    bare = _STRAY.sub("", fold(_BRACKETED.sub("", text)))
    return (bare, inner) if bare else (_STRAY.sub("", "".join(inner)), [])


def _wordings(leaf: str, words: Words) -> Iterator[str]:
    """Return a title as it stands and without units, months and numbers around it."""
    yield leaf
    bare = leaf
    for tail in words.title_tails:
        bare = bare.removesuffix(tail)
    yield bare
    for head in words.title_heads:
        bare = bare.removeprefix(head)
    yield bare
    yield bare.rstrip(words.numerals)


def _exact(leaf: str, above: Sequence[str], words: Words) -> Meaning | None:
    """Look a title up as it is, then joined to the title above it."""
    for text in _wordings(leaf, words):
        for field, titles in words.titles.items():
            if text in titles.exact:
                return Meaning(field, Strength.EXACT)
    for parent in above:
        for field, titles in words.titles.items():
            if parent + leaf in titles.exact:
                return Meaning(field, Strength.EXACT)
    return None


def _under_fees(leaf: str, above: Sequence[str], words: Words) -> Meaning | None:
    """Read `bed` under `fees` as the bed fee."""
    if not any(word in text for text in above for word in words.fee_parents):
        return None
    for text in _wordings(leaf, words):
        for field in (*FEES, Field.DEPOSIT):
            exact = words.titles[field].exact
            if text in exact or text + words.fee_suffix in exact:
                return Meaning(field, Strength.EXACT)
    return None


def _of_contact(leaf: str, words: Words) -> Meaning | None:
    """Read a title about family: whose name, which relation, whose phone."""
    contact = words.contact
    if any(text in contact.relation for text in _wordings(leaf, words)):
        return Meaning(Field.RELATION, Strength.EXACT)
    rest = leaf
    for word in (*contact.owners, *contact.marks):
        rest = rest.replace(word, "")
    rest = rest.rstrip(words.numerals)
    joined = rest.removeprefix(next(filter(rest.startswith, contact.joiners), ""))
    if not rest or rest in contact.name:
        return Meaning(Field.CONTACT, Strength.EXACT)
    if rest in contact.phone:
        return Meaning(Field.CONTACT_PHONE, Strength.EXACT, has_phone=True)
    if joined in contact.phone:
        return Meaning(Field.CONTACT, Strength.EXACT, has_phone=True)
    if joined in contact.relation:
        return Meaning(Field.RELATION, Strength.EXACT)
    return None


def _generic(leaf: str, words: Words) -> Meaning | None:
    """Read a bare `relation` or `phone`, which are mostly those of the family."""
    for text in _wordings(leaf, words):
        if text in words.contact.relation:
            return Meaning(Field.RELATION, Strength.EXACT)
        if text in words.contact.phone:
            return Meaning(Field.CONTACT_PHONE, Strength.EXACT, True, True)
    return None


def _in_part(leaf: str, words: Words) -> Meaning | None:
    """Take the field with the longest word within the title."""
    hits = [
        (len(part), field)
        for field, titles in words.titles.items()
        for part in titles.part
        if part in leaf and not any(word in leaf for word in titles.never)
    ]
    if not hits:
        return None
    longest = max(length for length, _ in hits)
    field = next(field for length, field in hits if length == longest)
    return Meaning(field, Strength.PART)


def _weak(leaf: str, words: Words) -> Meaning | None:
    """Look up the words that mean a field only where no better title does."""
    for text in _wordings(leaf, words):
        for field, titles in words.titles.items():
            if text in titles.weak:
                return Meaning(field, Strength.WEAK)
    return None
