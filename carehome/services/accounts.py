"""Accounts: who may sign in, with which role and password."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.change_log import note_secret
from carehome.db.database import Database
from carehome.db.home import HomeRow
from carehome.db.keys import KeyRing, WrongPassword
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.home import NameMissing, NewAccount
from carehome.rules.passwords import check_strength
from carehome.rules.rights import Right, Role, User
from carehome.rules.today import Concern, Line, Target, Urgency, words
from carehome.services.home import KEYS, sign_in_again
from carehome.services.service import Service, needs

UNUSED_DAYS = timedelta(days=3)  # so long an account may wait for its person (ours)


class NameTaken(Refusal):
    """Two accounts cannot have one sign-in name."""

    text = N_("The sign-in name “{name}” is taken. Choose another.")


class WrongOldPassword(Refusal):
    """Who changes a password must know the present one."""

    text = N_("The current password is wrong.")


class WrongSignature(WrongPassword):
    """Who signs for something knows their own password."""

    text = N_("This is not your password. Enter the one you sign in with.")


class LastDirector(Refusal):
    """Without a director nobody could manage the home."""

    text = N_("This is the only director. Make somebody else director first.")


class SamePerson(Refusal):
    """An approval needs a second pair of eyes."""

    text = N_(
        "Somebody else must approve this; you cannot approve what you do yourself."
    )


class WrongApproval(WrongPassword):
    """The second person could not sign."""

    text = N_(
        "The sign-in name or the password of the second person is wrong. Let them type "
        "both again."
    )


class MayNotApprove(Refusal):
    """The second person's role lacks the right."""

    text = N_("{name} may not approve this. Ask the director or the accountant.")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    account_id: int
    sign_in: str
    name: str
    role: Role
    is_active: bool


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's name and password, typed beside the first one's deed."""

    sign_in: str
    password: str


class Accounts(Service):
    """What one person can do with accounts."""

    @property
    def _ring(self) -> KeyRing:
        return KeyRing(self._db.path.parent / KEYS)

    @needs(Right.MANAGE_ACCOUNTS)
    def accounts(self) -> list[Account]:
        """List all accounts, active ones first."""
        with self._reading() as session:
            rows = session.scalars(
                select(AccountRow).order_by(AccountRow.is_active.desc(), AccountRow.id)
            )
            return [
                Account(row.id, row.sign_in, row.name, Role(row.role), row.is_active)
                for row in rows
            ]

    @needs(Right.MANAGE_ACCOUNTS)
    def today(self, day: date) -> list[Line]:
        """Tell whose account waits for its first use, with a password others know."""
        with self._reading() as session:
            names = tuple(
                session.scalars(
                    select(AccountRow.name).where(
                        AccountRow.is_active,
                        AccountRow.must_change_password,
                        AccountRow.created_on <= day - UNUSED_DAYS,
                    )
                )
            )
        if not names:
            return []
        text = N_("Never signed in with a password of their own: {names}")
        told, subject = words(text, names=names), words(N_("Accounts"))
        target, count = Target("accounts"), len(names)
        note = Urgency.NOTE
        return [Concern(subject, told, note, target, Role.DIRECTOR, count=count)]

    @needs(Right.MANAGE_ACCOUNTS)
    def add(self, new: NewAccount) -> int:
        """Let a new person sign in; the first sign-in asks for a password of theirs.

        The key slot is written before the row: a slot without a row opens nothing.
        """
        sign_in = new.sign_in.strip().lower()
        if not sign_in:
            raise NameMissing(field=_("sign-in name"))
        if not new.name.strip():
            raise NameMissing(field=_("name"))
        check_strength(new.password)
        with self._writing() as session:
            taken = select(AccountRow.id).where(AccountRow.sign_in == sign_in)
            if session.scalar(taken) is not None:
                raise NameTaken(name=sign_in)
            row = AccountRow(
                sign_in=sign_in,
                name=new.name.strip(),
                role=new.role,
                must_change_password=True,
                created_on=self._today(),
            )
            session.add(row)
            session.flush()
            self._ring.put(sign_in, new.password, self._db.key)
            return row.id

    @needs(Right.MANAGE_ACCOUNTS)
    def change_role(self, account_id: int, role: Role) -> None:
        """Give an account another role."""
        with self._writing() as session:
            row = session.get_one(AccountRow, account_id)
            if role is not Role.DIRECTOR:
                _keep_a_director(session, row)
            row.role = role

    @needs(Right.MANAGE_ACCOUNTS)
    def deactivate(self, account_id: int) -> None:
        """Let an account sign in no more; its name stays in the log."""
        with self._writing() as session:
            row = session.get_one(AccountRow, account_id)
            _keep_a_director(session, row)
            row.is_active = False
            sign_in = row.sign_in
        self._ring.remove(sign_in)

    @needs(Right.MANAGE_ACCOUNTS)
    def reset_password(self, account_id: int, password: str) -> None:
        """Set a password for somebody who forgot theirs; it must be changed then."""
        check_strength(password)
        with self._writing() as session:
            row = session.get_one(AccountRow, account_id)
            row.must_change_password = True
            row.is_active = True
            note_secret(session, "account", account_id, "password")
            self._ring.put(row.sign_in, password, self._db.key)

    @needs(Right.MANAGE_ACCOUNTS)
    def renew_recovery_key(self) -> str:
        """Replace the recovery key; return the new one, shown only once."""
        with self._writing() as session:
            note_secret(session, "home", 1, "recovery_key")
            session.get_one(HomeRow, 1).is_key_safe = True
            return self._ring.renew_recovery(self._db.key)

    @needs(Right.USE_PROGRAM)
    def change_own_password(self, old: str, new: str) -> None:
        """Change the password of the person who is signed in."""
        check_strength(new)
        with self._writing() as session:
            row = session.get_one(AccountRow, self._user.account_id)
            self._check_own(row.sign_in, old)
            row.must_change_password = False
            note_secret(session, "account", row.id, "password")
            self._ring.put(row.sign_in, new, self._db.key)

    def _check_own(self, sign_in: str, password: str) -> None:
        try:
            self._ring.open(sign_in, password)
        except WrongPassword as error:
            raise WrongOldPassword from error


def _keep_a_director(session: Session, row: AccountRow) -> None:
    """Raise LastDirector when `row` is the only active director."""
    others = select(AccountRow.id).where(
        AccountRow.role == Role.DIRECTOR,
        AccountRow.is_active,
        AccountRow.id != row.id,
    )
    if row.role == Role.DIRECTOR and session.scalar(others) is None:
        raise LastDirector


def check_signature(db: Database, user: User, password: str) -> None:
    """Raise unless somebody signs with their own password for what they do.

    Reads the database itself: call it before the deed's own transaction.
    """
    with db.reading() as session:
        sign_in = session.get_one(AccountRow, user.account_id).sign_in
    try:
        KeyRing(db.path.parent / KEYS).open(sign_in, password)
    except WrongPassword as error:
        raise WrongSignature from error


def approved_by(db: Database, user: User, approval: Approval, right: Right) -> User:
    """Return the second person who approves what `user` is about to do.

    Reads the database itself: call it before the deed's own transaction.
    """
    try:
        second = sign_in_again(db, approval.sign_in, approval.password).user
    except WrongPassword as error:
        raise WrongApproval from error
    if second.account_id == user.account_id:
        raise SamePerson
    if not second.may(right):
        raise MayNotApprove(name=second.name)
    return second
