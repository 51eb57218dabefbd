"""Dialogs that hand what is typed straight to a service."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs

Deed = Callable[[dict[str, Any]], "partial[Any]"]


class DeedDialog(FormDialog):
    """Asks for what a deed needs and has it done; what is refused is told inside.

    `deed` turns the values of the form into the call that is made in the background.
    `answered` goes out with what the call returned, then `accepted`. `draft` is the
    name under which what is half typed is kept.
    """

    answered = Signal(object)

    def __init__(
        self,
        title: str,
        form: Form,
        do: str,
        jobs: Jobs,
        deed: Deed,
        parent: QWidget,
        draft: str = "",
    ) -> None:
        super().__init__(title, form, do, parent, draft)
        self._jobs = jobs
        self._deed = deed
        self.chosen.connect(self._do)

    def _do(self, values: dict[str, Any]) -> None:
        self._jobs.run(self, self._end, self._deed(values), failed=self.refuse)

    def _end(self, answer: object) -> None:
        self.answered.emit(answer)
        self.finish()
