"""The versions of a checklist: what each asked, what changed, and keeping the next."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from carehome.i18n import N_, _
from carehome.rules.safety.forms import Form, FormNameless, FormNameTaken, NoItems
from carehome.rules.safety.versions import HOW_NAMES, Change, How, changes
from carehome.services.safety.forms import SafetyForms
from carehome.ui.kit import forms, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog, share_room
from carehome.ui.safety.item_columns import COLUMNS, Row

WIDE, HEAD, LINE, MOST_LINES = 960, 56, 36, 9
CHANGES, ITEMS = "changes", "items"


class VersionsDialog(AskDialog):
    """Lists the versions of a checklist; the one chosen is read below."""

    def __init__(self, versions: Sequence[Form], parent: QWidget) -> None:
        title = _("Versions of “{form}”").format(form=versions[0].name)
        super().__init__(title, _("Close"), parent)
        self._before = dict(zip(versions, (*versions[1:], None), strict=True))
        model = TableModel(VERSION_COLUMNS, lambda form: form.number)
        self.versions = TableView(model, "safety.form_versions", N_("Versions"))
        self.which = Pick({CHANGES: _("What changed"), ITEMS: _("All its items")})
        self.which.setAccessibleName(_("What is read of a version"))
        self.changes = change_list("safety.version_changes")
        item_model: TableModel[Row] = TableModel(COLUMNS, lambda row: row[0])
        self.items = TableView(
            item_model, "safety.version_items", N_("Items of a checklist")
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self.versions.picked.connect(self._read)
        self.which.chosen.connect(self._turn)
        self.asked.connect(self.accept)
        self.which.set_code(CHANGES)
        self.versions.table.set_rows(list(versions))
        self.versions.select(versions[0].number)
        self.versions.setFocus()

    def _read(self, form: Form | None) -> None:
        if form is None:
            return
        before = self._before[form]
        self.changes.table.set_rows(changes(before, form) if before else ())
        text = _("Only its note differs.")
        self.changes.set_empty(text if before else _("It is the first version."))
        self.items.table.set_rows(list(enumerate(form.items)))

    def _turn(self) -> None:
        self._stack.setCurrentIndex((CHANGES, ITEMS).index(self.which.code()))

    def _lay_out(self) -> None:
        above = ListCard(self.versions)
        for view in (self.changes, self.items):
            self._stack.addWidget(ListCard(view))
        for widget in (above, self.which, self._stack):
            self.body.addWidget(widget)
        self.cancel.hide()
        self.setMinimumWidth(theme.px(WIDE))
        share_room(self, {above: 180, self._stack: 340})


class KeepDialog(DeedDialog):
    """Shows what differs from the newest version, and asks for a note to the next."""

    def __init__(
        self,
        old: Form,
        new: Form,
        keep: Callable[[str], "partial[int]"],
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        form = forms.Form()
        hint = _("For example why it was changed; it is shown with the checklist.")
        note = form.add("note", NoteField(_("Note"), lines=2, hint=hint))
        note.set_value(new.note)
        form.blame("note", NoItems, FormNameless, FormNameTaken)
        super().__init__(
            _("Keep as version {number}").format(number=old.number + 1),
            form,
            _("Keep as new version"),
            jobs,
            lambda values: keep(values["note"] or ""),
            parent,
            f"safety-version:{old.form_id}",
        )
        text = _("Rounds that are made stay as they are; the next ones are made by it.")
        about = QLabel(text)
        about.setWordWrap(True)
        theme.mark(about, "note")
        self.changes = change_list("safety.keep_changes")
        self.changes.table.set_rows(changes(old, new))
        card = ListCard(self.changes)
        self.body.insertWidget(0, about)
        self.body.insertWidget(1, card)
        self.setMinimumWidth(theme.px(WIDE))
        lines = min(self.changes.table.rowCount(), MOST_LINES)
        share_room(self, {card: HEAD + LINE * max(lines, 2)})


def show_versions(
    service: SafetyForms, form_id: int, jobs: Jobs, parent: QWidget
) -> None:
    """Read the versions of a checklist and show them."""
    jobs.run(parent, partial(_open, parent), service.versions, form_id)


def _open(parent: QWidget, versions: list[Form]) -> None:
    VersionsDialog(versions, parent).open()


def change_list(name: str) -> TableView[Change]:
    """Return a list of what differs between two versions."""
    view: TableView[Change] = TableView(
        TableModel(CHANGE_COLUMNS), name, N_("What changed")
    )
    view.set_empty(_("Only its note differs."))
    return view


TONES = {How.ADDED: "ok", How.REMOVED: "bad", How.CHANGED: "info", How.MOVED: "quiet"}
CHANGE_COLUMNS: tuple[Column[Change], ...] = (
    Column(
        N_("What became of it"),
        lambda change: _(HOW_NAMES[change.how]),
        chip=lambda change: TONES[change.how],
    ),
    Column(
        N_("Item"),
        lambda change: change.item or _("Name and source"),
        width=260,
        tip=lambda change: change.item,
    ),
    Column(N_("Field"), lambda change: change.field or None, width=120),
    Column(
        N_("Before"),
        lambda change: change.before or None,
        width=200,
        tip=lambda change: change.before,
    ),
    Column(
        N_("Afterwards"),
        lambda change: change.after or None,
        stretch=True,
        tip=lambda change: change.after,
    ),
)
VERSION_COLUMNS: tuple[Column[Form], ...] = (
    table.number(N_("Version"), lambda form: form.number),
    table.moment(N_("Kept at"), lambda form: form.made_at),
    Column(N_("Kept by"), lambda form: form.made_by, width=110),
    table.number(N_("Number of items"), lambda form: len(form.items)),
    Column(
        N_("Note"),
        lambda form: form.note or None,
        stretch=True,
        tip=lambda form: form.note,
    ),
)
