"""One entry of the waiting list: why it stands there, fitting beds, offers."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_day, show_day
from carehome.rules.days import Sense
from carehome.rules.enquiries import ANSWER_NAMES
from carehome.rules.rights import Right
from carehome.rules.waiting import ReasonMissing, answer_by
from carehome.services.beds import FreeBed
from carehome.services.waiting import Candidate, Offer, WaitingLine, WaitingList
from carehome.services.waiting.entries import OffReasonMissing
from carehome.services.waiting.service import AnswerDayPast, OfferedAlready
from carehome.services.waiting.words import ability
from carehome.ui.enquiries import forms
from carehome.ui.enquiries.hand import Choices, Hand, read_choices
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import Deed, DeedDialog

HIGH = 140
BEDS: tuple[Column[FreeBed], ...] = (
    Column(N_("Bed"), lambda bed: bed.bed, bold=True),
    Column(N_("Floor"), lambda bed: bed.floor),
    Column(N_("Bed class"), lambda bed: bed.class_label),
    Column(
        N_("Nursing bed"),
        lambda bed: _("Nursing bed") if bed.is_nursing_bed else None,
        stretch=True,
    ),
)
OFFERS: tuple[Column[Offer], ...] = (
    table.day(N_("Offered on"), lambda offer: offer.offered_on),
    Column(N_("Bed"), lambda offer: offer.bed, bold=True),
    Column(N_("What they answered"), lambda offer: _(ANSWER_NAMES[offer.answer])),
    Column(N_("Note"), lambda offer: offer.note or None, stretch=True),
)


class EntryPanel(QWidget):
    """Shows one place on the list and offers what can be done.

    `admission_wanted` carries who said yes to a bed.
    """

    told = Signal(str)
    admission_wanted = Signal(int)
    resident_wanted = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._line: WaitingLine | None = None
        self.why = QLabel()
        self.facts = FactGrid(columns=1)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.offer = button(_("Offer this bed"), "beds", "Alt+O", "primary")
        self.accept = button(_("They say yes: admit"), "check", "Alt+Y", "primary")
        self.decline = button(_("They say no"), "close", "Alt+N")
        self.silent = button(_("No answer"), kind="small")
        self.withdraw = button(_("Take the offer back"), "undo", kind="small")
        self.admit = button(_("Admit"), "plus", kind="small")
        self.change = button(_("Edit"), "edit", "Alt+E", "small")
        self.off = button(_("Take off the list"), "remove", kind="small")
        self.resident = button(_("Open the file"), "person", kind="small")
        self.beds = TableView(
            TableModel(BEDS, lambda bed: bed.bed_id),
            "enquiries.fitting",
            N_("Free beds that suit"),
        )
        self.offers = TableView(
            TableModel(OFFERS, lambda offer: offer.offer_id),
            "enquiries.offers",
            N_("Offers"),
        )
        self.beds_title = QLabel(_("Free beds that suit"))
        self.offers_title = QLabel(_("Offers"))
        self._arrange()

        self.offer.clicked.connect(self.ask_offer)
        self.beds.opened.connect(lambda _bed: self.ask_offer())
        self.beds.picked.connect(lambda bed: self.offer.setEnabled(bed is not None))
        waiting = hand.services.waiting
        self.accept.clicked.connect(self._accept)
        self.decline.clicked.connect(partial(self._ask_end, waiting.decline))
        self.silent.clicked.connect(partial(self._ask_end, waiting.give_up_waiting))
        self.withdraw.clicked.connect(partial(self._ask_end, waiting.withdraw))
        self.admit.clicked.connect(self._admit)
        self.change.clicked.connect(self._ask_change)
        self.off.clicked.connect(self._ask_off)
        self.resident.clicked.connect(self._open_resident)

    def show_entry(
        self,
        line: WaitingLine,
        why: str,
        beds: Sequence[FreeBed],
        offers: Sequence[Offer],
    ) -> None:
        """Show somebody's place with what can be offered."""
        self._line = line
        self.show()
        self.why.setText(_("Place {number}: {why}").format(number=line.number, why=why))
        self.facts.show_facts(list(_facts(line)))
        self.said.setText(_said(line))
        self.beds.table.set_rows(beds)
        self.offers.table.set_rows(offers)
        may, is_offered = self._hand.may(Right.CHANGE_RESIDENTS), line.offer is not None
        self.beds_title.setVisible(not line.has_bed)
        self.beds.setVisible(not line.has_bed)
        self.offers_title.setVisible(bool(offers))
        self.offers.setVisible(bool(offers))
        self.offer.setVisible(may and not line.has_bed)
        self.offer.setEnabled(self.beds.current_row() is not None)
        for press in (self.accept, self.decline, self.silent, self.withdraw):
            press.setVisible(may and is_offered)
        for press in (self.change, self.off):
            press.setVisible(may)
        self.admit.setVisible(may and not is_offered)
        if beds and self.beds.current_row() is None:
            self.beds.selectRow(0)

    def ask_offer(self) -> None:
        """Ask by when they answer, and why others before them are passed over."""
        bed, line = self.beds.current_row(), self._line
        if bed is None or line is None or not self._hand.may(Right.CHANGE_RESIDENTS):
            return
        waiting, today = self._hand.services.waiting, self._hand.today()
        then = partial(self._ask_offer, line, bed)
        self._hand.jobs.run(self, then, _read_rivals, waiting, bed.bed_id, line, today)

    def _ask_offer(
        self, line: WaitingLine, bed: FreeBed, found: tuple[list[Candidate], int]
    ) -> None:
        rivals, days = found
        today, form = self._hand.today(), Form()
        due = DateField(_("Answer by"), today, sense=Sense.FUTURE)
        form.add("answer_by", due, blame=(AnswerDayPast, OfferedAlready))
        form.set_values({"answer_by": days})
        if rivals:
            form.add_heading(_("They stand before and the bed would suit them"))
        for each in rivals:
            name = f"{each.line.number} {each.line.name}"
            reason = TextField(name, hint=_("Why not they?"), most=200)
            form.add(f"rival-{each.line.entry_id}", reason, blame=(ReasonMissing,))

        def deed(values: dict[str, Any]) -> "partial[int]":
            reasons = {
                each.line.entry_id: values[f"rival-{each.line.entry_id}"] or ""
                for each in rivals
            }
            offer = self._hand.services.waiting.offer
            return partial(
                offer, line.entry_id, bed.bed_id, values["answer_by"], reasons
            )

        title = _("Offer bed {bed} to {name}").format(bed=bed.bed, name=line.name)
        draft = f"offer:{line.entry_id}:{bed.bed_id}"
        self._open(title, form, _("Offer the bed"), deed, draft)

    def _ask_end(self, call: Callable[[int, str], None]) -> None:
        """Ask what they said, then close the offer."""
        offer = self._line.offer if self._line else None
        if self._line is None or offer is None:
            return
        form = Form()
        form.add("note", TextField(_("What they said"), needed=False, most=200))
        number = offer.offer_id

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(call, number, values["note"] or "")

        title = _("Answer on bed {bed}").format(bed=offer.bed)
        self._open(title, form, _("Save"), deed, f"answer:{number}")

    def _accept(self) -> None:
        if self._line and self._line.offer:
            call = self._hand.services.waiting.accept
            number = self._line.offer.offer_id
            self._hand.jobs.run(self, self.admission_wanted.emit, call, number)

    def _admit(self) -> None:
        if self._line:
            self.admission_wanted.emit(self._line.resident_id)

    def _open_resident(self) -> None:
        if self._line:
            self.resident_wanted.emit(self._line.resident_id)

    def _ask_change(self) -> None:
        if self._line:
            then = partial(self._ask_wishes, self._line)
            home = self._hand.services.home
            self._hand.jobs.run(self, then, read_choices, home)

    def _ask_wishes(self, line: WaitingLine, choices: Choices) -> None:
        form = Form(columns=2)
        forms.add_wishes(form, self._hand.today(), choices)
        forms.fill_wishes(form, line.application)

        def deed(values: dict[str, Any]) -> "partial[None]":
            wanted = forms.application_from(values)
            return partial(self._hand.services.waiting.change, line.entry_id, wanted)

        title = _("What {name} waits for").format(name=line.name)
        self._open(title, form, _("Save"), deed, f"entry:{line.entry_id}")

    def _ask_off(self) -> None:
        line = self._line
        if line is None:
            return
        form = Form()
        reason = TextField(_("Reason"), most=200)
        form.add("reason", reason, blame=(OffReasonMissing,))

        def deed(values: dict[str, Any]) -> "partial[None]":
            off = self._hand.services.waiting.take_off
            return partial(off, line.entry_id, values["reason"])

        title = _("Take {name} off the list").format(name=line.name)
        self._open(title, form, _("Take off the list"), deed, f"off:{line.entry_id}")

    def _open(self, title: str, form: Form, do: str, deed: Deed, draft: str) -> None:
        DeedDialog(title, form, do, self._hand.jobs, deed, self, draft).open()

    def _arrange(self) -> None:
        self.why.setWordWrap(True)
        theme.mark(self.why, "strong")
        for title in (self.beds_title, self.offers_title):
            theme.mark(title, "heading")
        for view in (self.beds, self.offers):
            view.setMinimumHeight(theme.px(HIGH))
        self.beds.set_empty(_("No free bed suits at the moment."))
        self.offers.set_empty(_("Nothing was offered yet."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.why)
        column.addWidget(_row(self.accept, self.decline))
        column.addWidget(_row(self.silent, self.withdraw))
        column.addWidget(_row(self.change, self.admit, self.resident, self.off))
        column.addWidget(self.facts)
        column.addWidget(self.said)
        column.addWidget(_row(self.beds_title, self.offer))
        column.addWidget(self.beds, 2)
        column.addWidget(self.offers_title)
        column.addWidget(self.offers, 1)


def _row(*widgets: QWidget) -> QWidget:
    room = QWidget()
    row = Flow(room, 6)
    for widget in widgets:
        row.addWidget(widget)
    return room


def _read_rivals(
    waiting: WaitingList, bed_id: int, line: WaitingLine, today: Any
) -> tuple[list[Candidate], Any]:
    """Return who stands before somebody and fits a bed, and when an answer is due."""
    rivals = [
        each
        for each in waiting.candidates(bed_id, today)
        if each.line.number < line.number
        and each.misfit is None
        and not each.line.has_bed
    ]
    return rivals, answer_by(today, waiting.rules())


def _said(line: WaitingLine) -> str:
    """Return what was said, one paragraph each."""
    wanted = line.application
    told = ((_("Urgent"), wanted.urgent_reason), (_("Remarks"), wanted.note))
    text = _("{what}: {text}")
    return "\n".join(text.format(what=what, text=said) for what, said in told if said)


def _facts(line: WaitingLine) -> Iterator[Fact]:
    wanted = line.application
    if line.offer:
        text = _("Bed {bed}, answer by {day}")
        told = text.format(bed=line.offer.bed, day=say_day(line.offer.answer_by))
        yield Fact(_("Offered"), told, strong=True)
    if line.promised:
        text = _("Bed {bed}, they said yes")
        told = text.format(bed=line.promised.bed)
        yield Fact(_("Offered"), told, strong=True)
    labels = _(", ").join(line.category_labels) or _("none")
    yield Fact(_("Resident category"), labels)
    if wanted.proof:
        yield Fact(_("Proof seen"), wanted.proof)
    level = ability(line)
    if line.has_dementia:
        level = _(", ").join((level, _("dementia")))
    yield Fact(_("Ability"), level)
    nursing = _("Nursing bed") if wanted.wants_nursing_bed else ""
    parts = filter(None, (line.class_label, nursing, line.unit_label))
    yield Fact(_("Wishes"), _(", ").join(parts) or _("any bed"))
    yield Fact(_("Applied on"), show_day(wanted.applied_on))
    if line.declined:
        text = _("{count} {count:offer|offers}")
        yield Fact(_("Declined"), text.format(count=line.declined))
