"""The forms of enquiries: a call in one line, all of it, a visit, a place."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from carehome.i18n import _
from carehome.rules import enquiries as rules
from carehome.rules.days import Sense
from carehome.rules.phones import BadPhone
from carehome.rules.residents import (
    ABILITY_NAMES,
    SEX_NAMES,
    NotComeYet,
    check_happened,
)
from carehome.services.enquiries import Enquiry, Visit
from carehome.services.residents.stays import LivesHere
from carehome.services.waiting import Application
from carehome.services.waiting.entries import UrgentReasonMissing, WaitsAlready
from carehome.ui.enquiries.hand import Choices
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    MoneyField,
    NoteField,
    NumberField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.several import SeveralField
from carehome.ui.parts.person_form import PersonForm
from carehome.ui.parts.phone_field import PhoneField

NAMED = (rules.NobodyNamed, BadPhone)


class CallForm(Form):
    """A call with the phone at the ear: a number or a name is enough."""

    def __init__(self, today: date) -> None:
        super().__init__(columns=2)
        self.phone = self.add("phone", PhoneField(_("Phone")), blame=NAMED)
        self.caller = self.add("caller", _text(_("Who asks")))
        self.name = self.add("name", _text(_("Enquiry for")))
        self.relation = self.add(
            "relation", _text(_("Relation"), _("Such as daughter"))
        )
        self.add("asked", _text(_("What they ask"), most=300), wide=True)
        self.next_on = self.add("next_on", _day(_("Call back on"), today))
        self.offer("caller")


class EnquiryForm(Form):
    """All that an enquiry may tell."""

    def __init__(self, today: date, choices: Choices) -> None:
        super().__init__(columns=2)
        self.add("phone", PhoneField(_("Phone")), blame=NAMED)
        self.add("caller", _text(_("Who asks")))
        self.add("relation", _text(_("Relation"), _("Such as daughter")))
        channels = {code: _(word) for code, word in rules.CHANNEL_NAMES.items()}
        self.add("channel", ChoiceField(_("How they asked"), channels))
        asked_on = DateField(_("Asked on"), today, sense=Sense.PAST)
        self.add("asked_on", asked_on, blame=(NotComeYet,))
        self.add("name", _text(_("Enquiry for")))
        sexes = {code: _(word) for code, word in SEX_NAMES.items()}
        self.add("sex", ChoiceField(_("Sex"), sexes, needed=False))
        age = NumberField(_("Age"), needed=False, check=rules.check_age)
        self.add("age", age, blame=(rules.BadAge,))
        levels = {level: _(word) for level, word in ABILITY_NAMES.items()}
        ability = ChoiceField(_("Ability as told"), levels, needed=False)
        self.add("ability_level", ability)
        self.add("has_dementia", CheckField(_("Dementia"), _("Is said to have it")))
        self.add(
            "categories",
            SeveralField(_("Resident category"), choices.categories, columns=4),
            wide=True,
        )
        classes = ChoiceField(_("Bed class wished"), choices.classes, needed=False)
        self.add("bed_class", classes)
        nursing = CheckField(_("Nursing bed"), _("Needs a nursing bed"))
        self.add("wants_nursing_bed", nursing)
        self.add("budget_fen", MoneyField(_("Budget a month"), needed=False))
        self.add("wanted_from", _day(_("Wanted from"), today))
        self.add("asked", NoteField(_("What they ask"), lines=2), wide=True)
        self.add("answered", NoteField(_("What they were told"), lines=2), wide=True)

    def fill(self, enquiry: Enquiry) -> None:
        """Show what is known already."""
        told = {name: getattr(enquiry, name) for name in self.fields}
        told["sex"] = enquiry.sex or None
        told["bed_class"] = enquiry.bed_class or None
        self.set_values(told)


class NextForm(Form):
    """What was talked about, and what comes next."""

    def __init__(self, today: date, enquiry: Enquiry) -> None:
        super().__init__()
        note = NoteField(_("What was talked about"), needed=True, lines=3)
        self.add("text", note, blame=(rules.NoteMissing,))
        self.add("next_step", _text(_("Next step")))
        self.add("next_on", _day(_("Next on"), today))
        self.add("next_by", _text(_("Who does it")))
        self.set_values({"next_step": enquiry.next_step, "next_by": enquiry.next_by})


class VisitForm(Form):
    """When somebody comes to look at the home, and who shows them round."""

    def __init__(self, today: date, visit: Visit | None = None) -> None:
        super().__init__()
        day = DateField(_("Day"), today, sense=Sense.FUTURE)
        self.add("planned_on", day, blame=(rules.VisitThere,))
        at = TextField(_("Time"), hint=_("Such as 14:30 or 9"), check=_check_time)
        self.add("at", at, blame=(rules.BadTime,))
        self.add("guide", _text(_("Shown round by")))
        if visit:
            self.set_values(
                {"planned_on": visit.planned_on, "at": visit.at, "guide": visit.guide}
            )


class ReceptionForm(Form):
    """How a visit was."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.add(
            "impression", NoteField(_("Impression"), lines=2), blame=(rules.NotCome,)
        )
        self.add("questions", NoteField(_("Questions"), lines=2))
        self.set_values({"impression": visit.impression, "questions": visit.questions})


class PlaceForm(PersonForm):
    """Who wants a place, and, for the waiting list, which one since when."""

    def __init__(
        self, today: date, choices: Choices, jobs: Jobs, waits: bool = True
    ) -> None:
        super().__init__(today, choices.categories, jobs)
        for name in ("address", "phone", "note"):
            self.show_field(name, False)
        self.blame("name", LivesHere, WaitsAlready)
        if waits:
            self._add_wishes(today, choices)

    def _add_wishes(self, today: date, choices: Choices) -> None:
        self.add_heading(_("What they wait for"))
        add_wishes(self, today, choices)


def add_wishes(form: Form, today: date, choices: Choices) -> None:
    """Add the fields of an application to a form."""
    happened = partial(check_happened, today=today)
    applied = DateField(_("Applied on"), today, check=happened, sense=Sense.PAST)
    form.add("applied_on", applied)
    form.add("proof", _text(_("Proof seen"), _("Such as the certificate of hardship")))
    classes = ChoiceField(_("Bed class wished"), choices.classes, needed=False)
    form.add("bed_class", classes)
    form.add("unit", ChoiceField(_("Care unit"), choices.units, needed=False))
    form.add(
        "wants_nursing_bed", CheckField(_("Nursing bed"), _("Needs a nursing bed"))
    )
    form.add("is_urgent", CheckField(_("Urgent"), _("Mark as urgent")))
    reason = _text(_("Why it is urgent"), most=200)
    form.add("urgent_reason", reason, blame=(UrgentReasonMissing,))
    form.add("wish_note", _text(_("Remarks"), most=300), wide=True)


def fill_wishes(form: Form, application: Application) -> None:
    """Show what somebody waits for."""
    form.set_values(
        {
            "applied_on": application.applied_on,
            "proof": application.proof,
            "bed_class": application.bed_class or None,
            "unit": application.unit or None,
            "wants_nursing_bed": application.wants_nursing_bed,
            "is_urgent": application.is_urgent,
            "urgent_reason": application.urgent_reason,
            "wish_note": application.note,
        }
    )


def application_from(values: Mapping[str, Any]) -> Application:
    """Return the application that is typed."""
    return Application(
        values["applied_on"],
        values["bed_class"] or "",
        bool(values["wants_nursing_bed"]),
        values["unit"] or "",
        values["proof"] or "",
        bool(values["is_urgent"]),
        values["urgent_reason"] or "",
        values["wish_note"] or "",
    )


def enquiry_from(values: Mapping[str, Any], before: Enquiry) -> Enquiry:
    """Return the enquiry that is typed; what was not asked stays as before."""
    told = {name: getattr(before, name) for name in Enquiry.__dataclass_fields__}
    for name, value in values.items():
        told[name] = value if value is not None else _NOTHING.get(name, "")
    return Enquiry(**told)


_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("age", "ability_level", "budget_fen", "wanted_from", "next_on")),
    "has_dementia": False,
    "wants_nursing_bed": False,
    "categories": (),
}


def _text(name: str, hint: str = "", most: int = 60) -> TextField:
    return TextField(name, needed=False, hint=hint, most=most)


def _day(name: str, today: date) -> DateField:
    return DateField(name, today, needed=False, sense=Sense.FUTURE)


def _check_time(typed: str) -> None:
    rules.read_time(typed)
