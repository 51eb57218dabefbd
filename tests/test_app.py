"""The desktop as a whole: who sees which pages, the lock, mistakes of the program."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import logging
import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from carehome.app.desk import BEDS, FEES, RESIDENTS, SETTINGS, TODAY
from carehome.app.pages import PAGES, Entry
from carehome.app.window import make_shell
from carehome.db.accounts import AccountRow
from carehome.db.database import Database, InUse
from carehome.db.residents import AdmissionRow, ResidentRow
from carehome.rules.home import Profile
from carehome.rules.rights import Right, Role
from carehome.services.home import Home, OpenHome
from carehome.ui.desktop import Desktop
from carehome.ui.kit import bugs
from carehome.ui.kit.dialogs import (
    ConfirmDialog,
    CrashDialog,
    FormDialog,
    MessageDialog,
)
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.progress import Progress
from tests.conftest import KEY, ROLES
from tests.start.conftest import (  # noqa: F401 - fixtures
    PASSWORDS,
    _dressed,
    _keys_cost_little,
    folder,
    jobs,
    memory,
    recovery_key,
    shown,
    write,
)

LEFT = Qt.MouseButton.LeftButton
MINUTE = timedelta(minutes=1)
SPELT = {"pinyin": "wang xiu ying", "initials": "wxy"}


class HandClock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def hand_clock():
    return HandClock()


@pytest.fixture
def pages():
    """The pages of the program; most tests need no more than the last one."""
    return PAGES[-1:]


WITH_ALL_PAGES = pytest.mark.parametrize("pages", [PAGES], ids=["all pages"])


@pytest.fixture
def desktop(shown, memory, jobs, hand_clock, folder, qtbot, write, pages, monkeypatch):
    """The desktop with the director at work in the home of `folder`."""
    monkeypatch.setattr("carehome.app.window.PAGES", pages)

    def shells(opened, set_look):
        return make_shell(opened, jobs, hand_clock, set_look)

    window = shown(Desktop(shells, memory, jobs, hand_clock, look_every_ms=5))
    window.start.begin(folder)
    sign_in(window, Role.DIRECTOR, write, qtbot)
    yield window
    if window.opened:
        window.opened.db.close()


def sign_in(window, role, write, qtbot):
    """Sign in on whichever screen asks for it."""
    screen = window.start.stack.currentWidget()
    write(screen.sign_in, role.value)
    write(screen.password, PASSWORDS[role])
    with qtbot.waitSignal(window.start.opened):
        qtbot.mouseClick(screen.primary, LEFT)


@pytest.fixture
def dialog(desktop, qtbot, write):
    """A dialog over the pages in which something is half typed."""
    form = Form()
    field = form.add("name", TextField("姓名"))
    dialog = FormDialog("新老人", form, "保存", desktop.shell)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    write(field, "王秀英")
    dialog.field = field
    return dialog


# pages


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_the_pages_it_has_the_right_for(db, jobs, qtbot, clock, role):
    opened = OpenHome(db, ROLES[role], Profile("福寿养老院"))
    shell = make_shell(opened, jobs, clock)
    qtbot.addWidget(shell)
    wanted = [page.title for page in PAGES if ROLES[role].may(page.right)]
    assert list(shell.entries) == wanted
    assert SETTINGS in wanted


def test_a_page_beyond_the_rights_is_not_there(db, jobs, qtbot, clock, monkeypatch):
    secret = Entry("Secret", "lock", Right.MANAGE_ACCOUNTS, lambda _desk: QWidget())
    monkeypatch.setattr("carehome.app.window.PAGES", (*PAGES, secret))
    seen = {}
    for role in (Role.DIRECTOR, Role.FRONT_DESK):
        opened = OpenHome(db, ROLES[role], Profile("福寿养老院"))
        shell = make_shell(opened, jobs, clock)
        qtbot.addWidget(shell)
        seen[role] = "Secret" in shell.entries
    assert seen == {Role.DIRECTOR: True, Role.FRONT_DESK: False}


@WITH_ALL_PAGES
def test_every_page_opens_for_the_director(desktop, qtbot, jobs):
    for page in PAGES:
        widget = desktop.shell.open_page(page.title)
        assert widget.isVisible()
    qtbot.waitUntil(lambda: jobs.progress is None)


def test_the_frame_names_home_person_role_and_day(desktop):
    assert desktop.shell.home.text() == "福寿养老院"
    assert desktop.shell.person.text() == "director · 院长"
    assert "2026年11月21日" in desktop.shell.day.text()


def test_a_window_higher_than_the_screen_takes_the_whole_screen(
    qtbot, memory, jobs, hand_clock
):
    window = Desktop(lambda *_: None, memory, jobs, hand_clock)
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert window.height() > room.height() - 40 or window.width() > room.width()
    window.come_up()
    assert window.isMaximized()


def test_the_day_follows_the_calendar(desktop, hand_clock):
    hand_clock.now += timedelta(days=1)
    desktop.day.timeout.emit()
    assert "11月22日" in desktop.shell.day.text()


def test_at_midnight_every_page_reads_its_day_anew(desktop, hand_clock, jobs, qtbot):
    hand_clock.now += timedelta(days=1)
    with qtbot.waitSignal(jobs.changed) as told:
        desktop.day.timeout.emit()
    assert {"resident", "bed", "bill"} <= told.args[0]


def test_within_a_day_nothing_is_read_anew(desktop, hand_clock, jobs, qtbot):
    hand_clock.now += timedelta(hours=1)
    with qtbot.assertNotEmitted(jobs.changed, wait=50):
        desktop.day.timeout.emit()


def test_a_practice_home_says_so_on_every_page(db, jobs, qtbot, clock):
    profile = Profile("福寿养老院", is_practice=True)
    shell = make_shell(OpenHome(db, ROLES[Role.DIRECTOR], profile), jobs, clock)
    qtbot.addWidget(shell)
    assert "练习" in shell.mark.text()


def test_practice_is_said_in_the_title_and_above_the_page_once_it_is_ticked(
    desktop, qtbot, jobs, hand_clock
):
    assert "练习" not in desktop.windowTitle()
    home = Home(desktop.opened.db, desktop.opened.user, hand_clock)
    for is_practice in (True, False):
        profile = Profile("福寿养老院", is_practice=is_practice)
        jobs.run(desktop, lambda _none: None, home.change_profile, profile)
        qtbot.waitUntil(lambda said=is_practice: desktop.shell.mark.isVisible() == said)
        assert desktop.windowTitle().startswith("练习") == is_practice


# changes


def test_a_change_is_told_on_the_thread_of_the_screen(desktop, qtbot, jobs, hand_clock):
    threads = []

    class Hearer(QObject):
        @Slot(frozenset)
        def hear(self, _tables):
            threads.append(threading.current_thread())

    hearer = Hearer()
    jobs.changed.connect(hearer.hear)
    home = Home(desktop.opened.db, desktop.opened.user, hand_clock)
    with qtbot.waitSignal(jobs.changed) as changed:
        jobs.run(hearer, lambda _none: None, home.change_profile, Profile("新名"))
    assert changed.args == [frozenset({"home"})]
    assert threads == [threading.main_thread()]


def test_a_new_name_and_a_new_limit_hold_at_once(desktop, qtbot, jobs, hand_clock):
    home = Home(desktop.opened.db, desktop.opened.user, hand_clock)
    profile = Profile("安宁养老院", lock_minutes=1)
    jobs.run(desktop, lambda _none: None, home.change_profile, profile)
    qtbot.waitUntil(lambda: desktop.shell.home.text() == "安宁养老院")
    assert "安宁养老院" in desktop.windowTitle()
    hand_clock.now += MINUTE
    qtbot.waitUntil(lambda: desktop.is_locked)


# the lock


def test_the_screen_is_locked_when_nobody_is_there(desktop, hand_clock, qtbot):
    hand_clock.now += 10 * MINUTE
    qtbot.waitUntil(lambda: desktop.is_locked)
    assert desktop.currentWidget() is desktop.start
    assert not desktop.shell.isVisible()


@pytest.mark.parametrize(
    "touch",
    [
        lambda window: QTest.keyClick(window, Qt.Key.Key_Shift),
        lambda window: [QTest.mouseMove(window, QPoint(at, at)) for at in (5, 50)],
        lambda window: QTest.mouseClick(window, LEFT),
    ],
    ids=["key", "mouse", "click"],
)
def test_whoever_works_is_not_locked_out(desktop, hand_clock, qtbot, touch):
    hand_clock.now += 9 * MINUTE
    touch(desktop.windowHandle())
    desktop.idle.passed.connect(lambda: pytest.fail("locked too early"))
    hand_clock.now += 9 * MINUTE
    looked = QTimer(desktop, interval=50, singleShot=True)
    with qtbot.waitSignal(looked.timeout):
        looked.start()
    assert not desktop.is_locked


def test_work_in_a_dialog_counts_as_work(desktop, dialog, hand_clock, qtbot):
    hand_clock.now += 9 * MINUTE
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Shift)
    assert desktop.idle._last == hand_clock.now


def test_a_computer_that_slept_is_locked_when_it_wakes(desktop, hand_clock, qtbot):
    hand_clock.now += timedelta(hours=8)
    qtbot.waitUntil(lambda: desktop.is_locked)


def test_a_key_locks_the_screen(desktop, qtbot):
    qtbot.keyClick(desktop.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desktop.is_locked


def test_half_typed_work_is_out_of_sight_and_comes_back(desktop, dialog, write, qtbot):
    desktop.lock()
    assert not dialog.isVisible()
    sign_in(desktop, Role.DIRECTOR, write, qtbot)
    assert dialog.isVisible()
    assert dialog.field.value() == "王秀英"
    assert not desktop.is_locked


@WITH_ALL_PAGES
def test_keys_go_to_the_page_after_signing_in(desktop, qtbot):
    page = desktop.shell.widgets[TODAY]
    qtbot.waitUntil(lambda: page.isAncestorOf(desktop.shell.focusWidget()))


@WITH_ALL_PAGES
def test_the_cursor_is_where_it_was_before_the_lock(desktop, write, qtbot):
    people = desktop.shell.open_page(RESIDENTS)
    people.begin_admission()
    phone = people.admissions.person.form.phone.input
    qtbot.waitUntil(people.admissions.person.form.name.input.hasFocus)
    phone.setFocus()
    desktop.lock()
    sign_in(desktop, Role.DIRECTOR, write, qtbot)
    qtbot.waitUntil(phone.hasFocus)


def test_a_dialog_that_came_back_still_works(desktop, dialog, write, qtbot):
    desktop.lock()
    sign_in(desktop, Role.DIRECTOR, write, qtbot)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(dialog.primary, LEFT)
    assert chosen.args == [{"name": "王秀英"}]
    dialog.finish()
    assert not dialog.isVisible()


def test_what_opens_behind_the_lock_stays_out_of_sight(desktop, write, qtbot):
    desktop.lock()
    dialog = MessageDialog("王秀英", "王秀英", desktop.shell)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    sign_in(desktop, Role.DIRECTOR, write, qtbot)
    qtbot.waitUntil(dialog.isVisible)


def test_the_same_pages_come_back(desktop, write, qtbot):
    before = desktop.shell
    desktop.lock()
    sign_in(desktop, Role.DIRECTOR, write, qtbot)
    assert desktop.shell is before
    assert desktop.currentWidget() is before


def test_another_person_gets_pages_of_their_own_rights(desktop, dialog, write, qtbot):
    desktop.lock()
    sign_in(desktop, Role.FRONT_DESK, write, qtbot)
    assert desktop.shell.person.text() == "front_desk · 前台"
    assert desktop.opened.user.role is Role.FRONT_DESK
    qtbot.waitUntil(lambda: not desktop.findChildren(FormDialog))


def test_another_name_is_told_what_their_coming_means(desktop, write):
    desktop.lock()
    screen = desktop.start.stack.currentWidget()
    assert not screen.other.isVisible()
    write(screen.sign_in, "front_desk")
    assert screen.other.isVisible()


def test_a_wrong_password_does_not_unlock(desktop, write, qtbot):
    desktop.lock()
    screen = desktop.start.stack.currentWidget()
    write(screen.password, "not the password")
    qtbot.mouseClick(screen.primary, LEFT)
    qtbot.waitUntil(lambda: bool(screen.password.error))
    assert desktop.is_locked


def test_trouble_behind_the_lock_waits_for_the_person(desktop, write, qtbot):
    desktop.lock()
    desktop.tell(InUse())
    assert not desktop.findChildren(MessageDialog)
    sign_in(desktop, Role.DIRECTOR, write, qtbot)
    assert desktop.shell.findChild(MessageDialog).isVisible()


def test_leaving_closes_the_home(desktop, qtbot, folder):
    desktop.lock()
    qtbot.mouseClick(desktop.start.stack.currentWidget().leave, LEFT)
    qtbot.waitUntil(lambda: desktop.start.stack.currentWidget() is desktop.start.homes)
    again = Database(folder / "home.db", KEY)
    with again.reading() as session:
        assert session.get(AccountRow, 1)
    assert desktop.shell is None
    again.close()


# trouble and mistakes


def test_trouble_that_nobody_handles_is_told(desktop, jobs, qtbot):
    def fail():
        raise InUse

    jobs.run(desktop, lambda _none: None, fail)
    qtbot.waitUntil(lambda: bool(desktop.shell.findChildren(MessageDialog)))
    dialog = desktop.shell.findChild(MessageDialog)
    assert dialog.text.text() == InUse().message


@pytest.fixture
def caught(monkeypatch, desktop):
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    found = bugs.Bugs(desktop)
    found.catch()
    desktop.bug_found.connect(found.note)
    found.found.connect(desktop.show_crash)
    yield found
    bugs.release()


@pytest.fixture
def log_file(tmp_path):
    root = logging.getLogger()
    before = list(root.handlers), root.level
    bugs.log_to(tmp_path / "logs")
    yield tmp_path / "logs" / "carehome.log"
    for handler in set(root.handlers) - set(before[0]):
        handler.close()
        root.removeHandler(handler)
    root.setLevel(before[1])


def mistake():
    raise KeyError("王秀英 610103194001012424")


def on_this_thread():
    try:
        mistake()
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def on_another_thread():
    thread = threading.Thread(target=mistake)
    thread.start()
    thread.join()


@pytest.mark.parametrize("happen", [on_this_thread, on_another_thread])
def test_a_mistake_is_told_and_logged_without_personal_data(
    desktop, caught, log_file, qtbot, happen
):
    happen()
    qtbot.waitUntil(lambda: bool(desktop.shell.findChildren(CrashDialog)))
    report = desktop.shell.findChild(CrashDialog).report.toPlainText()
    logged = log_file.read_text("utf-8")
    for told in (report, logged):
        assert "KeyError" in told
        assert "mistake" in told
        assert "王秀英" not in told
        assert "610103" not in told


def test_a_mistake_in_a_job_is_told(desktop, caught, jobs, qtbot, caplog):
    jobs.run(desktop, lambda _none: None, mistake)
    qtbot.waitUntil(lambda: bool(desktop.shell.findChildren(CrashDialog)))
    assert "KeyError" in caplog.text


def test_mistakes_that_follow_each_other_open_one_dialog(
    desktop, caught, qtbot, caplog
):
    on_this_thread()
    on_this_thread()
    qtbot.waitUntil(lambda: bool(desktop.shell.findChildren(CrashDialog)))
    assert len(desktop.shell.findChildren(CrashDialog)) == 1
    assert caplog.text.count("KeyError") == 2


def test_what_others_log_with_an_error_holds_no_message(log_file):
    try:
        mistake()
    except KeyError:
        logging.getLogger("other").exception("failed")
    logged = log_file.read_text("utf-8")
    assert "failed" in logged
    assert "KeyError" in logged
    assert "王秀英" not in logged


def test_a_log_that_cannot_be_kept_stops_nobody(tmp_path):
    (tmp_path / "logs").write_text("a file, not a folder")
    bugs.log_to(tmp_path / "logs")


# closing, text size, upgrade


def test_closing_lets_go_of_the_file(desktop, folder, memory):
    desktop.close()
    again = Database(folder / "home.db", KEY)
    with again.reading() as session:
        assert session.get(AccountRow, 1)
    assert memory.window
    again.close()


@WITH_ALL_PAGES
def test_what_is_half_typed_survives_the_closing(desktop, folder, qtbot):
    people = desktop.shell.open_page(RESIDENTS)
    people.begin_admission()
    qtbot.waitUntil(people.admissions.person.form.name.input.hasFocus)
    people.admissions.person.form.name.input.setText("half a name")
    desktop.close()
    again = Database(folder / "home.db", KEY)
    with again.reading() as session:
        (draft,) = session.scalars(select(AdmissionRow.draft))
    assert draft["person"]["name"] == "half a name"
    again.close()


def test_an_upgrade_tells_where_the_copy_is(desktop, tmp_path, request):
    desktop.opened = None
    shutil.copy(request.getfixturevalue("_template"), tmp_path / "x.db")
    opened = OpenHome(
        Database(tmp_path / "x.db", KEY),
        ROLES[Role.DIRECTOR],
        Profile("福寿养老院"),
        kept_copy=tmp_path / "copies" / "home-0001.db",
    )
    desktop._enter(opened, "director")
    told = desktop.shell.findChild(MessageDialog).text.text()
    assert str(opened.kept_copy) in told


HEAVY = ("reportlab", "openpyxl", "xlsxwriter", "pypinyin", "alembic")
HEAVY += ("PySide6.QtPdf", "PySide6.QtPrintSupport")
UNTIL_SIGNED_IN = ("sqlalchemy", "sqlcipher3", "babel", "cryptography", "argon2")


def loaded(code, modules):
    """Say which of the modules a fresh process holds after some code."""
    tell = f"import sys; print(*(m for m in {modules!r} if m in sys.modules))"
    command = [sys.executable, "-c", f"{code}\n{tell}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_program_starts_without_its_heavy_parts():
    assert loaded("import carehome.app.window", HEAVY) == []


START = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from carehome import paths
from carehome.app import program

def look(_app):
    QApplication.processEvents()
    assert any(each.isVisible() for each in QApplication.topLevelWidgets())
    return 0

home = Path({home!r})
paths.memory, paths.logs = lambda: home / "desktop.json", lambda: home / "logs"
QApplication.exec = look
program.run(home)
"""


def test_the_first_screen_shows_before_the_database_is_loaded(folder):
    code = START.format(home=str(folder))
    assert loaded(code, HEAVY + UNTIL_SIGNED_IN) == []


# finding, and pages that lead to each other


@pytest.fixture
def resident(desktop, hand_clock):
    """Somebody whom the home knows."""
    with desktop.opened.db.writing(desktop.opened.user, "test") as session:
        row = ResidentRow(id=7, name="王秀英", sex="female", **SPELT)
        session.add(row)
    return 7


@WITH_ALL_PAGES
def test_one_page_opens_what_belongs_to_another(desktop, resident, qtbot):
    beds = desktop.shell.open_page(BEDS)
    beds.resident_wanted.emit(resident)
    assert desktop.shell.current == RESIDENTS
    residents = desktop.shell.widgets[RESIDENTS]
    residents.payment_wanted.emit(resident)
    assert desktop.shell.current == FEES
    residents.bed_wanted.emit(resident)
    assert desktop.shell.current == BEDS


@WITH_ALL_PAGES
def test_what_a_page_did_is_told_in_the_frame(desktop):
    for title in (RESIDENTS, BEDS, FEES, SETTINGS):
        desktop.shell.open_page(title).told.emit(title)
        assert desktop.shell.toast.text.text() == title


def test_closing_asks_while_something_is_being_done(desktop, jobs, qtbot):
    """It is asked on the screen that is in sight, also while that is the lock."""
    progress, go_on = Progress("Posting"), threading.Event()

    def work(step):
        while not go_on.wait(0.01):
            step(0, 1)

    qtbot.waitUntil(lambda: not jobs.is_busy)
    jobs.run(desktop, lambda _none: None, work, progress.step)
    desktop.lock()
    desktop.close()
    dialog = desktop.start.findChild(ConfirmDialog)
    assert dialog.isVisible()
    assert desktop.isVisible()
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: not desktop.isVisible())
    assert progress.cancelled
    go_on.set()
