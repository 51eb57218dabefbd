"""The tab of subsidies: what a month comes to, what was claimed, what does not go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _, say_month, show_money
from carehome.rules.periods import months_after
from carehome.services.subsidies import (
    SHOWS,
    Overlap,
    Overlaps,
    Setup,
    Subsidies,
    SubsidyClaim,
    Summary,
)
from carehome.services.subsidies.claims import STATE_NAMES
from carehome.services.subsidies.overlaps import SHOWS as OVERLAPS_SHOW
from carehome.ui.books.subsidy_deeds import SubsidyDeeds
from carehome.ui.books.subsidy_file import SubsidyFile, say_state
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.turner import Turner
from carehome.ui.parts.workbooks import save_workbook

FILE, MOST = 620, 0.6
MONTH, CLAIMS, OVERLAPS = "month", "claims", "overlaps"
VIEWS = {
    MONTH: N_("By month"),
    CLAIMS: N_("Claims handed in"),
    OVERLAPS: N_("Two benefits at once"),
}
TONES = {
    "handed_in": "info",
    "granted": "warn",
    "received": "ok",
    "refused": "bad",
    "taken_back": "quiet",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the tab reads at once."""

    month: Sequence[Summary]
    claims: Sequence[SubsidyClaim]
    overlaps: Sequence[Overlap]
    setup: Setup


class SubsidiesTab(Tab):
    """Works out subsidies by month, keeps claims and money, lists benefits that clash.

    `read` goes out when all was read.
    """

    SHOWS = SHOWS | OVERLAPS_SHOW
    read = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._subsidies = hand.service(Subsidies)
        self._overlaps = hand.service(Overlaps)
        self.known: Known | None = None
        self.deeds = SubsidyDeeds(self)
        last = months_after(hand.today().replace(day=1), -1)
        self.turner = Turner(last)
        self.which = Pick({code: _(name) for code, name in VIEWS.items()})
        self.which.setAccessibleName(_("View"))
        self.bar = Bar(self.which, self.turner)
        self.counting = self.bar.add_button(_("How heads are counted"), "settings")
        self.save = self.bar.add_button(_("Save as a workbook"), "save", "Ctrl+E")
        self.print = self.bar.add_button(_("Print"), "print", "Ctrl+P")
        self.void = self.bar.add_button(_("Void the money"), "remove")
        self.back = self.bar.add_button(_("Take the claim back"), "undo")
        self.refused = self.bar.add_button(_("Refused"), "close")
        self.money = self.bar.add_button(_("Money came in"), "fees", "Alt+M")
        self.granted = self.bar.add_button(_("Granted"), "check", "Alt+G", "primary")
        self.again = self.bar.add_button(_("Ask again"), "undo")
        self.dismiss = self.bar.add_button(
            _("What you found out"), "edit", "F2", "primary"
        )
        self.view = TableView(
            TableModel(SUMMARIES, lambda each: each.working.scheme.code),
            "books.subsidies",
            N_("Subsidies"),
        )
        self.claims = TableView(
            TableModel(CLAIM_COLUMNS, lambda each: each.claim_id),
            "books.subsidy_claims",
            VIEWS[CLAIMS],
        )
        self.twice = TableView(
            TableModel(OVERLAP_COLUMNS, lambda x: (x.resident_id, x.rule.code)),
            "books.overlaps",
            VIEWS[OVERLAPS],
        )
        self.file = SubsidyFile(self, self.deeds)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        self._stack = QStackedWidget()
        self._dress()
        self._connect()

    def refresh(self) -> None:
        first = self.turner.first
        services = self._subsidies, self._overlaps
        self.hand.jobs.run_last(self, self.show_known, read_all, *services, first)

    def open_key(self, key: object) -> None:
        """Open a month by the number of its first day, claims or overlaps by name."""
        if isinstance(key, int):
            self.turner.show_day(date.fromordinal(key))
            self.which.set_code(MONTH)
            self.refresh()
        elif key in VIEWS:
            self.which.set_code(str(key))
        self._turn()

    def show_known(self, known: Known) -> None:
        """Show what was read."""
        self.known = known
        self.view.table.set_rows(list(known.month))
        self.claims.table.set_rows(list(known.claims))
        self.twice.table.set_rows(list(known.overlaps))
        if (row := self.view.current_row()) and not self.file.isHidden():
            self.file.show_summary(row)
        self._turn()
        self.read.emit()

    def _connect(self) -> None:
        self.which.chosen.connect(self._turn)
        self.turner.turned.connect(self.refresh)
        self.view.opened.connect(self._open)
        self.view.picked.connect(self._look)
        self.claims.picked.connect(self._offer)
        self.twice.picked.connect(self._offer)
        self.twice.opened.connect(lambda row: self.hand.open_resident(row.resident_id))
        self.counting.clicked.connect(self._ask_counting)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        for deed, ask in (
            (self.granted, self.deeds.grant),
            (self.refused, self.deeds.refuse),
            (self.back, self.deeds.take_back),
            (self.money, self.deeds.receive),
            (self.void, self.deeds.void_money),
        ):
            deed.clicked.connect(partial(self._ask, ask))
        self.dismiss.clicked.connect(self._ask_dismiss)
        self.again.clicked.connect(self._ask_again)

    def _turn(self) -> None:
        code = self.which.code()
        self._stack.setCurrentIndex(list(VIEWS).index(code))
        self.turner.setVisible(code == MONTH)
        for each in (self.counting, self.save, self.print):
            each.setVisible(code == MONTH)
        for each in (self.granted, self.refused, self.back, self.money, self.void):
            each.setVisible(code == CLAIMS)
        self.dismiss.setVisible(code == OVERLAPS)
        self.again.setVisible(code == OVERLAPS)
        self._tell(code)
        self._offer()

    def _tell(self, code: str) -> None:
        """Say in the bar what matters in this view."""
        if self.known is None:
            return
        if code == MONTH:
            here = [x for x in self.known.month if not x.is_elsewhere]
            fen = sum(x.claim.fen if x.claim else x.working.fen for x in here)
            text = _("{fen} by our estimate, an estimate and not what is due")
            self.bar.note.setText(text.format(fen=show_money(fen)))
        elif code == CLAIMS:
            fen = sum(x.open for x in self.known.claims if x.state == "granted")
            text = _("{fen} is granted and still to come in")
            self.bar.note.setText(text.format(fen=show_money(fen)))
        else:
            count = sum(not x.word for x in self.known.overlaps)
            text = _("{count} to look into; nothing here is certain")
            self.bar.note.setText(text.format(count=count))

    def _offer(self, _row: object = None) -> None:
        claim, overlap = self.claims.current_row(), self.twice.current_row()
        state = claim.state if claim else ""
        self.granted.setEnabled(state == "handed_in")
        self.refused.setEnabled(state == "handed_in")
        self.back.setEnabled(bool(claim) and state in ("handed_in", "granted"))
        self.money.setEnabled(bool(claim and state == "granted" and claim.open))
        self.void.setEnabled(bool(claim and claim.received))
        self.dismiss.setEnabled(overlap is not None)
        self.again.setEnabled(bool(overlap and overlap.word))
        has = self.view.current_row() is not None
        self.print.setEnabled(has)
        self.save.setEnabled(has)

    def _open(self, row: Summary | None) -> None:
        if row is not None:
            self.file.show_summary(row)
            self.view.show_columns(SLIM)
            self.split.open_side()

    def _look(self, row: Summary | None) -> None:
        if row is not None and not self.file.isHidden():
            self.file.show_summary(row)
        self._offer()

    def _ask(self, ask: Callable[[SubsidyClaim], object]) -> None:
        claim = self.claims.current_row()
        if claim is not None:
            ask(claim)

    def _ask_dismiss(self) -> None:
        if overlap := self.twice.current_row():
            self.deeds.dismiss(overlap)

    def _ask_again(self) -> None:
        if overlap := self.twice.current_row():
            call, who = self._overlaps.ask_again, overlap.resident_id
            rule = overlap.rule.code
            self.hand.jobs.run(self, self._tell_again, call, who, rule)

    def _tell_again(self, _done: object) -> None:
        self.told.emit(_("It is asked again."))

    def _ask_counting(self) -> None:
        if self.known:
            self.deeds.count_by(self.known.setup.counting)

    def _name(self, row: Summary) -> str:
        return f"{row.working.scheme.claim.name} {say_month(row.working.period.start)}"

    def _print(self) -> None:
        if row := self.view.current_row():
            name = self._name(row)
            paper = PaperDialog(name, f"{name}.pdf", self.hand.jobs, self)
            first = row.working.period.start
            paper.draw(self._subsidies.write_paper, row.working.scheme.code, first)

    def _save(self) -> None:
        if row := self.view.current_row():
            write, code = self._subsidies.write_book, row.working.scheme.code
            name, first = f"{self._name(row)}.xlsx", row.working.period.start
            save_workbook(self, self.hand.jobs, name, write, code, first)

    def _dress(self) -> None:
        self.view.set_empty(_("No subsidy is known to the program."))
        self.claims.set_empty(_("No claim was handed in yet."))
        self.twice.set_empty(
            _("Nobody seems to receive two benefits that do not go together.")
        )
        self._stack.addWidget(self.split)
        self._stack.addWidget(ListCard(self.claims))
        self._stack.addWidget(ListCard(self.twice))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        lead(self, self.view)
        self.which.set_code(MONTH)
        self.file.closed.connect(lambda: self.view.show_columns(len(SUMMARIES)))
        self._turn()


def read_all(subsidies: Subsidies, overlaps: Overlaps, first: date) -> Known:
    """Read the month, the claims and the overlaps."""
    return Known(
        subsidies.month(first),
        subsidies.claims(),
        overlaps.listed(),
        subsidies.setup(),
    )


def _amount(each: Summary) -> int | None:
    if each.is_elsewhere and not each.claim:
        return None
    return (each.claim.fen if each.claim else each.working.fen) or None


def _tone(each: Summary) -> str:
    if each.claim:
        return TONES[each.claim.stands]
    return "quiet" if each.is_elsewhere or not each.working.fen else "warn"


SLIM = 3
SUMMARIES: tuple[Column[Summary], ...] = (
    Column(
        N_("Subsidy"),
        lambda each: each.working.scheme.claim.name,
        bold=True,
        stretch=True,
        tip=lambda each: each.working.scheme.claim.note,
    ),
    table.money(N_("Amount (estimate)"), _amount, bold=True),
    Column(N_("State"), say_state, chip=_tone),
    table.number(N_("Lines behind it"), lambda each: each.working.heads or None),
    table.number(N_("Missing"), lambda each: len(each.working.missing) or None),
    Column(
        N_("Region it holds in"),
        lambda each: "".join(each.working.scheme.claim.region) or None,
    ),
)
CLAIM_COLUMNS: tuple[Column[SubsidyClaim], ...] = (
    Column(N_("Subsidy"), lambda each: each.name, bold=True, stretch=True),
    Column(N_("Month"), lambda each: each.period.start, say_month),
    table.money(N_("Sum asked for"), lambda each: each.fen),
    table.money(N_("Granted"), lambda each: each.granted),
    table.money(N_("Money received"), lambda each: each.received or None),
    Column(
        N_("State"),
        lambda each: _(STATE_NAMES[each.stands]),
        chip=lambda each: TONES[each.stands],
    ),
    table.day(N_("Handed in on"), lambda each: each.handed_on),
    Column(N_("Handed in to"), lambda each: each.office),
    Column(
        N_("Answer of the office"),
        lambda each: each.answer or None,
        tip=lambda each: each.answer,
    ),
)
OVERLAP_COLUMNS: tuple[Column[Overlap], ...] = (
    Column(N_("Name"), lambda each: each.name, bold=True),
    Column(N_("Receives"), lambda each: each.first),
    Column(N_("and also"), lambda each: each.second),
    Column(
        N_("Why it is asked"),
        lambda each: each.rule.text,
        stretch=True,
        tip=lambda each: each.rule.source,
    ),
    Column(
        N_("State"),
        lambda each: (
            _("Looked into")
            if each.word
            else _("Exclude each other")
            if each.rule.excludes
            else _("To be checked")
        ),
        chip=lambda each: (
            "ok" if each.word else "bad" if each.rule.excludes else "warn"
        ),
    ),
    Column(
        N_("What you found out"),
        lambda each: each.word or None,
        tip=lambda each: each.word,
    ),
)
