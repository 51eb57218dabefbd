"""Every deed names its right, and the table of roles and rights makes sense."""

import pytest

from carehome.rules.rights import RIGHTS, ROLE_NAMES, NotAllowed, Right, Role, check
from tests.conftest import ROLES
from tests.services import every_service, public_methods

METHODS = [
    (f"{kind.__qualname__}.{name}", method)
    for kind in every_service()
    for name, method in public_methods(kind)
]
BY_RIGHT = {
    method.right: (kind, name)
    for kind in every_service()
    for name, method in public_methods(kind)
    if hasattr(method, "right")
}


def test_services_are_found():
    assert len(METHODS) > 80


@pytest.mark.parametrize(
    "method", [method for _name, method in METHODS], ids=[name for name, _m in METHODS]
)
def test_every_deed_names_its_right(method):
    assert isinstance(method.right, Right)


def test_every_right_is_asked_for_by_some_deed_or_approval():
    assert set(Right) - set(BY_RIGHT) <= {
        *(Right.APPROVE_REFUND, Right.CONFIRM_OLD_FACTS, Right.LEAVE_CLAIM)
    }


def test_every_role_has_rights_and_a_name():
    assert set(RIGHTS) == set(ROLE_NAMES) == set(Role)


def test_the_director_holds_every_right():
    assert RIGHTS[Role.DIRECTOR] == frozenset(Right)


@pytest.mark.parametrize("role", Role)
def test_everybody_uses_the_program_and_sees_whose_home_it_is(role):
    assert RIGHTS[role] >= {Right.USE_PROGRAM, Right.SEE_HOME}


@pytest.mark.parametrize("role", set(Role) - {Role.DIRECTOR})
def test_only_the_director_manages_people_and_reads_the_log(role):
    reserved = {Right.MANAGE_ACCOUNTS, Right.READ_CHANGE_LOG, Right.CHANGE_HOME}
    assert not RIGHTS[role] & reserved


@pytest.mark.parametrize("role", Role)
def test_who_changes_something_may_also_see_it(role):
    rights = RIGHTS[role]
    for seen, changed in (
        (Right.SEE_RESIDENTS, Right.CHANGE_RESIDENTS),
        (Right.SEE_BEDS, Right.CHANGE_BEDS),
        (Right.SEE_BEDS, Right.ASSIGN_BEDS),
        (Right.SEE_STAFF, Right.CHANGE_STAFF),
        (Right.SEE_FEES, Right.CHANGE_PRICES),
        (Right.SEE_FEES, Right.POST_BILLS),
        (Right.SEE_FEES, Right.TAKE_MONEY),
    ):
        assert changed not in rights or seen in rights


def test_who_takes_money_at_the_desk_pays_nothing_out():
    assert Right.TAKE_MONEY in RIGHTS[Role.FRONT_DESK]
    assert not RIGHTS[Role.FRONT_DESK] & {
        Right.PAY_OUT_DEPOSIT,
        Right.APPROVE_REFUND,
        Right.VOID_RECEIPT,
    }


@pytest.mark.parametrize(
    ("role", "right"),
    [
        (role, right)
        for role in Role
        for right in sorted(set(Right) - RIGHTS[role])
        if right in BY_RIGHT
    ],
)
def test_a_service_refuses_what_the_role_may_not(db, clock, role, right):
    kind, name = BY_RIGHT[right]
    deed = getattr(kind(db, ROLES[role], clock), name)
    with pytest.raises(NotAllowed):
        deed()


@pytest.mark.parametrize("role", Role)
def test_a_right_is_checked_by_role(role):
    for right in Right:
        if right in RIGHTS[role]:
            check(ROLES[role], right)
        else:
            with pytest.raises(NotAllowed):
                check(ROLES[role], right)
