"""The file of one donation: what is left of it, and what it was used for."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.rights import Right
from carehome.services.donations import Donation, Donations, DonationUse
from carehome.services.receipts import METHOD_NAMES
from carehome.ui.books.donation_deeds import DonationDeeds
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.page import Side, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.tabbed import Tab

LIST = 190  # the height that the list keeps in a low window


class DonationFile(Side):
    """Shows one donation, with what may be done about it."""

    def __init__(self, tab: Tab, deeds: DonationDeeds) -> None:
        super().__init__()
        self._tab = tab
        self._hand = tab.hand
        self._deeds = deeds
        self._donation: Donation | None = None
        self.facts = FactGrid(columns=2)
        self.use = button(_("Note a use"), "plus", kind="primary")
        self.print = button(_("Donation receipt"), "print")
        self.name = button("", "show")
        self.void_use = button(_("Void the use"), "remove")
        self.void = button(_("Void the donation"), "remove")
        self.view = TableView(
            TableModel(COLUMNS, lambda use: use.use_id),
            "books.donation_uses",
            N_("Uses of the donation"),
        )
        self.view.set_empty(_("Nothing of it was used yet."))
        deeds_row = QWidget()
        row = Flow(deeds_row)
        for each in (self.use, self.print, self.name, self.void_use, self.void):
            row.addWidget(each)
        card = ListCard(self.view)
        card.setMinimumHeight(theme.px(LIST))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (self.facts, deeds_row, card):
            column.addWidget(part)
        column.setStretch(2, 1)
        self.body.addWidget(scrolling(whole), 1)
        if not self._hand.may(Right.KEEP_BOOKS):
            for each in (self.use, self.name, self.void_use, self.void):
                each.hide()

        self.use.clicked.connect(self._ask_use)
        self.print.clicked.connect(self._print)
        self.name.clicked.connect(self._turn_name)
        self.void.clicked.connect(self._ask_void)
        self.void_use.clicked.connect(self._ask_void_use)
        self.view.picked.connect(self._offer)

    def show_donation(self, donation: Donation) -> None:
        """Show another donation."""
        self._donation = donation
        self.title.setText(donation.donor)
        self.facts.show_facts(_facts(donation))
        self.view.table.set_rows(list(donation.uses))
        is_void = donation.voided_at is not None
        self.use.setEnabled(donation.left > 0)
        self.void.setEnabled(not is_void and not donation.used)
        self.name.setText(
            _("Name the donor in public")
            if donation.is_unnamed
            else _("Leave the name out in public")
        )
        self.print.setEnabled(not is_void)
        self._offer(self.view.current_row())

    def _offer(self, use: DonationUse | None) -> None:
        self.void_use.setEnabled(use is not None and use.voided_at is None)

    def _ask_use(self) -> None:
        if self._donation:
            self._deeds.use(self._donation)

    def _ask_void(self) -> None:
        if self._donation:
            self._deeds.void(self._donation)

    def _ask_void_use(self) -> None:
        use = self.view.current_row()
        if use is not None:
            self._deeds.void_use(use)

    def _turn_name(self) -> None:
        if self._donation:
            self._deeds.turn_name(self._donation)

    def _print(self) -> None:
        if self._donation is None:
            return
        title = _("Donation receipt")
        name = f"{title} {self._donation.donor}.pdf"
        write = self._hand.service(Donations).write_certificate
        paper = PaperDialog(title, name, self._hand.jobs, self._tab)
        paper.draw(write, self._donation.donation_id)


def _facts(donation: Donation) -> list[Fact]:
    way = METHOD_NAMES.get(donation.method)
    facts = [
        Fact(_("Day"), show_day(donation.day)),
        Fact(_("Purpose"), donation.purpose or _("Free to use")),
        Fact(_("Given in all"), show_money(donation.fen), strong=True),
        Fact(_("Still left"), show_money(donation.left), strong=True),
        Fact(_("Way"), _(way) if way else _("Goods")),
        Fact(_("Paper no."), donation.paper or "\u2013"),
    ]
    if donation.goods:
        facts.append(Fact(_("Goods"), donation.goods))
    if donation.void_reason:
        facts.append(Fact(_("Void"), donation.void_reason))
    return facts


COLUMNS: tuple[Column[DonationUse], ...] = (
    table.day(N_("Day"), lambda use: use.day),
    Column(
        N_("Used for"),
        lambda use: use.purpose,
        stretch=True,
        tip=lambda use: use.void_reason or use.purpose,
    ),
    table.money(N_("Amount"), lambda use: use.fen, bold=True),
    Column(N_("Number of the paper"), lambda use: use.paper or None),
    Column(
        N_("State"),
        lambda use: _("Void") if use.voided_at else None,
        chip=lambda _use: "bad",
    ),
)
