"""How long papers are kept: 5 years after the agreement's end at the least.

Order 66, article 32: the file of an old person is kept at least 5 years after the
service agreement has run out. The home may keep kinds of papers longer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.agreements import anniversary
from carehome.rules.residents import PAPER_NAMES

LEAST_YEARS = 5
MOST_YEARS = 100
TEXT = "text"  # the kind of an agreement's text as the program wrote it
KIND_NAMES = {**PAPER_NAMES, TEXT: N_("Text of the agreement")}
CAUSE_NAMES = {
    "due": N_("Their time was over"),
    "misfiled": N_("Filed by mistake"),
}


class KeptTooShort(Refusal):
    """No setting makes the time shorter than the law does."""

    text = N_("Papers are kept {least} to {most} years after the agreement's end.")


class NotDueYet(Refusal):
    """Papers are destroyed when their time is over, and not before."""

    text = N_(
        "The papers of {name} must be kept until {day}. Nobody can destroy them before."
    )


class NoReasonToKeep(Refusal):
    """Papers are kept longer for a reason."""

    text = N_("Say why the papers are kept longer, such as a dispute.")


class KeepLater(Refusal):
    """Keeping longer reaches into the future."""

    text = N_("Choose a day after today, {today}.")


class NobodyApproves(Refusal):
    """Papers are not destroyed by one person alone."""

    text = N_("Say who approved that the papers are destroyed.")


class NobodyWatches(Refusal):
    """A second person is present when papers are destroyed."""

    text = N_("Say who is present as a witness; it cannot be the person who does it.")


class NothingChosen(Refusal):
    """Something has to be chosen first."""

    text = N_("Choose the papers that are to be destroyed.")


class FiledEarlier(Refusal):
    """A paper that was filed before today is part of the file."""

    text = N_(
        "This paper was filed on {day} and belongs to the file, which is kept by law. "
        "Only the director can take out what was filed by mistake, with a reason."
    )


class NoReasonToRemove(Refusal):
    """A paper is taken out of the file for a reason."""

    text = N_("Say why the paper does not belong in this file.")


@dataclass(frozen=True, slots=True)
class Ends:
    """The days on which a resident's agreements and stays ended, None while open."""

    agreements: tuple[date, ...] = ()
    stays: tuple[date | None, ...] = ()

    @property
    def last(self) -> date | None:
        """The day from which the years count; None while it has not come or none is."""
        if None in self.stays:
            return None
        known = [*self.agreements, *(day for day in self.stays if day)]
        return max(known, default=None)


def keep_until(ended_on: date, years: int) -> date:
    """Return the last day on which a paper is kept."""
    return anniversary(ended_on, max(years, LEAST_YEARS))


def is_due(ended_on: date, years: int, today: date) -> bool:
    """Say whether the time of a paper is over."""
    return keep_until(ended_on, years) < today


def years_for(kind: str, settings: Mapping[str, int]) -> int:
    """Return how many years papers of a kind are kept."""
    return max(settings.get(kind, LEAST_YEARS), LEAST_YEARS)


def check_years(years: int) -> None:
    """Raise KeptTooShort for a time that the law does not allow."""
    if not LEAST_YEARS <= years <= MOST_YEARS:
        raise KeptTooShort(least=LEAST_YEARS, most=MOST_YEARS)


def check_hold(until: date, reason: str, today: date) -> None:
    """Raise unless papers may be kept longer so."""
    if not reason.strip():
        raise NoReasonToKeep
    if until <= today:
        raise KeepLater(today=today)


def check_destruction(approver: str, witness: str, who: str) -> None:
    """Raise unless somebody approves, and a second person is present."""
    if not approver.strip():
        raise NobodyApproves
    if not witness.strip() or witness.strip() == who:
        raise NobodyWatches


def held_until(holds: Iterable[tuple[date, str]], today: date) -> tuple[date, str]:
    """Return until when papers are kept longer and why; the first day for never."""
    running = [hold for hold in holds if hold[0] >= today]
    return max(running, default=(date.min, ""))
