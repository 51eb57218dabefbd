"""Enquiries and visits: what is called what, and what must be known."""

import re
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_

CHANNEL_NAMES = {
    "phone": N_("By phone"),
    "visit": N_("Came in person"),
    "recommended": N_("Recommended by somebody"),
    "online": N_("Online"),
}
STATE_NAMES = {
    "open": N_("Under way"),
    "waiting": N_("On the waiting list"),
    "admission": N_("Being admitted"),
    "later": N_("Kept for later"),
    "lost": N_("Went elsewhere"),
}
STATE_TONES = {
    "open": "info",
    "waiting": "ok",
    "admission": "ok",
    "later": "quiet",
    "lost": "quiet",
}
VISIT_NAMES = {
    "planned": N_("Planned visit"),
    "came": N_("Came"),
    "missed": N_("Did not come"),
    "called_off": N_("Called off"),
}
ENTRY_NAMES = {
    "waiting": N_("Waiting"),
    "admitted": N_("Has moved in"),
    "left": N_("Taken off the list"),
}
ANSWER_NAMES = {
    "open": N_("Not answered yet"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    "unanswered": N_("No answer in time"),
    "withdrawn": N_("Taken back"),
}
_TIME = re.compile(r"([01]?\d|2[0-3])(?:\s*[:\uff1a.\u70b9]\s*([0-5]?\d)?)?")


class NobodyNamed(Refusal):
    """An enquiry without anybody cannot be called back."""

    text = N_("Type at least a name or a phone number.")


class BadAge(Refusal):
    """Nobody is that old."""

    text = N_("Nobody is {age} years old. Check the age.")


class BadTime(Refusal):
    """That is no time of day."""

    text = N_("“{typed}” is no time of day. Type it as 14:30 or 9.")


class LostReasonMissing(Refusal):
    """Why people go elsewhere is worth knowing."""

    text = N_("Say why they went elsewhere, for example the price.")


class NoteMissing(Refusal):
    """An empty line tells nobody anything."""

    text = N_("Say what was talked about.")


class NotCome(Refusal):
    """A visit that is still to come has not taken place."""

    text = N_("The visit is planned for {day}. Say on that day whether they came.")


class VisitThere(Refusal):
    """The same visit is planned already."""

    text = N_("A visit at {time} on {day} is planned already.")


def read_time(typed: str) -> str:
    """Return a time of day as 14:30; 9 is nine o'clock."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise BadTime(typed=typed)
    return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"


def check_age(age: int | None) -> None:
    """Raise BadAge for an age that nobody has."""
    if age is not None and not 0 <= age <= 130:
        raise BadAge(age=age)


def check_came(day: date, today: date) -> None:
    """Raise NotCome when a visit lies in the future."""
    if day > today:
        raise NotCome(day=day)
