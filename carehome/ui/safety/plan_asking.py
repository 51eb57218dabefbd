"""What is asked of a line of the plan, of a place, and of one item of a checklist."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from carehome.i18n import _
from carehome.rules.periods import DAY
from carehome.rules.rights import ROLE_NAMES
from carehome.rules.safety import plan as rules
from carehome.rules.safety.forms import (
    KIND_NAMES,
    SURENESS_NAMES,
    WEIGHT_NAMES,
    Form,
    FormItem,
    FormKind,
    FormNameless,
    FormNameTaken,
    ItemWithoutText,
    Often,
    Sureness,
    Weight,
)
from carehome.rules.safety.hazards import SEVERITY_NAMES, Severity
from carehome.rules.safety.plan import RHYTHM_NAMES, Planned, Rhythm
from carehome.services.safety.plan import (
    Place,
    PlaceNameless,
    PlaceNameTaken,
    PlanBoard,
    RoundPlans,
    StartsInThePast,
)
from carehome.ui.kit import forms
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    NoteField,
    NumberField,
    TextField,
)

WHOLE_SPANS = (Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.HALF_YEARLY, Rhythm.YEARLY)


@dataclass(frozen=True, slots=True)
class Standing:
    """Forms, places and plan as they stand, and how often each form is meant."""

    forms: tuple[Form, ...]
    board: PlanBoard
    often: Mapping[str, Often]

    def form_name(self, planned: Planned) -> str:
        """Return how the form of a line of the plan is called."""
        found = (form.name for form in self.forms if form.form_id == planned.form_id)
        return next(found, "")

    def place_name(self, planned: Planned) -> str:
        """Return how the place of a line of the plan is called."""
        places = self.board.places
        found = (each.name for each in places if each.place_id == planned.place_id)
        return next(found, "")

    def usual(self, form_id: int | None) -> Often | None:
        """Return how often a form that came with the program is meant."""
        found = (form.preset for form in self.forms if form.form_id == form_id)
        return self.often.get(next(found, None) or "")


class PlanForm(forms.Form):
    """Asks where, how often and by whom a form is filled in.

    It asks only for what the chosen rhythm needs, and begins with what is usual.
    """

    def __init__(self, standing: Standing, today: date) -> None:
        super().__init__(columns=2)
        self._standing = standing
        offered = {f.form_id: f.name for f in standing.forms if f.is_active}
        places = {p.place_id: p.name for p in standing.board.places if p.is_active}
        self.form = self.add(
            "form_id",
            ChoiceField(_("Checklist"), offered),
            blame=(rules.AlreadyPlanned,),
        )
        self.add("place_id", ChoiceField(_("Place for rounds"), places))
        rhythms = {rhythm: _(name) for rhythm, name in RHYTHM_NAMES.items()}
        self.rhythm = self.add("rhythm", ChoiceField(_("Rhythm"), rhythms))
        roles = {role.value: _(name) for role, name in ROLE_NAMES.items()}
        who = ChoiceField(_("By whom"), roles, needed=False, empty=_("Anybody"))
        self.add("role", who)
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
        for name in ("form_id", "place_id", "starts"):
            self.show_field(name, False)

    def planned(
        self, values: Mapping[str, Any], like: Planned | None = None
    ) -> Planned:
        """Return the line that was asked for."""
        rhythm = Rhythm(values["rhythm"])
        key = "every_minutes" if rhythm is Rhythm.NIGHT else "every_days"
        return Planned(
            like.form_id if like else values["form_id"],
            like.place_id if like else values["place_id"],
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
        if usual := self._standing.usual(self.form.value()):
            self._fill(usual.planned(Planned(0, 0, usual.rhythm, date.min)))

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
            }
        )
        if planned.role:
            self.set_values({"role": planned.role})
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
) -> "partial[int]":
    """Return the call that puts a line into the plan, or changes one."""
    planned = form.planned(values, old)
    if old is None or old.plan_id is None:
        return partial(plans.add, planned)
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


def head_form(form: Form) -> forms.Form:
    """Ask what a checklist is called, what it is for, and where it stands."""
    asked = forms.Form()
    name = TextField(_("Name of the checklist"), most=60)
    asked.add("name", name, blame=(FormNameless, FormNameTaken))
    kinds = {kind: _(words) for kind, words in KIND_NAMES.items()}
    asked.add("kind", ChoiceField(_("What it is for"), kinds))
    asked.add("edition", TextField(_("Edition"), most=60, needed=False))
    asked.add("source", NoteField(_("Source"), lines=2))
    for key in asked.fields:
        asked.set_values({key: getattr(form, key)})
    return asked


def with_head(form: Form, values: Mapping[str, Any]) -> Form:
    """Return a checklist under another head."""
    return replace(
        form,
        name=values["name"] or "",
        kind=FormKind(values["kind"]),
        edition=values["edition"] or "",
        source=values["source"] or "",
    )


def item_form(item: FormItem, sections: tuple[str, ...]) -> forms.Form:
    """Ask all that one item of a checklist says."""
    form = forms.Form(columns=2)
    looked = NoteField(_("What is looked at"), needed=True, lines=2)
    form.add("text", looked, wide=True, blame=(ItemWithoutText,))
    hint = _("So far: {names}").format(names=_(", ").join(sections)) if sections else ""
    section = TextField(_("Section"), most=40, needed=False, hint=hint)
    form.add("section", section, wide=True)
    form.add("method", NoteField(_("How it is looked at"), lines=2), wide=True)
    form.add("fails", NoteField(_("What fails it"), lines=2), wide=True)
    severities = {each: _(name) for each, name in SEVERITY_NAMES.items()}
    form.add("severity", ChoiceField(_("Hazard if it fails"), severities))
    weights = {each: _(name) for each, name in WEIGHT_NAMES.items()}
    form.add("weight", ChoiceField(_("How much it binds"), weights))
    hint = _("Empty: it passes or fails.")
    form.add("points", NumberField(_("Full mark"), needed=False, hint=hint))
    picture = CheckField(_("Picture"), _("Needs a picture when it fails"))
    form.add("needs_picture", picture)
    source = TextField(_("Source"), most=120, needed=False)
    form.add("source", source, wide=True)
    sure = {each: _(name) for each, name in SURENESS_NAMES.items()}
    form.add("sureness", ChoiceField(_("How sure the source is"), sure))
    form.set_values({name: getattr(item, name) for name in form.fields})
    return form


def with_values(item: FormItem, values: Mapping[str, Any]) -> FormItem:
    """Return an item as it was asked for."""
    return replace(
        item,
        text=values["text"] or "",
        section=values["section"] or "",
        method=values["method"] or "",
        fails=values["fails"] or "",
        source=values["source"] or "",
        severity=Severity(values["severity"]),
        weight=Weight(values["weight"]),
        sureness=Sureness(values["sureness"]),
        points=values["points"],
        needs_picture=bool(values["needs_picture"]),
    )


def _clock(text: str | None) -> int | None:
    return rules.read_clock(text) if text else None


def _shown(minute: int | None) -> str:
    return "" if minute is None else rules.clock(minute)
