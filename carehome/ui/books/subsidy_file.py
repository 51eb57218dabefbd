"""The file of one subsidy in a month: the sum, what is missing, who is behind it."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, show_day, show_money
from carehome.rules.subsidies.counting import Person
from carehome.services.subsidies import Summary
from carehome.services.subsidies.claims import STATE_NAMES
from carehome.services.subsidies.paper import say_why
from carehome.ui.books.subsidy_deeds import SubsidyDeeds
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid, ListCard
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.page import Side, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.tabbed import Tab

LIST = 220  # the height that the list keeps in a low window


class SubsidyFile(Side):
    """Shows one subsidy in a month, with what may be done about it."""

    def __init__(self, tab: Tab, deeds: SubsidyDeeds) -> None:
        super().__init__()
        self._tab, self._deeds = tab, deeds
        self.summary: Summary | None = None
        self.facts = FactGrid(columns=2)
        self.missing = QLabel()
        self.missing.setWordWrap(True)
        theme.mark(self.missing, "banner")
        self.rule = QLabel()
        self.rule.setWordWrap(True)
        theme.mark(self.rule, "hint")
        self.changes = QLabel()
        self.changes.setWordWrap(True)
        theme.mark(self.changes, "note")
        self.hand_in = button(_("Hand in"), "check", kind="primary")
        self.rate = button(_("A rate of our own place"), "edit")
        self.out = button(_("Leave out of it"), "remove")
        self.back = button(_("Take in again"), "undo")
        self.view = TableView(
            TableModel(COLUMNS, lambda each: (each.kind, each.key)),
            "books.subsidy_people",
            N_("Lines behind it"),
        )
        self.view.set_empty(_("Nobody is behind this claim."))
        deeds_row = QWidget()
        row = Flow(deeds_row)
        for each in (self.hand_in, self.out, self.back, self.rate):
            row.addWidget(each)
        card = ListCard(self.view)
        card.setMinimumHeight(theme.px(LIST))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        parts = self.facts, self.rule, self.missing, self.changes, deeds_row, card
        for part in parts:
            column.addWidget(part)
        column.setStretch(len(parts) - 1, 1)
        self.body.addWidget(scrolling(whole), 1)

        self.hand_in.clicked.connect(self._ask_hand_in)
        self.rate.clicked.connect(self._ask_rate)
        self.out.clicked.connect(self._ask_out)
        self.back.clicked.connect(self._take_in)
        self.view.picked.connect(self._offer)

    def show_summary(self, summary: Summary) -> None:
        """Show a subsidy: as it was handed in, else as it is worked out now."""
        self.summary = summary
        working, claim = summary.working, summary.claim
        self.title.setText(working.scheme.claim.name)
        self.facts.show_facts(_facts(summary))
        told = working.scheme.claim.policy, *map(str, working.counted_by)
        self.rule.setText(_("; ").join(told))
        missing = _("; ").join(str(each.text) for each in working.missing)
        self.missing.setVisible(bool(missing) and claim is None)
        self.missing.setText(_("Still missing: {missing}").format(missing=missing))
        changes = say_changes(summary)
        self.changes.setVisible(bool(changes))
        self.changes.setText(changes)
        people = claim.people if claim else working.people
        self.view.table.set_rows(sorted(people, key=lambda each: not each.is_in))
        can = claim is None and working.fen > 0 and not summary.is_elsewhere
        self.hand_in.setEnabled(can)
        self._offer(self.view.current_row())

    def _offer(self, person: Person | None) -> None:
        summary = self.summary
        open_one = summary is not None and summary.claim is None and person is not None
        left_out = summary.working.left_out if summary else {}
        is_out = person is not None and (person.kind, person.key) in (left_out or {})
        self.out.setEnabled(open_one and not is_out and bool(person and person.is_in))
        self.back.setVisible(is_out)
        self.back.setEnabled(open_one)

    def _ask_hand_in(self) -> None:
        if self.summary and self.summary.claim is None:
            self._deeds.hand_in(self.summary.working)

    def _ask_rate(self) -> None:
        if self.summary:
            self._deeds.set_rate(self.summary.working)

    def _ask_out(self) -> None:
        person = self.view.current_row()
        if self.summary and person:
            self._deeds.leave_out(self.summary.working, person)

    def _take_in(self) -> None:
        person = self.view.current_row()
        if self.summary and person:
            self._deeds.take_in(self.summary.working, person)


def say_changes(summary: Summary) -> str:
    """Say what is otherwise than in the claim before."""
    changes = summary.changes
    told = [
        text.format(names=_(", ").join(names))
        for text, names in (
            (_("New: {names}"), changes.came),
            (_("No more: {names}"), changes.left),
            (_("Another class: {names}"), changes.changed),
        )
        if names
    ]
    if not told and not changes.fen:
        return ""
    more = show_money(changes.fen)
    told.append(_("{fen} more than the claim before").format(fen=more))
    return _("; ").join(told)


def say_state(summary: Summary) -> str:
    """Say how far a claim has come."""
    if summary.claim:
        return _(STATE_NAMES[summary.claim.stands])
    if summary.is_elsewhere:
        return _("Holds elsewhere")
    return _("Not handed in") if summary.working.fen else _("Nothing to claim")


def _facts(summary: Summary) -> list[Fact]:
    working, claim = summary.working, summary.claim
    fen = claim.fen if claim else working.fen
    shares = claim.shares if claim else working.shares
    facts = [
        Fact(_("Amount (estimate)"), show_money(fen), strong=True),
        Fact(_("State"), say_state(summary)),
        *(Fact(payer, show_money(part)) for payer, part in shares.items()),
    ]
    if claim:
        facts.append(Fact(_("Handed in to"), claim.office))
        facts.append(Fact(_("Handed in on"), show_day(claim.handed_on)))
    return facts


COLUMNS: tuple[Column[Person], ...] = (
    Column(N_("Name"), lambda each: each.name, bold=True),
    Column(N_("Class or post"), lambda each: each.class_ or None),
    table.day(N_("Assessed on"), lambda each: each.assessed_on),
    table.number(N_("Count"), lambda each: each.count),
    table.money(N_("Rate"), lambda each: each.rate_fen or None),
    table.money(N_("Amount"), lambda each: each.fen or None, bold=True),
    Column(N_("Why in or not"), say_why, stretch=True, tip=say_why),
)
