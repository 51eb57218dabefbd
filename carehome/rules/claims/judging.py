"""Holding a claim against what the home knows: met, not met or unknown, and why."""

from collections.abc import Iterable
from datetime import date

from carehome.i18n import N_
from carehome.rules import divisions
from carehome.rules.claims.amounts import work_out
from carehome.rules.claims.claim import (
    YES,
    Asking,
    BadAnswer,
    Claim,
    Condition,
    ConditionKind,
    Facts,
    Judged,
    Mend,
    Question,
    State,
    Verdict,
)
from carehome.rules.figures import FigureKey, definitions, show
from carehome.rules.ratings.grades import GRADE_NAMES, Sense
from carehome.rules.today import words

MOST = 10**12


def judge(claim: Claim, facts: Facts) -> Judged:
    """Say of a claim whether it is met, not met or unknown, and why.

    What holds elsewhere only, or at another time, has no amount here.
    """
    place = _place(claim, facts)
    verdicts = (place, *_times(claim, facts.day))
    here = state_of(verdicts) is not State.NOT
    verdicts += tuple(_verdict(each, facts) for each in claim.conditions)
    worked = work_out(claim.amount, facts) if here and claim.amount else None
    elsewhere = place.state is State.NOT
    return Judged(claim, state_of(verdicts), verdicts, worked, elsewhere)


def state_of(verdicts: Iterable[Verdict]) -> State:
    """Return what conditions come to together: one that fails decides."""
    states = {each.state for each in verdicts}
    for state in (State.NOT, State.UNKNOWN):
        if state in states:
            return state
    return State.MET


def lies_in(path: tuple[str, ...], region: str, address: str) -> bool | None:
    """Say whether a home lies in a place, told from the province down; None = unknown.

    A city that is only named by what the address leaves out stays unknown.
    """
    if not path:
        return True
    told = {_is_inside(path, parts) for parts in divisions.told_by(region, address)}
    if not told:
        return False if region.strip() else None
    return told.pop() if len(told) == 1 else None


def _is_inside(path: tuple[str, ...], parts: tuple[str, ...]) -> bool | None:
    """Say whether a division lies in a place; unknown where it holds the place."""
    shared = min(len(path), len(parts))
    if path[:shared] != parts[:shared]:
        return False
    return True if len(parts) >= len(path) else None


def check_answer(question: Question, value: str) -> None:
    """Refuse an answer that does not fit its question."""
    if question.asking is Asking.YES_NO:
        if value not in (YES, "no"):
            raise BadAnswer
    elif not value.isdecimal() or int(value) > MOST:
        raise BadAnswer


def _place(claim: Claim, facts: Facts) -> Verdict:
    if not claim.region:
        text = words(N_("Holds in the whole country"))
        return Verdict(text, State.MET, words(N_("No place is named.")))
    named = "".join(claim.region)
    text = words(N_("Holds in {place} only"), place=named)
    inside = lies_in(claim.region, facts.region, facts.address)
    if inside is None:
        why = words(N_("The profile of the home does not say enough of where it lies."))
        return Verdict(text, State.UNKNOWN, why, Mend.PROFILE)
    place = facts.region or facts.address
    if inside:
        return Verdict(text, State.MET, words(N_("The home lies there.")))
    why = words(N_("The home lies in {place}."), place=place)
    return Verdict(text, State.NOT, why)


def _times(claim: Claim, day: date) -> tuple[Verdict, ...]:
    """Judge from when and until when a claim holds, where that is known."""
    found = []
    if claim.starts:
        state = State.MET if day >= claim.starts else State.NOT
        text = words(N_("Holds from {day} on"), day=claim.starts)
        found.append(Verdict(text, state, words(N_("Asked on {day}."), day=day)))
    if claim.ends:
        state = State.MET if day < claim.ends else State.NOT
        text = words(N_("Holds until before {day}"), day=claim.ends)
        found.append(Verdict(text, state, words(N_("Asked on {day}."), day=day)))
    return tuple(found)


def _verdict(condition: Condition, facts: Facts) -> Verdict:
    match condition.kind:
        case ConditionKind.FIGURE:
            return _by_figure(condition, facts)
        case ConditionKind.PROFILE:
            return _by_profile(condition, facts)
        case ConditionKind.STAR:
            return _by_star(condition, facts)
        case ConditionKind.ASK:
            return _by_answer(condition, facts)


def _by_figure(condition: Condition, facts: Facts) -> Verdict:
    """Judge by a figure; where others do as well, by the first that holds."""
    found = [_count(condition, key, facts) for key in condition.figures]
    for state in (State.MET, State.UNKNOWN):
        for verdict in found:
            if verdict.state is state:
                return verdict
    return found[0]


def _count(condition: Condition, key: FigureKey, facts: Facts) -> Verdict:
    definition, figure = definitions()[key], facts.figures.get(key)
    if figure is None or figure.value is None:
        why = (figure and figure.unknown) or words(N_("It is not counted."))
        return Verdict(condition.text, State.UNKNOWN, why, Mend.FIGURE, key)
    at_least = condition.sense is Sense.AT_LEAST
    holds = (
        figure.value >= condition.bound if at_least else figure.value <= condition.bound
    )
    why = words(
        N_("{figure}: {value}"),
        figure=definition.name,
        value=show(figure.value, definition.unit),
    )
    state = State.MET if holds else State.NOT
    return Verdict(condition.text, state, why, Mend.FIGURE, key)


def _by_profile(condition: Condition, facts: Facts) -> Verdict:
    value = facts.profile.get(condition.field, "").strip()
    if not value:
        why = words(N_("The profile of the home says nothing of it."))
        return Verdict(condition.text, State.UNKNOWN, why, Mend.PROFILE)
    holds = value in condition.among if condition.among else True
    why = words(N_("The profile of the home says so."))
    if not holds:
        why = words(N_("The profile of the home says otherwise."))
    state = State.MET if holds else State.NOT
    return Verdict(condition.text, state, why, Mend.PROFILE)


def _by_star(condition: Condition, facts: Facts) -> Verdict:
    if facts.star is None:
        why = words(N_("No grade that was awarded has been noted."))
        return Verdict(condition.text, State.UNKNOWN, why, Mend.STAR)
    why = words(N_("Holds: {grade}."), grade=words(GRADE_NAMES[facts.star]))
    state = State.MET if facts.star >= condition.bound else State.NOT
    return Verdict(condition.text, state, why, Mend.STAR)


def _by_answer(condition: Condition, facts: Facts) -> Verdict:
    question = condition.question
    assert question is not None, "what is asked has a question"
    said = facts.answers.get(question.code)
    if said is None:
        why = words(N_("Only the home can answer this."))
        return Verdict(condition.text, State.UNKNOWN, why, Mend.ASK, question.code)
    why = words(N_("Answered: yes.")) if said == YES else words(N_("Answered: no."))
    state = State.MET if said == condition.wanted else State.NOT
    return Verdict(condition.text, state, why, Mend.ASK, question.code)
