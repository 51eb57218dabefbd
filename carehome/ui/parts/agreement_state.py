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
    """Say where an agreement stands, first of all what waits for a decision."""
    if _is_trial_over(line):
        return _("Trial over, to be decided")
    return _(STATE_NAMES[line.state])


def tone(line: AgreementLine) -> str:
    """Return the tone of where an agreement stands."""
    return "warn" if _is_trial_over(line) else TONES[line.state]


def _is_trial_over(line: AgreementLine) -> bool:
    """Say whether it runs on while nobody has decided how its trial stay ended."""
    return line.state is State.IN_FORCE and line.is_undecided
