"""The ways into a home, done in the background: the first one loads the database.

The screens here stand before any deed. What they need of the services they reach
through these functions only, so that they show at once.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from carehome.rules.home import NewAccount, Profile

if TYPE_CHECKING:
    from carehome.services.home import OpenHome
    from carehome.services.service import Clock


def open_home(folder: Path, clock: "Clock", sign_in: str, password: str) -> "OpenHome":
    """Open the home in a folder for one person."""
    from carehome.services import home as homes

    return homes.open_home(folder, sign_in, password, clock)


def enter_new(folder: Path, clock: "Clock", sign_in: str, password: str) -> "OpenHome":
    """Open a home that was just made, its recovery key put away."""
    from carehome.services.opening import Opening

    opened = open_home(folder, clock, sign_in, password)
    Opening(opened.db, opened.user, clock).note_key_put_away()
    return replace(opened, is_new=True)


def sign_in_again(opened: "OpenHome", sign_in: str, password: str) -> "OpenHome":
    """Let a person in to a home that is open but locked."""
    from carehome.services import home as homes

    return homes.sign_in_again(opened.db, sign_in, password)


def create(folder: Path, profile: Profile, director: NewAccount, clock: "Clock") -> str:
    """Set up a home; return its recovery key, shown only once."""
    from carehome.services import home as homes

    return homes.create(folder, profile, director, clock)


def recover(
    folder: Path, recovery_key: str, sign_in: str, password: str, clock: "Clock"
) -> None:
    """Give a director a new password, proven by the recovery key."""
    from carehome.services import home as homes

    homes.recover(folder, recovery_key, sign_in, password, clock)


def change_password(opened: "OpenHome", clock: "Clock", old: str, new: str) -> None:
    """Give whoever has signed in a password that only they know."""
    from carehome.services.accounts import Accounts

    Accounts(opened.db, opened.user, clock).change_own_password(old, new)


def profile(opened: "OpenHome", clock: "Clock") -> Profile:
    """Return the profile of a home that is open, as it is now."""
    from carehome.services.home import Home

    return Home(opened.db, opened.user, clock).profile()
