"""The tab of payers: who pays for residents, what is open, since when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_money
from carehome.rules.payers.payer import KIND_NAMES, PayerKind
from carehome.rules.rights import Right
from carehome.services.payers import Payers, PayerState
from carehome.ui.fees.payer_deeds import PayerDeeds
from carehome.ui.fees.payer_file import PayerFile
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

FILE, MOST = 720, 0.64
PUBLIC, FAMILIES, OWING = "public", "families", "owing"
WHO = {
    PUBLIC: N_("Organisations"),
    FAMILIES: N_("Families"),
    OWING: N_("All who owe"),
}
NARROW = 3  # the columns that stay beside an open file


class PayersTab(Tab):
    """Lists payers with what is open by age; one opens to months and residents."""

    SHOWS = frozenset(
        {
            *("payer", "cover", "bill_run", "payer_payment", "payer_share"),
            *("payer_cut", "payer_statement", "payer_refund"),
        }
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._payers = hand.service(Payers)
        self._all: Sequence[PayerState] = ()
        self._wanted: object = None
        self.deeds = PayerDeeds(self)
        self.open = FigureCard(_("Open from other payers"))
        self.overdue = FigureCard(_("Overdue"))
        self.old = FigureCard(_("Overdue by more than 90 days"))
        self.credit = FigureCard(_("Paid ahead"))
        self.who = Pick({code: _(name) for code, name in WHO.items()})
        self.who.setAccessibleName(_("Which payers are shown"))
        self.who.set_code(PUBLIC)
        self.bar = Bar(self.who)
        self.add = self.bar.add_button(_("New payer"), "plus", "Ctrl+N", "primary")
        self.view = TableView(
            TableModel(COLUMNS, lambda each: each.payer.payer_id),
            "fees.payers",
            N_("Payers"),
        )
        self.file = PayerFile(self, self.deeds)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        self._dress()

        self.who.chosen.connect(self._fill)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.add.clicked.connect(lambda: self.deeds.enter(None))
        self.file.closed.connect(self._widen)

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self.show_payers, self._payers.states)

    def open_key(self, key: object) -> None:
        """Open a payer by its number, or all who owe something."""
        if key == OWING:
            self.who.set_code(OWING)
            return
        self._wanted = key
        self._open_wanted()

    def show_payers(self, states: Sequence[PayerState]) -> None:
        """Show how all payers stand."""
        self._all = states
        self._show_sums()
        self._fill()
        self._open_wanted()

    def _show_sums(self) -> None:
        owing = [each for each in self._all if each.open > 0]
        text = _("{count} {count:payer|payers}").format(count=len(owing))
        self.open.show_number(show_money(sum(x.ages.open for x in self._all)), text)
        late = sum(each.ages.overdue for each in self._all)
        look = "error" if late else "hint"
        count = sum(1 for each in self._all if each.ages.overdue > 0)
        text = _("{count} {count:payer|payers}").format(count=count)
        self.overdue.show_number(show_money(late), text, look)
        self.old.show_number(show_money(sum(x.ages.parts[-1] for x in self._all)))
        self.credit.show_number(show_money(sum(each.credit for each in self._all)))

    def _fill(self) -> None:
        self.view.table.set_rows([each for each in self._all if self._fits(each)])
        row = self.view.current_row()
        if row is not None:
            self._look(row)

    def _fits(self, state: PayerState) -> bool:
        if self.who.code() == OWING:
            return state.ages.open > 0
        return state.payer.is_family is (self.who.code() == FAMILIES)

    def _open_wanted(self) -> None:
        found = (x for x in self._all if x.payer.payer_id == self._wanted)
        wanted = next(found, None)
        if wanted is None:
            return
        self._wanted = None
        self.who.set_code(FAMILIES if wanted.payer.is_family else PUBLIC)
        self.view.select(wanted.payer.payer_id)
        self._open(wanted)

    def _open(self, row: PayerState | None) -> None:
        if row is not None:
            self.split.open_side()
            self.view.show_columns(NARROW)
            self._look(row)

    def _look(self, row: PayerState | None) -> None:
        if row is not None and not self.file.isHidden():
            self.file.show_payer(row)

    def _widen(self) -> None:
        self.view.show_columns(len(COLUMNS))

    def _dress(self) -> None:
        if not self.hand.may(Right.SET_PERSONAL_PRICE):
            self.add.hide()
        self.view.set_empty(
            _("Nobody but residents pays yet."), _("Enter who pays for residents.")
        )
        figures = FigureRow(self.open, self.overdue, self.old, self.credit)
        figures.watch(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(figures)
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)


def _kind(state: PayerState) -> str:
    return _(KIND_NAMES[PayerKind(state.payer.kind)])


COLUMNS: tuple[Column[PayerState], ...] = (
    Column(
        N_("Payer"),
        lambda each: each.payer.name,
        bold=True,
        stretch=True,
        tip=lambda each: each.payer.note,
    ),
    table.money(N_("Not received yet"), lambda each: each.open or None, bold=True),
    table.money(
        N_("Overdue"),
        lambda each: each.ages.overdue or None,
        tone=lambda each: "bad" if each.ages.overdue > 0 else None,
    ),
    Column(N_("Kind of payer"), _kind),
    table.number(N_("Residents"), lambda each: each.residents or None),
    table.money(N_("Not due yet"), lambda each: each.ages.parts[0] or None),
    table.money(N_("Up to 30 days"), lambda each: each.ages.parts[1] or None),
    table.money(N_("31 to 60 days"), lambda each: each.ages.parts[2] or None),
    table.money(N_("61 to 90 days"), lambda each: each.ages.parts[3] or None),
    table.money(N_("Over 90 days"), lambda each: each.ages.parts[4] or None),
    Column(
        N_("State"),
        lambda each: None if each.payer.is_active else _("Out of use"),
        chip=lambda _each: "quiet",
    ),
)
