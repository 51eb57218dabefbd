"""Signing in to a home, against the Argon2id that it cannot do without.

Wanted: half a second at most, nearly all of it Argon2id.
"""

import secrets
import tempfile
from functools import partial
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

from benchmarks.crowd import clock
from benchmarks.rounds import in_turn, say
from carehome.db.keys import COST, KEY_BYTES
from carehome.rules.rights import Role
from carehome.services import home as homes

PASSWORD = "benchmark-password"


def main(rounds: int = 9) -> None:
    """Print how long signing in takes, and how much of it is Argon2id."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "home"
        director = homes.NewAccount("director", "director", Role.DIRECTOR, PASSWORD)
        homes.create(folder, homes.Profile("Benchmark"), director, clock)
        ours, floor = in_turn(rounds, partial(_sign_in, folder), argon2)
    say("sign-in", ours, floor, f"at most 500 ms; Argon2id is {floor / ours:.0%}")


def _sign_in(folder: Path) -> None:
    homes.open_home(folder, "director", PASSWORD, clock).db.close()


def argon2() -> None:
    """Stretch a password as the program does."""
    hash_secret_raw(
        PASSWORD.encode(),
        secrets.token_bytes(16),
        COST["time"],
        COST["memory_kib"],
        COST["lanes"],
        KEY_BYTES,
        Type.ID,
    )
