"""People without an identity card of the mainland have the number of another paper."""

import pytest

from carehome.rules import identity
from carehome.rules.residents import mask_identity
from carehome.rules.rights import Role
from carehome.services.residents import AlreadyKnown, Person
from carehome.services.residents.people import add_person_in
from tests.conftest import ROLES, TODAY

PAPERS = ["E12345678", "EA1234567", "H1234567890", "M12345678", "12345678"]
PAPERS += ["USA123456789012", "K1234567"]


@pytest.mark.parametrize("typed", PAPERS)
def test_a_passport_or_pass_is_taken_as_it_is(typed):
    assert identity.read_any(typed.lower(), TODAY) == typed
    assert identity.is_foreign(typed)


def test_full_width_digits_and_blanks_do_not_matter():
    assert identity.read_any("ｅａ １２３ ４５６７", TODAY) == "EA1234567"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("610103194003051230", "610103194003051230"),
        ("610103400305123", "610103194003051230"),
        (" 610103 19400305 1230 ", "610103194003051230"),
        ("830000194003051235", None),
    ],
)
def test_an_identity_card_is_still_checked_digit_by_digit(typed, kept):
    if kept is None:
        with pytest.raises(identity.BadIdentity):
            identity.read_any(typed, TODAY)
    else:
        assert identity.read_any(typed, TODAY) == kept


@pytest.mark.parametrize("typed", ["61010319400305123", "abc", "1234567", "E1"])
def test_what_is_neither_is_refused(typed):
    with pytest.raises(identity.BadIdentity):
        identity.read_any(typed, TODAY)


def test_a_pass_says_nothing_of_sex_and_birthday_and_belongs_to_one(db):
    with db.writing(ROLES[Role.DIRECTOR], "know") as session:
        row = add_person_in(session, Person("陈美玉", "female"), "H1234567890", TODAY)
        assert row.id_number == "H1234567890"
        assert row.born is None
        with pytest.raises(AlreadyKnown):
            add_person_in(session, Person("陈玉", "male"), "h1234567890", TODAY)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("610103194003051230", "610103********1230"),
        ("E12345678", "E1*****78"),
        ("12345678", "12****78"),
        ("", ""),
    ],
)
def test_a_number_is_masked_whatever_its_length(number, masked):
    assert mask_identity(number) == masked
