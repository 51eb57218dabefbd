"""The change log: who changed what and when, from what to what."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_moment
from carehome.services.change_log import PAGE, ChangeLog, LogEntry, LogFilter, LogPage
from carehome.services.deeds import RECORD_NAMES, actor_name
from carehome.services.logged import FieldChange
from carehome.services.residents import Residents
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.cards import Fact, Facts, ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.resident_field import ResidentField
from carehome.ui.parts.workbooks import save_workbook
from carehome.ui.settings.bar import Bar


def _summary(entry: LogEntry) -> str:
    """Say a change in one line, short enough for a list."""
    told = (
        f"{change.name} {change.before} → {change.after or '–'}"
        if change.before
        else f"{change.name} {change.after}"
        for change in entry.changes
    )
    return _("; ").join(told)


COLUMNS: tuple[Column[LogEntry], ...] = (
    table.moment(N_("When"), lambda entry: entry.at),
    Column[LogEntry](N_("Who"), lambda entry: entry.actor),
    Column[LogEntry](N_("Action"), lambda entry: entry.deed, bold=True),
    Column[LogEntry](N_("Changed record"), lambda entry: entry.subject),
    Column[LogEntry](N_("What changed"), _summary, stretch=True),
)


WHAT = len(COLUMNS) - 1


class LogSection(LiveView):
    """Shows the log page by page, narrowed as the person wants; `told` says results."""

    SHOWS = frozenset(RECORD_NAMES)
    told = Signal(str)
    resident_wanted = Signal(int)

    def __init__(
        self,
        log: ChangeLog,
        residents: Residents,
        jobs: Jobs,
        today: Callable[[], date],
    ) -> None:
        super().__init__(jobs)
        self._log = log
        self._residents = residents
        self._jobs = jobs
        self._number = 0
        self._total = 0
        records = {code: _(name) for code, name in RECORD_NAMES.items()}
        # With larger text five fields do not fit beside one another.
        self.form = Form(columns=5 if theme.scale() == theme.SCALES[0] else 3)
        self.first = self.form.add("first_day", _day(_("From day"), today()))
        self.last = self.form.add("last_day", _day(_("To day"), today()))
        self.actor = self.form.add(
            "actor", ChoiceField(_("Who"), {}, needed=False, empty=_("Everybody"))
        )
        self.record = self.form.add(
            "record",
            ChoiceField(
                _("Kind of record"), records, needed=False, empty=_("Everything")
            ),
        )
        self.resident = self.form.add(
            "resident_id", ResidentField(_("Resident"), needed=False)
        )
        self.bar = Bar()
        self.back = icon_button("left", _("Newer"), self._turn_back, "Alt+Left")
        self.on = icon_button("right", _("Older"), self._turn_on, "Alt+Right")
        self.bar.add(self.back)
        self.bar.add(self.on)
        self.export = self.bar.add_button(_("Export"), "save")
        self.table = TableModel(COLUMNS, key=lambda entry: entry.change_id)
        self.view = TableView(self.table, "settings.log", N_("Change log"))
        self.view.set_empty(_("Nothing was changed in this way."))
        self.side = ChangeFile()
        self.split = Split(ListCard(self.view), self.side, width=360)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.form)
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)

        self.form.changed.connect(self._look_again)
        self.view.picked.connect(self._open)
        self.side.resident.clicked.connect(self._want_resident)
        self.side.closed.connect(self._closed)
        self.export.clicked.connect(self._export)
        self.view.save_by(self._export)  # all pages, not the one that is shown

    def refresh(self) -> None:
        self._jobs.run_last(self, self._offer_actors, self._log.actors)
        self._jobs.run_last(self, self.resident.set_index, self._residents.index)
        self._read()

    def _read(self) -> None:
        self._jobs.run_last(self, self._show, self._log.page, self.wanted, self._number)

    @property
    def wanted(self) -> LogFilter:
        """What the person wants to see."""
        values: dict[str, Any] = self.form.values()
        return LogFilter(**values)

    def _look_again(self) -> None:
        self._number = 0
        self._read()

    def _offer_actors(self, actors: list[str]) -> None:
        self.actor.set_choices({actor: actor_name(actor) for actor in actors})

    def _show(self, page: LogPage) -> None:
        self._total = page.total
        first = self._number * PAGE
        text = _(
            "{first}–{last} of {total} {total:change|changes}, the newest first"
        ).format(
            first=min(first + 1, page.total),
            last=first + len(page.entries),
            total=page.total,
        )
        self.bar.note.setText(text if page.total else "")
        self.table.set_rows(page.entries)
        self.back.setEnabled(self._number > 0)
        self.on.setEnabled(first + PAGE < page.total)
        self.export.setEnabled(page.total > 0)

    def _turn_back(self) -> None:
        self._number = max(self._number - 1, 0)
        self._read()

    def _turn_on(self) -> None:
        if (self._number + 1) * PAGE < self._total:
            self._number += 1
            self._read()

    def _open(self, entry: LogEntry | None) -> None:
        if entry is None:
            self.split.close_side()
            self._closed()
        else:
            self.side.show_entry(entry)
            self.split.open_side()
            self.view.show_columns(WHAT)  # the file tells the rest in full

    def _closed(self) -> None:
        self.view.show_columns(len(COLUMNS))

    def _want_resident(self) -> None:
        entry = self.side.entry
        if entry and entry.resident_id:
            self.resident_wanted.emit(entry.resident_id)

    def _export(self) -> None:
        name = _("Change log") + ".xlsx"
        save_workbook(self, self._jobs, name, self._log.export, self.wanted)


class ChangeFile(Side):
    """One change: what stood there before, and what stands there since."""

    def __init__(self) -> None:
        super().__init__()
        self.entry: LogEntry | None = None
        self.head_facts = Facts()
        self.changes = Changes()
        self.resident = button(_("Open the resident"), "person")
        row = QHBoxLayout()
        row.addWidget(self.resident)
        row.addStretch()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head_facts)
        column.addWidget(self.changes)
        column.addStretch()
        self.body.addWidget(scrolling(whole), 1)
        self.body.addLayout(row)

    def show_entry(self, entry: LogEntry) -> None:
        """Show one change."""
        self.entry = entry
        self.title.setText(entry.deed)
        self.head_facts.show_facts(
            [
                Fact(_("When"), show_moment(entry.at)),
                Fact(_("Who"), entry.actor),
                Fact(entry.action, entry.subject),
            ]
        )
        self.changes.show_changes(entry.changes)
        self.resident.setVisible(entry.resident_id is not None)


class Changes(QWidget):
    """Fields of a record with what they were and what they became, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, theme.px(8), 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(10))

    def show_changes(self, changes: Sequence[FieldChange]) -> None:
        """Replace what is shown; a record that is new has no column of before."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        had_before = any(change.before for change in changes)
        columns = 3 if had_before else 2
        heads = ("", _("Before"), _("After")) if had_before else ()
        for column, head in enumerate(heads):
            self._put(0, column, head, "hint")
        for row, change in enumerate(changes, start=1):
            values = (change.before, change.after)[3 - columns :]
            self._put(row, 0, change.name, "note")
            for column, value in enumerate(values, start=1):
                last = column == columns - 1
                self._put(row, column, value or "–", "strong" if last else "")
        for column in range(1, 3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _put(self, row: int, column: int, text: str, kind: str) -> None:
        label = QLabel(text)
        label.setWordWrap(column > 0)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.mark(label, kind)
        self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)


def _day(name: str, today: date) -> DateField:
    field = DateField(name, today, needed=False)
    field.input.setPlaceholderText(_("Any day"))
    return field
