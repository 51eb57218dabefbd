"""What a change of bed, grade or meals costs, in the words of its preview."""

from carehome.i18n import _, say_day, show_money
from carehome.services.consequences import FeeChange
from carehome.ui.kit.cards import Fact


def facts_of(change: FeeChange) -> list[Fact]:
    """Say which fees change, what that makes this month, and what deposit it allows."""
    before, after = change.before, change.after
    parts = (
        (_("Bed fee"), before.bed, after.bed),
        (_("Care fee"), before.care, after.care),
        (_("Meal fee"), before.meal, after.meal),
    )
    facts = [_fact(name, old, new) for name, old, new in parts if old != new]
    facts.append(
        _fact(_("Monthly service fee"), before.total, after.total, strong=True)
    )
    days = _("This month, to the day ({days} {days:day|days})").format(days=change.days)
    facts.append(Fact(days, _signed(change.difference)))
    if change.cap_before is not None and change.cap_after is not None:
        cap = _fact(_("Most deposit allowed"), change.cap_before, change.cap_after)
        facts += [cap, Fact(_("Deposit held"), show_money(change.held))]
    return facts + [
        Fact(str(line.name), str(line.value), str(line.before))
        for line in change.lines
        if not line.is_warning
    ]


def warnings_of(change: FeeChange) -> list[str]:
    """Say what else to weigh, and what has to be paid back of the deposit."""
    said = [str(line.value) for line in change.lines if line.is_warning]
    if not change.excess or change.overheld_by is None:
        return said
    text = _("{excess} more is held than allowed then; pay it back by {day}.")
    day = say_day(change.overheld_by)
    return [*said, text.format(excess=show_money(change.excess), day=day)]


def _fact(name: str, before: int, after: int, strong: bool = False) -> Fact:
    """Tell an amount, and what it was if that is another."""
    was = show_money(before) if before != after else ""
    return Fact(name, show_money(after), was, strong)


def _signed(fen: int) -> str:
    return f"+{show_money(fen)}" if fen > 0 else show_money(fen)
