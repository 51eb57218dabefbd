"""The words and colours of equipment: what is due, for how long, how surely."""

from datetime import date

from carehome.i18n import N_, _, show_day
from carehome.rules.safety.equipment import MATTER_NAMES, Due, Kind, Press
from carehome.services.safety.ledger import Line

TONES = {Press.OVERDUE: "bad", Press.SOON: "warn", Press.LATER: None}


def say_due(due: Due) -> str:
    """Say what is to be done until when."""
    name = _(MATTER_NAMES[due.matter])
    if due.day is None:
        return name
    return _("{what} by {day}").format(what=name, day=show_day(due.day))


def say_state(line: Line) -> str:
    """Say how a piece stands."""
    if line.scrapped_on:
        return _("Scrapped")
    if line.due is None or line.due.press is Press.LATER:
        return _("In order")
    return _(MATTER_NAMES[line.due.matter])


def tone_of(line: Line) -> str | None:
    """Return the colour of how a piece stands."""
    if line.scrapped_on:
        return "quiet"
    return (TONES[line.due.press] if line.due else None) or "ok"


def day_of(line: Line) -> date | None:
    """Return the day by which what presses most is to be done, if there is one."""
    return line.due.day if line.due else None


def say_months(months: int | None) -> str:
    """Say an interval, in years where it is whole years."""
    if months is None:
        return ""
    if months % 12 == 0:
        return _("{count} {count:year|years}").format(count=months // 12)
    return _("{count} {count:month|months}").format(count=months)


def say_kind(kind: Kind) -> str:
    """Say the intervals of a kind in a sentence."""
    told = []
    if kind.first_months and kind.again_months:
        text = N_("First service after {first}, then every {again}.")
        first, again = map(say_months, (kind.first_months, kind.again_months))
        told.append(_(text).format(first=first, again=again))
    if kind.scrap_months:
        end = say_months(kind.scrap_months)
        told.append(_("Scrapped after {end}.").format(end=end))
    return " ".join(told) or _("No intervals are set.")
