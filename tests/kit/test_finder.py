import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from carehome.ui.kit.finder import MOST, Finder, Found


@pytest.fixture
def opened():
    return []


@pytest.fixture
def finder(shown, qtbot, opened):
    """A finder over some fruit; each notes when it is opened."""
    fruit = ("apple", "apricot", "banana")

    def source(typed):
        return [
            Found("fruit", name, "", lambda name=name: opened.append(name))
            for name in fruit
            if name.startswith(typed)
        ]

    window = shown(QWidget())
    finder = Finder("fruit", window)
    finder.add(source)
    finder.open()
    qtbot.waitUntil(finder.isVisible)
    return finder


def titles(finder):
    return [found.title for found in finder.table.rows]


def test_every_key_narrows_what_is_found(finder, qtbot):
    qtbot.keyClicks(finder.line, "ap")
    assert titles(finder) == ["apple", "apricot"]
    qtbot.keyClicks(finder.line, "r")
    assert titles(finder) == ["apricot"]


def test_enter_opens_the_first_and_closes(finder, qtbot, opened):
    qtbot.keyClicks(finder.line, "ap")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert opened == ["apple"]
    assert not finder.isVisible()


def test_the_arrow_keys_walk_and_stop_at_the_ends(finder, qtbot, opened):
    for key in (Qt.Key.Key_Up, *[Qt.Key.Key_Down] * 5, Qt.Key.Key_Up):
        qtbot.keyClick(finder.line, key)
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert opened == ["apricot"]


def test_a_click_opens(finder, qtbot, opened):
    place = finder.list.visualRect(finder.table.index(2, 1)).center()
    qtbot.mouseClick(finder.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["banana"]


def test_escape_closes_and_opens_nothing(finder, qtbot, opened):
    qtbot.keyClick(finder.line, Qt.Key.Key_Escape)
    assert not finder.isVisible()
    assert opened == []


def test_nothing_found_is_said_and_enter_does_nothing(finder, qtbot, opened):
    qtbot.keyClicks(finder.line, "xyz")
    assert finder.list.empty.isVisible()
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert opened == []
    assert finder.isVisible()


def test_one_source_does_not_crowd_out_another(finder, qtbot):
    finder.add(lambda _typed: [Found("number", str(n), "", list) for n in range(50)])
    assert titles(finder)[:3] == ["apple", "apricot", "banana"]
    assert len(titles(finder)) == 3 + MOST
