"""The admissions under way, side by side at the head of the page."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QWidget

from carehome.i18n import _
from carehome.services.admissions import STEP_NAMES, AdmissionLine
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button


class UnderWay(QScrollArea):
    """A button for each admission under way, and one to begin another.

    `chosen` carries the admission, `begun` asks for a new one.
    """

    chosen = Signal(int)
    begun = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.begin = button(_("Somebody new"), "plus", "Ctrl+N", "small")
        self.buttons: dict[int, QWidget] = {}
        self._group = QButtonGroup(self)
        self._room = QWidget()
        self._row = QHBoxLayout(self._room)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(6))
        self._row.addWidget(self.begin)
        self._row.addStretch()
        self.begin.setCheckable(True)
        self._group.addButton(self.begin)
        self.setWidget(self._room)
        self.setWidgetResizable(True)
        self.setFixedHeight(theme.px(34))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(off)
        self.setHorizontalScrollBarPolicy(off)
        theme.mark(self, "bare")
        theme.mark(self._room, "bare")
        self.begin.clicked.connect(self.begun)

    def show_lines(self, lines: Sequence[AdmissionLine], current: int | None) -> None:
        """Show the admissions under way; `current` is the one that is open."""
        for old in self.buttons.values():
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for at, line in enumerate(lines):
            name = line.name or _("No name yet")
            step = _(STEP_NAMES[line.step])
            text = _("{name} · {step}").format(name=name, step=step)
            each = button(text, kind="small")
            each.setCheckable(True)
            each.clicked.connect(partial(self.chosen.emit, line.admission_id))
            self._group.addButton(each)
            self._row.insertWidget(at, each)
            self.buttons[line.admission_id] = each
        self.mark(current)

    def mark(self, current: int | None) -> None:
        """Show which admission is open; None is a new one."""
        open_one = self.buttons.get(current or 0, self.begin)
        open_one.setChecked(True)  # type: ignore[attr-defined]  # all are buttons
        self.ensureWidgetVisible(open_one)
