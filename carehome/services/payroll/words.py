"""The hours of a month in the words of the workbook."""

from collections.abc import Iterator

from carehome.i18n import N_, _, say_month, show_day
from carehome.reports.payroll_workbook import PaidEntry, PaidPerson, PayrollText
from carehome.rules.payroll import (
    BASIS_NAMES,
    PERCENT,
    Breach,
    Hours,
    Limit,
    Pay,
)
from carehome.rules.periods import DAY
from carehome.rules.staff import SCHEME_NAMES
from carehome.services.payroll.values import PaidLine, PayrollMonth

BREACH_NAMES = {
    Limit.DAY: N_("{day}: {hours} hours of overtime, at most {most} on a day"),
    Limit.MONTH: N_("{hours} hours of overtime in the month, at most {most}"),
    Limit.PERIOD: N_(
        "{hours} hours of overtime in the period, at most {most} (36 a month on "
        "average)"
    ),
    Limit.PROTECTED: N_(
        "{day}: {hours} hours of overtime, though expecting or nursing forbids any"
    ),
}


def payroll_text(month: PayrollMonth) -> PayrollText:
    """Return what the workbook shows."""
    return PayrollText(
        month.first,
        tuple(_person(line) for line in month.lines),
        tuple(notes(month)),
        month.with_money,
    )


def notes(month: PayrollMonth) -> Iterator[str]:
    """Yield on what the hours rest, and what is not certain yet."""
    yield _(
        "By the roster as it stands. Beyond 8 hours 150 %, rest days not made up "
        "200 %, the 13 statutory holidays 300 %; comprehensive hours 150 % beyond the "
        "period (Labour Law 36, 41, 44; 1994/503). A shift over midnight is parted at "
        "midnight where a statutory holiday begins or ends."
    )
    if month.drafts:
        months = _(", ").join(map(say_month, month.drafts))
        yield _("Not published yet: {months}.").format(months=months)
    if month.missing:
        months = _(", ").join(map(say_month, month.missing))
        yield _("Without a roster: {months}.").format(months=months)
    if month.guessed:
        years = _(", ").join(map(str, month.guessed))
        yield _("The state has not told the free days of {years} yet.").format(
            years=years
        )


def say_hours(minutes: int) -> str:
    """Return minutes as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}"


def say_breach(breach: Breach) -> str:
    """Say which limit of overtime was passed."""
    return _(BREACH_NAMES[breach.limit]).format(
        day=show_day(breach.day),
        hours=say_hours(breach.minutes),
        most=breach.most // 60,
    )


def say_period(hours: Hours) -> str:
    """Say how far the period of comprehensive hours has come."""
    if hours.period is None or hours.period.end is None:
        return ""
    text = _("{first} to {last}: {worked} of {standard} hours")
    return text.format(
        first=show_day(hours.period.start),
        last=show_day(hours.period.end - DAY),
        worked=say_hours(hours.worked),
        standard=say_hours(hours.standard),
    )


def _person(line: PaidLine) -> PaidPerson:
    premiums = None
    if line.premiums is not None:
        kinds = (Pay.OVERTIME, Pay.REST, Pay.STATUTORY)
        overtime, rest, statutory = (line.premiums[kind] for kind in kinds)
        premiums = overtime, rest, statutory
    return PaidPerson(
        line.staff_id,
        line.name,
        line.unit,
        line.post,
        _(SCHEME_NAMES[line.scheme]),
        say_period(line.hours),
        tuple(
            PaidEntry(
                entry.day,
                PERCENT[entry.pay],
                entry.minutes,
                _(BASIS_NAMES[entry.basis]),
                entry.made_up_on,
            )
            for entry in line.hours.entries
        ),
        _("; ").join(map(say_breach, line.hours.breaches)),
        premiums,
    )
