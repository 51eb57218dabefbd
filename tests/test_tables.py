"""Every list of the program is named, so that each is remembered by itself."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import carehome.ui

FILES = sorted(Path(carehome.ui.__file__).parent.rglob("*.py"))


def _made(file, kind):
    """Yield the names that lists of a kind are given in a file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == kind:
            yield node


NAMES = [
    node.value
    for file in FILES
    for kind in ("TableView", "PeopleList")
    for call in _made(file, kind)
    for node in call.args
    if isinstance(node, ast.Constant)
]
COLUMNS = [
    (file.name, node)
    for file in FILES
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    if isinstance(node, ast.Tuple | ast.List)
]


def _title(node):
    """Return the title of a column that is declared, None when it is none."""
    if not isinstance(node, ast.Call) or not node.args:
        return None
    kind = node.func.value if isinstance(node.func, ast.Subscript) else node.func
    name = getattr(kind, "id", getattr(kind, "attr", ""))
    first = node.args[0]
    if name not in {"Column", "money", "number", "day", "moment"}:
        return None
    marked = isinstance(first, ast.Call) and first.args
    return first.args[0].value if marked else None


def test_lists_are_found():
    assert len(NAMES) > 25


def test_no_two_lists_share_a_name():
    assert [name for name, count in Counter(NAMES).items() if count > 1] == []


def test_no_list_has_two_columns_of_one_title():
    for name, node in COLUMNS:
        titles = [title for title in map(_title, node.elts) if title]
        assert len(titles) == len(set(titles)), name


@pytest.mark.parametrize("name", NAMES)
def test_names_are_words_that_stay(name):
    assert name.replace(".", "").replace("_", "").isalpha()
