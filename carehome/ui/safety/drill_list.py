"""The drills of a year: planned, held, and what the half years still lack."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from carehome.i18n import N_, _, show_day
from carehome.rules.rights import Right
from carehome.rules.safety import drills as rules
from carehome.rules.safety.drills import (
    ROLE_NAMES,
    STATE_NAMES,
    VERDICT_NAMES,
    Drill,
    FloorTime,
    Half,
    Scored,
    State,
    say_span,
)
from carehome.services.safety.drill_papers import DrillPapers
from carehome.services.safety.drills import Cast, Drills, DrillYear
from carehome.ui.kit import dialogs, table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.hand import Hand
from carehome.ui.safety import drill_forms as forms
from carehome.ui.safety.drill_part import Part, PartFile, lesson_view

TONES = {State.PLANNED: "info", State.HELD: "ok", State.CALLED_OFF: "quiet"}


@dataclass(frozen=True, slots=True)
class DrillRead:
    """What the list of drills is made of."""

    year: DrillYear
    cast: Cast
    sheet: tuple[Scored, ...]


def read_drills(drills: Drills, year: int) -> DrillRead:
    """Read the drills of a year, who can take part, and the score sheet."""
    return DrillRead(drills.year(year), drills.cast(), drills.score_sheet())


class DrillList(Part[Drill]):
    """Lists the drills of a year; plans them, and records how they went."""

    def __init__(self, hand: Hand) -> None:
        model = TableModel(_columns(), lambda drill: drill.drill_id)
        view = TableView(model, "safety.drills", N_("Drills"))
        self.lessons = lesson_view("safety.drill_lessons")
        self.hold = button(_("Record how it went"), "check", kind="small")
        self.change = button(_("Change the plan"), "edit", kind="small")
        self.off = button(_("Call off the drill"), "close", kind="small")
        self.open_hazard = button(_("Hazard of the lesson"), "warn", kind="small")
        self.correct = button(_("Correct the record"), "edit", kind="small")
        self.paper = button(_("Print"), "print", kind="small")
        deeds = self.hold, self.change, self.off, self.correct, self.open_hazard
        super().__init__(hand, view, PartFile(self.lessons, *deeds, self.paper))
        self._read: DrillRead | None = None
        self.add = self.bar.add_button(_("Plan a drill"), "plus", "Ctrl+Shift+D")
        self.fill = self.bar.add_button(_("Plan what is missing"), "calendar")

        may = hand.may(Right.CHANGE_SAFETY)
        self.deed(self.add, may, self.ask_new)
        self.deed(self.hold, may, self._ask_held)
        self.deed(self.change, may, self._ask_change)
        self.deed(self.off, may, self._ask_off)
        self.deed(self.correct, may, self._ask_correction)
        self.deed(self.fill, may, self._ask_missing)
        self.deed(self.paper, True, self._print)
        self.deed(self.open_hazard, may, self._lesson)
        self.lessons.opened.connect(lambda _lesson: self._lesson())
        step = _("Plan a drill") if may else ""
        view.set_empty(_("No drill is planned for this year."), step)
        view.first_step.connect(self.ask_new)

    def read_year(self, year: int) -> None:
        drills = self.hand.service(Drills)
        self.hand.jobs.run_last(self, self.show_read, read_drills, drills, year)

    def show_read(self, read: DrillRead) -> None:
        """Show the drills of a year."""
        self._read = read
        self.say(_missing(read.year, self.hand.today()))
        may = self.hand.may(Right.CHANGE_SAFETY)
        self.fill.setVisible(may and bool(read.year.proposed))
        held = sum(drill.state is State.HELD for drill in read.year.drills)
        text = _("{count} {count:drill|drills}, {held} held")
        self.bar.note.setText(text.format(count=len(read.year.drills), held=held))
        self.show_rows(read.year.drills)

    def fill_file(self, row: Drill) -> None:
        is_planned = row.state is State.PLANNED
        may = self.hand.may(Right.CHANGE_SAFETY)
        for each in (self.hold, self.change, self.off):
            each.setVisible(may and is_planned)
        self.correct.setVisible(may and row.state is State.HELD)
        self.file.show_row(row.title, _facts(row), _story(row))
        self.lessons.table.set_rows(row.lessons)
        self.open_hazard.setEnabled(bool(row.lessons))

    def ask_new(self) -> None:
        """Ask for a drill to be planned."""
        if self._read:
            today = self.hand.today()
            form = forms.plan_form(self._read.cast, today)
            deed = partial(self._plan_deed, Drill("", today))
            self.ask(_("Plan a drill"), form, deed, "drill:new")

    def _ask_change(self) -> None:
        drill = self.view.current_row()
        if drill and self._read:
            form = forms.plan_form(self._read.cast, self.hand.today())
            forms.fill_plan(form, drill)
            deed = partial(self._plan_deed, drill)
            self.ask(_("Change the plan"), form, deed, f"drill:{drill.drill_id}")

    def _ask_held(self) -> None:
        drill, read = self.view.current_row(), self._read
        if drill and read:
            form = forms.held_form(read.cast, read.sheet, self.hand.today())
            forms.fill_held(form, drill)
            title = _("How “{title}” went").format(title=drill.title)
            deed = partial(self._held_deed, drill)
            self.ask(title, form, deed, f"drill-held:{drill.drill_id}")

    def _ask_correction(self) -> None:
        drill, read = self.view.current_row(), self._read
        if drill and read:
            cast = _cast_of(drill, read.cast)
            form = forms.held_form(cast, drill.score, self.hand.today())
            forms.fill_held(form, drill)
            form.fields["lessons"].setToolTip(
                _("What a hazard was opened for stays even if it is taken out here.")
            )
            title = _("Correct how “{title}” went").format(title=drill.title)
            deed = partial(self._correct_deed, drill, cast)
            self.ask(title, form, deed, f"drill-correct:{drill.drill_id}")

    def _ask_missing(self) -> None:
        if self._read:
            proposed = self._read.year.proposed
            text = _("{day}: {title}")
            points = [
                text.format(day=show_day(each.planned_on), title=each.title)
                for each in proposed
            ]
            points.append(_("Each can be changed or called off afterwards."))
            do = partial(self._plan_missing, proposed)
            title = _("Plan what the year still lacks?")
            dialogs.confirm(self, title, points, _("Plan what is missing"), do)

    def _plan_missing(self, proposed: tuple[Drill, ...]) -> None:
        plan = self.hand.service(Drills).plan_several
        self.hand.jobs.run(self, self._say_planned, plan, proposed)

    def _say_planned(self, count: int) -> None:
        text = _("{count} {count:drill is|drills are} planned.")
        self.told.emit(text.format(count=count))

    def _print(self) -> None:
        drill = self.view.current_row()
        if drill:
            write = self.hand.service(DrillPapers).write_drill
            self.show_paper(drill.title, write, drill.drill_id)

    def _ask_off(self) -> None:
        drill = self.view.current_row()
        if drill:
            form = Form()
            why = TextField(_("Reason"), most=200)
            form.add("reason", why, blame=(rules.ReasonNeeded,))
            title = _("Call off “{title}”").format(title=drill.title)
            deed = partial(self._off_deed, drill.drill_id)
            self.ask(title, form, deed, f"drill-off:{drill.drill_id}")

    def _lesson(self) -> None:
        drill, lesson = self.view.current_row(), self.lessons.current_row()
        if drill and drill.lessons:
            self.open_lesson(lesson or drill.lessons[0], drill.place)

    def _plan_deed(self, known: Drill, values: dict[str, Any]) -> "partial[Any]":
        drills, drill = self.hand.service(Drills), forms.planned(known, values)
        return partial(drills.change if drill.drill_id else drills.plan, drill)

    def _held_deed(self, known: Drill, values: dict[str, Any]) -> "partial[None]":
        assert self._read, "what is asked for was read before"
        drill = forms.held(known, self._read.cast, self._read.sheet, values)
        return partial(self.hand.service(Drills).hold, drill)

    def _correct_deed(
        self, known: Drill, cast: Cast, values: dict[str, Any]
    ) -> "partial[None]":
        drill = forms.held(known, cast, known.score, values)
        return partial(self.hand.service(Drills).correct, drill)

    def _off_deed(self, number: int, values: dict[str, Any]) -> "partial[None]":
        return partial(self.hand.service(Drills).call_off, number, values["reason"])


def _cast_of(drill: Drill, cast: Cast) -> Cast:
    """Return who can take part, with those who did and have left since."""
    people = cast.people | {part.staff_id: part.name for part in drill.roles}
    floors = cast.floors | {each.floor_id: each.floor for each in drill.floors}
    return Cast(people, floors)


def _columns() -> tuple[Column[Drill], ...]:
    return (
        table.day(N_("Day"), lambda d: d.day, bold=True),
        Column(N_("Title"), lambda d: d.title, stretch=True),
        Column(
            N_("State"),
            lambda d: _(STATE_NAMES[d.state]),
            chip=lambda d: TONES[d.state],
        ),
        Column(N_("Scenario"), lambda d: _scenario(d) or None),
        Column(N_("Slowest floor"), _slowest),
        Column(N_("Points"), _points, align=table.RIGHT),
        table.number(N_("Lessons"), lambda d: len(d.lessons) or None),
    )


def _scenario(drill: Drill) -> str:
    told = []
    if drill.is_night:
        told.append(_("At night"))
    if drill.is_disabled_unit:
        told.append(_("Disabled unit"))
    if not drill.is_real:
        told.append(_("At the table"))
    return _(", ").join(told)


def _slowest(drill: Drill) -> str | None:
    floor = drill.slowest
    return f"{floor.floor} {say_span(floor.seconds)}" if floor else None


def _points(drill: Drill) -> str | None:
    met, most = drill.met
    return f"{met}/{most}" if most else None


def _facts(drill: Drill) -> list[Fact]:
    facts = [
        Fact(_("State"), _(STATE_NAMES[drill.state])),
        Fact(_("Drill planned for"), show_day(drill.planned_on)),
        Fact(_("Scenario"), _scenario(drill) or _("In daytime")),
        Fact(_("Place"), drill.place or "–"),
    ]
    if drill.held_on:
        minutes = _("{count} {count:minute|minutes}").format(count=drill.minutes)
        facts.append(Fact(_("Held on"), f"{show_day(drill.held_on)} {drill.held_at}"))
        facts.append(Fact(_("Took"), minutes))
        facts.append(Fact(_("Residents"), str(drill.residents)))
        facts.append(Fact(_("Points"), _points(drill) or "–"))
    if drill.called_off:
        facts.append(Fact(_("Called off because"), drill.called_off))
    return facts


def _story(drill: Drill) -> str:
    """Tell who led, how fast each floor was empty, and what was seen."""
    told = [_group(drill, role) for role in ROLE_NAMES]
    told += [_floor(each) for each in drill.floors]
    told += [_seen(line) for line in drill.score]
    return "\n".join(filter(None, (drill.note, *told)))


def _group(drill: Drill, role: str) -> str:
    names = [part.name for part in drill.roles if part.role == role]
    return f"{_(ROLE_NAMES[role])}  {_(', ').join(names)}" if names else ""


def _floor(floor: FloorTime) -> str:
    time = f"{floor.floor}  {say_span(floor.seconds)}"
    if not floor.residents:
        return time
    text = _("{count} {count:resident|residents} brought out")
    return f"{time}  {text.format(count=floor.residents)}"


def _seen(line: Scored) -> str:
    told = f"{_(VERDICT_NAMES[line.verdict])}  {line.text}"
    return f"{told} ({line.note})" if line.note else told


def _missing(year: DrillYear, today: date) -> list[str]:
    """Say what the year still lacks; one that has not begun lacks nothing."""
    begun = [half for half in year.halves if half.span.start <= today]
    if not begun:
        return []
    told = [_lacks(half) for half in begun if not half.is_done]
    if year.need.at_night:
        told.append(_("No drill at night yet"))
    if year.need.disabled_unit:
        told.append(_("No drill with a unit of disabled people yet"))
    return told


def _lacks(half: Half) -> str:
    if half.span.start.month == 1:
        return _("First half of the year: no real exercise on record")
    return _("Second half of the year: no real exercise on record")
