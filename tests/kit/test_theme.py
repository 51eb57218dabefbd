import re

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QDialogButtonBox, QLabel

from carehome import paths
from carehome.ui.kit import theme

ON_PAPER = ("ink", "ink_2", "brand", "bad", "warn", "ok", "info")
PAIRS = [
    *((ink, "paper") for ink in ON_PAPER),
    *((ink, "ground") for ink in ("ink", "ink_2")),
    *((ink, "brand_soft") for ink in ("ink", "ink_2", "brand")),
    *((tone, f"{tone}_soft") for tone in theme.TONES),
    *(("ink", f"a{level}") for level in range(5)),
    *(("tint_ink", f"a{level}") for level in range(5)),
    ("ink", "hover"),
    ("ink_2", "line"),
    ("brand_ink", "brand"),
    ("brand_ink", "brand_deep"),
    ("brand_ink", "bad"),
    ("nav_ink", "nav"),
    ("nav_ink", "nav_hover"),
    ("nav_note", "nav"),
    ("nav_note", "nav_hover"),
    ("toast_ink", "nav_on"),
    ("toast_ink", "badge"),
    ("toast_ink", "toast"),
    ("toast_do", "toast"),
]


def _light(colour: str) -> float:
    def part(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    shade = QColor(colour)
    red, green, blue = map(part, (shade.redF(), shade.greenF(), shade.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture
def app(qapp):
    yield qapp
    theme.use(qapp)


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(scheme):
    colours = theme.tokens()[scheme]
    pairs = [
        (ink, ground, _contrast(colours[ink], colours[ground])) for ink, ground in PAIRS
    ]
    assert [pair for pair in pairs if pair[2] < 4.5] == []


def test_light_and_dark_name_the_same_colours():
    assert theme.tokens()["light"].keys() == theme.tokens()["dark"].keys()


def test_the_person_can_choose_dark(app):
    theme.use(app, scheme="dark")
    assert theme.colour("paper") == QColor(theme.tokens()["dark"]["paper"])
    assert app.palette().base().color() == theme.colour("paper")


def test_the_sheet_leaves_no_name_and_follows_the_text_size(app):
    theme.use(app, scale=130)
    assert "@" not in re.sub(r"/\*.*?\*/", "", theme.sheet(), flags=re.DOTALL)
    assert "font-size: 23px" in theme.sheet()  # 18 px for the title of a page
    assert theme.px(10) == 13
    assert app.font().pixelSize() == 18


def test_the_house_font_is_the_bundled_one(qapp):
    assert theme.FAMILY in QFontDatabase.families()
    assert QFontInfo(qapp.font()).family() == theme.FAMILY
    assert (paths.resource("fonts") / "NotoSansSC-Bold.ttf").exists()


def test_digits_are_equally_wide():
    wide = {theme.room(digit * 10, theme.font()) for digit in "0123456789"}
    assert len(wide) == 1


def test_qts_own_buttons_speak_chinese(qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"


def test_a_mark_changes_the_look_at_once(qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    before = label.sizeHint().height()
    theme.mark(label, "title")
    assert label.sizeHint().height() > before
