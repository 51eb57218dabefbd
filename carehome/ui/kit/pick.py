"""A few codes side by side: all in sight, chosen by a click, a digit or an arrow."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton

from carehome.i18n import N_
from carehome.ui.kit import theme
from carehome.ui.kit.field import Check, Field
from carehome.ui.kit.flow import Flow


class Pick(QFrame):
    """Holds one of a few codes; the digit before each label chooses it.

    Codes that are digits themselves, as in official forms, are chosen by that digit.
    """

    chosen = Signal()

    def __init__(self, choices: Mapping[Any, str]) -> None:
        super().__init__()
        self.buttons = {code: QPushButton() for code in choices}
        self._digits = _digits_of(choices)
        self._group = QButtonGroup(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = Flow(self, 6)
        row.setContentsMargins(0, 0, 0, 0)
        for digit, code in self._digits.items():
            button, label = self.buttons[code], choices[code]
            button.setText(f"{digit} {label}")
            button.setAccessibleName(label)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            theme.mark(button, "pick")
            button.clicked.connect(partial(self._click, code))
            self._group.addButton(button)
            row.addWidget(button)

    def code(self) -> Any:
        """Return the chosen code, None while nothing is chosen."""
        for code, button in self.buttons.items():
            if button.isChecked():
                return code
        return None

    def set_code(self, code: Any) -> None:
        """Choose `code`; None chooses nothing."""
        if code == self.code():
            return
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each == code)
        self._group.setExclusive(True)
        self.chosen.emit()

    @property
    def own_keys(self) -> list[tuple[str, str]]:
        """The keys that choose: arrows, and a digit for each code."""
        return [(key, N_("Choose")) for key in ("Left", "Right", *self._digits)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        codes = list(self.buttons)
        at = codes.index(self.code()) if self.code() is not None else -1
        if event.key() == Qt.Key.Key_Right:
            self.set_code(codes[min(at + 1, len(codes) - 1)])
        elif event.key() == Qt.Key.Key_Left:
            self.set_code(codes[max(at - 1, 0)])
        elif event.text() in self._digits:
            self.set_code(self._digits[event.text()])
        else:
            super().keyPressEvent(event)

    def _click(self, code: Any) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.buttons[code].setChecked(True)
        self.chosen.emit()


def _digits_of(codes: Iterable[Any]) -> dict[str, Any]:
    """Return which digit chooses which code."""
    listed = list(codes)
    if all(isinstance(code, str) and code.isdigit() for code in listed):
        return {code: code for code in listed}
    return {str(at): code for at, code in enumerate(listed, 1)}


class PickField(Field[Any]):
    """One of a few codes, all of them in sight."""

    input: Pick

    def __init__(
        self,
        name: str,
        choices: Mapping[Any, str],
        *,
        needed: bool = True,
        hint: str = "",
        check: Check | None = None,
    ) -> None:
        super().__init__(name, Pick(choices), needed=needed, hint=hint, check=check)
        self.input.chosen.connect(self._touched)

    def read(self) -> Any:
        return self.input.code()

    def set_value(self, value: Any) -> None:
        self.input.set_code(value)

    def raw(self) -> Any:
        return self.input.code()
