"""Beds kept back: for whom, how many, what is left; leave to take one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.services.beds import KeptBed, KeptBeds, KeptLine, Leave
from carehome.services.beds.kept import KeptAlready, LeaveReasonMissing, NotSoMany
from carehome.services.waiting import WaitingLine
from carehome.ui.enquiries.hand import Choices, Hand, read_choices
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.fields import ChoiceField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog


def _state(line: KeptLine) -> str:
    if line.pool.short:
        text = _("{count} missing")
        return text.format(count=line.pool.short)
    return _("Kept") if line.pool.wanting else _("All used")


def _tone(line: KeptLine) -> str:
    return "bad" if line.pool.short else "ok"


KEPT: tuple[Column[KeptLine], ...] = (
    Column(N_("For whom"), lambda line: line.pool.label, bold=True),
    Column(N_("Which beds"), lambda line: line.pool.where),
    table.number(N_("Beds kept back"), lambda line: line.pool.number, bold=True),
    table.number(N_("Used by them"), lambda line: line.pool.used),
    table.number(N_("Free"), lambda line: len(line.pool.free)),
    Column(
        N_("State"),
        _state,
        chip=_tone,
    ),
    Column(N_("Note"), lambda line: line.kept.note or None, stretch=True),
)
LEAVES: tuple[Column[Leave], ...] = (
    table.day(N_("Given on"), lambda leave: leave.given_on),
    Column(N_("Name"), lambda leave: leave.name, bold=True),
    Column(N_("Reason"), lambda leave: leave.reason, stretch=True),
    Column(N_("Given by"), lambda leave: leave.given_by),
)


@dataclass(frozen=True, slots=True)
class _Found:
    lines: list[KeptLine]
    leaves: list[Leave]


class KeptBedList(LiveView):
    """Lists what is kept back; the director changes it and gives leave."""

    SHOWS = frozenset(
        {"kept_bed", "kept_bed_leave", "bed", "bed_use", "room", "floor", "code"}
        | {"resident_category", "resident"}
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._may = hand.may(Right.CHANGE_HOME)
        self.bar = Bar()
        self.free = self.bar.add_button(_("Keep back no longer"), "remove")
        self.allow = self.bar.add_button(_("Give leave"), "check")
        self.name_bed = self.bar.add_button(_("Keep one bed"), "beds")
        self.keep = self.bar.add_button(
            _("Keep beds back"), "lock", "Ctrl+N", "primary"
        )
        self.view = TableView(
            TableModel(KEPT, lambda line: line.kept.kept_id),
            "enquiries.kept",
            N_("Beds kept back"),
        )
        self.leaves = TableView(
            TableModel(LEAVES, lambda leave: leave.leave_id),
            "enquiries.leaves",
            N_("Leave given"),
        )
        self.view.set_empty(_("No bed is kept back for anybody."))
        self.leaves.set_empty(_("Nobody was given leave."))
        for deed in (self.free, self.allow, self.name_bed, self.keep):
            deed.setVisible(self._may)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 2)
        column.addWidget(ListCard(self.leaves, _("Leave given")), 1)
        lead(self, self.view)

        self.view.picked.connect(lambda line: self.free.setEnabled(line is not None))
        self.view.opened.connect(self._change)
        self.keep.clicked.connect(lambda: self._with_choices(self._ask_number, None))
        self.name_bed.clicked.connect(self._read_beds)
        self.allow.clicked.connect(self._read_waiting)
        self.free.clicked.connect(self._give_free)
        self.free.setEnabled(False)

    def refresh(self) -> None:
        values = (self._hand.services.kept, self._hand.today())
        self._hand.jobs.run_last(self, self._show, _read, *values)

    def _show(self, found: _Found) -> None:
        self.view.table.set_rows(found.lines)
        self.leaves.table.set_rows(found.leaves)
        short = sum(line.pool.short for line in found.lines)
        kept = sum(line.pool.number for line in found.lines)
        text = _("{kept} {kept:bed|beds} kept back, {short} missing")
        self.bar.note.setText(text.format(kept=kept, short=short))

    def _change(self, line: KeptLine) -> None:
        if self._may and line.kept.bed_id is None:
            self._with_choices(self._ask_number, line.kept)

    def _with_choices(self, then: Any, kept: KeptBed | None) -> None:
        services = self._hand.services
        ask = partial(then, kept)
        self._hand.jobs.run(self, ask, _read_places, services.home, services.beds)

    def _ask_number(
        self, kept: KeptBed | None, found: tuple[Choices, Mapping[int, str]]
    ) -> None:
        choices, floors = found
        form = Form()
        form.add("category", ChoiceField(_("For whom"), choices.categories))
        number = NumberField(_("Beds kept back"))
        form.add("number", number, blame=(NotSoMany,))
        classes = ChoiceField(_("Bed class"), choices.classes, needed=False)
        form.add("bed_class", classes)
        form.add("floor_id", ChoiceField(_("Floor"), floors, needed=False))
        form.add("note", TextField(_("Note"), needed=False, most=200))
        form.set_values({"category": "destitute"})
        if kept:
            form.set_values(
                {
                    "category": kept.category,
                    "number": kept.number,
                    "bed_class": kept.bed_class or None,
                    "floor_id": kept.floor_id,
                    "note": kept.note,
                }
            )

        def deed(values: dict[str, Any]) -> "partial[int]":
            wanted = KeptBed(
                values["category"],
                values["number"],
                values["bed_class"] or "",
                values["floor_id"],
                None,
                values["note"] or "",
                kept.kept_id if kept else 0,
            )
            return partial(self._hand.services.kept.keep, wanted)

        draft = f"kept:{kept.kept_id if kept else 0}"
        self._open(_("Keep beds back"), form, deed, draft)

    def _read_beds(self) -> None:
        services = self._hand.services
        values = (services.home, services.beds, self._hand.today())
        self._hand.jobs.run(self, self._ask_bed, _read_free, *values)

    def _ask_bed(self, found: tuple[Choices, Mapping[int, str]]) -> None:
        choices, beds = found
        form = Form()
        form.add("category", ChoiceField(_("For whom"), choices.categories))
        form.add("bed_id", ChoiceField(_("Bed"), beds), blame=(KeptAlready,))
        form.add("note", TextField(_("Note"), needed=False, most=200))
        form.set_values({"category": "destitute"})

        def deed(values: dict[str, Any]) -> "partial[int]":
            wanted = KeptBed(
                values["category"], bed_id=values["bed_id"], note=values["note"] or ""
            )
            return partial(self._hand.services.kept.keep, wanted)

        self._open(_("Keep one bed"), form, deed, "kept-bed")

    def _read_waiting(self) -> None:
        read, day = self._hand.services.waiting.lines, self._hand.today()
        self._hand.jobs.run(self, self._ask_leave, read, day)

    def _ask_leave(self, lines: list[WaitingLine]) -> None:
        form = Form()
        people = {line.resident_id: f"{line.number} {line.name}" for line in lines}
        form.add("who", ChoiceField(_("Who waits"), people))
        reason = TextField(_("Reason"), most=200)
        form.add("reason", reason, blame=(LeaveReasonMissing,))

        def deed(values: dict[str, Any]) -> "partial[None]":
            allow = self._hand.services.kept.allow
            return partial(allow, values["who"], values["reason"])

        self._open(_("Leave for a bed kept back"), form, deed, "kept-leave")

    def _give_free(self) -> None:
        line = self.view.current_row()
        if line is not None:
            call = self._hand.services.kept.give_free
            self._hand.jobs.run(self, _leave_be, call, line.kept.kept_id)

    def _open(self, title: str, form: Form, deed: Any, draft: str) -> None:
        jobs = self._hand.jobs
        DeedDialog(title, form, _("Save"), jobs, deed, self, draft).open()


def _read(kept: KeptBeds, day: Any) -> _Found:
    return _Found(kept.lines(day), kept.leaves())


def _read_places(home: Any, beds: Any) -> tuple[Choices, Mapping[int, str]]:
    return read_choices(home), beds.floors()


def _read_free(home: Any, beds: Any, day: Any) -> tuple[Choices, Mapping[int, str]]:
    return read_choices(home), {bed.bed_id: bed.bed for bed in beds.free(day)}


def _leave_be(_answer: object) -> None:
    """Nothing more to do: the list reads again by itself."""
