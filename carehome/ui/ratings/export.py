"""The tab of the submission folder: what goes in, what is missing, what changed."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, show_day, show_moment
from carehome.rules.ratings.grades import GRADE_NAMES
from carehome.rules.ratings.judging import EvidenceFile
from carehome.rules.ratings.points import show_points
from carehome.rules.ratings.submission import (
    CHANGE_NAMES,
    GAP_NAMES,
    Change,
    Gap,
    Submission,
)
from carehome.rules.rights import Right
from carehome.services.ratings.evidence import RatingEvidence
from carehome.services.ratings.export import (
    SHOWS,
    Made,
    Offer,
    Outlook,
    RatingExports,
)
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.cards import Card, Fact, FactGrid, ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.progress import Cancelled, Progress
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.ratings.whole_files import WholeFiles

LISTS = {
    "gaps": N_("What is missing"),
    "changes": N_("Changed since the last export"),
    "files": N_("Files of the whole home"),
}
LOW_LIST = 180  # room of a list in a low window
ASSESSMENT = "Self-assessment"  # the tab where what is missing is put right
_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation


@dataclass(frozen=True, slots=True)
class Known:
    """What the tab reads at once."""

    offers: list[Offer]
    outlook: Outlook | None
    whole: tuple[EvidenceFile, ...] = ()


class ExportTab(Tab):
    """Says what the folder of a self-assessment would hold, and makes it.

    `read` goes out when everything was read, `made` when a folder was made.
    """

    SHOWS = SHOWS
    read = Signal()
    made = Signal(Path)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._exports = hand.service(RatingExports)
        self._evidence = hand.service(RatingEvidence)
        self._chosen: int | None = None
        self.chooser = Choice()
        self.chooser.setAccessibleName(_("Self-assessment"))
        self.bar = Bar(self.chooser)
        self.export = self.bar.add_button(
            _("Export the folder"), "save", "Alt+E", "primary"
        )
        self.stamp = QLabel()
        self.facts = FactGrid((), 3)
        self.which = Pick({code: _(name) for code, name in LISTS.items()})
        self.which.setAccessibleName(_("List"))
        self.gaps = TableView(
            TableModel(GAPS, lambda row: row[0]), "ratings.gaps", LISTS["gaps"]
        )
        self.changes = TableView(
            TableModel(CHANGES, lambda row: row[0]), "ratings.changes", LISTS["changes"]
        )
        self.whole = WholeFiles(hand)
        self._stack = QStackedWidget()
        self._arrange()
        self.chooser.chosen.connect(self._choose)
        self.which.chosen.connect(self._turn)
        self.export.clicked.connect(self.ask_where)
        self.gaps.opened.connect(self._go)
        self.whole.told.connect(self.told)

    def refresh(self) -> None:
        values = self._exports, self._evidence, self._chosen
        jobs = self.hand.jobs
        jobs.run_last(self, self._show, read_all, *values, failed=self._fail)

    def open_key(self, key: object) -> None:
        """Open a self-assessment by its id."""
        if isinstance(key, int):
            self._chosen = key
            self.refresh()

    def ask_where(self) -> None:
        """Ask into which folder the new one shall go."""
        place = QStandardPaths.writableLocation(_DOCUMENTS)
        dialog = QFileDialog(self, _("Where shall the folder go?"), place)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def write(self, folder: str) -> None:
        """Make the folder; it can be stopped, and then nothing is left of it."""
        progress = Progress(_("Making the submission folder"))
        values = self._chosen, Path(folder), progress.step
        self.hand.jobs.run(
            self, self._tell, self._exports.write, *values, failed=self._fail
        )

    def _arrange(self) -> None:
        self.bar.note.setText(_("A folder is made from a self-assessment."))
        held = Card(_("What goes in"))
        held.add(self.stamp)
        held.add(self.facts)
        theme.mark(self.stamp, "banner")
        self.stamp.setWordWrap(True)
        self.stamp.hide()
        self._stack.addWidget(ListCard(self.gaps))
        self._stack.addWidget(ListCard(self.changes))
        self._stack.addWidget(scrolling(self.whole))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(scrolling(self._body(held)), 1)
        self.chooser.setMinimumContentsLength(24)
        self.gaps.set_empty(_("Nothing is missing."))
        self.which.set_code("gaps")
        self.export.setEnabled(False)
        self.export.setVisible(self.hand.may(Right.CHANGE_RATING))
        lead(self, self.chooser)

    def _body(self, held: Card) -> QWidget:
        """Return all below the bar; where the window is low it scrolls."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(held)
        column.addWidget(self.which)
        column.addWidget(self._stack, 1)
        self._stack.setMinimumHeight(theme.px(LOW_LIST))
        return body

    def _turn(self) -> None:
        self._stack.setCurrentIndex(list(LISTS).index(self.which.code()))

    def _choose(self) -> None:
        if self.chooser.code() not in (None, self._chosen):
            self._chosen = self.chooser.code()
            self.refresh()

    def _show(self, known: Known) -> None:
        names = {each.self_id: each.name for each in known.offers}
        self.chooser.set_choices(names)
        outlook = known.outlook
        self.export.setEnabled(outlook is not None)
        self.chooser.setEnabled(bool(names))
        if outlook is not None:
            self._chosen = outlook.submission.self_id
            self.chooser.set_code(self._chosen)
            self._show_outlook(outlook)
            is_open = not outlook.submission.is_submitted
            self.whole.show_files(self._chosen, known.whole, is_open=is_open)
        else:
            self.bar.note.setText(_("No self-assessment has been begun yet."))
        self.read.emit()

    def _show_outlook(self, outlook: Outlook) -> None:
        submission = outlook.submission
        text = _("{stamp}: this cannot be handed in. Every page of the folder says so.")
        self.stamp.setText(text.format(stamp=submission.table.stamp))
        self.stamp.setVisible(bool(submission.table.stamp))
        self.facts.show_facts(_facts(outlook))
        text = _(
            "Something is missing at {items} {items:item|items}; beside them {others} "
            "{others:thing|things} of the home and its conditions"
        )
        items = {gap.item.code for gap in outlook.gaps if gap.item}
        others = sum(gap.item is None for gap in outlook.gaps)
        self.bar.note.setText(text.format(items=len(items), others=others))
        self.gaps.table.set_rows(list(enumerate(outlook.gaps)))
        self.changes.table.set_rows(list(enumerate(outlook.changes)))
        self.changes.set_empty(
            _("Nothing has changed since the last export.")
            if outlook.earlier
            else _("No folder of it has been made yet.")
        )

    def _go(self, row: tuple[int, Gap]) -> None:
        """Lead to the item that lacks something."""
        if row[1].item:
            self.wanted.emit(ASSESSMENT, (self._chosen, row[1].item.item_id))

    def _tell(self, made: Made) -> None:
        text = _("“{name}” is in the folder {folder}, with {count} pages of evidence.")
        words = text.format(
            name=made.folder.name, folder=made.folder.parent, count=made.pages
        )
        dialogs.say(self, _("The folder is made"), words)
        self.made.emit(made.folder)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.told.emit(_("Stopped. No file was left."))
            return
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)


def read_all(
    exports: RatingExports, evidence: RatingEvidence, chosen: int | None
) -> Known:
    """Read the self-assessments, and what the folder of one would hold."""
    offers = exports.offers()
    if not offers:
        return Known([], None)
    ids = [each.self_id for each in offers]
    shown = chosen if chosen in ids else ids[0]
    return Known(offers, exports.look(shown), evidence.of_whole(shown))


def _facts(outlook: Outlook) -> list[Fact]:
    submission, earlier = outlook.submission, outlook.earlier
    judged = sum(line.hundredths is not None for line in submission.lines)
    points = _("{points} of {full}").format(
        points=show_points(submission.total),
        full=show_points(submission.table.hundredths),
    )
    last = show_moment(earlier.made_at) if earlier else _("Never yet")
    return [
        Fact(_("Grade applied for"), _(GRADE_NAMES[submission.grade])),
        Fact(_("Own points"), points),
        Fact(_("By points alone"), _(GRADE_NAMES[submission.by_points])),
        Fact(_("Period of the self-assessment"), _span(submission)),
        Fact(_("Rating table"), submission.table.name),
        Fact(_("Items judged"), f"{judged} / {len(submission.lines)}"),
        Fact(_("Files attached"), str(len(submission.files))),
        Fact(_("Counts of the program"), str(len(submission.counted))),
        Fact(_("Last export"), last),
    ]


def _span(submission: Submission) -> str:
    return _("{first} to {last}").format(
        first=show_day(submission.starts), last=show_day(submission.last_day)
    )


def _code(row: tuple[int, Gap]) -> str | None:
    return row[1].item.code if row[1].item else None


def _name(row: tuple[int, Gap]) -> str | None:
    return row[1].item.name if row[1].item else None


GAPS: tuple[Column[tuple[int, Gap]], ...] = (
    Column(N_("Sort"), lambda row: _(GAP_NAMES[row[1].kind]), width=120),
    Column(N_("Code"), _code, width=70),
    Column(N_("What is judged"), _name, stretch=True, tip=lambda row: _name(row) or ""),
    Column(
        N_("What is missing"),
        lambda row: row[1].words,
        stretch=True,
        bold=True,
        tip=lambda row: row[1].words,
    ),
)
CHANGES: tuple[Column[tuple[int, Change]], ...] = (
    Column(N_("What changed"), lambda row: _(CHANGE_NAMES[row[1].kind]), width=120),
    Column(N_("Code"), lambda row: row[1].code or None, width=70),
    Column(N_("Of what"), lambda row: row[1].subject, stretch=True),
    Column(
        N_("Before"),
        lambda row: row[1].before or None,
        stretch=True,
        tip=lambda row: row[1].before,
    ),
    Column(
        N_("Now"),
        lambda row: row[1].after or None,
        stretch=True,
        bold=True,
        tip=lambda row: row[1].after,
    ),
)
