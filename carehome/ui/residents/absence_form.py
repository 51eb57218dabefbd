"""What is asked of an absence: leave or hospital, since when, where, with whom."""

from datetime import date
from functools import partial

from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.phones import BadPhone
from carehome.rules.residents import (
    ABSENCE_NAMES,
    AbsencesOverlap,
    NotComeYet,
    NotHere,
    ReturnTooEarly,
    StillAway,
    check_happened,
)
from carehome.services.residents.stays import Whereabouts
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.phone_field import PhoneField

# What may be wrong with the day on which somebody left.
AWAY = (NotComeYet, NotHere, StillAway, AbsencesOverlap)


class AbsenceForm(Form):
    """Since when somebody is away and where; of a hospital the ward as well."""

    def __init__(self, today: date) -> None:
        super().__init__(columns=2)
        kinds = {code: _(name) for code, name in ABSENCE_NAMES.items()}
        self.kind = self.add("kind", ChoiceField(_("Kind"), kinds), wide=True)
        self.add("left_on", past_day(_("Away since"), today), blame=AWAY)
        expected = DateField(_("Expected on"), today, needed=False, sense=Sense.FUTURE)
        self.add("expected_on", expected, blame=(ReturnTooEarly,))
        self.add("place", TextField(_("Hospital or place"), needed=False))
        self.add("ward", TextField(_("Ward"), needed=False, most=40))
        hint = _("Who takes the person along, or stays at the hospital.")
        self.add("escort", TextField(_("Accompanied by"), needed=False, hint=hint))
        phone = PhoneField(_("Phone of that person"))
        self.add("phone", phone, blame=(BadPhone,))
        self.add("note", NoteField(_("Note"), lines=2), wide=True)
        self.kind.changed.connect(self._follow)
        self._follow()

    def whereabouts(self) -> Whereabouts:
        """Return where somebody is, and with whom."""
        values = self.values()
        return Whereabouts(
            values["place"] or "",
            values.get("ward") or "",
            values["escort"] or "",
            values["phone"] or "",
        )

    def _follow(self) -> None:
        """Ask for the ward of a hospital only."""
        is_hospital = self.kind.value() == "hospital"
        self.show_field("ward", is_hospital)


def past_day(
    name: str, today: date, *, needed: bool = True, hint: str = ""
) -> DateField:
    """Return a field for the day of something that has happened."""
    check = partial(check_happened, today=today)
    return DateField(
        name, today, needed=needed, hint=hint, check=check, sense=Sense.PAST
    )
