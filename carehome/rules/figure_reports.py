"""Reports of figures: of which days they are, and by how much each line changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_, _, say_date, say_month, show_money
from carehome.rules.figures import Number, Unit, rounded, show, unit_name
from carehome.rules.money import half_up
from carehome.rules.periods import DAY, Period, months_after


class Span(StrEnum):
    """How long a report is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


SPAN_NAMES = {
    Span.MONTH: N_("Of a month"),
    Span.QUARTER: N_("Of a quarter"),
    Span.YEAR: N_("Of a year"),
}
MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


class NotBegun(Refusal):
    """A report of days that are all still to come."""

    text = N_("{period} has not begun. Choose a period that runs or is over.")


class NoReceiver(Refusal):
    """A report was handed in to nobody."""

    text = N_("Say to whom the report was handed in.")


class CorrectedAlready(Refusal):
    """A second correction of one report would leave open which one holds."""

    text = N_(
        "This report was corrected already, by number {number}. Correct that one."
    )


class OtherReport(Refusal):
    """A correction is of the same set and the same days."""

    text = N_("A correction is of the same report and the same period as the old one.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that was handed in: its number, what of, when, to whom, by whom."""

    report_id: int
    code: str
    name: str
    period: Period
    as_of: date
    office: str
    note: str
    made_at: datetime
    made_by: str
    compared: str = ""
    corrects: int | None = None
    corrected_by: int | None = None

    @property
    def made_on(self) -> date:
        """Return the day on which the report was handed in."""
        return self.made_at.astimezone().date()

    @property
    def holds(self) -> bool:
        """Say whether no later report has corrected this one."""
        return self.corrected_by is None


def span_of(day: date, span: Span) -> Period:
    """Return the month, quarter or year that holds a day."""
    months = MONTHS[span]
    first = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    return Period(first, months_after(first, months))


def stepped(period: Period, span: Span, steps: int) -> Period:
    """Return the period so many steps later, or earlier."""
    return span_of(months_after(period.start, MONTHS[span] * steps), span)


def span_in(period: Period) -> Span:
    """Say how long a period is."""
    spans = (span for span in Span if span_of(period.start, span) == period)
    found = next(spans, None)
    assert found, "a report is of a whole month, quarter or year"
    return found


def say_span(period: Period) -> str:
    """Return the name of a period, as titles have it."""
    match span_in(period):
        case Span.MONTH:
            return say_month(period.start)
        case Span.QUARTER:
            number = (period.start.month + 2) // 3
            text = _("Quarter {number} of {year}")
            return text.format(number=number, year=period.start.year)
    return _("Year {year}").format(year=period.start.year)


def say_days(period: Period, as_of: date) -> str:
    """Say which days a report tells; while the period runs, up to which day."""
    assert period.end is not None, "a report is of a period that ends"
    if as_of < period.end - DAY:
        text = _("{period}, as of {day} (the period is not over)")
        return text.format(period=say_span(period), day=say_date(as_of))
    return say_span(period)


def check_begun(period: Period, today: date) -> None:
    """Raise NotBegun when all days of a period are still to come."""
    if period.start > today:
        raise NotBegun(period=say_span(period))


def last_before(kept: Iterable[Kept], code: str, period: Period) -> Kept | None:
    """Return the last report kept of the same set and length, of earlier days."""
    found = [
        each
        for each in kept
        if each.code == code
        and each.holds
        and each.period.start < period.start
        and span_in(each.period) is span_in(period)
    ]
    return max(found, key=lambda each: each.period.start, default=None)


def kept_of(kept: Iterable[Kept], code: str, period: Period) -> Kept | None:
    """Return the report that holds of a set and a period, if one was handed in."""
    found = [x for x in kept if x.code == code and x.period == period and x.holds]
    return max(found, key=lambda each: each.report_id, default=None)


def bare(value: Number, unit: Unit) -> str:
    """Return a value without its unit, where the unit stands beside it."""
    if unit is Unit.MONEY:
        return show_money(half_up(*_ratio(value)), sign=False)
    return show(value, unit) if unit is Unit.RATIO else rounded(value, unit)


def beside(unit: Unit) -> str:
    """Return the unit that stands beside a bare value."""
    return "" if unit is Unit.RATIO else unit_name(unit)


def say_change(value: Number, unit: Unit) -> str:
    """Say by how much a value has changed, with its sign; points where it is shares."""
    if not value:
        return _("The same as before")
    if unit is Unit.MONEY:
        number = show_money(half_up(*_ratio(value)), sign=False)
    else:
        number = rounded(value, unit)
    signed = f"+{number}" if value > 0 else number.replace("-", "\N{MINUS SIGN}")
    if unit is Unit.SHARE:
        return _("{number} percentage points").format(number=signed)
    return signed


def _ratio(value: Number) -> tuple[int, int]:
    return value.as_integer_ratio()
