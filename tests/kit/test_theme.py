"""One place for colours, sizes and type; light and dark change while one looks."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton

from carehome import paths, ui
from carehome.ui.kit import icons, theme

SCREENS = Path(ui.__file__).parent
HEXES = re.compile(r"#[0-9a-fA-F]{3,8}\b")
# Calls that take pixels; a pixel or two are hairlines, which do not grow with the text.
SIZED = re.compile(
    r"set(Contents)?Margins$|set\w*Spacing$|addSpacing$|setFixed(Width|Height|Size)$"
    r"|set(Minimum|Maximum)(Width|Height|Size)$|setIconSize$|setPixelSize$|QSize$"
)
HAIRLINE = 2


@pytest.fixture
def app(qapp):
    yield qapp
    theme.use(qapp)


def test_light_and_dark_name_the_same_colours():
    assert theme.tokens()["light"].keys() == theme.tokens()["dark"].keys()


def test_the_person_can_choose_dark(app):
    theme.use(app, scheme="dark")
    assert theme.colour("paper") == QColor(theme.tokens()["dark"]["paper"])
    assert app.palette().base().color() == theme.colour("paper")


def test_a_running_window_follows_the_system(app, qtbot):
    theme.use(app)
    told = {}
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        app.styleHints().colorSchemeChanged.emit(scheme)
        told[scheme] = app.palette().window().color()
    colours = theme.tokens()
    assert [each.name() for each in told.values()] == [
        colours["dark"]["ground"],
        colours["light"]["ground"],
    ]


def test_windows_are_dressed_anew_for_another_scheme(app, qtbot):
    theme.use(app, scheme="light")
    window = QLabel("x")
    qtbot.addWidget(window)
    theme.dress(window)
    theme.mark(window, "banner")
    colours = {}
    for scheme in ("light", "dark"):
        theme.use(app, scheme=scheme)
        window.ensurePolished()
        colours[scheme] = window.palette().windowText().color().name()
    assert colours == {each: theme.tokens()[each]["bad"] for each in colours}


def test_who_chose_light_keeps_it_when_the_system_turns_dark(app):
    theme.use(app, scheme="light")
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert app.palette().window().color().name() == theme.tokens()["light"]["ground"]


def test_what_a_button_shows_follows_the_scheme(app, qtbot):
    sign = QPushButton(icons.icon("search"), "")
    qtbot.addWidget(sign)
    theme.use(app, scheme="light")
    light = sign.grab().toImage()
    theme.use(app, scheme="dark")
    assert sign.grab().toImage() != light


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0])
def test_an_icon_is_drawn_for_the_pixels_of_the_screen(qapp, ratio):
    pixmap = icons.icon("beds").pixmap(QSize(20, 20), ratio)
    assert pixmap.size() == QSize(20, 20) * ratio
    assert pixmap.devicePixelRatio() == ratio


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
    theme.dress(label)
    before = label.sizeHint().height()
    theme.mark(label, "title")
    assert label.sizeHint().height() > before


def _trees():
    for file in sorted(SCREENS.rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def _called(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id


def _calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(
            node.func, ast.Attribute | ast.Name
        ):
            yield node


def test_no_screen_has_colours_of_its_own():
    found = []
    for file, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                is_icon = file.name == "icons.py"  # drawings are black and tinted
                if HEXES.search(node.value) and not is_icon:
                    found.append(f"{file.name}:{node.lineno}")
        for call in _calls(tree):
            if _called(call) in {"QColor", "setStyleSheet", "QPalette", "rgb"} and (
                file.name != "theme.py"
            ):
                found.append(f"{file.name}:{call.lineno} {_called(call)}")
    assert found == []


def test_no_screen_has_pixels_of_its_own():
    """Every size goes through `theme.px`, and so grows with the text."""
    found = [
        f"{file.name}:{call.lineno}"
        for file, tree in _trees()
        for call in _calls(tree)
        if file.name != "theme.py" and SIZED.match(_called(call))
        for size in call.args
        if isinstance(size, ast.Constant) and abs(size.value) > HAIRLINE
    ]
    assert found == []


def test_no_screen_has_a_control_that_the_look_does_not_know():
    """These would stand there as Qt draws them."""
    bare = {
        *("QRadioButton", "QSlider", "QDial", "QGroupBox", "QTabWidget", "QToolBox"),
        *("QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit"),
        *("QTextEdit", "QTextBrowser", "QMessageBox", "QInputDialog", "QWizard"),
        *("QColorDialog", "QFontDialog", "QStatusBar", "QToolBar", "QMenuBar"),
    }
    found = [
        f"{file.name}:{call.lineno} {_called(call)}"
        for file, tree in _trees()
        for call in _calls(tree)
        if _called(call) in bare
    ]
    assert found == []


@pytest.mark.parametrize(
    ("language", "said"), [("zh_CN", "查找范围："), ("en", "&Look in:")]
)
def test_the_file_dialog_speaks_the_language(app, language, said):
    theme.put_on(app, theme.Look(language=language))
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == said
    theme.put_on(app, theme.Look())


def test_the_sheet_names_all_its_colours():
    text = (paths.resource("theme") / "sheet.qss").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    values = re.findall(r"(?:color|background)[\w-]*\s*:\s*([^;@]+);", text)
    assert {value.strip() for value in values} <= {"transparent", "none"}


def test_every_colour_is_used():
    code = "".join(file.read_text("utf-8") for file in SCREENS.rglob("*.py"))
    sheet = (paths.resource("theme") / "sheet.qss").read_text(encoding="utf-8")
    levels = {f"a{level}" for level in range(5)}  # named by the level itself
    tones = {f"{tone}_soft" for tone in theme.TONES}
    unused = {
        name
        for name in theme.tokens()["light"]
        if f"@{name}" not in sheet and f'"{name}"' not in code
    }
    assert unused - levels - tones == set()
