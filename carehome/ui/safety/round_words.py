"""How rounds are said: their windows, how they stand, what is odd about them."""

from datetime import datetime, time, timedelta

from carehome.i18n import _, say_day
from carehome.rules.safety.dues import Due
from carehome.rules.safety.rounds import Standing
from carehome.services.safety.rounds import RoundLine, RoundState, Verdict

MIDNIGHT = time()
DAY = timedelta(days=1)
VERDICT_TONES = {Verdict.OK: "ok", Verdict.FAILED: "bad", Verdict.NONE: "quiet"}
STANDING_TONES = {
    Standing.COMING: "quiet",
    Standing.DUE: "warn",
    Standing.MADE: "ok",
    Standing.MADE_LATE: "warn",
    Standing.MISSED: "bad",
}


def say_window(due: Due) -> str:
    """Say from when to when a round is due."""
    opens, closes = due.opens, due.closes
    if opens.time() == closes.time() == MIDNIGHT:
        return _say_days(opens, closes)
    day = say_day(opens.date())
    text = _("{day}, {start}\u2013{end}")
    if opens.date() != closes.date() and closes.time() != MIDNIGHT:
        text = _("{day}, {start}\u2013{end} next day")
    return text.format(day=day, start=f"{opens:%H:%M}", end=f"{closes:%H:%M}")


def _say_days(opens: datetime, closes: datetime) -> str:
    first, last = opens.date(), (closes - DAY).date()
    if first == last:
        return say_day(first)
    text = _("{first} to {last}")
    return text.format(first=say_day(first), last=say_day(last))


def say_made(started: datetime, ended: datetime | None) -> str:
    """Say when a round was made, as told."""
    day = say_day(started.date())
    if ended is None:
        return _("{day}, {start}").format(day=day, start=f"{started:%H:%M}")
    text = _("{day}, {start}\u2013{end}")
    return text.format(day=day, start=f"{started:%H:%M}", end=f"{ended:%H:%M}")


def say_standing(line: RoundLine) -> str:
    """Say how a round that was begun stands."""
    if line.state is RoundState.OPEN:
        return _("Sheet printed") if line.printed_at else _("Under way")
    if line.state is RoundState.VOID:
        return _("Void")
    return _("Waits for a signature") if line.is_to_be_signed else _("Signed off")


def tone_of(line: RoundLine) -> str:
    """Return the tone of how a round stands."""
    if line.state is RoundState.FINISHED:
        return "ok" if line.supervisor else "warn"
    return "info" if line.state is RoundState.OPEN else "quiet"
