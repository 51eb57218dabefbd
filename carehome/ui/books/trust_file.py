"""The file of one resident's trust money: what came, what went, what is kept."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_money
from carehome.rules.rights import Right
from carehome.services.books import Statements
from carehome.services.residents import Residents
from carehome.services.trust import TrustEntry, TrustMoney
from carehome.ui.books.trust_deeds import TrustDeeds
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Figure, ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.page import Side, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.tabbed import Tab

LIST = 190  # the height that the list keeps in a low window


class TrustFile(Side):
    """Shows the trust money of one resident, with what may be done about it."""

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self._tab = tab
        self._hand = tab.hand
        self._money = self._hand.service(TrustMoney)
        self._deeds = TrustDeeds(tab)
        self.resident_id = 0
        self.name = ""
        self.kept = 0
        self.held = Figure()
        self.take = button(_("Take money"), "plus", kind="primary")
        self.spend = button(_("Spend or hand over"), "minus")
        self.void = button(_("Void"), "remove")
        self.paper = button(_("File the paper"), "paper")
        self.print = button(_("Statement"), "print")
        self.view = TableView(
            TableModel(COLUMNS, lambda entry: entry.entry_id),
            "books.trust_entries",
            N_("Movements of trust money"),
        )
        self.view.set_empty(_("Nothing was ever kept for this resident."))
        deeds = QWidget()
        row = Flow(deeds)
        for each in (self.take, self.spend, self.paper, self.void, self.print):
            row.addWidget(each)
        card = ListCard(self.view)
        card.setMinimumHeight(theme.px(LIST))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (self.held, deeds, card):
            column.addWidget(part)
        column.setStretch(2, 1)
        self.body.addWidget(scrolling(whole), 1)
        if not self._hand.may(Right.PAY_OUT_DEPOSIT):
            self.spend.hide()
            self.void.hide()
        if not self._hand.may(Right.KEEP_PAPERS):
            self.paper.hide()

        self.take.clicked.connect(self.ask_take)
        self.spend.clicked.connect(self.ask_spend)
        self.void.clicked.connect(self._ask_void)
        self.paper.clicked.connect(self._on_paper)
        self.print.clicked.connect(self.print_statement)
        self.view.picked.connect(self._offer)
        self.view.opened.connect(self.open_paper)

    def show_resident(self, resident_id: int, name: str, bed: str, kept: int) -> None:
        """Show the trust money of somebody."""
        self.resident_id, self.name, self.kept = resident_id, name, kept
        self.title.setText("\u3000".join(filter(None, (name, bed))))
        self.held.show_number(show_money(kept), _("kept for the resident"))
        self.spend.setEnabled(kept > 0)
        jobs, call = self._hand.jobs, self._money.entries
        jobs.run_last(self, self._show, call, resident_id)

    def ask_take(self) -> None:
        """Ask for money that comes."""
        self._deeds.take(self.resident_id, self.name, self.kept)

    def ask_spend(self) -> None:
        """Ask for money that leaves."""
        self._deeds.spend(self.resident_id, self.name, self.kept)

    def open_paper(self, entry: TrustEntry) -> None:
        """Look at the paper of an entry, or file one."""
        if entry.paper_id is None:
            if self._hand.may(Right.KEEP_PAPERS):
                self._deeds.file_paper(entry)
            return
        name = f"{entry.purpose} {entry.paper}"
        residents = self._hand.service(Residents)
        window = PaperDialog(_("Paper of the entry"), name, self._hand.jobs, self._tab)
        window.read(_page, residents, entry.paper_id)

    def print_statement(self) -> None:
        """Look at the statement for the family as it will be printed."""
        title = _("Money kept for {name}").format(name=self.name)
        write = self._hand.service(Statements).write_trust
        paper = PaperDialog(title, f"{title}.pdf", self._hand.jobs, self._tab)
        paper.draw(write, self.resident_id)

    def _show(self, entries: Sequence[TrustEntry]) -> None:
        self.view.table.set_rows(entries[::-1])
        self.print.setEnabled(bool(entries))
        self._offer(self.view.current_row())

    def _offer(self, entry: TrustEntry | None) -> None:
        self.void.setEnabled(entry is not None and entry.voided_at is None)
        self.paper.setEnabled(entry is not None)
        has_paper = entry is not None and entry.paper_id is not None
        self.paper.setText(_("Open the paper") if has_paper else _("File the paper"))

    def _ask_void(self) -> None:
        entry = self.view.current_row()
        if entry is not None:
            self._deeds.void(entry)

    def _on_paper(self) -> None:
        entry = self.view.current_row()
        if entry is not None:
            self.open_paper(entry)


def _page(residents: Residents, paper_id: int) -> bytes:
    """Return a scan as a PDF, whatever it is."""
    from carehome.reports.pictures import page_of  # noqa: PLC0415 - heavy

    content = residents.paper(paper_id)
    return content if content.startswith(b"%PDF-") else page_of(content)


def _state(entry: TrustEntry) -> str | None:
    if entry.voided_at:
        return _("Void")
    return _("Paper filed") if entry.paper_id else None


COLUMNS: tuple[Column[TrustEntry], ...] = (
    table.day(N_("Day"), lambda entry: entry.day),
    Column(
        N_("For what"),
        lambda entry: entry.purpose,
        stretch=True,
        tip=lambda entry: entry.void_reason or entry.purpose,
    ),
    table.money(
        N_("Came or went"),
        lambda entry: entry.fen,
        bold=True,
        width=104,
        tone=lambda entry: "ink_2" if entry.voided_at else None,
    ),
    table.money(N_("Left after"), lambda entry: entry.kept),
    Column(
        N_("State"),
        _state,
        chip=lambda entry: "bad" if entry.voided_at else "ok",
        tip=lambda entry: entry.void_reason,
    ),
    Column(N_("Number of the paper"), lambda entry: entry.paper or None),
    Column(N_("From or to whom"), lambda entry: entry.other_name or None),
)
