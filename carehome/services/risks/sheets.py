"""Assessments of risks in the words of their paper."""

from datetime import date

from carehome.i18n import _, show_day
from carehome.reports.risks import RiskNotice, RiskText
from carehome.rules.residents import SEX_NAMES, age_on
from carehome.rules.risks import LEVEL_NAMES, RISK_NAMES, Risk
from carehome.services.risks.values import RiskState


def title(day: date) -> str:
    """Return what the scan of a signed notice is called."""
    return _("Risk notice of {day}").format(day=show_day(day))


def sheet_of(state: RiskState) -> RiskNotice:
    """Return an assessment as its paper tells it."""
    telling = state.telling
    return RiskNotice(
        state.resident,
        _(SEX_NAMES[state.sex]),
        age_on(state.born, state.head.day),
        state.bed,
        state.head.day,
        tuple(filter(None, (state.head.assessor, state.head.second_assessor))),
        tuple(_risk(state, risk) for risk in Risk),
        state.form.standard,
        state.is_finished,
        telling.told_to,
        telling.told_by,
        telling.told_on,
        telling.signer,
        telling.signed_on,
    )


def _risk(state: RiskState, risk: Risk) -> RiskText:
    answer = state.answers[risk]
    signs = {sign.code: sign.text for sign in state.form.sheet(risk).signs}
    grounds = [signs[code] for code in answer.signs if code in signs]
    reason = [answer.reason] if answer.reason else []
    return RiskText(
        _(RISK_NAMES[risk]),
        "" if answer.level is None else _(LEVEL_NAMES[answer.level]),
        answer.is_at_risk,
        (*grounds, *reason),
        answer.measures,
        answer.responsible,
    )
