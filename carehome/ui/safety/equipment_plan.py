"""The plans of the floors: choose one, see what hangs where, mark a place."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.rights import Right
from carehome.rules.safety.floor import WHOLE
from carehome.services.safety.equipment import Equipment
from carehome.services.safety.equipment_papers import EquipmentPapers
from carehome.services.safety.ledger import Ledger, Line
from carehome.services.safety.photos import read_picture
from carehome.services.safety.pictures import Picture, Pictures
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.lead import lead
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.safety import equipment_forms as forms
from carehome.ui.safety.equipment_words import say_state, tone_of
from carehome.ui.safety.floor_plan import FloorPlan, Mark


class PlanView(QWidget):
    """Shows a floor and its equipment; `picked` names what was clicked."""

    picked = Signal(int)
    told = Signal(str)

    def __init__(self, hand: Hand, service: Equipment) -> None:
        super().__init__()
        self._hand = hand
        self._service = service
        self._pictures: Pictures = hand.service(Pictures)
        self._ledger: Ledger | None = None
        self._placing: Line | None = None
        self._current: int | None = None
        self._shown_picture: int | None = None
        self.choice = Choice()
        self.choice.setAccessibleName(_("Floor plan"))
        self.print = button(_("Print the plan"), "print", "Ctrl+P", "small")
        self.add = button(_("New floor plan"), "plus", kind="small")
        self.remove = button(_("Remove the plan"), "remove", kind="small")
        self.note = QLabel()
        self.plan = FloorPlan()
        self.closer = icon_button("plus", _("Closer"), self.plan.closer)
        self.farther = icon_button("minus", _("Farther"), self.plan.farther)
        self.all = icon_button("fit", _("Show the whole plan"), self.plan.look_at_all)
        self.note.setWordWrap(True)
        theme.mark(self.note, "note")
        views = (self.closer, self.farther, self.all)
        self.bar = Bar(self.choice, *views)
        for deed in (self.print, self.remove, self.add):
            self.bar.add(deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        for deed in (self.remove, self.add):
            deed.setVisible(hand.may(Right.CHANGE_SAFETY))
        column.addWidget(self.plan, 1)
        lead(self, self.plan)

        self.choice.chosen.connect(self._draw)
        self.add.clicked.connect(self.ask_new)
        self.remove.clicked.connect(self._ask_removal)
        self.plan.picked.connect(self.picked)
        self.plan.placed.connect(self._place)
        self.plan.given_up.connect(self._give_up)
        self.print.clicked.connect(self.show_print)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the equipment as it is now."""
        self._ledger = ledger
        now = self.choice.code()
        self.choice.set_choices({plan.plan_id: plan.name for plan in ledger.plans})
        known = [plan.plan_id for plan in ledger.plans]
        if known:
            self.choice.set_code(now if now in known else known[0])
        self._draw()

    def show_current(self, key: int) -> None:
        """Let one point stand out, on the plan where it lies."""
        self._current = key
        if self._ledger is not None and self._placing is None:
            points = {line.equipment_id: line.point for line in self._ledger.lines}
            point = points.get(key)
            if point is not None:
                self.choice.set_code(point.plan_id)
            self._draw()

    def ask_place(self, line: Line) -> None:
        """Let the next click, or the cross and Enter, say where a piece hangs."""
        self._placing = line
        if line.point is not None:
            self.choice.set_code(line.point.plan_id)
        self._draw()
        self.plan.setFocus()

    def show_print(self) -> None:
        """Show the plan with its points as a paper."""
        plan_id, title = self.choice.code(), self.choice.currentText()
        paper = PaperDialog(title, f"{title}.pdf", self._hand.jobs, self)
        paper.draw(self._hand.service(EquipmentPapers).write_plan, plan_id)

    def ask_new(self) -> None:
        """Ask for the picture of another floor."""

        def deed(values: dict[str, Any]) -> "partial[Any]":
            path = Path(values["picture"])
            return partial(_add_plan, self._service, values["name"], path)

        form, jobs = forms.plan(), self._hand.jobs
        title = _("New floor plan")
        dialog = DeedDialog(title, form, _("Save"), jobs, deed, self, "floor-plan")
        dialog.accepted.connect(lambda: self.told.emit(_("The floor plan is kept.")))
        dialog.open()

    def _draw(self) -> None:
        ledger, plan_id = self._ledger, self.choice.code()
        for deed in (self.remove, self.print):
            deed.setEnabled(plan_id is not None)
        point = self._placing.point if self._placing else None
        start = (point.x, point.y) if point else (WHOLE // 2, WHOLE // 2)
        is_placing = self._placing is not None and plan_id is not None
        self.plan.place_next(is_placing, start)
        self.note.setText(self._say(plan_id))
        if ledger is None:
            return
        marks = [
            _mark(line)
            for line in ledger.lines
            if line.point and line.point.plan_id == plan_id and not line.scrapped_on
        ]
        self.plan.show_marks(marks, self._current)
        picture = {plan.plan_id: plan.picture_id for plan in ledger.plans}.get(plan_id)
        if picture != self._shown_picture:
            self._shown_picture = picture
            self.plan.show_picture(b"")
            if picture is not None:
                call = self._pictures.picture
                self._hand.jobs.run_last(self, self._show_picture, call, picture)

    def _show_picture(self, picture: Picture) -> None:
        self.plan.show_picture(picture.content)

    def _say(self, plan_id: int | None) -> str:
        if plan_id is None:
            return _("No plan is kept yet. Add a picture of each floor.")
        if self._placing:
            text = _(
                "Click where {label} hangs, or move the cross with the arrows "
                "and press Enter. Esc: not now."
            )
            return text.format(label=self._placing.label)
        return _("Round: in order. Square: soon due. Diamond: overdue or failed.")

    def _give_up(self) -> None:
        self._placing = None
        self._draw()

    def _place(self, x: int, y: int) -> None:
        line, self._placing = self._placing, None
        if line is not None:
            call = self._service.put_on_plan
            values = (line.equipment_id, self.choice.code(), x, y)
            self._hand.jobs.run(self, self._say_placed, call, *values)

    def _say_placed(self, _answer: object) -> None:
        self.told.emit(_("The place is marked."))

    def _ask_removal(self) -> None:
        plan_id = self.choice.code()
        points = [_("The picture is removed; the equipment stays in the ledger.")]
        call = partial(
            self._hand.jobs.run,
            self,
            self._say_removed,
            self._service.remove_plan,
            plan_id,
        )
        title = _("Remove this plan?")
        dialogs.confirm(self, title, points, _("Remove"), call, "danger")

    def _say_removed(self, _answer: object) -> None:
        self.told.emit(_("The plan is removed."))


def _add_plan(service: Equipment, name: str, path: Path) -> int:
    return service.add_plan(name, read_picture(path))


def _mark(line: Line) -> Mark:
    assert line.point, "only what is on the plan is drawn"
    tip = _("{label} {kind}, {place}: {state}").format(
        label=line.label,
        kind=line.kind.name,
        place=line.place,
        state=say_state(line),
    )
    tone = tone_of(line) or "ok"
    point = line.point
    return Mark(line.equipment_id, point.x, point.y, line.kind.mark, tone, tip)
