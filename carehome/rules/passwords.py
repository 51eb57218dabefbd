"""What a password must be."""

from carehome.errors import Refusal
from carehome.i18n import N_

SHORTEST = 8


class WeakPassword(Refusal):
    """The password is too short to protect anything."""

    text = N_("A password needs at least {least} characters.")


class PasswordsDiffer(Refusal):
    """A new password is typed twice, and once it was mistyped."""

    text = N_("The two passwords are not the same. Type them once more.")


def check_strength(password: str) -> None:
    """Raise WeakPassword when `password` is too short."""
    if len(password) < SHORTEST:
        raise WeakPassword(least=SHORTEST)


def check_same(password: str, again: str) -> None:
    """Raise PasswordsDiffer when a password was not typed the same way twice."""
    if password != again:
        raise PasswordsDiffer
