"""What the home's own settings may be."""

from carehome.errors import Refusal
from carehome.i18n import N_

LOCK_MINUTES = range(1, 121)
ADJUST_MONTHS = range(25)
ASSESS_MONTHS = range(1, 25)
OVERHELD_DAYS = range(1, 91)


class OutOfRange(Refusal):
    """A setting is smaller or larger than makes sense."""

    text = N_("Type a number from {least} to {most}.")


def check_lock_minutes(minutes: int) -> None:
    """Raise OutOfRange unless the screen is locked after a sane time."""
    _check(minutes, LOCK_MINUTES)


def check_adjust_months(months: int) -> None:
    """Raise OutOfRange unless bills correct a sane number of months."""
    _check(months, ADJUST_MONTHS)


def check_assess_months(months: int) -> None:
    """Raise OutOfRange unless assessments come round after a sane time."""
    _check(months, ASSESS_MONTHS)


def check_overheld_days(days: int | None) -> None:
    """Raise OutOfRange unless what is over-held goes back after a sane time."""
    if days is not None:
        _check(days, OVERHELD_DAYS)


def _check(value: int, allowed: range) -> None:
    if value not in allowed:
        raise OutOfRange(least=allowed[0], most=allowed[-1])
