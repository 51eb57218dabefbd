"""How levels, scores and the kinds of what is due are said on the screens."""

from carehome.i18n import _
from carehome.rules.assessments.form import Form
from carehome.rules.assessments.judging import Judgement
from carehome.services.assessments import AssessmentState
from carehome.ui.parts import ability


def level_word(form: Form, level: int) -> str:
    """Return what a form calls a level."""
    return form.levels[level].short


def decided_word(state: AssessmentState) -> str:
    """Return what the form calls the level that was decided on in the end."""
    return "" if state.level is None else level_word(state.form, state.level)


def level_tone(form: Form, level: int | None) -> str:
    """Return the colour of a level of a form."""
    return ability.tone(None if level is None else form.ability_of(level))


def level_so_far(form: Form, judgement: Judgement) -> str:
    """Say which level it is, or which can still come out."""
    if judgement.level is not None:
        return level_word(form, judgement.level)
    if not judgement.possible:
        return _("Not covered by the standard")
    best, worst = judgement.possible[0], judgement.possible[-1]
    if best == worst:
        return level_word(form, best)
    return _("{best} to {worst}").format(
        best=level_word(form, best), worst=level_word(form, worst)
    )


def change_of(before: int | None, after: int | None) -> str:
    """Return how many points more or less, with its sign."""
    if before is None or after is None or before == after:
        return ""
    return f"{after - before:+d}"
