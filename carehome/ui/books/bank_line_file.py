"""One line of the bank beside the list: all that it may be, and what else to do."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import _, say_day, show_money
from carehome.rules.bank.choosing import Choice
from carehome.rules.bank.matching import SURE_NAMES
from carehome.services.bank import KeptLine
from carehome.ui.books.bank_deeds import LineDeeds
from carehome.ui.books.bank_part import Part
from carehome.ui.books.bank_words import (
    TONES,
    Names,
    say_choice,
    say_effect,
    say_reasons,
    say_said,
)
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling

LEAST = 380
MOST = 9  # choices that a digit can take


class ChoiceCard(QFrame):
    """One thing that the line may be: what, how sure, why, and what taking it does."""

    taken = Signal()

    def __init__(self, number: int, choice: Choice, names: Names) -> None:
        super().__init__()
        theme.mark(self, "floating")
        self.choice = choice
        what = QLabel(say_choice(choice, names))
        why = QLabel(say_reasons(choice))
        effect = QLabel(say_effect(choice, names))
        theme.mark(what, "strong")
        theme.mark(why, "note")
        theme.mark(effect, "hint")
        for label in (what, why, effect):
            label.setWordWrap(True)
        kind = "primary" if number == 1 else ""
        self.take = button(_("{number} Take").format(number=number), kind=kind)
        self.take.setAccessibleName(what.text())
        row = QWidget()
        flow = Flow(row, 8)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.addWidget(Tag(_(SURE_NAMES[choice.sure]), TONES[choice.sure]))
        flow.addWidget(self.take)
        flow.push_right(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (12, 8, 12, 10)))
        column.setSpacing(theme.px(4))
        for part in (what, why, effect, row):
            column.addWidget(part)
        why.setVisible(bool(why.text()))

        self.take.clicked.connect(self.taken)


class LineFile(QFrame):
    """Shows one line and its choices; the first is what Enter takes."""

    taken = Signal(object)

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part
        self.line: KeptLine | None = None
        self.cards: list[ChoiceCard] = []
        self.deeds = LineDeeds(part)
        self.title = Elided()
        self.amount = QLabel()
        self.facts = QLabel()
        self.nothing = QLabel(
            _(
                "Nothing fits this line. Say whose it is, or what it is, by one of "
                "the deeds below."
            )
        )
        theme.mark(self, "side")
        theme.mark(self.title, "heading")
        theme.mark(self.amount, "title")
        for label in (self.facts, self.nothing):
            theme.mark(label, "note")
            label.setWordWrap(True)
        self.person = button(_("Of a resident"), kind="small")
        self.split = button(_("Of several residents"), kind="small")
        self.books = button(_("From the books"), kind="small")
        self.own = button(_("Charge, interest, transfer"), kind="small")
        self.aside = button(_("Not of residents"), kind="small")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(theme.px(8))
        self._dress()

        self.person.clicked.connect(partial(self._ask, self.deeds.ask_person))
        self.split.clicked.connect(partial(self._ask, self.deeds.ask_split))
        self.books.clicked.connect(partial(self._ask, self.deeds.ask_books))
        self.own.clicked.connect(partial(self._ask, self.deeds.ask_own))
        self.aside.clicked.connect(partial(self._ask, self.deeds.ask_aside))

    def show_line(self, line: KeptLine, names: Names) -> None:
        """Show a line with all that it may be."""
        self.line = line
        self.deeds.names = names
        self.title.setText(line.party or _("No name of the other party"))
        self.amount.setText(show_money(line.unclaimed))
        account = _("account {number}").format(number=line.party_account)
        serial = _("serial number {number}").format(number=line.serial)
        told = [say_day(line.day), line.text]
        told += [account] if line.party_account else []
        told += [serial] if line.serial else []
        told += [say_said(each, names) for each in line.said if each.is_void]
        self.facts.setText(" \u00b7 ".join(filter(None, told)))
        inward = line.fen > 0 and self._takes_payments()
        for deed in (self.person, self.split):
            deed.setVisible(inward)
        self._show_choices(line, names)

    def focus_choices(self) -> None:
        """Put the cursor on the first choice, or on the first deed there is."""
        first: QPushButton = self.cards[0].take if self.cards else self.books
        first.setFocus()

    def _show_choices(self, line: KeptLine, names: Names) -> None:
        for card in self.cards:
            self._stack.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [
            ChoiceCard(number, choice, names)
            for number, choice in enumerate(line.choices[:MOST], 1)
        ]
        for card in self.cards:
            card.taken.connect(partial(self.taken.emit, card.choice))
            self._stack.addWidget(card)
        self.nothing.setVisible(not self.cards)

    def _takes_payments(self) -> bool:
        account = self._part.account
        return account is not None and account.purpose == "operating"

    def _ask(self, ask: object) -> None:
        assert callable(ask), "a deed of a line is asked for"
        if self.line is not None:
            ask(self.line)

    def _dress(self) -> None:
        others = QWidget()
        row = Flow(others, 8)
        row.setContentsMargins(0, 0, 0, 0)
        for deed in (self.person, self.split, self.books, self.own, self.aside):
            row.addWidget(deed)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.facts)
        column.addWidget(self.nothing)
        column.addLayout(self._stack)
        column.addStretch(1)
        column.addWidget(others)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.amount)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*map(theme.px, (16, 12, 16, 14)))
        whole.setSpacing(theme.px(8))
        whole.addLayout(head)
        whole.addWidget(scrolling(inside), 1)
        self.setMinimumWidth(theme.px(LEAST))
        lead(self, self.books)
