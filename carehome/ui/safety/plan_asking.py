"""What is asked of a line of the plan, and of a place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from carehome.i18n import _
from carehome.rules.periods import DAY
from carehome.rules.rights import ROLE_NAMES, Role
from carehome.rules.safety import plan as rules
from carehome.rules.safety.forms import Form, Preset
from carehome.rules.safety.plan import RHYTHM_NAMES, Planned, Rhythm
from carehome.rules.safety.suggestions import Suggested
from carehome.services.safety.plan import (
    NoPlace,
    Place,
    PlaceNameless,
    PlaceNameTaken,
    PlanBoard,
    RoundPlans,
    StartsInThePast,
)
from carehome.ui.kit import forms
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NumberField, TextField
from carehome.ui.kit.several import SeveralField

WHOLE_SPANS = (Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.HALF_YEARLY, Rhythm.YEARLY)


@dataclass(frozen=True, slots=True)
class Standing:
    """Forms, places and plan as they stand, and what came with the program."""

    forms: tuple[Form, ...]
    board: PlanBoard
    presets: Mapping[str, Preset]

    def form_name(self, planned: Planned) -> str:
        """Return how the form of a line of the plan is called."""
        found = (form.name for form in self.forms if form.form_id == planned.form_id)
        return next(found, "")

    def place_name(self, planned: Planned) -> str:
        """Return how the place of a line of the plan is called."""
        places = self.board.places
        found = (each.name for each in places if each.place_id == planned.place_id)
        return next(found, "")

    def usual(self, form_id: int | None) -> Preset | None:
        """Return how a form that came with the program is meant to be used."""
        found = (form.preset for form in self.forms if form.form_id == form_id)
        return self.presets.get(next(found, None) or "")

    def free_places(self, form_id: int | None) -> dict[str, str]:
        """Return the places in use for which a form is not planned yet."""
        plan = self.board.plan
        taken = {p.place_id for p in plan if p.form_id == form_id and p.ends is None}
        free = (p for p in self.board.places if p.is_active)
        return {str(p.place_id): p.name for p in free if p.place_id not in taken}


def who(planned: Planned) -> str:
    """Say who goes round; words of a role that accounts have are translated."""
    if planned.role in set(Role):
        return _(ROLE_NAMES[Role(planned.role)])
    return planned.role


class PlanForm(forms.Form):
    """Asks where, how often and by whom a form is filled in.

    It asks only for what the chosen rhythm needs, and begins with what is usual.
    """

    def __init__(self, standing: Standing, today: date) -> None:
        super().__init__(columns=2)
        self._standing = standing
        offered = {f.form_id: f.name for f in standing.forms if f.is_active}
        self.form = self.add(
            "form_id",
            ChoiceField(_("Checklist"), offered),
            wide=True,
            blame=(rules.AlreadyPlanned,),
        )
        self.places = self.add(
            "places",
            SeveralField(_("Places for rounds"), standing.free_places(None)),
            wide=True,
            blame=(NoPlace,),
        )
        rhythms = {rhythm: _(name) for rhythm, name in RHYTHM_NAMES.items()}
        self.rhythm = self.add("rhythm", ChoiceField(_("Rhythm"), rhythms))
        hint = _("For example: the carer on duty. Empty: anybody.")
        role = TextField(_("By whom"), most=20, needed=False, hint=hint)
        self.add("role", role)
        self._add_times()
        self._add_days()
        hint = _("Rounds are due from this day on.")
        self.add("starts", DateField(_("From"), today, hint=hint), blame=_EARLY)
        self.set_values({"starts": today + DAY, "first_day": 1})
        self.form.changed.connect(self._take_usual)
        self.rhythm.changed.connect(self._ask_for_rhythm)
        self._ask_for_rhythm()

    def show_planned(self, planned: Planned) -> None:
        """Show a line of the plan that shall be another from tomorrow on."""
        self._fill(planned)
        for name in ("form_id", "places", "starts"):
            self.show_field(name, False)

    def show_suggested(self, suggested: Suggested) -> None:
        """Show what is suggested, so that it can be made otherwise."""
        self._fill(suggested.planned)
        names = tuple(spot.name for spot in suggested.spots)
        self.places.set_choices(dict(zip(names, names, strict=True)))
        self.places.set_value(names)
        for name in ("form_id", "starts"):
            self.show_field(name, False)

    def place_ids(self, values: Mapping[str, Any]) -> list[int]:
        """Return the places that were ticked."""
        return [int(key) for key in values["places"] or ()]

    def planned(
        self, values: Mapping[str, Any], like: Planned | None = None
    ) -> Planned:
        """Return the line that was asked for; where it goes is asked apart."""
        rhythm = Rhythm(values["rhythm"])
        key = "every_minutes" if rhythm is Rhythm.NIGHT else "every_days"
        return Planned(
            like.form_id if like else values["form_id"],
            like.place_id if like else 0,
            rhythm,
            like.starts if like else values["starts"],
            times=rules.read_times(values.get("times") or ""),
            window=values.get("window"),
            night_from=_clock(values.get("night_from")),
            night_to=_clock(values.get("night_to")),
            every=values.get(key),
            first_day=values.get("first_day") or 1,
            days=values.get("days"),
            role=values.get("role") or "",
        )

    def _add_times(self) -> None:
        hint = _("With spaces between: 08:30 15:00")
        times = TextField(_("Times"), most=120, hint=hint, check=rules.read_times)
        self.add("times", times, blame=(rules.BadTimes, rules.NoTimes))
        hint = _("So long after its time it still counts as made in time.")
        window = NumberField(_("May take, minutes"), hint=hint)
        self.add("window", window, blame=(rules.TimesOverlap,))
        for name, title in (
            ("night_from", _("Night begins")),
            ("night_to", _("Night ends")),
        ):
            self.add(name, TextField(title, most=5, check=rules.read_clock))
        self.blame("night_to", rules.BadNight)
        hint = _("At most 120 by GB/T 40248-2021.")
        every = NumberField(_("Every so many minutes"), hint=hint)
        self.add("every_minutes", every, blame=(rules.NightGapTooLong,))

    def _add_days(self) -> None:
        every = NumberField(_("Every so many days"))
        self.add("every_days", every, blame=(rules.BadEvery,))
        hint = _("1 is the first day of the week, month, half year or year.")
        self.add("first_day", NumberField(_("From day"), hint=hint))
        hint = _("Empty: until its end.")
        days = NumberField(_("For days"), needed=False, hint=hint)
        self.add("days", days, blame=(rules.BadSpan,))

    def _take_usual(self) -> None:
        form_id = self.form.value()
        free = self._standing.free_places(form_id)
        self.places.set_choices(free)
        self.places.set_hint("" if free else _("Every place has this round already."))
        if usual := self._standing.usual(form_id):
            like = Planned(0, 0, usual.often.rhythm, date.min, role=usual.where.who)
            self._fill(usual.often.planned(like))

    def _fill(self, planned: Planned) -> None:
        is_night = planned.rhythm is Rhythm.NIGHT
        self.set_values(
            {
                "rhythm": planned.rhythm,
                "times": rules.show_times(planned.times),
                "window": planned.window,
                "night_from": _shown(planned.night_from),
                "night_to": _shown(planned.night_to),
                "every_minutes": planned.every if is_night else None,
                "every_days": None if is_night else planned.every,
                "first_day": planned.first_day,
                "days": planned.days,
                "role": who(planned),
            }
        )
        self._ask_for_rhythm()

    def _ask_for_rhythm(self) -> None:
        rhythm = self.rhythm.value()
        is_long = rhythm in (*WHOLE_SPANS, Rhythm.EVERY_DAYS)
        for names, shown in (
            (("times", "window"), rhythm == Rhythm.DAILY),
            (("night_from", "night_to", "every_minutes"), rhythm == Rhythm.NIGHT),
            (("every_days",), rhythm == Rhythm.EVERY_DAYS),
            (("first_day",), rhythm in WHOLE_SPANS),
            (("days",), is_long),
        ):
            for name in names:
                self.show_field(name, shown)


_EARLY = (StartsInThePast,)


def plan_deed(
    plans: RoundPlans, form: PlanForm, old: Planned | None, values: Mapping[str, Any]
) -> "partial[Any]":
    """Return the call that puts lines into the plan, or changes one."""
    planned = form.planned(values, old)
    if old is None or old.plan_id is None:
        return partial(plans.add_at, planned, form.place_ids(values))
    return partial(plans.change, old.plan_id, planned)


def place_form(place: Place, floors: tuple[tuple[int, str], ...]) -> forms.Form:
    """Ask what a place is called, and on which floor it lies."""
    form = forms.Form()
    hint = _("For example: third floor east, kitchen, control room.")
    name = TextField(_("Name of the place"), most=40, hint=hint)
    form.add("name", name, blame=(PlaceNameless, PlaceNameTaken))
    floor = ChoiceField(_("Floor"), dict(floors), needed=False, empty=_("None"))
    form.add("floor_id", floor)
    form.set_values({"name": place.name, "floor_id": place.floor_id})
    return form


def place_deed(
    plans: RoundPlans, place: Place, values: Mapping[str, Any]
) -> "partial[int]":
    """Return the call that keeps a place."""
    new = replace(place, name=values["name"] or "", floor_id=values["floor_id"])
    return partial(plans.save_place, new)


def _clock(text: str | None) -> int | None:
    return rules.read_clock(text) if text else None


def _shown(minute: int | None) -> str:
    return "" if minute is None else rules.clock(minute)
