import json
from pathlib import Path

import pytest

from carehome.ui.kit.theme import Look
from carehome.ui.parts.memory import MOST_HOMES, KnownHome, Memory

LOOK = Look(130, "en", "dark")
HOME = KnownHome(Path("/homes/one"), "福寿养老院", "wujianguo")


def test_what_is_kept_is_there_in_the_next_run(tmp_path):
    file = tmp_path / "config" / "desktop.json"
    memory = Memory(file)
    memory.keep_home(HOME)
    memory.keep_look(LOOK)
    memory.keep_window("xyz")
    again = Memory(file)
    assert (again.homes, again.look, again.window) == ((HOME,), LOOK, "xyz")


def test_the_home_opened_last_comes_first(memory):
    other = KnownHome(Path("/homes/two"), "安宁养老院", is_practice=True)
    memory.keep_home(HOME)
    memory.keep_home(other)
    memory.keep_home(HOME)
    assert memory.homes == (HOME, other)


def test_only_some_homes_are_remembered(memory):
    for number in range(MOST_HOMES + 2):
        memory.keep_home(KnownHome(Path(f"/homes/{number}"), str(number)))
    assert len(memory.homes) == MOST_HOMES


def test_a_home_is_found_by_its_folder_and_forgotten(memory):
    memory.keep_home(HOME)
    assert memory.home(HOME.folder) == HOME
    memory.forget_home(HOME.folder)
    assert memory.home(HOME.folder) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"homes": [{}], "scale": 100}', "7"])
def test_a_damaged_memory_starts_afresh(tmp_path, text):
    file = tmp_path / "desktop.json"
    file.write_text(text, encoding="utf-8")
    assert Memory(file).homes == ()


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path, caplog):
    (tmp_path / "config").write_text("a file, not a folder")
    memory = Memory(tmp_path / "config" / "desktop.json")
    memory.keep_look(LOOK)
    assert memory.look == LOOK
    assert "was not kept" in caplog.text


def test_a_look_that_is_none_gives_way_to_the_usual_one(tmp_path):
    file = tmp_path / "desktop.json"
    kept = {"homes": [], "scale": 7, "language": "xx", "scheme": "pink", "window": ""}
    file.write_text(json.dumps(kept), encoding="utf-8")
    assert Memory(file).look == Look()
