"""Another size of text, another language, light or dark: while somebody works."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)
from sqlalchemy import select

from carehome import i18n
from carehome.app.desk import RESIDENTS, SETTINGS
from carehome.app.pages import PAGES
from carehome.db.residents import AdmissionRow
from carehome.rules.rights import Role
from carehome.ui.kit import theme
from carehome.ui.kit.page import Tabs
from carehome.ui.kit.theme import Look
from tests.start.conftest import (  # noqa: F401 - fixtures
    _dressed,
    _keys_cost_little,
    folder,
    jobs,
    memory,
    recovery_key,
    shown,
    write,
)
from tests.test_app import desktop, hand_clock, sign_in  # noqa: F401 - fixtures
from tests.test_texts import CATALOG

LEFT = Qt.MouseButton.LeftButton
ENGLISH = Look(language="en")
CHINESE = re.compile("[\u4e00-\u9fff]")
OWN = 1
NAMES_OF_LANGUAGES = {"中文", "1 中文", "English", "2 English"}


@pytest.fixture
def pages():
    return PAGES


@pytest.fixture(autouse=True)
def _undress(qapp):
    yield
    theme.put_on(qapp, Look())


def own(desktop):
    """Go to the tab where the look is chosen."""
    tabs = desktop.shell.open_page(SETTINGS).findChild(Tabs)
    tabs.strip.setCurrentIndex(OWN)
    return tabs.content(OWN)


def choose(desktop, field, code, qtbot):
    """Choose something of the look as a person does, and wait until it is there."""
    picker = getattr(own(desktop), field)
    wanted = replace(theme.look(), **{field: code})
    qtbot.mouseClick(picker.input.buttons[code], LEFT)
    qtbot.waitUntil(lambda: theme.look() == wanted)


def words(widget):
    """Return all that `widget` says by itself."""
    yield from (widget.toolTip(), widget.windowTitle(), widget.accessibleName())
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QTableView):
        across, axis = widget.model().columnCount(), Qt.Orientation.Horizontal
        for column in range(across):
            yield str(widget.model().headerData(column, axis) or "")


def said_everywhere(desktop):
    """Return what all pages say, with every tab of them opened."""
    for title in desktop.shell.entries:
        tabs = desktop.shell.open_page(title).findChild(Tabs)
        for at in range(tabs.strip.count() if tabs else 0):
            tabs.strip.setCurrentIndex(at)
    found = {
        word
        for window in (desktop.start, desktop.shell)
        for widget in (window, *window.findChildren(QWidget))
        for word in words(widget)
    }
    tabs = desktop.shell.findChildren(Tabs)
    found |= {desktop.windowTitle()}
    found |= {t.strip.tabText(at) for t in tabs for at in range(t.strip.count())}
    return found - NAMES_OF_LANGUAGES


@pytest.mark.parametrize(("field", "code"), [("scale", 130), ("language", "en")])
def test_another_look_keeps_person_page_and_tab(desktop, memory, qtbot, field, code):
    before, user = desktop.shell, desktop.opened.user
    choose(desktop, field, code, qtbot)
    assert desktop.shell is not before
    assert memory.look == theme.look()
    assert (desktop.opened.user, desktop.shell.current) == (user, SETTINGS)
    assert desktop.currentWidget() is desktop.shell
    assert desktop.shell.widgets[SETTINGS].findChild(Tabs).strip.currentIndex() == OWN


def test_light_and_dark_change_under_what_is_open(desktop, memory, qtbot):
    before = desktop.shell
    choose(desktop, "scheme", "dark", qtbot)
    assert desktop.shell is before
    assert memory.look.scheme == "dark"
    assert desktop.palette().window().color() == theme.colour("ground")


def test_in_english_no_word_of_the_program_stays_chinese(desktop, qtbot):
    translations = {str(message.string) for message in CATALOG.values()}
    choose(desktop, "language", "en", qtbot)
    said = said_everywhere(desktop)
    assert len(said) > 200
    assert {word for word in said if word in translations and CHINESE.search(word)} == (
        set()
    )


def test_back_in_chinese_no_english_word_stays(desktop, qtbot):
    choose(desktop, "language", "en", qtbot)
    said_everywhere(desktop)
    choose(desktop, "language", "zh_CN", qtbot)
    said = said_everywhere(desktop)
    english = {
        text for text, message in CATALOG.items() if CHINESE.search(str(message.string))
    }
    assert said & english == set()


def test_qts_own_words_change_with_the_language(desktop, qtbot):
    ok = QDialogButtonBox.StandardButton.Cancel
    told = []
    for language in ("en", "zh_CN"):
        choose_first = replace(theme.look(), language=language)
        desktop.set_look(choose_first)
        qtbot.waitUntil(lambda wanted=choose_first: theme.look() == wanted)
        box = QDialogButtonBox(ok)
        qtbot.addWidget(box)
        told.append((box.button(ok).text(), QLocale().monthName(3)))
    assert told == [("Cancel", "March"), ("取消", "三月")]


def test_what_is_half_typed_elsewhere_survives(desktop, qtbot):
    people = desktop.shell.open_page(RESIDENTS)
    people.begin_admission()
    name = people.admissions.person.form.name.input
    qtbot.waitUntil(name.hasFocus)
    name.setText("half a name")
    choose(desktop, "language", "en", qtbot)
    with desktop.opened.db.reading() as session:
        (draft,) = session.scalars(select(AdmissionRow.draft))
    assert draft["person"]["name"] == "half a name"


def test_the_language_is_chosen_before_anybody_signs_in(desktop, memory, qtbot, write):
    desktop.leave()
    start = desktop.start
    qtbot.waitUntil(lambda: start.stack.currentWidget() is start.homes)
    desktop.start.ask_sign_in(memory.homes[0].folder)
    (other,) = desktop.start.cover.languages.findChildren(QAbstractButton)
    before = desktop.start
    qtbot.mouseClick(other, LEFT)
    qtbot.waitUntil(lambda: desktop.start is not before)
    screen = desktop.start.stack.currentWidget()
    assert screen is desktop.start.sign_in
    assert screen.primary.text() == "Sign in"
    assert desktop.windowTitle() == "Care home manager"
    sign_in(desktop, Role.DIRECTOR, write, qtbot)
    assert i18n.language() == "en"


def test_behind_the_lock_no_language_is_offered(desktop):
    desktop.lock()
    assert not desktop.start.cover.languages.isVisible()
