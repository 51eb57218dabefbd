"""The bar above the grid: how the month stands, whose unit, and the shifts to click."""

from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from carehome.i18n import _
from carehome.rules.rosters.problem import OFF
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.flow import Flow
from carehome.ui.rosters import cells
from carehome.ui.rosters.month import Month
from carehome.ui.rosters.worksheet import Worksheet

FEW = 3  # kinds of shifts whose times have room


class RosterBar(QWidget):
    """Says how many rules are broken and what state the month is in.

    `typed` carries the code of a shift that was clicked, `narrowed` goes out when
    another unit or another way to count the cover is chosen, `list_asked` when the
    list of everything that is wrong is wanted, `reason_asked` when the reason of
    changes shall be typed anew.
    """

    typed = Signal(str)
    narrowed = Signal()
    list_asked = Signal()
    reason_asked = Signal()
    lock_asked = Signal()
    week_asked = Signal()
    pattern_asked = Signal()
    undo_asked = Signal()

    def __init__(self, may_write: bool) -> None:
        super().__init__()
        self.hard = self._tag(self.list_asked)
        self.soft = self._tag(self.list_asked)
        self.state = self._tag(self.reason_asked)
        self.unit = Choice()
        self.unit.setMinimumContentsLength(5)
        self.by_unit = button(_("Cover by unit"), kind="small")
        self.by_unit.setCheckable(True)
        self.by_unit.setToolTip(_("Count the cover of each unit by itself"))
        self.unit.setAccessibleName(_("Unit of the home"))
        self._may_write = may_write
        self.tools = self._tools() if may_write else []
        self._flow = Flow(self, 6)
        heads = (self.hard, self.soft, self.state, self.unit, self.by_unit)
        for widget in (*heads, *self.tools):
            self._flow.addWidget(widget)
        shifts = QWidget()
        self._shifts = QHBoxLayout(shifts)
        self._shifts.setContentsMargins(0, 0, 0, 0)
        self._shifts.setSpacing(theme.px(3))
        self._flow.addWidget(shifts)
        self._flow.push_right(shifts)
        self.unit.chosen.connect(self.narrowed)
        self.by_unit.toggled.connect(self.narrowed)

    def show_month(self, month: Month) -> None:
        """Offer the units and the shifts of a month."""
        self.unit.set_choices(dict(month.units), _("All units"))
        self.unit.setVisible(len(month.units) > 1)
        self.by_unit.setVisible(len(month.units) > 1)
        while (old := self._shifts.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        tells_times = len(month.kinds) <= FEW
        for kind in month.kinds:
            times = kind.times if tells_times else ""
            shift = self._shift(kind.code, f"{kind.sign} {times}", kind.letter)
            shift.setToolTip(f"{kind.name} {kind.times}\n{shift.toolTip()}")
            theme.mark(shift, f"shift_{kind.tone}")
            self._shifts.addWidget(shift)
        off = self._shift(OFF, cells.off_sign(), "R")
        theme.mark(off, "shift_off")
        self._shifts.addWidget(off)

    def show_state(self, sheet: Worksheet, state: str) -> None:
        """Say how many rules are broken, the score, and what is stored and locked."""
        hard, soft, score = sheet.counts()
        broken = _("Hard rules: {count} broken").format(count=hard)
        _tell(self.hard, broken, "bad" if hard else "ok")
        costs = _("Soft rules: {count} \u00b7 score {score}")
        _tell(
            self.soft, costs.format(count=soft, score=score), "warn" if soft else "ok"
        )
        locked = _("{state} \u00b7 {count} locked")
        text = locked.format(state=state, count=len(sheet.locked))
        _tell(self.state, text, "info")

    def wanted_unit(self) -> str:
        """Return the unit whose people are wanted; empty for all."""
        return self.unit.code() or ""

    def _tag(self, asked: SignalInstance) -> QPushButton:
        tag = QPushButton()
        tag.setAutoDefault(True)
        tag.clicked.connect(asked)
        return tag

    def _tools(self) -> list[QWidget]:
        undo, lock = _("Take back the last step (Ctrl+Z)"), _("Lock or unlock (Space)")
        week = button(_("Copy last week"), keys="Ctrl+Shift+W", kind="small")
        pattern = button(_("Lay a pattern"), keys="Ctrl+Shift+T", kind="small")
        week.clicked.connect(self.week_asked)
        pattern.clicked.connect(self.pattern_asked)
        return [
            week,
            pattern,
            icon_button("lock", lock, self.lock_asked.emit),
            icon_button("undo", undo, self.undo_asked.emit),
        ]

    def _shift(self, code: str, text: str, letter: str) -> QPushButton:
        shift = QPushButton(text.strip())
        shift.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shift.setToolTip(
            _("Put it into the chosen cells: key {key}").format(key=letter)
        )
        shift.setEnabled(self._may_write)
        shift.clicked.connect(partial(self.typed.emit, code))
        return shift


def _tell(tag: QPushButton, text: str, tone: str) -> None:
    tag.setText(text)
    if tag.property("kind") != f"tag_{tone}":  # to dress it anew takes long
        theme.mark(tag, f"tag_{tone}")
