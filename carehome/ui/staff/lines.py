"""The list of staff: its columns."""

from collections.abc import Callable
from datetime import date

from carehome.i18n import N_, _
from carehome.rules.certificates import Urgency
from carehome.rules.phones import show_phone
from carehome.services.staff.overview import StaffLine
from carehome.ui.kit import table
from carehome.ui.kit.table import Column
from carehome.ui.staff.words import TONES, by_name, say_due, say_level, say_shortly

SLIM = 2  # columns that stay while a file is open beside the list
LEFT_ON = N_("Left on")


def columns(today: Callable[[], date]) -> tuple[Column[StaffLine], ...]:
    """Return the columns; `today` is asked each time a cell is painted."""
    return (
        Column(
            N_("Name"), lambda r: r.name, bold=True, order=lambda r: by_name(r.name)
        ),
        Column(N_("Main post"), lambda r: r.post or None),
        Column(
            N_("Soonest due"),
            lambda r: _say_first(r, today()),
            chip=lambda r: TONES[r.urgency],
            tip=lambda r: "\n".join(map(say_due, r.due)),
            tone=lambda _r: "ink_2",
            order=lambda r: (
                (r.urgency, r.due[0].last_day or date.min)
                if r.due
                else (Urgency.LATER, date.max)
            ),
        ),
        Column(N_("Unit of the home"), lambda r: r.unit or None),
        Column(
            N_("Level of skill"),
            lambda r: say_level(r.level) or None,
            order=lambda r: r.level,
        ),
        Column(N_("Staff number"), lambda r: r.number or None),
        Column(N_("Phone"), lambda r: show_phone(r.phone) or None),
        table.day(N_("Works here since"), lambda r: r.hired_on),
        table.day(LEFT_ON, lambda r: r.left_on),
        Column(
            N_("Other posts"),
            lambda r: _(", ").join(post.name for post in r.posts[1:]) or None,
            stretch=True,
        ),
    )


def _say_first(line: StaffLine, today: date) -> str | None:
    """Say the gravest thing in short; all of them stand in the tip."""
    return say_shortly(line.due[0], today) if line.due else None
