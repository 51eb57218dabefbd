"""The waiting list: who stands where and why; free beds and offers beside it."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_day
from carehome.rules.residents import SEX_NAMES
from carehome.rules.rights import Right
from carehome.rules.waiting import GROUND_NAMES, OrderRules
from carehome.services.beds import FreeBed
from carehome.services.waiting import (
    Offer,
    PassedOver,
    WaitingLine,
    WaitingList,
    why,
)
from carehome.services.waiting.words import ability
from carehome.ui.enquiries.entry import EntryPanel
from carehome.ui.enquiries.hand import Hand
from carehome.ui.enquiries.order import ask_order
from carehome.ui.enquiries.passed import PassedDialog
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.workbooks import save_workbook

SLIM = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the list with the words that explain it."""

    line: WaitingLine
    why: str


COLUMNS: tuple[Column[Place], ...] = (
    table.number(N_("Place in line"), lambda row: row.line.number, bold=True),
    Column(N_("Name"), lambda row: row.line.name, bold=True),
    Column(N_("Sex"), lambda row: _(SEX_NAMES[row.line.sex])),
    Column(
        N_("Offer"),
        lambda row: _offer(row.line),
        chip=lambda row: _offer_tone(row.line),
    ),
    Column(N_("Resident category"), lambda row: _labels(row.line)),
    Column(N_("Ability"), lambda row: ability(row.line)),
    Column(N_("Wishes"), lambda row: _wish(row.line) or None),
    table.day(N_("Applied on"), lambda row: row.line.application.applied_on),
    Column(N_("Why at this place"), lambda row: _ground(row.line), stretch=True),
)


class WaitingDesk(LiveView):
    """Lists who waits, in the order of the home's rules."""

    SHOWS = frozenset(
        {"waiting_entry", "waiting_rank", "waiting_rule", "bed_offer", "resident"}
        | {"resident_category", "bed_use", "bed", "kept_bed", "assessment", "home"}
        | {"code", "room", "floor", "stay"}
    )
    told = Signal(str)
    admission_wanted = Signal(int)
    resident_wanted = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._wanted: int | None = None
        self.bar = Bar()
        self.order = self.bar.add_button(_("Order of the list"), "settings")
        self.passed = self.bar.add_button(_("Passed over"), "list")
        self.export = self.bar.add_button(_("Save as a workbook"), "save")
        self.print = self.bar.add_button(_("Print to hang out"), "print", "Ctrl+P")
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.line.entry_id),
            "enquiries.waiting",
            N_("Waiting list"),
        )
        self.view.set_empty(
            _("Nobody waits. People come here from an enquiry, with one button.")
        )
        self.side, self.panel = Side(), EntryPanel(hand)
        self.split = Split(ListCard(self.view), self.side, 450)
        self.order.setVisible(hand.may(Right.CHANGE_HOME))
        self.side.body.addWidget(scrolling(self.panel), 1)
        self.panel.hide()  # until it has something to show
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)

        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.side.closed.connect(self._widen)
        self.order.clicked.connect(partial(ask_order, hand, self))
        self.passed.clicked.connect(self._read_passed)
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)
        self.panel.told.connect(self.told)
        self.panel.admission_wanted.connect(self.admission_wanted)
        self.panel.resident_wanted.connect(self.resident_wanted)

    def refresh(self) -> None:
        values = (self._hand.services.waiting, self._hand.today())
        self._hand.jobs.run_last(self, self._show, _read, *values)

    def open_entry(self, entry_id: int) -> None:
        """Open the entry of somebody, also before the list is read."""
        self._wanted = entry_id
        self.refresh()

    def _show(self, found: tuple[list[Place], OrderRules]) -> None:
        places, rules = found
        self.view.table.set_rows(places)
        text = _("{count} {count:person waits|people wait}. {order}")
        self.bar.note.setText(text.format(count=len(places), order=_say(rules)))
        for deed in (self.print, self.export):
            deed.setEnabled(bool(places))
        if self._wanted is not None and self.view.select(self._wanted):
            self._wanted = None
            self._open(self.view.current_row())
        elif not self.side.isHidden():
            self._look(self.view.current_row())

    def _open(self, place: Place | None) -> None:
        if place is not None:
            self.split.open_side()
            self.view.show_columns(SLIM)
            self._look(place)

    def _widen(self) -> None:
        self.view.show_columns(len(COLUMNS))

    def _look(self, place: Place | None) -> None:
        if self.side.isHidden():
            return
        if place is None:
            self.split.close_side()
            return
        values = (self._hand.services.waiting, place.line.entry_id, self._hand.today())
        then = partial(self._show_entry, place)
        self._hand.jobs.run_last(self, then, _read_entry, *values)

    def _show_entry(
        self, place: Place, found: tuple[list[FreeBed], list[Offer]]
    ) -> None:
        self.side.title.setText(place.line.name)
        self.panel.show_entry(place.line, place.why, *found)

    def _read_passed(self) -> None:
        read = self._hand.services.waiting.passed_over
        self._hand.jobs.run(self, self._show_passed, read)

    def _show_passed(self, passed: list[PassedOver]) -> None:
        PassedDialog(passed, self).open()

    def _print(self) -> None:
        write = self._hand.services.waiting.write_list
        paper = PaperDialog(_("Waiting list"), self._file("pdf"), self._hand.jobs, self)
        paper.draw(write, self._hand.today())

    def _export(self) -> None:
        write, day = self._hand.services.waiting.write_workbook, self._hand.today()
        save_workbook(self, self._hand.jobs, self._file("xlsx"), write, day)

    def _file(self, ending: str) -> str:
        return f"{_('Waiting list')} {show_day(self._hand.today())}.{ending}"


def _read(waiting: WaitingList, day: date) -> tuple[list[Place], OrderRules]:
    rules = waiting.rules()
    lines = waiting.lines(day)
    return [Place(line, why(line, rules)) for line in lines], rules


def _read_entry(
    waiting: WaitingList, entry_id: int, day: date
) -> tuple[list[FreeBed], list[Offer]]:
    return waiting.beds_for(entry_id, day), waiting.offers(entry_id)


def _say(rules: OrderRules) -> str:
    """Say in a line how the list is ordered."""
    if rules.by_category and rules.by_ability:
        return _("Order: category, then ability, then day of application.")
    if rules.by_category:
        return _("Order: category, then day of application.")
    if rules.by_ability:
        return _("Order: ability, then day of application.")
    return _("Order: day of application.")


def _offer_tone(line: WaitingLine) -> str:
    if line.promised:
        return "ok"
    return "info" if line.offer else "warn"


def _offer(line: WaitingLine) -> str | None:
    if line.promised:
        return _("{bed}, said yes").format(bed=line.promised.bed)
    if line.offer:
        text = _("{bed}, answer by {day}")
        return text.format(bed=line.offer.bed, day=show_day(line.offer.answer_by)[5:])
    return _("Urgent") if line.application.is_urgent else None


def _ground(line: WaitingLine) -> str:
    """Say what decides on a place; the columns before it say the rest."""
    return _(GROUND_NAMES[line.ground])


def _labels(line: WaitingLine) -> str | None:
    return _(", ").join(line.category_labels) or None


def _wish(line: WaitingLine) -> str:
    nursing = _("Nursing bed") if line.application.wants_nursing_bed else ""
    parts = (line.class_label, nursing, line.unit_label)
    return _(", ").join(filter(None, parts))
