"""Reminders of what is owed: which step is next, when again, and what they say."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from functools import cache

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.arrears import DueRule

MOST_AGAIN_DAYS, MOST_SECOND_DAYS, MOST_LAST_DAYS = 90, 365, 730


class BadDays(Refusal):
    """A home would remind never, or every day."""

    text = N_("Enter 1 to {most} days.")


class LastBeforeSecond(Refusal):
    """The last step comes after the second."""

    text = N_("The last reminder comes later than the second, after {second} days.")


class RemindedLately(Refusal):
    """Nobody is reminded again and again."""

    text = N_(
        "{name} was reminded on {day} already. Leave {name} out, or say that this "
        "reminder goes out all the same."
    )


class PromiseTooEarly(Refusal):
    """Nobody promises to have paid already."""

    text = N_("Somebody can promise to pay from {day} on at the earliest.")


class NothingSaid(Refusal):
    """A call is noted with what came of it."""

    text = N_("Write down what was said, or that nobody answered.")


class UnknownWord(Refusal):
    """A text asks for something that the program cannot fill in."""

    text = N_("The program cannot fill in {word}. It knows {known}.")


class TextMissing(Refusal):
    """A reminder says something."""

    text = N_("The text is empty. Write one, or go back to the usual text.")


class Way(StrEnum):
    """How somebody is reminded."""

    LETTER = "letter"
    MESSAGE = "message"
    PHONE = "phone"


WAY_NAMES: dict[Way, str] = {
    Way.LETTER: N_("Letter to the family"),
    Way.MESSAGE: N_("Message"),
    Way.PHONE: N_("Phone call"),
}


class Step(IntEnum):
    """How firmly the home asks."""

    FIRST = 1
    SECOND = 2
    LAST = 3


STEP_NAMES: dict[Step, str] = {
    Step.FIRST: N_("1st reminder"),
    Step.SECOND: N_("2nd reminder"),
    Step.LAST: N_("Final reminder"),
}


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """When a bill is due, and how long the home waits for what.

    The second and the last step begin when the oldest bill is late by so many days.
    """

    due: DueRule = field(default_factory=DueRule)
    again_days: int = 14
    second_days: int = 31
    last_days: int = 91

    def check(self) -> None:
        """Raise what speaks against these rules."""
        self.due.check()
        for days, most in (
            (self.again_days, MOST_AGAIN_DAYS),
            (self.second_days, MOST_SECOND_DAYS),
            (self.last_days, MOST_LAST_DAYS),
        ):
            if not 1 <= days <= most:
                raise BadDays(most=most)
        if self.last_days <= self.second_days:
            raise LastBeforeSecond(second=self.second_days)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder as it was made, and what was said to it."""

    reminder_id: int
    resident_id: int
    day: date
    way: Way
    step: Step
    fen: int
    spoke_to: str = ""
    said: str = ""
    promised_on: date | None = None
    noted_by: str = ""


def next_step(days_late: int, made: Collection[Reminder], rules: ReminderRules) -> Step:
    """Return the step that the age of a debt asks for, but none is left out.

    `made` are the reminders of this debt; a call asks for nothing in writing.
    """
    if days_late >= rules.last_days:
        wanted = Step.LAST
    elif days_late >= rules.second_days:
        wanted = Step.SECOND
    else:
        wanted = Step.FIRST
    written = [each.step for each in made if each.way is not Way.PHONE]
    return Step(min(wanted, max(written, default=0) + 1))


def waits_until(made: Collection[Reminder], rules: ReminderRules) -> date | None:
    """Return from which day on somebody may be reminded again; None: at once."""
    if not made:
        return None
    last = max(made, key=lambda each: (each.day, each.reminder_id))
    again = last.day + timedelta(days=rules.again_days)
    promised = last.promised_on
    return promised + timedelta(days=1) if promised else again


def broken_promise(made: Collection[Reminder], today: date) -> date | None:
    """Return the day by which somebody who still owes had promised to pay.

    Whoever was reminded after that day has been asked again already.
    """
    promised = [each.promised_on for each in made if each.promised_on]
    if not promised or max(promised) >= today:
        return None
    asked_again = max(each.day for each in made) > max(promised)
    return None if asked_again else max(promised)


def open_promise(made: Collection[Reminder], today: date) -> date | None:
    """Return the day by which somebody promised to pay, while it has not passed."""
    promised = [each.promised_on for each in made if each.promised_on]
    latest = max(promised, default=None)
    return latest if latest and latest >= today else None


def check_promise(day: date, promised_on: date | None) -> None:
    """Raise PromiseTooEarly when somebody promises for a day that is over."""
    if promised_on is not None and promised_on < day:
        raise PromiseTooEarly(day=day)


@dataclass(frozen=True, slots=True)
class Wording:
    """What reminders say: the usual texts by kind, and the words they are filled by."""

    texts: Mapping[str, str]
    words: Mapping[str, str]  # by code


@cache
def wording() -> Wording:
    """Read the usual texts."""
    path = paths.resource("templates") / "reminders.json"
    told = json.loads(path.read_text("utf-8"))
    return Wording(told["texts"], told["words"])


def kind_of(way: Way, step: Step) -> str:
    """Return under which kind the text of a reminder is kept."""
    return "message" if way is Way.MESSAGE else f"letter_{int(step)}"


def check_text(text: str) -> None:
    """Raise what speaks against a text of the home's own."""
    if not text.strip():
        raise TextMissing
    known = wording().words.values()
    for word in _WORD.findall(text):
        if word[1:-1] not in known:
            raise UnknownWord(
                word=word, known=" ".join(f"{{{each}}}" for each in known)
            )


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Return a text with its words filled in; `facts` are named by code."""
    said = {f"{{{name}}}": facts[code] for code, name in wording().words.items()}
    return _WORD.sub(lambda found: said.get(found[0], found[0]), text).strip()


_WORD = re.compile(r"\{[^{}]*\}")
