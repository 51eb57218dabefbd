"""What is judged: the nine risks, how high one is, and the facts that open one."""

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from carehome.i18n import N_, _


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
    MENTAL_DISORDER = "mental_disorder"
    SWALLOWING = "swallowing"
    SORE = "sore"
    COMA = "coma"
    CANNOT_TURN = "cannot_turn"
    UNSTEADY = "unsteady"
    WEAK_BONES = "weak_bones"
    INCONTINENT = "incontinent"
    MALNOURISHED = "malnourished"
    DEMENTIA = "dementia"
    DISORIENTED = "disoriented"
    SIGHT = "sight"
    MEDICINES = "medicines"
    SEIZURES = "seizures"


RECENT = frozenset(  # what happened lately, and is no ground a year later
    {
        *(Ground.FELL, Ground.GOT_LOST, Ground.CHOKED, Ground.HARMED_SELF),
        *(Ground.AGGRESSION, Ground.LOW_MOOD),
    }
)
GROUND_NAMES = {
    Ground.FELL: N_("a fall within 30 days"),
    Ground.GOT_LOST: N_("got lost within 30 days"),
    Ground.CHOKED: N_("choked within 30 days"),
    Ground.HARMED_SELF: N_("suicide attempt or self-harm within 30 days"),
    Ground.AGGRESSION: N_("aggressive behaviour"),
    Ground.LOW_MOOD: N_("low spirits"),
    Ground.MENTAL_DISORDER: N_("a mental disorder"),
    Ground.SWALLOWING: N_("trouble with swallowing"),
    Ground.SORE: N_("has a pressure sore"),
    Ground.COMA: N_("unconscious"),
    Ground.CANNOT_TURN: N_("cannot turn over in bed alone"),
    Ground.UNSTEADY: N_("unsteady on the feet"),
    Ground.WEAK_BONES: N_("stroke, Parkinson's disease, weak or broken bones"),
    Ground.INCONTINENT: N_("incontinent"),
    Ground.MALNOURISHED: N_("undernourished"),
    Ground.DEMENTIA: N_("dementia"),
    Ground.DISORIENTED: N_("does not find the way alone"),
    Ground.SIGHT: N_("poor eyesight"),
    Ground.MEDICINES: N_("takes several medicines"),
    Ground.SEIZURES: N_("epilepsy"),
}


def said(grounds: Iterable[Ground]) -> str:
    """Return grounds as a sentence lists them."""
    return _(", ").join(_(GROUND_NAMES[ground]) for ground in grounds)
