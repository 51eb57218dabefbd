"""Who owes what since when: the list, what is to be done, and the deeds."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.arrears import Age
from carehome.rules.reminders import ReminderRules
from carehome.rules.rights import Right
from carehome.services.arrears import Arrears, Owing, ReminderSettings
from carehome.services.payers.receivables import FamilyShares
from carehome.ui.fees.owing.ages import AgeCells
from carehome.ui.fees.owing.deeds import ReminderDeeds
from carehome.ui.fees.owing.file import OwingFile
from carehome.ui.fees.owing.tools import Tools
from carehome.ui.fees.owing.words import say_next, say_reminder, tone_of
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.workbooks import save_workbook

ALL, REMIND, PROMISED, BROKEN = "all", "remind", "promised", "broken"
WHICH = {
    ALL: N_("All who owe"),
    REMIND: N_("To be reminded"),
    PROMISED: N_("Promised to pay"),
    BROKEN: N_("Promise passed"),
}
FILE, MOST, SLIM = 460, 0.6, 4
ROOMY = 520  # a tab lower than this needs its height for the file


def _of_age(age: Age, title: str) -> Column[Owing]:
    return table.money(title, lambda row: row.by_age[age] or None)


COLUMNS: tuple[Column[Owing], ...] = (
    Column(N_("Bed"), lambda row: row.place),
    Column(N_("Name"), lambda row: row.resident, bold=True),
    table.money(N_("Owed"), lambda row: row.owed, bold=True),
    Column(N_("What is next"), say_next, chip=tone_of),
    _of_age(Age.TO_30, N_("1 to 30 days")),
    _of_age(Age.TO_60, N_("31 to 60 days")),
    _of_age(Age.TO_90, N_("61 to 90 days")),
    _of_age(Age.TO_180, N_("91 to 180 days")),
    _of_age(Age.OLDER, N_("Over 180 days")),
    Column(N_("Reminded last"), lambda row: say_reminder(row.last)),
    Column(N_("Phone"), lambda row: row.phone),
)


class DebtList(Tab):
    """Lists who owes something; a row opens to the bills and what was said.

    `payment_wanted` goes out with the resident who pays now, `payers_wanted` leads to
    members of families who owe their shares.
    """

    SHOWS = frozenset(
        {
            *("bill", "bill_run", "payment", "payment_share", "contact"),
            *("reminder", "reminder_rule", "payout"),
            *("payer", "payer_payment", "payer_share", "payer_refund"),
        }
    )
    payment_wanted = Signal(int)
    payers_wanted = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._arrears = hand.service(Arrears)
        self._settings = hand.service(ReminderSettings)
        self._all: Sequence[Owing] = ()
        self.deeds = ReminderDeeds(self)
        self.ages = AgeCells()
        self.shares = button("", kind="small")
        self.which = Pick({code: _(name) for code, name in WHICH.items()})
        self.which.set_code(ALL)
        self.which.setAccessibleName(_("Whom to list"))
        self.bar = Bar(self.which)
        self.letters = self.bar.add_button(_("Letters"), "print", "Ctrl+M", "primary")
        self.messages = self.bar.add_button(_("Messages"))
        self.calls = self.bar.add_button(_("Whom to call"))
        self.print = button(_("Print the list"), "print", "Ctrl+P")
        self.export = button(_("Save as a workbook"), "save")
        self.rules = button(_("Rules"))
        self.texts = button(_("Texts"))
        self.tools = Tools(self.print, self.export, self.rules, self.texts)
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.resident_id),
            "fees.arrears",
            N_("Arrears"),
        )
        self.file = OwingFile(self, self.deeds)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        self._dress()

        self.which.chosen.connect(self._narrow)
        self.shares.clicked.connect(self.payers_wanted)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.file.closed.connect(self._widen)
        self.file.take.clicked.connect(self._want)
        self.letters.clicked.connect(
            lambda: self.deeds.letters(self._late, self._chosen)
        )
        self.messages.clicked.connect(
            lambda: self.deeds.messages(self._late, self._chosen)
        )
        self.calls.clicked.connect(lambda: self.deeds.calls(self._late, self._chosen))
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)
        self.rules.clicked.connect(self._ask_rules)
        self.texts.clicked.connect(self._ask_texts)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self._show, self._arrears.owing)
        self.hand.jobs.run(self, self._show_shares, self._arrears.family_shares)

    def open_key(self, key: object) -> None:
        """List those whom something is to be done about."""
        self.which.set_code(key if key in WHICH else ALL)

    def _show(self, found: Sequence[Owing]) -> None:
        self._all = found
        ages = {age: sum(x.by_age[age] for x in found) for age in Age}
        self.ages.show_ages(ages, len(found))
        for deed in (self.print, self.export):
            deed.setEnabled(bool(found))
        for deed in (self.letters, self.messages, self.calls):
            deed.setEnabled(bool(self._late))
        self._narrow()

    def _show_shares(self, found: FamilyShares) -> None:
        """Say what families owe beside the list, and lead there."""
        text = _("Shares of families: {open} open, {late} overdue")
        told = text.format(open=show_money(found.open), late=show_money(found.overdue))
        self.shares.setText(told)
        self.shares.setVisible(found.people > 0)

    def _narrow(self) -> None:
        self.view.table.set_rows([x for x in self._all if self._fits(x)])
        if self.view.current_row() is None and self.view.table.rows:
            self.view.selectRow(0)
        row = self.view.current_row()
        if row is not None:
            self._look(row)

    def _fits(self, row: Owing) -> bool:
        match self.which.code():
            case "remind":
                return row.may_remind
            case "promised":
                return row.promised_on is not None
            case "broken":
                return row.broken_on is not None
        return True

    @property
    def _late(self) -> list[Owing]:
        """Who can be reminded: something is late, the most first."""
        return [each for each in self._all if each.overdue]

    @property
    def _chosen(self) -> Collection[int]:
        """Who was chosen in the list on purpose: one row is always chosen."""
        rows = [row for row in self.view.selected_rows() if row.overdue]
        return [row.resident_id for row in rows] if len(rows) > 1 else ()

    def _open(self, row: Owing | None) -> None:
        if row is not None:
            self.split.open_side()
            self._make_room()
            self.view.show_columns(SLIM)
            self.file.show_owing(row)

    def _look(self, row: Owing | None) -> None:
        if row is not None and not self.file.isHidden():
            self.file.show_owing(row)

    def _widen(self) -> None:
        self.view.show_columns(len(COLUMNS))
        self._make_room()

    def _want(self) -> None:
        if self.file.owing:
            self.payment_wanted.emit(self.file.owing.resident_id)

    def _print(self) -> None:
        title = _("List of arrears")
        paper = PaperDialog(title, self._file_name("pdf"), self.hand.jobs, self)
        paper.draw(self._arrears.write)

    def _export(self) -> None:
        write = self._arrears.write_workbook
        save_workbook(self, self.hand.jobs, self._file_name("xlsx"), write)

    def _file_name(self, ending: str) -> str:
        name = _("Arrears {day}").format(day=show_day(self.hand.today()))
        return f"{name}.{ending}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Leave the ages out while a file needs the room of a low window."""
        is_low = self.height() < theme.px(ROOMY)
        self.ages.setVisible(not is_low or self.file.isHidden())

    def _ask_rules(self) -> None:
        self.hand.jobs.run(self, self._with_rules, self._settings.rules)

    def _with_rules(self, rules: ReminderRules) -> None:
        self.deeds.rules(rules)

    def _ask_texts(self) -> None:
        self.hand.jobs.run(self, self._with_texts, self._settings.texts)

    def _with_texts(self, texts: dict[str, str]) -> None:
        self.deeds.texts(texts)

    def _dress(self) -> None:
        self.view.set_empty(_("Nobody owes anything: every posted bill is paid."))
        if not self.hand.may(Right.TAKE_MONEY):
            for deed in (self.letters, self.messages, self.calls):
                deed.hide()
        if not self.hand.may(Right.KEEP_BOOKS):
            for deed in (self.rules, self.texts):
                deed.hide()
        self.shares.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.ages)
        column.addWidget(self.shares, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)
