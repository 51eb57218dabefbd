"""A cell of the sheet of charges in words."""

from collections.abc import Iterator

from carehome.i18n import _
from carehome.rules.charges import AWAY, DAY_NAMES, Day
from carehome.services.charges import Uses
from carehome.ui.fees.charges.work import Column, Work


def describe(work: Work, resident_id: int, column: Column) -> str:
    """Say whose cell it is, for what, and what stands there."""
    cell = column.cell(resident_id)
    state, parts = work.day_of(cell), [work.people[resident_id].name, work.say(column)]
    if quantity := work.quantity(cell):
        parts.append(_("{times} {times:time|times}").format(times=quantity))
    if state is not Day.HERE:
        parts.append(_(DAY_NAMES[state]))
    return "  ".join([*parts, *_more(work.stored(cell))])


def hint(work: Work, resident_id: int, column: Column) -> str:
    """Say of a cell what does not fit into it."""
    cell = column.cell(resident_id)
    state = work.day_of(cell)
    parts = [_(DAY_NAMES[state])] if state in AWAY else []
    if refused := work.refusal(cell):
        parts.append(refused.message)
    return "  ".join([*parts, *_more(work.stored(cell))])


def _more(uses: Uses) -> Iterator[str]:
    """Yield who did it, and what was noted."""
    if uses.done_by:
        yield _("done by {name}").format(name=uses.done_by)
    if uses.note:
        yield uses.note
