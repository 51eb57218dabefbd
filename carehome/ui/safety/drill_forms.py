"""The forms of drills: what is planned, and how it went."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import _
from carehome.rules.safety import drills as rules
from carehome.rules.safety.drills import (
    ROLE_NAMES,
    VERDICT_NAMES,
    Drill,
    FloorTime,
    Lesson,
    RolePart,
    Scored,
)
from carehome.services.safety.drills import Cast
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    NoteField,
    NumberField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.safety.group_field import GroupField


def plan_form(cast: Cast, today: date) -> Form:
    """Return the form of a drill that is planned."""
    form = Form(columns=2)
    form.add("title", TextField(_("Title")), blame=(rules.TitleNeeded,))
    form.add("planned_on", DateField(_("Drill planned for"), today))
    form.add("place", TextField(_("Place"), needed=False))
    form.add("is_real", CheckField(_("Way"), _("Real exercise, not at the table")))
    form.add("is_night", CheckField(_("Scenario"), _("At night")))
    disabled = CheckField(_("Area"), _("With a unit of disabled people"))
    form.add("is_disabled_unit", disabled)
    _add_roles(form, cast)
    form.add("note", NoteField(_("Scenario in words")), wide=True)
    form.set_values({"is_real": True})
    return form


def fill_plan(form: Form, drill: Drill) -> None:
    """Show a drill in its form."""
    names = ("title", "planned_on", "place", "is_real", "is_night")
    values: dict[str, Any] = {name: getattr(drill, name) for name in names}
    values["is_disabled_unit"] = drill.is_disabled_unit
    form.set_values({**values, "note": drill.note, **_groups(drill)})


def planned(known: Drill, values: dict[str, Any]) -> Drill:
    """Return a drill as it stands in its form."""
    return replace(
        known,
        title=values["title"] or "",
        planned_on=values["planned_on"],
        place=values["place"] or "",
        is_real=bool(values["is_real"]),
        is_night=bool(values["is_night"]),
        is_disabled_unit=bool(values["is_disabled_unit"]),
        note=values["note"] or "",
        roles=_roles(values),
    )


def held_form(cast: Cast, sheet: Sequence[Scored], today: date) -> Form:
    """Return the form of how a drill went."""
    form = Form(columns=2)
    form.add("held_on", DateField(_("Held on"), today), blame=(rules.HeldInFuture,))
    began = TextField(_("Began at"), hint=_("Such as 14:30"), check=rules.check_time)
    form.add("held_at", began, blame=(rules.TimeWrong,))
    minutes = NumberField(_("Minutes in all"))
    form.add("minutes", minutes, blame=(rules.NoMinutes,))
    form.add("residents", NumberField(_("Residents taking part"), needed=False))
    _add_roles(form, cast, is_commanded=True)
    _add_floors(form, cast)
    if sheet:
        _add_sheet(form, sheet)
    hint = _("One lesson a line. What was not met is added by itself.")
    form.add("lessons", NoteField(_("What was learnt"), hint=hint), wide=True)
    return form


def fill_held(form: Form, drill: Drill) -> None:
    """Show what is known of how a drill went: its plan, or all that was recorded."""
    values: dict[str, Any] = {"held_on": drill.day, **_groups(drill)}
    if drill.held_on:
        values |= {"held_at": drill.held_at, "minutes": drill.minutes}
        values |= {"residents": drill.residents}
        values["lessons"] = "\n".join(rules.noted(drill))
    for floor in drill.floors:
        values[f"floor_{floor.floor_id}"] = rules.say_span(floor.seconds)
        values[f"out_{floor.floor_id}"] = floor.residents
    form.set_values(values)


def held(
    known: Drill, cast: Cast, sheet: Sequence[Scored], values: dict[str, Any]
) -> Drill:
    """Return a drill as it went."""
    floors = tuple(
        FloorTime(
            floor_id,
            rules.read_span(values[f"floor_{floor_id}"]),
            values[f"out_{floor_id}"] or 0,
            name,
        )
        for floor_id, name in cast.floors.items()
        if values[f"floor_{floor_id}"]
    )
    score = tuple(
        replace(line, verdict=values[f"line_{at}"], note=values[f"note_{at}"] or "")
        for at, line in enumerate(sheet)
    )
    return replace(
        known,
        held_on=values["held_on"],
        held_at=values["held_at"] or "",
        minutes=values["minutes"],
        residents=values["residents"] or 0,
        roles=_roles(values),
        floors=floors,
        score=score,
        lessons=tuple(map(Lesson, (values["lessons"] or "").splitlines())),
    )


def _add_floors(form: Form, cast: Cast) -> None:
    form.add_heading(_("Time until each floor was empty"))
    hint = _("Minutes and seconds, such as 6:35; empty = not part of it")
    for floor_id, name in cast.floors.items():
        span = TextField(name, needed=False, hint=hint, check=rules.read_span)
        form.add(f"floor_{floor_id}", span)
        out = NumberField(_("Residents brought out"), needed=False)
        form.add(f"out_{floor_id}", out)
        hint = ""  # said once


def _add_sheet(form: Form, sheet: Sequence[Scored]) -> None:
    """Ask for each line what was seen, its words above the answer."""
    form.add_heading(_("Score sheet"))
    verdicts = {code: _(name) for code, name in VERDICT_NAMES.items()}
    for at, line in enumerate(sheet):
        words = QLabel(line.text)
        words.setWordWrap(True)
        form.add_widget(words)
        seen = PickField(_("Line {number}").format(number=at + 1), verdicts)
        seen.input.setAccessibleName(line.text)
        form.add(f"line_{at}", seen)
        form.add(f"note_{at}", TextField(_("Remark"), needed=False, most=200))
        form.set_values({f"line_{at}": line.verdict, f"note_{at}": line.note})


def _add_roles(form: Form, cast: Cast, *, is_commanded: bool = False) -> None:
    form.add_heading(_("Who is in each group"))
    for role, name in ROLE_NAMES.items():
        needed = is_commanded and role == "command"
        field = GroupField(_(name), cast.people, needed=needed)
        form.add(f"role_{role}", field, blame=(rules.NobodyCommands,) if needed else ())


def _groups(drill: Drill) -> dict[str, tuple[int, ...]]:
    """Return who is in each group, by the name of its field."""
    return {
        f"role_{role}": tuple(p.staff_id for p in drill.roles if p.role == role)
        for role in ROLE_NAMES
    }


def _roles(values: dict[str, Any]) -> tuple[RolePart, ...]:
    return tuple(
        RolePart(role, staff_id)
        for role in ROLE_NAMES
        for staff_id in values[f"role_{role}"] or ()
    )
