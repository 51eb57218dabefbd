"""The bar above the grid: how the month stands, whose unit, and the shifts to click."""

from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from carehome.i18n import _
from carehome.rules.rosters.problem import OFF
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.flow import Flow
from carehome.ui.rosters import cells
from carehome.ui.rosters.month import Month
from carehome.ui.rosters.worksheet import Worksheet


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
        self.by_unit = button(_("Cover by unit"), kind="pick")
        self.by_unit.setCheckable(True)
        self.by_unit.setToolTip(_("Count the cover of each unit by itself"))
        self.unit.setAccessibleName(_("Unit of the home"))
        self._may_write = may_write
        self._shifts: list[QPushButton] = []
        self.tools = self._tools() if may_write else []
        self._flow = Flow(self, 6)
        for widget in (self.hard, self.soft, self.state, self.unit, self.by_unit):
            self._flow.addWidget(widget)
        for tool in self.tools:
            self._flow.addWidget(tool)
        self.unit.chosen.connect(self.narrowed)
        self.by_unit.toggled.connect(self.narrowed)

    def show_month(self, month: Month) -> None:
        """Offer the units and the shifts of a month."""
        self.unit.set_choices(dict(month.units), _("All units"))
        self.unit.setVisible(len(month.units) > 1)
        self.by_unit.setVisible(len(month.units) > 1)
        for old in self._shifts:
            self._flow.removeWidget(old)
            old.deleteLater()
        self._shifts = [
            self._shift(kind.code, kind.sign, kind.times, kind.tone, kind.letter)
            for kind in month.kinds
        ]
        self._shifts.append(self._shift(OFF, cells.off_sign(), "", "off", "R"))
        for shift in self._shifts:
            self._flow.addWidget(shift)
        self._flow.push_right(self._shifts[0])

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

    def _tools(self) -> list[QToolButton]:
        return [
            icon_button(
                "undo", _("Take back the last step (Ctrl+Z)"), self.undo_asked.emit
            ),
            icon_button("lock", _("Lock or unlock (Space)"), self.lock_asked.emit),
            icon_button(
                "copy", _("Copy last week"), self.week_asked.emit, "Ctrl+Shift+W"
            ),
            icon_button(
                "refresh", _("Lay a pattern"), self.pattern_asked.emit, "Ctrl+Shift+T"
            ),
        ]

    def _shift(
        self, code: str, sign: str, times: str, tone: str, letter: str
    ) -> QPushButton:
        shift = QPushButton(f"{sign} {times}".strip())
        shift.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shift.setToolTip(
            _("Put it into the chosen cells: key {key}").format(key=letter)
        )
        shift.setEnabled(self._may_write)
        shift.clicked.connect(partial(self.typed.emit, code))
        theme.mark(shift, f"shift_{tone}")
        return shift


def _tell(tag: QPushButton, text: str, tone: str) -> None:
    tag.setText(text)
    theme.mark(tag, f"tag_{tone}")
