"""From a folder to an open home, by mouse and keyboard."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter

from carehome.db.accounts import AccountRow
from carehome.db.database import Damaged, Database, DiskFull, InUse, ReadOnly
from carehome.db.keys import KeyRing, KeysDamaged
from carehome.db.schema import CopyFailed, FileTooNew
from carehome.rules.home import NoHome
from carehome.rules.rights import Role
from carehome.services import home as homes
from carehome.services.opening import Opening
from carehome.ui.kit.dialogs import MessageDialog
from carehome.ui.parts.memory import KnownHome, Memory
from carehome.ui.parts.recovery_key import RecoveryKey
from carehome.ui.start.start import Demo, Start
from tests.conftest import KEY, ROLES, TODAY
from tests.start.conftest import PASSWORDS

ENTER = Qt.Key.Key_Return
LEFT = Qt.MouseButton.LeftButton
DIRECTOR = PASSWORDS[Role.DIRECTOR]


@pytest.fixture
def start(shown, memory, jobs, clock):
    window = shown(Start(memory, jobs, clock))
    opened = []
    window.opened.connect(lambda home, _sign_in: opened.append(home))
    yield window
    for home in opened:
        home.db.close()


@pytest.fixture
def sign_in(start, qtbot, write):
    """Sign in by keyboard to the home whose screen is open."""

    def act(name, password):
        write(start.sign_in.sign_in, name)
        write(start.sign_in.password, password)
        qtbot.keyClick(start.sign_in.password.input, ENTER)

    return act


def told(screen, qtbot):
    """Wait for a banner of trouble and return its text."""
    qtbot.waitUntil(screen.trouble.isVisible)
    return screen.trouble.text()


# choosing a home


def test_a_computer_without_a_home_offers_to_set_one_up(start):
    start.choose()
    assert start.homes.known == []
    assert start.homes.new.hasFocus()


def test_homes_opened_before_are_offered_with_the_last_one_at_hand(
    start, memory, folder, qtbot
):
    memory.keep_home(KnownHome(Path("/nowhere"), "安宁养老院"))
    memory.keep_home(KnownHome(folder, "福寿养老院", "director", is_practice=True))
    start.choose()
    first, second = start.homes.known
    assert (first.title, first.chip, second.chip) == ("福寿养老院", "练习用", "")
    qtbot.waitUntil(first.hasFocus)


def test_the_arrow_keys_walk_through_the_ways(start, qtbot):
    start.choose()
    qtbot.keyClick(start.homes.new, Qt.Key.Key_Down)
    assert start.homes.other.hasFocus()
    qtbot.keyClick(start.homes.other, Qt.Key.Key_Up)
    assert start.homes.new.hasFocus()


def test_the_arrow_keys_walk_on_from_known_homes(start, memory, folder, qtbot):
    memory.keep_home(KnownHome(folder, "福寿养老院", "director"))
    start.choose()
    qtbot.waitUntil(start.homes.known[0].hasFocus)
    qtbot.keyClick(start.homes.known[0], Qt.Key.Key_Down)
    assert start.homes.new.hasFocus()


def test_a_known_home_asks_only_for_the_password(start, memory, folder, qtbot):
    memory.keep_home(KnownHome(folder, "福寿养老院", "director"))
    start.choose()
    qtbot.keyClick(start.homes.known[0], ENTER)
    assert start.stack.currentWidget() is start.sign_in
    assert start.sign_in.sign_in.value() == "director"
    assert start.sign_in.password.input.hasFocus()


def test_a_folder_without_a_home_is_told(start, tmp_path):
    start.choose()
    start.homes.choose(str(tmp_path))
    assert start.homes.trouble.text() == NoHome(folder=tmp_path).message


def test_the_folder_of_the_command_line_wins(start, memory, folder):
    memory.keep_home(KnownHome(Path("/nowhere"), "安宁养老院"))
    start.begin(folder)
    assert start.sign_in.folder == folder


def test_an_empty_folder_of_the_command_line_is_set_up(start, tmp_path):
    start.begin(tmp_path / "new")
    screen = start.stack.currentWidget()
    assert screen.form.fields["folder"].value() == str(tmp_path / "new")


# signing in


def test_signing_in_opens_the_home_and_is_remembered(
    start, sign_in, memory, folder, qtbot
):
    start.begin(folder)
    with qtbot.waitSignal(start.opened) as opened:
        sign_in("director", DIRECTOR)
    home, name = opened.args
    assert (home.user.role, name) == (Role.DIRECTOR, "director")
    assert memory.homes == (KnownHome(folder, "福寿养老院", "director"),)


def test_no_password_stays_behind_on_the_screen(start, sign_in, folder, qtbot):
    start.begin(folder)
    with qtbot.waitSignal(start.opened):
        sign_in("director", DIRECTOR)
    assert start.sign_in.password.input.text() == ""


def test_a_wrong_password_is_told_beside_the_field(start, sign_in, folder, qtbot):
    start.begin(folder)
    sign_in("director", "not the password")
    qtbot.waitUntil(lambda: bool(start.sign_in.password.error))
    assert "密码不对" in start.sign_in.password.error
    assert start.sign_in.password.input.text() == "not the password"
    assert start.sign_in.password.input.hasFocus()


def test_a_second_try_works_after_a_wrong_password(start, sign_in, folder, qtbot):
    start.begin(folder)
    sign_in("director", "not the password")
    qtbot.waitUntil(lambda: bool(start.sign_in.password.error))
    with qtbot.waitSignal(start.opened):
        sign_in("director", DIRECTOR)


def test_an_empty_form_says_what_it_needs(start, folder, qtbot):
    start.begin(folder)
    qtbot.mouseClick(start.sign_in.primary, LEFT)
    assert start.sign_in.sign_in.error
    assert start.sign_in.password.error


def test_a_practice_home_says_so_before_anybody_signs_in(start, memory, folder):
    memory.keep_home(KnownHome(folder, "福寿养老院", is_practice=True))
    start.begin(folder)
    assert start.sign_in.practice.isVisible()


@pytest.mark.parametrize(
    "trouble",
    [
        InUse(),
        Damaged(),
        ReadOnly(),
        DiskFull(),
        FileTooNew(),
        KeysDamaged(),
        CopyFailed(reason="no space"),
        NoHome(folder="x"),
    ],
    ids=lambda trouble: type(trouble).__name__,
)
def test_each_trouble_is_told_with_what_to_do(
    start, sign_in, folder, qtbot, monkeypatch, trouble
):
    def fail(*_args):
        raise trouble

    monkeypatch.setattr(homes, "open_home", fail)
    start.begin(folder)
    sign_in("director", DIRECTOR)
    assert trouble.message in told(start.sign_in, qtbot)
    assert start.sign_in.folder_link.isVisible()
    assert start.sign_in.primary.isEnabled()


def test_a_home_that_is_open_elsewhere_is_not_opened_twice(
    start, sign_in, folder, qtbot
):
    other = Database(folder / homes.FILE, KEY)
    with other.reading() as session:
        session.get(AccountRow, 1)
    start.begin(folder)
    sign_in("director", DIRECTOR)
    assert InUse().message in told(start.sign_in, qtbot)
    other.close()


def test_a_damaged_file_is_told(start, sign_in, folder, qtbot):
    (folder / homes.FILE).write_bytes(b"x" * 8192)
    start.begin(folder)
    sign_in("director", DIRECTOR)
    assert Damaged().message in told(start.sign_in, qtbot)


# a password that somebody else set


@pytest.fixture
def must_change(folder):
    db = Database(folder / homes.FILE, KEY)
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.get_one(AccountRow, 1).must_change_password = True
    db.close()


def test_a_password_set_by_somebody_else_is_changed_first(
    start, sign_in, write, folder, must_change, qtbot
):
    start.begin(folder)
    sign_in("director", DIRECTOR)
    qtbot.waitUntil(lambda: start.waiting is not None)
    screen = start.stack.currentWidget()
    write(screen.form.fields["password"], "my own words")
    write(screen.form.fields["again"], "my own words")
    with qtbot.waitSignal(start.opened):
        qtbot.keyClick(screen.form.fields["again"].input, ENTER)
    ring = KeyRing(folder / homes.KEYS)
    assert ring.open("director", "my own words") == KEY


@pytest.mark.parametrize(
    ("first", "again", "reason"),
    [
        ("short", "short", "至少"),
        ("long enough", "not the same", "不一样"),
        ("long enough", "", "再输一次"),
    ],
)
def test_a_new_password_is_judged_while_it_is_typed(
    start, sign_in, write, folder, must_change, qtbot, first, again, reason
):
    start.begin(folder)
    sign_in("director", DIRECTOR)
    qtbot.waitUntil(lambda: start.waiting is not None)
    screen = start.stack.currentWidget()
    write(screen.form.fields["password"], first)
    write(screen.form.fields["again"], again)
    assert not screen.primary.isEnabled()
    assert reason in screen.reason.text()


# the recovery key


def test_the_recovery_key_gives_a_director_a_new_password(
    start, write, folder, recovery_key, qtbot
):
    start.begin(folder)
    qtbot.mouseClick(start.sign_in.forgot, LEFT)
    screen = start.recover
    write(screen.form.fields["recovery_key"], recovery_key.lower().replace("-", " "))
    write(screen.form.fields["sign_in"], "director")
    write(screen.form.fields["password"], "brand new words")
    write(screen.form.fields["again"], "brand new words")
    qtbot.mouseClick(screen.primary, LEFT)
    qtbot.waitUntil(lambda: start.stack.currentWidget() is start.sign_in)
    assert start.sign_in.done.isVisible()
    write(start.sign_in.password, "brand new words")
    with qtbot.waitSignal(start.opened):
        qtbot.keyClick(start.sign_in.password.input, ENTER)


def test_a_wrong_recovery_key_is_told_beside_the_field(start, write, folder, qtbot):
    start.begin(folder)
    qtbot.mouseClick(start.sign_in.forgot, LEFT)
    screen = start.recover
    for name, text in (
        ("recovery_key", "AAAA-BBBB"),
        ("sign_in", "director"),
        ("password", "brand new words"),
        ("again", "brand new words"),
    ):
        write(screen.form.fields[name], text)
    qtbot.mouseClick(screen.primary, LEFT)
    key = screen.form.fields["recovery_key"]
    qtbot.waitUntil(lambda: bool(key.error))
    assert key.input.text() == "AAAA-BBBB"


# a new home


def choose(screen, name, code):
    """Choose a code in a list as a person does."""
    box = screen.form.fields[name].input
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


@pytest.fixture
def place(start, tmp_path, write, qtbot):
    """Walk through the set-up as far as the region."""
    start.set_up(tmp_path / "new")
    screen = start.stack.currentWidget()
    write(screen.form.fields["name"], "安宁养老院")
    qtbot.keyClick(screen.form.fields["name"].input, ENTER)
    return screen


@pytest.mark.parametrize(
    ("region", "pack", "told"),
    [
        ("北京市", "beijing", "12,000"),
        ("宁夏回族自治区", "ningxia", "36,000"),
        ("上海市", "shanghai", "未查到"),
        ("陕西省", "default", "18,000"),
        ("其他地区", "default", "18,000"),
    ],
)
def test_a_region_brings_its_fee_rules_and_explains_them(place, region, pack, told):
    choose(place, "region", region)
    assert place.form.fields["rule_pack"].value() == pack
    assert told in place.rules.text()
    assert "设置" in place.rules.text()


def test_a_region_typed_in_part_brings_its_fee_rules_too(place, qtbot):
    line = place.form.fields["region"].input.lineEdit()
    line.setText("宁夏")
    qtbot.keyClick(line, ENTER)
    assert place.form.fields["region"].value() == "宁夏回族自治区"
    assert place.form.fields["rule_pack"].value() == "ningxia"


def test_a_phone_of_the_home_that_cannot_be_is_told(place, write, qtbot):
    write(place.form.fields["phone"], "139 1234 567")
    qtbot.keyClick(place.form.fields["phone"].input, Qt.Key.Key_Tab)
    assert place.form.fields["phone"].error
    assert not place.primary.isEnabled()


def test_tab_goes_from_the_last_field_to_the_deed_and_only_then_back(place, qtbot):
    place.form.fields["phone"].focus()
    qtbot.keyClick(place.form.fields["phone"].input, Qt.Key.Key_Tab)
    assert place.primary.hasFocus()
    qtbot.keyClick(place.primary, Qt.Key.Key_Tab)
    assert place.back.hasFocus()


def test_fields_and_deed_end_at_one_line_whatever_the_rules_say(place):
    def end(widget):
        return widget.mapTo(place, widget.rect().bottomRight()).x()

    region = place.form.fields["region"].input
    for told in ("default", "ningxia"):
        choose(place, "rule_pack", told)
        place.form.layout().activate()
        assert end(region) == end(place.primary)
        assert region.width() > place.form.width() / 2


def test_other_fee_rules_can_be_chosen_for_a_region(place):
    choose(place, "region", "北京市")
    choose(place, "rule_pack", "national")
    assert "36,000" in place.rules.text()
    assert place.form.fields["region"].value() == "北京市"


def test_a_kind_of_organisation_suggests_who_owns_the_home(start, tmp_path):
    start.set_up(tmp_path / "new")
    screen = start.stack.currentWidget()
    assert screen.form.fields["ownership"].value() == "private"
    choose(screen, "legal_kind", "事业单位")
    assert screen.form.fields["ownership"].value() == "public"


def test_what_was_typed_of_a_home_is_there_when_one_comes_back(
    start, place, memory, tmp_path
):
    choose(place, "region", "北京市")
    start.choose()
    again = Memory(memory._file)
    start._memory = again
    start.set_up()
    screen = start.stack.currentWidget()
    assert screen.form.fields["name"].value() == "安宁养老院"
    assert screen.form.fields["region"].value() == "北京市"
    assert screen.form.fields["folder"].value() == str(tmp_path / "new")


def test_nothing_of_the_director_is_remembered_on_the_computer(
    start, place, memory, write, qtbot
):
    qtbot.keyClick(place.form.fields["phone"].input, ENTER)
    write(place.form.fields["director"], "吴建国")
    write(place.form.fields["password"], "jintian tianqi hao")
    start.choose()
    kept = memory._file.read_text("utf-8")
    assert "安宁养老院" in kept
    assert "吴建国" not in kept
    assert "jintian" not in kept


def test_once_the_home_is_made_nothing_is_remembered_of_the_set_up(set_up, memory):
    assert memory.set_up == {}


def test_a_key_that_was_never_put_away_is_asked_for(set_up, tmp_path, clock):
    """The program was closed while the key was shown."""
    home = homes.open_home(tmp_path / "new", "wujianguo", "jintian tianqi hao", clock)
    told = [line.text for line in Opening(home.db, home.user, clock).today(TODAY)[:1]]
    home.db.close()
    assert "没有确认收好" in str(told[0])


def test_a_name_to_sign_in_by_may_be_typed_in_capitals(start, place, write, qtbot):
    qtbot.keyClick(place.form.fields["phone"].input, ENTER)
    for name, text in (
        ("director", "吴建国"),
        ("sign_in", "WuJianguo"),
        ("password", "jintian tianqi hao"),
        ("again", "jintian tianqi hao"),
    ):
        write(place.form.fields[name], text)
    qtbot.keyClick(place.form.fields["again"].input, ENTER)
    qtbot.waitUntil(lambda: place.key is not None)
    qtbot.keyClick(place.key.safe, Qt.Key.Key_Space)
    with qtbot.waitSignal(start.opened):
        qtbot.mouseClick(place.primary, LEFT)


@pytest.fixture
def set_up(start, tmp_path, write, qtbot):
    """Walk through the set-up by keyboard as far as the recovery key."""
    start.set_up(tmp_path / "new")
    screen = start.stack.currentWidget()
    write(screen.form.fields["name"], "安宁养老院")
    qtbot.keyClick(screen.form.fields["name"].input, ENTER)
    choose(screen, "region", "北京市")
    write(screen.form.fields["phone"], "010-66001234")
    qtbot.keyClick(screen.form.fields["phone"].input, ENTER)
    write(screen.form.fields["director"], "吴建国")
    write(screen.form.fields["sign_in"], "wujianguo")
    write(screen.form.fields["password"], "jintian tianqi hao")
    write(screen.form.fields["again"], "jintian tianqi hao")
    qtbot.keyClick(screen.form.fields["again"].input, ENTER)
    qtbot.waitUntil(lambda: screen.key is not None)
    return screen


def test_a_home_is_set_up_and_entered(start, set_up, tmp_path, qtbot):
    qtbot.keyClick(set_up.key.safe, Qt.Key.Key_Space)
    with qtbot.waitSignal(start.opened) as opened:
        qtbot.mouseClick(set_up.primary, LEFT)
    home, name = opened.args
    assert (home.profile.name, home.user.name, name) == (
        "安宁养老院",
        "吴建国",
        "wujianguo",
    )
    assert home.db.path.parent == tmp_path / "new"
    assert home.is_new


def test_the_profile_is_stored_with_the_rules_of_its_region(start, set_up, qtbot):
    qtbot.keyClick(set_up.key.safe, Qt.Key.Key_Space)
    with qtbot.waitSignal(start.opened) as opened:
        qtbot.mouseClick(set_up.primary, LEFT)
    profile = opened.args[0].profile
    assert (profile.region, profile.rule_pack) == ("北京市", "beijing")
    assert profile.phone == "010-66001234"


def test_the_recovery_key_must_be_put_away_before_going_on(set_up, qtbot):
    assert not set_up.primary.isEnabled()
    assert set_up.reason.text()
    qtbot.keyClick(set_up.key.safe, Qt.Key.Key_Space)
    assert set_up.primary.isEnabled()
    assert not set_up.reason.text()


def test_what_is_shown_is_the_key_of_that_home(set_up, tmp_path, clock):
    shown_key = set_up.key._key
    assert KeyRing(tmp_path / "new" / homes.KEYS).recover(shown_key)


def test_there_is_no_way_back_once_the_home_is_made(set_up, qtbot):
    qtbot.mouseClick(set_up.steps.steps[0], LEFT)
    assert set_up.key.isVisible()


def test_going_back_keeps_what_was_typed(start, tmp_path, write, qtbot):
    start.set_up(tmp_path / "new")
    screen = start.stack.currentWidget()
    write(screen.form.fields["name"], "安宁养老院")
    for _step in range(2):
        qtbot.mouseClick(screen.primary, LEFT)
    write(screen.form.fields["director"], "吴建国")
    qtbot.mouseClick(screen.back, LEFT)
    assert screen.form.fields["region"].isVisible()
    qtbot.mouseClick(screen.primary, LEFT)
    assert screen.form.fields["director"].value() == "吴建国"


def test_a_folder_that_holds_a_home_is_refused_beside_the_field(
    start, folder, write, qtbot
):
    start.set_up(folder)
    screen = start.stack.currentWidget()
    write(screen.form.fields["name"], "安宁养老院")
    assert not screen.primary.isEnabled()
    assert str(folder) in screen.reason.text()


def test_a_folder_that_cannot_be_made_is_told(start, tmp_path, write, qtbot):
    (tmp_path / "file").write_text("")
    start.set_up(tmp_path / "file" / "new")
    screen = start.stack.currentWidget()
    write(screen.form.fields["name"], "安宁养老院")
    qtbot.mouseClick(screen.primary, LEFT)
    qtbot.mouseClick(screen.primary, LEFT)
    for name, text in (
        ("director", "吴建国"),
        ("sign_in", "wu"),
        ("password", "long enough"),
        ("again", "long enough"),
    ):
        write(screen.form.fields[name], text)
    qtbot.mouseClick(screen.primary, LEFT)
    assert str(tmp_path / "file") in told(screen, qtbot)
    assert screen.form.fields["folder"].isVisible()


# the demonstration home


@pytest.fixture
def with_demo(shown, memory, jobs, clock, tmp_path, folder):
    made = []

    def make(where, _step):
        made.append(where)
        folder.rename(where)

    demo = Demo(tmp_path / "demo", make, "director", DIRECTOR)
    window = shown(Start(memory, jobs, clock, demo))
    window.made = made
    window.choose()
    return window


def test_the_demonstration_home_is_made_at_the_first_click(with_demo, qtbot, tmp_path):
    qtbot.mouseClick(with_demo.homes.demo, LEFT)
    assert not with_demo.homes.isEnabled()
    assert "半分钟" in with_demo.homes.demo.note
    screen = with_demo.sign_in
    qtbot.waitUntil(lambda: with_demo.stack.currentWidget() is screen)
    assert with_demo.made == [tmp_path / "demo"]
    assert screen.hint.isVisible()
    assert DIRECTOR in screen.hint.text()
    assert screen.sign_in.value() == "director"
    assert screen.practice.isVisible()
    assert screen.primary.hasFocus()


def test_the_demonstration_home_opens_with_one_more_key(with_demo, qtbot):
    qtbot.mouseClick(with_demo.homes.demo, LEFT)
    qtbot.waitUntil(with_demo.sign_in.primary.hasFocus)
    with qtbot.waitSignal(with_demo.opened) as opened:
        qtbot.keyClick(with_demo.sign_in.primary, ENTER)
    opened.args[0].db.close()


def test_making_the_demonstration_home_tells_how_far_it_is_and_can_be_stopped(
    shown, memory, jobs, clock, tmp_path, qtbot
):
    asked_to_stop = threading.Event()

    def make(_where, step):
        step(1, 2, "过到 2026年6月")
        asked_to_stop.wait()
        step(2, 2, "")

    demo = Demo(tmp_path / "demo", make, "director", DIRECTOR)
    window = shown(Start(memory, jobs, clock, demo))
    window.choose()
    qtbot.keyClick(window.homes.demo, ENTER)
    stop = window.progress.cancel
    qtbot.waitUntil(stop.hasFocus)
    qtbot.waitUntil(lambda: window.progress.text.text() == "过到 2026年6月")
    with qtbot.waitSignal(jobs.stopped):
        qtbot.keyClick(stop, Qt.Key.Key_Escape)
        asked_to_stop.set()
    qtbot.waitUntil(window.homes.demo.hasFocus)
    assert window.stack.currentWidget() is window.homes
    assert not window.homes.trouble.isVisible()
    assert list(tmp_path.glob("demo*")) == []


def test_the_demonstration_home_is_not_made_twice(with_demo, qtbot, folder, tmp_path):
    folder.rename(tmp_path / "demo")
    qtbot.mouseClick(with_demo.homes.demo, LEFT)
    assert with_demo.stack.currentWidget() is with_demo.sign_in
    assert with_demo.made == []


def test_without_a_maker_no_demonstration_is_offered(start):
    start.choose()
    assert start.homes.demo.isHidden()


# the recovery key on its way to safety


@pytest.fixture
def card(shown, jobs):
    return shown(
        RecoveryKey("福寿养老院", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567", jobs)
    )


def test_the_key_is_copied(card, qtbot):
    qtbot.mouseClick(card.copy, LEFT)
    assert QGuiApplication.clipboard().text() == card._key


def test_the_key_is_saved_as_text(card, qtbot, tmp_path):
    before = card.save.text()
    card.save_to(str(tmp_path / "key.txt"))
    qtbot.waitUntil(lambda: card.save.text() != before)
    assert card._key in (tmp_path / "key.txt").read_text("utf-8")


def test_a_place_that_cannot_be_written_is_told(card, qtbot, tmp_path):
    card.save_to(str(tmp_path / "no such folder" / "key.txt"))
    qtbot.waitUntil(lambda: bool(card.findChildren(MessageDialog)))
    assert "key.txt" in card.findChild(MessageDialog).text.text()


def test_the_key_is_printed(card, tmp_path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "key.pdf"))
    card.print_on(printer)
    assert (tmp_path / "key.pdf").read_bytes().startswith(b"%PDF")
    assert card.print.text() == "已打印"
