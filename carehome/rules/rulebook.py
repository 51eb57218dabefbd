"""Which fee rules a home follows on a day: those chosen last before it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rulepacks import RulePack


class SameRules(Refusal):
    """Rules are chosen that are followed already."""

    text = N_("The home follows “{pack}” already. Choose other rules.")


class RulesBehind(Refusal):
    """Rules would begin before others that were chosen already."""

    text = N_(
        "From {day} on “{pack}” is chosen already. Choose a later day, or withdraw "
        "that choice while it has not begun."
    )


class RulesTooEarly(Refusal):
    """Rules would be followed before they exist."""

    text = N_("“{pack}” begins on {day}. Choose that day or a later one.")


class RulesBegun(Refusal):
    """Rules that were followed are part of the past."""

    text = N_(
        "These rules are followed since {day}: receipts were taken by them. Choose "
        "other rules from a later day."
    )


class ReasonMissing(Refusal):
    """Other rules are chosen for a reason, such as a document."""

    text = N_("Say why the rules change, such as the document and its number.")


class RulesByDate(Refusal):
    """The rules of a home that is at work change from a day on."""

    text = N_(
        "The fee rules change from a day on, so that what was taken before stays "
        "right. Use “Change the rules”."
    )


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """That a home follows a pack of rules from a day on."""

    starts: date
    pack: RulePack
    reason: str = ""
    decided_by: str = ""
    choice_id: int = 0


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules that a home follows from its beginning, and those after them in order.

    `own_days` are the home's own days for giving back what is over-held.
    """

    first: RulePack
    choices: tuple[RuleChoice, ...] = ()
    own_days: int | None = None

    def on(self, day: date) -> RulePack:
        """Return the rules of a day."""
        begun = [choice.pack for choice in self.choices if choice.starts <= day]
        return begun[-1] if begun else self.first

    def refund_days(self, day: date) -> int:
        """Return within how many days what is over-held on a day goes back."""
        return self.own_days or self.on(day).overheld_refund.days

    def changes(self) -> Iterator[date]:
        """Yield the days on which other rules begin."""
        return (choice.starts for choice in self.choices)

    def following(self, choice: RuleChoice) -> "RuleBook":
        """Return the rules as they would be with one more choice."""
        return replace(self, choices=(*self.choices, choice))


def check_choice(book: RuleBook, choice: RuleChoice) -> None:
    """Raise unless other rules may be followed from a day on."""
    pack, starts = choice.pack, choice.starts
    if book.choices and starts <= book.choices[-1].starts:
        last = book.choices[-1]
        raise RulesBehind(day=last.starts, pack=last.pack.name)
    if pack.code == book.on(starts).code:
        raise SameRules(pack=pack.name)
    if pack.effective_from is not None and starts < pack.effective_from:
        raise RulesTooEarly(pack=pack.name, day=pack.effective_from)
    if not choice.reason.strip():
        raise ReasonMissing


def check_withdrawal(choice: RuleChoice, today: date) -> None:
    """Raise once the rules of a choice have begun."""
    if choice.starts <= today:
        raise RulesBegun(day=choice.starts)
