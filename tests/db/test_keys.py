import json

import pytest

from carehome.db.keys import (
    COST,
    KeyRing,
    KeysDamaged,
    WrongPassword,
    WrongRecoveryKey,
)
from carehome.rules.passwords import WeakPassword


@pytest.fixture
def ring(tmp_path):
    return KeyRing(tmp_path / "keys.json")


@pytest.fixture
def key(ring):
    return ring.create()[0]


def test_any_account_opens_the_same_data(ring, key):
    ring.put("li", "first password", key)
    ring.put("wang", "other password", key)
    assert ring.open("li", "first password") == key
    assert ring.open(" Wang ", "other password") == key


@pytest.mark.parametrize(
    ("name", "password"),
    [("li", "second password"), ("wang", "first password"), ("recovery", "")],
)
def test_wrong_name_or_password_opens_nothing(ring, key, name, password):
    ring.put("li", "first password", key)
    with pytest.raises(WrongPassword):
        ring.open(name, password)


def test_a_new_password_ends_the_old_one(ring, key):
    ring.put("li", "first password", key)
    ring.put("li", "second password", key)
    assert ring.open("li", "second password") == key
    with pytest.raises(WrongPassword):
        ring.open("li", "first password")


def test_the_recovery_key_forgives_case_dashes_and_lookalikes(ring):
    key, recovery = ring.create()
    typed = recovery.lower().replace("-", " ").replace("o", "0").replace("i", "1")
    assert ring.recover(typed) == key


def test_a_wrong_recovery_key_is_told(ring, key):
    with pytest.raises(WrongRecoveryKey):
        ring.recover("AAAA-BBBB")


def test_a_renewed_recovery_key_ends_the_old_one(ring):
    key, old = ring.create()
    new = ring.renew_recovery(key)
    assert ring.recover(new) == key
    with pytest.raises(WrongRecoveryKey):
        ring.recover(old)


def test_keys_hold_neither_key_nor_name_nor_password(ring, key):
    ring.put("wangfang", "first password", key)
    text = ring.path.read_text()
    assert "wangfang" not in text
    assert "first" not in text
    assert key.hex() not in text


def test_two_homes_seal_differently(tmp_path, key):
    names = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        ring = KeyRing(tmp_path / folder / "keys.json")
        ring.create()
        ring.put("li", "first password", key)
        names.append(json.loads(ring.path.read_text())["slots"][1]["name"])
    assert names[0] != names[1]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"slots": [1]}'])
def test_a_damaged_key_file_is_told(ring, key, text):
    ring.path.write_text(text)
    with pytest.raises(KeysDamaged, match="KeysDamaged") as told:
        ring.open("li", "first password")
    assert "keys.json" in told.value.message


@pytest.mark.parametrize(
    "cut", [{"salt": "AAAA"}, {"nonce": ""}, {"cost": dict.fromkeys(COST, 0)}]
)
def test_a_slot_cut_short_is_told(ring, key, cut):
    ring.put("li", "first password", key)
    read = json.loads(ring.path.read_text())
    read["slots"][1] |= cut
    ring.path.write_text(json.dumps(read))
    with pytest.raises(KeysDamaged):
        ring.open("li", "first password")


def test_a_missing_key_file_is_told(ring):
    with pytest.raises(KeysDamaged):
        ring.open("li", "first password")


def test_a_changed_slot_opens_nothing(ring, key):
    ring.put("li", "first password", key)
    text = json.loads(ring.path.read_text())
    sealed = text["slots"][1]["sealed"]
    text["slots"][1]["sealed"] = ("B" if sealed[0] == "A" else "A") + sealed[1:]
    ring.path.write_text(json.dumps(text))
    with pytest.raises(WrongPassword):
        ring.open("li", "first password")


def test_a_short_password_is_refused_and_the_old_one_stays(ring, key):
    ring.put("li", "first password", key)
    with pytest.raises(WeakPassword):
        ring.put("li", "short", key)
    assert ring.open("li", "first password") == key


def test_no_half_written_file_is_left(ring, key):
    ring.put("li", "first password", key)
    assert [p.name for p in ring.path.parent.iterdir()] == ["keys.json"]
