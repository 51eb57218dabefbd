"""The key of the data file, wrapped once for each person who may open it.

The data key is random. Beside the data file lies `keys.json` with one slot for each
account (Argon2id from the password) and one for the recovery key; a slot holds the
data key sealed with AES-256-GCM. Without a password the file is noise.
"""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from carehome.errors import Refusal, Trouble
from carehome.i18n import N_
from carehome.rules.passwords import check_strength

KEY_BYTES = 32
_RECOVERY = "recovery"
# RFC 9106, second recommended option, for machines with little memory.
COST = {"time": 3, "memory_kib": 65536, "lanes": 4}


class WrongPassword(Refusal):
    """No slot opens with this name and password."""

    text = N_("The sign-in name or the password is wrong. Please try again.")


class WrongRecoveryKey(Refusal):
    """The recovery slot does not open with this text."""

    text = N_("This is not the recovery key of this home. Check it letter by letter.")


class KeysDamaged(Trouble):
    """The key file cannot be read."""

    text = N_(
        "The key file keys.json is missing or damaged. Put it back from a backup; "
        "the data itself was not touched."
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key sealed for one person."""

    name: str
    salt: bytes
    nonce: bytes
    sealed: bytes
    cost: dict[str, int]


class KeyRing:
    """The slots of one home, kept in `keys.json`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> tuple[bytes, str]:
        """Make a new data key; return it with its recovery key, shown only once."""
        key = secrets.token_bytes(KEY_BYTES)
        recovery = _new_recovery_key()
        slot = _seal(_RECOVERY, _bare(recovery), key, secrets.token_bytes(16))
        self._store({"format": 1, "salt": _b64(secrets.token_bytes(16))}, [slot])
        return key, recovery

    def renew_recovery(self, key: bytes) -> str:
        """Replace the recovery key; return the new one, shown only once."""
        recovery = _new_recovery_key()
        self._put(_seal(_RECOVERY, _bare(recovery), key, secrets.token_bytes(16)))
        return recovery

    def put(self, sign_in: str, password: str, key: bytes) -> None:
        """Let `sign_in` open the data with `password` from now on."""
        check_strength(password)
        head, _ = self._load()
        name = _hidden(sign_in, head)
        self._put(_seal(name, password, key, secrets.token_bytes(16)))

    def remove(self, sign_in: str) -> None:
        """Take the slot of `sign_in` away."""
        head, slots = self._load()
        name = _hidden(sign_in, head)
        self._store(head, [slot for slot in slots if slot.name != name])

    def open(self, sign_in: str, password: str) -> bytes:
        """Return the data key; raise WrongPassword."""
        head, slots = self._load()
        name = _hidden(sign_in, head)
        for slot in slots:
            if slot.name == name:
                return _unseal(slot, password, WrongPassword)
        # As slow as a wrong password, so that names cannot be told apart.
        _stretch(password, b"\0" * 16, COST)
        raise WrongPassword

    def recover(self, recovery: str) -> bytes:
        """Return the data key for the recovery key; raise WrongRecoveryKey."""
        _, slots = self._load()
        for slot in slots:
            if slot.name == _RECOVERY:
                return _unseal(slot, _bare(recovery), WrongRecoveryKey)
        raise KeysDamaged

    def _put(self, slot: Slot) -> None:
        head, slots = self._load()
        self._store(head, [old for old in slots if old.name != slot.name] + [slot])

    def _load(self) -> tuple[dict[str, Any], list[Slot]]:
        try:
            read = json.loads(self.path.read_text("utf-8"))
            slots = [
                Slot(
                    s["name"],
                    base64.b64decode(s["salt"]),
                    base64.b64decode(s["nonce"]),
                    base64.b64decode(s["sealed"]),
                    {name: int(s["cost"][name]) for name in COST},
                )
                for s in read["slots"]
            ]
            return {"format": read["format"], "salt": read["salt"]}, slots
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeysDamaged from error

    def _store(self, head: dict[str, Any], slots: list[Slot]) -> None:
        """Write all slots anew, in one step that a power cut cannot halve."""
        listed = [
            {
                "name": slot.name,
                "cost": slot.cost,
                "salt": _b64(slot.salt),
                "nonce": _b64(slot.nonce),
                "sealed": _b64(slot.sealed),
            }
            for slot in slots
        ]
        fresh = self.path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(head | {"slots": listed}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)


def _seal(name: str, secret: str, key: bytes, salt: bytes) -> Slot:
    nonce = secrets.token_bytes(12)
    box = AESGCM(_stretch(secret, salt, COST))
    return Slot(name, salt, nonce, box.encrypt(nonce, key, name.encode()), COST)


def _unseal(slot: Slot, secret: str, wrong: type[Refusal]) -> bytes:
    try:
        box = AESGCM(_stretch(secret, slot.salt, slot.cost))
        return box.decrypt(slot.nonce, slot.sealed, slot.name.encode())
    except InvalidTag as error:
        raise wrong from error
    except (HashingError, ValueError) as error:  # a salt or nonce cut short
        raise KeysDamaged from error


def _stretch(secret: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hash_secret_raw(
        secret.encode(),
        salt,
        cost["time"],
        cost["memory_kib"],
        cost["lanes"],
        KEY_BYTES,
        Type.ID,
    )


def _hidden(sign_in: str, head: dict[str, Any]) -> str:
    """Name a slot without telling whose it is."""
    text = head["salt"] + sign_in.strip().lower()
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _new_recovery_key() -> str:
    """Return 160 random bits as eight groups of four letters and digits."""
    text = base64.b32encode(secrets.token_bytes(20)).decode()
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def _bare(recovery: str) -> str:
    """Return a typed recovery key as it was made: no spaces or dashes, upper case."""
    letters = [c for c in recovery.upper() if c.isalnum()]
    return "".join(letters).replace("0", "O").replace("1", "I").replace("8", "B")


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
