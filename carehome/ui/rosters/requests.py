"""The tab of requests: what staff ask for, its effect on the roster, the answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_day, show_day, show_moment
from carehome.rules.requests import (
    KIND_NAMES,
    STATE_NAMES,
    Request,
    RequestKind,
    RequestState,
)
from carehome.rules.rights import Right
from carehome.rules.staff import LEAVE_NAMES
from carehome.services.requests import MonthEffect, RequestLine, Requests
from carehome.services.staff import Staff, StaffMember
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.rosters.effects import Effects
from carehome.ui.rosters.request_deeds import (
    ApproveDialog,
    DeclineDialog,
    RequestDialog,
)

OPEN, ALL = "open", "all"
TONES = {
    RequestState.OPEN: "warn",
    RequestState.APPROVED: "ok",
    RequestState.DECLINED: "bad",
    RequestState.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class RequestHand:
    """Services, jobs, rights and the day, for the requests and their dialogs."""

    requests: Requests
    staff: Staff
    jobs: Jobs
    may: Callable[[Right], bool]
    today: Callable[[], date]


COLUMNS: tuple[Column[RequestLine], ...] = (
    Column(
        N_("State"),
        lambda line: _(STATE_NAMES[line.state]),
        chip=lambda line: TONES[line.state],
    ),
    Column(N_("Name"), lambda line: line.name, bold=True),
    Column(N_("Asks for"), lambda line: say_what(line.request)),
    Column(
        N_("Which days"),
        lambda line: say_days(line.request),
        order=lambda line: line.request.starts,
    ),
    Column(N_("With whom"), lambda line: line.other or None),
    Column(N_("What they say"), lambda line: line.request.note or None, stretch=True),
    table.day(N_("Requested on"), lambda line: line.asked_on),
)


class RequestsView(LiveView):
    """Lists requests, the open ones first; a row opens to its effect and the answer."""

    SHOWS = frozenset(
        {"staff_request", "staff_member", "staff_leave", "roster", "roster_cell"}
    )

    def __init__(self, hand: RequestHand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._lines: list[RequestLine] = []
        self._may = hand.may(Right.CHANGE_ROSTER)
        self.which = Pick({OPEN: _("To be decided"), ALL: _("All")})
        self.which.setAccessibleName(_("Which requests"))
        self.bar = Bar()
        self.bar.add(self.which)
        self.swap = self.bar.add_button(_("Swap"), "move", "Ctrl+Shift+N")
        self.leave = self.bar.add_button(_("Leave"), "calendar", "Ctrl+N")
        self.view = TableView(
            TableModel(COLUMNS, lambda line: line.request_id),
            "rosters.requests",
            N_("Requests"),
        )
        self.side, self.panel = Side(), RequestPanel(hand)
        self.split = Split(ListCard(self.view), self.side, 430)
        self._arrange()

        self.which.chosen.connect(self._find)
        self.leave.clicked.connect(partial(self._ask, RequestKind.LEAVE))
        self.swap.clicked.connect(partial(self._ask, RequestKind.SWAP))
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)

    def refresh(self) -> None:
        read, day = self._hand.requests.lines, self._hand.today()
        self._hand.jobs.run_last(self, self._show, read, day)

    def _show(self, lines: list[RequestLine]) -> None:
        self._lines = lines
        count = sum(line.state is RequestState.OPEN for line in lines)
        self.bar.note.setText(_("{count} to be decided").format(count=count))
        self._find()
        if not self.side.isHidden():
            self._look(self.view.current_row())

    def _find(self) -> None:
        everything = self.which.code() == ALL
        self.view.table.set_rows(
            [
                line
                for line in self._lines
                if everything or line.state is RequestState.OPEN
            ]
        )
        self.view.set_empty(_("Nobody waits for an answer."))

    def _open(self, line: RequestLine | None) -> None:
        if line is not None:
            self.split.open_side()
            self.view.show_columns(4)
            self._look(line)

    def _look(self, line: RequestLine | None) -> None:
        if line is not None and not self.side.isHidden():
            self.side.title.setText(line.name)
            self.panel.show_line(line)

    def _ask(self, kind: RequestKind) -> None:
        read, day = self._hand.staff.members, self._hand.today()
        self._hand.jobs.run(self, partial(self._ask_of, kind), read, day)

    def _ask_of(self, kind: RequestKind, members: list[StaffMember]) -> None:
        hand = self._hand
        people = {member.staff_id: member.name for member in members}
        RequestDialog(kind, people, hand.requests, hand.jobs, hand.today(), self).open()

    def _arrange(self) -> None:
        self.which.set_code(OPEN)
        for deed in (self.leave, self.swap):
            deed.setVisible(self._may)
        self.side.body.addWidget(scrolling(self.panel), 1)
        self.panel.hide()  # until it has something to show
        self.side.closed.connect(partial(self.view.show_columns, 99))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)


class RequestPanel(QWidget):
    """Shows one request, what it would do, and offers to answer it."""

    def __init__(self, hand: RequestHand) -> None:
        super().__init__()
        self._hand = hand
        self._line: RequestLine | None = None
        self._effects: list[MonthEffect] | None = None
        self.state = Tag("")
        self.facts = FactGrid(columns=1)
        self.heading = QLabel(_("What it would change"))
        self.effects = Effects()
        self.approve = button(_("Approve"), "check", "Alt+A", "primary")
        self.decline = button(_("Decline"), "close", "Alt+D")
        self.withdraw = button(_("They ask no more"), "remove", kind="small")
        self.undo = button(_("Take the approval back"), "undo")
        theme.mark(self.heading, "heading")
        self._arrange()
        self.approve.clicked.connect(self._approve)
        self.decline.clicked.connect(self._decline)
        self.withdraw.clicked.connect(self._withdraw)
        self.undo.clicked.connect(self._take_back)

    def show_line(self, line: RequestLine) -> None:
        """Show a request; of an open one also what it would do."""
        self._line, self._effects = line, None
        self.show()
        self.state.setText(_(STATE_NAMES[line.state]))
        self.state.set_tone(TONES[line.state])
        self.facts.show_facts(list(_facts(line)))
        is_open = line.state is RequestState.OPEN
        may = is_open and self._hand.may(Right.CHANGE_ROSTER)
        for widget in (self.approve, self.decline, self.withdraw):
            widget.setVisible(may)
        approved = line.state is RequestState.APPROVED
        self.undo.setVisible(approved and self._hand.may(Right.CHANGE_ROSTER))
        self.approve.setEnabled(False)
        self.heading.setVisible(is_open)
        self.effects.setVisible(is_open)
        if is_open:
            look = self._hand.requests.preview
            jobs = self._hand.jobs
            jobs.run_last(self, self._show_effects, look, line.request)

    def _show_effects(self, effects: list[MonthEffect]) -> None:
        self._effects = effects
        self.effects.show_effects(effects)
        self.approve.setEnabled(True)

    def _approve(self) -> None:
        hand = self._hand
        if self._line is not None and self._effects is not None:
            values = (self._line, self._effects, hand.requests, hand.jobs, self)
            ApproveDialog(*values).open()

    def _decline(self) -> None:
        hand = self._hand
        if self._line is not None:
            DeclineDialog(self._line, hand.requests, hand.jobs, self).open()

    def _withdraw(self) -> None:
        if self._line is not None:
            call = self._hand.requests.withdraw
            self._hand.jobs.run(self, _nothing, call, self._line.request_id)

    def _take_back(self) -> None:
        if self._line is not None:
            call = self._hand.requests.take_back
            self._hand.jobs.run(self, _nothing, call, self._line.request_id)

    def _arrange(self) -> None:
        deeds = QWidget()
        row = Flow(deeds, 8)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.approve, self.decline, self.withdraw, self.undo):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        for each in (self.facts, self.heading, self.effects, deeds):
            column.addWidget(each)
        column.addStretch()


def say_what(request: Request) -> str:
    """Say what is asked for."""
    if request.leave is not None:
        return _(LEAVE_NAMES[request.leave])
    return _(KIND_NAMES[request.kind])


def say_days(request: Request) -> str:
    """Say which days a request is about."""
    first, last = request.starts, request.last_day
    if first == last:
        return say_day(first)
    if request.kind is RequestKind.SWAP:
        return _("{first} and {last}").format(first=say_day(first), last=say_day(last))
    count = (last - first).days + 1
    text = _("{first} to {last}, {count} days")
    return text.format(first=say_day(first), last=say_day(last), count=count)


def _facts(line: RequestLine) -> Iterator[Fact]:
    request = line.request
    yield Fact(_("Asks for"), say_what(request), strong=True)
    yield Fact(_("Which days"), say_days(request), strong=True)
    if line.other:
        yield Fact(_("With whom"), line.other)
    if request.note:
        yield Fact(_("What they say"), request.note)
    yield Fact(_("Requested on"), show_day(line.asked_on))
    yield Fact(_("Entered by"), line.entered_by)
    if line.answered:
        yield Fact(_("Answered by"), line.answered.by)
        yield Fact(_("Answered at"), show_moment(line.answered.at))
        if line.answered.reason:
            yield Fact(_("Reason"), line.answered.reason)


def _nothing(_answer: object) -> None:
    """The change shows by itself."""
