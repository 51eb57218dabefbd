"""What all steps of furnishing a home share."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.services.opening import Step
from carehome.ui.kit import theme
from carehome.ui.opening.loaded import Loaded


class StepView(QWidget):
    """One question: shows what is there, takes what is typed, says what is missing.

    `changed` goes out with every change of what is typed, `entered` when Enter means
    that the step is filled.
    """

    STEP: ClassVar[Step | None] = None
    changed = Signal()
    entered = Signal()

    def __init__(self, question: str, note: str) -> None:
        super().__init__()
        self.question = QLabel(question)
        self.note = QLabel(note)
        theme.mark(self.question, "title")
        theme.mark(self.note, "note")
        self.note.setWordWrap(True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(10))
        self.head = QHBoxLayout()
        self.head.addWidget(self.question, 1)
        self.body.addLayout(self.head)
        self.body.addWidget(self.note)

    def show_home(self, loaded: Loaded) -> None:
        """Show what the home has by now; what is typed stays."""
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        """Return what stands in the step, right or wrong, as JSON can hold it."""
        return {}

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what `typed` returned."""

    def reason(self) -> str:
        """Say why the step cannot be stored yet; empty when it can."""
        return ""

    def do(self) -> str:
        """Name what the button at the foot does."""
        return _("Next")

    def check(self) -> bool:
        """Say whether the step can be stored; show beside the fields why not."""
        return not self.reason()

    def deed(self) -> "partial[Any] | None":
        """Return the call that stores the step; None when there is nothing to store."""
        return None

    def stored(self) -> str:
        """Forget what was typed, which is stored now; say what was done."""
        return ""

    def focus(self) -> None:
        """Put the cursor where the person goes on."""
        raise NotImplementedError
