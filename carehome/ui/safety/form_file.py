"""One checklist beside its list: its items, changed until kept as the next version."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.rulepacks import STANDING_NAMES
from carehome.rules.safety.forms import (
    SURENESS_NAMES,
    WEIGHT_NAMES,
    Form,
    FormItem,
    Sureness,
    Weight,
    same,
)
from carehome.rules.safety.hazards import SEVERITY_NAMES, SEVERITY_TONES
from carehome.services.safety.forms import SafetyForms
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import Side
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.safety.form_asking import head_form, item_form, with_head, with_values

WIDE = 680


class FormFile(Side):
    """Shows the items of a checklist and lets a working copy of them be changed.

    What is not kept yet stays as it is while other checklists are looked at.
    """

    saved = Signal(str)

    def __init__(self, forms: SafetyForms, jobs: Jobs) -> None:
        super().__init__()
        self._forms, self._jobs = forms, jobs
        self._stored: Form | None = None
        self._changed: dict[int | None, Form] = {}
        self.about = QLabel()
        self.about.setWordWrap(True)
        theme.mark(self.about, "note")
        self.items = TableView(
            TableModel(COLUMNS, lambda row: row[0]),
            "safety.form-items",
            N_("Items of a checklist"),
        )
        self.head_button = button(_("Name and source"), "edit", kind="small")
        self.add = button(_("New item"), "plus", kind="small")
        self.change = button(_("Change item"), "edit", kind="small")
        self.up = icon_button("up", _("Item up"), partial(self._shift, -1))
        self.down = icon_button("down", _("Item down"), partial(self._shift, 1))
        self.remove = button(_("Take item out"), "remove", kind="small")
        self.discard = button(_("Drop the changes"), "undo")
        self.keep = button(_("Keep as new version"), "save", kind="primary")
        self._lay_out()
        self.items.opened.connect(self._ask_item)
        self.items.picked.connect(self._offer)
        self.head_button.clicked.connect(self.ask_head)
        self.add.clicked.connect(self.ask_new_item)
        self.change.clicked.connect(lambda: self._ask_item(self.items.current_row()))
        self.remove.clicked.connect(self._take_out)
        self.discard.clicked.connect(self._drop)
        self.keep.clicked.connect(self._keep)

    @property
    def form(self) -> Form | None:
        """The checklist as it is shown, with what was changed of it."""
        if self._stored is None:
            return None
        return self._changed.get(self._stored.form_id, self._stored)

    def show_form(self, form: Form) -> None:
        """Show a checklist as it is kept, or as it was left half changed."""
        self._stored = form
        kept = self._changed.get(form.form_id)
        if kept and (same(kept, form) or kept.number != form.number):
            del self._changed[form.form_id]
        self._tell()

    def ask_head(self) -> None:
        """Ask for the name, purpose and source of the checklist."""
        if form := self.form:
            dialog = FormDialog(
                form.name,
                head_form(form),
                _("Put into the checklist"),
                self,
                f"safety-form:{form.form_id}",
            )
            dialog.chosen.connect(lambda values: self._take(with_head(form, values)))
            dialog.chosen.connect(dialog.finish)
            dialog.open()

    def ask_new_item(self) -> None:
        """Ask for an item that comes after the one chosen."""
        if (form := self.form) is None:
            return
        row = self.items.current_row()
        at = row[0] + 1 if row else len(form.items)
        section = form.items[at - 1].section if at else ""
        self._ask(_("New item"), FormItem("", "", section), at, at)

    def _ask_item(self, row: "tuple[int, FormItem] | None") -> None:
        if row is not None:
            at, item = row
            self._ask(_("Item {number}").format(number=at + 1), item, at, at + 1)

    def _ask(self, title: str, item: FormItem, first: int, rest: int) -> None:
        """Ask for an item that takes the place of those from `first` to `rest`."""
        form = self.form
        assert form, "an item belongs to a checklist"
        sections = tuple(dict.fromkeys(i.section for i in form.items if i.section))
        draft = f"safety-item:{form.form_id}:{item.code or 'new'}"
        asked = item_form(item, sections)
        dialog = FormDialog(title, asked, _("Put into the checklist"), self, draft)
        dialog.setMinimumWidth(theme.px(WIDE))

        def take(values: dict[str, object]) -> None:
            new = with_values(item, values)
            items = (*form.items[:first], new, *form.items[rest:])
            self._take(replace(form, items=items), first)
            dialog.finish()

        dialog.chosen.connect(take)
        dialog.open()

    def _take_out(self) -> None:
        row, form = self.items.current_row(), self.form
        if row and form:
            items = (*form.items[: row[0]], *form.items[row[0] + 1 :])
            self._take(replace(form, items=items), min(row[0], len(items) - 1))

    def _shift(self, by: int) -> None:
        row, form = self.items.current_row(), self.form
        if not (row and form and 0 <= row[0] + by < len(form.items)):
            return
        items = list(form.items)
        items.insert(row[0] + by, items.pop(row[0]))
        self._take(replace(form, items=tuple(items)), row[0] + by)

    def _take(self, form: Form, at: int | None = None) -> None:
        self._changed[form.form_id] = form
        self._tell()
        if at is not None:
            self.items.select(at)

    def _drop(self) -> None:
        if self._stored:
            self._changed.pop(self._stored.form_id, None)
            self._tell()

    def _keep(self) -> None:
        if form := self.form:
            self.keep.setEnabled(False)
            self._jobs.run(
                self, self._kept, self._forms.save, form, failed=self._refuse
            )

    def _kept(self, number: int) -> None:
        if self._stored:
            self._changed.pop(self._stored.form_id, None)
        text = _("Kept as version {number}. Rounds from now on are made by it.")
        self.saved.emit(text.format(number=number))
        self._tell()

    def _refuse(self, error: Exception) -> None:
        self._offer()
        self._jobs.failed.emit(error)

    def _tell(self) -> None:
        form = self.form
        assert form, "only a checklist is shown"
        self.title.setText(form.name)
        self.about.setText(_about(form))
        self.items.table.set_rows(list(enumerate(form.items)))
        self._offer()

    def _offer(self, _row: object = None) -> None:
        chosen = self.items.current_row() is not None
        for deed in (self.change, self.up, self.down, self.remove):
            deed.setEnabled(chosen)
        is_changed = bool(self._stored and self._stored.form_id in self._changed)
        self.keep.setEnabled(is_changed)
        self.discard.setEnabled(is_changed)

    def _lay_out(self) -> None:
        deeds, ends = QWidget(), QWidget()
        row, last = Flow(deeds, 6), Flow(ends, 8)
        for each in (
            *(self.head_button, self.add, self.change, self.remove, self.up, self.down),
        ):
            row.addWidget(each)
        last.addWidget(self.discard)
        last.addWidget(self.keep)
        last.push_right(self.discard)
        self.body.addWidget(self.about)
        self.body.addWidget(deeds)
        self.body.addWidget(self.items, 1)
        self.body.addWidget(ends)


def _about(form: Form) -> str:
    """Say which version this is, by whom, and what it is taken from."""
    lines = [_("Version {number}").format(number=form.number)]
    if form.made_at:
        text = _("Version {number}, {day}, {name}")
        lines = [
            text.format(
                number=form.number,
                day=show_day(form.made_at.date()),
                name=form.made_by,
            )
        ]
    if form.source:
        text = _("Source: {source} ({standing})")
        standing = _(STANDING_NAMES[form.standing])
        lines.append(text.format(source=form.source, standing=standing))
    if form.note:
        lines.append(form.note)
    return "\n".join(lines)


Row = tuple[int, FormItem]


def _sure(row: Row) -> str:
    return _(SURENESS_NAMES[row[1].sureness])


def _all(row: Row) -> str:
    """Say in a tip all that an item says."""
    item = row[1]
    parts = (
        (_("What is looked at"), item.text),
        (_("How it is looked at"), item.method),
        (_("What fails it"), item.fails),
        (_("Source"), item.source),
        (_("How much it binds"), _(WEIGHT_NAMES[item.weight])),
    )
    text = _("{name}: {value}")
    return "\n".join(text.format(name=name, value=each) for name, each in parts if each)


COLUMNS: tuple[Column[Row], ...] = (
    table.number(N_("No."), lambda row: row[0] + 1),
    Column(N_("Section"), lambda row: row[1].section or None, width=86),
    Column(N_("What is looked at"), lambda row: row[1].text, width=210, tip=_all),
    Column(
        N_("Hazard if it fails"),
        lambda row: _(SEVERITY_NAMES[row[1].severity]),
        chip=lambda row: SEVERITY_TONES[row[1].severity],
    ),
    Column(
        N_("How sure the source is"),
        _sure,
        chip=lambda row: "warn" if row[1].sureness is Sureness.REMEMBERED else None,
    ),
    Column(N_("Picture"), lambda row: _("Yes") if row[1].needs_picture else None),
    Column(
        N_("How much it binds"),
        lambda row: (
            None if row[1].weight is Weight.REQUIRED else _(WEIGHT_NAMES[row[1].weight])
        ),
    ),
    table.number(N_("Full mark"), lambda row: row[1].points),
)
