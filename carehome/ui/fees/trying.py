"""Trying prices: what a month would have brought in by a list, before it holds."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, say_month, show_day, show_money
from carehome.rules.billing.tariff import CATEGORY_NAMES, Category
from carehome.rules.income import Basis, CapChange, Income, ItemIncome, income
from carehome.rules.money import half_up
from carehome.rules.periods import months_after
from carehome.rules.what_if import CHANGES, SHARES, Assumed, check_heads
from carehome.services.trying import Trying
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.fields import ChoiceField, NumberField
from carehome.ui.kit.figure_cards import FigureCard, FigureRow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.shortcuts import offer_help
from carehome.ui.kit.slide import SlideField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.hand import Hand

WIDE, HIGH = 1180, 680
LEVERS = 300
ROOMY = 1100  # a narrower window leaves other fees to the list
MONTHS = 6  # whole months that can be tried on
USUAL = (-30, 30)  # per cents that the slide goes over
GRADE = "grade:"
ITEMS, CAPS = range(2)
_PERCENTS = {
    "bed": N_("Bed fees, change in %"),
    "care": N_("Care fees, change in %"),
    "meal": N_("Meal fees, change in %"),
}


PRICE_NOW = N_("Price now")


def say_change(fen: int) -> str:
    """Return a difference with its sign."""
    return f"+{show_money(fen)}" if fen > 0 else show_money(fen)


COLUMNS: tuple[Column[ItemIncome], ...] = (
    Column(N_("Item"), lambda row: row.item.name, bold=True, stretch=True),
    table.number(N_("Residents"), lambda row: row.payers),
    table.money(PRICE_NOW, lambda row: row.price_now),
    table.money(N_("Price tried"), lambda row: row.price_then),
    table.money(N_("Without the change"), lambda row: row.now),
    table.money(N_("With the change"), lambda row: row.then, bold=True),
    Column(
        N_("More or less"),
        lambda row: row.change or None,
        say_change,
        align=table.RIGHT,
        kind="money",
    ),
)
CAP_COLUMNS: tuple[Column[CapChange], ...] = (
    Column(N_("Name"), lambda row: row.resident, bold=True, stretch=True),
    table.money(N_("Deposit held"), lambda row: row.held),
    table.money(N_("Cap now"), lambda row: row.now),
    table.money(N_("Cap then"), lambda row: row.then, bold=True),
    table.money(
        N_("Above the cap then"),
        lambda row: row.excess or None,
        tone=lambda row: "bad" if row.is_new else None,
    ),
)


class TryPrices(QDialog):
    """A price list tried on a real month, in a window of its own. Esc closes it.

    Nothing is stored: it is a question, and closing it leaves everything as it was.
    """

    def __init__(self, list_id: int, starts: date, hand: Hand, parent: QWidget) -> None:
        super().__init__(parent)
        offer_help(self)
        self._list_id = list_id
        self._jobs, self._trying = hand.jobs, hand.service(Trying)
        self._basis: Basis | None = None
        months = _months(hand.today())
        self.month = ChoiceField(_("Tried on the month"), months)
        self.month.set_value(next(iter(months)))
        self.asked = Form()
        self.grades = Form()
        self.cards: dict[Category | None, FigureCard] = {
            None: FigureCard(_("Income of the month")),
            **{code: FigureCard(_(name)) for code, name in CATEGORY_NAMES.items()},
        }
        self.pick = Pick({ITEMS: _("Item by item"), CAPS: _("Deposit caps")})
        self.pick.setAccessibleName(_("What is shown of the trial"))
        self.items = TableView(
            TableModel(COLUMNS, lambda row: row.item.code),
            "fees.try_items",
            N_("Income item by item"),
        )
        self.caps = TableView(
            TableModel(CAP_COLUMNS, lambda row: row.resident_id),
            "fees.try_caps",
            N_("Deposit caps that change"),
        )
        self.stack = QStackedWidget()
        self.trouble = QLabel()
        self.told = QLabel()
        self._dress(starts)

        self.month.changed.connect(self._read)
        self.asked.changed.connect(self._work_out)
        self.grades.changed.connect(self._work_out)
        self.pick.chosen.connect(lambda: self.stack.setCurrentIndex(self.pick.code()))
        self._read()

    def _read(self) -> None:
        month = self.month.value()
        if month:
            read, day = self._trying.basis, date.fromisoformat(month)
            self._jobs.run_last(self, self._show_basis, read, self._list_id, day)

    def _show_basis(self, basis: Basis) -> None:
        """Ask after the grades of the month that was read, then work it out."""
        self._basis = basis
        for code, label in basis.grade_names.items():
            if f"{GRADE}{code}" not in self.grades.fields:
                name = label or _("Without a grade")
                heads = NumberField(name, needed=False, check=check_heads)
                self.grades.add(f"{GRADE}{code}", heads)
        mix = basis.mix
        occupancy = self.asked.fields["occupancy"]
        assert isinstance(occupancy, SlideField)
        occupancy.set_rest(round(100 * basis.occupancy))
        self.grades.set_values(
            {f"{GRADE}{code}": mix.get(code, 0) for code in basis.grade_names}
        )
        self._work_out()

    def _work_out(self) -> None:
        if self._basis is None:
            return
        fields = (*self.asked.fields.values(), *self.grades.fields.values())
        if any(field.problem() for field in fields):
            return
        self._jobs.run_last(
            self,
            self._show,
            income,
            self._basis,
            self._assumed(self._basis),
            failed=self._refuse,
        )

    def _assumed(self, basis: Basis) -> Assumed:
        # A form leaves out fields that are not on the screen yet: ask the fields.
        asked, grades = self.asked.fields, self.grades.fields
        mix = {code: grades[f"{GRADE}{code}"].value() or 0 for code in basis.mix}
        return Assumed(
            asked["occupancy"].value(),
            None if mix == basis.mix else mix,
            *(asked[name].value() or 0 for name in _PERCENTS),
        )

    def _show(self, found: Income) -> None:
        self.trouble.hide()
        for category, card in self.cards.items():
            now, then = found.now(category), found.then(category)
            said = _("{change} to the month without the change").format(
                change=say_change(then - now)
            )
            card.show_number(show_money(then), said if then != now else _("as it was"))
        self.items.table.set_rows(found.items)
        self.caps.table.set_rows(found.caps)
        self.told.setText(" ".join(self._story(found)))

    def _story(self, found: Income) -> list[str]:
        """Say whom this rests on, and what it does to deposits."""
        basis = self._basis
        assert basis, "what is shown was read"
        if not basis.lived:
            return [_("Nobody lived here in this month: there is nothing to go by.")]
        told = [
            _(
                "The bills of {month} were computed again for {count} residents; "
                "nothing is stored."
            ).format(month=say_month(basis.month), count=len(basis.lived)),
            _("On average {filled} of {beds} beds were taken, {share} %.").format(
                filled=_tenth(basis.filled),
                beds=basis.beds,
                share=_tenth(basis.occupancy * 100),
            ),
        ]
        if found.filled != basis.filled:
            text = _("Then it would be {filled}.")
            told.append(text.format(filled=_tenth(found.filled)))
        falls = sum(each.then < each.now for each in found.caps)
        over = [each for each in found.caps if each.is_new]
        if found.caps:
            text = _(
                "The deposit cap changes for {count} residents, for {falls} it falls."
            )
            told.append(text.format(count=len(found.caps), falls=falls))
        if over:
            text = _(
                "{count} would then hold {fen} too much, which has to be given back."
            )
            fen = show_money(sum(each.excess for each in over))
            told.append(text.format(count=len(over), fen=fen))
        if basis.unpriced:
            names = (basis.items[code].name for code in basis.unpriced)
            text = _("The list lacks prices; those of now were taken: {items}.")
            told.append(text.format(items=_(", ").join(names)))
        if found.skipped:
            text = _("Left out, as no bill can be computed: {names}.")
            told.append(text.format(names=_(", ").join(found.skipped)))
        return told

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self.trouble.setText(error.message)
        self.trouble.show()

    def _dress(self, starts: date) -> None:
        title = _("Try the prices from {day}").format(day=show_day(starts))
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        parent = self.parentWidget()
        room = parent.window().size() if parent else self.size()
        self.resize(
            min(theme.px(WIDE), room.width() - theme.px(40)),
            min(theme.px(HIGH), room.height() - theme.px(40)),
        )
        if room.width() < theme.px(ROOMY):
            self.cards["other"].hide()
            self.items.columns.leave_out({PRICE_NOW})
        self.asked.add("month", self.month)
        self.asked.add("occupancy", SlideField(_("Occupancy in %"), SHARES, SHARES))
        for code, name in _PERCENTS.items():
            self.asked.add(code, SlideField(_(name), CHANGES, USUAL))
        theme.mark(self.trouble, "banner")
        theme.mark(self.told, "note")
        for label in (self.trouble, self.told):
            label.setWordWrap(True)
        self.trouble.hide()
        self.caps.set_empty(_("No deposit cap changes."))
        self.stack.addWidget(ListCard(self.items))
        self.stack.addWidget(ListCard(self.caps))
        self.pick.set_code(ITEMS)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (20, 16, 20, 16)))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self._levers())
        row.addLayout(self._answer(), 1)
        column.addLayout(row)

    def _levers(self) -> Card:
        """Lay out what is asked: above the prices, below how many of each grade."""
        asked = QWidget()
        inner = QVBoxLayout(asked)
        inner.setContentsMargins(0, 0, theme.px(8), 0)
        inner.addWidget(self.asked)
        heading = QLabel(_("How many residents each nursing grade has"))
        heading.setWordWrap(True)
        theme.mark(heading, "strong")
        inner.addWidget(heading)
        inner.addWidget(self.grades)
        inner.addStretch()
        card = Card(_("What is assumed"))
        card.body.addWidget(scrolling(asked), 1)
        card.setFixedWidth(theme.px(LEVERS))
        return card

    def _answer(self) -> QVBoxLayout:
        figures = FigureRow(*self.cards.values())
        figures.watch(self)
        column = QVBoxLayout()
        column.setSpacing(theme.px(10))
        column.addWidget(self.trouble)
        column.addWidget(figures)
        column.addWidget(self.pick)
        column.addWidget(self.stack, 1)
        column.addWidget(self.told)
        return column


def _tenth(number: Fraction) -> str:
    """Return a number of beds or per cent to a tenth."""
    return f"{half_up(*(number * 10).as_integer_ratio()) / 10:.1f}"


def _months(today: date) -> Mapping[str, str]:
    """Return the last whole months, the newest first."""
    first = today.replace(day=1)
    months = (months_after(first, -back) for back in range(1, MONTHS + 1))
    return {month.isoformat(): say_month(month) for month in months}
