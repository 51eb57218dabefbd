"""What belongs to one risk: its signs, the reason, the measures, who sees to them."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.risks import RISK_NAMES, Level, Risk, said
from carehome.ui.kit import theme
from carehome.ui.kit.field import ENTER
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.several import Boxes
from carehome.ui.kit.tick import Tick
from carehome.ui.parts.risks.sheet import Sheet


class RiskDetail(QWidget):
    """Shows the risk one stands at; `passed` goes out when one is through with it."""

    passed = Signal()

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._is_filling = False
        self.title, self.point, self.known = QLabel(), QLabel(), QLabel()
        self.signs, self.measures = Boxes(1), Boxes(1)
        self.reason = TextField(_("Reason or other signs"), needed=False, most=200)
        self.more = TextField(
            _("Another measure"), needed=False, hint=_("Enter adds it."), most=100
        )
        self.responsible = TextField(_("Responsible"), needed=False, most=40)
        self._arrange()

        self.signs.toggled.connect(self._take_signs)
        self.measures.toggled.connect(self._take_measures)
        self.reason.changed.connect(self._take_texts)
        self.responsible.changed.connect(self._take_texts)
        self.more.entered.connect(self._add_measure)
        for field in (self.reason, self.responsible):
            field.entered.connect(self.passed)
        sheet.moved.connect(self.show_risk)
        self.show_risk()

    def show_risk(self) -> None:
        """Show what is written of the risk one stands at."""
        sheet, self._is_filling = self._sheet, True
        risk, answer = sheet.risk, sheet.answer
        self.title.setText(_(RISK_NAMES[risk]))
        self.point.setText(sheet.form.point)
        opening = sheet.opening(risk)
        known = _("Known from the records: {grounds}. Judge it, or say why not.")
        grounds = said(opening.grounds) if opening else ""
        self.known.setText(known.format(grounds=grounds) if opening else "")
        self.known.setVisible(opening is not None)
        self.signs.set_codes(())
        self.signs.set_choices({sign.code: sign.text for sign in sheet.form.signs})
        self.signs.set_codes(answer.signs)
        self._offer_measures(risk)
        self.reason.set_value(answer.reason)
        self.responsible.set_value(answer.responsible)
        self.more.set_value("")
        for box in self._boxes():
            box.installEventFilter(self)
        self._is_filling = False

    def focus_lack(self) -> None:
        """Put the cursor where something is lacking: reason, sign or measure."""
        answer = self._sheet.answer
        if answer.level is Level.NONE:
            self.reason.focus()
        elif answer.signs or answer.reason:
            self._first(self.measures).setFocus()
        else:
            self._first(self.signs).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter on a box lead on, as in a field."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in ENTER
            and isinstance(watched, Tick)
        ):
            self._leave_boxes(watched)
            return True
        return super().eventFilter(watched, event)

    def _leave_boxes(self, box: Tick) -> None:
        if box in self.signs.boxes.values() and self._sheet.answer.level:
            self._first(self.measures).setFocus()
        else:
            self.passed.emit()

    def _first(self, boxes: Boxes) -> Tick:
        return next(iter(boxes.boxes.values()))

    def _boxes(self) -> list[Tick]:
        return [*self.signs.boxes.values(), *self.measures.boxes.values()]

    def _offer_measures(self, risk: Risk) -> None:
        self.measures.set_codes(())
        choices = self._sheet.choices(risk)
        self.measures.set_choices({text: text for text in choices})
        self.measures.set_codes(self._sheet.answers[risk].measures)

    def _take_signs(self) -> None:
        if not self._is_filling:
            self._sheet.change(self._sheet.risk, signs=self.signs.codes())

    def _take_measures(self) -> None:
        if not self._is_filling:
            self._sheet.change(self._sheet.risk, measures=self.measures.codes())

    def _take_texts(self) -> None:
        if not self._is_filling:
            self._sheet.change(
                self._sheet.risk,
                reason=self.reason.value() or "",
                responsible=self.responsible.value() or "",
            )

    def _add_measure(self) -> None:
        """Add a measure in one's own words; without words one is through."""
        text = self.more.value()
        if not text:
            self.passed.emit()
            return
        measures = tuple(dict.fromkeys((*self._sheet.answer.measures, text)))
        self._sheet.change(self._sheet.risk, measures=measures)
        self.show_risk()
        self.more.focus()

    def _arrange(self) -> None:
        theme.mark(self.title, "title")
        theme.mark(self.point, "note")
        theme.mark(self.known, "banner_info")
        for label in (self.point, self.known):
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (20, 4, 12, 8)))
        column.setSpacing(theme.px(6))
        for label in (self.title, self.point, self.known):
            column.addWidget(label)
        parts = (
            (_("What points to it"), (self.signs, self.reason)),
            (_("Measures"), (self.measures, self.more, self.responsible)),
        )
        for words, widgets in parts:
            heading = QLabel(words)
            theme.mark(heading, "heading")
            column.addSpacing(theme.px(6))
            column.addWidget(heading)
            for widget in widgets:
                _under(column, widget)
        column.addStretch()


def _under(column: QVBoxLayout, widget: QWidget) -> None:
    """Add a widget; a field stands under its name."""
    if isinstance(widget, TextField):
        name = QLabel(widget.name)
        name.setBuddy(widget.input)
        theme.mark(name, "label")
        column.addWidget(name)
    column.addWidget(widget)
