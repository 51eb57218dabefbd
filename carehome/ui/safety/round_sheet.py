"""A sheet on the screen: filled in item by item, kept with every answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, show_moment
from carehome.rules.rights import Right
from carehome.rules.safety.rounds import MARK_NAMES, code
from carehome.services.safety.hazards import Mark
from carehome.services.safety.photos import read_picture
from carehome.services.safety.round_papers import RoundPapers
from carehome.services.safety.rounds import (
    Answer,
    RoundLine,
    Rounds,
    RoundState,
    Sheet,
    Verdict,
)
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card, ListCard
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.round_deeds import (
    FinishDialog,
    HazardsDialog,
    LateDialog,
    VoidDialog,
    confirm_discarding,
)
from carehome.ui.safety.round_items import ItemList, ItemPanel, Line
from carehome.ui.safety.round_words import (
    say_made,
    say_standing,
    say_window,
    tone_of,
)

PANEL = 340


class SheetView(QWidget):
    """Fills in a round, or shows one that is made.

    `left` goes out when one goes back to the lists, `told` with a line on what was
    done, `hazard_wanted` with a hazard that the round opened.
    """

    left = Signal()
    told = Signal(str)
    hazard_wanted = Signal(int)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._rounds = hand.service(Rounds)
        self._sheet: Sheet | None = None
        self.back = button(_("All rounds"), "left", "Esc")
        self.title, self.state = Elided(""), Tag("")
        self.facts, self.marks = QLabel(), QLabel()
        self.items, self.panel = ItemList(), ItemPanel(hand)
        self.count = QLabel()
        self.print = button(_("Print the sheet"), "print", "Ctrl+Shift+P")
        self.hazards = button(_("Its hazards"), "right", "Ctrl+H")
        self.discard = button(_("Put it away"), "remove")
        self.void = button(_("Make void"), "remove")
        self.late = button(_("From a sheet of paper"), "paper", "Ctrl+Shift+Return")
        self.finish = button(_("Finish the round"), "check", "Ctrl+Return", "primary")
        self._arrange()
        self._connect()

    @property
    def round_id(self) -> int | None:
        """The round that is shown."""
        return self._sheet.line.round_id if self._sheet else None

    def open_round(self, round_id: int) -> None:
        """Read a round and show it from its first open item on."""
        call = self._rounds.sheet
        self._hand.jobs.run_last(self, self._begin, call, round_id, failed=self._fail)

    def read_again(self) -> None:
        """Show what became of the round meanwhile."""
        if self.round_id is not None:
            jobs, call = self._hand.jobs, self._rounds.sheet
            jobs.run_last(self, self._show, call, self.round_id, failed=self._fail)

    def _begin(self, sheet: Sheet) -> None:
        self._show(sheet)
        self.items.setFocus()
        if self.is_open:
            self.items.go_to_open()
        if self.items.current_row() is None:
            self.items.select(1)

    @property
    def is_open(self) -> bool:
        """Say whether the round is filled in by the person who looks at it."""
        line = self._sheet.line if self._sheet else None
        may = self._hand.may(Right.MAKE_ROUNDS)
        return may and line is not None and line.state is RoundState.OPEN

    def _show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        line = sheet.line
        name = _("{form}, {place}").format(form=line.form, place=line.place)
        self.title.setText(name)
        self.state.setText(say_standing(line))
        self.state.set_tone(tone_of(line))
        self.facts.setText("    ".join(_facts(line)))
        self.marks.setText(_(", ").join(_(MARK_NAMES[mark]) for mark in line.marks))
        theme.mark(self.marks, "banner" if line.is_suspicious else "note")
        self.marks.setVisible(bool(line.marks))
        self.items.is_open = self.is_open
        self.items.table.set_rows(
            [Line(at, item) for at, item in enumerate(sheet.items, start=1)]
        )
        for deed in (self.discard, self.late, self.finish):
            deed.setVisible(self.is_open)
        is_made = line.state is RoundState.FINISHED
        self.void.setVisible(is_made and self._hand.may(Right.CHANGE_SAFETY))
        self.hazards.setVisible(line.state is not RoundState.OPEN and line.failed > 0)
        self._tell_progress()
        self._look(self.items.current_row())

    def _tell_progress(self) -> None:
        lines = self.items.table.rows
        waits = sum(line.answer is None for line in lines)
        failed = sum(_has_failed(line) for line in lines)
        lacks = [str(line.number) for line in lines if line.lacks]
        text = _("{done} of {count} answered, {failed} not in order")
        done = len(lines) - waits
        told = text.format(done=done, count=len(lines), failed=failed)
        if lacks:
            text = _("{told}; words or a picture are missing at {numbers}")
            told = text.format(told=told, numbers=_(", ").join(lacks))
        self.count.setText(told)
        self.finish.setEnabled(not waits and not lacks)
        self.late.setEnabled(not waits and not lacks)

    # ---- answering

    def _answer(self, line: Line, verdict: Verdict | None) -> None:
        """Take an answer; one that failed asks what was seen, others lead on."""
        before = line.answer or Answer(Verdict.OK)
        answer = replace(before, verdict=verdict) if verdict else None
        self._keep(line, answer)
        if verdict is Verdict.FAILED:
            self.panel.ask_note()
        elif verdict is not None:
            self.items.setFocus()
            self.items.go_on(line.number)

    def _note(self, line: Line, note: str) -> None:
        """Keep what was seen; an item that was not answered yet has failed."""
        before = line.answer or Answer(Verdict.FAILED)
        self._keep(line, replace(before, note=note))

    def _go_on(self) -> None:
        line = self.items.current_row()
        self.items.setFocus()
        if line is not None:
            self.items.go_on(line.number)

    def _keep(self, line: Line, answer: Answer | None) -> None:
        """Show an answer at once, and store it in the background."""
        if self._sheet is None or not self.is_open:
            return
        self._replace(line.answered(answer))
        values = (self._sheet.line.round_id, {line.item.item_id: answer})
        call = self._rounds.keep
        self._hand.jobs.run(self, _nothing, call, *values, failed=self._not_kept)

    def _replace(self, line: Line) -> None:
        rows = self.items.table.rows
        model = self.items.table
        model.set_rows(
            sorted(
                (line if each.number == line.number else each for each in rows),
                key=lambda each: each.number,
            )
        )
        self._tell_progress()
        self._look(self.items.current_row())

    def _not_kept(self, error: Exception) -> None:
        self._fail(error)
        self.read_again()

    # ---- pictures

    def _attach(self, line: Line, files: list[Path]) -> None:
        if self._sheet is not None:
            ids = self._sheet.line.round_id, line.item.item_id
            values = (self._rounds, *ids, files)
            jobs, failed = self._hand.jobs, self._not_kept
            jobs.run(self, self._show, attach, *values, failed=failed)

    def _detach(self, line: Line, picture_id: int) -> None:
        if line.answer is not None:
            left = (each for each in line.answer.picture_ids if each != picture_id)
            self._keep(line, replace(line.answer, picture_ids=tuple(left)))

    # ---- what ends a round

    def _finish(self) -> None:
        self._end(FinishDialog)

    def _finish_late(self) -> None:
        self._end(LateDialog)

    def _end(self, kind: type[FinishDialog] | type[LateDialog]) -> None:
        if self._sheet is None:
            return
        failed = sum(_has_failed(line) for line in self.items.table.rows)
        dialog = kind(self._sheet.line, failed, self._rounds, self._hand, self)
        dialog.answered.connect(self._ended)
        dialog.open()

    def _ended(self, hazards: list[int]) -> None:
        if hazards:
            self._read_hazards(self._lead_on)
        else:
            self.told.emit(_("The round is finished."))
            self.left.emit()

    def _lead_on(self, hazards: Sequence[Mark]) -> None:
        """Name the hazards that were opened; Enter leads to the first one."""
        dialog = HazardsDialog(hazards, self)
        dialog.accepted.connect(partial(self.hazard_wanted.emit, hazards[0].hazard_id))
        dialog.finished.connect(self.left)
        dialog.open()

    def _go_to_hazards(self) -> None:
        self._read_hazards(lambda found: self.hazard_wanted.emit(found[0].hazard_id))

    def _read_hazards(self, then: Callable[[Sequence[Mark]], object]) -> None:
        if self._sheet is not None:
            round_id = self._sheet.line.round_id
            jobs, call = self._hand.jobs, self._rounds.hazards
            jobs.run(self, then, call, round_id, failed=self._fail)

    def _discard(self) -> None:
        if self._sheet is not None:
            do = partial(self._do_discard, self._sheet.line.round_id)
            confirm_discarding(self, do)

    def _do_discard(self, round_id: int) -> None:
        call = self._rounds.discard
        self._hand.jobs.run(self, self._gone, call, round_id, failed=self._fail)

    def _gone(self, _done: object) -> None:
        self.told.emit(_("The sheet was put away."))
        self.left.emit()

    def _void(self) -> None:
        if self._sheet is not None:
            dialog = VoidDialog(self._sheet.line, self._rounds, self._hand, self)
            dialog.accepted.connect(self.read_again)
            dialog.open()

    def _print(self) -> None:
        """Print the sheet; an open one is on its way on paper from now on."""
        if self._sheet is None:
            return
        ids = [self._sheet.line.round_id]
        if self.is_open:
            jobs, call = self._hand.jobs, self._rounds.print_out
            jobs.run(self, self._draw, call, ids, failed=self._fail)
        else:
            self._draw(ids)

    def _draw(self, round_ids: list[int]) -> None:
        write = self._hand.service(RoundPapers).write_sheets
        name = f"{code(round_ids[0])}.pdf"
        dialog = PaperDialog(_("Sheet of a round"), name, self._hand.jobs, self)
        dialog.draw(write, round_ids)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _look(self, line: Line | None) -> None:
        self.panel.setVisible(line is not None)
        if line is not None:
            self.panel.show_line(line, self.is_open)

    def _write(self, _line: Line) -> None:
        if self.is_open:
            self.panel.ask_note()

    def _connect(self) -> None:
        bind(self, "Esc", N_("Back to all rounds"), self.left.emit, WITHIN)
        self.back.clicked.connect(self.left)
        self.items.picked.connect(self._look)
        self.items.opened.connect(self._write)
        self.items.answered.connect(self._answer)
        self.panel.answered.connect(self._answer)
        self.panel.noted.connect(self._note)
        self.panel.left.connect(self._go_on)
        self.panel.pictures_added.connect(self._attach)
        self.panel.picture_removed.connect(self._detach)
        self.hazards.clicked.connect(self._go_to_hazards)
        self.print.clicked.connect(self._print)
        self.discard.clicked.connect(self._discard)
        self.void.clicked.connect(self._void)
        self.late.clicked.connect(self._finish_late)
        self.finish.clicked.connect(self._finish)

    def _arrange(self) -> None:
        for label, kind in (
            (self.title, "heading"),
            (self.facts, "note"),
            (self.marks, "banner"),
            (self.count, "strong"),
        ):
            theme.mark(label, kind)
        for label in (self.facts, self.marks):
            label.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        card = Card()
        card.add(scrolling(self.panel))
        card.setFixedWidth(theme.px(PANEL))
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(12))
        middle.addWidget(ListCard(self.items), 1)
        middle.addWidget(card)
        foot = QWidget()
        row = Flow(foot, 8)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.count)
        ends = self.discard, self.void, self.hazards, self.late, self.finish
        for deed in (self.print, *ends):
            row.addWidget(deed)
        row.push_right(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.marks)
        column.addLayout(middle, 1)
        column.addWidget(foot)
        lead(self, self.items)


def attach(rounds: Rounds, round_id: int, item_id: int, files: list[Path]) -> Sheet:
    """Read pictures and keep them at an answer; return the sheet as it is then."""
    for picture in [read_picture(file) for file in files]:
        rounds.attach(round_id, item_id, picture)
    return rounds.sheet(round_id)


def _has_failed(line: Line) -> bool:
    return line.answer is not None and line.answer.verdict is Verdict.FAILED


def _facts(line: RoundLine) -> list[str]:
    """Say when a round was due, made, entered and signed, and its code."""
    found = [line.code]
    if line.due is not None:
        window = say_window(line.due)
        found.append(_("Due: {window}").format(window=window))
    if line.started_at is not None:
        made = say_made(line.started_at, line.ended_at)
        text = _("Made: {when} by {name}")
        found.append(text.format(when=made, name=line.patroller))
    if line.entered_at is not None:
        entered = show_moment(line.entered_at)
        found.append(_("Entered: {moment}").format(moment=entered))
    if line.supervisor:
        found.append(_("Signed by {name}").format(name=line.supervisor))
    return found


def _nothing(_answer: object) -> None:
    """What was kept is shown already."""
