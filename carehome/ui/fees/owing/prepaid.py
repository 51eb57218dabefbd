"""Who has paid ahead, for how long it lasts, and where it is more than may be."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.rights import Right
from carehome.services.arrears import Arrears, PrepaidStanding
from carehome.ui.fees.owing.tools import Tools
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.workbooks import save_workbook


def _lasts(row: PrepaidStanding) -> str | None:
    if row.months is None:
        return None
    text = _("{count} months")
    return text.format(count=f"{float(row.months):.1f}")


def _state(row: PrepaidStanding) -> str:
    if not row.lives_here:
        return _("Has left: to be given back")
    if row.cap is None:
        return _("No price list yet")
    if row.excess:
        return _("{fen} above the cap").format(fen=show_money(row.excess))
    return _("Within the cap")


def _tone(row: PrepaidStanding) -> str:
    if row.excess or not row.lives_here:
        return "warn"
    return "quiet" if row.cap is None else "ok"


COLUMNS: tuple[Column[PrepaidStanding], ...] = (
    Column(N_("Bed"), lambda row: row.place),
    Column(N_("Name"), lambda row: row.resident, bold=True, stretch=True),
    table.money(N_("Prepaid"), lambda row: row.fen, bold=True),
    table.money(N_("Monthly service fee"), lambda row: row.monthly_fee),
    Column(
        N_("Lasts for"),
        _lasts,
        align=table.RIGHT,
        order=lambda row: row.months or 0,
    ),
    table.money(N_("At most"), lambda row: row.cap),
    Column(N_("State"), _state, chip=_tone),
)


class PrepaidList(Tab):
    """Lists prepaid money, first where it is too much; a refund begins here.

    `refund_wanted` goes out with the resident whose family gets money back.
    """

    SHOWS = frozenset(
        {
            *("bill", "bill_run", "payment", "payment_share", "payout", "stay"),
            *("price_list", "personal_price", "grade_change", "bed_use", "rule_choice"),
        }
    )
    refund_wanted = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._arrears = hand.service(Arrears)
        self.total = FigureCard(_("Prepaid in all"))
        self.over = FigureCard(_("Above the cap"))
        self.gone = FigureCard(_("Of people who have left"))
        back = _("Give prepaid money back")
        self.refund = button(back, "undo", kind="primary")
        self.print = button(_("Print the list"), "print", "Ctrl+P")
        self.export = button(_("Save as a workbook"), "save")
        self.tools = Tools(self.refund, self.print, self.export)
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.resident_id),
            "fees.prepaid",
            N_("Prepaid money"),
        )
        self._dress()

        self.view.opened.connect(self._want)
        self.view.picked.connect(lambda row: self.refund.setEnabled(row is not None))
        self.refund.clicked.connect(lambda: self._want(self.view.current_row()))
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._export)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self._show, self._arrears.prepaid)

    def _show(self, found: Sequence[PrepaidStanding]) -> None:
        self.view.table.set_rows(list(found))
        if found and self.view.current_row() is None:
            self.view.selectRow(0)
        over = [each for each in found if each.lives_here and each.excess]
        gone = [each for each in found if not each.lives_here]
        for card, some, fen in (
            (self.total, found, sum(each.fen for each in found)),
            (self.over, over, sum(each.excess for each in over)),
            (self.gone, gone, sum(each.fen for each in gone)),
        ):
            text = _("{count} {count:resident|residents}").format(count=len(some))
            is_odd = bool(some) and card is not self.total
            card.show_number(show_money(fen), text, "error" if is_odd else "hint")
        self.refund.setEnabled(self.view.current_row() is not None)
        for deed in (self.print, self.export):
            deed.setEnabled(bool(found))

    def _want(self, row: PrepaidStanding | None) -> None:
        if row is not None and self.hand.may(Right.TAKE_MONEY):
            self.refund_wanted.emit(row.resident_id)

    def _print(self) -> None:
        title = _("List of prepaid fees")
        paper = PaperDialog(title, self._file_name("pdf"), self.hand.jobs, self)
        paper.draw(self._arrears.write_prepaid)

    def _export(self) -> None:
        write = self._arrears.write_prepaid_workbook
        save_workbook(self, self.hand.jobs, self._file_name("xlsx"), write)

    def _file_name(self, ending: str) -> str:
        name = _("Prepaid fees {day}").format(day=show_day(self.hand.today()))
        return f"{name}.{ending}"

    def _dress(self) -> None:
        self.view.set_empty(_("Nobody has paid ahead."))
        if not self.hand.may(Right.TAKE_MONEY):
            self.refund.hide()
        figures = FigureRow(self.total, self.over, self.gone)
        figures.watch(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(figures)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)
