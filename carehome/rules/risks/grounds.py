"""What an ability assessment tells of risks, whatever its form."""

from collections.abc import Mapping
from fractions import Fraction

from carehome.rules.assessments.answers import Answers, Score, Signs
from carehome.rules.risks.kinds import Ground

MEDICINES = "A.4.2"  # where the forms list them
MANY_MEDICINES = 5  # from so many on mistakes are likely (ours)
SEIZURES = frozenset({"16"})  # diseases as GB/T 42195, A.4.1 numbers them
WEAK_BONES = frozenset({"6", "7", "9", "15", "20"})
HALF, MOST = Fraction(1, 2), Fraction(3, 4)  # of what an item can lose (ours)


def grounds_of(signs: Signs, answers: Answers) -> tuple[Ground, ...]:
    """Return the grounds that an assessment gives, in their order."""
    scores = signs.scores
    walking = scores.get("walking")
    medicines = answers.get(MEDICINES)
    holds = {
        Ground.FELL: signs.falls,
        Ground.GOT_LOST: signs.lost,
        Ground.CHOKED: signs.choking,
        Ground.HARMED_SELF: signs.self_harm,
        Ground.AGGRESSION: signs.aggression,
        Ground.LOW_MOOD: signs.low_mood,
        Ground.MENTAL_DISORDER: signs.mental_disorder,
        Ground.SWALLOWING: signs.swallowing_trouble or _lost(scores, 1, "eating"),
        Ground.SORE: signs.pressure_sore not in {"", "0"},
        Ground.COMA: signs.coma or _lost(scores, 1, "consciousness"),
        Ground.CANNOT_TURN: _lost(scores, MOST, "bed_move")
        or _lost(scores, 1, "transfer"),
        Ground.UNSTEADY: walking and walking.needs_help and not walking.is_worst,
        Ground.WEAK_BONES: signs.diseases & WEAK_BONES,
        Ground.INCONTINENT: _lost(scores, MOST, "urine", "stool"),
        Ground.MALNOURISHED: signs.malnourished,
        Ground.DEMENTIA: signs.dementia,
        Ground.DISORIENTED: signs.lost_in_place,
        Ground.SIGHT: _lost(scores, HALF, "vision"),
        Ground.MEDICINES: isinstance(medicines, list)
        and len(medicines) >= MANY_MEDICINES,
        Ground.SEIZURES: signs.diseases & SEIZURES,
    }
    return tuple(ground for ground in Ground if holds[ground])


def _lost(scores: Mapping[str, Score], share: Fraction | int, *names: str) -> bool:
    """Say whether one of some items has lost at least `share` of what it can."""
    known = [scores[name] for name in names if name in scores]
    return any(
        Fraction(score.best - score.points, score.best - score.worst) >= share
        for score in known
    )
