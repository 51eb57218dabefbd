"""One's own till: what should be there, what is counted, and the signature."""

from datetime import date
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import CareHomeError
from carehome.i18n import _, say_day, show_money
from carehome.rules.days import Sense
from carehome.rules.ledger.day_close import (
    Count,
    CountBelowNothing,
    DayClosedAlready,
    DifferenceUnsaid,
    TillSheet,
    count_of,
    word_of,
)
from carehome.rules.residents import NotComeYet, check_happened
from carehome.services.accounts import WrongSignature
from carehome.services.day_close import DayClose, DayCloses
from carehome.ui.fees.tills.deeds import TillDeeds
from carehome.ui.fees.tills.pieces import PiecesField
from carehome.ui.fees.tills.saying import (
    TONES,
    facts_of,
    others_of,
    say_days,
    say_difference,
)
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Facts, Figure
from carehome.ui.kit.days import DateField
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.fields import MoneyField, SecretField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

PIECES, SUM = "pieces", "sum"
NARROW = 980
Read = tuple[TillSheet, DayClose | None]


class MyTill(Tab):
    """Counts one's own till and closes the day."""

    SHOWS = frozenset(
        {
            "payment",
            "payout",
            "payer_refund",
            "deposit_entry",
            "deposit_draw",
            "receipt",
            "donation",
            "donation_use",
            "utility_bill",
            "day_close",
            "till_handover",
        }
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._closes = hand.service(DayCloses)
        self._deeds = TillDeeds(hand, self)
        self._sheet: TillSheet | None = None
        self._newest: DayClose | None = None
        self._asked = {"pieces", "sum", "note"}
        today = hand.today()
        self.day = DateField(
            _("Close up to day"),
            today,
            sense=Sense.PAST,
            check=lambda day: check_happened(day, hand.today()),
        )
        self.figure = Figure()
        self.days = QLabel()
        self.facts, self.others, self.was = Facts(), Facts(), Facts()
        self.hand_over = button(_("Hand cash over"), "move")
        self.pay_in = button(_("Pay cash into the bank"), "fees")
        self.form = Form()
        self.how = PickField(
            _("How you count"), {PIECES: _("Notes and coins"), SUM: _("In one sum")}
        )
        self.pieces = PiecesField(_("Notes and coins"))
        self.sum = MoneyField(_("Counted in all"))
        self.note = TextField(_("Why it is not even"), most=120)
        self.password = SecretField(_("Your password, as your signature"))
        self.outcome = Figure()
        self.error = QLabel()
        self.close_day = button(_("Sign and close the day"), "check", kind="primary")
        self.closed = QLabel()
        self.print = button(_("Print the sheet of the count"), "print", "Ctrl+P")
        self.draft = Draft(self.form, self)
        self._fill_form()
        self._dress()

        self.day.set_value(today)
        self.day.changed.connect(self.refresh)
        self.form.changed.connect(self._tell)
        self.form.submitted.connect(self._close)
        self.close_day.clicked.connect(self.form.submit)
        self.print.clicked.connect(self._print)
        self.hand_over.clicked.connect(self._hand_over)
        self.pay_in.clicked.connect(self._pay_in)
        self.draft.begin("till-count")

    # ---- what is booked

    def refresh(self) -> None:
        if day := self.day.value():
            self.hand.jobs.run_last(self, self._show, _read, self._closes, day)

    def _show(self, read: Read) -> None:
        sheet, self._newest = read
        self._sheet = sheet
        is_closed = self._newest is not None and self._newest.day >= sheet.last
        self.figure.show_number(show_money(sheet.booked), _("should be in your till"))
        text = _("Money of {days}").format(days=say_days(sheet))
        if is_closed and self._newest:
            text = _("Closed up to {day}; this is what you have now.").format(
                day=say_day(self._newest.day)
            )
        self.days.setText(text)
        self.facts.show_facts(facts_of(sheet))
        self.others.show_facts(others_of(sheet))
        self.form.setVisible(not is_closed)
        self.outcome.setVisible(not is_closed)
        self.close_day.setVisible(not is_closed)
        self.closed.setVisible(is_closed)
        self.was.setVisible(is_closed)
        self.print.setVisible(self._newest is not None)
        if is_closed and self._newest:
            self.closed.setText(_said_of(self._newest))
            newest = self._newest.sheet
            self.was.show_facts([*facts_of(newest), *others_of(newest)])
        self._tell()

    # ---- what is counted

    @property
    def count(self) -> Count | None:
        """What is counted so far."""
        if self.how.value() == SUM:
            fen = self.sum.value()
            return None if fen is None else Count(fen)
        pieces = self.pieces.value()
        return count_of(pieces) if pieces else None

    def _tell(self) -> None:
        """Show how the count comes out, and ask for a reason where it is not even."""
        self._ask("pieces", self.how.value() != SUM)
        self._ask("sum", self.how.value() == SUM)
        count, sheet = self.count, self._sheet
        off = None if count is None or sheet is None else count.fen - sheet.booked
        self._ask("note", bool(off))
        if off is None or count is None:
            self.outcome.show_number("–", _("nothing is counted yet"))
            theme.mark(self.outcome.number, "quiet_words")
            return
        words = _("{amount} counted").format(amount=show_money(count.fen))
        self.outcome.show_number(say_difference(off), words)
        theme.mark(self.outcome.number, f"{TONES[word_of(off)]}_words")

    def _ask(self, name: str, wanted: bool) -> None:
        """Show a field, or hide it, once: the form tells that as a change."""
        if (name in self._asked) is not wanted:
            self._asked ^= {name}
            self.form.show_field(name, wanted)

    def _close(self, values: dict[str, object]) -> None:
        day, count = self.day.value(), self.count
        if day is None or count is None:
            return
        self.draft.hold()
        self.close_day.setEnabled(False)
        self.error.hide()
        told = str(values["password"]), str(values.get("note") or "")
        self.hand.jobs.run(
            self,
            partial(self._end, day),
            self._closes.close,
            day,
            count,
            *told,
            failed=self._refuse,
        )

    def _end(self, day: date, _number: int) -> None:
        self.close_day.setEnabled(True)
        self.draft.end()
        self.form.set_values({"how": PIECES})
        self.draft.begin("till-count")
        self.told.emit(_("Your till is closed up to {day}.").format(day=say_day(day)))
        self.print.setFocus()

    def _refuse(self, error: Exception) -> None:
        self.close_day.setEnabled(True)
        if not isinstance(error, CareHomeError):
            raise error
        if not self.tell(error):
            self.error.setText(error.message)
            self.error.show()

    def tell(self, error: CareHomeError) -> bool:
        """Say beside its field why a day is not closed; False if none is to blame."""
        if isinstance(error, NotComeYet | DayClosedAlready):
            self.day.set_error(error.message)
            self.day.focus()
            return True
        return self.form.tell(error)

    # ---- papers and cash that goes on

    def _print(self) -> None:
        if self._newest:
            title = _("Day close {day}").format(day=say_day(self._newest.day))
            paper = PaperDialog(title, f"{title}.pdf", self.hand.jobs, self)
            paper.draw(self._closes.write_sheet, self._newest.close_id)

    def _hand_over(self) -> None:
        dialog = self._deeds.hand_over(self._booked)
        dialog.accepted.connect(partial(self.told.emit, _("The cash is handed over.")))

    def _pay_in(self) -> None:
        dialog = self._deeds.pay_in(self._booked)
        text = _("The cash is noted as paid into the bank.")
        dialog.accepted.connect(partial(self.told.emit, text))

    @property
    def _booked(self) -> int:
        return self._sheet.booked if self._sheet else 0

    # ---- how it looks

    def _fill_form(self) -> None:
        self.form.add("how", self.how)
        self.form.add("pieces", self.pieces)
        self.form.add("sum", self.sum, blame=(CountBelowNothing,))
        self.form.add("note", self.note, blame=(DifferenceUnsaid,))
        self.form.add("password", self.password, blame=(WrongSignature,))
        self.form.set_values({"how": PIECES})

    def _dress(self) -> None:
        theme.mark(self.days, "note")
        theme.mark(self.error, "banner")
        theme.mark(self.closed, "banner_ok")
        for label in (self.error, self.closed, self.days):
            label.setWordWrap(True)
        self.error.hide()
        self.closed.hide()
        self.was.hide()
        booked, counted = Card(_("What is booked")), Card(_("What you counted"))
        day, others = QLabel(self.day.name), QLabel(_("By other ways (not counted)"))
        theme.mark(day, "label")
        theme.mark(others, "label")
        day.setBuddy(self.day)
        until = QHBoxLayout()
        until.setSpacing(theme.px(8))
        until.addWidget(day)
        until.addWidget(self.day)
        until.addStretch()
        booked.body.addLayout(until)
        for part in (self.figure, self.days, self.facts, others, self.others):
            booked.add(part)
        deeds = QHBoxLayout()
        deeds.addWidget(self.hand_over)
        deeds.addWidget(self.pay_in)
        deeds.addStretch()
        booked.body.addStretch()
        booked.body.addLayout(deeds)
        self.day.setFixedWidth(theme.px(170))
        counted.add(self.draft.note)
        for widget in (self.closed, self.was, self.outcome, self.form):
            counted.add(widget)
        counted.add(self.error)
        foot = QHBoxLayout()
        foot.addWidget(self.print)
        foot.addStretch()
        foot.addWidget(self.close_day)
        counted.body.addStretch()
        counted.body.addLayout(foot)
        both = _Beside(booked, counted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling(both))
        lead(self, self.form)


def _read(closes: DayCloses, day: date) -> Read:
    return closes.sheet(day), closes.newest()


class _Beside(QWidget):
    """Two cards side by side, or below each other where that is too narrow."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(12))
        self._row.addWidget(first, 4)
        self._row.addWidget(second, 5)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(NARROW // 2), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        narrow = self.width() < theme.px(NARROW)
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)


def _said_of(close: DayClose) -> str:
    """Say how the newest count came out."""
    return _("Closed up to {day}: {counted} counted, {outcome}.").format(
        day=say_day(close.day),
        counted=show_money(close.counted),
        outcome=say_difference(close.difference),
    )
