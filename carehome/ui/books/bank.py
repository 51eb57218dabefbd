"""The tab of the bank: accounts, statements, whose each line is, books beside bank."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _, show_day, show_money
from carehome.services.bank import Bank, BankAccount
from carehome.ui.books.bank_accounts import AccountsPart
from carehome.ui.books.bank_even import EvenPart
from carehome.ui.books.bank_files import FilesPart
from carehome.ui.books.bank_history import HistoryPart
from carehome.ui.books.bank_late import LatePart
from carehome.ui.books.bank_lines import LinesPart
from carehome.ui.books.bank_part import Part
from carehome.ui.books.bank_read import ReadDialog
from carehome.ui.books.bank_words import say_account
from carehome.ui.kit import theme
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

LINES, ALL, EVEN, FILES, LATE, ACCOUNTS = (
    *("lines", "all", "even", "files"),
    *("late", "accounts"),
)
PARTS = {
    LINES: N_("To be said"),
    ALL: N_("All lines"),
    EVEN: N_("Books and bank"),
    FILES: N_("Files read in"),
    LATE: N_("Late deposits"),
    ACCOUNTS: N_("Bank accounts"),
}
MAKERS: dict[str, Callable[[Tab], Part]] = {
    LINES: LinesPart,
    ALL: HistoryPart,
    EVEN: EvenPart,
    FILES: FilesPart,
    LATE: LatePart,
    ACCOUNTS: AccountsPart,
}
MONTH_OLD = 31  # days after which a new statement should be there


class BankTab(Tab):
    """Shows one account at a time; its lines first, as they are what is to be done."""

    SHOWS = frozenset(
        {"bank_account", "bank_statement", "bank_line", "bank_claim", "receipt"}
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._bank = hand.service(Bank)
        self._accounts: dict[int, BankAccount] = {}
        self._wanted: int | None = None
        self.account = Choice()
        self.account.setAccessibleName(_("Bank account"))
        self.bar = Bar(self.account)
        self.read = self.bar.add_button(
            _("Read in a statement"), "import", "Ctrl+O", "primary"
        )
        self.pick = Pick({code: _(title) for code, title in PARTS.items()})
        self.pick.setAccessibleName(_("Part of the bank"))
        self.parts: dict[str, Part] = {}  # each is made when it is first shown
        self.stack = QStackedWidget()
        self._dress()

        self.account.chosen.connect(self._show_account)
        self.pick.chosen.connect(self._show_part)
        self.read.clicked.connect(self.ask_read)
        self.pick.set_code(LINES)

    @property
    def current(self) -> BankAccount | None:
        """The account that is shown."""
        return self._accounts.get(self.account.code())

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self.show_accounts, self._bank.accounts)

    def open_key(self, key: object) -> None:
        """Show the open lines of an account by its number in the database."""
        assert isinstance(key, int), "an account is named by its number"
        self._wanted = key
        self._go_to_wanted()

    def show_accounts(self, accounts: Sequence[BankAccount]) -> None:
        """Offer the accounts; the one shown before stays."""
        before = self.current
        self._accounts = {each.account_id: each for each in accounts}
        in_use = [each for each in accounts if each.is_active] or accounts
        offered = {each.account_id: say_account(each) for each in in_use}
        self.account.blockSignals(True)
        self.account.set_choices(offered)
        if before is None and offered and self._wanted is None:
            fullest = max(in_use, key=lambda each: each.open_lines)
            self.account.set_code(fullest.account_id)
        self.account.blockSignals(False)
        if not accounts:
            self.pick.set_code(ACCOUNTS)
        self._show_account()
        self._go_to_wanted()

    def ask_read(self) -> None:
        """Ask for a file of the bank and read it in."""
        if self.current is None:
            return
        dialog = ReadDialog(self, self.current)
        dialog.taken.connect(self._tell_read)
        dialog.open()

    def _go_to_wanted(self) -> None:
        """Show the account that was asked for, once it is known."""
        if self._wanted in self._accounts:
            self.account.set_code(self._wanted)
            self.pick.set_code(LINES)
            self._wanted = None

    def _tell_read(self, count: int) -> None:
        text = _("{count} {count:line|lines} of the bank were read in.")
        self.told.emit(text.format(count=count))
        self.pick.set_code(LINES)

    def _show_account(self) -> None:
        account = self.current
        self.read.setEnabled(account is not None and account.is_active)
        self.bar.note.setText(self._say(account) if account else "")
        old = account is not None and self._age(account) > MONTH_OLD
        theme.mark(self.bar.note, "error" if old else "note")
        for part in self.parts.values():
            part.show_account(account)

    def _say(self, account: BankAccount) -> str:
        """Say how an account stands, and whether a newer statement is wanted."""
        if account.last_day is None or account.balance_fen is None:
            return _("No statement was read in yet.")
        text = _("At the bank {balance}, read in up to {day}, {age} days ago")
        age = self._age(account)
        if age > MONTH_OLD:
            text = _("Read in a newer statement: the last line is of {day}, {balance}")
        facts = {"balance": show_money(account.balance_fen), "age": age}
        return text.format(day=show_day(account.last_day), **facts)

    def _age(self, account: BankAccount) -> int:
        if account.last_day is None:
            return 0
        return (self.hand.today() - account.last_day).days

    def _show_part(self) -> None:
        code = self.pick.code()
        if code not in self.parts:
            part = self.parts[code] = MAKERS[code](self)
            self.stack.addWidget(part)
            part.show_account(self.current)
        self.stack.setCurrentWidget(self.parts[code])
        lead(self, self.parts[code])

    def _dress(self) -> None:
        self.account.setMinimumWidth(theme.px(260))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for widget in (self.bar, self.pick):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
