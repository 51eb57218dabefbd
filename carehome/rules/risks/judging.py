"""How risks are judged: what each needs to be said, and telling the family of them.

The standard gives no points: how high a risk is, is the judgement of who assesses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.risks.form import Opening
from carehome.rules.risks.kinds import RISK_NAMES, Level, Risk, said


class NotJudged(Refusal):
    """A risk was passed over."""

    text = N_("Still to be judged: {risks}. Type 0 to 3 for each, 0 if there is none.")


class ReasonMissing(Refusal):
    """A known fact speaks for a risk that is judged to be none."""

    text = N_(
        "{risk}: {grounds}. Judge it as a risk, or write down why it is none all the "
        "same."
    )


class GroundMissing(Refusal):
    """A risk was judged without saying what points to it."""

    text = N_("{risk}: tick what points to this risk, or write it down.")


class MeasureMissing(Refusal):
    """Somebody is at risk and nothing is done about it."""

    text = N_("{risk}: choose at least one measure.")


class AssessorMissing(Refusal):
    """Nobody stands for the judgement."""

    text = N_("Type who has assessed the risks.")


class NotFinished(Refusal):
    """What is half done is not explained yet."""

    text = N_("Finish the assessment first; then explain it.")


class EndedTooEarly(Refusal):
    """A measure cannot end before it began."""

    text = N_("This measure holds since {day}. Choose that day or a later one.")


class ToldTooEarly(Refusal):
    """Nobody can be told of what was not yet assessed."""

    text = N_("The risks were assessed on {day}. Choose that day or a later one.")


class SignedTooEarly(Refusal):
    """Nobody signs before being told."""

    text = N_("This was explained on {day}. Choose that day or a later one.")


class NotTold(Refusal):
    """A signature says that the risks were explained."""

    text = N_("Note first to whom the risks were explained, and when.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is written of one risk; `level` is None until it is judged."""

    level: Level | None = None
    signs: tuple[str, ...] = ()
    reason: str = ""
    measures: tuple[str, ...] = ()
    responsible: str = ""

    @property
    def is_at_risk(self) -> bool:
        """Say whether it was judged to be a risk at all."""
        return self.level is not None and self.level > Level.NONE


Answers = Mapping[Risk, Answer]
Openings = Mapping[Risk, Opening]


def check_finished(answers: Answers, openings: Openings) -> None:
    """Raise unless every risk is judged, with its grounds and with its measures."""
    missing = [risk for risk in Risk if answers.get(risk, Answer()).level is None]
    if missing:
        raise NotJudged(risks=_(", ").join(_(RISK_NAMES[risk]) for risk in missing))
    for risk in Risk:
        check_answer(risk, answers[risk], openings.get(risk))


def check_answer(risk: Risk, answer: Answer, opening: Opening | None = None) -> None:
    """Raise when one judged risk lacks its ground, its reason or its measures."""
    name = _(RISK_NAMES[risk])
    if answer.level is Level.NONE and opening and not answer.reason.strip():
        raise ReasonMissing(risk=name, grounds=said(opening.grounds))
    if answer.is_at_risk:
        if not answer.signs and not answer.reason.strip():
            raise GroundMissing(risk=name)
        if not answer.measures:
            raise MeasureMissing(risk=name)


def check_told(assessed_on: date, is_finished: bool, told_on: date) -> None:
    """Raise NotFinished or ToldTooEarly when there is nothing to be told yet."""
    if not is_finished:
        raise NotFinished
    if told_on < assessed_on:
        raise ToldTooEarly(day=assessed_on)


def check_signed(told_on: date | None, signed_on: date) -> None:
    """Raise NotTold or SignedTooEarly when the signature comes before the telling."""
    if told_on is None:
        raise NotTold
    if signed_on < told_on:
        raise SignedTooEarly(day=told_on)


def check_assessor(name: str) -> None:
    """Raise AssessorMissing unless somebody stands for the judgement."""
    if not name.strip():
        raise AssessorMissing


def check_ended(starts: date, ends: date) -> None:
    """Raise EndedTooEarly when a measure ends before it began."""
    if ends < starts:
        raise EndedTooEarly(day=starts)
