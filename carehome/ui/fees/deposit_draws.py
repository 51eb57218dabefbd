"""Money that is still to be drawn from the dedicated account, and what was drawn."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules import deposit_account as rules
from carehome.rules.days import Sense
from carehome.rules.deposit_account import DRAW_NAMES
from carehome.rules.deposits import KIND_NAMES
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.voids import ReasonMissing, VoidAlready
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.rights import Right
from carehome.services.deposits.account import DepositAccount, Draw, OpenPiece
from carehome.services.receipts import METHOD_NAMES
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.several import SeveralField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab


def _way(row: OpenPiece) -> str:
    if row.piece.method == "none":
        return _("becomes the home's own")
    return _(METHOD_NAMES[row.piece.method])


OPEN: tuple[Column[OpenPiece], ...] = (
    table.day(N_("Day"), lambda row: row.piece.day),
    Column(N_("Resident"), lambda row: row.resident, bold=True),
    Column(N_("Movement"), lambda row: _(KIND_NAMES[row.piece.kind])),
    table.money(N_("Amount"), lambda row: row.piece.fen, bold=True),
    Column(N_("Paid from"), _way),
    Column(N_("Used for"), lambda row: row.purpose, stretch=True),
)
DRAWN: tuple[Column[Draw], ...] = (
    table.day(N_("Day"), lambda row: row.day),
    table.money(N_("Amount"), lambda row: row.fen, bold=True),
    Column(N_("Where to"), lambda row: _(DRAW_NAMES[row.method])),
    Column(N_("Whose deposits"), lambda row: _(", ").join(row.residents), stretch=True),
    Column(N_("Paper no."), lambda row: row.paper),
    Column(N_("Drawn by"), lambda row: row.taken_by),
    Column(
        N_("State"),
        lambda row: _("Void") if row.is_void else None,
        chip=lambda _row: "bad",
        tip=lambda row: row.void_reason,
    ),
)


class DrawLists(Tab):
    """Lists what is to be drawn above what was drawn; what is wrong there is void."""

    SHOWS = frozenset({"deposit_entry", "deposit_draw", "receipt"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._account = hand.service(DepositAccount)
        self._open: Sequence[OpenPiece] = ()
        self.view = TableView(
            TableModel(OPEN, lambda row: row.piece.entry_id),
            "fees.deposits.undrawn",
            N_("Still to be drawn"),
        )
        self.drawn = TableView(
            TableModel(DRAWN, lambda row: row.draw_id),
            "fees.deposits.draws",
            N_("Drawn"),
        )
        self.sum = QLabel()
        self.draw = button(_("Draw the money"), "check", kind="primary")
        self.void = button(_("Void this draw"), "remove")
        self._dress()

        self.draw.clicked.connect(self._ask_draw)
        self.view.opened.connect(lambda _row: self._ask_draw())
        self.void.clicked.connect(self._ask_void)
        self.drawn.picked.connect(self._judge)

    def refresh(self) -> None:
        read, today = _read, self.hand.today()
        self.hand.jobs.run_last(self, self._show, read, self._account, today)

    def _show(self, found: tuple[Sequence[OpenPiece], Sequence[Draw]]) -> None:
        self._open, draws = found
        self.view.table.set_rows(self._open)
        self.drawn.table.set_rows(draws)
        fen = sum(each.piece.fen for each in self._open)
        text = _("{fen} left the till or became the home's own, and lies still there.")
        self.sum.setText(text.format(fen=show_money(fen)) if fen else "")
        self._judge(self.drawn.current_row())

    def _judge(self, row: Draw | None) -> None:
        may = self.hand.may(Right.PAY_OUT_DEPOSIT)
        self.draw.setEnabled(may and bool(self._open))
        self.void.setEnabled(may and row is not None and not row.is_void)

    def _ask_draw(self) -> None:
        if not self.draw.isEnabled():
            return
        form = Form()
        labels = {str(each.piece.entry_id): _say(each) for each in self._open}
        form.add("entries", SeveralField(_("For what"), labels, columns=1))
        form.blame("entries", rules.NothingToDraw, rules.DrawnAlready)
        form.blame("entries", rules.MoreThanInAccount)
        ways = {code: _(name) for code, name in DRAW_NAMES.items()}
        form.add("method", PickField(_("Where to"), ways))
        today = self.hand.today()
        day = DateField(
            _("Day of the bank"),
            today,
            check=partial(check_happened, today=today),
            sense=Sense.PAST,
        )
        form.add("day", day, blame=(rules.DrawTooEarly, NotComeYet, MonthClosed))
        hint = _("Of the bank's slip, or of the request to draw")
        paper = TextField(_("Paper no."), hint=hint)
        form.add("paper", paper, blame=(rules.DrawPaperMissing,))
        form.set_values({"entries": tuple(labels), "day": today, "method": "transfer"})

        def deed(values: dict[str, Any]) -> partial[int]:
            ids = [int(code) for code in values["entries"]]
            rest = values["method"], values["day"], values["paper"]
            return partial(self._account.draw, ids, *rest)

        title = _("Draw money from the dedicated account")
        draft = f"deposit-draw:{'-'.join(labels)}"
        done = _("The draw is in the books.")
        self._ask(title, form, _("Draw"), deed, draft, done)

    def _ask_void(self) -> None:
        row = self.drawn.current_row()
        if row is None:
            return
        form = Form()
        why = TextField(_("Reason"))
        form.add("reason", why, blame=(ReasonMissing, VoidAlready))

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(self._account.void_draw, row.draw_id, values["reason"])

        title = _("Void the draw of {day}").format(day=show_day(row.day))
        draft = f"deposit-draw-void:{row.draw_id}"
        done = _("The draw is void; its movements are still to be drawn.")
        dialog = self._ask(title, form, _("Void"), deed, draft, done)
        theme.mark(dialog.primary, "danger")

    def _ask(
        self, title: str, form: Form, do: str, deed: Any, draft: str, done: str
    ) -> DeedDialog:
        dialog = DeedDialog(title, form, do, self.hand.jobs, deed, self, draft)
        dialog.accepted.connect(partial(self.told.emit, done))
        dialog.open()
        form.focus()
        return dialog

    def _dress(self) -> None:
        theme.mark(self.sum, "note")
        self.sum.setWordWrap(True)
        self.view.set_empty(_("Nothing is to be drawn."))
        self.drawn.set_empty(_("Nothing was drawn yet."))
        head = QHBoxLayout()
        head.addWidget(self.sum, 1)
        head.addWidget(self.draw)
        foot = QHBoxLayout()
        foot.addWidget(QLabel(_("Drawn so far")), 1)
        foot.addWidget(self.void)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(ListCard(self.view), 3)
        column.addLayout(foot)
        column.addWidget(ListCard(self.drawn), 2)
        lead(self, self.view)


def _say(row: OpenPiece) -> str:
    return _("{day}  {resident}  {movement}  {amount}").format(
        day=show_day(row.piece.day),
        resident=row.resident,
        movement=_(KIND_NAMES[row.piece.kind]),
        amount=show_money(row.piece.fen),
    )


def _read(
    account: DepositAccount, day: Any
) -> tuple[Sequence[OpenPiece], Sequence[Draw]]:
    return account.standing(day).to_draw, account.draws()
