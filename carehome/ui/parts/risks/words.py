"""Risks in few words and colours, for lists."""

from collections.abc import Mapping
from datetime import date

from carehome.i18n import _, say_day_of_week, show_day
from carehome.rules.risks import (
    LEVEL_NAMES,
    NEED_NAMES,
    RISK_NAMES,
    Due,
    Level,
    Need,
    Risk,
    said,
)

LEVEL_TONES = {
    Level.NONE: "quiet",
    Level.LOW: "info",
    Level.MEDIUM: "warn",
    Level.HIGH: "bad",
}


def levels_words(levels: Mapping[Risk, Level]) -> str:
    """Name the risks that somebody is at, the highest first: fall (high) …"""
    at_risk = [(risk, level) for risk, level in levels.items() if level]
    at_risk.sort(key=lambda pair: -pair[1])
    text = _("{risk} ({level})")
    return _(", ").join(
        text.format(risk=_(RISK_NAMES[risk]), level=_(LEVEL_NAMES[level]))
        for risk, level in at_risk
    )


def due_words(due: Due, today: date) -> str:
    """Say why and by when risks are to be assessed."""
    match due.need:
        case Need.NEW_GROUNDS:
            text = _("Something has changed: {grounds}")
            return text.format(grounds=said(due.grounds))
        case Need.YEARLY:
            text = _("Yearly, by {day}")
            return text.format(day=show_day(due.day))
        case Need.ARRIVAL:
            text = _("Before moving in, {day}")
            return text.format(day=say_day_of_week(due.day, today))
    return _(NEED_NAMES[due.need])


def due_tone(due: Due, today: date) -> str:
    """Return the colour of how urgent it is."""
    if due.need is Need.YEARLY:
        return "bad" if due.is_late(today) else "ok"
    return "bad" if due.is_late(today) else "warn"
