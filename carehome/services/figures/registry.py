"""Which figure is counted by which function, and counting those that are asked for."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from carehome.rules.figures import (
    NOT_BEGUN,
    Figure,
    FigureKey,
    definitions,
    unknown,
)
from carehome.rules.periods import Period
from carehome.services.figures.asked import Asked
from carehome.services.figures.records import Records

Counter = Callable[[Asked], Figure]
COUNTERS: dict[FigureKey, Counter] = {}


def counts(key: FigureKey) -> Callable[[Counter], Counter]:
    """Register a function as the one that counts a figure."""

    def register(counter: Counter) -> Counter:
        assert key not in COUNTERS, f"{key} is counted twice"
        COUNTERS[key] = counter
        return counter

    return register


def figures_of(
    records: Records, keys: Collection[FigureKey], period: Period, today: date
) -> dict[FigureKey, Figure]:
    """Count some figures of one period from records that are read once."""
    asked = Asked(records, period, today)
    return {key: _figure(key, asked) for key in keys}


def trend_in(
    session: Session, key: FigureKey, periods: Iterable[Period], today: date
) -> list[Figure]:
    """Count one figure of several periods; records are read once for all of them."""
    records = Records(session, today)
    return [figures_of(records, [key], each, today)[key] for each in periods]


def figures_in(
    session: Session, keys: Collection[FigureKey], period: Period, today: date
) -> dict[FigureKey, Figure]:
    """Count some figures of a period, in as many queries for many people as for few."""
    return figures_of(Records(session, today), keys, period, today)


def _figure(key: FigureKey, asked: Asked) -> Figure:
    if why := definitions()[key].unheld:
        return replace(unknown(why), key=key)
    if asked.period.start > asked.today:
        return replace(unknown(NOT_BEGUN), key=key)
    return replace(COUNTERS[key](asked), key=key)
