"""Risks of daily care (GB 38600): what points to them, and how they are judged.

The standard gives no points: how high a risk is, is the judgement of who assesses.
The signs and measures of the form are ours and say so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, _

SOON = timedelta(days=30)  # before it is due people are told (ours)


class Risk(StrEnum):
    """The risks that a home has to guard against."""

    CHOKING = "choking"
    WRONG_INTAKE = "wrong_intake"
    PRESSURE_SORE = "pressure_sore"
    SCALD = "scald"
    BED_FALL = "bed_fall"
    FALL = "fall"
    GETTING_LOST = "getting_lost"
    HARM = "harm"
    ACTIVITY = "activity"


RISK_NAMES = {
    Risk.CHOKING: N_("Choking"),
    Risk.WRONG_INTAKE: N_("Wrong food or medicine"),
    Risk.PRESSURE_SORE: N_("Pressure sore"),
    Risk.SCALD: N_("Scald"),
    Risk.BED_FALL: N_("Fall from bed"),
    Risk.FALL: N_("Fall"),
    Risk.GETTING_LOST: N_("Getting lost"),
    Risk.HARM: N_("Harm to others or self"),
    Risk.ACTIVITY: N_("Accident in activities"),
}


class Level(IntEnum):
    """How high somebody judged a risk to be."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


LEVEL_NAMES = {
    Level.NONE: N_("None"),
    Level.LOW: N_("Low"),
    Level.MEDIUM: N_("Medium"),
    Level.HIGH: N_("High"),
}


class Ground(StrEnum):
    """A fact, known from elsewhere, that opens a risk."""

    FELL = "fell"
    GOT_LOST = "got_lost"
    CHOKED = "choked"
    HARMED_SELF = "harmed_self"
    AGGRESSION = "aggression"
    LOW_MOOD = "low_mood"
    SWALLOWING = "swallowing"
    SORE = "sore"
    COMA = "coma"
    CANNOT_TURN = "cannot_turn"
    CANNOT_TRANSFER = "cannot_transfer"
    UNSTEADY = "unsteady"
    INCONTINENT = "incontinent"
    DEMENTIA = "dementia"
    DISORIENTED = "disoriented"
    SIGHT = "sight"
    MEDICINES = "medicines"
    SEIZURES = "seizures"


GROUND_NAMES = {
    Ground.FELL: N_("a fall within 30 days"),
    Ground.GOT_LOST: N_("got lost within 30 days"),
    Ground.CHOKED: N_("choked within 30 days"),
    Ground.HARMED_SELF: N_("suicide attempt or self-harm within 30 days"),
    Ground.AGGRESSION: N_("aggressive behaviour"),
    Ground.LOW_MOOD: N_("low spirits"),
    Ground.SWALLOWING: N_("trouble with swallowing"),
    Ground.SORE: N_("has a pressure sore"),
    Ground.COMA: N_("unconscious"),
    Ground.CANNOT_TURN: N_("cannot turn over in bed alone"),
    Ground.CANNOT_TRANSFER: N_("needs help between bed and chair"),
    Ground.UNSTEADY: N_("unsteady on the feet"),
    Ground.INCONTINENT: N_("incontinent"),
    Ground.DEMENTIA: N_("dementia"),
    Ground.DISORIENTED: N_("does not find the way alone"),
    Ground.SIGHT: N_("poor eyesight"),
    Ground.MEDICINES: N_("takes several medicines"),
    Ground.SEIZURES: N_("epilepsy"),
}


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
Openings = Mapping[Risk, tuple[Ground, ...]]


def check_finished(answers: Answers, openings: Openings) -> None:
    """Raise unless every risk is judged, with its grounds and with its measures."""
    missing = [risk for risk in Risk if answers.get(risk, Answer()).level is None]
    if missing:
        raise NotJudged(risks=_(", ").join(_(RISK_NAMES[risk]) for risk in missing))
    for risk in Risk:
        check_answer(risk, answers[risk], openings.get(risk, ()))


def check_answer(risk: Risk, answer: Answer, grounds: Sequence[Ground] = ()) -> None:
    """Raise when one judged risk lacks its ground, its reason or its measures."""
    name = _(RISK_NAMES[risk])
    if answer.level is Level.NONE and grounds and not answer.reason.strip():
        raise ReasonMissing(risk=name, grounds=said(grounds))
    if answer.is_at_risk:
        if not answer.signs and not answer.reason.strip():
            raise GroundMissing(risk=name)
        if not answer.measures:
            raise MeasureMissing(risk=name)


def said(grounds: Iterable[Ground]) -> str:
    """Return grounds as a sentence lists them."""
    return _(", ").join(_(GROUND_NAMES[ground]) for ground in grounds)


def check_told(assessed_on: date, told_on: date) -> None:
    """Raise ToldTooEarly when somebody was told before the assessment."""
    if told_on < assessed_on:
        raise ToldTooEarly(day=assessed_on)


def check_signed(told_on: date | None, signed_on: date) -> None:
    """Raise NotTold or SignedTooEarly when the signature comes before the telling."""
    if told_on is None:
        raise NotTold
    if signed_on < told_on:
        raise SignedTooEarly(day=told_on)


def due_on(assessed_on: date) -> date:
    """Return the last day on which the risks are to be assessed anew: yearly."""
    is_leap_day = (assessed_on.month, assessed_on.day) == (2, 29)
    day = 28 if is_leap_day else assessed_on.day
    return assessed_on.replace(year=assessed_on.year + 1, day=day)


class Need(StrEnum):
    """Why somebody's risks should be assessed."""

    FIRST = "first"  # lives here and was never assessed
    ARRIVAL = "arrival"  # is about to move in
    YEARLY = "yearly"
    NEW_GROUNDS = "new-grounds"


NEED_NAMES = {
    Need.FIRST: N_("Never assessed"),
    Need.ARRIVAL: N_("Before moving in"),
    Need.YEARLY: N_("Yearly"),
    Need.NEW_GROUNDS: N_("Something has changed"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """When and why somebody's risks are to be assessed; `grounds` are the new ones."""

    day: date
    need: Need
    grounds: tuple[Ground, ...] = ()

    def is_late(self, today: date) -> bool:
        """Say whether the day has passed."""
        return self.day < today


def due(
    arrives_on: date,
    assessed_on: date | None,
    is_here: bool,
    fresh: Sequence[tuple[Ground, date]] = (),
) -> Due:
    """Say when and why the risks of a resident are to be assessed next.

    `fresh` are the grounds that came up since, each with its day.
    """
    if assessed_on is None:
        return Due(arrives_on, Need.FIRST if is_here else Need.ARRIVAL)
    if fresh:
        days = [day for _ground, day in fresh]
        return Due(min(days), Need.NEW_GROUNDS, tuple(ground for ground, _day in fresh))
    return Due(due_on(assessed_on), Need.YEARLY)
