"""The page of beds, through real keys and clicks on a real home."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from carehome.rules.beds import BedState
from carehome.rules.rights import Role
from carehome.services.beds import Beds, Closing, Closures
from carehome.services.residents import Residents
from carehome.ui.beds import bed_file
from carehome.ui.beds.dialogs import CloseDialog, ReserveDialog
from carehome.ui.kit.dialogs import ConfirmDialog
from tests.beds.screen import (  # noqa: F401 - fixtures
    _dressed,
    dialog,
    house,
    jobs,
    open_page,
    page,
    press,
    purse,
    shown,
    write,
)
from tests.conftest import TODAY
from tests.house import know

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


def bed(page, bed_id):
    return page.house.spot(bed_id).bed


def held_by(page, bed_id):
    holder = bed(page, bed_id).holder
    return holder.name if holder else ""


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def click(board, bed_id):
    QTest.mouseClick(board.viewport(), LEFT, pos=board.cell(bed_id).center())


def previewed(qtbot, page):
    """Wait until the card says what the move means."""
    qtbot.waitUntil(lambda: page.desk.moving and page.desk.moving.outcome.isVisible())
    return page.desk.moving.outcome


def aim_at_nursing_bed(qtbot, page):
    """Move the first resident of the board two rooms to the right, by keyboard."""
    press(Key.Key_Home, Key.Key_M, Key.Key_Right, Key.Key_Right, Key.Key_Return)
    return previewed(qtbot, page)


def test_a_move_by_keyboard_shows_what_follows_and_waits(qtbot, page, house):
    card = aim_at_nursing_bed(qtbot, page)
    told = words(card)
    for change in (
        "¥1,200.00 → ¥1,500.00",
        "¥2,600.00 → ¥2,900.00",
        "+¥100.00",
        "¥15,600.00 → ¥17,400.00",
    ):
        assert change in told
    assert "本月按天差额（10 天）" in told
    assert "301-1 → <b>303-1</b>" in card.subject.text()
    assert held_by(page, house["301-1"]) == "王秀英"


def test_enter_confirms_the_move_and_the_board_shows_it(qtbot, page, house):
    card = aim_at_nursing_bed(qtbot, page)
    qtbot.waitUntil(card.confirm.hasFocus)
    with qtbot.waitSignal(page.told) as told:
        press(Key.Key_Return)
    assert told.args == ["王秀英已换到 303-1 床。"]
    qtbot.waitUntil(lambda: held_by(page, house["303-1"]) == "王秀英")
    assert bed(page, house["301-1"]).state is BedState.FREE
    assert page.desk.side.title.text() == "303-1"
    assert page.desk.board.hasFocus()


def test_somebodys_bed_is_refused_as_a_target_and_said_why(qtbot, page, house):
    press(Key.Key_Home, Key.Key_M, Key.Key_Down, Key.Key_Return)
    card = previewed(qtbot, page)
    assert "李桂兰" in card.obstacle.text()
    assert not card.confirm.isEnabled()
    assert page.desk.moving.is_refused


def test_a_room_for_the_other_sex_is_refused_as_a_target(qtbot, page, house):
    press(Key.Key_Home, Key.Key_M, Key.Key_Right, Key.Key_Down, Key.Key_Return)
    assert "限男性" in previewed(qtbot, page).obstacle.text()


def test_after_a_refusal_another_bed_can_be_chosen(qtbot, page, house):
    press(Key.Key_Home, Key.Key_M, Key.Key_Down, Key.Key_Return)
    card = previewed(qtbot, page)
    page.desk.board.setFocus()
    press(Key.Key_Up, Key.Key_Right, Key.Key_Right, Key.Key_Return)
    qtbot.waitUntil(card.confirm.isEnabled)
    assert card.obstacle.isHidden()
    assert not page.desk.moving.is_refused


def test_a_cheaper_bed_tells_how_much_deposit_to_give_back_and_when(
    qtbot, page, house, purse
):
    aunt = purse.live("赵淑芬", house["303-1"])
    purse.deposits.take(aunt, 17_400_00, "transfer", TODAY, "家属")
    purse.of(Beds).move(
        purse.residents.find("王秀英")[0].resident_id, house["303-2"], TODAY
    )
    qtbot.waitUntil(lambda: held_by(page, house["303-2"]) == "王秀英")
    page.move_resident(aunt)
    page.desk.moving.where.set_value(house["301-1"])
    told = " ".join(words(previewed(qtbot, page)))
    assert "¥1,800.00" in told
    assert "12月6日" in told


def test_a_move_that_needs_no_nursing_bed_is_warned_of_not_refused(
    qtbot, page, house, as_role
):
    lady = as_role(Residents).find("王秀英")[0].resident_id
    person = as_role(Residents).file(lady).person
    as_role(Residents).change_person(lady, replace(person, ability_level=0))
    card = aim_at_nursing_bed(qtbot, page)
    qtbot.waitUntil(card.confirm.isEnabled)
    assert any("护理型" in text and "能" in text for text in words(card))


def test_a_change_made_elsewhere_leaves_the_cursor_on_the_confirmation(
    qtbot, page, house, as_role
):
    card = aim_at_nursing_bed(qtbot, page)
    qtbot.waitUntil(card.confirm.hasFocus)
    before = page.house
    as_role(Beds).send_cleaning(house["302-2"])
    qtbot.waitUntil(lambda: page.house is not before)
    qtbot.waitUntil(card.confirm.hasFocus)


def test_a_target_taken_meanwhile_is_refused_before_it_is_confirmed(
    qtbot, page, house, purse
):
    card = aim_at_nursing_bed(qtbot, page)
    purse.live("赵淑芬", house["303-1"])
    qtbot.waitUntil(lambda: "赵淑芬" in card.obstacle.text())
    assert not card.confirm.isEnabled()


def test_escape_gives_the_move_up(qtbot, page, house):
    press(Key.Key_Home, Key.Key_M)
    assert page.desk.moving
    press(Key.Key_Escape)
    assert page.desk.moving is None
    assert page.desk.side.isHidden()
    assert page.desk.board.hasFocus()


def test_a_resident_is_dragged_to_another_bed(qtbot, page, house):
    board = page.desk.board
    start, end = board.cell(house["301-1"]), board.cell(house["303-2"])
    QTest.mousePress(board.viewport(), LEFT, pos=start.center())
    QTest.mouseMove(board.viewport(), start.center() + QPoint(30, 5))
    QTest.mouseMove(board.viewport(), end.center())
    QTest.mouseRelease(board.viewport(), LEFT, pos=end.center())
    previewed(qtbot, page)
    assert page.desk.moving.who.chosen.name == "王秀英"
    assert page.desk.moving.target == house["303-2"]


def test_who_is_dragged_is_put_down_by_escape(qtbot, page, house):
    board = page.desk.board
    start, end = board.cell(house["301-1"]), board.cell(house["303-2"])
    QTest.mousePress(board.viewport(), LEFT, pos=start.center())
    QTest.mouseMove(board.viewport(), start.center() + QPoint(30, 5))
    press(Key.Key_Escape)
    QTest.mouseRelease(board.viewport(), LEFT, pos=end.center())
    assert page.desk.moving is None


def test_an_empty_bed_is_filled_by_typing_a_name(qtbot, page, house):
    click(page.desk.board, house["303-1"])
    page.desk.file.deeds[bed_file.FILL].click()
    assert page.desk.moving.who.input.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "lgl")
    press(Key.Key_Return)
    previewed(qtbot, page)
    assert page.desk.moving.who.chosen.name == "李桂兰"


def test_only_beds_that_fit_who_moves_are_offered(qtbot, page, house):
    page.desk.begin_move(None, None)
    where = page.desk.moving.where.input
    offered = [{where.itemData(at) for at in range(where.count())}]
    QTest.keyClicks(QApplication.focusWidget(), "lgl")
    press(Key.Key_Return)
    offered.append({where.itemData(at) for at in range(where.count())})
    free = {house[name] for name in ("302-2", "303-1", "303-2")}
    assert offered == [free, free - {house["302-2"]}]


def test_a_day_before_the_stay_is_refused_beside_the_card(qtbot, page, house):
    card = aim_at_nursing_bed(qtbot, page)
    page.desk.moving.day.set_value(date(2026, 2, 1))
    qtbot.waitUntil(lambda: bool(card.obstacle.text()))
    assert not card.confirm.isEnabled()


def test_a_day_to_come_is_refused_beside_the_field(qtbot, page, house):
    aim_at_nursing_bed(qtbot, page)
    panel = page.desk.moving
    panel.day.set_value(TODAY + timedelta(days=1))
    assert panel.outcome.isHidden()
    assert "2026-11-22" in panel.hint.text()


def test_a_click_opens_the_file_of_a_bed(qtbot, page, house):
    click(page.desk.board, house["301-2"])
    file = page.desk.file
    assert page.desk.side.title.text() == "301-2"
    assert file.person.name.text() == "李桂兰"
    qtbot.waitUntil(lambda: len(file.history.table.rows) == 1)
    with qtbot.waitSignal(page.resident_wanted) as wanted:
        file.deeds[bed_file.RESIDENT].click()
    assert wanted.args == [bed(page, house["301-2"]).holder.resident_id]


def test_the_open_file_follows_the_cursor(qtbot, page, house):
    press(Key.Key_Home, Key.Key_Return, Key.Key_Down)
    assert page.desk.file.person.name.text() == "李桂兰"


def test_the_board_tells_the_bed_under_the_cursor_to_who_hears_it(qtbot, page, house):
    press(Key.Key_Home)
    told = page.desk.board.accessibleDescription()
    assert "301-1" in told
    assert "王秀英" in told
    assert "限女性" in told


def test_a_bed_is_reserved_by_keyboard(qtbot, page, house, db):
    know(db, "孙玉兰")
    page.reload()
    qtbot.waitUntil(lambda: bool(page.house.people.find("孙玉兰")))
    click(page.desk.board, house["303-1"])
    page.desk.file.deeds[bed_file.RESERVE].click()
    dialog(qtbot, ReserveDialog)
    write("孙玉兰")
    press(Key.Key_Return, Key.Key_Return)
    qtbot.waitUntil(lambda: bed(page, house["303-1"]).state is BedState.RESERVED)
    assert held_by(page, house["303-1"]) == "孙玉兰"
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_a_refused_reservation_keeps_what_was_typed(qtbot, page, house, as_role):
    man = as_role(Residents).find("张建国")[0].resident_id
    as_role(Beds).reserve(man, house["303-2"], TODAY, None)
    click(page.desk.board, house["303-1"])
    page.desk.file.deeds[bed_file.RESERVE].click()
    asked = dialog(qtbot, ReserveDialog)
    write("张建国")
    press(Key.Key_Return, Key.Key_Return)
    qtbot.waitUntil(lambda: "303-2" in asked.who.error)
    assert asked.who.value() == man


def test_a_reservation_is_released_once_that_is_confirmed(qtbot, page, house, as_role):
    man = as_role(Residents).find("张建国")[0].resident_id
    as_role(Beds).reserve(man, house["303-2"], TODAY, None)
    qtbot.waitUntil(lambda: bed(page, house["303-2"]).state is BedState.RESERVED)
    click(page.desk.board, house["303-2"])
    page.desk.file.deeds[bed_file.RELEASE].click()
    dialog(qtbot, ConfirmDialog).primary.click()
    qtbot.waitUntil(lambda: bed(page, house["303-2"]).state is BedState.FREE)


def test_a_bed_goes_out_of_service_with_a_reason_and_comes_back(qtbot, page, house):
    click(page.desk.board, house["303-1"])
    page.desk.file.deeds[bed_file.CLOSE].click()
    asked = dialog(qtbot, CloseDialog)
    assert not asked.primary.isEnabled()
    write("床头护栏维修")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bed(page, house["303-1"]).note == "床头护栏维修")
    ready = page.desk.file.deeds[bed_file.READY]
    qtbot.waitUntil(ready.isVisible)
    ready.click()
    qtbot.waitUntil(lambda: bed(page, house["303-1"]).state is BedState.FREE)


def test_the_board_follows_a_change_made_elsewhere(qtbot, page, house, as_role):
    lady = as_role(Residents).find("王秀英")[0].resident_id
    as_role(Beds).move(lady, house["303-1"], TODAY)
    qtbot.waitUntil(lambda: held_by(page, house["303-1"]) == "王秀英")


def test_a_page_out_of_sight_reads_again_when_it_is_shown(qtbot, page, house, as_role):
    page.hide()
    as_role(Beds).send_cleaning(house["303-1"])
    before = page.house
    page.show()
    qtbot.waitUntil(lambda: page.house is not before)
    assert bed(page, house["303-1"]).state is BedState.CLEANING


def test_changes_that_it_does_not_show_are_let_pass(qtbot, page, jobs):
    before = page.house
    jobs.announce(frozenset({"receipt"}))
    jobs.announce(frozenset({"bed"}))
    qtbot.waitUntil(lambda: page.house is not before)
    once = page.house
    jobs.announce(frozenset({"receipt"}))
    answers = []
    jobs.run(page, answers.append, abs, 1)
    qtbot.waitUntil(lambda: answers == [1])
    assert page.house is once


def test_free_beds_are_found_by_one_press(qtbot, page, house):
    _press(qtbot, page, "states", "free")
    assert _found(page) == {"302-2", "303-1", "303-2"}
    assert page.desk.board.cell(house["301-1"]).isEmpty()


def test_beds_for_a_woman_are_in_rooms_where_a_woman_may_sleep(qtbot, page, house):
    _press(qtbot, page, "states", "free")
    _press(qtbot, page, "sexes", "female")
    assert _found(page) == {"303-1", "303-2"}


def test_a_second_press_lets_all_be_seen_again(qtbot, page, house):
    _press(qtbot, page, "states", "free")
    assert not page.desk.filters.all.isChecked()
    _press(qtbot, page, "states", "free")
    assert page.desk.filters.all.isChecked()
    assert len(page.desk.list.table.rows) == 6


def test_escape_on_the_board_ends_the_looking(qtbot, page, house):
    _press(qtbot, page, "states", "free")
    _press(qtbot, page, "sexes", "female")
    page.desk.board.setFocus()
    press(Key.Key_Escape)
    assert page.desk.filters.all.isChecked()
    assert len(page.desk.list.table.rows) == 6


def test_escape_closes_an_open_file_before_it_ends_the_looking(qtbot, page, house):
    _press(qtbot, page, "states", "free")
    page.desk.board.setFocus()
    page.desk.board.select_first()
    press(Key.Key_Return)
    qtbot.waitUntil(page.desk.side.isVisible)
    press(Key.Key_Escape)
    assert (page.desk.side.isVisible(), page.desk.filters.are_set) == (False, True)
    press(Key.Key_Escape)
    assert not page.desk.filters.are_set


def test_the_other_chips_tell_what_is_left_with_them(qtbot, page, house):
    sexes = page.desk.filters.groups["sexes"]
    before = sexes["female"].text()
    _press(qtbot, page, "states", "free")
    assert (before, sexes["female"].text()) == ("女 4", "女 2")


def test_chips_do_not_jump_when_their_count_falls(qtbot, page, house):
    chip = page.desk.filters.groups["sexes"]["female"]
    before = chip.geometry()
    _press(qtbot, page, "states", "free")
    qtbot.waitUntil(lambda: chip.text() == "女 2")
    assert chip.geometry() == before


def _press(qtbot, page, group, code):
    qtbot.mouseClick(page.desk.filters.groups[group][code], Qt.MouseButton.LeftButton)


def _found(page):
    return {spot.bed.bed for spot in page.desk.list.table.rows}


def test_pinyin_finds_a_bed_and_enter_goes_there(qtbot, page, house):
    page.search.setFocus()
    QTest.keyClicks(page.search, "lgl")
    assert [s.bed.bed for s in page.desk.list.table.rows] == ["301-2"]
    press(Key.Key_Return)
    assert page.desk.board.hasFocus()
    assert page.desk.board.current().bed.bed == "301-2"


def test_looking_in_vain_says_so_and_leads_back(qtbot, page, house):
    page.search.setFocus()
    QTest.keyClicks(page.search, "zzz")
    assert page.desk.board.empty.isVisible()
    page.desk.board.empty.step.click()
    assert page.search.text() == ""
    assert len(page.desk.list.table.rows) == 6


def test_the_list_moves_people_as_the_board_does(qtbot, page, house):
    press(Key.Key_Home)
    page.view("list")
    assert page.desk.list.hasFocus()
    assert page.desk.list.current_row().bed.bed == "301-1"
    press(Key.Key_M)
    assert page.desk.moving.who.chosen.name == "王秀英"


def test_a_safety_officer_sees_no_names(qtbot, house, open_page):
    page = open_page(Role.SAFETY_OFFICER)
    press(Key.Key_Home, Key.Key_Return)
    titles = [column.title for column in page.desk.list.table.columns]
    seen = [page.desk.board.accessibleDescription(), *words(page)]
    table = page.desk.list.table
    seen += [column.text(row) for column in table.columns for row in table.rows]
    names = ("王秀英", "李桂兰", "张建国")
    assert not any(name in text for text in seen for name in names)
    assert "Resident" not in titles
    assert not page.desk.file.history.isVisible()


def test_a_safety_officer_can_neither_move_nor_build(qtbot, house, open_page):
    page = open_page(Role.SAFETY_OFFICER)
    press(Key.Key_Home, Key.Key_Return, Key.Key_M)
    assert page.desk.moving is None
    assert page.views["places"].isHidden()
    assert all(deed.isHidden() for deed in page.desk.file.deeds.values())


def test_an_accountant_looks_but_moves_nobody(qtbot, house, open_page):
    page = open_page(Role.ACCOUNTANT)
    press(Key.Key_Home, Key.Key_Return)
    offered = [d for d, press_ in page.desk.file.deeds.items() if press_.isVisible()]
    assert offered == [bed_file.RESIDENT]


def test_the_beds_say_that_nobody_moves_in(qtbot, page, as_role):
    assert page.banner.isHidden()
    closures = as_role(Closures)
    number = closures.close(Closing(TODAY, None, "流感聚集", "区民政局"))
    qtbot.waitUntil(page.banner.isVisible)
    assert "流感聚集" in page.banner.text()
    closures.remove(number)
    qtbot.waitUntil(page.banner.isHidden)
