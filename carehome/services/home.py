"""The home itself: setting it up, opening it, its profile and its own lists."""

import json
from dataclasses import dataclass, fields, replace
from datetime import UTC
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome import paths
from carehome.db import schema
from carehome.db.accounts import AccountRow
from carehome.db.billing import FeeItemRow
from carehome.db.database import Database
from carehome.db.home import CodeRow, HomeRow
from carehome.db.keys import KeyRing, WrongPassword
from carehome.i18n import _
from carehome.rules.filing import check_area, read_credit_code
from carehome.rules.home import (
    Code,
    HomeExists,
    NameMissing,
    NewAccount,
    NoHome,
    NotADirector,
    NotWritable,
    Profile,
)
from carehome.rules.passwords import check_strength
from carehome.rules.rights import Right, Role, User
from carehome.rules.rulebook import RulesByDate
from carehome.rules.settings import (
    check_adjust_months,
    check_lock_minutes,
    check_overheld_days,
)
from carehome.services import deeds
from carehome.services.service import Clock, Service, needs

FILE = paths.HOME_FILE
KEYS = paths.HOME_KEYS
SET_UP = User(0, deeds.PROGRAM, Role.DIRECTOR)


@dataclass(frozen=True, slots=True)
class OpenHome:
    """A home that somebody has signed in to.

    `kept_copy` is the file as it was before it was upgraded just now. `is_new` says
    that the home was set up a moment ago.
    """

    db: Database
    user: User
    profile: Profile
    must_change_password: bool = False
    kept_copy: Path | None = None
    is_new: bool = False


def create(folder: Path, profile: Profile, director: NewAccount, clock: Clock) -> str:
    """Set up a home in an empty folder; return the recovery key, shown only once."""
    if not profile.name.strip():
        raise NameMissing(field=_("name of the home"))
    check_strength(director.password)
    file = folder / FILE
    if file.exists() or (folder / KEYS).exists():
        raise HomeExists(folder=folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ring = KeyRing(folder / KEYS)
        key, recovery = ring.create()
        ring.put(director.sign_in.strip().lower(), director.password, key)
    except OSError as error:
        raise NotWritable(folder=folder) from error
    schema.create(file, key)
    db = Database(file, key)
    try:
        at = clock().astimezone(UTC).replace(tzinfo=None)
        with db.writing(SET_UP, "home.create", at) as session:
            furnish(session, profile, director, clock)
            session.get_one(HomeRow, 1).is_key_safe = False
    finally:
        db.close()
    return recovery


def furnish(
    session: Session, profile: Profile, director: NewAccount, clock: Clock
) -> None:
    """Put into an empty database what every home starts with."""
    session.add(HomeRow(id=1, **_values(profile)))
    session.add(
        AccountRow(
            sign_in=director.sign_in.strip().lower(),
            name=director.name,
            role=director.role,
            created_on=clock().date(),
        )
    )
    path = paths.resource("forms") / "home-template.json"
    template = json.loads(path.read_text("utf-8"))
    for kind, entries in template["codes"].items():
        for position, (code, label) in enumerate(entries):
            session.add(CodeRow(kind=kind, code=code, label=label, position=position))
    for code, name, category, unit, applies_to, exempt in template["fee_items"]:
        session.add(
            FeeItemRow(
                code=code,
                name=name,
                category=category,
                unit=unit,
                applies_to=applies_to,
                is_vat_exempt=exempt,
            )
        )


def open_home(folder: Path, sign_in: str, password: str, clock: Clock) -> OpenHome:
    """Open the home in `folder` for one person; upgrade its file when due."""
    file = folder / FILE
    if not file.exists():
        raise NoHome(folder=folder)
    key = KeyRing(folder / KEYS).open(sign_in, password)
    kept = schema.upgrade(file, key, clock())
    db = Database(file, key)
    try:
        return _as_user(db, sign_in, kept)
    except BaseException:
        db.close()
        raise


def sign_in_again(db: Database, sign_in: str, password: str) -> OpenHome:
    """Let a person in to a home that is open but locked."""
    ring = KeyRing(db.path.parent / KEYS)
    if ring.open(sign_in, password) != db.key:
        raise WrongPassword
    return _as_user(db, sign_in)


def recover(
    folder: Path, recovery_key: str, sign_in: str, password: str, clock: Clock
) -> None:
    """Give the director `sign_in` a new password, proven by the recovery key."""
    file = folder / FILE
    if not file.exists():
        raise NoHome(folder=folder)
    ring = KeyRing(folder / KEYS)
    key = ring.recover(recovery_key)
    check_strength(password)
    schema.upgrade(file, key, clock())
    db = Database(file, key)
    try:
        opened = _as_user(db, sign_in)
        if opened.user.role is not Role.DIRECTOR:
            raise NotADirector(name=sign_in)
        with db.writing(opened.user, "home.recover") as session:
            account = session.get_one(AccountRow, opened.user.account_id)
            account.must_change_password = False
        ring.put(sign_in, password, key)
    finally:
        db.close()


def _as_user(db: Database, sign_in: str, kept: Path | None = None) -> OpenHome:
    with db.reading() as session:
        account = session.scalar(
            select(AccountRow).where(AccountRow.sign_in == sign_in.strip().lower())
        )
        if account is None or not account.is_active:
            raise WrongPassword
        user = User(account.id, account.name, Role(account.role))
        profile = profile_in(session)
        return OpenHome(db, user, profile, account.must_change_password, kept)


def _values(profile: Profile) -> dict[str, object]:
    return {field.name: getattr(profile, field.name) for field in fields(profile)}


def profile_in(session: Session) -> Profile:
    """Return the home's profile within another deed."""
    row = session.get_one(HomeRow, 1)
    return Profile(
        **{field.name: getattr(row, field.name) for field in fields(Profile)}
    )


def labels_in(session: Session, kind: str) -> dict[str, str]:
    """Return the labels of one of the home's lists within another deed, in order."""
    rows = session.scalars(
        select(CodeRow).where(CodeRow.kind == kind).order_by(CodeRow.position)
    )
    return {row.code: row.label for row in rows}


class Home(Service):
    """What one person can do with the home's profile and lists."""

    @needs(Right.SEE_HOME)
    def profile(self) -> Profile:
        """Return the home's profile and settings."""
        with self._reading() as session:
            return profile_in(session)

    @needs(Right.CHANGE_HOME)
    def change_profile(self, profile: Profile) -> None:
        """Store the home's profile and settings."""
        if not profile.name.strip():
            raise NameMissing(field=_("name of the home"))
        check_lock_minutes(profile.lock_minutes)
        check_adjust_months(profile.adjust_months)
        check_overheld_days(profile.overheld_days)
        told = replace(profile, credit_code=read_credit_code(profile.credit_code))
        check_area(profile.land_area)
        check_area(profile.floor_area)
        with self._writing() as session:
            row = session.get_one(HomeRow, 1)
            if profile.rule_pack != row.rule_pack:
                raise RulesByDate
            for name, value in _values(told).items():
                setattr(row, name, value)

    @needs(Right.SEE_HOME)
    def codes(self, kind: str) -> list[Code]:
        """List one of the home's own lists, in its order."""
        with self._reading() as session:
            rows = session.scalars(
                select(CodeRow).where(CodeRow.kind == kind).order_by(CodeRow.position)
            )
            return [Code(row.code, row.label, row.is_active) for row in rows]

    @needs(Right.CHANGE_HOME)
    def change_codes(self, kind: str, codes: list[Code]) -> None:
        """Rename, add, hide or reorder the entries of a list; none is deleted."""
        with self._writing() as session:
            rows = session.scalars(select(CodeRow).where(CodeRow.kind == kind))
            known = {row.code: row for row in rows}
            for position, code in enumerate(codes):
                if not code.label.strip():
                    raise NameMissing(field=code.code)
                row = known.get(code.code)
                if row is None:
                    row = CodeRow(kind=kind, code=code.code)
                    session.add(row)
                row.label, row.position = code.label.strip(), position
                row.is_active = code.is_active
