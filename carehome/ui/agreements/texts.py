"""The text of agreements: the model, the home's own versions, the list of fields."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, show_moment
from carehome.rules import agreement_text
from carehome.services.agreements import AgreementTemplates, Template
from carehome.services.agreements.templates import MODEL, Reading, SameTemplate
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.workbooks import say_saved


def name_of(text: Template) -> str:
    """Say what a version is called."""
    if text.version == MODEL:
        return _("Model text")
    return _("Version {version}").format(version=text.version)


COLUMNS: tuple[Column[Template], ...] = (
    Column(N_("Version"), name_of, bold=True),
    Column(
        N_("State"),
        lambda text: _("In use") if text.is_used else _("Kept"),
        chip=lambda text: "ok" if text.is_used else "quiet",
    ),
    table.day(N_("Used from"), lambda text: text.valid_from),
    Column(N_("File"), lambda text: text.file_name or None),
    Column(N_("Read in by"), lambda text: text.added_by or None),
    Column(
        N_("Read in at"),
        lambda text: show_moment(text.added_at) if text.added_at else None,
    ),
    Column(N_("Note"), lambda text: text.note or None, stretch=True),
)


class Texts(LiveView):
    """Lists the versions; a new one is edited in Word and read in here."""

    SHOWS = frozenset({"agreement_template"})
    told = Signal(str)

    def __init__(
        self, templates: AgreementTemplates, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._templates = templates
        self._jobs = jobs
        self._today = today
        self.bar = Bar()
        self.save = self.bar.add_button(_("Save as Word to edit"), "save")
        self.look = self.bar.add_button(_("View"), "show")
        self.fields = self.bar.add_button(_("List of fields"), "help")
        self.read = self.bar.add_button(
            _("Read in an edited text"), "import", "Ctrl+N", "primary"
        )
        self.view = TableView(
            TableModel(COLUMNS, lambda text: text.version),
            "agreements.texts",
            N_("Text of the agreement"),
        )
        notice = QLabel(
            _(
                "The model text is an example. Have it reviewed by the home's legal "
                "adviser before you use it. Agreements that exist keep the version "
                "they were drawn up with."
            )
        )
        notice.setWordWrap(True)
        theme.mark(notice, "note")
        card = Card(_("How to change the text"))
        for sentence in (
            _("1. Choose a version and save it as Word."),
            _("2. Edit it in Word or WPS; leave the fields in braces as they are."),
            _("3. Read it in. It is checked, and used from the day you say."),
        ):
            line = QLabel(sentence)
            line.setWordWrap(True)
            card.add(line)
        card.add(notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        column.addWidget(card)
        lead(self, self.view)

        self.read.clicked.connect(self.ask_file)
        self.save.clicked.connect(self.ask_where)
        self.look.clicked.connect(self._look)
        self.fields.clicked.connect(self.show_fields)
        self.view.picked.connect(self._picked)
        self.view.opened.connect(self._look)
        self._picked(None)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._templates.all)

    def ask_file(self) -> None:
        """Ask which Word document shall become the text."""
        kinds = _("Word documents (*.docx)")
        dialog = QFileDialog(self, _("Read in an edited text"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.check)
        dialog.open()

    def check(self, file: str) -> None:
        """Check a Word document before it becomes the text."""
        check = self._templates.check
        self._jobs.run(self, self.ask, check, Path(file), failed=self._tell)

    def ask(self, reading: Reading) -> None:
        """Say what was found in a document, and ask from when on it is used."""
        form = Form()
        day = DateField(_("Used from"), self._today())
        form.add("valid_from", day, blame=(SameTemplate,))
        form.add("note", TextField(_("What has changed"), needed=False, most=200))
        form.set_values({"valid_from": self._today()})
        form.add_widget(_findings(reading))

        def deed(values: dict[str, Any]) -> "partial[int]":
            read_in, note = self._templates.read_in, values["note"] or ""
            return partial(read_in, reading, values["valid_from"], note)

        title = _("Use “{file}” as the text?").format(file=reading.file_name)
        do, draft = _("Use this text"), "agreement-text"
        dialog = DeedDialog(title, form, do, self._jobs, deed, self, draft)
        dialog.answered.connect(self._read_in)
        dialog.open()

    def ask_where(self) -> None:
        """Ask where to save a version as a Word document."""
        text = self.view.current_row()
        if text is None:
            return
        name = _("Service agreement {number}").format(number=name_of(text))
        kinds = _("Word documents (*.docx)")
        dialog = QFileDialog(self, _("Save as"), f"{name}.docx", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("docx")
        dialog.fileSelected.connect(partial(self.write, text.version))
        dialog.open()

    def write(self, version: int, file: str) -> None:
        """Save a version as a Word document."""
        path = Path(file)
        said, write = partial(say_saved, self, path), self._templates.write_out
        self._jobs.run(self, said, write, version, path, failed=self._tell)

    def show_fields(self) -> AskDialog:
        """List what a text may ask for, and where each comes from."""
        dialog = AskDialog(_("List of fields"), _("Close"), self)
        hint = QLabel(_how_to())
        hint.setWordWrap(True)
        theme.mark(hint, "note")
        rows = [*_field_rows()]
        view = TableView(
            TableModel(FIELDS, lambda row: row[0]),
            "agreements.fields",
            N_("List of fields"),
        )
        view.setMinimumSize(theme.px(620), theme.px(360))
        dialog.body.addWidget(hint)
        dialog.body.addWidget(view, 1)
        view.table.set_rows(rows)
        dialog.cancel.hide()
        dialog.asked.connect(dialog.finish)
        dialog.open()
        return dialog

    def _show(self, texts: list[Template]) -> None:
        self.view.table.set_rows(texts)
        if self.view.current_row() is None:
            self.view.selectRow(0)
        count = _("{count} {count:version|versions} of your own")
        self.bar.note.setText(count.format(count=len(texts) - 1))

    def _picked(self, text: Template | None) -> None:
        self.save.setEnabled(text is not None)
        self.look.setEnabled(text is not None)

    def _look(self, _row: object = None) -> None:
        text = self.view.current_row()
        if text is not None:
            title = _("Service agreement {number}").format(number=name_of(text))
            window = PaperDialog(title, f"{title}.pdf", self._jobs, self)
            window.draw(self._templates.write_specimen, text.version)

    def _read_in(self, version: object) -> None:
        text = _("Version {version} was read in. It is used for new agreements.")
        self.told.emit(text.format(version=version))

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)


FieldRow = tuple[str, str]
FIELDS: tuple[Column[FieldRow], ...] = (
    Column(N_("Write in Word"), lambda row: row[0], bold=True),
    Column(N_("Comes from"), lambda row: row[1], stretch=True),
)


def _how_to() -> str:
    return _(
        "Write a field in two braces. In a table, a list fills one row for each entry: "
        "a row above begins it, a row below ends it, as in the model text."
    )


def _field_rows() -> list[FieldRow]:
    known = agreement_text.fields()
    rows = [("{{" + field.name + "}}", field.where) for field in known.single]
    for each in known.lists:
        columns = _(", ").join(column.name for column in each.columns)
        where = _("{where}; each entry has: {columns}")
        told = where.format(where=each.where, columns=columns)
        rows.append((each.name, told))
    return rows


def _findings(reading: Reading) -> QWidget:
    """Say what the check found."""
    found = _("{count} {count:field|fields} will be filled in.")
    sentences = [found.format(count=reading.fields)]
    if reading.missing:
        text = _(
            "These clauses, which order 66 (art. 16) asks for, were not found: {names}"
        )
        sentences.append(text.format(names=_(", ").join(reading.missing)))
    if reading.has_pictures:
        sentences.append(
            _("Pictures are not printed by the program. Print from Word for them.")
        )
    label = QLabel("\n".join(sentences))
    label.setWordWrap(True)
    theme.mark(label, "banner" if reading.missing else "note")
    return label
