"""The cash that went from hand to hand, or to the bank."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from carehome.i18n import N_, _, show_money
from carehome.rules.days import Sense
from carehome.rules.rights import Right
from carehome.services.tills import Handover, Tills
from carehome.ui.fees.tills.deeds import TillDeeds
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab


def _taker(row: Handover) -> str:
    return row.taker or _("the bank")


COLUMNS: tuple[Column[Handover], ...] = (
    table.day(N_("Day"), lambda row: row.day),
    Column(N_("Cash from"), lambda row: row.giver, bold=True),
    Column(N_("Cash to"), _taker, bold=True),
    table.money(N_("Amount"), lambda row: row.fen, bold=True),
    Column(
        N_("State"),
        lambda row: bool(row.void_reason),
        lambda is_void: _("Void") if is_void else "",
        chip=lambda row: "bad" if row.void_reason else None,
    ),
    Column(N_("Number of the slip"), lambda row: row.paper),
    table.moment(N_("Noted at"), lambda row: row.given_at),
    Column(N_("Note"), lambda row: row.void_reason or row.note, stretch=True),
)


class HandoverList(Tab):
    """Lists the cash that was handed on in some days."""

    SHOWS = frozenset({"till_handover"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._tills = hand.service(Tills)
        self._deeds = TillDeeds(hand, self)
        today = hand.today()
        self.first = DateField(_("From day"), today, sense=Sense.PAST)
        self.last = DateField(_("To day"), today, sense=Sense.PAST)
        self.sums = Elided()
        self.void = button(_("Void it"), "remove")
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.handover_id),
            "fees.handovers",
            N_("Cash handed on"),
        )
        self._dress()
        self.first.set_value(today.replace(day=1))
        self.last.set_value(today)

        for field in (self.first, self.last):
            field.changed.connect(self.refresh)
        self.view.picked.connect(self._look)
        self.void.clicked.connect(self._void)

    def refresh(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first and last:
            read = self._tills.handovers
            self.hand.jobs.run_last(self, self._show, read, first, last)

    def _show(self, found: Sequence[Handover]) -> None:
        self.view.table.set_rows(found)
        valid = [row for row in found if not row.void_reason]
        banked = sum(row.fen for row in valid if row.taker_id is None)
        text = _("{count} times, {banked} of it into the bank").format(
            count=len(valid), banked=show_money(banked)
        )
        self.sums.setText(text if valid else "")
        self._look(self.view.current_row())

    def _look(self, row: Handover | None) -> None:
        may = self.hand.may(Right.VOID_RECEIPT)
        self.void.setVisible(may)
        self.void.setEnabled(row is not None and not row.void_reason)

    def _void(self) -> None:
        row = self.view.current_row()
        if row:
            dialog = self._deeds.void(row)
            dialog.accepted.connect(partial(self.told.emit, _("It is void.")))

    def _dress(self) -> None:
        theme.mark(self.sums, "note")
        self.view.set_empty(_("No cash changed hands in this time."))
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(8))
        for field in (self.first, self.last):
            field.setFixedWidth(theme.px(150))
        bar.addWidget(self.first)
        bar.addWidget(QLabel("–"))
        bar.addWidget(self.last)
        bar.addWidget(self.sums, 1)
        bar.addWidget(self.void)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)
