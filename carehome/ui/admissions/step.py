"""What all steps of an admission share."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.services.admissions import Admissions, AdmissionState, Step
from carehome.ui.kit import theme
from carehome.ui.parts.care import Lists


class StepView(QWidget):
    """One step: shows what is stored, takes what is typed, says what is missing.

    `changed` goes out with every change of what is typed, `entered` on Enter.
    """

    STEP: Step
    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(12))

    def show_state(self, state: AdmissionState | None, lists: Lists) -> None:
        """Show what an admission holds; None begins a new one."""
        raise NotImplementedError

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

    def deed(self, admissions: Admissions) -> "partial[Any]":
        """Return the call that stores the step of the admission it is given."""
        raise NotImplementedError

    def tell(self, error: Exception) -> bool:
        """Tell a refusal beside the field it is about; say whether there is one."""
        return False

    def focus(self) -> None:
        """Put the cursor into the first field."""
