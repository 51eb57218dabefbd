"""Personal prices of everybody: what waits for approval first, and what it means."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day, show_moment
from carehome.rules.periods import Period
from carehome.rules.prices.approval import (
    OWN_PRICE_STATE_NAMES,
    NoReason,
    OwnPriceState,
)
from carehome.rules.rights import Right
from carehome.services.consequences import Consequences, FeeChange
from carehome.services.prices import AskedPrice, OwnPrices
from carehome.services.prices.asked import AskedFor
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, Facts, ListCard
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.fee_change import facts_of, warnings_of
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.own_price import TONES, say_value
from carehome.ui.parts.tabbed import Tab

COLUMNS: tuple[Column[AskedFor], ...] = (
    Column(N_("Resident"), lambda row: row.resident, bold=True),
    Column(N_("Item"), lambda row: row.price.item, stretch=True),
    Column(N_("Agreed"), lambda row: say_value(row.price)),
    table.day(N_("From"), lambda row: row.price.starts),
    table.day(N_("Out of use from"), lambda row: row.price.ends),
    Column(
        N_("State"),
        lambda row: _(OWN_PRICE_STATE_NAMES[row.price.state]),
        chip=lambda row: TONES[row.price.state],
    ),
    Column(N_("Reason"), lambda row: row.price.reason, stretch=True),
)
FILE = 380


class PersonalPrices(Tab):
    """Lists personal prices and lets who may decide on those that wait."""

    SHOWS = frozenset(
        {"personal_price", "fee_item", "resident", "price_list", "price"}
        | {"bed_use", "grade_change", "meal_choice", "deposit_entry", "account"}
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._prices = hand.service(OwnPrices)
        self._ahead = hand.service(Consequences)
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.price.price_id),
            "fees.personal_prices",
            N_("Personal prices"),
        )
        self.title, self.history, self.warning = QLabel(), QLabel(), QLabel()
        self.effect = Facts()
        self.approve = button(_("Approve"), "check", "Ctrl+S", "primary")
        self.refuse = button(_("Do not approve"), "close")
        self.withdraw = button(_("Withdraw"), "undo")
        self.file = button(_("Open the file"), "person")
        self._dress()

        self.view.picked.connect(self._look)
        self.view.opened.connect(self._go)
        self.approve.clicked.connect(self._approve)
        self.refuse.clicked.connect(self.ask_refuse)
        self.withdraw.clicked.connect(self._withdraw)
        self.file.clicked.connect(lambda: self._go(self.view.current_row()))

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self._show, self._prices.all)

    def _show(self, rows: list[AskedFor]) -> None:
        self.view.table.set_rows(rows)
        if self.view.current_row() is None and rows:
            self.view.selectRow(0)
        self._look(self.view.current_row())

    def _look(self, row: AskedFor | None) -> None:
        waits = row is not None and row.price.state is OwnPriceState.ASKED
        decides = waits and self.hand.may(Right.APPROVE_PRICES)
        self.approve.setVisible(decides)
        self.refuse.setVisible(decides)
        self.withdraw.setVisible(waits and self.hand.may(Right.ASK_PRICE))
        self.file.setVisible(row is not None)
        self.title.setText(f"{row.resident}\u3000{row.price.item}" if row else "")
        self.history.setText(_say_history(row) if row else "")
        self.effect.show_facts([])
        self.warning.hide()
        if row is not None and waits:
            self._look_ahead(row)

    def _look_ahead(self, row: AskedFor) -> None:
        price = row.price
        asked = AskedPrice(
            price.resident_id,
            price.item_id,
            Period(price.starts, price.ends),
            price.kind,
            price.value,
            price.reason,
        )
        self.hand.jobs.run_last(
            self, self._show_effect, self._ahead.of_own_price, asked
        )

    def _show_effect(self, change: FeeChange) -> None:
        self.effect.show_facts(facts_of(change))
        warnings = warnings_of(change)
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))

    def _go(self, row: AskedFor | None) -> None:
        if row is not None:
            self.hand.open_resident(row.price.resident_id)

    def _approve(self) -> None:
        row = self.view.current_row()
        if row is not None:
            deed = partial(self._prices.approve, row.price.price_id)
            self._ask(_("Approve the personal price"), _("Approve"), row, deed)

    def _withdraw(self) -> None:
        row = self.view.current_row()
        if row is not None:
            deed = partial(self._prices.withdraw, row.price.price_id)
            self._ask(_("Withdraw the personal price"), _("Withdraw"), row, deed)

    def _ask(
        self, title: str, do: str, row: AskedFor, deed: "partial[None]"
    ) -> DeedDialog:
        """Ask once more, naming whom it is about."""
        form = Form()
        label = QLabel(f"{self.title.text()}\n{say_value(row.price)}")
        form.add_widget(label)
        return self._open(title, form, do, row, lambda _values: deed)

    def ask_refuse(self) -> DeedDialog | None:
        """Ask why it is not approved."""
        row = self.view.current_row()
        if row is None:
            return None
        form = Form()
        reason = NoteField(_("Reason"), needed=True, lines=2)
        form.add("reason", reason, blame=(NoReason,))
        number = row.price.price_id

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._prices.refuse, number, values["reason"])

        title, do = _("Do not approve the personal price"), _("Do not approve")
        return self._open(title, form, do, row, deed)

    def _open(
        self,
        title: str,
        form: Form,
        do: str,
        row: AskedFor,
        deed: Callable[[dict[str, Any]], "partial[None]"],
    ) -> DeedDialog:
        draft = f"own-price-deed:{row.price.price_id}"
        dialog = DeedDialog(title, form, do, self.hand.jobs, deed, self, draft)
        dialog.open()
        if form.fields:
            form.focus()
        else:
            dialog.primary.setFocus()
        return dialog

    def _dress(self) -> None:
        theme.mark(self.title, "heading")
        theme.mark(self.history, "note")
        theme.mark(self.warning, "banner")
        for label in (self.title, self.history, self.warning):
            label.setWordWrap(True)
        self.view.set_empty(
            _("Nobody has a price of their own. It is asked for in a resident's file.")
        )
        card = Card()
        card.setFixedWidth(theme.px(FILE))
        told = QWidget()
        above = QVBoxLayout(told)
        above.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, self.history, self.effect, self.warning):
            above.addWidget(part)
        above.addStretch()
        card.body.addWidget(scrolling(told), 1)
        line = QWidget()
        deeds = Flow(line, 8)
        for deed in (self.approve, self.refuse, self.withdraw, self.file):
            deed.hide()
            deeds.addWidget(deed)
        card.add(line)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(ListCard(self.view, _("Personal prices")), 1)
        row.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        lead(self, self.view)


def _say_history(row: AskedFor) -> str:
    """Say who asked when and why, who decided, and with what reason."""
    price = row.price
    said = [_("Reason: {reason}").format(reason=price.reason)]
    if price.asked_by:
        day = show_moment(price.asked_at.astimezone()) if price.asked_at else ""
        text = _("Asked for by {name} {moment}")
        said.append(text.format(name=price.asked_by, moment=day))
    if price.approver:
        said.append(_("Approved by {name}").format(name=price.approver))
    if price.answer:
        said.append(_("Answer: {answer}").format(answer=price.answer))
    span = _("From {first}, as long as it lasts").format(first=show_day(price.starts))
    if price.ends:
        span = _("From {first}, up to but without {end}").format(
            first=show_day(price.starts), end=show_day(price.ends)
        )
    return "\n".join([span, *said])
