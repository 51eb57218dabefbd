"""How commands talk: failures in one plain line, the clock, who is signed in."""

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from carehome.commands import practice
from carehome.db.keys import WrongPassword
from carehome.errors import CareHomeError, Refusal
from carehome.i18n import N_, _
from carehome.services import home as homes
from carehome.services.home import OpenHome

DEMO_USER, DEMO_PASSWORD = practice.USER, practice.PASSWORD


class PasswordNeeded(Refusal):
    """Nobody is there to type a password."""

    text = N_(
        "This home needs a sign-in: give --user and put the password into the "
        "environment variable CAREHOME_PASSWORD."
    )


class BadDay(Refusal):
    """The day is not written as a day."""

    text = N_("“{typed}” is not a day. Write it as 2026-11-21.")


@contextmanager
def plainly() -> Iterator[None]:
    """Tell refusals and trouble on one line; the command then ends with 1."""
    try:
        yield
    except CareHomeError as error:
        print(error.message, file=sys.stderr)
        raise SystemExit(1) from error


def now() -> datetime:
    """Return the moment in the zone of this computer, as every screen shows it.

    Tests and demonstrations set it by CAREHOME_NOW, in UTC.
    """
    set_by_hand = os.environ.get("CAREHOME_NOW")
    if set_by_hand:
        return datetime.fromisoformat(set_by_hand).replace(tzinfo=UTC).astimezone()
    return datetime.now().astimezone()


def today() -> date:
    """Return the day it is."""
    return now().date()


def read_day(typed: str) -> date:
    """Return a day written as 2026-11-21."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise BadDay(typed=typed) from None


def sign_in(folder: Path, user: str | None) -> OpenHome:
    """Open a home: with the public sign-in of a demonstration, or as `user`."""
    password = os.environ.get("CAREHOME_PASSWORD")
    if user is None and password is None:
        try:
            return homes.open_home(folder, DEMO_USER, DEMO_PASSWORD, now)
        except WrongPassword:
            if not sys.stdin.isatty():
                raise PasswordNeeded from None
    if user is None:
        user = input(_("Sign-in name") + ": ")
    if password is None:
        if not sys.stdin.isatty():
            raise PasswordNeeded
        password = getpass.getpass(_("Password") + ": ")
    return homes.open_home(folder, user, password, now)


def as_json(value: Any) -> None:
    """Print a value as JSON that people can read too."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))
