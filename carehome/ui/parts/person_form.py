"""The form in which a person is written down: at admission and ever after."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from carehome.errors import Refusal
from carehome.i18n import _, show_day
from carehome.rules import identity
from carehome.rules.days import Sense
from carehome.rules.divisions import place_of
from carehome.rules.home import NameMissing
from carehome.rules.phones import BadPhone
from carehome.rules.residents import (
    ABILITY_NAMES,
    DISABILITY_NAMES,
    SEX_NAMES,
    NotComeYet,
    check_happened,
)
from carehome.services.residents import AlreadyKnown, Person
from carehome.services.residents.people import (
    BirthMismatch,
    LevelAssessed,
    SexMismatch,
)
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    IdField,
    NoteField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.several import SeveralField
from carehome.ui.parts.address_field import AddressField
from carehome.ui.parts.phone_field import PhoneField

_HEALTH = (
    *("dementia_on", "dementia_by", "dementia_source"),
    *("disability_grade", "disability_kind"),
)


class PersonForm(Form):
    """Who somebody is; a whole identity number fills in sex and birthday.

    The number of a passport or pass is taken as well and fills in nothing.
    """

    def __init__(self, today: date, categories: Mapping[str, str], jobs: Jobs) -> None:
        super().__init__(columns=2)
        self._today = today
        check = partial(identity.read_any, today=today)
        levels = {level: _(word) for level, word in ABILITY_NAMES.items()}
        self.name = self.add("name", TextField(_("Name")), blame=(NameMissing,))
        self.number = self.add(
            "id_number",
            IdField(_("ID number"), needed=False, check=check),
            blame=(identity.BadIdentity, AlreadyKnown),
        )
        self.offer("id_number")  # it fills in sex and birthday
        sexes = {code: _(word) for code, word in SEX_NAMES.items()}
        sex = ChoiceField(_("Sex"), sexes)
        self.sex = self.add("sex", sex, blame=(SexMismatch,))
        happened = partial(check_happened, today=today)
        born = DateField(
            _("Born on"), today, needed=False, check=happened, sense=Sense.PAST
        )
        self.born = self.add("born", born, blame=(BirthMismatch,))
        self.phone = self.add("phone", PhoneField(_("Phone")), blame=(BadPhone,))
        self.ability = self.add(
            "ability",
            ChoiceField(_("Ability level"), levels, needed=False),
            blame=(LevelAssessed,),
        )
        self.address = self.add("address", AddressField(_("Address"), jobs), wide=True)
        self.dementia = self.add(
            "dementia", CheckField(_("Dementia"), _("Has been diagnosed"))
        )
        grades = {grade: _(name) for grade, name in DISABILITY_NAMES.items()}
        self.disability = self.add(
            "disability_grade",
            ChoiceField(_("Disability grade"), grades, needed=False),
        )
        told = DateField(
            _("Diagnosed on"), today, needed=False, check=happened, sense=Sense.PAST
        )
        self.add("dementia_on", told, blame=(NotComeYet,))
        doctor = TextField(_("Diagnosed by"), needed=False, most=40)
        self.add("dementia_by", doctor)
        source = TextField(_("Source of the diagnosis"), needed=False, most=80)
        self.add("dementia_source", source)
        kind = TextField(_("Kind of disability"), needed=False, most=40)
        self.add("disability_kind", kind)
        self.categories = self.add(
            "categories",
            SeveralField(_("Resident category"), categories, columns=4),
            wide=True,
        )
        self.note = self.add("note", NoteField(_("Note"), lines=2), wide=True)
        self.number.input.textChanged.connect(self._read_number)
        self.number.input.editingFinished.connect(self._say_foreign)
        self.dementia.changed.connect(self._follow)
        self.disability.changed.connect(self._follow)
        self._follow()

    def fill(self, person: Person, identity: str, categories: tuple[str, ...]) -> None:
        """Show somebody who is known; the identity number comes masked."""
        self.set_values(
            {
                "name": person.name,
                "sex": person.sex,
                "born": person.born,
                "phone": person.phone,
                "ability": person.ability_level,
                "address": person.address,
                "dementia": person.has_dementia,
                "categories": categories,
                "note": person.note,
                **{name: getattr(person, name) for name in _HEALTH},
            }
        )
        self._follow()
        if identity:
            self.number.set_masked(identity)

    def person(self) -> Person:
        """Return what is typed."""
        return Person(
            self.name.value() or "",
            self.sex.value() or "",
            self.born.value(),
            self.phone.value() or "",
            self.address.value() or "",
            self.ability.value(),
            bool(self.dementia.value()),
            self.note.value() or "",
            **self._health(),
        )

    def _health(self) -> dict[str, Any]:
        """Return the diagnosis and the disability, as far as there are any."""
        values = self.values()
        texts = ("dementia_by", "dementia_source", "disability_kind")
        told = {name: values.get(name) or "" for name in texts}
        days = {name: values.get(name) for name in ("dementia_on", "disability_grade")}
        return {**told, **days}

    def _follow(self) -> None:
        """Ask for a diagnosis and a kind of disability only where there is one."""
        for name in ("dementia_on", "dementia_by", "dementia_source"):
            self.show_field(name, bool(self.dementia.value()))
        self.show_field("disability_kind", self.disability.value() is not None)

    def id_number(self) -> str | None:
        """Return the identity number, None while it is only shown masked."""
        return None if self.number.is_masked else self.number.value() or ""

    def _say_foreign(self) -> None:
        """Say that a number is none of an identity card, once it is typed."""
        if identity.is_foreign(self.number.read() or ""):
            self.number.set_hint(_("Number of a passport or pass"))

    def _read_number(self, typed: str) -> None:
        """Take sex and birthday from a number as soon as it is whole and right."""
        self.number.set_hint("")
        number = self.number.read() or ""
        if len(number) < 15:
            return
        try:
            read = identity.read(typed, self._today)
        except Refusal:
            return
        self.sex.set_value(read.sex)
        self.born.set_value(read.born)
        told = _("According to the identity number: {sex}, born on {born}.")
        words = told.format(sex=_(SEX_NAMES[read.sex]), born=show_day(read.born))
        self.number.set_hint(f"{words} {place_of(read.number)}".rstrip())
