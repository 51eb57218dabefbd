"""What the steps of all chains share, of coming in and of leaving."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.forms import Form


class StepView(QWidget):
    """One step: shows what is stored, takes what is typed, says what is missing.

    `changed` goes out with every change of what is typed, `entered` on Enter.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(12))

    def typed(self) -> dict[str, Any]:
        """Return what stands in the step, right or wrong, so that it can be kept."""
        return {}

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what was typed and not stored."""

    def reason(self) -> str:
        """Say why the step cannot be stored yet; empty when it can."""
        return ""

    def check(self) -> bool:
        """Say whether the step can be stored; show beside the fields why not."""
        return not self.reason()

    def tell(self, error: Exception) -> bool:
        """Tell a refusal beside the field it is about; say whether there is one."""
        return False

    def focus(self) -> None:
        """Put the cursor into the first field."""


class FormStep(StepView):
    """A step that is one form."""

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self.form = Form(columns=columns)
        self.form.changed.connect(self.changed)
        self.form.submitted.connect(lambda _values: self.entered.emit())

    def typed(self) -> dict[str, Any]:
        return self.form.typed()

    def type_again(self, draft: Mapping[str, Any]) -> None:
        self.form.type_again(draft)

    def reason(self) -> str:
        return self.form.reason()

    def check(self) -> bool:
        if self.form.reason():
            self.form.submit()
        return not self.reason()

    def tell(self, error: Exception) -> bool:
        return self.form.tell(error)

    def focus(self) -> None:
        self.form.focus()
