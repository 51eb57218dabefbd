"""The tab of closing a month: what is still open, and which months are closed."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import N_, _, say_month, show_day, show_money
from carehome.rules.ledger.closing import (
    CHECK_NAMES,
    CHECK_TEXTS,
    Check,
    CheckKind,
    ClosedAlready,
    NothingClosed,
    NotNext,
    NotOver,
    ReopenReasonMissing,
    StillToPost,
)
from carehome.rules.periods import months_after
from carehome.rules.rights import Right
from carehome.services.books import Books, BooksMonth, ClosedMonth, MonthStanding
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.turner import Turner

FEES = N_("Fees")
BANK, UTILITIES = N_("Bank statements"), N_("Utilities")
TRUST = N_("Trust money")
# Where each line of the check list is mended: a tab of the fees, or one beside.
OF_FEES: Mapping[CheckKind, str] = {
    CheckKind.UNPOSTED: N_("Month end"),
    CheckKind.DAYS_OPEN: N_("Day close"),
    CheckKind.CASH_BELOW: N_("Day close"),
    CheckKind.UNBANKED: N_("Deposits"),
    CheckKind.TO_DRAW: N_("Deposits"),
    CheckKind.REFUNDS_DUE: N_("Arrears"),
    CheckKind.OVER_HELD: N_("Deposits"),
    CheckKind.PAPERS_DUE: N_("Deposits"),
    CheckKind.VOIDED: N_("Receipts"),
}
BESIDE: Mapping[CheckKind, str] = {
    CheckKind.STATEMENTS_SHORT: BANK,
    CheckKind.UNEVEN: BANK,
    CheckKind.UNMATCHED: BANK,
    CheckKind.UTILITIES_DUE: UTILITIES,
    CheckKind.UNCOUNTED: TRUST,
}
RESIDENTS = N_("Residents")
OF_PAGES: Mapping[CheckKind, str] = {CheckKind.UNSETTLED: RESIDENTS}
MONEY = frozenset(
    {"payment", "payout", "receipt", "deposit_entry", "deposit_draw", "trust_entry"}
    | {"trust_draw", "donation", "donation_use", "utility_bill", "bill", "bill_run"}
    | {
        "trust_count",
        "bank_entry",
        "payer_payment",
        "payer_refund",
        "payer_cut",
        "till_handover",
    }
)
LOW, LEAST, LINE, WIDE = 148, 100, 36, 520


class ClosingTab(Tab):
    """Shows what is to be settled before a month is closed, and the months closed."""

    SHOWS = MONEY | {"month_close", "day_close", "bank_line", "bank_claim", "stay"}
    SHOWS |= {"bank_account", "refund", "departure", "settlement"}

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._books = hand.service(Books)
        self._month: BooksMonth | None = None
        last = months_after(hand.today().replace(day=1), -1)
        self.turner = Turner(last)
        self.bar = Bar(self.turner)
        self.go = self.bar.add_button(_("Go there"), "right")
        self.reopen = self.bar.add_button(_("Open the newest again"), "undo")
        self.close_month = self.bar.add_button(
            _("Close the month"), "check", "Ctrl+S", "primary"
        )
        self.state = QLabel()
        self.state.setWordWrap(True)
        theme.mark(self.state, "heading")
        self.view = TableView(
            TableModel(CHECKS, lambda check: check.kind),
            "books.checks",
            N_("Check list of the month"),
        )
        self.closes = TableView(
            TableModel(CLOSES, lambda close: close.closed_at),
            "books.closes",
            N_("Closed months"),
        )
        self.closes.set_empty(_("No month has been closed yet."))
        self._dress()

        self.turner.turned.connect(self.refresh)
        self.view.opened.connect(self._go)
        self.view.picked.connect(self._offer)
        self.go.clicked.connect(lambda: self._go(self.view.current_row()))
        self.close_month.clicked.connect(self.ask_close)
        self.reopen.clicked.connect(self.ask_reopen)
        self.closes.opened.connect(self._look)
        self._offer(None)

    def refresh(self) -> None:
        month = self.turner.first
        self.hand.jobs.run_last(self, self.show_month, self._books.month, month)

    def open_key(self, key: object) -> None:
        """Open a month by its first day."""
        assert isinstance(key, date), "a month is named by its first day"
        self.turner.show_day(key)
        self.refresh()

    def show_month(self, month: BooksMonth) -> None:
        """Show how a month stands."""
        self._month = month
        self.state.setText(_say_standing(month))
        text = _("{count} {count:entry|entries}, {fen} moved")
        moved = show_money(month.moved)
        self.bar.note.setText(text.format(count=month.entries, fen=moved))
        self.view.table.set_rows(sorted(month.checks, key=_rank))
        self.closes.table.set_rows(list(month.closes))
        is_next = month.standing is MonthStanding.NEXT
        blocked = any(check.is_blocking for check in month.checks)
        self.close_month.setEnabled(is_next and not blocked)
        tip = _("Post the bills of the month first.") if blocked and is_next else ""
        self.close_month.setToolTip(tip or _("Close the month (Ctrl+S)"))
        self.reopen.setEnabled(any(not each.reopened_at for each in month.closes))

    def ask_close(self) -> None:
        """Ask for a note and close the month with all before it."""
        if self._month is None:
            return
        form = Form()
        open_still = [check for check in self._month.checks if check.count]
        told = [said(check) for check in open_still] or [_("Nothing is open.")]
        label = QLabel("\n".join(f"\u2022 {text}" for text in told))
        label.setWordWrap(True)
        form.add_heading(_("This stays open and is kept with the close"))
        form.add_widget(label)
        blame = (NotOver, ClosedAlready, NotNext, StillToPost)
        form.add("note", NoteField(_("Note"), lines=2), blame=blame)
        month = self._month.month

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._books.close, month, values["note"] or "")

        dialog = DeedDialog(
            _("Close {month}").format(month=say_month(month)),
            form,
            _("Close the month"),
            self.hand.jobs,
            deed,
            self,
            "month-close",
        )
        dialog.setMinimumWidth(theme.px(WIDE))
        text = _("{month} is closed: its entries change no more.")
        said_so = text.format(month=say_month(month))
        dialog.accepted.connect(partial(self.told.emit, said_so))
        dialog.open()

    def ask_reopen(self) -> None:
        """Ask why the newest closed month is opened again."""
        form = Form()
        why = NoteField(_("Why it is opened again"), needed=True, lines=2)
        form.add("reason", why, blame=(ReopenReasonMissing, NothingClosed))

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._books.reopen, values["reason"] or "")

        dialog = DeedDialog(
            _("Open the newest closed month again"),
            form,
            _("Open it again"),
            self.hand.jobs,
            deed,
            self,
            "month-reopen",
        )
        dialog.setMinimumWidth(theme.px(WIDE))
        done = _("The month is open again.")
        dialog.accepted.connect(partial(self.told.emit, done))
        dialog.open()

    def _look(self, close: ClosedMonth) -> None:
        self.turner.show_day(close.month)
        self.refresh()

    def _offer(self, check: Check | None) -> None:
        self.go.setEnabled(check is not None)

    def _go(self, check: Check | None) -> None:
        if check is None:
            return
        if check.kind in BESIDE:
            self.wanted.emit(BESIDE[check.kind], None)
        elif check.kind in OF_PAGES:
            self.hand.open_page(OF_PAGES[check.kind])
        else:
            self.hand.open_tab(FEES, _(OF_FEES[check.kind]))

    def _dress(self) -> None:
        if not self.hand.may(Right.REOPEN_MONTH):
            self.reopen.hide()
        if not self.hand.may(Right.KEEP_BOOKS):
            self.close_month.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.state)
        column.addWidget(ListCard(self.view, _("Before the month is closed")), 1)
        closes = ListCard(self.closes, _("Closed months"))
        closes.setMaximumHeight(theme.px(LOW))
        self.view.setMinimumHeight(theme.px(LEAST))
        self.closes.setMinimumHeight(theme.px(LINE))
        column.addWidget(closes)
        lead(self, self.view)


def said(check: Check) -> str:
    """Say what a line of the check list found."""
    text = _(CHECK_TEXTS[check.kind])
    return text.format(count=check.count, fen=show_money(check.fen))


def _rank(check: Check) -> int:
    return 0 if check.is_blocking else 1 if check.count else 2


def _say_standing(month: BooksMonth) -> str:
    """Say in a line what may be done with a month."""
    said_month = say_month(month.month)
    match month.standing:
        case MonthStanding.CLOSED:
            close = month.close
            assert close, "a closed month has a close"
            text = _("{month} is closed. {name} closed it on {day}.")
            day = show_day(close.closed_at.astimezone().date())
            return text.format(month=said_month, name=close.closed_by, day=day)
        case MonthStanding.RUNNING:
            text = _("{month} is not over yet. This is how it stands so far.")
            return text.format(month=said_month)
        case MonthStanding.LATER:
            assert month.open_from, "a month is later than one that is open"
            text = _("Close {first} first; {month} comes after it.")
            first = say_month(month.open_from)
            return text.format(first=first, month=said_month)
        case MonthStanding.NEXT:
            open_still = sum(1 for check in month.checks if check.count)
            text = _("{month} can be closed. {count} {count:point|points} to look at.")
            if any(check.is_blocking for check in month.checks):
                text = _("{month} cannot be closed yet: its bills are not posted.")
            elif not open_still:
                text = _("{month} can be closed. Nothing is open.")
            return text.format(month=said_month, count=open_still)


def _state(check: Check) -> str:
    if check.is_blocking:
        return _("Must be done first")
    return _("Look at it") if check.count else _("Settled")


def _tone(check: Check) -> str:
    if check.is_blocking:
        return "bad"
    return "warn" if check.count else "ok"


def _place(check: Check) -> str:
    if check.kind in BESIDE:
        return _(BESIDE[check.kind])
    if check.kind in OF_PAGES:
        return f"{_(OF_PAGES[check.kind])} \u203a {_('Departures')}"
    return f"{_(FEES)} \u203a {_(OF_FEES[check.kind])}"


def _remark(close: ClosedMonth) -> str:
    """Return the note of a close, and why it was opened again."""
    if close.reopened_at is None:
        return close.note
    text = _("Opened again by {name} on {day}: {reason}")
    told = text.format(
        name=close.reopened_by,
        day=show_day(close.reopened_at.astimezone().date()),
        reason=close.reopen_reason,
    )
    return _("; ").join(filter(None, (told, close.note)))


def _left_open(close: ClosedMonth) -> str | None:
    return _("; ").join(said(check) for check in close.checks) or None


CHECKS: tuple[Column[Check], ...] = (
    Column(N_("State"), _state, chip=_tone),
    Column(
        N_("What is looked at"), lambda check: _(CHECK_NAMES[check.kind]), bold=True
    ),
    table.number(N_("How many"), lambda check: check.count or None),
    table.money(N_("Amount"), lambda check: check.fen or None),
    Column(
        N_("Found"),
        lambda check: said(check) if check.count else None,
        stretch=True,
        tip=lambda check: said(check) if check.count else "",
    ),
    Column(N_("Settled in"), _place),
)
CLOSES: tuple[Column[ClosedMonth], ...] = (
    Column(
        N_("Month"),
        lambda close: close.month,
        show=say_month,
        bold=True,
        order=lambda close: close.month,
    ),
    Column(
        N_("State"),
        lambda close: _("Reopened") if close.reopened_at else _("Books closed"),
        chip=lambda close: "quiet" if close.reopened_at else "ok",
    ),
    table.moment(N_("Close made at"), lambda close: close.closed_at),
    Column(N_("Close made by"), lambda close: close.closed_by),
    table.number(N_("Entries"), lambda close: close.entries),
    table.money(N_("Moved in all"), lambda close: close.moved),
    Column(
        N_("What stayed open"),
        _left_open,
        stretch=True,
        tip=lambda c: _left_open(c) or "",
    ),
    Column(
        N_("Note"),
        lambda close: _remark(close) or None,
        stretch=True,
        tip=_remark,
    ),
)
