"""The items of a sheet, answered by digits, and the panel of the one at hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.services.safety.rounds import (
    VERDICT_NAMES,
    Answer,
    SheetItem,
    Verdict,
)
from carehome.ui.kit import theme
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.round_pictures import ItemPictures
from carehome.ui.safety.round_words import VERDICT_TONES

DIGITS = {"1": Verdict.OK, "2": Verdict.FAILED, "3": Verdict.NONE}
LONG = 500


@dataclass(frozen=True)
class Line:
    """An item of a sheet with its number there and its answer so far."""

    number: int
    item: SheetItem

    @property
    def answer(self) -> Answer | None:
        """What was answered, None while it is open."""
        return self.item.answer

    @property
    def lacks(self) -> str:
        """Say what an answer still lacks."""
        answer = self.answer
        if answer is None or answer.verdict is not Verdict.FAILED:
            return ""
        if not answer.note:
            return _("Say what was seen")
        if self.item.needs_picture and not answer.picture_ids:
            return _("Needs a picture")
        return ""

    def answered(self, answer: Answer | None) -> "Line":
        """Return the line with another answer."""
        return replace(self, item=replace(self.item, answer=answer))


def _verdict(line: Line) -> str | None:
    return _(VERDICT_NAMES[line.answer.verdict]) if line.answer else None


def _seen(line: Line) -> str | None:
    return line.lacks or (line.answer.note if line.answer else None)


COLUMNS: tuple[Column[Line], ...] = (
    Column(N_("No."), lambda line: line.number, width=44),
    Column(N_("What is checked"), lambda line: line.item.text, stretch=True, bold=True),
    Column(
        N_("Verdict"),
        _verdict,
        width=110,
        chip=lambda line: VERDICT_TONES[line.answer.verdict] if line.answer else None,
    ),
    Column(
        N_("What was seen"),
        _seen,
        width=170,
        tone=lambda line: "bad" if line.lacks else None,
    ),
)


class ItemList(TableView[Line]):
    """Walks the items; a digit answers the one under the cursor.

    `answered` goes out with the line and the verdict, None to take it away.
    """

    own_keys: tuple[tuple[str, str], ...] = (
        *((digit, VERDICT_NAMES[verdict]) for digit, verdict in DIGITS.items()),
        ("Del", N_("Take the answer away")),
        ("Space", N_("Next open item")),
        ("Enter", N_("Write what was seen")),
    )
    answered = Signal(object, object)

    def __init__(self) -> None:
        model = TableModel(COLUMNS, lambda line: line.number)
        super().__init__(model, "safety.items", N_("Items of the sheet"))
        self.is_open = False
        self.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current_row()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        verdict = DIGITS.get(event.text())
        if not self.is_open or line is None or held:
            super().keyPressEvent(event)
        elif verdict:
            self.answered.emit(line, verdict)
        elif event.key() == Qt.Key.Key_Delete:
            self.answered.emit(line, None)
        elif event.key() == Qt.Key.Key_Space:
            self.go_to_open(line.number)
        else:
            super().keyPressEvent(event)

    def go_on(self, number: int) -> None:
        """Go to the item after the one with this number."""
        self.select(number + 1)

    def go_to_open(self, after: int = 0) -> None:
        """Go to the next item without an answer, or to the first one."""
        waits = [line.number for line in self.table.rows if line.answer is None]
        later = [number for number in waits if number > after]
        for number in (later or waits)[:1]:
            self.select(number)


class ItemPanel(QWidget):
    """Shows one item whole, its answer, what was seen, its pictures.

    `answered` goes out with the line and a verdict, `noted` with the line and what was
    seen, `left` when one goes on from there; `pictures_added` with the line and files,
    `picture_removed` with the line and a picture.
    """

    answered = Signal(object, object)
    noted = Signal(object, str)
    left = Signal()
    pictures_added = Signal(object, list)
    picture_removed = Signal(object, int)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._line: Line | None = None
        self.section, self.text, self.hint = QLabel(), QLabel(), QLabel()
        self.verdict = Pick({each: _(VERDICT_NAMES[each]) for each in Verdict})
        self.verdict.setAccessibleName(_("Verdict"))
        self.note = TextField(_("What was seen"), needed=False, most=LONG)
        self.name = QLabel(_("What was seen"))
        self.pictures = ItemPictures(hand)
        self._arrange()

        self.verdict.chosen.connect(self._choose)
        self.note.entered.connect(self.left)
        self.note.input.editingFinished.connect(self._take_note)
        self.pictures.added.connect(self._add_pictures)
        self.pictures.removed.connect(self._remove_picture)

    def show_line(self, line: Line, is_open: bool) -> None:
        """Show an item; what stands in the note of the same one is left alone."""
        is_same = self._line is not None and self._line.number == line.number
        self._line = line
        answer = line.answer
        self.section.setText(line.item.section)
        self.section.setVisible(bool(line.item.section))
        self.text.setText(f"{line.number}. {line.item.text}")
        self.hint.setText("\n".join(_hints(line.item)))
        self.hint.setVisible(bool(self.hint.text()))
        self.verdict.blockSignals(True)
        self.verdict.set_code(answer.verdict if answer else None)
        self.verdict.blockSignals(False)
        if not is_same or not self.note.input.hasFocus():
            self.note.set_value(answer.note if answer else "")
        for widget in (self.verdict, self.note):
            widget.setEnabled(is_open)
        failed = line.item.is_failed
        self.pictures.show_of(
            answer.picture_ids if answer else (),
            is_open=is_open and failed,
            needed=failed and line.item.needs_picture,
        )

    def ask_note(self) -> None:
        """Put the cursor where what was seen is written."""
        self.note.focus()

    def _choose(self) -> None:
        if self._line is not None:
            self.answered.emit(self._line, self.verdict.code())

    def _take_note(self) -> None:
        """Hand on what was seen as soon as the field is left or Enter pressed."""
        if self._line is None:
            return
        before = self._line.answer.note if self._line.answer else ""
        if self.note.typed() != before:
            self.noted.emit(self._line, self.note.typed())

    def _add_pictures(self, files: list[Path]) -> None:
        if self._line is not None:
            self.pictures_added.emit(self._line, files)

    def _remove_picture(self, picture_id: int) -> None:
        if self._line is not None:
            self.picture_removed.emit(self._line, picture_id)

    def _arrange(self) -> None:
        for label, kind in (
            (self.section, "note"),
            (self.text, "heading"),
            (self.hint, "hint"),
            (self.name, "strong"),
        ):
            theme.mark(label, kind)
            label.setWordWrap(True)
        self.name.setBuddy(self.note.input)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for each in (self.section, self.text, self.hint, self.verdict):
            column.addWidget(each)
        column.addWidget(self.name)
        column.addWidget(self.note)
        column.addWidget(self.pictures)
        column.addStretch()


def _hints(item: SheetItem) -> Sequence[str]:
    found = []
    if item.method:
        found.append(_("How: {method}").format(method=item.method))
    if item.fails:
        found.append(_("Not in order if: {case}").format(case=item.fails))
    if item.needs_picture:
        found.append(_("A failed item needs a picture."))
    return found
