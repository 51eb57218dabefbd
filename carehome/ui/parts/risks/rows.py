"""All risks below each other: a digit judges, and the cursor goes on by itself."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.risks import LEVEL_NAMES, RISK_NAMES, Level, Risk, said
from carehome.rules.risks.judging import (
    GroundMissing,
    MeasureMissing,
    ReasonMissing,
)
from carehome.ui.kit import theme
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.risks.sheet import RISKS, Sheet

LACKS: dict[type[Refusal], str] = {
    ReasonMissing: N_("Say why it is none"),
    GroundMissing: N_("What points to it?"),
    MeasureMissing: N_("Which measures?"),
}
INSIDE = 0
STEPS: dict[int, int] = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Return: INSIDE,
    Qt.Key.Key_Enter: INSIDE,
}


class Judging(Pick):
    """How high one risk is, a digit for each level.

    `typed` goes out with a digit, `stepped` with where the arrows lead, 0 is inside.
    """

    typed = Signal()
    stepped = Signal(int)
    reached = Signal()

    def __init__(self, risk: Risk) -> None:
        super().__init__({f"{level:d}": _(name) for level, name in LEVEL_NAMES.items()})
        name = _("{risk}: how high it is").format(risk=_(RISK_NAMES[risk]))
        self.setAccessibleName(name)

    @property
    def own_keys(self) -> list[tuple[str, str]]:
        ways = [("Up", N_("To the next risk")), ("Down", N_("To the next risk"))]
        into = ("Return", N_("To its signs and measures"))
        return [*super().own_keys, *ways, into]

    @property
    def level(self) -> Level | None:
        """The level that is chosen."""
        code = self.code()
        return None if code is None else Level(int(code))

    def set_level(self, level: Level | None) -> None:
        """Show a level."""
        self.set_code(None if level is None else f"{level:d}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(event.key())
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            if event.text() in self.buttons:
                self.typed.emit()
        else:
            self.stepped.emit(step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()


class RiskRow(QFrame):
    """One risk: its name, what is known of it, and how high it is judged."""

    wanted = Signal()

    def __init__(self, sheet: Sheet, risk: Risk) -> None:
        super().__init__()
        self.risk = risk
        self._sheet = sheet
        self.name = QLabel(_(RISK_NAMES[risk]))
        self.note = Elided()
        self.pick = Judging(risk)
        theme.mark(self.name, "strong")
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.name)
        told.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(*map(theme.px, (12, 5, 8, 5)))
        row.addLayout(told, 1)
        row.addWidget(self.pick)
        self.show_answer()

    def show_answer(self) -> None:
        """Show how the risk is judged, and what that still lacks."""
        self.pick.blockSignals(True)
        self.pick.set_level(self._sheet.answers[self.risk].level)
        self.pick.blockSignals(False)
        lack = self._sheet.lack(self.risk)
        words = _(LACKS[type(lack)]) if lack else self._known()
        self.note.setText(words)
        self.note.setVisible(bool(words))
        theme.mark(self.note, "error" if lack else "hint")

    def _known(self) -> str:
        """Say what opens the risk, or how it was judged last."""
        state = self._sheet.state
        if opening := self._sheet.opening(self.risk):
            text = _("Known: {grounds}")
            return text.format(grounds=said(opening.grounds))
        before = state.before.get(self.risk)
        if before is None:
            return ""
        return _("Last time: {level}").format(level=_(LEVEL_NAMES[before]))

    def set_current(self, is_current: bool) -> None:
        """Show whether one stands here."""
        theme.mark(self, "row_here" if is_current else "row")

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the picks in one line, as wide as they are once they are dressed."""
        super().showEvent(event)
        buttons = self.pick.buttons.values()
        wide = sum(button.sizeHint().width() for button in buttons)
        self.pick.setFixedWidth(wide + theme.px(6) * len(buttons) + theme.px(6))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.wanted.emit()


class RiskRows(QWidget):
    """The rows of all risks; `inward` goes out when one wants to the details."""

    inward = Signal()

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.rows = {risk: RiskRow(sheet, risk) for risk in RISKS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for risk, row in self.rows.items():
            column.addWidget(row)
            row.wanted.connect(row.pick.setFocus)
            row.pick.reached.connect(partial(sheet.go_to, risk))
            row.pick.chosen.connect(partial(self._judge, risk))
            row.pick.typed.connect(partial(self._go_on, risk))
            row.pick.stepped.connect(partial(self._step, risk))
        column.addStretch()
        sheet.moved.connect(self._follow)
        sheet.answered.connect(self._show_answer)
        self._follow()

    def focus_row(self, risk: Risk) -> None:
        """Put the cursor on a risk."""
        self.rows[risk].pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self, risk: Risk) -> None:
        level = self.rows[risk].pick.level
        if level is not None:
            self._sheet.go_to(risk)
            self._sheet.judge(risk, level)

    def _go_on(self, risk: Risk) -> None:
        """Go on to the next risk when nothing is lacking."""
        if self._sheet.is_done(risk):
            self.focus_row(self._sheet.after(risk, 1))

    def _step(self, risk: Risk, step: int) -> None:
        if step:
            self.focus_row(self._sheet.after(risk, step))
        else:
            self.inward.emit()

    def _follow(self) -> None:
        for risk, row in self.rows.items():
            row.set_current(risk is self._sheet.risk)
        lead(self, self.rows[self._sheet.risk].pick)

    def _show_answer(self, risk: str) -> None:
        self.rows[Risk(risk)].show_answer()
