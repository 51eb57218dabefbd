"""One checklist beside its list: its items, changed until kept as the next version."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _, show_day
from carehome.rules.rulepacks import STANDING_NAMES
from carehome.rules.safety.forms import Form, FormItem, same
from carehome.rules.safety.versions import rebased
from carehome.services.safety.form_papers import FormPapers
from carehome.services.safety.forms import SafetyForms
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import Side
from carehome.ui.kit.table import TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import let_scroll
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.safety.form_asking import head_form, item_form, with_head, with_values
from carehome.ui.safety.form_versions import KeepDialog, show_versions
from carehome.ui.safety.item_columns import COLUMNS

WIDE = 680


@dataclass(frozen=True, slots=True)
class _Copy:
    """What is half changed, and the version on which it rests."""

    base: Form
    form: Form


class FormFile(Side):
    """Shows the items of a checklist and lets a working copy of them be changed.

    What is not kept yet stays as it is while other checklists are looked at, and when
    somebody else keeps a version meanwhile: then it is put on top of that one.
    """

    saved = Signal(str)

    def __init__(self, forms: SafetyForms, papers: FormPapers, jobs: Jobs) -> None:
        super().__init__()
        self._forms, self._papers, self._jobs = forms, papers, jobs
        self._stored: Form | None = None
        self._changed: dict[int | None, _Copy] = {}
        self.about = QLabel()
        self.about.setWordWrap(True)
        theme.mark(self.about, "note")
        self.items = TableView(
            TableModel(COLUMNS, lambda row: row[0]),
            "safety.form_items",
            N_("Items of a checklist"),
        )
        self.head_button = button(_("Name and source"), "edit", kind="small")
        self.add = button(_("New item"), "plus", kind="small")
        self.change = button(_("Change item"), "edit", kind="small")
        self.up = icon_button(
            "up", _("Item up"), partial(self._shift, -1), "Ctrl+Shift+Up"
        )
        self.down = icon_button(
            "down", _("Item down"), partial(self._shift, 1), "Ctrl+Shift+Down"
        )
        self.remove = button(_("Take item out"), "remove", kind="small")
        self.old = button(_("Versions"), "history", kind="small")
        self.blank = button(_("Print blank"), "print", kind="small")
        self.meanwhile = QLabel()
        self.meanwhile.setWordWrap(True)
        theme.mark(self.meanwhile, "banner")
        self.rebase = button(_("Put my changes on top"), kind="primary")
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
        self.keep.clicked.connect(self.ask_keep)
        self.rebase.clicked.connect(self._rebase)
        self.old.clicked.connect(self._show_versions)
        self.blank.clicked.connect(self._print)

    @property
    def form(self) -> Form | None:
        """The checklist as it is shown, with what was changed of it."""
        if self._stored is None:
            return None
        copy = self._changed.get(self._stored.form_id)
        return copy.form if copy else self._stored

    @property
    def is_overtaken(self) -> bool:
        """Say whether a version was kept since the half changed copy was begun."""
        copy = self._changed.get(self._stored.form_id) if self._stored else None
        return bool(copy and self._stored and copy.base.number != self._stored.number)

    def show_form(self, form: Form) -> None:
        """Show a checklist as it is kept, or as it was left half changed."""
        self._stored = form
        copy = self._changed.get(form.form_id)
        if copy and same(copy.form, form):
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
        let_scroll(dialog)

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
        assert self._stored, "only a checklist that is shown can be changed"
        copy = self._changed.get(form.form_id)
        base = copy.base if copy else self._stored
        self._changed[form.form_id] = _Copy(base, form)
        self._tell()
        if at is not None:
            self.items.select(at)

    def _drop(self) -> None:
        if self._stored:
            self._changed.pop(self._stored.form_id, None)
            self._tell()

    def _rebase(self) -> None:
        """Put what was changed on top of the version that was kept meanwhile."""
        if self._stored and self.is_overtaken:
            copy = self._changed[self._stored.form_id]
            form = rebased(copy.base, copy.form, self._stored)
            self._changed[form.form_id] = _Copy(self._stored, form)
            self._tell()

    def ask_keep(self) -> None:
        """Show what differs from the newest version before the next one is kept."""
        form, stored = self.form, self._stored
        if form is None or stored is None or form is stored:
            return

        def keep(note: str) -> "partial[int]":
            return partial(self._forms.save, replace(form, note=note))

        dialog = KeepDialog(stored, form, keep, self._jobs, self)
        dialog.answered.connect(self._kept)
        dialog.open()

    def _kept(self, number: int) -> None:
        if self._stored:
            self._changed.pop(self._stored.form_id, None)
        text = _("Kept as version {number}. Rounds from now on are made by it.")
        self.saved.emit(text.format(number=number))
        self._tell()

    def _show_versions(self) -> None:
        if self._stored and self._stored.form_id is not None:
            show_versions(self._forms, self._stored.form_id, self._jobs, self)

    def _print(self) -> None:
        """Show the checklist as it is kept on a sheet that nothing is filled in on."""
        if self._stored and self._stored.version_id is not None:
            name = self._stored.name
            window = PaperDialog(name, f"{name}.pdf", self._jobs, self)
            window.draw(self._papers.write_blank, self._stored.version_id)

    def _tell(self) -> None:
        form = self.form
        assert form, "only a checklist is shown"
        self.title.setText(form.name)
        self.about.setText(_about(form))
        self.items.table.set_rows(list(enumerate(form.items)))
        self.meanwhile.setVisible(self.is_overtaken)
        self.about.setHidden(self.is_overtaken)  # a low window holds one of them
        if self.is_overtaken and self._stored:
            text = _(
                "{name} has kept version {number} meanwhile. What you changed is still "
                "here, on top of version {old}."
            )
            stored, old = self._stored, self._changed[form.form_id].base.number
            self.meanwhile.setText(
                text.format(name=stored.made_by, number=stored.number, old=old)
            )
        self._offer()

    def _offer(self, _row: object = None) -> None:
        chosen = self.items.current_row() is not None
        for deed in (self.change, self.up, self.down, self.remove):
            deed.setEnabled(chosen)
        is_changed = bool(self._stored and self._stored.form_id in self._changed)
        self.keep.setEnabled(is_changed and not self.is_overtaken)
        self.rebase.setVisible(self.is_overtaken)
        self.discard.setEnabled(is_changed)

    def _lay_out(self) -> None:
        deeds, ends = QWidget(), QWidget()
        row, last = Flow(deeds, 6), Flow(ends, 8)
        for each in (
            *(self.head_button, self.add, self.change, self.remove, self.up, self.down),
            *(self.old, self.blank),
        ):
            row.addWidget(each)
        last.addWidget(self.discard)
        last.addWidget(self.rebase)
        last.addWidget(self.keep)
        last.push_right(self.discard)
        self.body.addWidget(self.about)
        self.body.addWidget(self.meanwhile)
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
                day=show_day(form.made_at.astimezone().date()),
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
