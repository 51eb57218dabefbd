"""The evacuation sheet, one key away from wherever somebody is."""

from datetime import date

from carehome.app.desk import Desk
from carehome.i18n import N_, _, show_day
from carehome.services.presence import Presence
from carehome.ui.parts.exports import PaperDialog

KEYS = "F8"
TITLE = N_("Evacuation sheet")


def show_sheet(desk: Desk) -> PaperDialog:
    """Show who is to be brought out this minute; Enter then prints it."""
    dialog = PaperDialog(_(TITLE), _file(desk.today()), desk.jobs, desk.shell)
    dialog.draw(desk.service(Presence).write_evacuation)
    return dialog


def _file(day: date) -> str:
    return f"{_(TITLE)} {show_day(day)}.pdf"
