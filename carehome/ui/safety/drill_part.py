"""What the parts of the tab of drills share: a list, its deeds, the file of one row."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.safety.drills import Lesson
from carehome.rules.safety.hazards import SEVERITY_NAMES, NewHazard, Severity
from carehome.services.safety.lessons import Lessons
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import Deed, DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.paper_asking import asking

T = TypeVar("T")
FILE, MOST = 520, 0.55  # the width of a file, and its largest share of the tab
LIST = 150  # the least height of the list in a file
LESSONS: tuple[Column[Lesson], ...] = (
    Column(N_("What was learnt"), lambda each: each.text, stretch=True),
    Column(
        N_("Hazard"),
        lambda each: _("Opened") if each.hazard_id else _("No hazard yet"),
        chip=lambda each: "ok" if each.hazard_id else "quiet",
    ),
)


def lesson_view(name: str) -> TableView[Lesson]:
    """Return a list of what was learnt."""
    model = TableModel(LESSONS, lambda each: each.lesson_id)
    view = TableView(model, name, N_("What was learnt"))
    view.set_empty(_("Nothing was noted."))
    return view


class PartFile(Side):
    """The file of one row: deeds, facts, what is told of it, and a list."""

    def __init__(self, inner: TableView[Any], *deeds: QPushButton) -> None:
        super().__init__()
        self.facts = FactGrid()
        self.story = QLabel()
        self.story.setWordWrap(True)
        self.story.setTextFormat(Qt.TextFormat.PlainText)
        above = QWidget()
        row = Flow(above, 6)
        for each in deeds:
            row.addWidget(each)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (above, self.facts, self.story):
            column.addWidget(part)
        listed = ListCard(inner)
        listed.setMinimumHeight(theme.px(LIST))
        column.addWidget(listed, 1)
        self.body.addWidget(scrolling(inside), 1)  # low screens have no room for all

    def show_row(self, title: str, facts: Sequence[Fact], story: str) -> None:
        """Fill the file."""
        self.title.setText(title)
        self.facts.show_facts(facts)
        self.story.setText(story)
        self.story.setVisible(bool(story))


class Part(QWidget, Generic[T]):
    """A list with deeds above it; a row opens to its file.

    `told` says what was done, `hazard_wanted` carries a hazard to be opened.
    """

    told = Signal(str)
    hazard_wanted = Signal(int)

    def __init__(self, hand: Hand, view: TableView[T], file: PartFile) -> None:
        super().__init__()
        self.hand, self.view, self.file = hand, view, file
        self._wanted: object = None
        self.bar = Bar()
        self.banner = QLabel()
        self.banner.setWordWrap(True)
        theme.mark(self.banner, "banner")
        self.banner.hide()
        self.split = Split(ListCard(view), file, FILE, MOST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.banner)
        column.addWidget(self.split, 1)
        lead(self, view)

        view.opened.connect(self._open)
        view.clicked.connect(lambda: self._open(view.current_row()))
        view.picked.connect(self._follow)

    def read_year(self, year: int) -> None:
        """Read again what is listed, of a year where years matter."""
        raise NotImplementedError

    def fill_file(self, row: T) -> None:
        """Show a row in the file."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show other rows; an open file follows."""
        self.view.table.set_rows(rows)
        if self._wanted is not None:
            self.open_one(self._wanted)

    def say(self, texts: Sequence[str]) -> None:
        """Say above the list what is missing."""
        self.banner.setText(_("; ").join(texts))
        self.banner.setVisible(bool(texts))

    def open_one(self, key: object) -> None:
        """Open the file of a row; it waits until the rows are read."""
        self._wanted = key
        if self.view.select(key):
            self._open(self.view.current_row())

    def ask(self, title: str, form: Form, deed: Deed, draft: str) -> DeedDialog:
        """Ask for what a deed needs, have it done and say so."""
        dialog = asking(title, form, self.hand, deed, self, draft)
        dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
        dialog.open()
        return dialog

    def deed(
        self, button: QPushButton, allowed: bool, do: Callable[[], object]
    ) -> None:
        """Let a button do a deed, and show it to those who may."""
        button.setVisible(allowed)
        button.clicked.connect(lambda _checked: do())

    def show_paper(self, name: str, write: Callable[..., object], *keys: int) -> None:
        """Show a paper in a window of its own: to look at, print, save."""
        window = PaperDialog(name, f"{name}.pdf", self.hand.jobs, self)
        window.draw(write, *keys)

    def open_lesson(self, lesson: Lesson, place: str) -> None:
        """Go to the hazard of a lesson, or ask for one to be opened."""
        if lesson.hazard_id:
            self.hazard_wanted.emit(lesson.hazard_id)
            return
        form = Form()
        form.add("item", NoteField(_("What is wrong"), needed=True)).set_value(
            lesson.text
        )
        form.add("place", TextField(_("Place"))).set_value(place)
        levels = {code: _(name) for code, name in SEVERITY_NAMES.items()}
        severity = form.add("severity", ChoiceField(_("Severity"), levels))
        severity.set_value(Severity.GENERAL)
        deed = partial(self._hazard_deed, lesson.lesson_id)
        draft = f"lesson-hazard:{lesson.lesson_id}"
        self.ask(_("Open a hazard"), form, deed, draft)

    def _hazard_deed(self, lesson_id: int, values: dict[str, Any]) -> "partial[int]":
        hazard = NewHazard(values["item"], values["place"], values["severity"])
        return partial(self.hand.service(Lessons).open_hazard, lesson_id, hazard)

    def _open(self, row: T | None) -> None:
        if row is not None:
            self._wanted = self.view.table.key(row) if self.view.table.key else None
            self.fill_file(row)
            self.split.open_side()

    def _follow(self, row: T | None) -> None:
        if not self.file.isHidden() and row is not None:
            self._open(row)
        elif row is None or self.file.isHidden():
            self._wanted = None
            self.split.close_side()
