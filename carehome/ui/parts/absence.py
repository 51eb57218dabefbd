"""Why somebody is away: its word and its colour, everywhere the same."""

from carehome.i18n import _
from carehome.rules.residents import ABSENCE_NAMES

_TONES = {"leave": "warn", "hospital": "info"}


def word(kind: str) -> str:
    """Return the word of a kind of absence."""
    return _(ABSENCE_NAMES[kind])


def tone(kind: str) -> str:
    """Return the tone of a kind of absence, as chips take it."""
    return _TONES[kind]
