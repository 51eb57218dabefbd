"""What belongs to each risk: its signs, the reason, the measures, who sees to them."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.risks import RISK_NAMES, Level, Risk, said
from carehome.ui.kit import theme
from carehome.ui.kit.field import ENTER
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.tick import Tick
from carehome.ui.parts.risks.sheet import Sheet


class Ticks(QWidget):
    """Boxes below each other; Enter on one of them `passed` on."""

    toggled = Signal()
    passed = Signal()

    def __init__(self, choices: Mapping[str, str], ticked: Iterable[str]) -> None:
        super().__init__()
        self.boxes: dict[str, Tick] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.px(2))
        self._column.setSpacing(theme.px(5))
        for code, label in choices.items():
            self.add(code, label, code in ticked)

    def add(self, code: str, label: str, is_ticked: bool) -> None:
        """Offer one more."""
        box = Tick(label)
        box.setChecked(is_ticked)
        box.setToolTip(label)
        box.toggled.connect(self.toggled)
        box.installEventFilter(self)
        self.boxes[code] = box
        self._column.addWidget(box)

    def codes(self) -> tuple[str, ...]:
        """Return what is ticked."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def focus(self) -> None:
        """Put the cursor on the first box."""
        next(iter(self.boxes.values())).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in ENTER
        ):
            self.passed.emit()
            return True
        return super().eventFilter(watched, event)


class RiskPage(QWidget):
    """What belongs to one risk; `passed` goes out when one is through with it."""

    passed = Signal()

    def __init__(self, sheet: Sheet, risk: Risk) -> None:
        super().__init__()
        self._sheet = sheet
        self._risk = risk
        answer, form = sheet.answers[risk], sheet.state.form.sheet(risk)
        self.point, self.known = QLabel(form.point), QLabel(self._known())
        self.signs = Ticks({s.code: s.text for s in form.signs}, answer.signs)
        choices = {text: text for text in sheet.choices(risk)}
        self.measures = Ticks(choices, answer.measures)
        self.reason = TextField(_("Reason or other signs"), needed=False, most=200)
        self.more = TextField(_("Another measure"), needed=False, most=100)
        self.responsible = TextField(_("Responsible"), needed=False, most=40)
        self.reason.set_value(answer.reason)
        self.responsible.set_value(answer.responsible)
        self.more.set_hint(_("Enter adds it."))
        self._arrange()

        self.signs.toggled.connect(self._take)
        self.measures.toggled.connect(self._take)
        self.reason.changed.connect(self._take)
        self.responsible.changed.connect(self._take)
        self.signs.passed.connect(self._leave_signs)
        self.measures.passed.connect(self.passed)
        self.reason.entered.connect(self._leave_signs)
        self.responsible.entered.connect(self.passed)
        self.more.entered.connect(self._add_measure)

    def focus_lack(self) -> None:
        """Put the cursor where something is lacking: reason, sign or measure."""
        answer = self._sheet.answers[self._risk]
        if answer.level is Level.NONE:
            self.reason.focus()
        elif answer.signs or answer.reason:
            self.measures.focus()
        else:
            self.signs.focus()

    def _known(self) -> str:
        opening = self._sheet.opening(self._risk)
        if opening is None:
            return ""
        known = _("Known from the records: {grounds}. Judge it, or say why not.")
        return known.format(grounds=said(opening.grounds))

    def _take(self) -> None:
        self._sheet.change(
            self._risk,
            signs=self.signs.codes(),
            measures=self.measures.codes(),
            reason=self.reason.value() or "",
            responsible=self.responsible.value() or "",
        )

    def _leave_signs(self) -> None:
        """Go on to the measures where there is a risk."""
        if self._sheet.answers[self._risk].is_at_risk:
            self.measures.focus()
        else:
            self.passed.emit()

    def _add_measure(self) -> None:
        """Add a measure in one's own words; without words one is through."""
        text = self.more.value()
        if not text:
            self.passed.emit()
            return
        if text in self.measures.boxes:
            self.measures.boxes[text].setChecked(True)
        else:
            self.measures.add(text, text, is_ticked=True)
        self.more.set_value("")
        self._take()

    def _arrange(self) -> None:
        title = QLabel(_(RISK_NAMES[self._risk]))
        theme.mark(title, "title")
        theme.mark(self.point, "note")
        theme.mark(self.known, "banner_info")
        self.known.setVisible(bool(self.known.text()))
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (14, 2, 12, 8)))
        column.setSpacing(theme.px(6))
        for label in (title, self.point, self.known):
            label.setWordWrap(True)
            column.addWidget(label)
        self._add_part(column, _("What points to it"), self.signs, self.reason)
        measures = (self.measures, self.more, self.responsible)
        self._add_part(column, _("Measures"), *measures)
        column.addStretch()

    def _add_part(self, column: QVBoxLayout, title: str, *widgets: QWidget) -> None:
        heading = QLabel(title)
        theme.mark(heading, "heading")
        column.addSpacing(theme.px(4))
        column.addWidget(heading)
        for widget in widgets:
            if isinstance(widget, TextField):
                name = QLabel(widget.name)
                name.setBuddy(widget.input)
                theme.mark(name, "label")
                column.addWidget(name)
            column.addWidget(widget)


class RiskDetail(QStackedWidget):
    """Shows the risk one stands at; `passed` goes out when one is through with it."""

    passed = Signal()

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._pages: dict[Risk, RiskPage] = {}
        self._areas: dict[Risk, QScrollArea] = {}
        sheet.moved.connect(self._follow)
        self._follow()

    @property
    def page(self) -> RiskPage:
        """The page of the risk one stands at."""
        return self._pages[self._sheet.risk]

    def _follow(self) -> None:
        """Turn to the page of a risk, made at the first visit."""
        risk = self._sheet.risk
        if risk not in self._pages:
            page = RiskPage(self._sheet, risk)
            page.passed.connect(self.passed)
            self._pages[risk], self._areas[risk] = page, scrolling(page)
            self.addWidget(self._areas[risk])
        self.setCurrentWidget(self._areas[risk])
