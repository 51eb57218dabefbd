"""The file of an enquiry: who, for whom, what is wished, what came after."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_day, show_day, show_money
from carehome.rules.enquiries import (
    CHANNEL_NAMES,
    STATE_NAMES,
    STATE_TONES,
    VISIT_NAMES,
)
from carehome.rules.phones import show_phone
from carehome.rules.residents import ABILITY_NAMES, SEX_NAMES
from carehome.rules.rights import Right
from carehome.services.enquiries import Enquiry, EnquiryFile, EnquiryLine, Visit
from carehome.ui.enquiries.deeds import EnquiryDeeds
from carehome.ui.enquiries.hand import Choices, Hand
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

HIGH = 120


@dataclass(frozen=True, slots=True)
class Event:
    """A visit or a talk, as the file lists them."""

    key: int
    day: date
    what: str
    text: str
    visit: Visit | None = None


EVENTS: tuple[Column[Event], ...] = (
    table.day(N_("Day"), lambda event: event.day),
    Column(N_("What"), lambda event: event.what, bold=True),
    Column(N_("Notes"), lambda event: event.text or None, stretch=True),
)


class EnquiryPanel(QWidget):
    """Shows one enquiry and offers what can be done next.

    `told` carries a line on what was done; the other signals lead to other pages.
    """

    told = Signal(str)
    admission_wanted = Signal(int)
    resident_wanted = Signal(int)
    entry_wanted = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._file: EnquiryFile | None = None
        self._deeds = EnquiryDeeds(hand, self)
        self.state = Tag("")
        self.facts = FactGrid(columns=1)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.note = button(_("Note a talk"), "edit", "Alt+T", "primary")
        self.visit = button(_("Plan a visit"), "calendar", "Alt+V")
        self.wait = button(_("To the waiting list"), "list", "Alt+W")
        self.admit = button(_("Admit"), "plus", "Alt+A", "small")
        self.change = button(_("Edit"), "edit", "Alt+E", "small")
        self.later = button(_("Keep for later"), "history", kind="small")
        self.lose = button(_("Went elsewhere"), "close", kind="small")
        self.reopen = button(_("Take up again"), "undo", kind="small")
        self.resident = button(_("Open the file"), "person", kind="small")
        self.events = TableView(
            TableModel(EVENTS, lambda event: event.key),
            "enquiries.events",
            N_("Visits and talks"),
        )
        self.came = button(_("They came"), "check", kind="small")
        self.missed = button(_("Nobody came"), "close", kind="small")
        self.off = button(_("Call off"), "remove", kind="small")
        self._arrange()

        for press, ask in (
            (self.note, self._deeds.note),
            (self.visit, self._deeds.plan_visit),
            (self.wait, self._deeds.to_waiting_list),
            (self.admit, self._deeds.to_admission),
            (self.change, self._deeds.change),
            (self.later, self._deeds.keep_for_later),
            (self.lose, self._deeds.lose),
        ):
            press.clicked.connect(partial(self._ask, ask))
        self.reopen.clicked.connect(self._reopen)
        self.resident.clicked.connect(self._open_resident)
        self.events.picked.connect(self._judge_visit)
        self.events.opened.connect(self._open_event)
        self.came.clicked.connect(self._receive)
        enquiries = hand.services.enquiries
        self.missed.clicked.connect(partial(self._end_visit, enquiries.miss_visit))
        self.off.clicked.connect(partial(self._end_visit, enquiries.call_off_visit))
        self._deeds.admission_wanted.connect(self.admission_wanted)
        self._deeds.entry_wanted.connect(self.entry_wanted)

    def show_file(self, file: EnquiryFile, choices: Choices) -> None:
        """Show an enquiry."""
        self._file = file
        self.show()
        line = file.line
        self.state.setText(_(STATE_NAMES[line.state]))
        self.state.set_tone(STATE_TONES[line.state])
        self.facts.show_facts(list(_facts(line, choices)))
        self.said.setText(_said(line))
        self.events.table.set_rows(list(_events(file)))
        is_open, may = self._is_open(line), self._hand.may(Right.CHANGE_RESIDENTS)
        for press in (self.wait, self.admit, self.later, self.lose):
            press.setVisible(may and is_open)
        self.lose.setVisible(may and is_open and line.state != "lost")
        self.later.setVisible(may and line.state == "open")
        self.reopen.setVisible(may and line.state in ("later", "lost"))
        for press in (self.note, self.visit, self.change):
            press.setVisible(may)
        self.resident.setVisible(line.resident_id is not None)
        self._point_to_visit()
        self._judge_visit(self.events.current_row())

    def plan_visit(self) -> None:
        """Ask for a visit of who is shown."""
        self._ask(self._deeds.plan_visit)

    def _is_open(self, line: EnquiryLine) -> bool:
        return line.state in ("open", "later", "lost")

    def _ask(self, ask: Callable[[EnquiryFile], None]) -> None:
        if self._file is not None:
            ask(self._file)

    def _reopen(self) -> None:
        if self._file is not None:
            call = self._hand.services.enquiries.reopen
            number = self._file.line.enquiry.enquiry_id
            self._hand.jobs.run(self, _rest, call, number)

    def _open_resident(self) -> None:
        if self._file is not None and self._file.line.resident_id is not None:
            self.resident_wanted.emit(self._file.line.resident_id)

    def _open_event(self, event: Event) -> None:
        if event.visit is None or not self._hand.may(Right.CHANGE_RESIDENTS):
            return
        if event.visit.state == "came" or event.visit.planned_on <= self._hand.today():
            self._deeds.receive(event.visit)
        elif self._file is not None:
            self._deeds.plan_visit(self._file, event.visit)

    def _receive(self) -> None:
        event = self.events.current_row()
        if event is not None and event.visit is not None:
            self._deeds.receive(event.visit)

    def _end_visit(self, call: Callable[[int], None]) -> None:
        event = self.events.current_row()
        if event is not None and event.visit is not None:
            self._hand.jobs.run(self, _rest, call, event.visit.visit_id)

    def _point_to_visit(self) -> None:
        """Put the cursor on the visit that is planned, so that its deeds show."""
        if self.events.current_row() is not None:
            return
        for event in self.events.table.rows:
            if event.visit is not None and event.visit.state == "planned":
                self.events.select(event.key)

    def _judge_visit(self, event: Event | None) -> None:
        """Offer what can be said of the visit that the cursor is on."""
        visit = event.visit if event else None
        may = self._hand.may(Right.CHANGE_RESIDENTS)
        is_planned = may and visit is not None and visit.state == "planned"
        is_due = visit is not None and visit.planned_on <= self._hand.today()
        self.came.setVisible(is_planned and is_due)
        self.missed.setVisible(is_planned and is_due)
        self.off.setVisible(is_planned)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for deeds in (
            (self.state, self.change, self.resident, self.reopen),
            (self.note, self.visit, self.wait),
            (self.admit, self.later, self.lose),
        ):
            column.addWidget(_row(*deeds))
        column.addWidget(self.facts)
        column.addWidget(self.said)
        column.addWidget(_row(self.came, self.missed, self.off))
        self.events.setMinimumHeight(theme.px(HIGH))
        self.events.set_empty(_("No visit and no talk is noted yet."))
        column.addWidget(self.events, 1)


def _row(*widgets: QWidget) -> QWidget:
    room = QWidget()
    row = Flow(room, 6)
    for widget in widgets:
        row.addWidget(widget)
    return room


def _rest(_done: object) -> None:
    """Nothing more to do: the page reads again by itself."""


def _facts(line: EnquiryLine, choices: Choices) -> Iterator[Fact]:
    asked = line.enquiry
    if asked.next_on or asked.next_step:
        yield Fact(_("Next step"), _next(asked), strong=True)
    caller = " ".join(filter(None, (asked.caller, asked.relation)))
    yield Fact(_("Who asks"), caller or "\u2014", strong=True)
    if asked.phone:
        yield Fact(_("Phone"), show_phone(asked.phone), strong=True)
    yield Fact(_("Enquiry for"), _person(asked) or "\u2014")
    wishes = _wishes(asked, choices)
    if wishes:
        yield Fact(_("Wishes"), wishes)
    labels = [choices.categories.get(code, code) for code in asked.categories]
    if labels:
        yield Fact(_("Resident category"), _(", ").join(labels))
    told = _("{day}, {way}, taken by {name}").format(
        day=show_day(asked.asked_on),
        way=_(CHANNEL_NAMES[asked.channel]),
        name=line.taken_by,
    )
    yield Fact(_("Asked on"), told)


def _said(line: EnquiryLine) -> str:
    """Return what was said, one paragraph each."""
    asked = line.enquiry
    told = (
        (_("What they ask"), asked.asked),
        (_("What they were told"), asked.answered),
        (_("Why they went elsewhere"), line.lost_reason),
    )
    text = _("{what}: {text}")
    return "\n".join(text.format(what=what, text=said) for what, said in told if said)


def _next(asked: Enquiry) -> str:
    parts = [say_day(asked.next_on) if asked.next_on else "", asked.next_step]
    return " ".join(filter(None, (*parts, asked.next_by)))


def _person(asked: Enquiry) -> str:
    parts = [asked.name, _(SEX_NAMES[asked.sex]) if asked.sex else ""]
    if asked.age is not None:
        parts.append(_("{age} years old").format(age=asked.age))
    if asked.ability_level is not None:
        level = _(ABILITY_NAMES[asked.ability_level])
        parts.append(_("{level} (as told)").format(level=level))
    if asked.has_dementia:
        parts.append(_("dementia"))
    return _(", ").join(filter(None, parts))


def _wishes(asked: Enquiry, choices: Choices) -> str:
    parts = [choices.classes.get(asked.bed_class, asked.bed_class)]
    if asked.wants_nursing_bed:
        parts.append(_("Nursing bed"))
    if asked.budget_fen:
        text = _("up to {amount} a month")
        parts.append(text.format(amount=show_money(asked.budget_fen)))
    if asked.wanted_from:
        parts.append(_("from {day} on").format(day=say_day(asked.wanted_from)))
    return _(", ").join(filter(None, parts))


def _events(file: EnquiryFile) -> Iterator[Event]:
    """Yield visits and talks, newest first."""
    found = [
        *(
            Event(
                -visit.visit_id,
                visit.planned_on,
                f"{_(VISIT_NAMES[visit.state])} {visit.at}",
                _(", ").join(
                    filter(None, (visit.guide, visit.impression, visit.questions))
                ),
                visit,
            )
            for visit in file.visits
        ),
        *(
            Event(at, note.day, note.noted_by, note.text)
            for at, note in enumerate(file.notes, 1)
        ),
    ]
    yield from sorted(found, key=lambda event: event.day, reverse=True)
