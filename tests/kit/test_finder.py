import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from carehome.ui.kit.finder import MOST, Finder
from carehome.ui.kit.found import NAME, Found
from carehome.ui.kit.shortcuts import ShortcutSheet


@pytest.fixture
def opened():
    return []


@pytest.fixture
def finder(shown, qtbot, opened):
    """A finder over some fruit; each notes when it is opened."""
    fruit = ("apple", "apricot", "banana")

    def source(typed):
        return [
            Found(
                "fruit",
                name,
                "",
                lambda name=name: opened.append(name),
                other=("peel", lambda name=name: opened.append(f"peeled {name}")),
            )
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
    return [found.title for found in finder.found.rows]


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
    place = finder.list.visualRect(finder.found.index(2, 0)).center()
    qtbot.mouseClick(finder.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["banana"]


def test_escape_closes_and_opens_nothing(finder, qtbot, opened):
    qtbot.keyClick(finder.line, Qt.Key.Key_Escape)
    assert not finder.isVisible()
    assert opened == []


def test_nothing_found_is_said_and_enter_does_nothing(finder, qtbot, opened):
    qtbot.keyClicks(finder.line, "xyz")
    assert finder.empty.isVisible()
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert opened == []
    assert finder.isVisible()


def test_one_source_does_not_crowd_out_another(finder, qtbot):
    finder.add(lambda _typed: [Found("number", str(n), "", list) for n in range(50)])
    assert titles(finder)[:3] == ["apple", "apricot", "banana"]
    assert len(titles(finder)) == 3 + MOST


def test_what_fits_best_stands_first_whatever_source_it_is_from(finder, qtbot):
    finder.add(lambda _typed: [Found("number", "exact", "", list, NAME)])
    qtbot.keyClicks(finder.line, "ap")
    assert titles(finder) == ["exact", "apple", "apricot"]


def test_ctrl_and_enter_does_the_second_deed(finder, qtbot, opened):
    qtbot.keyClicks(finder.line, "ap")
    assert "Ctrl+Enter peel" in finder.hints.text()
    qtbot.keyClick(finder.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened == ["peeled apple"]
    assert not finder.isVisible()


def test_where_there_is_no_second_deed_none_is_promised_or_done(finder, qtbot, opened):
    finder.add(lambda _typed: [Found("number", "exact", "", list, NAME)])
    qtbot.keyClicks(finder.line, "ap")
    assert "Ctrl" not in finder.hints.text()
    qtbot.keyClick(finder.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened == []
    assert finder.isVisible()


def test_what_comes_late_does_not_move_the_cursor_that_was_led(finder, qtbot):
    qtbot.keyClicks(finder.line, "ap")
    qtbot.keyClick(finder.line, Qt.Key.Key_Down)
    finder.add(lambda _typed: [Found("number", "exact", "", list, NAME)])
    assert finder.current.title == "apricot"


def test_what_comes_late_and_fits_best_is_taken_by_enter(finder, qtbot):
    qtbot.keyClicks(finder.line, "ap")
    finder.add(lambda _typed: [Found("number", "exact", "", list, NAME)])
    assert finder.current.title == "exact"


def test_the_letters_go_out_for_those_who_look_further(finder, qtbot):
    with qtbot.waitSignal(finder.typed) as typed:
        qtbot.keyClicks(finder.line, "b")
    assert typed.args == ["b"]


def test_a_heading_stands_where_a_section_begins(finder):
    parts = [Found("x", str(n), "", list, section="ab"[n // 2]) for n in range(4)]
    finder.found.set_rows(parts)
    assert [finder.found.heading(row) for row in range(4)] == ["a", "", "b", ""]


def test_what_was_found_is_read_aloud_with_what_tells_it_apart(finder):
    finder.found.set_rows([Found("老人", "王秀英", "女 · 301-1", list)])
    assert finder.found.index(0, 0).data() == "王秀英、女 · 301-1、老人"


def test_f1_tells_the_keys_of_the_finder(finder, qtbot):
    qtbot.keyClick(finder.line, Qt.Key.Key_F1)
    texts = {
        label.text() for label in finder.findChild(ShortcutSheet).findChildren(QLabel)
    }
    assert {"Enter", "Ctrl+Enter", "Esc", "↑、↓"} <= texts
