"""Asks why an identity number is looked at, before it is shown."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs


class WhyDialog(FormDialog):
    """Asks in one line why an identity number is looked at; `shown` carries it.

    `show` takes the reason and returns the number; `draft` is whose number it is.
    """

    shown = Signal(str)

    def __init__(
        self, show: Callable[[str], str], jobs: Jobs, draft: str, parent: QWidget
    ) -> None:
        form = Form()
        form.add(
            "why",
            TextField(
                _("Reason"), hint=_("Your name and the reason are kept in the log.")
            ),
        )
        title = _("Why is the identity number needed?")
        super().__init__(title, form, _("Show"), parent, f"why:{draft}")
        self._look = show
        self._jobs = jobs
        self.chosen.connect(self._ask)

    def _ask(self, values: dict[str, str]) -> None:
        why = values["why"]
        self._jobs.run(self, self._show, self._look, why, failed=self.refuse)

    def _show(self, number: str) -> None:
        self.finish()
        self.shown.emit(number)
