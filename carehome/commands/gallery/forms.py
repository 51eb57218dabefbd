"""Scenes of forms at work: what they understand, offer, refuse and give back."""

from PySide6.QtWidgets import QLineEdit

from carehome.app.desk import STAFF
from carehome.commands.gallery import fees, residents
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.identity import IdentityCheck
from carehome.services.residents.people import SexMismatch
from carehome.ui.kit import drafts
from carehome.ui.kit.days import DateField
from carehome.ui.kit.drafts import Shelf
from carehome.ui.kit.forms import Form
from carehome.ui.parts.person_form import PersonForm
from carehome.ui.staff.page import StaffPage


def type_in(studio: Studio, name: str, text: str) -> None:
    """Type into a field of the form in front, with the cursor there."""
    line = studio.find(Form).fields[name].input
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    line.insert(text)
    line.textEdited.emit(line.text())  # as if by a key
    studio.wait()


def understood(studio: Studio) -> None:
    """Type a day without its year: how it is understood stands beside it."""
    residents.go_away(studio)
    type_in(studio, "expected_on", "12-1")


def calendar(studio: Studio) -> None:
    """Open the calendar of a day."""
    residents.go_away(studio)
    studio.find(DateField).open_calendar()
    studio.wait()


def address(studio: Studio) -> None:
    """Begin an address: counties are offered."""
    residents.change_person(studio)
    type_in(studio, "address", "\u897f\u5b89\u5e02\u957f")


def refused(studio: Studio) -> None:
    """Refuse a sex that the identity number contradicts, beside the field."""
    residents.change_person(studio)
    form = studio.find(PersonForm)
    form.fields["id_number"].set_error(IdentityCheck().message)
    form.tell(SexMismatch(name=form.name.value(), sex="\u2014"))


def given_back(studio: Studio) -> None:
    """Open a dialog in which something was half typed before."""
    studio.page(STAFF)
    shelf = Shelf(lambda _name, _draft: None, studio.clock)
    drafts.use(shelf)
    shelf.keep("staff:0", {"name": "\u738b\u82b3", "phone": "139 0000 1"})
    studio.click(studio.find(StaffPage).add)


def paid(studio: Studio) -> None:
    """Type an amount: it is said as the receipt will write it."""
    fees.begin_payment(studio)
    type_in(studio, "amount", "1.2\u4e07")


SCENES = (
    Scene("forms-day", understood),
    Scene("forms-calendar", calendar),
    Scene("forms-address", address),
    Scene("forms-refused", refused),
    Scene("forms-given-back", given_back),
    Scene("forms-paid", paid),
)
