"""The tab of what would be if something were otherwise."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, show_day
from carehome.rules.what_if import (
    Assumed,
    Base,
    WhatIfNameless,
    WhatIfNameTaken,
    outcome,
)
from carehome.rules.what_if_said import lines_of, say_assumptions
from carehome.services.figures import READ
from carehome.services.what_if import WhatIf
from carehome.services.what_if_paper import Kept
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.table import TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.overview.what_if_rows import (
    COLUMNS,
    OTHER,
    assumed_of,
    fill,
    levers,
)
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.workbooks import save_workbook

LEVERS = 350  # the width of what is assumed
RESULT, STORY = 150, (24, 125)  # heights that are left to them in a low window
NOTHING = Assumed()


class WhatIfTab(Tab):
    """Shows today beside what would be; nothing is stored unless named and kept."""

    SHOWS = READ | {
        *("what_if", "rating_award", "rating_condition", "calendar_day"),
        *("cover_ratio", "shift_need", "unit", "unit_floor"),
        *("rating_self", "rating_verdict", "payer"),
    }

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._what_if = hand.service(WhatIf)
        self._base: Base | None = None
        self._kept: list[Kept] = []
        self.known = ChoiceField(_("Kept what-ifs"), {}, needed=False)
        self.beside = ChoiceField(_("Compare with"), {}, needed=False)
        self.bar = Bar()
        self.bar.note.setText(_("An estimate. Nothing is stored unless you keep it."))
        self.again = self.bar.add_button(_("Back to today"), "undo", "Ctrl+R")
        self.remove = self.bar.add_button(_("Remove what is kept"), "remove")
        self.keep = self.bar.add_button(_("Keep"), "save", "Ctrl+S")
        self.print = self.bar.add_button(_("Print"), "print", "Ctrl+P")
        self.save = self.bar.add_button(_("Save as a workbook"), "save", "Ctrl+E")
        self.form = Form()
        self._levers = Card(_("What is assumed"))
        self.view = TableView(
            TableModel(COLUMNS, lambda line: line.name),
            "overview.what_if",
            N_("Today and then"),
        )
        self.view.columns.leave_out({OTHER})
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        theme.mark(self.trouble, "banner")
        self.trouble.hide()
        self.story = QLabel()
        self.story.setWordWrap(True)
        self.story.setTextFormat(Qt.TextFormat.PlainText)
        theme.mark(self.story, "note")
        self._lay_out()

        self.known.changed.connect(self._take_kept)
        self.beside.changed.connect(self._compare)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.again.clicked.connect(self.start_anew)
        self.keep.clicked.connect(self.ask_name)
        self.remove.clicked.connect(self._remove)

    def refresh(self) -> None:
        jobs, day = self.hand.jobs, self.hand.today()
        jobs.run_last(self, self.show_base, self._what_if.base, day)
        jobs.run_last(self, self._show_kept, self._what_if.kept)

    def start_anew(self) -> None:
        """Assume nothing: then is today."""
        if self._base:
            self.known.set_value(None)
            fill(self.form, self._base, NOTHING)

    def open_key(self, key: object) -> None:
        """Show what was kept, by its number."""
        self.known.set_value(str(key))

    def _lay_out(self) -> None:
        self._choices = Form()
        self._choices.add("known", self.known)
        self._choices.add("beside", self.beside)
        self._choices.hide()
        self._levers.body.addWidget(self._choices)
        self._levers.setFixedWidth(theme.px(LEVERS))
        below = Card(_("What this rests on"))
        told = scrolling(self.story)
        told.setMinimumHeight(theme.px(STORY[0]))
        below.add(told)
        below.setMaximumHeight(theme.px(STORY[1]))
        self.view.setMinimumHeight(theme.px(RESULT))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.trouble)
        column.addWidget(ListCard(self.view), 1)
        column.addWidget(below, 0)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self._levers)
        row.addWidget(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(10))
        whole.addWidget(self.bar)
        whole.addLayout(row, 1)

    def show_base(self, base: Base) -> None:
        """Show the home as it is; what was typed stays, where the grades did."""
        assumed = assumed_of(self.form, self._base) if self._base else NOTHING
        is_new = self._base is None or self._base.grade_names != base.grade_names
        self._base = base
        if is_new:
            self.form = levers(base)
            self.form.changed.connect(self._work_out)
            self._levers.body.addWidget(scrolling(self.form), 1)
            lead(self, self.form)
            held = self.window().focusWidget()
            if held is None or self.isAncestorOf(held):
                self.form.focus()  # it was not there yet when the tab was opened
        fill(self.form, base, assumed)
        self._work_out()

    def _show_kept(self, kept: list[Kept]) -> None:
        self._kept = kept
        names = {str(each.what_if_id): each.name for each in kept}
        self.known.set_choices(names)
        self.beside.set_choices(names)
        self._choices.setVisible(bool(kept))
        self.remove.setVisible(bool(kept))
        self._compare()

    def _take_kept(self) -> None:
        chosen = self._chosen(self.known)
        self.remove.setEnabled(chosen is not None)
        if chosen and self._base:
            fill(self.form, self._base, chosen.assumed)

    def _compare(self) -> None:
        """Show another column while something is compared with."""
        self.view.columns.leave_out(set() if self._chosen(self.beside) else {OTHER})
        self._work_out()

    def _chosen(self, among: ChoiceField) -> Kept | None:
        code = among.value()
        return next((x for x in self._kept if str(x.what_if_id) == code), None)

    def _work_out(self) -> None:
        """Show what would be, and why; what cannot be leaves the numbers."""
        if self._base is None:
            return
        base, beside = self._base, self._chosen(self.beside)
        wrong = self._wrong()
        try:
            assumed = assumed_of(self.form, base)
            then = outcome(base, assumed)
            other = outcome(base, beside.assumed) if beside else None
        except CareHomeError as refusal:
            wrong = wrong or refusal.message
        self.trouble.setText(wrong)
        self.trouble.setVisible(bool(wrong))
        for deed in (self.print, self.save):
            deed.setEnabled(not wrong)
        self.keep.setEnabled(not wrong and assumed != NOTHING)
        if wrong:
            return
        self.view.table.set_rows(lines_of(base, outcome(base, NOTHING), then, other))
        self.story.setText(say_assumptions(base, assumed))

    def _wrong(self) -> str:
        """Say which field holds what cannot be, and why."""
        for field in self.form.fields.values():
            if problem := field.problem():
                text = _("{name}: {problem}")
                return text.format(name=field.name, problem=problem)
        return ""

    def _print(self) -> None:
        if self._base:
            title, values = _("What if"), self._papers(self._base)
            paper = PaperDialog(title, self._file("pdf"), self.hand.jobs, self)
            paper.draw(self._what_if.write_paper, *values)

    def _save(self) -> None:
        if self._base:
            values = self._papers(self._base)
            write, name = self._what_if.write_book, self._file("xlsx")
            save_workbook(self, self.hand.jobs, name, write, *values)

    def _papers(self, base: Base) -> tuple[Assumed, Kept | None, date]:
        assumed = assumed_of(self.form, base)
        return assumed, self._chosen(self.beside), self.hand.today()

    def _file(self, ending: str) -> str:
        name = _("What if {day}").format(day=show_day(self.hand.today()))
        return f"{name}.{ending}"

    def ask_name(self) -> None:
        """Ask under which name it shall be kept."""
        if self._base is None:
            return
        assumed = assumed_of(self.form, self._base)
        form = Form()
        name = TextField(_("Name of the what-if"), most=40)
        form.add("name", name, blame=(WhatIfNameless, WhatIfNameTaken))

        def deed(values: dict[str, Any]) -> "partial[int]":
            return partial(self._what_if.keep, values["name"] or "", assumed)

        dialog = DeedDialog(
            _("Keep this what-if"),
            form,
            _("Keep"),
            self.hand.jobs,
            deed,
            self,
            "what-if",
        )
        dialog.accepted.connect(self._say_saved)
        dialog.open()

    def _remove(self) -> None:
        if chosen := self._chosen(self.known):
            jobs, remove = self.hand.jobs, self._what_if.remove
            jobs.run(self, self._say_saved, remove, chosen.what_if_id)

    def _say_saved(self, _done: object = None) -> None:
        self.told.emit(_("Saved."))
