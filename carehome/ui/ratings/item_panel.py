"""The item at hand: what is asked, its points and why, what shows them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import N_, _, show_day, show_moment
from carehome.rules.figures import Figure, definitions, show_figure
from carehome.rules.ratings.items import PART_NAMES
from carehome.rules.ratings.judging import Line, read_points
from carehome.rules.ratings.points import show_points
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.parts.hand import Hand
from carehome.ui.ratings.item_files import ItemFiles

LONG = 500


class ItemPanel(QWidget):
    """Shows one item whole; what is typed is handed on when the field is left.

    `judged` goes out with the line and its points, `noted` with the line, the reason
    and what shows the points; `points_left` and `words_left` when Enter was pressed
    there; `rows_wanted` with a figure whose list shall be shown.
    """

    judged = Signal(object, object)
    noted = Signal(object, str, str)
    points_left = Signal(object)
    words_left = Signal()
    rows_wanted = Signal(object)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._line: Line | None = None
        self._figure: Figure | None = None
        self.place, self.name, self.hint = QLabel(), QLabel(), QLabel()
        self.points = TextField(_("Points given"), needed=False, most=7)
        self.full, self.by = QLabel(), QLabel()
        self.reason = TextField(_("Reason"), needed=False, most=LONG)
        self.shown_by = TextField(_("What shows it"), needed=False, most=LONG)
        self.counted, self.earlier, self.duty = QLabel(), QLabel(), QLabel()
        self.rows = button(_("The list behind it"), "right", kind="link")
        self.files = ItemFiles(hand, "Ctrl+E")
        self._arrange()

        self.points.entered.connect(self._enter_points)
        self.points.input.editingFinished.connect(self._take_points)
        for field in (self.reason, self.shown_by):
            field.entered.connect(self.words_left)
            field.input.editingFinished.connect(self._take_words)
        self.rows.clicked.connect(lambda: self.rows_wanted.emit(self._figure))
        bind(self, "F2", N_("Write the reason"), self.ask_reason, WITHIN)

    def show_line(self, line: Line, figure: Figure | None, is_open: bool) -> None:
        """Show an item; what is being typed at the same one is left alone."""
        is_same = self._line is not None and self._line.number == line.number
        self._line, self._figure = line, figure
        item, score = line.item, line.score
        section = (_(PART_NAMES[item.part]), item.section)
        self.place.setText(" · ".join(each for each in section if each))
        self.name.setText(f"{item.code} {item.name}")
        _say(self.hint, _hints(line))
        self.full.setText(_("of {points}").format(points=show_points(item.hundredths)))
        points = "" if score.hundredths is None else show_points(score.hundredths)
        kept = (
            (self.points, points),
            (self.reason, score.reason),
            (self.shown_by, score.evidence),
        )
        for field, text in kept:
            if not is_same or not field.input.hasFocus():
                field.set_value(text)
                field.set_error("")
            field.setEnabled(is_open)
        _say(self.by, _judged(line))
        _say(self.counted, _counted(line, figure))
        self.rows.setVisible(bool(figure and figure.rows and figure.rows.lines))
        _say(self.earlier, _earlier(line))
        _say(self.duty, _duty(line))
        before = line.earlier.files if line.earlier else 0
        self.files.show_files(line.files, is_open=is_open, earlier=before)

    def ask_points(self, typed: str = "") -> None:
        """Put the cursor where points are typed, after what was typed already."""
        if typed:
            self.points.input.setText(typed)
        self.points.focus()
        if typed:
            self.points.input.setCursorPosition(len(typed))
            self.points.input.deselect()

    def ask_reason(self) -> None:
        """Put the cursor where the reason is written."""
        self.reason.focus()

    def _read(self) -> int | None:
        """Return the points as typed, none for an empty field; may refuse."""
        assert self._line, "a line is shown before anything is typed"
        typed = self.points.typed()
        return read_points(typed, self._line.item.hundredths) if typed else None

    def _take_points(self) -> bool:
        """Hand points on if they read; say beside the field what is wrong else."""
        if self._line is None:
            return False
        try:
            points = self._read()
        except Refusal as refusal:
            self.points.set_error(refusal.message)
            return False
        self.points.set_error("")
        if points != self._line.score.hundredths:
            self.judged.emit(self._line, points)
        return True

    def _enter_points(self) -> None:
        if self._take_points():
            self.points_left.emit(self._line)

    def _take_words(self) -> None:
        if self._line is None:
            return
        score = self._line.score
        words = self.reason.typed(), self.shown_by.typed()
        if words != (score.reason, score.evidence):
            self.noted.emit(self._line, *words)

    def _arrange(self) -> None:
        kinds = (
            *((self.place, "note"), (self.name, "heading"), (self.hint, "hint")),
            *((self.full, "note"), (self.by, "hint"), (self.counted, "strong")),
            *((self.earlier, "note"), (self.duty, "note")),
        )
        for label, kind in kinds:
            theme.mark(label, kind)
            label.setWordWrap(label is not self.full)
        points = QHBoxLayout()
        self.points.setMaximumWidth(theme.px(110))
        points.addWidget(self.points)
        points.addWidget(self.full)
        points.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for label in (self.place, self.name, self.hint):
            column.addWidget(label)
        column.addWidget(self._title(_("Points given"), self.points))
        column.addLayout(points)
        column.addWidget(self.by)
        column.addWidget(self._title(_("Reason for a deduction"), self.reason))
        column.addWidget(self.reason)
        column.addWidget(self.earlier)
        column.addWidget(self._title(_("What shows it"), self.shown_by))
        column.addWidget(self.counted)
        column.addWidget(self.rows, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.files)
        column.addWidget(self.shown_by)
        column.addWidget(self.duty)
        column.addStretch()

    def _title(self, words: str, field: TextField) -> QLabel:
        label = QLabel(words)
        theme.mark(label, "strong")
        label.setBuddy(field.input)
        return label


def _say(label: QLabel, lines: Sequence[str]) -> None:
    label.setText("\n".join(lines))
    label.setVisible(bool(lines))


def _hints(line: Line) -> list[str]:
    found = []
    if line.item.method:
        found.append(_("How: {method}").format(method=line.item.method))
    if line.item.evidence:
        text = _("Evidence asked for: {evidence}")
        found.append(text.format(evidence=line.item.evidence))
    return found


def _judged(line: Line) -> list[str]:
    score = line.score
    if score.judged_at is None:
        return []
    text = _("Judged by {name}, {moment}")
    return [text.format(name=score.judged_by, moment=show_moment(score.judged_at))]


def _counted(line: Line, figure: Figure | None) -> list[str]:
    """Say what the program counts; it gives no points by itself."""
    if figure is None:
        return []
    definition = definitions()[figure.key]
    value = show_figure(figure, definition.unit)
    text = _("{name}: {value}")
    found = [text.format(name=definition.name, value=value)]
    found += [str(each) for each in (figure.unknown, figure.note) if each]
    if line.score.counted and line.score.counted != found[0]:
        found.append(_("When judged: {counted}").format(counted=line.score.counted))
    return found


def _earlier(line: Line) -> list[str]:
    earlier = line.earlier
    if earlier is None or earlier.hundredths is None:
        return []
    text = _("Earlier: {points} points")
    found = [text.format(points=show_points(earlier.hundredths))]
    return [*found, earlier.reason] if earlier.reason else found


def _duty(line: Line) -> list[str]:
    score, found = line.score, []
    if score.staff_name:
        found.append(_("Responsible: {name}").format(name=score.staff_name))
    if score.due_on:
        found.append(_("Due: {day}").format(day=show_day(score.due_on)))
    return found
