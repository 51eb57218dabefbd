"""The file of one payer: its months with their statements, each resident, refusals."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_month, show_day, show_money
from carehome.rules.payers.claims import CUT_NAMES, Claim
from carehome.rules.payers.payer import KIND_NAMES, PayerKind
from carehome.rules.rights import Right
from carehome.services.payer_statements import MonthState, PayerStatements
from carehome.services.payers import Cut, PayerMoney, Payers, PayerState
from carehome.services.receipts import METHOD_NAMES
from carehome.ui.fees.payer_deeds import PayerDeeds
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.page import Side, scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.workbooks import save_workbook

MONTHS, RESIDENTS, REFUSED, MONEY = "months", "residents", "refused", "money"
PARTS = {
    MONTHS: N_("By month"),
    RESIDENTS: N_("By resident"),
    REFUSED: N_("Not paid"),
    MONEY: N_("Money in and back"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """What is shown of one payer."""

    months: Sequence[MonthState]
    claims: Sequence[Claim]
    cuts: Sequence[Cut]
    money: Sequence[PayerMoney]


class PayerFile(Side):
    """Shows how one payer stands, with what may be done about it."""

    def __init__(self, tab: Tab, deeds: PayerDeeds) -> None:
        super().__init__()
        self._tab = tab
        self._hand = tab.hand
        self._deeds = deeds
        self._state: PayerState | None = None
        self.facts = FactGrid(columns=2)
        self.part = Pick({code: _(name) for code, name in PARTS.items()})
        self.part.setAccessibleName(_("What is shown of the payer"))
        self.take = button(_("Money came in"), "plus", kind="primary")
        self.refuse = button(_("Not paid in full"), "remove")
        self.back = button(_("Owes it again"), "undo")
        self.paper = button(_("Statement"), "print")
        self.workbook = button(_("Save as a workbook"), "save")
        self.sent = button(_("Note as sent"), "check")
        self.answered = button(_("Answer of the payer"), "edit")
        self.return_money = button(_("Give money back"), "undo")
        self.void_return = button(_("It did not go back"), "remove")
        self.change = button(_("Change"))
        self.months = TableView(
            TableModel(MONTH_COLUMNS, lambda each: each.month),
            "fees.payer_months",
            N_("Months of the payer"),
        )
        self.claims = TableView(
            TableModel(CLAIM_COLUMNS, lambda each: each.key),
            "fees.payer_claims",
            N_("Residents of the payer"),
        )
        self.cuts = TableView(
            TableModel(CUT_COLUMNS, lambda each: each.cut_id),
            "fees.payer_cuts",
            N_("Not paid by the payer"),
        )
        self.money = TableView(
            TableModel(MONEY_COLUMNS, lambda each: each.key),
            "fees.payer_money",
            N_("Money of the payer"),
        )
        self.stack = QStackedWidget()
        self._cards = {
            MONTHS: ListCard(self.months),
            RESIDENTS: ListCard(self.claims),
            REFUSED: ListCard(self.cuts),
            MONEY: ListCard(self.money),
        }
        self._dress()

        self.part.chosen.connect(self._turn)
        self.take.clicked.connect(self._ask_take)
        self.refuse.clicked.connect(self._ask_refuse)
        self.back.clicked.connect(self._ask_back)
        self.paper.clicked.connect(self._print)
        self.workbook.clicked.connect(self._save)
        self.sent.clicked.connect(self._ask_sent)
        self.answered.clicked.connect(self._ask_answer)
        self.return_money.clicked.connect(self._ask_return)
        self.void_return.clicked.connect(self._ask_void)
        self.change.clicked.connect(self._ask_change)
        for view in (self.months, self.claims, self.cuts, self.money):
            view.picked.connect(self._offer)
        self.claims.selectionModel().selectionChanged.connect(self._count)
        self.part.set_code(MONTHS)

    def show_payer(self, state: PayerState) -> None:
        """Show another payer, or read the same one again."""
        self._state = state
        self.title.setText(state.payer.name)
        self.facts.show_facts(_facts(state))
        payers = self._hand.service(Payers)
        statements = self._hand.service(PayerStatements)
        number = state.payer.payer_id
        self._hand.jobs.run_last(self, self._show, _read, payers, statements, number)

    def _show(self, read: Read) -> None:
        months = read.months
        self.months.table.set_rows(list(months))
        if self.months.current_row() is None:
            open_ones = [each.month for each in months if each.open > 0]
            self.months.select(min(open_ones, default=months[0].month if months else 0))
        self.claims.table.set_rows(
            sorted(
                read.claims, key=lambda each: (each.open <= 0, -each.month.toordinal())
            )
        )
        self.cuts.table.set_rows(list(read.cuts))
        self.money.table.set_rows(list(read.money))
        self._offer()

    def _turn(self) -> None:
        self.stack.setCurrentWidget(self._cards[self.part.code()])
        self._offer()

    def _count(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self._offer()

    def _offer(self, _row: object = None) -> None:
        """Enable what can be done with what is chosen."""
        part, month = self.part.code(), self.months.current_row()
        cut = self.cuts.current_row()
        may = self._hand.may(Right.KEEP_BOOKS)
        for each in (self.paper, self.workbook):
            each.setVisible(part == MONTHS)
            each.setEnabled(month is not None)
        self.sent.setVisible(part == MONTHS and may)
        self.sent.setEnabled(month is not None)
        self.answered.setVisible(part == MONTHS and may)
        self.answered.setEnabled(month is not None and bool(month.statement_id))
        self.refuse.setVisible(part == RESIDENTS and may)
        self.refuse.setEnabled(bool(self._chosen()))
        self.back.setVisible(part == REFUSED and may)
        is_open = cut is not None and not cut.is_void and not cut.is_billed
        self.back.setEnabled(is_open)
        money = self.money.current_row()
        self.return_money.setVisible(
            part == MONEY and self._hand.may(Right.PAY_OUT_DEPOSIT)
        )
        self.return_money.setEnabled(money is not None and money.free > 0)
        self.void_return.setVisible(
            part == MONEY and self._hand.may(Right.VOID_RECEIPT)
        )
        went = money is not None and money.refund_id is not None and not money.is_void
        self.void_return.setEnabled(went)

    def _chosen(self) -> list[Claim]:
        """Return the chosen months of residents of which something is open."""
        if self.part.code() != RESIDENTS:
            return []
        return [claim for claim in self.claims.selected_rows() if claim.open > 0]

    def _ask_take(self) -> None:
        if self._state is None:
            return
        chosen, month = self._chosen(), self.months.current_row()
        if self.part.code() == MONTHS and month is not None:
            chosen = [x for x in self.claims.table.rows if x.month == month.month]
        self._deeds.take(self._state.payer, chosen)

    def _ask_refuse(self) -> None:
        if self._state and (chosen := self._chosen()):
            self._deeds.refuse(self._state.payer, chosen)

    def _ask_back(self) -> None:
        cut = self.cuts.current_row()
        if cut is not None:
            self._deeds.take_back(cut)

    def _ask_return(self) -> None:
        money = self.money.current_row()
        if self._state and money:
            self._deeds.give_back(self._state.payer, money)

    def _ask_void(self) -> None:
        money = self.money.current_row()
        if money is not None:
            self._deeds.void_back(money)

    def _ask_sent(self) -> None:
        month = self.months.current_row()
        if self._state and month:
            self._deeds.send(self._state.payer, month)

    def _ask_answer(self) -> None:
        month = self.months.current_row()
        if self._state and month:
            self._deeds.answer(self._state.payer, month)

    def _ask_change(self) -> None:
        if self._state:
            self._deeds.enter(self._state.payer)

    def _print(self) -> None:
        month = self.months.current_row()
        if self._state is None or month is None:
            return
        title = _("Statement of fees {month}").format(month=say_month(month.month))
        name = f"{title} {self._state.payer.name}.pdf"
        paper = PaperDialog(title, name, self._hand.jobs, self._tab)
        write = self._hand.service(PayerStatements).write
        paper.draw(write, self._state.payer.payer_id, month.month)

    def _save(self) -> None:
        month = self.months.current_row()
        if self._state is None or month is None:
            return
        title = _("Statement of fees {month}").format(month=say_month(month.month))
        name = f"{title} {self._state.payer.name}.xlsx"
        write = self._hand.service(PayerStatements).write_workbook
        values = self._state.payer.payer_id, month.month
        save_workbook(self._tab, self._hand.jobs, name, write, *values)

    def _dress(self) -> None:
        self.months.set_empty(_("Nothing was billed to this payer yet."))
        self.claims.set_empty(_("Nothing was billed to this payer yet."))
        self.cuts.set_empty(_("Nothing was refused by this payer."))
        self.money.set_empty(_("No money came from this payer yet."))
        for card in self._cards.values():
            self.stack.addWidget(card)
        if not self._hand.may(Right.TAKE_MONEY):
            self.take.hide()
        if not self._hand.may(Right.SET_PERSONAL_PRICE):
            self.change.hide()
        room = QWidget()
        row = Flow(room)
        for each in (
            *(self.take, self.refuse, self.back, self.paper, self.workbook),
            *(self.sent, self.answered, self.return_money, self.void_return),
            self.change,
        ):
            row.addWidget(each)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for part in (self.facts, room, self.part):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        self.body.addWidget(scrolling(whole), 1)


def _read(payers: Payers, statements: PayerStatements, number: int) -> Read:
    return Read(
        statements.months(number),
        payers.claims(number),
        payers.cuts(number),
        payers.money(number),
    )


def _facts(state: PayerState) -> list[Fact]:
    """Say who the payer is, and how it stands."""
    payer = state.payer
    facts = [
        Fact(_("Kind of payer"), _(KIND_NAMES[PayerKind(payer.kind)])),
        Fact(_("Not received yet"), show_money(state.open), strong=True),
        Fact(_("Contact person"), " ".join(filter(None, (payer.contact, payer.phone)))),
        Fact(_("Overdue"), show_money(state.ages.overdue), strong=True),
        Fact(_("Account it pays from"), payer.account_number),
        Fact(_("Days to pay"), str(payer.due_days)),
    ]
    if state.credit:
        facts.append(Fact(_("Paid ahead"), show_money(state.credit)))
    if payer.note:
        facts.append(Fact(_("Note"), payer.note))
    return [each for each in facts if each.value]


def _state(month: MonthState) -> str:
    """Say how far the statement of a month is."""
    if month.is_stale:
        return _("Changed since it was sent")
    if month.answered_on:
        return _("Answered by the payer")
    if month.sent_on:
        return _("Statement is out")
    return _("Not sent")


def _when(month: MonthState) -> str:
    """Say when a statement was sent, and what came back."""
    if month.sent_on is None:
        return ""
    text = _("Sent {day}").format(day=show_day(month.sent_on))
    if month.is_stale:
        told = _("with {fen}, now it comes to {now}: send it again")
        fen, now = show_money(month.sent_fen), show_money(month.borne)
        return " ".join((text, told.format(fen=fen, now=now)))
    if month.answered_on is None:
        return text
    answered = _("Answered {day}").format(day=show_day(month.answered_on))
    return " ".join((text, answered, month.answer))


def _tone(month: MonthState) -> str:
    if month.is_stale:
        return "warn"
    if month.answered_on:
        return "ok"
    return "info" if month.sent_on else "quiet"


def _became(cut: Cut) -> str:
    """Say what became of something that was refused."""
    if cut.is_void:
        return _("Taken back")
    if cut.is_billed:
        return _("Billed to the family")
    return _(CUT_NAMES[cut.kind])


def _cut_tone(cut: Cut) -> str:
    if cut.is_void:
        return "quiet"
    return "warn" if cut.kind == "family" and not cut.is_billed else "info"


def _what_money(money: PayerMoney) -> str:
    """Say what became of some money."""
    if money.is_void:
        return _("Void")
    return _("Went back") if money.refund_id is not None else _("Received")


def _money_tone(money: PayerMoney) -> str:
    if money.is_void:
        return "quiet"
    return "warn" if money.refund_id is not None else "ok"


MONTH_COLUMNS: tuple[Column[MonthState], ...] = (
    Column(N_("Month"), lambda each: f"{each.month:%Y-%m}", bold=True, stretch=True),
    table.number(N_("Residents"), lambda each: each.residents),
    table.money(N_("Billed"), lambda each: each.borne),
    table.money(N_("Received so far"), lambda each: each.paid or None),
    table.money(N_("Not paid"), lambda each: (each.refused + each.written_off) or None),
    table.money(N_("Not received yet"), lambda each: each.open or None, bold=True),
    Column(N_("Statement"), _state, chip=_tone, tip=_when),
    table.day(N_("Pay by"), lambda each: each.due),
)
CLAIM_COLUMNS: tuple[Column[Claim], ...] = (
    Column(N_("Resident"), lambda each: each.resident, bold=True, stretch=True),
    Column(N_("Month"), lambda each: f"{each.month:%Y-%m}"),
    table.money(N_("Billed"), lambda each: each.borne),
    table.money(N_("Received so far"), lambda each: each.paid or None),
    table.money(N_("Not paid"), lambda each: (each.refused + each.written_off) or None),
    table.money(N_("Not received yet"), lambda each: each.open or None, bold=True),
    table.day(N_("Pay by"), lambda each: each.due),
)
CUT_COLUMNS: tuple[Column[Cut], ...] = (
    Column(N_("Resident"), lambda each: each.resident, bold=True),
    Column(N_("Month"), lambda each: f"{each.month:%Y-%m}"),
    table.money(N_("Amount"), lambda each: each.fen, bold=True),
    Column(
        N_("Reason"), lambda each: each.reason, stretch=True, tip=lambda x: x.reason
    ),
    Column(N_("State"), _became, chip=_cut_tone),
    table.day(N_("Noted on"), lambda each: each.day),
)
MONEY_COLUMNS: tuple[Column[PayerMoney], ...] = (
    table.day(N_("Day"), lambda each: each.day),
    Column(
        N_("Number"),
        lambda each: each.number,
        tip=lambda each: _(METHOD_NAMES[each.method]),
    ),
    table.money(N_("Amount"), lambda each: each.fen, bold=True),
    table.money(N_("Not needed yet"), lambda each: each.free or None),
    Column(N_("State"), _what_money, chip=_money_tone),
    Column(N_("Note"), lambda each: each.note, stretch=True, tip=lambda x: x.note),
)
