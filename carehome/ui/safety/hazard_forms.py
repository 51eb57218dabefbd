"""The forms of hazards: each asks for what one deed needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import _, show_moment
from carehome.rules.days import Sense
from carehome.rules.enquiries import read_time
from carehome.rules.safety import hazards as rules
from carehome.rules.safety.hazards import (
    SEVERITY_NAMES,
    Hazard,
    HazardRules,
    NewHazard,
    Plan,
    Severity,
)
from carehome.ui.kit import theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    NoteField,
    NumberField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.pick import PickField
from carehome.ui.safety.photo_field import REFUSED, PhotosField
from carehome.ui.safety.place_field import PlaceField


@dataclass(frozen=True, slots=True)
class Asked:
    """What the forms know beforehand: people, places, deadlines, the moment."""

    people: Mapping[int, str]
    rules: HazardRules
    now: datetime
    places: Sequence[str] = ()


class NewForm(Form):
    """Asks what was found; says at once by when it is to be put right."""

    def __init__(self, asked: Asked, jobs: Jobs) -> None:
        super().__init__(columns=2)
        self._known = asked
        item = NoteField(_("What the hazard is"), needed=True, lines=2)
        self.add("item", item, wide=True, blame=(rules.ItemMissing,))
        hint = _("So that anybody finds it.")
        place = PlaceField(_("Place"), asked.places, hint=hint)
        self.add("place", place, blame=(rules.PlaceMissing,))
        basis = TextField(
            _("Basis"), needed=False, hint=_("The clause, if you know it.")
        )
        self.add("source", basis)
        severity = PickField(_("Severity"), severities())
        self.add("severity", severity, wide=True)
        works = _("Needs parts or a firm: more time")
        self.add("needs_work", CheckField(_("Works"), works), wide=True)
        self.add(
            "found_on",
            DateField(_("Found on"), asked.now.date(), sense=Sense.PAST),
            blame=(rules.FoundLater, rules.DueBeforeFound),
        )
        self.add("found_time", TextField(_("Time"), check=read_time, most=5))
        _add_person(self, asked.people)
        self.add("measure", NoteField(_("Measure to be taken"), lines=2), wide=True)
        photos = PhotosField(_("Photos of how it was found"), jobs)
        self.add("photos", photos, wide=True, blame=REFUSED)
        self.due = QLabel()
        self.due.setWordWrap(True)
        theme.mark(self.due, "strong")
        self.add_widget(self.due)
        self.set_values(
            {
                "severity": Severity.GENERAL,
                "found_on": asked.now.date(),
                "found_time": f"{asked.now:%H:%M}",
            }
        )
        severity.changed.connect(self._follow_severity)
        self.changed.connect(self._say_due)
        self._say_due()

    def hazard(self, values: Mapping[str, Any]) -> NewHazard:
        """Return what was typed as a hazard."""
        return NewHazard(
            values["item"],
            values["place"],
            Severity(values["severity"]),
            source=values["source"] or "",
            found_at=_moment(values["found_on"], values["found_time"], self._known.now),
            measure=values["measure"] or "",
            responsible_id=values["responsible_id"],
            responsible=values["responsible"] or "",
            needs_work=bool(values["needs_work"]),
        )

    def _follow_severity(self) -> None:
        is_general = self.values()["severity"] == Severity.GENERAL
        self.show_field("needs_work", is_general)

    def _say_due(self) -> None:
        values = self.values()
        day, typed = values["found_on"], values["found_time"]
        if values["severity"] is None or day is None or not typed:
            self.due.setText("")
            return
        due = rules.due(
            Severity(values["severity"]),
            _moment(day, typed, self._known.now),
            self._known.rules,
            needs_work=bool(values["needs_work"]),
        )
        text = _("To be put right by {moment}.")
        self.due.setText(text.format(moment=show_moment(due)))


class PlanForm(Form):
    """Asks for measure, person and deadline; what eases it asks for a reason."""

    def __init__(self, hazard: Hazard, asked: Asked) -> None:
        super().__init__(columns=2)
        self._now = asked.now
        plan = hazard.plan
        due_at = plan.due_at.astimezone()
        self.add("measure", NoteField(_("Measure to be taken"), lines=2), wide=True)
        _add_person(self, asked.people)
        field = PickField(_("Severity"), severities())
        self.add("severity", field, wide=True)
        day = DateField(_("Deadline"), asked.now.date(), sense=Sense.FUTURE)
        self.add("due_on", day, blame=(rules.DueBeforeFound,))
        self.add("due_time", TextField(_("Time"), check=read_time, most=5))
        why = NoteField(
            _("Reason"),
            lines=2,
            hint=_("Needed for a later deadline or a lower severity."),
        )
        self.add("reason", why, wide=True, blame=(rules.ReasonMissing,))
        self.set_values(
            {
                "measure": plan.measure,
                "responsible_id": plan.responsible_id,
                "responsible": "" if plan.responsible_id else plan.responsible,
                "severity": plan.severity,
                "due_on": due_at.date(),
                "due_time": f"{due_at:%H:%M}",
            }
        )

    def plan(self, values: Mapping[str, Any]) -> Plan:
        """Return what was typed as a plan."""
        return Plan(
            Severity(values["severity"]),
            values["measure"] or "",
            values["responsible_id"],
            values["responsible"] or "",
            _moment(values["due_on"], values["due_time"], self._now),
        )


class RectifyForm(Form):
    """Asks what was done, by whom, when, with a photo or why there is none."""

    def __init__(self, hazard: Hazard, now: datetime, jobs: Jobs) -> None:
        super().__init__(columns=2)
        self._now = now
        what = NoteField(_("What was done"), needed=True, lines=2)
        self.add("what", what, wide=True, blame=(rules.MeasureMissing,))
        hint = _("Whoever is named here cannot re-check it.")
        who = TextField(_("Put right by"), hint=hint)
        self.add("who", who, wide=True, blame=(rules.WhoMissing,))
        day = DateField(_("Put right on"), now.date(), sense=Sense.PAST)
        self.add("day", day, blame=(rules.RectifiedOutside,))
        self.add("time", TextField(_("Time"), check=read_time, most=5))
        photos = PhotosField(_("Photos of how it is now"), jobs)
        blame = (*REFUSED, rules.PictureMissing)
        self.add("photos", photos, wide=True, blame=blame)
        self.add("why_none", TextField(_("Why no photo"), needed=False), wide=True)
        photos.changed.connect(self._follow_photos)
        self.set_values(
            {
                "what": hazard.plan.measure,
                "who": hazard.plan.responsible,
                "day": now.date(),
                "time": f"{now:%H:%M}",
            }
        )

    def _follow_photos(self) -> None:
        """Ask why there is no photo only while there is none."""
        self.show_field("why_none", not self.fields["photos"].value())

    def at(self, values: Mapping[str, Any]) -> datetime:
        """Return the moment at which it was put right."""
        return _moment(values["day"], values["time"], self._now)


class LimitsForm(Form):
    """Asks how long hazards may stand in this home."""

    def __init__(self, now: HazardRules) -> None:
        super().__init__(columns=2)
        blame = (rules.BadLimit,)
        self.add("major_hours", NumberField(_("Hours for a major hazard")), blame=blame)
        self.add("high_days", NumberField(_("Days for a serious hazard")))
        self.add("general_days", NumberField(_("Days for a general hazard")))
        works = NumberField(_("Days when parts or a firm are needed"))
        self.add("work_days", works)
        self.add("warn_hours", NumberField(_("Hours of warning before")))
        note = QLabel(
            _(
                "No law fixes these deadlines: they are the home's own rule. They hold "
                "for what is found from now on."
            )
        )
        note.setWordWrap(True)
        theme.mark(note, "note")
        self.add_widget(note)
        names = HazardRules.__dataclass_fields__
        self.set_values({name: getattr(now, name) for name in names})


def checking(what: str, jobs: Jobs, *, needed: bool) -> Form:
    """Ask what was seen at a re-check, with photos."""
    form = Form()
    note = NoteField(what, needed=needed, lines=3)
    form.add("note", note, blame=(rules.WhyNotMissing,))
    form.add("photos", PhotosField(_("Photos"), jobs), blame=REFUSED)
    return form


def severities() -> dict[Severity, str]:
    """Return what a hazard may be, in words."""
    return {severity: _(name) for severity, name in SEVERITY_NAMES.items()}


def _add_person(form: Form, people: Mapping[int, str]) -> None:
    person = ChoiceField(_("Responsible"), dict(people), needed=False)
    person.input.setMinimumWidth(theme.px(160))  # room for what it says while empty
    form.add("responsible_id", person)
    hint = _("If it is nobody who works here.")
    other = TextField(_("Firm or other person"), needed=False, hint=hint)
    form.add("responsible", other)


def _moment(day: date, typed: str, now: datetime) -> datetime:
    """Return a day and a time of day as a moment at this place."""
    return datetime.combine(day, time.fromisoformat(read_time(typed)), now.tzinfo)
