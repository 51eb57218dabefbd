"""A field that holds any number of some codes, each with a box to tick."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.field import Field
from carehome.ui.kit.lead import lead
from carehome.ui.kit.tick import Tick


class Boxes(QWidget):
    """Boxes side by side, as many in a row as fit the columns."""

    toggled = Signal()

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.boxes: dict[str, Tick] = {}
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.px(6), 0, theme.px(4))
        self._grid.setHorizontalSpacing(theme.px(4))
        self._grid.setVerticalSpacing(theme.px(8))

    def set_choices(self, choices: Mapping[str, str]) -> None:
        """Offer other codes; what is ticked stays if it is still among them."""
        ticked = self.codes()
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {code: Tick(label) for code, label in choices.items()}
        for at, (code, box) in enumerate(self.boxes.items()):
            box.setChecked(code in ticked)
            box.toggled.connect(self.toggled)
            self._grid.addWidget(box, *divmod(at, self._columns))
        self._lead()

    def _lead(self) -> None:
        """Let Tab walk from box to box where these stand, and only then go on."""
        before = self._before()
        for box in self.boxes.values():
            QWidget.setTabOrder(before, box)
            before = box
        lead(self, next(iter(self.boxes.values()), None))

    def _before(self) -> QWidget:
        """Return what Tab leaves when it comes here."""
        by_tab = Qt.FocusPolicy.TabFocus
        before = self.previousInFocusChain()
        while before and before is not self and not before.focusPolicy() & by_tab:
            before = before.previousInFocusChain()
        return before or self

    def codes(self) -> tuple[str, ...]:
        """Return the ticked codes in their order."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def set_codes(self, codes: Sequence[str]) -> None:
        """Tick just these codes."""
        for code, box in self.boxes.items():
            box.setChecked(code in codes)


class SeveralField(Field[tuple[str, ...]]):
    """Any number of codes, none too; its value is a tuple in the order offered."""

    input: Boxes

    def __init__(
        self,
        name: str,
        choices: Mapping[str, str],
        *,
        columns: int = 3,
        hint: str = "",
    ) -> None:
        super().__init__(name, Boxes(columns), needed=False, hint=hint)
        self.input.setMinimumHeight(0)  # what its rows need is the least
        self.set_choices(choices)
        self.input.toggled.connect(self._touched)

    def set_choices(self, choices: Mapping[str, str]) -> None:
        """Offer other codes; what is ticked stays if it is still among them."""
        self.input.set_choices(choices)
        for box in self.input.boxes.values():
            box.installEventFilter(self)

    def read(self) -> tuple[str, ...]:
        return self.input.codes()

    def set_value(self, value: tuple[str, ...] | None) -> None:
        self.input.set_codes(value or ())

    def raw(self) -> Any:
        return list(self.input.codes())
