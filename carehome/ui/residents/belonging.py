"""Which categories somebody belongs to, and what they are entitled to."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from carehome.i18n import N_, _, show_day
from carehome.rules.days import Sense
from carehome.rules.entitlements import (
    NOTED,
    STANDING_NAMES,
    Standing,
    is_for_review,
)
from carehome.rules.home import NameMissing
from carehome.rules.periods import DAY
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.rights import Right, User
from carehome.services.entitlements import Entitlement, NotNoted
from carehome.services.residents import ResidentFile
from carehome.services.residents.categories import (
    Category,
    CategoryTurned,
    CategoryTwice,
)
from carehome.ui.kit import dialogs, table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.standings import STANDING_TONES, say_why
from carehome.ui.residents.tab import Leaf


def last_day(category: Category) -> date | None:
    """Return the last day on which a category holds."""
    return category.ends - DAY if category.ends else None


def _say_proof(category: Category) -> str | None:
    return "  ".join(filter(None, (category.proof, category.proof_number))) or None


def _say_verified(category: Category) -> str | None:
    day = show_day(category.verified_on) if category.verified_on else ""
    return "  ".join(filter(None, (category.verified_by, day))) or None


CATEGORIES: tuple[Column[Category], ...] = (
    Column(N_("Resident category"), lambda c: c.label, bold=True),
    table.day(N_("From"), lambda c: c.starts),
    table.day(N_("Last day"), last_day),
    Column(N_("Proof"), _say_proof),
    Column(N_("Verified"), _say_verified),
    Column(N_("Note"), lambda c: c.note or None, stretch=True),
)
ENTITLEMENTS: tuple[Column[Entitlement], ...] = (
    table.number(N_("No."), lambda e: e.finding.item.number),
    Column(
        N_("Item"),
        lambda e: e.finding.item.name,
        bold=True,
        tip=lambda e: f"{e.finding.item.group}\n{e.finding.item.content}",
    ),
    Column(
        N_("State"),
        lambda e: _(STANDING_NAMES[e.finding.standing]),
        chip=lambda e: STANDING_TONES[e.finding.standing],
    ),
    table.day(N_("Since"), lambda e: e.since),
    Column(N_("Why"), say_why, tip=say_why, stretch=True),
)


class Belonging(Leaf):
    """The categories with their proofs, and the 16 items of the national list."""

    def __init__(
        self, services: CareServices, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__(services, jobs, user, today)
        self.add = button(_("Add a category"), "plus", "Alt+Z", "small")
        self.change = button(_("Correct"), "edit", kind="small")
        self.end = button(_("End"), "check", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        self.note = button(_("Note the state"), "edit", "Alt+Y", "small")
        self.clear = button(_("Remove the note"), "remove", kind="small")
        self.review = Tag(_("Elder and disability subsidies together: check"), "warn")
        self.categories = TableView(
            TableModel(CATEGORIES, lambda c: c.category_id),
            "resident.categories",
            N_("Resident categories"),
        )
        self.items = TableView(
            TableModel(ENTITLEMENTS, lambda e: e.finding.item.number),
            "resident.entitlements",
            N_("National list of basic services"),
        )
        deeds = (self.remove, self.end, self.change, self.add)
        self.add_section(_("Resident categories"), *deeds)
        self.add_list(self.categories, 1)
        self.add_section(_("National list of basic services"), self.clear, self.note)
        self.body.addWidget(self.review)
        self.add_list(self.items, 2)
        self.review.hide()
        may = user.may(Right.CHANGE_RESIDENTS)
        for deed in (*deeds, self.note, self.clear):
            deed.setVisible(may)

        self.add.clicked.connect(self.ask_new)
        self.change.clicked.connect(self.ask_correction)
        self.end.clicked.connect(self.ask_end)
        self.remove.clicked.connect(self.ask_removal)
        self.note.clicked.connect(self.ask_state)
        self.clear.clicked.connect(self._clear)
        self.categories.picked.connect(self._offer)
        self.items.picked.connect(self._offer)
        if may:
            self.categories.opened.connect(self.ask_correction)
            self.items.opened.connect(self.ask_state)
        self._offer()

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        self.categories.table.set_rows(file.belongs)
        self.categories.set_empty(_("No category is recorded yet."))
        read = self.services.entitlements.of
        self.jobs.run_last(self, self._show_items, read, file.resident_id)
        self._offer()

    def ask_new(self) -> None:
        """Ask for another category with its proof."""
        who, services = self.file.resident_id, self.services.residents
        title = _("New category of {name}").format(name=self.file.person.name)
        deed = partial(services.add_category, who)
        self._ask(title, Category("", self.today()), deed, f"category:{who}:new")

    def ask_correction(self) -> None:
        """Ask what was written down wrongly of the category under the cursor."""
        known = self.categories.current_row()
        if known is not None:
            title = _("Correct a category of {name}")
            title = title.format(name=self.file.person.name)
            deed = self.services.residents.change_category
            self._ask(title, known, deed, f"category:{known.category_id}")

    def ask_end(self) -> None:
        """Ask from which day on a category does not hold any more."""
        known = self.categories.current_row()
        if known is None:
            return
        form = Form()
        hint = _("On that day it still holds.")
        last = DateField(_("Last day"), self.today(), hint=hint)
        form.add("last", last, blame=(CategoryTurned,)).set_value(self.today() - DAY)

        def deed(values: dict[str, Any]) -> "partial[None]":
            end = self.services.residents.end_category
            return partial(end, known.category_id, values["last"] + DAY)

        title = _("“{category}” ends").format(category=known.label)
        do, draft = _("End"), f"end-category:{known.category_id}"
        self._open(DeedDialog(title, form, do, self.jobs, deed, self, draft))

    def ask_removal(self) -> None:
        """Ask before a category is removed that never was."""
        known = self.categories.current_row()
        if known is None:
            return
        told = _("“{category}” is removed as if it had never been.")
        points = [told.format(category=known.label)]
        points.append(_("If it only ended, choose “End”: the history is kept."))
        remove = partial(self._remove, known.category_id)
        title, do = _("Remove this category?"), _("Remove")
        dialogs.confirm(self, title, points, do, remove, "danger")

    def ask_state(self) -> None:
        """Ask how the person stands with the item under the cursor."""
        known = self.items.current_row()
        if known is None:
            return
        item, who = known.finding.item, self.file.resident_id
        form = Form()
        states = {state.value: _(STANDING_NAMES[state]) for state in NOTED}
        field = ChoiceField(_("State"), states, hint=item.content)
        form.add("state", field, blame=(NotNoted,))
        check = partial(check_happened, today=self.today())
        since = DateField(
            _("Since"), self.today(), needed=False, check=check, sense=Sense.PAST
        )
        form.add("since", since, blame=(NotComeYet,))
        form.add("note", TextField(_("Note"), needed=False, most=200))
        is_noted = known.is_noted
        state = known.finding.standing.value if is_noted else Standing.RECEIVES.value
        form.set_values({"state": state, "since": known.since, "note": known.note})

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(
                self.services.entitlements.set_state,
                who,
                item.code,
                Standing(values["state"]),
                values["since"],
                values["note"] or "",
            )

        draft = f"entitlement:{who}:{item.code}"
        do = _("Save")
        self._open(DeedDialog(item.name, form, do, self.jobs, deed, self, draft))

    def _ask(
        self,
        title: str,
        known: Category,
        deed: Callable[[Category], object],
        draft: str,
    ) -> None:
        form = self._form(known)

        def call(values: dict[str, Any]) -> "partial[object]":
            last = values.pop("last")
            texts = ("proof", "proof_number", "verified_by", "note")
            told = {**values, **{name: values[name] or "" for name in texts}}
            ends = last + DAY if last else None
            number = known.category_id
            return partial(deed, Category(**told, ends=ends, category_id=number))

        dialog = DeedDialog(title, form, _("Save"), self.jobs, call, self, draft)
        self._open(dialog)

    def _form(self, known: Category) -> Form:
        today, form = self.today(), Form(columns=2)
        choices = {**self.lists.categories}
        if known.code:
            choices[known.code] = known.label  # one that is hidden may be held
        code = ChoiceField(_("Resident category"), choices)
        form.add("code", code, wide=True, blame=(NameMissing,))
        form.add(
            "starts",
            DateField(_("From"), today, needed=False, hint=_("Empty: not known.")),
            blame=(CategoryTwice,),
        )
        form.add(
            "last",
            DateField(_("Last day"), today, needed=False, sense=Sense.FUTURE),
            blame=(CategoryTurned,),
        )
        form.add("proof", TextField(_("Proof"), needed=False, most=80))
        form.add("proof_number", TextField(_("Number of the proof"), needed=False))
        papers = {paper.paper_id: paper.title for paper in self.file.papers}
        hint = _("Scans are added under Documents.")
        form.add("paper_id", ChoiceField(_("Scan"), papers, needed=False, hint=hint))
        form.add("verified_by", TextField(_("Verified by"), needed=False, most=40))
        check = partial(check_happened, today=today)
        verified = DateField(
            _("Verified on"), today, needed=False, check=check, sense=Sense.PAST
        )
        form.add("verified_on", verified, blame=(NotComeYet,))
        form.add("note", TextField(_("Note"), needed=False, most=200))
        shown = {name: getattr(known, name) for name in form.fields if name != "last"}
        form.set_values({**shown, "code": known.code or None, "last": last_day(known)})
        return form

    def _open(self, dialog: DeedDialog) -> None:
        dialog.accepted.connect(lambda: self.told.emit(_("Recorded.")))
        dialog.open()

    def _remove(self, category_id: int) -> None:
        remove, done = self.services.residents.remove_category, _("Removed.")
        self.jobs.run(self, lambda _done: self.told.emit(done), remove, category_id)

    def _clear(self) -> None:
        known = self.items.current_row()
        if known is not None:
            clear, done = self.services.entitlements.clear_state, _("Removed.")
            who, item = self.file.resident_id, known.finding.item.code
            self.jobs.run(self, lambda _done: self.told.emit(done), clear, who, item)

    def _show_items(self, found: list[Entitlement]) -> None:
        self.items.table.set_rows(found)
        got = [
            each.finding.item.code
            for each in found
            if each.finding.standing is Standing.RECEIVES
        ]
        self.review.setVisible(is_for_review(got))
        self._offer()

    def _offer(self, _row: object = None) -> None:
        """Let only those deeds be done that have something to be done to."""
        known, item = self.categories.current_row(), self.items.current_row()
        for deed in (self.change, self.remove):
            deed.setEnabled(known is not None)
        self.end.setEnabled(known is not None and known.holds(self.today()))
        self.note.setEnabled(item is not None)
        self.clear.setEnabled(item is not None and item.is_noted)
