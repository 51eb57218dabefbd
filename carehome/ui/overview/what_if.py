"""The tab of what would be if something were otherwise."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.what_if import (
    Assumed,
    Base,
    WhatIfNameless,
    WhatIfNameTaken,
    assumptions,
    check,
    outcome,
)
from carehome.services.figures import READ
from carehome.services.what_if import Kept, WhatIf
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.table import TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.overview.hand import Hand
from carehome.ui.overview.tab import Tab
from carehome.ui.overview.what_if_rows import (
    COLUMNS,
    assumed_of,
    fill,
    levers,
    rows_of,
)
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog

LEVERS = 350  # the width of what is assumed
NOTHING = Assumed()


class WhatIfTab(Tab):
    """Shows today beside what would be; nothing is stored unless named and kept."""

    SHOWS = READ | {
        *("what_if", "rating_award", "rating_condition", "calendar_day"),
        *("cover_ratio", "shift_need", "unit", "unit_floor"),
    }

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._what_if = hand.service(WhatIf)
        self._base: Base | None = None
        self._kept: list[Kept] = []
        self.known = ChoiceField(_("Kept what-ifs"), {}, needed=False)
        self.bar = Bar()
        self.bar.note.setText(_("An estimate. Nothing is stored unless you keep it."))
        self.again = self.bar.add_button(_("Back to today"), "undo", "Ctrl+R")
        self.remove = self.bar.add_button(_("Remove what is kept"), "remove")
        self.keep = self.bar.add_button(_("Keep"), "save", "Ctrl+S")
        self.form = Form()
        self._levers = Card(_("What is assumed"))
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.name),
            "overview.what_if",
            N_("Today and then"),
        )
        self.story = QLabel()
        self.story.setWordWrap(True)
        self.story.setTextFormat(Qt.TextFormat.PlainText)
        theme.mark(self.story, "note")
        self._lay_out()

        self.known.changed.connect(self._take_kept)
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
        self._levers.body.addWidget(self.known)
        self._levers.setFixedWidth(theme.px(LEVERS))
        below = Card(_("What this rests on"))
        below.add(self.story)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ListCard(self.view), 1)
        column.addWidget(below)
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
        self.known.set_choices({str(each.what_if_id): each.name for each in kept})
        self.known.setVisible(bool(kept))
        self.remove.setVisible(bool(kept))

    def _take_kept(self) -> None:
        chosen = self._chosen()
        self.remove.setEnabled(chosen is not None)
        if chosen and self._base:
            fill(self.form, self._base, chosen.assumed)

    def _chosen(self) -> Kept | None:
        code = self.known.value()
        return next((x for x in self._kept if str(x.what_if_id) == code), None)

    def _work_out(self) -> None:
        """Show what would be, and why; what cannot be leaves the numbers."""
        if self._base is None:
            return
        try:
            assumed = assumed_of(self.form, self._base)
            check(assumed)
        except CareHomeError as refusal:
            self.story.setText(refusal.message)
            self.keep.setEnabled(False)
            return
        now, then = outcome(self._base, NOTHING), outcome(self._base, assumed)
        self.view.table.set_rows(rows_of(self._base, now, then))
        told = [str(text) for text in assumptions(self._base, assumed)]
        self.story.setText("".join(told))
        self.keep.setEnabled(assumed != NOTHING)

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
        if chosen := self._chosen():
            jobs, remove = self.hand.jobs, self._what_if.remove
            jobs.run(self, self._say_saved, remove, chosen.what_if_id)

    def _say_saved(self, _done: object = None) -> None:
        self.told.emit(_("Saved."))
