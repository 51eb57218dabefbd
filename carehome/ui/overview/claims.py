"""The tab of what the home may claim."""

from collections import Counter
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_day
from carehome.rules.claims.claim import (
    CLAIM_KIND_NAMES,
    FOR_NAMES,
    STATE_NAMES,
    NoReason,
    State,
)
from carehome.rules.claims.said import say_amount, say_lacking
from carehome.services.claims import Claims, Line, Listing
from carehome.services.figures import READ
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Split
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.overview.claim_file import ClaimFile
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.workbooks import save_workbook

HERE, ELSEWHERE, ASIDE = "here", "elsewhere", "aside"
FILE, MOST = 560, 0.55
NARROW = 900  # too little for amounts beside a file
TONES = {State.MET: "ok", State.UNKNOWN: "warn", State.NOT: "quiet"}
ORDER = tuple(TONES)


class ClaimsTab(Tab):
    """Lists what the home may claim; a claim opens to its conditions."""

    SHOWS = READ | {"claim_answer", "claim_hidden", "rating_award", "staff_rule"}

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._claims = hand.service(Claims)
        self._listing: Listing | None = None
        self._wanted: object = None
        names = {HERE: _("Here"), ELSEWHERE: _("Other places"), ASIDE: _("Put aside")}
        self.which = Pick(names)
        self.which.setAccessibleName(_("Which claims are listed"))
        self.which.set_code(HERE)
        self.bar = Bar(self.which)
        self.aside = self.bar.add_button(_("Put aside"), "hide")
        self.print = self.bar.add_button(_("Print"), "print", "Ctrl+P")
        self.save = self.bar.add_button(_("Save as a workbook"), "save", "Ctrl+E")
        model = TableModel(COLUMNS, lambda line: line.judged.claim.code)
        self.view = TableView(model, "overview.claims", N_("What may be claimed"))
        self.file = ClaimFile(hand)
        self.split = Split(ListCard(self.view), self.file, FILE, MOST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)

        self.which.chosen.connect(self._fill)
        self.aside.clicked.connect(self.put_aside)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.view.opened.connect(self._open)
        self.view.clicked.connect(lambda: self._open(self.view.current_row()))
        self.view.picked.connect(self._follow)
        self.file.told.connect(self.told)
        self.file.closed.connect(partial(self.view.show_columns, len(COLUMNS)))
        self._offer(None)

    def refresh(self) -> None:
        self.hand.jobs.run_last(
            self, self.show_listing, self._claims.listed, self.hand.today()
        )

    def open_key(self, key: object) -> None:
        """Open a claim by its code."""
        self._wanted = key
        if self._listing:
            self.which.set_code(self.list_of(str(key)))
        self._open_wanted()

    def show_listing(self, listing: Listing) -> None:
        """Show the claims of a day."""
        self._listing = listing
        self._fill()
        self._open_wanted()

    def _fill(self) -> None:
        if self._listing is None:
            return
        which = self.which.code()
        rows = [line for line in self._listing.lines if _place(line) == which]
        rows.sort(key=lambda line: ORDER.index(line.judged.state))
        self.view.set_empty(_empty(which))
        self.view.table.set_rows(rows)
        counts = Counter(line.judged.state for line in rows)
        text = _("{met} met, {unknown} not known, {failed} not met; all are estimates")
        self.bar.note.setText(
            text.format(
                met=counts[State.MET],
                unknown=counts[State.UNKNOWN],
                failed=counts[State.NOT],
            )
        )

    def list_of(self, code: str) -> str:
        """Return in which list a claim stands."""
        lines = self._listing.lines if self._listing else ()
        return next((_place(x) for x in lines if x.judged.claim.code == code), HERE)

    def _open_wanted(self) -> None:
        if self._wanted is not None and self.view.select(self._wanted):
            self._wanted = None
            self._open(self.view.current_row())

    def _open(self, line: Line | None) -> None:
        if line and self._listing:
            self.file.show_line(line, self._listing)
            is_narrow = self.width() < theme.px(NARROW)
            self.view.show_columns(BESIDE - is_narrow)
            self.split.open_side()

    def _follow(self, line: Line | None) -> None:
        self._offer(line)
        if line and self._listing and not self.file.isHidden():
            self.file.show_line(line, self._listing)

    def _offer(self, line: Line | None) -> None:
        self.aside.setEnabled(line is not None)
        is_aside = line is not None and line.hidden is not None
        self.aside.setText(_("Bring back") if is_aside else _("Put aside"))

    def put_aside(self) -> None:
        """Ask why a claim is not for the home, or bring it back."""
        line = self.view.current_row()
        if line is None:
            return
        code = line.judged.claim.code
        if line.hidden:
            self.hand.jobs.run(self, self._say_saved, self._claims.show_again, code)
            return
        form = Form()
        note = NoteField(_("Why it is not for the home"), needed=True, lines=2)
        form.add("reason", note, blame=(NoReason,))

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._claims.hide, code, values["reason"] or "")

        title = _("Put “{name}” aside").format(name=line.judged.claim.name)
        dialog = DeedDialog(
            title,
            form,
            _("Put aside"),
            self.hand.jobs,
            deed,
            self,
            f"claim-aside:{code}",
        )
        dialog.accepted.connect(self._say_saved)
        dialog.open()

    def _say_saved(self, _done: object = None) -> None:
        self.told.emit(_("Saved."))

    def _print(self) -> None:
        paper = PaperDialog(
            _("What may be claimed"), self._name("pdf"), self.hand.jobs, self
        )
        paper.draw(self._claims.write_list, self.hand.today())

    def _save(self) -> None:
        write, name = self._claims.write_book, self._name("xlsx")
        save_workbook(self, self.hand.jobs, name, write, self.hand.today())

    def _name(self, ending: str) -> str:
        """Return how the file is called."""
        day = show_day(self.hand.today())
        return _("What may be claimed {day}").format(day=day) + f".{ending}"


def _place(line: Line) -> str:
    """Return in which of the lists a claim stands."""
    if line.hidden:
        return ASIDE
    return ELSEWHERE if line.judged.is_elsewhere else HERE


def _empty(which: str) -> str:
    """Say why a list is empty."""
    return {
        HERE: _("No claim is known for where the home lies."),
        ELSEWHERE: _("Every claim may hold here."),
        ASIDE: _("Nothing was put aside."),
    }[which]


def _region(line: Line) -> str:
    return "".join(line.judged.claim.region) or _("Whole country")


COLUMNS: tuple[Column[Line], ...] = (
    Column(
        N_("Claim to money"),
        lambda line: line.judged.claim.name,
        bold=True,
        stretch=True,
        tip=lambda line: line.judged.claim.name,
    ),
    Column(
        N_("State"),
        lambda line: _(STATE_NAMES[line.judged.state]),
        chip=lambda line: TONES[line.judged.state],
        order=lambda line: ORDER.index(line.judged.state),
    ),
    Column(
        N_("Amount (estimate)"),
        lambda line: say_amount(line.judged) or None,
        align=table.RIGHT,
        order=lambda line: line.judged.worked.most if line.judged.worked else -1,
    ),
    Column(N_("Who receives it"), lambda line: _(FOR_NAMES[line.judged.claim.to])),
    Column(N_("Kind"), lambda line: _(CLAIM_KIND_NAMES[line.judged.claim.kind])),
    Column(N_("Region it holds in"), _region),
    Column(
        N_("What is missing"),
        lambda line: say_lacking(line.judged) or None,
        width=280,
        stretch=True,
        tip=lambda line: say_lacking(line.judged),
    ),
)
BESIDE = 3
