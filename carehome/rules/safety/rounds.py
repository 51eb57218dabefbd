"""Rounds against the plan: what is due, missed or late, and what looks wrong.

A round stands for the window it was made for, whatever the clock said; what does not
fit is marked, never dropped. The marks are questions to ask, not proof.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.safety.dues import Due
from carehome.rules.safety.plan import Planned, Rhythm

STEP_BACK = timedelta(minutes=2)  # a clock that is set by the net may step a little


class RoundState(StrEnum):
    """How far a round has come."""

    OPEN = "open"
    FINISHED = "finished"
    VOID = "void"


class Verdict(StrEnum):
    """What was found at one item; NONE where there is no such thing here."""

    OK = "ok"
    FAILED = "failed"
    NONE = "none"


STATE_NAMES: Mapping[RoundState, str] = {
    RoundState.OPEN: N_("Under way"),
    RoundState.FINISHED: N_("Finished round"),
    RoundState.VOID: N_("Void round"),
}
VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.OK: N_("In order"),
    Verdict.FAILED: N_("Not in order"),
    Verdict.NONE: N_("Not to be found here"),
}


class Standing(StrEnum):
    """How a round that is due stands at a moment."""

    COMING = "coming"
    DUE = "due"
    MADE = "made"
    MADE_LATE = "made_late"
    MISSED = "missed"


STANDING_NAMES = {
    Standing.COMING: N_("To come"),
    Standing.DUE: N_("Due now"),
    Standing.MADE: N_("Made"),
    Standing.MADE_LATE: N_("Made late"),
    Standing.MISSED: N_("Missed"),
}


class Mark(StrEnum):
    """What is unusual about a round."""

    LATE = "late"
    AHEAD = "ahead"
    AFTERWARDS = "afterwards"
    HASTE = "haste"
    TOGETHER = "together"
    APART = "apart"
    PERFECT = "perfect"
    CLOCK = "clock"


MARK_NAMES = {
    Mark.LATE: N_("Made after its time"),
    Mark.AHEAD: N_("Made before its time"),
    Mark.AFTERWARDS: N_("Entered afterwards"),
    Mark.HASTE: N_("All answers within moments"),
    Mark.TOGETHER: N_("Entered along with another round"),
    Mark.APART: N_("Too long after the round before"),
    Mark.PERFECT: N_("Nothing ever found"),
    Mark.CLOCK: N_("The computer's clock was set back"),
}
SUSPICIOUS = frozenset(
    {Mark.AHEAD, Mark.HASTE, Mark.TOGETHER, Mark.APART, Mark.PERFECT, Mark.CLOCK}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as odd; no text gives figures, so the home does.

    Answers within `haste_seconds` are too fast, but for up to `few_items` of them; so
    are two rounds entered within that time. A round is entered afterwards that many
    minutes after its end. `in_a_row` is how many rounds of one plan without a finding
    are too good, `apart_minutes` how much later than planned the next of a night is.
    """

    haste_seconds: int = 60
    few_items: int = 4
    afterwards_minutes: int = 30
    in_a_row: int = 60
    apart_minutes: int = 30

    @property
    def haste(self) -> timedelta:
        """What is done within less than this is done too fast."""
        return timedelta(seconds=self.haste_seconds)

    @property
    def afterwards(self) -> timedelta:
        """What is entered later than this after its end is entered afterwards."""
        return timedelta(minutes=self.afterwards_minutes)


LIMITS = Limits()
_BOUNDS = {
    "haste_seconds": (0, 3600),
    "few_items": (0, 100),
    "afterwards_minutes": (1, 1440),
    "in_a_row": (2, 1000),
    "apart_minutes": (0, 720),
}


class BadOddLimit(Refusal):
    """A limit is out of its bounds."""

    text = N_("Give a number from {least} to {most}.")


def check_limits(limits: Limits) -> None:
    """Refuse limits that mark everything, or nothing ever."""
    for name in _BOUNDS:
        check_limit(name, getattr(limits, name))


def check_limit(name: str, value: int) -> None:
    """Refuse a value that one of the limits cannot have."""
    least, most = _BOUNDS[name]
    if not least <= value <= most:
        raise BadOddLimit(least=least, most=most)


class Made(NamedTuple):
    """A finished round: when it was made as told, and what the program's clock said.

    Its sheet was `opened`, and `entered` when it was finished in the program; `first`
    and `last` are the moments of its answers. `due` is the window it was made for.
    A year has thousands, and a tuple is made in a tenth of the time.
    """

    round_id: int
    plan_id: int | None
    due: Due | None
    started: datetime
    ended: datetime
    opened: datetime
    entered: datetime
    failed: int
    answers: int
    first: datetime | None = None
    last: datetime | None = None


class Answering(NamedTuple):
    """The round that answers to a window; without an end its sheet is still open."""

    round_id: int
    ended: datetime | None
    is_printed: bool = False


class Slot(NamedTuple):
    """A due round, how it stands, and the round that answers to it."""

    due: Due
    standing: Standing
    round_id: int | None = None
    is_printed: bool = False


Marks = defaultdict[int, set[Mark]]  # of many rounds, while they are being judged


def slots(
    due: Iterable[Due],
    answering: Mapping[tuple[int, datetime], Answering],
    now: datetime,
) -> list[Slot]:
    """Say of every due round how it stands at `now`.

    Of each window there is one round at most, known by its plan and beginning. Made
    late is better than missed, and both are told apart.
    """
    return [_slot(each, answering.get((each.plan_id, each.opens)), now) for each in due]


def _slot(due: Due, found: Answering | None, now: datetime) -> Slot:
    standing = _standing(due, found.ended if found else None, now)
    if found is None:
        return Slot(due, standing)
    return Slot(due, standing, found.round_id, found.is_printed)


def _standing(due: Due, ended: datetime | None, now: datetime) -> Standing:
    if ended is not None:
        return Standing.MADE_LATE if ended >= due.closes else Standing.MADE
    if now >= due.closes:
        return Standing.MISSED
    return Standing.DUE if now >= due.opens else Standing.COMING


def marks(
    made: Sequence[Made],
    plans: Mapping[int, Planned],
    perfect_before: Mapping[int, int],
    limits: Limits = LIMITS,
) -> dict[int, tuple[Mark, ...]]:
    """Return the marks of every round that has some, in their fixed order.

    `perfect_before` counts for each plan the rounds in a row, just before the first of
    `made`, in which nothing was found.
    """
    found: Marks = defaultdict(set)
    for each in made:
        _judge_alone(each, limits, found)
    in_order = sorted(made, key=lambda each: each.round_id)
    _judge_clock(in_order, found)
    _judge_entries(made, limits, found)
    of_plan: defaultdict[int, list[Made]] = defaultdict(list)
    for each in in_order:
        if each.plan_id is not None:
            of_plan[each.plan_id].append(each)
    for plan_id, rounds in of_plan.items():
        rounds.sort(key=lambda each: each.started)
        _judge_always(rounds, perfect_before.get(plan_id, 0), limits, found)
        _judge_apart(rounds, plans.get(plan_id), limits, found)
    order = list(Mark)
    return {key: tuple(sorted(each, key=order.index)) for key, each in found.items()}


def _judge_alone(made: Made, limits: Limits, found: Marks) -> None:
    due = made.due
    is_afterwards = made.entered - made.ended > limits.afterwards
    if due is not None:
        if made.ended >= due.closes:
            found[made.round_id].add(Mark.LATE)
        if made.started < due.opens:
            found[made.round_id].add(Mark.AHEAD)
    if is_afterwards:
        found[made.round_id].add(Mark.AFTERWARDS)
    # A sheet of paper is typed in as fast as one types.
    if is_afterwards or made.answers <= limits.few_items:
        return
    if made.first and made.last and made.last - made.first < limits.haste:
        found[made.round_id].add(Mark.HASTE)


def _judge_clock(made: Sequence[Made], found: Marks) -> None:
    """Mark what the program's own clock tells; numbers only ever rise."""
    for each in made:
        was_set_back = each.entered < each.opened - STEP_BACK
        if was_set_back:
            found[each.round_id].add(Mark.CLOCK)
    for one, other in pairwise(made):
        was_set_back = other.opened < one.opened - STEP_BACK
        if was_set_back:
            found[other.round_id].add(Mark.CLOCK)


def _judge_entries(made: Iterable[Made], limits: Limits, found: Marks) -> None:
    haste = limits.haste
    for one, other in pairwise(sorted(made, key=lambda each: each.entered)):
        is_together = other.entered - one.entered < haste
        if is_together:
            found[one.round_id].add(Mark.TOGETHER)
            found[other.round_id].add(Mark.TOGETHER)


def _judge_always(
    made: Sequence[Made], in_a_row: int, limits: Limits, found: Marks
) -> None:
    """Mark the round that completes another long row without any finding."""
    for each in made:
        in_a_row = 0 if each.failed else in_a_row + 1
        is_long = in_a_row > 0 and in_a_row % limits.in_a_row == 0
        if is_long:
            found[each.round_id].add(Mark.PERFECT)


def _judge_apart(
    made: Sequence[Made], planned: Planned | None, limits: Limits, found: Marks
) -> None:
    """Mark rounds of one night that leave the home unseen for longer than planned."""
    if planned is None or planned.rhythm is not Rhythm.NIGHT:
        return
    most = timedelta(minutes=(planned.every or 0) + limits.apart_minutes)
    evening = timedelta(minutes=planned.night_from or 0)
    nights = [each.due and (each.due.opens - evening).date() for each in made]
    for (one, night), (other, next_night) in pairwise(zip(made, nights, strict=True)):
        is_same = night is not None and night == next_night
        if is_same and other.started - one.ended > most:
            found[other.round_id].add(Mark.APART)


class ClockBehind(Refusal):
    """A round cannot end before it began, nor lie in what is to come."""

    text = N_(
        "A round ends after it began and not later than now. Check the two times."
    )


def check_times(started: datetime, ended: datetime, now: datetime) -> None:
    """Refuse times of a round that cannot be."""
    if not started <= ended <= now:
        raise ClockBehind


class CodeWrong(Refusal):
    """A typed code has a slip in it."""

    text = N_("“{typed}” is no code of a sheet. Compare it with the printed one.")


class CodeOfEquipment(Refusal):
    """The label of equipment was scanned where a sheet is looked for."""

    text = N_(
        "“{typed}” is the label of equipment and not a sheet of a round. Look it up "
        "under “Equipment”."
    )


_LABEL = re.compile(r"E[- ]?\d+")
_CODE = re.compile(r"(?:XC)?[- ]?(\d{6,9})[- ]?(\d\d)")


def code(round_id: int) -> str:
    """Return the code of a round's sheet, safe against a slip in typing."""
    return f"XC-{round_id:06d}-{98 - round_id * 100 % 97:02d}"


def read_code(typed: str) -> int:
    """Return the round that a typed or scanned code means."""
    plain = unicodedata.normalize("NFKC", typed).strip().upper()
    if _LABEL.fullmatch(plain):
        raise CodeOfEquipment(typed=typed.strip())
    found = _CODE.fullmatch(plain)
    if not found or code(int(found[1])) != f"XC-{int(found[1]):06d}-{found[2]}":
        raise CodeWrong(typed=typed.strip())
    return int(found[1])
