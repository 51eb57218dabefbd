"""Nursing grades: which one an ability suggests, and from when one is charged."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import Period

SUBSIDY_NAMES = {
    "able": N_("Able (for subsidies)"),
    "partly": N_("Partly disabled (for subsidies)"),
    "disabled": N_("Disabled (for subsidies)"),
}
CONSENT_NAMES = {
    "paper": N_("Signed paper"),
    "in_person": N_("Said in person"),
    "phone": N_("By phone"),
    "message": N_("Written message"),
}


class ConsentUnnamed(Refusal):
    """A day of consent without anybody who gave it."""

    text = N_("Say who agreed, or leave the day of consent empty.")


class AlreadyAgreed(Refusal):
    """A consent is given once."""

    text = N_(
        "{who} agreed to this grade already. Set another grade from a day on if it "
        "is wrong."
    )


class AgreedThatDay(Refusal):
    """An agreed grade is not lost to one that nobody has agreed to."""

    text = N_(
        "From {day} on “{grade}” holds already, with consent. Note who agreed to the "
        "other grade too, or choose another day."
    )


class RuleTwice(Refusal):
    """One ability has one rule."""

    text = N_("Ability level {level} stands there twice. Keep one of the two.")


@dataclass(frozen=True, slots=True)
class GradeRule:
    """What an ability leads to; `is_own` when the home itself has said so."""

    ability_level: int
    has_dementia: bool
    grade: str
    subsidy_class: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """Who agreed to a grade, on which day, and how; without `by` nobody has yet."""

    by: str = ""
    on: date | None = None
    how: str = ""


NO_CONSENT = Consent()
Rules = Mapping[tuple[int, bool], GradeRule]


@dataclass(frozen=True, slots=True)
class Noted:
    """A nursing grade as it was noted: from when, and since when it is agreed to.

    A consent without a day was given in time.
    """

    grade: str
    starts: date
    consent_by: str
    consent_on: date | None = None

    @property
    def charged_from(self) -> date | None:
        """The later of both days; nothing is charged before the consent."""
        if not self.consent_by:
            return None
        return max(self.starts, self.consent_on or self.starts)


def charged(noted: Iterable[Noted]) -> list[tuple[Noted, Period]]:
    """Return when each grade is charged, in order (order 66 article 15).

    A grade without consent leaves the former one charged. A consent that comes after
    a later grade is charged already changes nothing any more.
    """
    found: list[tuple[Noted, Period]] = []
    end: date | None = None
    for each in sorted(noted, key=lambda grade: grade.starts, reverse=True):
        first = each.charged_from
        if first is not None and (end is None or first < end):
            found.append((each, Period(first, end)))
            end = first
    return found[::-1]


@cache
def our_rules() -> Rules:
    """Return the rules that a home starts with."""
    path = paths.resource("forms") / "grades.json"
    read = json.loads(path.read_text("utf-8"))["rules"]
    rules = (GradeRule(**rule) for rule in read)
    return {(rule.ability_level, rule.has_dementia): rule for rule in rules}


def rules_with(own: Iterable[GradeRule]) -> Rules:
    """Return our rules with the home's own in their place."""
    changed = {(rule.ability_level, rule.has_dementia): rule for rule in own}
    return {**our_rules(), **changed}


def own_rules(wanted: Iterable[GradeRule]) -> list[GradeRule]:
    """Return those of the wanted rules that are not ours; raise for two of one kind."""
    seen, own = set(), []
    for rule in wanted:
        key = rule.ability_level, rule.has_dementia
        if key in seen:
            raise RuleTwice(level=rule.ability_level)
        seen.add(key)
        ours = our_rules()[key]
        if (rule.grade, rule.subsidy_class) != (ours.grade, ours.subsidy_class):
            own.append(rule)
    return own


def suggested(rules: Rules, ability_level: int | None, has_dementia: bool) -> str:
    """Return the grade that an ability suggests, empty when it is not known."""
    if ability_level is None:
        return ""
    return rules[ability_level, has_dementia].grade


def subsidy_class(rules: Rules, ability_level: int | None, has_dementia: bool) -> str:
    """Return the class that subsidies count somebody by, empty when not assessed."""
    if ability_level is None:
        return ""
    return rules[ability_level, has_dementia].subsidy_class


def ability_behind(rules: Rules, grade: str, has_dementia: bool) -> int | None:
    """Return the least ability level that leads to a grade, None when none does."""
    levels = [
        level
        for (level, ill), rule in rules.items()
        if rule.grade == grade and ill == has_dementia
    ]
    return min(levels, default=None)
