"""Arrears: from when on a bill ought to be paid, and how old a debt is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import months_after

MOST_DUE_DAYS, LAST_DAY_OF_ALL_MONTHS = 90, 28


class BadDueDays(Refusal):
    """A bill would be due on no day, or long after anybody knows of it."""

    text = N_("Enter a number from {least} to {most}.")


class DueKind(StrEnum):
    """From where the day is counted on which a bill ought to be paid."""

    MONTH_END = "month_end"
    POSTED = "posted"
    DAY = "day"


DUE_NAMES: dict[DueKind, str] = {
    DueKind.MONTH_END: N_("When its month is over"),
    DueKind.POSTED: N_("Some days after it was posted"),
    DueKind.DAY: N_("On a day of the month after it"),
}


@dataclass(frozen=True, slots=True)
class DueRule:
    """From which day on a bill ought to be paid; `days` counts as `kind` says."""

    kind: DueKind = DueKind.MONTH_END
    days: int = 0

    def due_on(self, month: date, posted_on: date) -> date:
        """Return the day of a bill for a month; the day after it is late."""
        if self.kind is DueKind.POSTED:
            return posted_on + timedelta(days=self.days)
        after = months_after(month, 1)
        return after.replace(day=self.days) if self.kind is DueKind.DAY else after

    def check(self) -> None:
        """Raise BadDueDays unless there is such a day."""
        if self.kind is DueKind.POSTED and not 0 <= self.days <= MOST_DUE_DAYS:
            raise BadDueDays(least=0, most=MOST_DUE_DAYS)
        if self.kind is DueKind.DAY and not 1 <= self.days <= LAST_DAY_OF_ALL_MONTHS:
            raise BadDueDays(least=1, most=LAST_DAY_OF_ALL_MONTHS)


class Age(StrEnum):
    """How many days a debt is late."""

    NOT_DUE = "not_due"
    TO_30 = "to_30"
    TO_60 = "to_60"
    TO_90 = "to_90"
    TO_180 = "to_180"
    OLDER = "older"


AGE_NAMES: dict[Age, str] = {
    Age.NOT_DUE: N_("Not late yet"),
    Age.TO_30: N_("1 to 30 days"),
    Age.TO_60: N_("31 to 60 days"),
    Age.TO_90: N_("61 to 90 days"),
    Age.TO_180: N_("91 to 180 days"),
    Age.OLDER: N_("Over 180 days"),
}
_UP_TO = {Age.NOT_DUE: 0, Age.TO_30: 30, Age.TO_60: 60, Age.TO_90: 90, Age.TO_180: 180}


def age_of(days_late: int) -> Age:
    """Return the class of a debt that is so many days late."""
    for age, most in _UP_TO.items():
        if days_late <= most:
            return age
    return Age.OLDER


@dataclass(frozen=True, slots=True)
class OpenBill:
    """What is still to be paid of a bill, and from when on it ought to be."""

    bill_id: int
    label: str
    month: date
    due_on: date
    fen: int

    def days_late(self, today: date) -> int:
        """Return for how many days it ought to have been paid."""
        return max((today - self.due_on).days, 0)


def by_age(bills: Iterable[OpenBill], today: date) -> dict[Age, int]:
    """Add up what is open in each class of age, in fen."""
    found = dict.fromkeys(Age, 0)
    for bill in bills:
        found[age_of(bill.days_late(today))] += bill.fen
    return found
