"""Where trust money lay: the counts of the till, and what was carried to and fro."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.services.trust import CASH, TrustCount, TrustDraw, TrustPlaces
from carehome.ui.books.trust_deeds import TrustDeeds
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.shortcuts import offer_help
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.tabbed import Tab

WIDE, HIGH = 820, 480


class PlacesDialog(QDialog):
    """Lists the counts and the draws; a wrong draw is taken back. Esc closes."""

    def __init__(self, places: TrustPlaces, deeds: TrustDeeds, tab: Tab) -> None:
        super().__init__(tab)
        self._deeds = deeds
        self.setWindowTitle(_("Counts and carrying"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.resize(theme.px(WIDE), theme.px(HIGH))
        self.counts = TableView(
            TableModel(COUNTS, lambda count: count.count_id),
            "books.trust_counts",
            N_("Counts of the till"),
        )
        self.counts.set_empty(_("The till has not been counted yet."))
        self.draws = TableView(
            TableModel(DRAWS, lambda draw: draw.draw_id),
            "books.trust_draws",
            N_("Between bank and till"),
        )
        self.draws.set_empty(_("Nothing was carried between bank and till yet."))
        self.void = button(_("Void"), "remove")
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 12, 16, 16)))
        column.setSpacing(theme.px(10))
        column.addWidget(ListCard(self.counts, _("Counts of the till")), 1)
        column.addWidget(ListCard(self.draws, _("Between bank and till")), 1)
        column.addWidget(self.void, 0, Qt.AlignmentFlag.AlignRight)
        if not tab.hand.may(Right.PAY_OUT_DEPOSIT):
            self.void.hide()

        self.draws.picked.connect(self._offer)
        self.void.clicked.connect(self._ask_void)
        self.counts.table.set_rows(list(places.counts))
        self.draws.table.set_rows(list(places.draws))
        self._offer(None)
        self.counts.setFocus()

    def _offer(self, draw: TrustDraw | None) -> None:
        self.void.setEnabled(draw is not None and draw.voided_at is None)

    def _ask_void(self) -> None:
        draw = self.draws.current_row()
        if draw is not None:
            self._deeds.void_draw(draw).accepted.connect(self.accept)


def _difference(count: TrustCount) -> str:
    return _("Differs") if count.difference else _("Agrees")


COUNTS: tuple[Column[TrustCount], ...] = (
    table.day(N_("Day"), lambda count: count.day),
    Column(
        N_("State"),
        _difference,
        chip=lambda count: "bad" if count.difference else "ok",
    ),
    table.money(N_("By the books"), lambda count: count.booked),
    table.money(N_("Counted money"), lambda count: count.counted, bold=True),
    table.money(N_("Counted less booked"), lambda count: count.difference or None),
    Column(N_("Counted by"), lambda count: f"{count.counted_by}, {count.witness}"),
    Column(N_("Note"), lambda count: count.note or None, stretch=True),
)
DRAWS: tuple[Column[TrustDraw], ...] = (
    table.day(N_("Day"), lambda draw: draw.day),
    Column(
        N_("Which way"),
        lambda draw: (
            _("From the bank to the till") if draw.place == CASH else _("Into the bank")
        ),
    ),
    table.money(N_("Amount"), lambda draw: draw.fen, bold=True),
    Column(N_("Slip of the bank"), lambda draw: draw.paper),
    Column(
        N_("State"),
        lambda draw: _("Void") if draw.voided_at else None,
        chip=lambda _draw: "bad",
    ),
    Column(N_("Note"), lambda draw: draw.void_reason or None, stretch=True),
)
