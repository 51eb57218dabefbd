"""The banner that says where nobody may move in."""

from collections.abc import Iterable

from PySide6.QtWidgets import QLabel

from carehome.i18n import _, say_day
from carehome.rules.closures import Closure
from carehome.ui.kit import theme


class ClosedBanner(QLabel):
    """Says what is closed to admissions; out of sight while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.hide()
        theme.mark(self, "banner")

    def show_closures(self, closures: Iterable[Closure]) -> None:
        """Show the closed periods of today."""
        self.setText("\n".join(map(_say, closures)))
        self.setVisible(bool(self.text()))


def _say(closure: Closure) -> str:
    start, end = say_day(closure.period.start), closure.period.end
    if end is None:
        text = _(
            "{place}: closed to admissions since {start} ({reason}). People may leave."
        )
        return text.format(place=closure.place, start=start, reason=closure.reason)
    text = _("{place}: closed to admissions until {end} ({reason}). People may leave.")
    facts = {"place": closure.place, "end": say_day(end), "reason": closure.reason}
    return text.format(**facts)
