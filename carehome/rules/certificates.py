"""Certificates of staff: from when to when they hold, what they stand for, what is due.

`valid_until` is the last day on which a certificate holds, as it is printed on it;
`lapses_on` is the first day on which it holds no more. A certificate that lapses on
the 17th is good on the 16th and no shift is worked on it from the 17th on.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.periods import DAY, Period, after_months
from carehome.rules.rulepacks import Standing


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of certificate; on a `ladder`, level 1 stands for all below it.

    `months` is how long one holds unless it says otherwise, None without end;
    `renew_days` is how long before its last day the renewal is applied for.
    """

    kind_id: int
    code: str
    name: str
    months: int | None = None
    renew_days: int = 0
    ladder: str = ""
    level: int | None = None
    source: str = ""
    standing: Standing = "ours"
    is_active: bool = True

    def stands_for(self, other: "Kind") -> bool:
        """Say whether who holds this holds what `other` asks for."""
        if self.kind_id == other.kind_id:
            return True
        if not self.ladder or self.ladder != other.ladder:
            return False
        return (self.level or 0) < (other.level or 0)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate of somebody; `valid_until` is its last day, None without end."""

    kind_id: int
    issued_on: date
    valid_until: date | None = None
    number: str = ""
    issuer: str = ""
    note: str = ""
    certificate_id: int = 0

    @property
    def period(self) -> Period:
        """Return the days on which it holds."""
        return Period(self.issued_on, self.lapses_on)

    @property
    def lapses_on(self) -> date | None:
        """Return the first day on which it holds no more."""
        return self.valid_until + DAY if self.valid_until else None


class ValidBeforeIssued(Refusal):
    """A certificate does not end before it begins."""

    text = N_("The last valid day lies before the day of issue. Check both days.")


class IssuedLater(Refusal):
    """A certificate is not entered before it is there."""

    text = N_("The day of issue is still to come. Enter the certificate then.")


def usual_end(issued_on: date, kind: Kind) -> date | None:
    """Return the last valid day that is usual for a kind, None without end.

    A year from November 17th ends on November 16th.
    """
    if kind.months is None:
        return None
    return after_months(issued_on, kind.months) - DAY


def check(certificate: Certificate, today: date) -> None:
    """Raise a Refusal for days that cannot be."""
    if certificate.issued_on > today:
        raise IssuedLater
    if certificate.valid_until and certificate.valid_until < certificate.issued_on:
        raise ValidBeforeIssued


def holdings(
    certificates: Iterable[Certificate], kinds: Mapping[int, Kind]
) -> dict[int, tuple[Period, ...]]:
    """Return for each kind the days on which somebody holds it, or one above it."""
    held: dict[int, list[Period]] = {}
    for certificate in certificates:
        has = kinds[certificate.kind_id]
        for kind in kinds.values():
            if has.stands_for(kind):
                held.setdefault(kind.kind_id, []).append(certificate.period)
    return {
        kind_id: tuple(sorted(spans, key=_start)) for kind_id, spans in held.items()
    }


def lapse(periods: Iterable[Period], day: date) -> date | None:
    """Return since when nothing holds on `day`: the last end before it, if any."""
    ends = [span.end for span in periods if span.end is not None and span.end <= day]
    return max(ends, default=None)


class Urgency(IntEnum):
    """How near the end of something is."""

    LAPSED = 0
    NEAR = 1
    MIDDLE = 2
    FAR = 3
    LATER = 4


@dataclass(frozen=True, slots=True)
class Warnings:
    """How many days ahead the end of something is told: first, again, urgently."""

    far: int = 60
    middle: int = 30
    near: int = 7

    def urgency(self, last_day: date, today: date) -> Urgency:
        """Say how near the last day is; from the day after it, it has lapsed."""
        left = (last_day - today).days
        if left < 0:
            return Urgency.LAPSED
        for days, urgency in (
            (self.near, Urgency.NEAR),
            (self.middle, Urgency.MIDDLE),
            (self.far, Urgency.FAR),
        ):
            if left <= days:
                return urgency
        return Urgency.LATER


def apply_by(last_day: date, kind: Kind) -> date | None:
    """Return the last day to apply for the renewal, None where no rule asks."""
    if not kind.renew_days:
        return None
    return last_day - timedelta(days=kind.renew_days)


def is_replaced(certificate: Certificate, others: Collection[Certificate]) -> bool:
    """Say whether a later one of the same kind goes on where this one ends."""
    return any(
        other.kind_id == certificate.kind_id
        and other.certificate_id != certificate.certificate_id
        and (other.valid_until or date.max) > (certificate.valid_until or date.max)
        for other in others
    )


def _start(span: Period) -> date:
    return span.start
