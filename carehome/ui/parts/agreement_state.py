"""The states of an agreement in the colours and words of the house."""

from carehome.i18n import _
from carehome.rules.agreements import STATE_NAMES, State
from carehome.services.agreements import AgreementLine

TONES = {
    State.NOTED: "warn",
    State.DRAWN_UP: "warn",
    State.SIGNED: "info",
    State.ON_TRIAL: "info",
    State.IN_FORCE: "ok",
    State.ENDING: "warn",
    State.ENDED: "quiet",
    State.VOID: "quiet",
}


def word(line: AgreementLine) -> str:
    """Say where an agreement stands."""
    return _(STATE_NAMES[line.state])


def tone(line: AgreementLine) -> str:
    """Return the tone of where an agreement stands."""
    return TONES[line.state]
