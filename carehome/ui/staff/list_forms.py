"""What is asked of one entry of the lists behind the staff files."""

from collections.abc import Iterable
from typing import Any

from carehome.i18n import _
from carehome.rules.certificates import Kind
from carehome.rules.home import NameMissing
from carehome.rules.staff import Post
from carehome.rules.training import Subject
from carehome.services.staff.lists import (
    MonthsOutOfRange,
    NameTaken,
    RenewalOutOfRange,
    StaffRules,
    WarningsUnordered,
    WeeksOutOfRange,
)
from carehome.ui.kit.fields import CheckField, ChoiceField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.several import SeveralField

NAMES = (NameMissing, NameTaken)


def post(entry: Post, kinds: Iterable[Kind]) -> Form:
    """Ask what a post is called and which certificates it asks for."""
    form = _named(_("Name of the post"))
    care = CheckField(_("Kind of work"), _("Front-line care"))
    form.add("is_care", care)
    offered = {
        str(kind.kind_id): kind.name
        for kind in kinds
        if kind.is_active or kind.kind_id in entry.needs
    }
    needs = SeveralField(_("Certificates that it asks for"), offered, columns=2)
    form.add("needs", needs)
    return _finished(form, entry, needs=tuple(map(str, sorted(entry.needs))))


def kind(entry: Kind) -> Form:
    """Ask how long a kind of certificate holds, and when it is renewed."""
    form = _named(_("Name of this kind"))
    hint = _("Empty: it holds without end.")
    months = NumberField(_("Holds for months"), needed=False, hint=hint)
    form.add("months", months, blame=(MonthsOutOfRange,))
    hint = _("So long before its last day the renewal is to be applied for.")
    renewal = NumberField(_("Apply days before"), needed=False, hint=hint)
    form.add("renew_days", renewal, blame=(RenewalOutOfRange,))
    return _finished(form, entry, renew_days=entry.renew_days or None)


def subject(entry: Subject) -> Form:
    """Ask how much of a subject everybody has to be trained in."""
    form = _named(_("Name of the subject"))
    hint = _("60 is one hour.")
    minutes = NumberField(_("Minutes a year"), needed=False, hint=hint)
    form.add("minutes_needed", minutes)
    form.add(
        "is_for_care", CheckField(_("Who is trained"), _("Only for front-line care"))
    )
    return _finished(form, entry, minutes_needed=entry.minutes_needed or None)


def warnings(rules: StaffRules) -> Form:
    """Ask how long before an end it is told, and when protection begins."""
    form = Form(columns=3)
    for name, title in (
        ("warn_far", _("First, days before")),
        ("warn_middle", _("Again, days before")),
        ("warn_near", _("Urgently, days before")),
    ):
        form.add(name, NumberField(title))
    form.blame("warn_far", WarningsUnordered)
    hint = _("No nights and no overtime from then on; the law says the 7th month.")
    weeks = NumberField(_("Protected from week"), hint=hint)
    form.add("expecting_weeks", weeks, wide=True, blame=(WeeksOutOfRange,))
    begins = {
        "policy": _("The day on which the policy began"),
        "hire": _("The day on which somebody began here"),
    }
    field = ChoiceField(_("Transition of the post allowance counts from"), begins)
    form.add("transition_from", field, wide=True)
    form.set_values({name: getattr(rules, name) for name in form.fields})
    return form


def _named(name: str) -> Form:
    form = Form()
    form.add("name", TextField(name, most=40), blame=NAMES)
    return form


def _finished(form: Form, entry: Post | Kind | Subject, **shown: Any) -> Form:
    """End a form with whether the entry is in use, and fill it with `entry`."""
    sentence = _("Offered in new records")
    form.add("is_active", CheckField(_("In use"), sentence))
    held = {name: getattr(entry, name) for name in form.fields}
    form.set_values({**held, **shown})
    return form
