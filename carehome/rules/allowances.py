"""Post allowances and entry bonuses: who has a claim to what, and why or why not.

The amounts are read from `rulepacks/allowances.json` with their source. What that
source leaves open is ours and said so: the year must be whole on the first day of the
month, the level held on that day counts for the month, nobody who left within the
month is paid for it, and each part of an entry bonus falls due when its year is over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_, _, show_day
from carehome.rules.periods import DAY, after_months, months_after
from carehome.rules.rulepacks import FilePart, Source

KIND_NAMES = {"post": N_("Post allowance"), "entry": N_("Entry bonus")}
STATE_NAMES = {
    "": N_("Not drafted"),
    "drafted": N_("Drafted"),
    "claimed": N_("Claimed"),
    "received": N_("Money received"),
}
TRANSITION_NAMES = {
    "policy": N_("From the day the policy took effect"),
    "hire": N_("From the day each person was hired"),
}
LEVELS = range(1, 6)


@dataclass(frozen=True, slots=True)
class PostRule:
    """What a front-line carer is paid a month, by level of skill."""

    by_level: Mapping[int, int]
    months_unbroken: int
    transition_fen: int
    transition_months: int
    transition_on: date
    source: Source
    note: str


@dataclass(frozen=True, slots=True)
class EntryRule:
    """What a graduate who enters care is paid, in yearly parts."""

    by_education: Mapping[str, int]
    shares: tuple[int, ...]
    months_after_graduation: int
    source: Source
    note: str


@dataclass(frozen=True, slots=True)
class AllowanceRule:
    """The allowances of one edition."""

    edition: str
    effective_from: date
    post: PostRule
    entry: EntryRule


@dataclass(frozen=True, slots=True)
class Carer:
    """What decides on somebody's allowances; `level` is the skill on the day asked."""

    hired_on: date
    is_care: bool
    left_on: date | None = None
    care_since: date | None = None
    level: int | None = None
    education: str = ""
    graduated_on: date | None = None
    is_full_time: bool = True

    @property
    def since(self) -> date:
        """Return since when the person has cared here without a break."""
        return max(self.hired_on, self.care_since or self.hired_on)


class Why(StrEnum):
    """Why somebody has a claim, or has none."""

    LEVEL = "level"
    TRANSITION = "transition"
    NOT_CARE = "not-care"
    NOT_YET = "not-yet"
    LEFT = "left"
    NO_LEVEL = "no-level"
    BEFORE_POLICY = "before-policy"
    PART_DUE = "part-due"
    NO_EDUCATION = "no-education"
    NO_GRADUATION = "no-graduation"
    GRADUATED_LONG_AGO = "graduated-long-ago"
    PART_TIME = "part-time"


WORDS = {
    Why.LEVEL: N_("Caregiver of level {level}, a year in care here since {since}."),
    Why.TRANSITION: N_("No level yet; the transition lasts until {last}."),
    Why.NOT_CARE: N_("The main post is not front-line care."),
    Why.NOT_YET: N_("Can be claimed from {day} on, not before."),
    Why.LEFT: N_("Left on {day}."),
    Why.NO_LEVEL: N_("No certificate of a caregiver's level; the transition ended."),
    Why.BEFORE_POLICY: N_("Came before the policy took effect on {day}."),
    Why.PART_DUE: N_("Part {part} of {parts}, due since {day}."),
    Why.NO_EDUCATION: N_("The education gives no claim, or is not entered."),
    Why.NO_GRADUATION: N_("The day of graduation is not entered."),
    Why.GRADUATED_LONG_AGO: N_("Came more than a year after graduating on {day}."),
    Why.PART_TIME: N_("Does not work full time."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with its facts."""

    why: Why
    facts: Mapping[str, object] = field(default_factory=dict)

    def say(self) -> str:
        """Return the reason in words."""
        facts = {
            name: show_day(value) if isinstance(value, date) else value
            for name, value in self.facts.items()
        }
        return _(WORDS[self.why]).format(**facts)


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody may claim: nothing when `fen` is 0; `part` counts from 1."""

    fen: int
    reasons: tuple[Reason, ...]
    level: int | None = None
    part: int | None = None
    due_on: date | None = None

    @property
    def is_entitled(self) -> bool:
        """Say whether there is something to claim."""
        return self.fen > 0


class NotDrafted(Refusal):
    """A claim goes from drafted to claimed to received."""

    text = N_("Only drafted claims can be handed in. Reload the list.")


class NotClaimed(Refusal):
    """Money comes for what was claimed."""

    text = N_("Only claims that were handed in can be received. Reload the list.")


class AlreadyClaimed(Refusal):
    """What was handed in is not dropped."""

    text = N_("A claim that was handed in stays. Take the handing in back first.")


class ReceivedTooEarly(Refusal):
    """Nothing is received before it was claimed."""

    text = N_("The claim was handed in on {day}; it cannot be received before that.")


class NothingToDraft(Refusal):
    """Nobody has a claim that is not drafted yet."""

    text = N_("Nobody has a claim that is not on the list already.")


def post_allowance(
    carer: Carer, month: date, rule: PostRule, transition_from: str
) -> Finding:
    """Say what somebody may claim for the month that begins on `month`."""
    next_month = months_after(month, 1)
    if not carer.is_care:
        return _none(Why.NOT_CARE)
    if carer.left_on and carer.left_on < next_month:
        return _none(Why.LEFT, day=carer.left_on)
    whole_on = after_months(carer.since, rule.months_unbroken)
    if whole_on > month:
        return _none(Why.NOT_YET, day=whole_on)
    if carer.level is not None:
        fen = rule.by_level[carer.level]
        told = Reason(Why.LEVEL, {"level": carer.level, "since": carer.since})
        return Finding(fen, (told,), carer.level)
    begins = carer.hired_on if transition_from == "hire" else rule.transition_on
    over_on = after_months(begins, rule.transition_months)
    if month >= over_on:
        return _none(Why.NO_LEVEL)
    told = Reason(Why.TRANSITION, {"last": over_on - DAY})
    return Finding(rule.transition_fen, (told,))


def entry_bonus(carer: Carer, part: int, day: date, rule: AllowanceRule) -> Finding:
    """Say what somebody may claim of part `part` of the entry bonus by `day`."""
    entry = rule.entry
    due_on = after_months(carer.hired_on, 12 * part)
    if bars := _bars(carer, rule):
        return Finding(0, bars, part=part, due_on=due_on)
    if carer.left_on and carer.left_on < due_on:
        return _none(Why.LEFT, part, due_on, day=carer.left_on)
    if due_on > day:
        return _none(Why.NOT_YET, part, due_on, day=due_on)
    fen = entry.by_education[carer.education] * entry.shares[part - 1] // 100
    facts = {"part": part, "parts": len(entry.shares), "day": due_on}
    return Finding(fen, (Reason(Why.PART_DUE, facts),), part=part, due_on=due_on)


def _bars(carer: Carer, rule: AllowanceRule) -> tuple[Reason, ...]:
    """Return all that stands against an entry bonus for good."""
    entry, found = rule.entry, []
    if not carer.is_care:
        found.append(Reason(Why.NOT_CARE))
    if not carer.is_full_time:
        found.append(Reason(Why.PART_TIME))
    if carer.hired_on < rule.effective_from:
        found.append(Reason(Why.BEFORE_POLICY, {"day": rule.effective_from}))
    if carer.education not in entry.by_education:
        found.append(Reason(Why.NO_EDUCATION))
    elif carer.graduated_on is None:
        found.append(Reason(Why.NO_GRADUATION))
    else:
        last = after_months(carer.graduated_on, entry.months_after_graduation)
        if carer.hired_on > last:
            facts = {"day": carer.graduated_on}
            found.append(Reason(Why.GRADUATED_LONG_AGO, facts))
    return tuple(found)


def _none(
    why: Why, part: int | None = None, due_on: date | None = None, **facts: object
) -> Finding:
    return Finding(0, (Reason(why, facts),), part=part, due_on=due_on)


@cache
def shipped() -> AllowanceRule:
    """Return the allowances that come with the program."""
    return read(paths.resource("rulepacks") / "allowances.json")


def read(path: Path) -> AllowanceRule:
    """Read one edition of the allowances."""
    whole = FilePart.of_file(path, "carehome/allowances/1")
    post, entry = whole.part("post_allowance"), whole.part("entry_bonus")
    shares = entry.counts("shares")
    if sum(shares) != 100:
        raise entry.trouble("shares")
    levels = {int(str(level)): int(str(fen)) for level, fen in post.rows("by_level")}
    if set(levels) != set(LEVELS):
        raise post.trouble("by_level")
    return AllowanceRule(
        whole.name("edition"),
        _day(whole, "effective_from"),
        PostRule(
            levels,
            post.whole("months_unbroken"),
            post.whole("transition_fen"),
            post.whole("transition_months"),
            _day(post, "transition_on"),
            post.source(),
            post.text("note"),
        ),
        EntryRule(
            {str(kind): int(str(fen)) for kind, fen in entry.rows("by_education")},
            shares,
            entry.whole("months_after_graduation"),
            entry.source(),
            entry.text("note"),
        ),
    )


def _day(part: FilePart, key: str) -> date:
    if (day := part.day(key)) is None:
        raise part.trouble(key)
    return day
