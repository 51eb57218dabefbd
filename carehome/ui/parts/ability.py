"""How well somebody can look after themselves: its word and its colour, everywhere."""

from carehome.i18n import _
from carehome.rules.residents import ABILITY_NAMES


def word(level: int | None) -> str:
    """Return the word of an ability level; without one, that it is not assessed."""
    return _("Not assessed") if level is None else _(ABILITY_NAMES[level])


def tone(level: int | None) -> str:
    """Return the tone of an ability level, as chips and cells take it."""
    return "quiet" if level is None else f"a{level}"
