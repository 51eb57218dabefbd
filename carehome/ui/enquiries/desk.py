"""Enquiries: what is to be done soonest first; a row opens to its file."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.enquiries import STATE_NAMES, STATE_TONES
from carehome.rules.phones import show_phone
from carehome.rules.rights import Right
from carehome.services.enquiries import Enquiries, EnquiryFile, EnquiryLine, Known
from carehome.services.home import Home
from carehome.ui.enquiries.deeds import CallDialog
from carehome.ui.enquiries.file import EnquiryPanel
from carehome.ui.enquiries.hand import Choices, Hand, read_choices
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Search, Side, Split, scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar

OPEN, ALL = "open", "all"
UNDER_WAY = frozenset({"open", "later"})
SEARCH = 220


class EnquiryDesk(LiveView):
    """Lists enquiries; its signals lead on, `entry_wanted` to the waiting list."""

    SHOWS = frozenset({"enquiry", "enquiry_note", "visit", "code"})
    told = Signal(str)
    admission_wanted = Signal(int)
    resident_wanted = Signal(int)
    entry_wanted = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._lines: list[EnquiryLine] = []
        self._wanted: int | None = None
        self.which = Pick({OPEN: _("Under way"), ALL: _("All")})
        self.which.setAccessibleName(_("Which enquiries"))
        self.search = Search()
        self.search.look_for(_("Name, phone or what they ask"))
        self.search.setMinimumWidth(theme.px(SEARCH))
        self.bar = Bar()
        self.bar.add(self.which)
        self.bar.add(self.search)
        self.add = self.bar.add_button(_("New enquiry"), "phone", "Ctrl+N", "primary")
        self.view = TableView(
            TableModel(self._columns(), lambda line: line.enquiry.enquiry_id),
            "enquiries.list",
            N_("Enquiries"),
        )
        self.side, self.panel = Side(), EnquiryPanel(hand)
        self.split = Split(ListCard(self.view), self.side, 430)
        self._arrange()

        self.which.chosen.connect(self._find)
        self.search.textChanged.connect(self._find)
        self.search.left_down.connect(self.view.setFocus)
        self.add.clicked.connect(self.ask_call)
        self.view.first_step.connect(self.ask_call)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.panel.told.connect(self.told)
        self.panel.admission_wanted.connect(self.admission_wanted)
        self.panel.resident_wanted.connect(self.resident_wanted)
        self.panel.entry_wanted.connect(self.entry_wanted)

    def refresh(self) -> None:
        read = self._hand.services.enquiries.lines
        self._hand.jobs.run_last(self, self._show, read)

    def ask_call(self) -> None:
        """Take a call down."""
        dialog = CallDialog(self._hand, self)
        dialog.taken.connect(self.open_enquiry)
        dialog.known_wanted.connect(self._open_known)
        dialog.open()

    def open_enquiry(self, enquiry_id: int) -> None:
        """Open one enquiry, also before the list is read."""
        self._wanted = enquiry_id
        self.search.clear()
        self.refresh()

    def _show(self, lines: list[EnquiryLine]) -> None:
        self._lines = lines
        waiting = [line for line in lines if line.state in UNDER_WAY]
        due = [line for line in waiting if self._is_due(line)]
        text = _("{count} under way, {due} to be done today")
        self.bar.note.setText(text.format(count=len(waiting), due=len(due)))
        self._find()
        if self._wanted is not None and self._select(self._wanted):
            self._wanted = None
            self._open(self.view.current_row())
        elif not self.side.isHidden():
            self._look(self.view.current_row())

    def _select(self, enquiry_id: int) -> bool:
        """Put the cursor on an enquiry; one that is over stands only among all."""
        if not self.view.select(enquiry_id):
            self.which.set_code(ALL)
        return self.view.select(enquiry_id)

    def _find(self) -> None:
        typed = self.search.text().strip().lower()
        everything = self.which.code() == ALL or bool(typed)
        found = [
            line
            for line in self._lines
            if (everything or line.state in UNDER_WAY) and typed in _words(line)
        ]
        self.view.table.set_rows(found)
        may_begin = self._hand.may(Right.CHANGE_RESIDENTS) and not self._lines
        empty = _("Nothing found.") if typed else _("No enquiry is under way.")
        self.view.set_empty(empty, _("New enquiry") if may_begin else "")

    def _open(self, line: EnquiryLine | None) -> None:
        if line is not None:
            self.split.open_side()
            self.view.show_columns(4)
            self._look(line)

    def _look(self, line: EnquiryLine | None) -> None:
        if line is None or self.side.isHidden():
            return
        services = self._hand.services
        values = (services.enquiries, services.home, line.enquiry.enquiry_id)
        self._hand.jobs.run_last(self, self._show_file, _read_file, *values)

    def _show_file(self, found: tuple[EnquiryFile, Choices]) -> None:
        file, choices = found
        self.side.title.setText(file.line.who)
        self.panel.show_file(file, choices)

    def _open_known(self, known: Known) -> None:
        if known.enquiry_id:
            self.open_enquiry(known.enquiry_id)
        else:
            self.resident_wanted.emit(known.resident_id)

    def _is_due(self, line: EnquiryLine) -> bool:
        day = line.enquiry.next_on
        return day is not None and day <= self._hand.today()

    def _columns(self) -> tuple[Column[EnquiryLine], ...]:
        return (
            table.day(
                N_("Next on"),
                lambda line: line.enquiry.next_on,
                tone=lambda line: "bad" if self._is_due(line) else None,
                bold=True,
            ),
            Column(
                N_("Who asks"),
                lambda line: line.enquiry.caller or None,
                bold=True,
            ),
            Column(N_("Enquiry for"), lambda line: line.enquiry.name or None),
            Column(N_("Phone"), lambda line: show_phone(line.enquiry.phone) or None),
            Column(
                N_("Next step"), lambda line: line.enquiry.next_step or None, width=150
            ),
            Column(
                N_("What they ask"),
                lambda line: line.enquiry.asked or None,
                stretch=True,
            ),
            Column(
                N_("State"),
                lambda line: _(STATE_NAMES[line.state]),
                chip=lambda line: STATE_TONES[line.state],
            ),
            table.day(N_("Asked on"), lambda line: line.enquiry.asked_on),
        )

    def _arrange(self) -> None:
        self.which.set_code(OPEN)
        self.add.setVisible(self._hand.may(Right.CHANGE_RESIDENTS))
        self.side.body.addWidget(scrolling(self.panel), 1)
        self.panel.hide()  # until it has something to show
        self.side.closed.connect(partial(self.view.show_columns, 99))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)


def _words(line: EnquiryLine) -> str:
    asked = line.enquiry
    return f"{asked.name} {asked.caller} {asked.phone} {asked.asked}".lower()


def _read_file(
    enquiries: Enquiries, home: Home, enquiry_id: int
) -> tuple[EnquiryFile, Choices]:
    return enquiries.file(enquiry_id), read_choices(home)
