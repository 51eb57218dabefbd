"""Counting the till: what was counted is what was booked, or it is said why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_, show_money

CLOSED = "the till is closed"  # what the database says when it refuses such a deed
NOTES_AND_COINS = (100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10)
MOST_PIECES = 9999
EVEN, SHORT, OVER = N_("Even"), N_("Short"), N_("Over")


class CountBelowNothing(Refusal):
    """Nobody counts less than nothing."""

    text = N_("Count the cash that is there; it cannot be less than 0.")


class DifferenceUnsaid(Refusal):
    """What was counted is not what was booked."""

    text = N_(
        "{booked} is booked and {counted} was counted: {difference} apart. Count once "
        "more; if it stays so, say why."
    )


class DayClosed(Refusal):
    """Money would get a day whose till is counted and signed for."""

    text = N_(
        "The till of that day is counted and closed. Book this with the next day, or "
        "ask the director to open the day again."
    )


class DayClosedAlready(Refusal):
    """A day is closed once, and not before a later one."""

    text = N_(
        "Your till is closed up to {day}. If the count was wrong, ask the director to "
        "open that day again."
    )


class NotTheNewestClose(Refusal):
    """A later close stands on this one."""

    text = N_("{name} has closed {day} since. Open that day again first.")


class ReopenReasonMissing(Refusal):
    """A closed day is opened again for a reason."""

    text = N_("Say why the day is opened again; the reason stays with the count.")


@dataclass(frozen=True, slots=True)
class TillSheet:
    """What somebody booked since they last counted, up to a day.

    `carried` was counted then, or came before the first count; `ways` is what came in
    by other ways than cash, less what went back; the numbers are those of the receipts,
    void ones among them.
    """

    first: date
    last: date
    carried: int = 0
    taken: int = 0
    given: int = 0
    handed_in: int = 0
    handed_out: int = 0
    ways: Mapping[str, int] = field(default_factory=dict)
    receipts: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()

    @property
    def booked(self) -> int:
        """The cash that should be there."""
        came = self.carried + self.taken + self.handed_in
        return came - self.given - self.handed_out

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to count and nothing was booked."""
        cash = self.carried, self.taken, self.given, self.handed_in, self.handed_out
        return not (any(cash) or any(self.ways.values()) or self.receipts)


@dataclass(frozen=True, slots=True)
class Count:
    """The cash somebody counted: in one sum, or by notes and coins."""

    fen: int
    pieces: Mapping[int, int] = field(default_factory=dict)


def count_of(pieces: Mapping[int, int]) -> Count:
    """Return what notes and coins come to; those of which there is none drop out."""
    there = {worth: number for worth, number in pieces.items() if number}
    return Count(sum(worth * number for worth, number in there.items()), there)


def word_of(difference: int) -> str:
    """Say whether a till is even, short or over."""
    if not difference:
        return EVEN
    return SHORT if difference < 0 else OVER


def check_count(counted: int, booked: int, note: str) -> None:
    """Raise unless a count agrees with the books or the difference is explained."""
    if counted < 0:
        raise CountBelowNothing
    if counted != booked and not note.strip():
        raise DifferenceUnsaid(
            booked=show_money(booked),
            counted=show_money(counted),
            difference=show_money(counted - booked),
        )
