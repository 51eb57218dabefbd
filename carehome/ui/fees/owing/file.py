"""What one resident owes, and all that was done about it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_day, say_month, show_money
from carehome.rules.arrears import OpenBill
from carehome.rules.reminders import STEP_NAMES, WAY_NAMES, Reminder, Way
from carehome.rules.rights import Right
from carehome.services.arrears import Owing, Reminders
from carehome.ui.fees.owing.deeds import ReminderDeeds
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.page import Side, scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.tabbed import Tab


def _how(made: Reminder) -> str:
    if made.way is Way.PHONE:
        return _(WAY_NAMES[made.way])
    text = _("{way}, {step}")
    return text.format(way=_(WAY_NAMES[made.way]), step=_(STEP_NAMES[made.step]))


def _said(made: Reminder) -> str:
    promise = ""
    if made.promised_on:
        promise = _("Will pay by {day}").format(day=say_day(made.promised_on))
    return _("; ").join(filter(None, (promise, made.said, made.spoke_to)))


BILLS, MADE = "bills", "made"
LEAST = 120  # pixels that a list needs
PARTS = {MADE: N_("Reminders and calls"), BILLS: N_("Open bills")}
BILL_COLUMNS: tuple[Column[OpenBill], ...] = (
    Column(N_("Month"), lambda row: say_month(row.month), bold=True, stretch=True),
    table.money(N_("Still to be paid"), lambda row: row.fen, bold=True),
    table.day(N_("Due since"), lambda row: row.due_on),
)
REMINDER_COLUMNS: tuple[Column[Reminder], ...] = (
    table.day(N_("Day"), lambda row: row.day),
    Column(N_("How it was told"), _how),
    Column(N_("What was said"), _said, stretch=True, tip=_said),
)


class OwingFile(Side):
    """Shows the open bills of one family, whom to call, and what was said."""

    def __init__(self, tab: Tab, deeds: ReminderDeeds) -> None:
        super().__init__()
        self._tab = tab
        self._deeds = deeds
        self._reminders = tab.hand.service(Reminders)
        self.owing: Owing | None = None
        self.facts = FactGrid(columns=2)
        self.part = Pick({code: _(name) for code, name in PARTS.items()})
        self.part.setAccessibleName(_("What is shown of what is owed"))
        self.stack = QStackedWidget()
        self.bills = TableView(
            TableModel(BILL_COLUMNS, lambda row: row.bill_id),
            "fees.owing_bills",
            N_("Open bills"),
        )
        self.made = TableView(
            TableModel(REMINDER_COLUMNS, lambda row: row.reminder_id),
            "fees.owing_reminders",
            N_("Reminders and calls"),
        )
        self.call = button(_("Note a call"), "edit")
        self.take = button(_("Take the payment"), "fees", kind="primary")
        self.again = button(_("Print the letter"), "print")
        self._dress()

        self.call.clicked.connect(self._note_call)
        self.again.clicked.connect(self._print)
        self.made.picked.connect(self._offer)

    def show_owing(self, owing: Owing) -> None:
        """Show another family, or read the same one again."""
        self.owing = owing
        self.title.setText(owing.resident)
        contact = _("{name} {phone}").format(name=owing.contact, phone=owing.phone)
        late = _("{count} {count:day|days}").format(count=owing.days_late)
        facts = [
            Fact(_("Owed"), show_money(owing.owed), strong=True),
            Fact(_("Late"), show_money(owing.overdue)),
            Fact(_("Oldest bill late for"), late),
            Fact(_("Contact"), contact.strip() or _("Nobody is entered")),
        ]
        self.facts.show_facts(facts)
        self.bills.table.set_rows(list(owing.bills))
        read, who = self._reminders.of, owing.resident_id
        self._tab.hand.jobs.run_last(self, self._show, read, who)

    def _show(self, made: Sequence[Reminder]) -> None:
        self.made.table.set_rows(list(made))
        self._offer(self.made.current_row())

    def _offer(self, made: Reminder | None) -> None:
        late = self.owing is not None and self.owing.overdue > 0
        is_letter = made is not None and made.way is Way.LETTER
        self.again.setEnabled(is_letter and late)
        self.call.setEnabled(late)

    def _note_call(self) -> None:
        if self.owing:
            self._deeds.note_call(self.owing)

    def _print(self) -> None:
        made = self.made.current_row()
        if made:
            self._deeds.print_letters([made.reminder_id])

    def _dress(self) -> None:
        self.bills.set_empty(_("Nothing is open."))
        self.made.set_empty(_("Nobody was reminded of this debt."))
        if not self._tab.hand.may(Right.TAKE_MONEY):
            for deed in (self.call, self.take):
                deed.hide()
        self._cards = {BILLS: ListCard(self.bills), MADE: ListCard(self.made)}
        for card in self._cards.values():
            self.stack.addWidget(card)
        foot = QWidget()
        row = Flow(foot, 8)
        for deed in (self.take, self.call, self.again):
            row.addWidget(deed)
        self.stack.setMinimumHeight(theme.px(LEAST))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (self.facts, self.part):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        self.body.addWidget(scrolling(inside), 1)
        self.body.addWidget(foot)
        self.part.chosen.connect(self._turn)
        self.part.set_code(MADE)

    def _turn(self) -> None:
        self.stack.setCurrentWidget(self._cards[self.part.code()])
        self.again.setVisible(self.part.code() == MADE)
