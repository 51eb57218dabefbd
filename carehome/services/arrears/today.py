"""What arrears ask for on a day: promises that passed, families to remind."""

from collections.abc import Iterator
from datetime import date

from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Fen, Target, Urgency, some_of, words
from carehome.services.arrears.owing import Owing

ARREARS, BROKEN, REMIND = "arrears", "broken", "remind"  # target, and its parts


def promises(owing: list[Owing], day: date) -> Iterator[Concern]:
    """Yield who promised to pay by a day that is over, in one line for all."""
    broken = [each for each in owing if each.broken_on]
    if not broken:
        return
    since = min(each.broken_on or day for each in broken)
    names = some_of([each.resident for each in broken])
    text = N_(
        "Promised to pay and did not: {names}, {fen} in all; call again or send a "
        "reminder"
    )
    told = words(text, names=names, fen=Fen(sum(each.overdue for each in broken)))
    yield Concern(
        words(N_("Arrears")),
        told,
        Urgency.LATE,
        Target(ARREARS, BROKEN),
        Role.ACCOUNTANT,
        since,
        len(broken),
    )


def to_remind(owing: list[Owing], again_days: int) -> Iterator[Concern]:
    """Yield who owes for long and was not reminded lately, in one line for all."""
    silent = [
        each
        for each in owing
        if each.may_remind and not each.broken_on and each.days_late >= again_days
    ]
    if not silent:
        return
    text = N_(
        "{count} {count:family|families} not reminded for {days} days, {fen} are late"
    )
    total = Fen(sum(each.overdue for each in silent))
    yield Concern(
        words(N_("Arrears")),
        words(text, count=len(silent), days=again_days, fen=total),
        Urgency.SOON,
        Target(ARREARS, REMIND),
        Role.ACCOUNTANT,
        min(each.due_since for each in silent),
        len(silent),
    )
