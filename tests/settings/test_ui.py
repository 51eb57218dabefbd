"""The settings, by mouse and keyboard, on a real home."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from carehome.db.keys import KeyRing
from carehome.db.residents import ResidentRow
from carehome.rules.filing import say_field
from carehome.rules.home import Profile
from carehome.rules.rights import RIGHTS, Right, Role
from carehome.services import change_log
from carehome.services.accounts import Accounts
from carehome.services.change_log import ChangeLog
from carehome.services.deposits.fee_rules import FeeRules
from carehome.services.grades import Grades
from carehome.services.home import KEYS, Home
from carehome.services.residents import Residents
from carehome.services.rosters.weights import RosterWeights
from carehome.ui.kit import theme
from carehome.ui.kit.dialogs import ConfirmDialog, FormDialog, MessageDialog
from carehome.ui.kit.field import Field
from carehome.ui.settings import log as log_screen
from carehome.ui.settings.accounts import KeyDialog
from carehome.ui.settings.page import Services, SettingsPage
from carehome.ui.settings.rights import EVERYBODY, RIGHT_NAMES, rights_of
from carehome.ui.settings.rules import RulesDialog
from tests.conftest import KEY, ROLES, TODAY

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return
HOME, OWN, ACCOUNTS, LISTS, GRADES, WEIGHTS, LOG = range(7)


@pytest.fixture
def open_settings(db, jobs, as_role, shown, passwords):
    """Open the settings as a person of a role."""

    def make(role=Role.DIRECTOR):
        services = Services(
            *(
                as_role(kind, role)
                for kind in (
                    Home,
                    Accounts,
                    ChangeLog,
                    Residents,
                    Grades,
                    RosterWeights,
                    FeeRules,
                )
            )
        )
        db.on_change = jobs.announce
        page = SettingsPage(
            services, ROLES[role], "福寿养老院", jobs, lambda: TODAY, look=theme.Look()
        )
        page.resize(1178, 720)
        return shown(page)

    return make


@pytest.fixture
def settings(open_settings):
    return open_settings()


@pytest.fixture
def section(settings, qtbot):
    """Go to a tab of the settings and wait until it has read what it shows."""

    def go(at):
        settings.tabs.strip.setCurrentIndex(at)
        made = settings.tabs.content(at)
        if hasattr(made, "table"):
            qtbot.waitUntil(lambda: bool(made.table.rows))
        return made

    return go


@pytest.fixture
def ring(db):
    return KeyRing(db.path.parent / KEYS)


def opened(kind, parent, qtbot):
    """Wait for a dialog of a kind and return it."""
    found = []

    def there():
        found[:] = [each for each in parent.findChildren(kind) if each.isVisible()]
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]


# tabs


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        (
            Role.DIRECTOR,
            [
                "本院",
                "我的账号",
                "账号管理",
                "选项列表",
                "能力与等级对应",
                "排班权重",
                "修改记录",
            ],
        ),
        (Role.FRONT_DESK, ["本院", "我的账号"]),
        (Role.SAFETY_OFFICER, ["本院", "我的账号"]),
    ],
)
def test_a_role_sees_its_tabs(open_settings, role, titles):
    strip = open_settings(role).tabs.strip
    assert [strip.tabText(at) for at in range(strip.count())] == titles


# the home


@pytest.fixture
def home(section, qtbot):
    made = section(HOME)
    qtbot.waitUntil(lambda: made.form.fields["name"].value() == "福寿养老院")
    return made


def test_the_profile_is_saved(home, settings, as_role, write, qtbot):
    write(home.form.fields["phone"], "029-88880000")
    home.form.fields["charge_discharge_day"].input.click()
    with qtbot.waitSignal(settings.told):
        qtbot.mouseClick(home.save, LEFT)
    profile = as_role(Home).profile()
    assert (profile.phone, profile.charge_discharge_day) == ("029-88880000", True)


def test_what_is_not_touched_stays(home, as_role, settings, write, qtbot):
    before = as_role(Home).profile()
    write(home.form.fields["region"], "西安市")
    with qtbot.waitSignal(settings.told):
        qtbot.mouseClick(home.save, LEFT)
    after = as_role(Home).profile()
    assert after.region == "西安市"
    assert Profile(**{**_values(after), "region": ""}) == before


def test_what_the_filing_form_asks_is_saved(home, settings, as_role, write, qtbot):
    fields = home.form.fields
    typed = {"credit_code": "5200 0000 0000 0018 xc", "floor_area": "5600"}
    for name, text in (typed | {"opened_on": "2020-04-01"}).items():
        write(fields[name], text)
    fields["premises"].set_value("leased")
    with qtbot.waitSignal(settings.told):
        qtbot.mouseClick(home.save, LEFT)
    kept = as_role(Home).profile()
    assert kept.credit_code == "5200000000000018XC"
    assert (kept.opened_on, kept.floor_area) == (date(2020, 4, 1), 5600)
    told = [say_field(kept, name) for name in ("premises", "floor_area", "land_area")]
    assert told == ["租赁", "5600平方米", ""]


def _values(profile):
    return {name: getattr(profile, name) for name in Profile.__dataclass_fields__}


def test_nothing_is_saved_before_something_is_changed(home, qtbot):
    qtbot.waitUntil(lambda: not home.save.isEnabled())
    assert home.reason.text() == "还没有改动。"


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("lock_minutes", "0", "1 到 120"),
        ("lock_minutes", "121", "1 到 120"),
        ("adjust_months", "25", "0 到 24"),
        ("adjust_months", "x", "整数"),
        ("name", "", "养老院名称"),
        ("credit_code", "5200000000000018X0", "统一社会信用代码"),
        ("land_area", "0", "平方米"),
    ],
)
def test_a_setting_out_of_range_is_refused_with_a_reason(
    home, write, name, typed, reason
):
    write(home.form.fields[name], typed)
    assert not home.save.isEnabled()
    assert reason in home.reason.text()


def told_of(widget):
    """Return what the labels of a widget say that are in sight."""
    labels = widget.findChildren(QLabel)
    return " ".join(label.text() for label in labels if not label.isHidden())


def choose_rules(home, qtbot, pack, day):
    qtbot.mouseClick(home.pack.change, LEFT)
    dialog = opened(RulesDialog, home, qtbot)
    dialog.form.set_values({"pack": pack, "starts": day, "reason": "民政局通知"})
    qtbot.waitUntil(lambda: not dialog.effect.isHidden())
    return dialog


def test_the_rules_in_force_are_shown_with_source_and_standing(home, qtbot):
    qtbot.waitUntil(lambda: home.pack.name.text() == "本院默认规则")
    told = told_of(home.pack)
    assert "6 倍" in told
    assert "专户存储" in told


def test_other_rules_are_chosen_from_a_day_on(home, settings, qtbot):
    dialog = choose_rules(home, qtbot, "beijing", TODAY)
    with qtbot.waitSignal(settings.told):
        qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: home.pack.name.text() == "北京规定")
    assert home.pack.standing.text() == "现行有效"
    assert "4 倍" in told_of(home.pack)
    assert "起初：本院默认规则" in home.pack.history.text()


def test_rules_without_a_cap_say_so_before(home, qtbot):
    dialog = choose_rules(home, qtbot, "shanghai", TODAY)
    assert "没有查到这套规则的押金上限" in dialog.effect.text()


def test_rules_that_have_not_begun_are_withdrawn(home, settings, qtbot):
    dialog = choose_rules(home, qtbot, "beijing", TODAY + timedelta(days=9))
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(home.pack.withdraw.isEnabled)
    qtbot.mouseClick(home.pack.withdraw, LEFT)
    asked = opened(ConfirmDialog, home, qtbot)
    with qtbot.waitSignal(settings.told):
        qtbot.mouseClick(asked.primary, LEFT)
    qtbot.waitUntil(home.pack.history.isHidden)


def test_who_may_not_change_the_home_only_reads(open_settings, qtbot):
    made = open_settings(Role.ACCOUNTANT).tabs.content(HOME)
    assert not made.save.isVisible()
    assert not any(field.isEnabled() for field in made.form.fields.values())


# the own password


def test_the_own_password_is_changed(section, settings, write, passwords, ring, qtbot):
    own = section(OWN)
    write(own.old, passwords[Role.DIRECTOR])
    write(own.form.fields["password"], "brand new words")
    write(own.form.fields["again"], "brand new words")
    with qtbot.waitSignal(settings.told):
        qtbot.keyClick(own.form.fields["again"].input, ENTER)
    assert ring.open("director", "brand new words") == KEY
    assert own.old.input.text() == ""


def test_a_wrong_old_password_is_told_beside_the_field(section, write, qtbot):
    own = section(OWN)
    write(own.old, "not the password")
    write(own.form.fields["password"], "brand new words")
    write(own.form.fields["again"], "brand new words")
    qtbot.mouseClick(own.change, LEFT)
    qtbot.waitUntil(lambda: own.old.error == "现在的密码不对。")
    assert own.form.fields["password"].value() == "brand new words"


@pytest.mark.parametrize(
    ("field", "code"), [("scale", 130), ("language", "en"), ("scheme", "dark")]
)
def test_another_look_is_asked_for(section, settings, qtbot, field, code):
    own = section(OWN)
    with qtbot.waitSignal(settings.look_wanted) as wanted:
        qtbot.mouseClick(getattr(own, field).input.buttons[code], LEFT)
    assert wanted.args == [replace(theme.Look(), **{field: code})]


def test_the_look_in_use_is_shown(section):
    own = section(OWN)
    shown = own.language.value(), own.scale.value(), own.scheme.value()
    assert shown == ("zh_CN", 100, "")


# accounts


@pytest.fixture
def accounts(section):
    return section(ACCOUNTS)


def choose(view, key, qtbot):
    """Click on the row of a list that has `key`."""
    place = view.table.find(key)
    spot = view.visualRect(view.table.index(place, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot)


def fill(dialog, values, write):
    for name, value in values.items():
        field = dialog.form.fields[name]
        if isinstance(value, Role):
            field.set_value(value)
        else:
            write(field, value)


def test_an_account_is_added(accounts, settings, write, ring, qtbot):
    qtbot.mouseClick(accounts.add, LEFT)
    dialog = opened(FormDialog, accounts, qtbot)
    values = {
        "name": "陈会计",
        "sign_in": "chen",
        "role": Role.ACCOUNTANT,
        "password": "first words",
    }
    fill(dialog, values, write)
    with qtbot.waitSignal(settings.told) as told:
        qtbot.mouseClick(dialog.primary, LEFT)
    assert "陈会计" in told.args[0]
    assert ring.open("chen", "first words") == KEY
    qtbot.waitUntil(lambda: any(row.sign_in == "chen" for row in accounts.table.rows))


def test_a_taken_sign_in_name_is_told_and_nothing_typed_is_lost(accounts, write, qtbot):
    qtbot.mouseClick(accounts.add, LEFT)
    dialog = opened(FormDialog, accounts, qtbot)
    values = {
        "name": "陈会计",
        "sign_in": "director",
        "role": Role.ACCOUNTANT,
        "password": "first words",
    }
    fill(dialog, values, write)
    qtbot.mouseClick(dialog.primary, LEFT)
    sign_in = dialog.form.fields["sign_in"]
    qtbot.waitUntil(lambda: "director" in sign_in.error)
    assert sign_in.input.hasFocus()
    assert dialog.error.isHidden()
    assert dialog.form.fields["name"].value() == "陈会计"


def test_a_row_opens_to_what_the_role_may_do(accounts, qtbot):
    number = ROLES[Role.FRONT_DESK].account_id
    choose(accounts.view, number, qtbot)
    qtbot.waitUntil(accounts.side.isVisible)
    assert accounts.side.title.text() == "front_desk"
    assert "收款" in accounts.side.rights.text()
    assert "账单入账" not in accounts.side.rights.text()


def test_a_role_is_changed(accounts, settings, as_role, qtbot):
    number = ROLES[Role.FRONT_DESK].account_id
    choose(accounts.view, number, qtbot)
    qtbot.mouseClick(accounts.side.role, LEFT)
    dialog = opened(FormDialog, accounts, qtbot)
    dialog.form.fields["role"].set_value(Role.ACCOUNTANT)
    with qtbot.waitSignal(settings.told):
        qtbot.mouseClick(dialog.primary, LEFT)
    roles = {each.account_id: each.role for each in as_role(Accounts).accounts()}
    assert roles[number] is Role.ACCOUNTANT


def test_the_last_director_cannot_step_down(accounts, qtbot):
    choose(accounts.view, ROLES[Role.DIRECTOR].account_id, qtbot)
    qtbot.mouseClick(accounts.side.role, LEFT)
    dialog = opened(FormDialog, accounts, qtbot)
    dialog.form.fields["role"].set_value(Role.ACCOUNTANT)
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: bool(dialog.form.fields["role"].error))


def test_a_password_is_reset(accounts, settings, write, ring, qtbot):
    choose(accounts.view, ROLES[Role.FRONT_DESK].account_id, qtbot)
    qtbot.mouseClick(accounts.side.password, LEFT)
    dialog = opened(FormDialog, accounts, qtbot)
    write(dialog.form.fields["password"], "for a day only")
    with qtbot.waitSignal(settings.told):
        qtbot.mouseClick(dialog.primary, LEFT)
    assert ring.open("front_desk", "for a day only") == KEY


def test_an_account_is_closed_after_its_consequences_were_shown(
    accounts, settings, as_role, qtbot
):
    number = ROLES[Role.ACCOUNTANT].account_id
    choose(accounts.view, number, qtbot)
    qtbot.mouseClick(accounts.side.close_account, LEFT)
    dialog = opened(ConfirmDialog, accounts, qtbot)
    with qtbot.waitSignal(settings.told):
        qtbot.mouseClick(dialog.primary, LEFT)
    active = {each.account_id: each.is_active for each in as_role(Accounts).accounts()}
    assert not active[number]
    qtbot.waitUntil(accounts.side.close_account.isHidden)


def test_a_new_recovery_key_must_be_put_away(accounts, ring, qtbot):
    qtbot.mouseClick(accounts.recovery, LEFT)
    qtbot.mouseClick(opened(ConfirmDialog, accounts, qtbot).primary, LEFT)
    dialog = opened(KeyDialog, accounts, qtbot)
    assert ring.recover(dialog.key._key) == KEY
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.primary.isEnabled()
    qtbot.keyClick(dialog.key.safe, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.primary, LEFT)
    assert not dialog.isVisible()


def test_every_right_has_words():
    assert set(RIGHT_NAMES) | EVERYBODY == set(Right)


def test_the_rights_of_a_role_are_told_in_a_sentence():
    assert rights_of(Role.DIRECTOR) == "可以办理所有事项。"
    assert RIGHTS[Role.SAFETY_OFFICER] == EVERYBODY | {
        Right.SEE_BEDS,
        Right.SEE_STAFF,
        Right.SEE_ROSTER,
        Right.SEE_SAFETY,
        Right.MAKE_ROUNDS,
        Right.CHANGE_SAFETY,
        Right.CLOSE_HAZARDS,
    }
    assert rights_of(Role.SAFETY_OFFICER) == (
        "可以：查看床位、查看员工、查看排班、查看消防安全、做巡查、"
        "修改消防安全的计划、器材和资料、隐患复查和销账。"
    )


# lists


@pytest.fixture
def lists(section):
    return section(LISTS)


def labels(lists):
    return [code.label for code in lists.table.rows]


def test_an_entry_is_added_at_the_end(lists, as_role, write, qtbot):
    qtbot.keyClick(lists, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = opened(FormDialog, lists, qtbot)
    write(dialog.form.fields["label"], "临终关怀")
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: labels(lists)[-1] == "临终关怀")
    codes = as_role(Home).codes("nursing_grade")
    assert len({code.code for code in codes}) == len(codes) == 6


def test_an_entry_is_renamed(lists, as_role, write, qtbot):
    choose(lists.view, "full", qtbot)
    qtbot.keyClick(lists.view, Qt.Key.Key_F2)
    dialog = opened(FormDialog, lists, qtbot)
    write(dialog.form.fields["label"], "全护")
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: "全护" in labels(lists))
    known = {code.code: code.label for code in as_role(Home).codes("nursing_grade")}
    assert known["full"] == "全护"


def test_an_entry_is_hidden_and_offered_again(lists, as_role, qtbot):
    choose(lists.view, "special", qtbot)
    qtbot.mouseClick(lists.hide_code, LEFT)
    qtbot.waitUntil(lambda: not lists.table.rows[-1].is_active)
    assert not as_role(Home).codes("nursing_grade")[-1].is_active
    qtbot.mouseClick(lists.hide_code, LEFT)
    qtbot.waitUntil(lambda: lists.table.rows[-1].is_active)
    assert as_role(Home).codes("nursing_grade")[-1].is_active


def test_an_entry_moves_up_and_the_cursor_with_it(lists, as_role, qtbot):
    choose(lists.view, "partial_1", qtbot)
    before = labels(lists)
    qtbot.keyClick(lists.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: labels(lists) != before)
    assert [c.code for c in as_role(Home).codes("nursing_grade")][:2] == [
        "partial_1",
        "self_care",
    ]
    assert lists.view.current_row().code == "partial_1"
    assert not lists.up.isEnabled()


def test_another_list_is_a_click_away(lists, qtbot):
    qtbot.mouseClick(lists.which.buttons["meal_plan"], LEFT)
    qtbot.waitUntil(lambda: "清真餐" in labels(lists))


def test_nothing_chosen_leaves_nothing_to_do(lists):
    deeds = (lists.up, lists.down, lists.rename, lists.hide_code)
    assert not any(deed.isEnabled() for deed in deeds)


# grade by ability


@pytest.fixture
def mapping(section):
    return section(GRADES)


def ask_first_rule(mapping, qtbot):
    mapping.view.setFocus()
    qtbot.keyClick(mapping.view, Qt.Key.Key_Home)
    qtbot.keyClick(mapping.view, Qt.Key.Key_F2)
    return opened(FormDialog, mapping, qtbot)


def test_the_home_maps_an_ability_to_a_grade_of_its_own_and_back(
    mapping, as_role, qtbot
):
    dialog = ask_first_rule(mapping, qtbot)
    assert dialog.form.fields["grade"].value() == "self_care"
    dialog.form.fields["grade"].set_value("partial_1")
    dialog.form.fields["grade"].focus()
    qtbot.keyClick(dialog.focusWidget(), ENTER)
    qtbot.keyClick(dialog.focusWidget(), ENTER)
    qtbot.waitUntil(lambda: mapping.table.rows[0].is_own)
    assert as_role(Grades).rules()[0].grade == "partial_1"
    qtbot.waitUntil(mapping.reset.isEnabled)
    qtbot.mouseClick(mapping.reset, LEFT)
    qtbot.waitUntil(lambda: not mapping.table.rows[0].is_own)
    assert as_role(Grades).rules()[0].grade == "self_care"


def test_an_ability_without_a_grade_is_not_saved(mapping, qtbot):
    dialog = ask_first_rule(mapping, qtbot)
    dialog.form.fields["grade"].set_value(None)
    assert not dialog.primary.isEnabled()
    dialog.reject()


# the log


@pytest.fixture
def log(db, section):
    with db.writing(ROLES[Role.FRONT_DESK], "Residents.change_person") as session:
        session.add(ResidentRow(id=1, name="王芳", sex="female"))
    with db.writing(ROLES[Role.FRONT_DESK], "Residents.change_person") as session:
        session.get_one(ResidentRow, 1).name = "王方"
    return section(LOG)


def test_a_change_is_told_before_and_after_in_words(log, qtbot):
    log.view.selectRow(0)
    qtbot.waitUntil(log.side.isVisible)
    labels = [each.text() for each in log.side.changes.findChildren(type(log.bar.note))]
    assert labels == ["", "修改前", "修改后", "姓名", "王芳", "王方"]
    assert log.side.title.text() == "修改老人资料"


def test_the_log_is_narrowed_by_person(log, qtbot):
    log.actor.set_value("front_desk")
    qtbot.waitUntil(lambda: len(log.table.rows) == 2)
    log.actor.set_value(None)
    qtbot.waitUntil(lambda: len(log.table.rows) > 2)


def test_the_log_is_narrowed_by_record(log, qtbot):
    log.record.set_value("resident")
    qtbot.waitUntil(lambda: len(log.table.rows) == 2)


def test_the_log_is_narrowed_by_days(log, write, qtbot):
    write(log.last, "2020-01-01")
    qtbot.waitUntil(lambda: not log.table.rows)
    assert log.view.empty.isVisible()
    assert not log.export.isEnabled()


def test_the_log_is_narrowed_by_resident(log, qtbot):
    qtbot.waitUntil(lambda: bool(log.resident._index.lines))
    log.resident.set_value(1)
    qtbot.waitUntil(lambda: len(log.table.rows) == 2)


def test_the_log_is_paged(log, qtbot, monkeypatch):
    for module in (change_log, log_screen):
        monkeypatch.setattr(module, "PAGE", 10)
    log.refresh()
    qtbot.waitUntil(lambda: len(log.table.rows) == 10)
    assert not log.back.isEnabled()
    first = log.table.rows[-1].change_id
    qtbot.mouseClick(log.on, LEFT)
    qtbot.waitUntil(lambda: log.table.rows[0].change_id == first - 1)
    qtbot.mouseClick(log.back, LEFT)
    qtbot.waitUntil(lambda: not log.back.isEnabled())


def test_a_new_change_comes_up_by_itself(log, db, qtbot):
    before = log.table.rows[0].change_id
    with db.writing(ROLES[Role.FRONT_DESK], "Residents.change_person") as session:
        session.get_one(ResidentRow, 1).name = "王芬"
    qtbot.waitUntil(lambda: log.table.rows[0].change_id > before)


def test_the_log_leads_to_the_resident(log, settings, qtbot):
    log.view.selectRow(0)
    with qtbot.waitSignal(settings.resident_wanted) as wanted:
        qtbot.mouseClick(log.side.resident, LEFT)
    assert wanted.args == [1]


def test_the_log_is_exported(log, tmp_path, qtbot):
    log.actor.set_value("front_desk")
    qtbot.waitUntil(lambda: len(log.table.rows) == 2)
    qtbot.mouseClick(log.export, LEFT)
    dialog = opened(QFileDialog, log, qtbot)
    dialog.fileSelected.emit(str(tmp_path / "log.xlsx"))
    dialog.close()
    opened(MessageDialog, log, qtbot)
    sheet = load_workbook(tmp_path / "log.xlsx").active
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any("王方" in text for text in told)


def test_the_fields_of_a_form_are_all_named(settings):
    """A screen reader says the name of a field."""
    for at in range(settings.tabs.strip.count()):
        settings.tabs.strip.setCurrentIndex(at)
        for field in settings.tabs.content(at).findChildren(Field):
            assert field.input.accessibleName()
