"""The fields that ask who agreed to a nursing grade, when, and how."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.grades import CONSENT_NAMES, ConsentUnnamed
from carehome.rules.home import NameMissing
from carehome.rules.residents import CONTACT_ROLE_NAMES, NotComeYet, check_happened
from carehome.services.residents import Contact, ResidentFile
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField
from carehome.ui.kit.forms import Form


def add_consent(
    form: Form, file: ResidentFile, today: date, *, needed: bool
) -> Callable[[], None]:
    """Add the fields to a form; how and when are asked once somebody is chosen.

    Returned is what shows and hides them, to be called when the form has changed.
    """
    by = ChoiceField(
        _("Agreed to by"),
        _people(file),
        needed=needed,
        hint=_("The resident or a contact; add who is missing under Basics first."),
        empty=_("Nobody yet"),
    )
    form.add("consent_by", by, blame=(NameMissing, ConsentUnnamed, NotComeYet))
    check = partial(check_happened, today=today)
    on = DateField(_("Agreed on"), today, needed=False, check=check, sense=Sense.PAST)
    form.add("consent_on", on)
    ways = {code: _(name) for code, name in CONSENT_NAMES.items()}
    form.add("consent_how", ChoiceField(_("How"), ways, needed=False))
    on.set_value(today)
    form.fields["consent_how"].set_value("paper")

    def follow() -> None:
        given = bool(by.value())
        for name in ("consent_on", "consent_how"):
            form.show_field(name, given)
            form.fields[name].set_needed(given)

    by.changed.connect(follow)
    follow()
    return follow


def consent_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return the consent among the values of a form, empty without anybody."""
    if not values["consent_by"]:
        return {"consent_by": "", "consent_on": None, "consent_how": ""}
    names = ("consent_by", "consent_on", "consent_how")
    return {name: values[name] for name in names}


def _people(file: ResidentFile) -> dict[str, str]:
    """Offer the resident and the contacts, first those who sign."""
    own = file.person.name
    offered = {own: _("{name} (the resident)").format(name=own)}
    for contact in _in_order(file.contacts):
        what = contact.relation or _(CONTACT_ROLE_NAMES[contact.role])
        offered[contact.name] = _("{name} ({what})").format(
            name=contact.name, what=what
        )
    return offered


def _in_order(contacts: Iterable[Contact]) -> list[Contact]:
    return sorted(contacts, key=lambda contact: not contact.signs)
