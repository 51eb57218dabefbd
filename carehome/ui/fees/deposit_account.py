"""The dedicated account: what is in it beside what is held, and why they differ."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.days import Sense
from carehome.services.deposit_papers import DepositPapers
from carehome.services.deposits.account import (
    AccountStanding,
    DepositAccount,
    OpenPiece,
)
from carehome.ui.fees.deposit_draws import DrawLists
from carehome.ui.fees.deposit_late import LateList
from carehome.ui.fees.deposit_ledger import LedgerList
from carehome.ui.fees.deposit_papers import EmergencyList
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.lead import lead
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

ROOMY = 560  # a tab lower than this needs its height for the list
LEDGER, DRAWS, LATE, PAPERS = "ledger", "draws", "late", "papers"
PARTS = {
    LEDGER: N_("Ledger of the account"),
    DRAWS: N_("Money to draw"),
    LATE: N_("Late transfers"),
    PAPERS: N_("Emergencies"),
}


class AccountView(Tab):
    """Shows both sums of any day side by side, and the lists behind them."""

    SHOWS = frozenset({"deposit_entry", "deposit_draw", "receipt"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._account = hand.service(DepositAccount)
        self._papers = hand.service(DepositPapers)
        self.held = FigureCard(_("Held for residents"))
        self.account = FigureCard(_("In the dedicated account"))
        self.waiting = FigureCard(_("Waiting in the till"))
        self.to_draw = FigureCard(_("Still to be drawn"))
        self.day = DateField(_("As of"), hand.today(), sense=Sense.PAST)
        self.day.set_value(hand.today())
        self.print = button(_("Print both side by side"), "print")
        self.told_in_words = QLabel()
        self.head = QWidget()
        self.figures = FigureRow(self.held, self.account, self.waiting, self.to_draw)
        self.stack = QStackedWidget()
        self.lists: dict[str, Tab] = {
            LEDGER: LedgerList(hand),
            DRAWS: DrawLists(hand),
            LATE: LateList(hand),
            PAPERS: EmergencyList(hand),
        }
        self._dress()

        self.day.changed.connect(self.refresh)
        self.print.clicked.connect(self._print)
        for each in self.lists.values():
            each.told.connect(self.told)

    def refresh(self) -> None:
        day = self.day.value()
        if day:
            self.hand.jobs.run_last(self, self._show, self._account.standing, day)

    def open_list(self, which: str) -> None:
        """Show one of the lists."""
        shown = self.lists[which]
        self.stack.setCurrentWidget(shown)
        self.head.setVisible(which == LEDGER)
        self._make_room()
        lead(self, shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the figures to the sentence above them where there is little height."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        is_high = self.height() >= theme.px(ROOMY)
        is_ledger = self.stack.currentWidget() is self.lists[LEDGER]
        self.figures.setVisible(is_ledger and is_high)

    def _show(self, now: AccountStanding) -> None:
        self.held.show_number(show_money(now.held), _("by the deposits of each"))
        self.account.show_number(show_money(now.account), _("as the books have it"))
        self._show_pieces(self.waiting, now.in_till, now.day)
        self._show_pieces(self.to_draw, now.to_draw, now.day)
        self.told_in_words.setText(_say(now))

    def _show_pieces(
        self, card: FigureCard, pieces: Sequence[OpenPiece], day: date
    ) -> None:
        text = _("{count} {count:movement|movements}").format(count=len(pieces))
        if pieces:
            days = max((day - each.piece.day).days for each in pieces)
            since = _("{movements}, the oldest {days} {days:day|days} old")
            text = since.format(movements=text, days=days)
        fen = sum(each.piece.fen for each in pieces)
        card.show_number(show_money(fen), text)

    def _print(self) -> None:
        day = self.day.value()
        if day:
            title = _("Deposits held and dedicated account")
            paper = PaperDialog(
                title, f"{title} {show_day(day)}.pdf", self.hand.jobs, self
            )
            paper.draw(self._papers.write_standing, day)

    def _dress(self) -> None:
        theme.mark(self.told_in_words, "note")
        self.told_in_words.setWordWrap(True)
        self.day.setFixedWidth(theme.px(150))
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.px(8))
        head.addWidget(QLabel(_("As of")))
        head.addWidget(self.day)
        head.addWidget(self.told_in_words, 1)
        head.addWidget(self.print)
        for each in self.lists.values():
            self.stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(7))
        column.addWidget(self.head)
        column.addWidget(self.figures)
        column.addWidget(self.stack, 1)
        self.open_list(LEDGER)


def _say(now: AccountStanding) -> str:
    """Put the equation of both sums into a sentence."""
    own = sum(each.fen for each in now.by_bank)
    if now.held == now.account and not own:
        return _("What is held and what is in the account agree to the fen.")
    waiting, drawn, back = (
        show_money(sum(each.piece.fen for each in pieces))
        for pieces in (now.in_till, now.to_draw, now.to_return)
    )
    text = _("Account {account} + till {waiting} - to draw {drawn} = held {held}")
    if now.to_return:
        text = _(
            "Account {account} + till {waiting} - to draw {drawn} + drawn for void "
            "vouchers {back} = held {held}"
        )
    said = text.format(
        account=show_money(now.account - own),
        waiting=waiting,
        drawn=drawn,
        back=back,
        held=show_money(now.held),
    )
    if own:
        also = _("{equation}; the bank itself added {fen}: {account} in the account")
        added, account = show_money(own), show_money(now.account)
        return also.format(equation=said, fen=added, account=account)
    return said
