"""How far a new home is, read from what it has."""

import pytest

from carehome.db.database import Database
from carehome.rules.rights import NotAllowed, Role
from carehome.services.beds import Beds, NewBed
from carehome.services.opening import Opening, Step
from tests import house
from tests.purse import Purse


@pytest.fixture
def opening(as_role):
    return as_role(Opening)


def add_beds(purse):
    purse.of(Beds).add_beds([NewBed("主楼", "301", "1", "A")])


def set_prices(purse):
    purse.set_prices()


def take_somebody_in(purse):
    house.settle(purse.db, "王秀英", house.build(purse.db)["301-1"])


def test_a_new_home_lacks_everything(opening):
    standing = opening.standing()
    assert standing.left == (Step.BEDS, Step.PRICES, Step.RESIDENTS)
    assert standing.next is Step.BEDS


@pytest.mark.parametrize(
    ("deed", "step"),
    [
        (add_beds, Step.BEDS),
        (set_prices, Step.PRICES),
        (take_somebody_in, Step.RESIDENTS),
    ],
)
def test_what_is_there_is_done(opening, db, clock, deed, step):
    deed(Purse(db, clock))
    assert opening.standing().has(step)
    assert step not in opening.standing().left


def test_what_is_not_needed_is_no_longer_asked_for(opening):
    opening.waive(Step.BEDS, True)
    opening.waive(Step.RESIDENTS, True)
    assert opening.standing().left == (Step.PRICES,)


def test_what_was_not_needed_can_be_needed_after_all(opening):
    opening.waive(Step.BEDS, True)
    opening.waive(Step.BEDS, False)
    assert opening.standing().next is Step.BEDS


def test_what_was_said_outlives_the_program(opening, as_role, db):
    opening.waive(Step.PRICES, True)
    db.close()
    again = Database(db.path, db.key)
    opening._db = again
    assert opening.standing().waived == {Step.PRICES}
    again.close()


def test_whoever_is_only_known_does_not_live_here_yet(opening, db):
    house.know(db, "王秀英")
    assert Step.RESIDENTS in opening.standing().left


def test_nobody_but_a_director_is_asked(as_role):
    with pytest.raises(NotAllowed):
        as_role(Opening, Role.ACCOUNTANT).standing()
