"""The home's own lists: grades, bed classes, meal plans, categories, care units."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.home import LIST_NAMES, Code, NameMissing
from carehome.services.home import Home
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import icon_button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.settings.bar import Bar

COLUMNS = (
    Column[Code](N_("Entry"), lambda code: code.label, bold=True, width=280),
    Column[Code](
        N_("State"),
        lambda code: _("In use") if code.is_active else _("Hidden"),
        chip=lambda code: "ok" if code.is_active else "quiet",
        stretch=True,
    ),
)


class ListsSection(LiveView):
    """Changes one list at a time; each change is kept at once."""

    SHOWS = frozenset({"code"})
    told = Signal(str)

    def __init__(self, home: Home, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._home = home
        self._jobs = jobs
        self._codes: list[Code] = []
        self.which = Pick({kind: _(name) for kind, name in LIST_NAMES.items()})
        self.which.setAccessibleName(_("List"))
        self.which.set_code(next(iter(LIST_NAMES)))
        self.bar = Bar()
        self.up = icon_button("up", _("Move up"), partial(self._move, -1), "Alt+Up")
        self.down = icon_button(
            "down", _("Move down"), partial(self._move, 1), "Alt+Down"
        )
        self.bar.add(self.up)
        self.bar.add(self.down)
        self.hide_code = self.bar.add_button(_("Hide"), "hide")
        self.rename = self.bar.add_button(_("Rename"), "edit", "F2")
        self.add = self.bar.add_button(_("New entry"), "plus", "Ctrl+N", "primary")
        self.bar.note.setText(
            _("Hidden entries are no longer offered; records keep them.")
        )
        self.table = TableModel(COLUMNS, key=lambda code: code.code)
        self.view = TableView(self.table, "settings.lists", N_("Lists"))
        self.view.horizontalHeader().setSectionsClickable(
            False
        )  # its order is the list
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.which)
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.which)

        self.which.chosen.connect(self.refresh)
        self.add.clicked.connect(self._ask_new)
        self.rename.clicked.connect(self._ask_name)
        self.hide_code.clicked.connect(self._turn)
        self.view.opened.connect(self._ask_name)
        self.view.picked.connect(self._offer)
        self._offer(None)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._home.codes, self.which.code())

    def _show(self, codes: list[Code]) -> None:
        self._codes = codes
        self.table.set_rows(codes)
        self._offer(self.view.current_row())

    def _offer(self, code: Code | None) -> None:
        """Let only those deeds be done that have something to be done to."""
        at = self._codes.index(code) if code in self._codes else -1
        self.up.setEnabled(at > 0)
        self.down.setEnabled(-1 < at < len(self._codes) - 1)
        self.rename.setEnabled(at >= 0)
        self.hide_code.setEnabled(at >= 0)
        shown = code is None or code.is_active
        self.hide_code.setText(_("Hide") if shown else _("Offer again"))

    def _move(self, places: int) -> None:
        """Move the entry under the cursor up or down."""
        code = self.view.current_row()
        if code is None:
            return
        codes = list(self._codes)
        at = codes.index(code)
        codes.insert(at + places, codes.pop(at))
        self._keep(codes)

    def _turn(self) -> None:
        """Hide the entry under the cursor, or offer it again."""
        if code := self.view.current_row():
            self._put(code, replace(code, is_active=not code.is_active))

    def _ask_new(self) -> None:
        self._ask(_("New entry"), "", self._append)

    def _ask_name(self, _row: object = None) -> None:
        if code := self.view.current_row():
            self._ask(_("Rename"), code.label, partial(self._rename, code))

    def _ask(
        self, title: str, label: str, then: Callable[[str, FormDialog], None]
    ) -> None:
        form = Form()
        form.add("label", TextField(_("Entry")), blame=(NameMissing,))
        form.set_values({"label": label})
        draft = f"list:{self.which.code()}:{label}"
        dialog = FormDialog(title, form, _("Save"), self, draft)
        dialog.chosen.connect(partial(_pass_label, then, dialog))
        dialog.open()

    def _append(self, label: str, dialog: FormDialog) -> None:
        codes = {code.code for code in self._codes}
        number = len(codes) + 1
        while f"own_{number}" in codes:
            number += 1
        self._keep([*self._codes, Code(f"own_{number}", label)], dialog)

    def _rename(self, code: Code, label: str, dialog: FormDialog) -> None:
        self._put(code, replace(code, label=label), dialog)

    def _put(self, old: Code, new: Code, dialog: FormDialog | None = None) -> None:
        self._keep([new if each == old else each for each in self._codes], dialog)

    def _keep(self, codes: list[Code], dialog: FormDialog | None = None) -> None:
        """Keep the list; a dialog that asked for it closes, or tells why it cannot."""
        self._jobs.run(
            dialog or self,
            dialog.finish if dialog else self._kept,
            self._home.change_codes,
            self.which.code(),
            codes,
            failed=dialog.refuse if dialog else None,
        )

    def _kept(self, _answer: None) -> None:
        """Nothing more to do: the change itself makes the list read again."""


def _pass_label(
    then: Callable[[str, FormDialog], None], dialog: FormDialog, values: dict[str, Any]
) -> None:
    then(values["label"], dialog)
