"""The words and colours of the staff pages: levels, urgency, what ends."""

from datetime import date

from carehome.i18n import N_, _, show_day
from carehome.rules.certificates import Urgency
from carehome.rules.deadlines import MATTER_NAMES, Deadline, Matter

SEX_NAMES = {"female": N_("Female"), "male": N_("Male")}
LEVEL_NAMES = {
    1: N_("Level 1"),
    2: N_("Level 2"),
    3: N_("Level 3"),
    4: N_("Level 4"),
    5: N_("Level 5"),
}
TONES = {
    Urgency.LAPSED: "bad",
    Urgency.NEAR: "bad",
    Urgency.MIDDLE: "warn",
    Urgency.FAR: "info",
    Urgency.LATER: None,
}


def say_level(level: int | None) -> str:
    """Say a level of skill; empty where there is none."""
    return _(LEVEL_NAMES[level]) if level else ""


def say_left(last_day: date | None, today: date) -> str:
    """Say how many days something still holds."""
    if last_day is None:
        return _("Missing")
    days = (last_day - today).days
    if days < 0:
        return _("Over for {count} {count:day|days}").format(count=-days)
    if days == 0:
        return _("Last day today")
    return _("{count} {count:day|days} left").format(count=days)


def say_due(due: Deadline) -> str:
    """Say in one line what ends or lacks, and when."""
    what = _(due.about) if due.about else _(MATTER_NAMES[due.matter])
    if due.matter is Matter.MISSING:
        return _("{what} is missing").format(what=what)
    if due.last_day is None or due.matter is Matter.PROTECTION:
        return _(MATTER_NAMES[due.matter])
    return _("{what} until {day}").format(what=what, day=show_day(due.last_day))


def say_shortly(due: Deadline, today: date) -> str:
    """Say what ends or lacks, and in how many days."""
    if due.last_day is None or due.matter is Matter.PROTECTION:
        return say_due(due)
    what = _(due.about) if due.about else _(MATTER_NAMES[due.matter])
    left = say_left(due.last_day, today)
    return _("{what}: {left}").format(what=what, left=left)


def show_hours(minutes: int) -> str:
    """Say minutes as hours, with a half where there is one."""
    return f"{minutes // 60}" if minutes % 60 == 0 else f"{minutes / 60:.1f}"


def by_name(name: str) -> bytes:
    """Return a key that sorts names as people expect.

    The old national character set has its common signs in the order of their pinyin.
    """
    return name.encode("gb18030")
