"""The dialogs of demand: a kind of shift, its need, its ratios, floors, duties."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import _
from carehome.rules.payroll import DAY_MINUTES
from carehome.rules.residents import ABILITY_NAMES
from carehome.rules.rosters import cover, kinds, presets
from carehome.rules.rosters.cover import DAY_NAMES, LEVELS, Need
from carehome.rules.rosters.kinds import Kind
from carehome.services.shifts import Board, NeedLine, PostLacks, Shifts, UnitFloors
from carehome.ui.kit import theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import CheckField, ChoiceField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.several import SeveralField
from carehome.ui.parts.deeds import DeedDialog

HOME, OFF = "home", "none"
HARD = "hard"


def note(text: str) -> QLabel:
    """Return words that explain, over as many lines as they need."""
    label = QLabel(text)
    label.setWordWrap(True)
    theme.mark(label, "note")
    return label


class KindDialog(DeedDialog):
    """Adds or changes a kind of shift, and says how much work that is."""

    def __init__(
        self, kind: Kind | None, board: Board, shifts: Shifts, jobs: Jobs, host: QWidget
    ) -> None:
        self._kind = kind
        form = _kind_form(board)
        super().__init__(
            _("Kind of shift") if kind else _("New kind of shift"),
            form,
            _("Save"),
            jobs,
            lambda values: partial(shifts.save_kind, self._made(values)),
            host,
            f"shift-kind:{kind.kind_id if kind else 0}",
        )
        self.worked = note("")
        form.add_widget(self.worked)
        form.changed.connect(self._tell)
        if kind:
            form.set_values(_kind_values(kind))
        self._tell()

    def _made(self, values: Mapping[str, Any]) -> Kind:
        starts, ends = map(kinds.read_time, (values["starts"], values["ends"]))
        post = values["post"]
        return Kind(
            values["code"].upper(),
            values["sign"],
            values["name"],
            starts,
            kinds.span_of(starts, ends),
            values["rest"] or 0,
            values["is_on_call"],
            None if post == OFF else int(post),
            self._kind.kind_id if self._kind else 0,
        )

    def _tell(self) -> None:
        """Say the working time as soon as both times are known."""
        values = self.form.values()
        try:
            starts, ends = (kinds.read_time(values[key] or "") for key in _TIMES)
        except kinds.BadTime:
            self.worked.setText(_("Type the times as 7:00 and 15:00."))
            return
        span = kinds.span_of(starts, ends)
        work = 0 if values["is_on_call"] else span - (values["rest"] or 0)
        text = _("{hours} of working time.")
        if starts + span > kinds.DAY:
            text = _("{hours} of working time; it ends on the next day.")
        if work > DAY_MINUTES:
            text = _(
                "{hours} of working time: more than 8 hours is overtime, unless the "
                "labour office has approved comprehensive hours."
            )
        if values["is_on_call"]:
            text = _("On call counts no working time.")
        self.worked.setText(text.format(hours=kinds.say_minutes(work)))


_TIMES = ("starts", "ends")


def _kind_form(board: Board) -> Form:
    form = Form(columns=2)
    form.add("name", TextField(_("Name of the shift"), most=12), blame=_NAMES)
    form.add("sign", TextField(_("Sign in the cell"), most=1), blame=(kinds.BadSign,))
    hint = _("The key that is pressed in the grid")
    form.add("code", TextField(_("Letter"), hint=hint, most=1), blame=_LETTERS)
    rest = NumberField(_("Break in minutes"), needed=False)
    form.add("rest", rest, blame=(kinds.BreakTooLong,))
    form.add("starts", TextField(_("Begins at"), check=kinds.read_time, most=5))
    form.add(
        "ends",
        TextField(_("Ends at"), check=kinds.read_time, most=5),
        blame=(kinds.DayTooLong,),
    )
    posts = {OFF: _("Anybody"), **{str(key): name for key, name in board.posts.items()}}
    post = ChoiceField(_("Who may work it"), posts)
    form.add("post", post, wide=True)
    sentence = _("On call at home: counts no working time")
    form.add("is_on_call", CheckField(_("On call"), sentence), wide=True)
    form.set_values({"post": OFF})
    return form


_NAMES = (kinds.NameLacks, kinds.NameTaken)
_LETTERS = (kinds.BadLetter, kinds.LetterTaken)


def _kind_values(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "sign": kind.sign,
        "code": kind.code,
        "rest": kind.rest or None,
        "starts": kinds.say_time(kind.starts),
        "ends": kinds.say_time(kind.starts + kind.span),
        "post": str(kind.post_id) if kind.post_id else OFF,
        "is_on_call": kind.is_on_call,
    }


class NeedDialog(DeedDialog):
    """Asks how many people a shift needs in a unit, from which day on."""

    def __init__(
        self, line: NeedLine, today: date, shifts: Shifts, jobs: Jobs, host: QWidget
    ) -> None:
        self._line = line
        unit = line.unit or _("Whole home")
        form = _need_form(line, today)
        title = _("{shift}, {unit}").format(shift=line.shift, unit=unit)
        super().__init__(
            title,
            form,
            _("Save"),
            jobs,
            lambda values: partial(shifts.set_need, self._made(values)),
            host,
            f"shift-need:{line.shift_id}:{line.unit_id}",
        )

    def _made(self, values: Mapping[str, Any]) -> Need:
        weight = values["under"]
        return Need(
            self._line.shift_id,
            self._line.unit_id,
            values["need"],
            values["most"],
            weight or None,
            values["over"] or 0,
            values["way"] == "computed",
            values["days"],
            values["starts"],
            int(values["skill"]) or None,
        )


def _need_form(line: NeedLine, today: date) -> Form:
    form = Form(columns=2)
    ways = {"typed": _("A fixed number")}
    if line.unit_id is not None:
        ways["computed"] = _("Computed from tonight's residents")
    way = ChoiceField(_("How it is found"), ways)
    form.add("way", way, wide=True, blame=(cover.NoUnit,))
    need = NumberField(_("People, or at least"))
    form.add("need", need, blame=(cover.OutOfRange,))
    most = NumberField(_("At most"), needed=False, hint=_("Empty: as many as wish"))
    form.add("most", most, blame=(cover.MostBelowNeed,))
    hint = _("Empty: fewer must never be")
    name = _("Points for each one missing")
    form.add("under", NumberField(name, needed=False, hint=hint))
    name = _("Points for each one too many")
    form.add("over", NumberField(name, needed=False))
    skills = {"0": _("Nobody in particular")}
    for level in range(5, 0, -1):
        skills[str(level)] = _("Level {level} or higher").format(level=level)
    form.add("skill", ChoiceField(_("At least one carer of"), skills))
    days = {code: _(name) for code, name in DAY_NAMES.items()}
    form.add("days", ChoiceField(_("On which days"), days))
    form.add("starts", DateField(_("Holds from"), today))
    held = line.need or Need(line.shift_id, line.unit_id, 0)
    form.set_values(
        {
            "way": "computed" if held.is_computed else "typed",
            "need": held.need,
            "most": held.most,
            "under": held.under,
            "over": held.over or None,
            "skill": str(held.skill or 0),
            "days": held.days,
            "starts": today.replace(day=1),
        }
    )
    return form


class RatioDialog(DeedDialog):
    """Asks how many residents of each ability level one carer of a shift has."""

    def __init__(
        self, line: NeedLine, today: date, shifts: Shifts, jobs: Jobs, host: QWidget
    ) -> None:
        form = Form(columns=2)
        for level in reversed(LEVELS):
            name = _(ABILITY_NAMES[level])
            field = NumberField(name, needed=False, check=cover.check_ratio)
            form.add(str(level), field)
        form.add("starts", DateField(_("Holds from"), today))
        for given in presets.ratios().values():
            form.add_widget(note(_say_given(given)))
        form.set_values(
            {str(level): line.ratios.get(level) for level in LEVELS}
            | {"starts": today.replace(day=1)}
        )
        super().__init__(
            _("Residents that one carer looks after: {shift}").format(shift=line.shift),
            form,
            _("Save"),
            jobs,
            lambda values: _ratios(shifts, line, values),
            host,
            f"cover-ratio:{line.shift_id}",
        )


def _ratios(shifts: Shifts, line: NeedLine, values: Mapping[str, Any]) -> partial[None]:
    residents = {level: values[str(level)] for level in LEVELS}
    return partial(shifts.set_ratios, line.shift_id, residents, values["starts"])


def _say_given(given: presets.Ratios) -> str:
    numbers = _(", ").join(
        _("{level} 1:{each}").format(level=_(ABILITY_NAMES[level]), each=each)
        for level, each in given.residents.items()
    )
    return _("Draft, not in force \u00b7 {document}: {numbers}. {note}").format(
        document=given.source.document, numbers=numbers, note=given.note
    )


class FloorsDialog(DeedDialog):
    """Asks whose residents a unit looks after."""

    def __init__(
        self, unit: UnitFloors, board: Board, shifts: Shifts, jobs: Jobs, host: QWidget
    ) -> None:
        form = Form()
        floors = {str(number): name for number, name in board.floors.items()}
        form.add("floors", SeveralField(_("Floors"), floors))
        form.add_widget(note(_("A floor that another unit had leaves that unit.")))
        form.set_values({"floors": tuple(str(one) for one in sorted(unit.floors))})
        super().__init__(
            _("Floors of {unit}").format(unit=unit.name),
            form,
            _("Save"),
            jobs,
            lambda values: partial(
                shifts.set_floors, unit.unit_id, [int(one) for one in values["floors"]]
            ),
            host,
            f"unit-floors:{unit.unit_id}",
        )


class DutyDialog(DeedDialog):
    """Offers duties with their shifts, people and source, to be switched on whole."""

    def __init__(self, shifts: Shifts, jobs: Jobs, host: QWidget) -> None:
        form = Form()
        duties = {code: duty.name for code, duty in presets.duties().items()}
        clashes = (PostLacks, kinds.LetterTaken, kinds.NameTaken)
        form.add("code", ChoiceField(_("Duty"), duties), blame=clashes)
        self.about = note("")
        form.add_widget(self.about)
        super().__init__(
            _("Switch on shifts of a duty"),
            form,
            _("Switch on"),
            jobs,
            lambda values: partial(shifts.switch_on, values["code"]),
            host,
            "shift-duty",
        )
        form.changed.connect(self._tell)
        form.set_values({"code": next(iter(duties))})
        self._tell()

    def _tell(self) -> None:
        duty = presets.duties().get(self.form.values()["code"] or "")
        if duty is None:
            return
        shifts = _(", ").join(
            f"{kind.name} {kinds.say_time(kind.starts)}\u2013"
            f"{kinds.say_time(kind.starts + kind.span)}"
            for kind in duty.kinds
        )
        text = _("{shifts}; {count} people each. {note} Source: {document}")
        self.about.setText(
            text.format(
                shifts=shifts,
                count=duty.need,
                note=duty.note,
                document=duty.source.document,
            )
        )
