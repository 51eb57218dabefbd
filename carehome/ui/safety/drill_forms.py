"""The forms of drills: what is planned, and how it went."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

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
    Verdict,
)
from carehome.services.safety.drills import Cast
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    NoteField,
    NumberField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField


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
    leading = {f"role_{part.role}": part.staff_id for part in drill.roles}
    form.set_values({**values, "note": drill.note, **leading})


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
    form.add_heading(_("Time until each floor was empty"))
    for floor_id, name in cast.floors.items():
        hint = _("Minutes and seconds, such as 6:35; empty = not part of it")
        span = TextField(name, needed=False, hint=hint, check=rules.read_span)
        form.add(f"floor_{floor_id}", span)
    if sheet:
        form.add_heading(_("Score sheet"))
    verdicts = {code: _(name) for code, name in VERDICT_NAMES.items()}
    for at, line in enumerate(sheet):
        form.add(f"line_{at}", PickField(line.text, verdicts), wide=True)
        form.set_values({f"line_{at}": Verdict.NOT_SEEN})
    hint = _("One lesson a line. What was not met is added by itself.")
    form.add("lessons", NoteField(_("What was learnt"), hint=hint), wide=True)
    return form


def fill_held(form: Form, drill: Drill) -> None:
    """Show what the plan already says of how a drill goes."""
    values = {f"role_{part.role}": part.staff_id for part in drill.roles}
    form.set_values({"held_on": drill.planned_on, **values})


def held(
    known: Drill, cast: Cast, sheet: Sequence[Scored], values: dict[str, Any]
) -> Drill:
    """Return a drill as it went."""
    floors = tuple(
        FloorTime(floor_id, rules.read_span(values[f"floor_{floor_id}"]), 0, name)
        for floor_id, name in cast.floors.items()
        if values[f"floor_{floor_id}"]
    )
    score = tuple(
        replace(line, verdict=values[f"line_{at}"]) for at, line in enumerate(sheet)
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


def _add_roles(form: Form, cast: Cast, *, is_commanded: bool = False) -> None:
    form.add_heading(_("Who leads each group"))
    for role, name in ROLE_NAMES.items():
        needed = is_commanded and role == "command"
        field = ChoiceField(_(name), cast.people, needed=needed)
        if needed:
            form.add(f"role_{role}", field, blame=(rules.NobodyCommands,))
        else:
            form.add(f"role_{role}", field)


def _roles(values: dict[str, Any]) -> tuple[RolePart, ...]:
    return tuple(
        RolePart(role, values[f"role_{role}"])
        for role in ROLE_NAMES
        if values[f"role_{role}"]
    )
