"""The tab of shifts and people: what each unit needs tonight and why, the shifts."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, say_day
from carehome.rules.rights import Right, User
from carehome.rules.rosters import cover, presets
from carehome.rules.rosters.kinds import say_minutes, say_time
from carehome.services.shifts import Board, KindLine, NeedLine, Shifts
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.rosters.shift_deeds import (
    DutyDialog,
    FloorsDialog,
    KindDialog,
    NeedDialog,
    RatioDialog,
    note,
)


class ShiftsView(LiveView):
    """Shows what is needed tonight, and lets shifts, needs and ratios be changed."""

    SHOWS = frozenset(
        {
            *("shift_kind", "shift_need", "cover_ratio", "unit_floor", "unit", "post"),
            *("bed_use", "bed", "room", "floor", "building", "absence", "assessment"),
            *("resident", "calendar_day"),
        }
    )

    def __init__(
        self, shifts: Shifts, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._shifts, self._jobs, self._today = shifts, jobs, today
        self._board: Board | None = None
        self.above, self.below = Bar(), Bar()
        self.needs = TableView(
            TableModel(NEEDS, lambda line: (line.shift_id, line.unit_id or 0)),
            "rosters.cover",
            N_("People needed tonight"),
        )
        self.kinds = TableView(
            TableModel(KINDS, lambda line: line.kind.kind_id),
            "rosters.shifts",
            N_("Kinds of shift"),
        )
        self.guide = note("")
        may = user.may(Right.SET_COVER)
        if may:
            self._add_deeds()
        self._arrange()
        if may:
            self.needs.opened.connect(self.ask_need)
            self.needs.picked.connect(self._offer_removal)
            self._offer_removal(None)
            self.kinds.opened.connect(self.ask_kind)
            self.kinds.picked.connect(self._offer)
            self._offer(None)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._shifts.board, self._today())

    def ask_kind(self, line: KindLine | None = None) -> None:
        """Change a kind of shift, or add one."""
        if self._board:
            kind = line.kind if line else None
            KindDialog(kind, self._board, self._shifts, self._jobs, self).open()

    def _ask_new(self) -> None:
        self.ask_kind()

    def ask_need(self, _line: object = None) -> None:
        """Change how many people the shift under the cursor needs."""
        if line := self.needs.current_row():
            day = self._today()
            NeedDialog(line, day, self._shifts, self._jobs, self).open()

    def ask_ratios(self) -> None:
        """Change how many residents one carer of the shift has."""
        if line := self.needs.current_row():
            day = self._today()
            RatioDialog(line, day, self._shifts, self._jobs, self).open()

    def ask_removal(self) -> None:
        """Ask before the need under the cursor is taken back."""
        line = self.needs.current_row()
        if line is None or line.need is None:
            return
        unit = line.unit or _("Whole home")
        title = _("Ask for nobody any more on {shift}, {unit}?")
        points = [
            _("It was asked for: {days}.").format(
                days=_(cover.DAY_NAMES[line.need.days])
            ),
            _("If another was noted before it, that one holds again."),
        ]
        asked = title.format(shift=line.shift, unit=unit)
        remove = partial(self._remove, line.need.need_id)
        dialogs.confirm(
            self, asked, points, _("Ask for nobody any more"), remove, "danger"
        )

    def _remove(self, need_id: int) -> None:
        self._jobs.run(self, self._done, self._shifts.remove_need, need_id)

    def ask_floors(self) -> None:
        """Change the floors of the unit under the cursor."""
        line = self.needs.current_row()
        if line is None or self._board is None:
            return
        for unit in self._board.units:
            if unit.unit_id == line.unit_id:
                board = self._board
                FloorsDialog(unit, board, self._shifts, self._jobs, self).open()

    def ask_duty(self) -> None:
        """Switch on the shifts of a duty."""
        DutyDialog(self._shifts, self._jobs, self).open()

    def _add_deeds(self) -> None:
        self.need = self.above.add_button(_("People needed"), "edit", "F2")
        self.ratios = self.above.add_button(_("Ratios"), "staff")
        self.floors = self.above.add_button(_("Floors of the unit"), "beds")
        self.drop = self.above.add_button(_("Ask for nobody any more"), "remove")
        self.retire = self.below.add_button(_("Retire the shift"), "hide")
        self.duty = self.below.add_button(_("Duties"), "fire")
        self.add_kind = self.below.add_button(_("New shift"), "plus", "Ctrl+N")
        self.need.clicked.connect(self.ask_need)
        self.ratios.clicked.connect(self.ask_ratios)
        self.floors.clicked.connect(self.ask_floors)
        self.drop.clicked.connect(self.ask_removal)
        self.retire.clicked.connect(self._retire)
        self.duty.clicked.connect(self.ask_duty)
        self.add_kind.clicked.connect(self._ask_new)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.above)
        column.addWidget(ListCard(self.needs), 3)
        column.addWidget(self.guide)
        column.addWidget(self.below)
        column.addWidget(ListCard(self.kinds), 2)
        self.below.note.setText(_("Kinds of shift"))
        lead(self, self.needs)

    def _show(self, board: Board) -> None:
        self._board = board
        day = say_day(board.day)
        text = _("People needed tonight, {day}, by who sleeps in the house")
        self.above.note.setText(text.format(day=day))
        self.needs.table.set_rows(list(_worth_telling(board)))
        self.needs.set_empty(_("No shift is set up yet. Begin with a new shift."))
        self.kinds.table.set_rows(list(board.kinds))
        self.kinds.set_empty(_("No shift is set up yet. Begin with a new shift."))
        self.guide.setText(_say_guide(board))

    def _retire(self) -> None:
        if line := self.kinds.current_row():
            deed, number = self._shifts.set_active, line.kind.kind_id
            self._jobs.run(self, self._done, deed, number, not line.is_active)

    def _done(self, _answer: None) -> None:
        """Leave it to the announced change to show what was done."""

    def _offer_removal(self, line: NeedLine | None) -> None:
        self.drop.setEnabled(line is not None and line.need is not None)

    def _offer(self, line: KindLine | None) -> None:
        self.retire.setEnabled(line is not None)
        is_retired = line is not None and not line.is_active
        text = _("Take the shift up again") if is_retired else _("Retire the shift")
        self.retire.setText(text)


def _worth_telling(board: Board) -> Iterator[NeedLine]:
    """Yield every shift of the units, and what the whole home asks for.

    A shift that only the whole home asks for is not told again in each unit.
    """
    asked = {(line.shift_id, line.unit_id is None) for line in board.needs if line.need}
    for line in board.needs:
        is_home = line.unit_id is None
        if line.need or (line.shift_id, not is_home) not in asked:
            yield line


def _reason(line: NeedLine) -> str:
    if line.cover is None or line.need is None:
        return _("Nothing is asked for yet.")
    if line.need.is_computed:
        return cover.say(line.cover)
    return _("Fixed number")


def _say_guide(board: Board) -> str:
    guide = presets.social_workers()
    wanted = -(-board.beds // guide.beds)
    text = _(
        "Guide: 1 social worker for {each} beds, so {wanted} for {beds} beds (rounded "
        "up by us). {document}"
    )
    return text.format(
        each=guide.beds,
        wanted=wanted,
        beds=board.beds,
        document=guide.source.document,
    )


def _tone(line: NeedLine) -> str | None:
    if line.need is None:
        return None
    return "bad" if line.need.under is None else "quiet"


def _weight(line: NeedLine) -> str | None:
    if line.need is None:
        return None
    if line.need.under is None:
        return _("Must be")
    return _("{points} points").format(points=line.need.under)


def _skill(line: NeedLine) -> str | None:
    if line.need is None or line.need.skill is None:
        return None
    return _("Level {level} or higher").format(level=line.need.skill)


NEEDS: tuple[Column[NeedLine], ...] = (
    Column(
        N_("Unit of the home"), lambda line: line.unit or _("Whole home"), bold=True
    ),
    Column(N_("Shift"), lambda line: line.shift),
    table.number(
        N_("Residents tonight"), lambda line: line.residents if line.unit_id else None
    ),
    table.number(N_("Needed"), lambda line: line.cover.need if line.cover else None),
    Column(N_("Why so many"), _reason, tip=_reason, stretch=True),
    Column(N_("One carer at least"), _skill),
    Column(N_("If fewer"), _weight, chip=_tone),
)


def _times(line: KindLine) -> str:
    starts, ends = line.kind.starts, line.kind.starts + line.kind.span
    text = f"{say_time(starts)}\u2013{say_time(ends)}"
    if ends > 24 * 60:
        return _("{times} next day").format(times=text)
    return text


def _work(line: KindLine) -> str:
    kind = line.kind
    return _("On call") if kind.is_on_call else say_minutes(kind.minutes)


KINDS: tuple[Column[KindLine], ...] = (
    Column(N_("Key"), lambda line: line.kind.code, bold=True),
    Column(N_("Sign"), lambda line: line.kind.sign),
    Column(N_("Name of the shift"), lambda line: line.kind.name),
    Column(N_("From and to"), _times),
    Column(
        N_("Working time"), _work, tone=lambda ln: "warn" if ln.kind.is_long else None
    ),
    Column(N_("Who may work it"), lambda line: line.post or _("Anybody"), stretch=True),
    Column(
        N_("In use"),
        lambda line: _("In use") if line.is_active else _("Retired"),
        chip=lambda line: "ok" if line.is_active else "quiet",
    ),
)
