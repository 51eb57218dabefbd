"""The cursor is seen on every kind of control, in light and dark."""

from datetime import date

import pytest
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import CheckField, ChoiceField, NoteField, TextField
from carehome.ui.kit.navigation import Entry
from carehome.ui.kit.page import Search, Tabs
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.kit.toast import Toast
from tests.kit.conftest import _dressed, shown  # noqa: F401 - fixtures

LEAST, SEEN = 3.0, 30  # contrast of what changes, and how many pixels of it


def checked():
    press = button("在住", kind="small")
    press.setCheckable(True)
    press.setChecked(True)
    return press, press


def field(made):
    return made, made.input


def tabs():
    made = Tabs()
    for title in ("账单", "收据"):
        made.add(title, QWidget)
    return made, made.strip


def table():
    view = TableView(
        TableModel([Column("姓名", str), Column("床位", str)]), "focus", "x"
    )
    view.table.set_rows(["甲", "乙"])
    return view, view


def toast(part):
    made = Toast()
    made.tell("王秀英已换到 302-1", "撤销", print)
    return made, getattr(made, part)


def within_nav(made):
    nav = QFrame()
    theme.mark(nav, "nav")
    QVBoxLayout(nav).addWidget(made)
    return nav, made


def same(made):
    return made, made


CONTROLS = {
    "button": lambda: same(button("换床", "plus")),
    "primary": lambda: same(button("换床", "plus", kind="primary")),
    "danger": lambda: same(button("作废", kind="danger")),
    "link": lambda: same(button("今天", kind="link")),
    "small": lambda: same(button("筛选", kind="small")),
    "checked": checked,
    "icon": lambda: same(icon_button("close", "关闭", print)),
    "text": lambda: field(TextField("姓名")),
    "day": lambda: field(DateField("日期", date(2026, 11, 21))),
    "choice": lambda: field(ChoiceField("性别", {1: "男", 2: "女"})),
    "pick": lambda: field(PickField("性别", {1: "男", 2: "女"})),
    "check": lambda: field(CheckField("", "已收好")),
    "note": lambda: field(NoteField("备注")),
    "search": lambda: same(Search()),
    "tabs": tabs,
    "table": table,
    "toast": lambda: toast("do"),
    "toast away": lambda: toast("away"),
    "entry": lambda: within_nav(Entry("老人", "residents")),
    "find": lambda: within_nav(button("查找", "search", kind="nav_find")),
    "nav link": lambda: within_nav(QPushButton("锁定")),
}


@pytest.fixture(params=["light", "dark"])
def scheme(request, qapp):
    theme.use(qapp, 100, request.param)
    yield request.param
    theme.use(qapp)


@pytest.mark.parametrize("control", CONTROLS)
def test_the_cursor_is_seen(scheme, control, shown, qtbot):  # noqa: F811 - a fixture
    room = QWidget()
    other = QPushButton("别处")
    whole, target = CONTROLS[control]()
    column = QVBoxLayout(room)
    column.addWidget(whole)
    column.addWidget(other)
    theme.dress(room)
    shown(room)
    if control == "nav link":
        theme.mark(target, "nav_link")
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = whole.grab().toImage()
    target.setFocus()
    qtbot.waitUntil(target.hasFocus)
    after = whole.grab().toImage()
    assert _changed(before, after) >= SEEN


def _changed(before, after):
    """Count the pixels that differ so much that one sees it."""
    return sum(
        _contrast(before.pixelColor(x, y), after.pixelColor(x, y)) >= LEAST
        for x in range(before.width())
        for y in range(before.height())
        if before.pixel(x, y) != after.pixel(x, y)
    )


def _contrast(one, other):
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _light(colour):
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
