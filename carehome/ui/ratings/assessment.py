"""The tab of the self-assessment: points, reasons and evidence, item by item."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.figures import Figure
from carehome.rules.ratings.items import PART_NAMES, ItemTable, Part
from carehome.rules.ratings.judging import Line, Score, progress
from carehome.rules.ratings.points import show_points
from carehome.rules.rights import Right
from carehome.services.ratings.assessed import SelfAssessment, Sheet
from carehome.services.ratings.assessments import SHOWS, Judgement, SelfAssessments
from carehome.services.ratings.evidence import RatingEvidence, read_file
from carehome.services.ratings.tables import RatingTables
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.figure_rows import show_rows
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.ratings import assessment_deeds as deeds
from carehome.ui.ratings.item_panel import ItemPanel
from carehome.ui.ratings.judging_list import BEFORE, ItemList
from carehome.ui.ratings.verdict_list import VerdictView

PANEL = 360
SLIM = 7  # columns that fit beside the panel
LISTS = {"items": N_("Rating items"), "conditions": N_("Conditions of grades")}
ALL, LACKING, MINE, OVERDUE = "all", "lacking", "mine", "overdue"
FILTERS = {
    ALL: N_("All items"),
    LACKING: N_("Something is missing"),
    MINE: N_("Mine"),
    OVERDUE: N_("Overdue"),
}


@dataclass(frozen=True)
class Read:
    """What the tab reads at once."""

    listed: list[SelfAssessment]
    tables: list[ItemTable]
    people: dict[int, str]
    sheet: Sheet | None
    figures: dict[str, Figure]


class AssessmentTab(Tab):
    """Judges the items of a self-assessment by keyboard; several people may at once.

    `read` goes out when everything was read.
    """

    SHOWS = SHOWS
    read = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._held = hand.service(SelfAssessments)
        self._evidence = hand.service(RatingEvidence)
        self._known: Read | None = None
        self._chosen: int | None = None
        self._wanted_item: int | None = None
        self._lines: list[Line] = []
        self._shows_earlier = True
        self._unkept: dict[int, Score] = {}  # typed here and on the way to the file
        self.chooser, self.state = Choice(), Tag("")
        self.chooser.setAccessibleName(_("Self-assessment"))
        self.which = Pick({code: _(name) for code, name in LISTS.items()})
        self.which.setAccessibleName(_("List"))
        self.bar = Bar(self.chooser, self.state)
        self.change = self.bar.add_button(_("Change"), "edit")
        self.discard = self.bar.add_button(_("Throw away"), "remove")
        self.submit = self.bar.add_button(_("Submit"), "check", "Ctrl+Return")
        self.begin = self.bar.add_button(
            _("Begin a self-assessment"), "plus", "Alt+N", "primary"
        )
        self.filter = Pick({code: _(name) for code, name in FILTERS.items()})
        self.filter.setAccessibleName(_("Show"))
        self.part, self.person = Choice(), Choice()
        self.part.setAccessibleName(_("Part of the table"))
        self.person.setAccessibleName(_("Responsible"))
        self.narrow = Bar(self.which, self.filter, self.part, self.person)
        self.share = self.narrow.add_button(_("Share out"), "staff", "Ctrl+D")
        self.items, self.panel = ItemList(), ItemPanel(hand)
        self.verdicts = VerdictView(hand)
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        call = partial(read_all, self._held, self.hand.service(RatingTables))
        values = self._chosen, self._known
        self.hand.jobs.run_last(self, self._show, call, *values, failed=self._fail)

    def open_key(self, key: object) -> None:
        """Open a self-assessment by its id, or one of its items by both ids."""
        self._chosen, self._wanted_item = key if isinstance(key, tuple) else (key, None)
        self.refresh()

    @property
    def is_open(self) -> bool:
        """Say whether the self-assessment shown can still be judged."""
        sheet = self._known and self._known.sheet
        return bool(sheet and sheet.head.is_open)

    @property
    def figures(self) -> dict[str, Figure]:
        """What the program counts for the self-assessment shown."""
        return self._known.figures if self._known else {}

    # ---- showing

    def _show(self, known: Read) -> None:
        self._known = known
        sheet = known.sheet
        self._chosen = sheet.head.self_id if sheet else None
        self.chooser.blockSignals(True)
        self.chooser.set_choices({each.self_id: each.name for each in known.listed})
        self.chooser.set_code(self._chosen)
        self.chooser.blockSignals(False)
        self.chooser.setVisible(bool(known.listed))
        self._lines = [self._with_unkept(line) for line in sheet.lines] if sheet else []
        may = self.hand.may(Right.CHANGE_RATING)
        self.items.is_open = self.is_open and self.hand.may(Right.JUDGE_RATING)
        for each in (self.change, self.discard, self.submit, self.share):
            each.setVisible(may and self.is_open)
        self.begin.setVisible(may)
        self.narrow.setVisible(sheet is not None)
        self.state.setVisible(sheet is not None)
        if sheet:
            self._tell_state(sheet)
        self.verdicts.open_self(self._chosen, is_open=self.items.is_open)
        self._show_earlier(any(line.earlier for line in self._lines))
        self._offer_people()
        self._narrow()
        self._go_to_wanted()
        self.read.emit()

    def _tell_state(self, sheet: Sheet) -> None:
        """Say that it is sealed, and that its points are not official."""
        sealed = "" if sheet.head.is_open else _("Submitted and sealed")
        words = " · ".join(filter(None, (sealed, sheet.table.stamp)))
        self.state.setText(words)
        self.state.set_tone("warn" if sheet.table.stamp else "ok")
        self.state.setVisible(bool(words))

    def _show_earlier(self, is_any: bool) -> None:
        """Do without the column of earlier points where there are none."""
        if is_any != self._shows_earlier:
            self._shows_earlier = is_any
            self.items.columns.leave_out(set() if is_any else {BEFORE})

    def _with_unkept(self, line: Line) -> Line:
        """Return a line as it was typed here, though the file may not have it yet."""
        score = self._unkept.get(line.item.item_id or 0)
        return replace(line, score=score) if score else line

    def _offer_people(self) -> None:
        """Name who has something that is missing, with how much it is."""
        lacking = Counter(line.score.staff_name for line in self._lines if line.lacks)
        names = sorted(name for name in lacking if name)
        choices = {
            name: _("{name}: {count} open").format(name=name, count=lacking[name])
            for name in names
        }
        self.person.blockSignals(True)
        self.person.set_choices(choices, _("Everybody"))
        self.person.blockSignals(False)
        self.person.setVisible(bool(choices))

    def _narrow(self) -> None:
        shown = [line for line in self._lines if self._fits(line)]
        self.items.table.set_rows(shown)
        if shown and self.items.current_row() is None and self._wanted_item is None:
            self.items.select(shown[0].number)
        self._tell_progress()
        self._look(self.items.current_row())

    def _fits(self, line: Line) -> bool:
        part, person = self.part.code(), self.person.code()
        if (part and line.item.part != part) or (person and not line.is_of(person)):
            return False
        wanted = self.filter.code()
        if wanted == LACKING:
            return bool(line.lacks)
        if wanted == MINE:
            return line.is_of(self.hand.user.name)
        return wanted != OVERDUE or line.is_overdue(self.hand.today())

    def _tell_progress(self) -> None:
        found = progress(self._lines, self.hand.today())
        text = _(
            "{judged} of {items} judged, {got} of {full} points; something is missing "
            "at {lacking}, {overdue} overdue"
        )
        told = text.format(
            judged=found.judged,
            items=found.items,
            got=show_points(found.got),
            full=show_points(found.full),
            lacking=found.lacking,
            overdue=found.overdue,
        )
        self.narrow.note.setText(told if self._lines else "")

    def _look(self, line: Line | None) -> None:
        self.panel.setVisible(line is not None)
        if line is not None:
            figure = self.figures.get(line.item.figure)
            self.panel.show_line(line, figure, self.items.is_open)

    def _go_to_wanted(self) -> None:
        if self._wanted_item is not None:
            wanted, self._wanted_item = self._wanted_item, None
            for line in self._lines:
                if line.item.item_id == wanted:
                    self._see_all()
                    self.items.select(line.number)

    def _see_all(self) -> None:
        self.which.set_code("items")
        self.filter.set_code(ALL)
        self.part.set_code(None)
        self.person.set_code(None)

    # ---- judging

    def _judge(self, line: Line, points: int | None) -> None:
        self._keep(line, replace(line.score, hundredths=points))

    def _judge_on(self, line: Line, points: int | None) -> None:
        """Take all points at once, or none, and lead on where some were given."""
        self._judge(line, points)
        if points is not None:
            self._go_on(line)

    def _note(self, line: Line, reason: str, evidence: str) -> None:
        current = next(each for each in self._lines if each.number == line.number)
        self._keep(line, replace(current.score, reason=reason, evidence=evidence))

    def _after_points(self, line: Line) -> None:
        """Lead on after points were typed: to the reason for a deduction, or on."""
        now = next(each for each in self._lines if each.number == line.number)
        if now.deduction and not now.score.reason:
            self.panel.ask_reason()
        else:
            self._go_on(now)

    def _after_words(self) -> None:
        line = self.items.current_row()
        self.items.setFocus()
        if line is not None:
            self.items.go_to_open(line.number)

    def _go_on(self, line: Line) -> None:
        self.items.setFocus()
        self.items.go_to_open(line.number)

    def _keep(self, line: Line, score: Score) -> None:
        """Show what was said at once, and store it in the background."""
        item_id = line.item.item_id
        if not self.items.is_open or item_id is None or self._chosen is None:
            return
        self._unkept[item_id] = score
        self._lines = [self._with_unkept(each) for each in self._lines]
        self._narrow()
        said = Judgement(score.hundredths, score.reason, score.method, score.evidence)
        done = partial(_kept, self, item_id, score)
        values = self._chosen, item_id, said
        failed = partial(_not_kept, self, item_id)
        self.hand.jobs.run(self, done, self._held.judge, *values, failed=failed)

    def kept(self, item_id: int, score: Score) -> None:
        """Know that the file has what was typed, unless more was typed since."""
        if self._unkept.get(item_id) is score:
            del self._unkept[item_id]

    def not_kept(self, item_id: int, error: Exception) -> None:
        """Tell why something was refused, and show what the file has."""
        self._unkept.pop(item_id, None)
        self._fail(error)
        self.refresh()

    # ---- evidence

    def _attach(self, files: list[Path]) -> None:
        line = self.items.current_row()
        if line is not None and self._chosen is not None:
            values = self._evidence, self._chosen, line.item.item_id, files
            self._run(_("Attached."), attach, *values)

    def _take_earlier(self) -> None:
        line = self.items.current_row()
        if line is not None:
            values = self._chosen, line.item.item_id
            self._run(_("Attached."), self._evidence.take_earlier, *values)

    def _remove(self, file_id: int) -> None:
        self._run(_("Removed."), self._evidence.remove, file_id)

    def _show_rows(self, figure: Figure | None) -> None:
        if figure is not None:
            show_rows(figure, self)

    # ---- deeds

    def ask_begin(self) -> None:
        """Ask for what a new self-assessment is called and covers."""
        if self._known is None:
            return
        if not any(table.is_active for table in self._known.tables):
            text = _("Read in the official sheet, or take the practice table, first.")
            dialogs.say(self, _("There is no rating table yet"), text)
            return
        tables, listed = self._known.tables, self._known.listed
        dialog = deeds.begin_dialog(tables, listed, self._held, self.hand, self)
        dialog.answered.connect(self._begun)
        dialog.open()

    def _begun(self, self_id: object) -> None:
        self.told.emit(_("The self-assessment is begun."))
        self.open_key(self_id)
        self.items.setFocus()

    def ask_change(self) -> None:
        """Ask for what shall be corrected of the self-assessment."""
        if self._known and self._known.sheet:
            head = self._known.sheet.head
            dialog = deeds.change_dialog(head, self._held, self.hand, self)
            dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
            dialog.open()

    def ask_share(self) -> None:
        """Ask who has the chosen items."""
        rows = self.items.selected_rows()
        ids = [row.item.item_id for row in rows if row.item.item_id is not None]
        if ids and self._known and self._chosen is not None:
            asked = self._chosen, ids, self._known.people
            dialog = deeds.share_dialog(*asked, self._held, self.hand, self)
            dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
            dialog.open()

    def ask_submit(self) -> None:
        """Say what submitting means, and do it."""
        if self._known and self._known.sheet:
            head = self._known.sheet.head
            found = progress(self._lines, self.hand.today())
            dialog = deeds.submit_dialog(head, found, self)
            told = _("Submitted and sealed.")
            call = partial(self._run, told, self._held.submit, head.self_id)
            dialog.accepted.connect(call)
            dialog.open()

    def ask_discard(self) -> None:
        """Say what is lost, and throw the self-assessment away."""
        if self._known and self._known.sheet:
            sheet = self._known.sheet
            files = sum(len(line.files) for line in sheet.lines) + len(sheet.files)
            found = progress(self._lines, self.hand.today())
            dialog = deeds.discard_dialog(sheet.head, found, files, self)
            self._chosen = None
            told, call = _("Thrown away."), self._held.discard
            dialog.accepted.connect(partial(self._run, told, call, sheet.head.self_id))
            dialog.open()

    def _choose(self) -> None:
        self._chosen = self.chooser.code()
        self._unkept.clear()
        self.refresh()

    def _turn(self) -> None:
        is_items = self.which.code() == "items"
        self._stack.setCurrentIndex(0 if is_items else 1)
        for each in (self.filter, self.part, self.narrow.note):
            each.setVisible(is_items)
        self.person.setVisible(is_items and self.person.count() > 1)
        self.share.setVisible(
            is_items and self.is_open and self.hand.may(Right.CHANGE_RATING)
        )

    def _run(self, words: str, call: Callable[..., Any], *values: Any) -> None:
        done = partial(_tell, self, words)
        self.hand.jobs.run(self, done, call, *values, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _arrange(self) -> None:
        self.part.set_choices(
            {part: _(PART_NAMES[part]) for part in Part}, _("All four parts")
        )
        self.items.show_columns(SLIM)
        self.items.set_empty(_("No self-assessment has been begun yet."))
        card = Card()
        card.add(scrolling(self.panel))
        card.setFixedWidth(theme.px(PANEL))
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(ListCard(self.items), 1)
        row.addWidget(card)
        self._stack.addWidget(middle)
        self._stack.addWidget(self.verdicts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.narrow)
        column.addWidget(self._stack, 1)
        self.which.set_code("items")
        self.filter.set_code(ALL)
        lead(self, self.items)

    def _connect(self) -> None:
        self.chooser.chosen.connect(self._choose)
        self.which.chosen.connect(self._turn)
        for narrowing in (self.filter, self.part, self.person):
            narrowing.chosen.connect(self._narrow)
        self.begin.clicked.connect(self.ask_begin)
        self.change.clicked.connect(self.ask_change)
        self.discard.clicked.connect(self.ask_discard)
        self.submit.clicked.connect(self.ask_submit)
        self.share.clicked.connect(self.ask_share)
        self.verdicts.told.connect(self.told)
        self.items.picked.connect(self._look)
        self.items.opened.connect(lambda _line: self.panel.ask_points())
        self.items.typed.connect(lambda _line, typed: self.panel.ask_points(typed))
        self.items.judged.connect(self._judge_on)
        self.items.reason_wanted.connect(lambda _line: self.panel.ask_reason())
        self.panel.judged.connect(self._judge)
        self.panel.noted.connect(self._note)
        self.panel.points_left.connect(self._after_points)
        self.panel.words_left.connect(self._after_words)
        self.panel.rows_wanted.connect(self._show_rows)
        self.panel.files.added.connect(self._attach)
        self.panel.files.removed.connect(self._remove)
        self.panel.files.earlier_wanted.connect(self._take_earlier)


def read_all(
    held: SelfAssessments, tables: RatingTables, self_id: int | None, known: Read | None
) -> Read:
    """Read what the tab shows: the wanted self-assessment, or the first one.

    What is counted is counted anew when another one is shown, not at every judgement.
    """
    listed = held.listed()
    ids = [each.self_id for each in listed]
    shown = self_id if self_id in ids else next(iter(ids), None)
    sheet = held.sheet(shown) if shown is not None else None
    figures: dict[str, Figure] = {}
    if known and known.sheet and known.sheet.head.self_id == shown:
        figures = known.figures
    elif shown is not None:
        figures = held.figures(shown)
    return Read(listed, tables.listed(), held.people(), sheet, figures)


def attach(
    evidence: RatingEvidence, self_id: int, item_id: int, files: Sequence[Path]
) -> None:
    """Read files and attach them to an item."""
    evidence.attach(self_id, item_id, [read_file(file) for file in files])


def _tell(tab: AssessmentTab, words: str, _done: object) -> None:
    tab.told.emit(words)


def _kept(tab: AssessmentTab, item_id: int, score: Score, _done: object) -> None:
    tab.kept(item_id, score)


def _not_kept(tab: AssessmentTab, item_id: int, error: Exception) -> None:
    tab.not_kept(item_id, error)
