import pytest
from sqlalchemy import select

from carehome.db.change_log import ChangeRow
from carehome.db.keys import KeyRing, WrongPassword
from carehome.rules.home import NewAccount
from carehome.rules.passwords import WeakPassword
from carehome.rules.rights import NotAllowed, Right, Role, User
from carehome.services.accounts import (
    Accounts,
    Approval,
    LastDirector,
    MayNotApprove,
    NameTaken,
    SamePerson,
    WrongOldPassword,
    approved_by,
)
from carehome.services.home import KEYS

NEW = NewAccount("chen", "陈会计", Role.ACCOUNTANT, "first-password")


def test_a_new_account_opens_the_home(db, passwords, as_role):
    as_role(Accounts).add(NEW)
    assert KeyRing(db.path.parent / KEYS).open("chen", "first-password") == db.key


def test_a_sign_in_name_is_given_once(passwords, as_role):
    accounts = as_role(Accounts)
    accounts.add(NEW)
    with pytest.raises(NameTaken):
        accounts.add(NEW)


def test_a_short_password_is_refused(passwords, as_role):
    with pytest.raises(WeakPassword):
        as_role(Accounts).add(NewAccount("li", "李", Role.FRONT_DESK, "short"))


def test_a_deactivated_account_opens_nothing(db, passwords, as_role):
    accounts = as_role(Accounts)
    number = accounts.add(NEW)
    accounts.deactivate(number)
    with pytest.raises(WrongPassword):
        KeyRing(db.path.parent / KEYS).open("chen", "first-password")
    assert not next(a for a in accounts.accounts() if a.sign_in == "chen").is_active


def test_the_last_director_stays(passwords, as_role):
    accounts = as_role(Accounts)
    with pytest.raises(LastDirector):
        accounts.deactivate(1)
    with pytest.raises(LastDirector):
        accounts.change_role(1, Role.ACCOUNTANT)
    accounts.change_role(accounts.add(NEW), Role.DIRECTOR)
    accounts.deactivate(1)


def test_only_the_director_manages_accounts(as_role):
    with pytest.raises(NotAllowed):
        as_role(Accounts, Role.ACCOUNTANT).add(NEW)


def test_a_password_changes_only_with_the_old_one(db, passwords, as_role):
    accounts = as_role(Accounts)
    with pytest.raises(WrongOldPassword):
        accounts.change_own_password("not-the-old-one", "brand-new-password")
    accounts.change_own_password(passwords[Role.DIRECTOR], "brand-new-password")
    ring = KeyRing(db.path.parent / KEYS)
    assert ring.open("director", "brand-new-password") == db.key
    with pytest.raises(WrongPassword):
        ring.open("director", passwords[Role.DIRECTOR])


def test_new_secrets_are_logged_but_not_told(db, passwords, as_role):
    accounts = as_role(Accounts)
    accounts.change_own_password(passwords[Role.DIRECTOR], "brand-new-password")
    recovery = accounts.renew_recovery_key()
    with db.reading() as session:
        lines = session.scalars(select(ChangeRow).order_by(ChangeRow.id.desc())).all()
    assert [(line.deed, list(line.after)) for line in lines[:2]] == [
        ("Accounts.renew_recovery_key", ["recovery_key"]),
        ("Accounts.change_own_password", ["password"]),
    ]
    told = str([line.after for line in lines])
    assert recovery not in told
    assert "brand-new-password" not in told


def test_approval_needs_a_second_person_with_the_right(db, passwords):
    desk = User(3, "front desk", Role.FRONT_DESK)
    accountant = Approval("accountant", passwords[Role.ACCOUNTANT])
    second = approved_by(db, desk, accountant, Right.APPROVE_REFUND)
    assert second.role is Role.ACCOUNTANT
    with pytest.raises(SamePerson):
        approved_by(db, second, accountant, Right.APPROVE_REFUND)
    with pytest.raises(MayNotApprove):
        approved_by(db, desk, accountant, Right.MANAGE_ACCOUNTS)
    wrong = Approval("accountant", "not-the-password")
    with pytest.raises(WrongPassword):
        approved_by(db, desk, wrong, Right.APPROVE_REFUND)
