from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, func, select

from carehome.db.beds import BedRow, BedUseRow, RoomRow
from carehome.db.billing import PersonalPriceRow
from carehome.db.database import Database
from carehome.db.deposits import DepositEntryRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.db.undo import CannotUndo
from carehome.rules import identity, sheets
from carehome.rules.billing.tariff import Terms
from carehome.rules.rights import NotAllowed, Role
from carehome.services.beds import Beds, NewBed
from carehome.services.prices import Price, Prices, PriceSheet, PriceVersions
from carehome.services.residents import Person, Residents
from carehome.services.rolls import BedsMissing, CheckedRoll, NothingToRead, Rolls
from tests import house
from tests.conftest import TODAY
from tests.house import MARCH

As = Callable[..., object]
TITLES = (
    "姓名",
    "身份证号",
    "入住日期",
    "房间",
    "床位",
    "护理等级",
    "联系人",
    "联系电话",
    "床位费",
    "护理费",
    "伙食费",
    "押金",
)


def number(n: int, sex: str = "female") -> str:
    first = f"6101031940{1 + n % 12:02d}{1 + n % 28:02d}{(2 * n + (sex == 'male')) % 1000:03d}"
    return first + identity.check_digit(first)


def line(n: int, **told: object) -> list[sheets.Value]:
    given: dict[str, sheets.Value] = {
        "姓名": f"甲{chr(0x4E00 + n)}",
        "身份证号": number(n),
        "入住日期": "2026.3.5",
        "房间": str(201 + n // 2),
        "床位": str(n % 2 + 1),
        "护理等级": "半护理一级",
        "联系人": "乙女儿",
        "联系电话": "13800138000",
        "床位费": "1,200元",
        "护理费": 800,
        "伙食费": "600",
        "押金": 5000,
    }
    return [(given | told)[title] for title in TITLES]  # type: ignore[list-item]


def page(rows: Sequence[Sequence[sheets.Value]]) -> tuple[sheets.Sheet, ...]:
    return (sheets.sheet("在住老人", [TITLES, *rows]),)


@pytest.fixture
def rolls(as_role: As) -> Rolls:
    return as_role(Rolls)  # type: ignore[return-value]


def count(db: Database, kind: type) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def read(rolls: Rolls, *rows: list[sheets.Value]) -> tuple[int, CheckedRoll]:
    checked = rolls.check("花名册.xlsx", page(rows))
    return rolls.read_in(checked, checked.new_beds), checked


def set_prices(as_role: As, **fen: int) -> None:
    prices = as_role(Prices)
    codes = {item.code: item.item_id for item in prices.items()}  # type: ignore[attr-defined]
    given = tuple(
        Price(codes[code.replace("__", "-")], one) for code, one in fen.items()
    )
    sheet = PriceSheet(0, date(2026, 1, 1), "", Terms(), given)
    as_role(PriceVersions).bring(sheet)  # type: ignore[attr-defined]


def test_good_rows_live_in_their_beds_from_the_day_of_the_roll(
    db: Database, rolls: Rolls
) -> None:
    read(rolls, line(1), line(2))
    with db.reading() as session:
        lives = session.execute(
            select(ResidentRow.name, RoomRow.name, BedRow.label, BedUseRow.starts)
            .join(BedUseRow, BedUseRow.resident_id == ResidentRow.id)
            .join(BedRow, BedRow.id == BedUseRow.bed_id)
            .join(RoomRow, RoomRow.id == BedRow.room_id)
            .order_by(ResidentRow.id)
        ).all()
    assert [tuple(one) for one in lives] == [
        ("甲丁", "201", "2", date(2026, 3, 5)),
        ("甲丂", "202", "1", date(2026, 3, 5)),
    ]


def test_a_row_brings_grade_meals_contact_and_deposit(
    as_role: As, rolls: Rolls
) -> None:
    read(rolls, line(1))
    residents: Residents = as_role(Residents)  # type: ignore[assignment]
    file = residents.file(residents.find("甲丁")[0].resident_id)
    assert [change.grade for change in file.grades] == ["partial_1"]
    assert [choice.plan for choice in file.meals] == ["standard"]
    assert [(one.role, one.phone) for one in file.contacts] == [
        ("emergency", "13800138000")
    ]


def test_an_opening_deposit_is_carried_over_as_already_in_the_bank(
    db: Database, rolls: Rolls
) -> None:
    read(rolls, line(1))
    with db.reading() as session:
        entry = session.scalars(select(DepositEntryRow)).one()
    assert (entry.kind, entry.fen, entry.banked_on) == ("opening", 500000, TODAY)


def test_a_contact_of_whom_only_the_phone_is_told_does_not_stop_the_reading(
    as_role: As, rolls: Rolls
) -> None:
    read(rolls, line(1, 联系人=None))
    residents: Residents = as_role(Residents)  # type: ignore[assignment]
    file = residents.file(residents.find("甲丁")[0].resident_id)
    assert [(one.name, one.phone) for one in file.contacts] == [("家属", "13800138000")]


def test_missing_beds_are_offered_with_a_class_for_the_size_of_their_room(
    rolls: Rolls,
) -> None:
    checked = rolls.check("花名册.xlsx", page([line(2), line(3), line(5)]))
    assert [(b.room, b.label, b.bed_class) for b in checked.new_beds] == [
        ("202", "1", "B"),
        ("202", "2", "B"),
        ("203", "2", "B"),
    ]


def test_beds_of_rows_that_are_left_out_are_not_offered(rolls: Rolls) -> None:
    checked = rolls.check("花名册.xlsx", page([line(2), line(3, 身份证号="123")]))
    assert [bed.label for bed in checked.new_beds] == ["1"]


def test_a_bed_that_a_bad_row_names_as_well_is_still_offered_for_the_good_one(
    rolls: Rolls,
) -> None:
    twice = line(3, 房间="202", 床位="1")
    checked = rolls.check("花名册.xlsx", page([line(2), twice]))
    assert [bed.label for bed in checked.new_beds] == ["1"]
    assert len(checked.roll.good) == 1


def test_beds_that_the_home_has_are_found_and_not_offered(
    db: Database, rolls: Rolls
) -> None:
    house.build(db)
    checked = rolls.check("花名册.xlsx", page([line(1, 房间="301", 床位="2床")]))
    assert checked.new_beds == ()


def test_beds_that_are_told_without_a_room_are_made_and_found(
    db: Database, rolls: Rolls
) -> None:
    roomless = [title for title in TITLES if title != "房间"]
    told = [dict(zip(TITLES, line(n), strict=True)) for n in (1, 2)]
    rows = [[each[title] for title in roomless] for each in told]
    sheet = sheets.sheet("在住老人", [roomless, *rows])
    checked = rolls.check("花名册.xlsx", (sheet,))
    rolls.read_in(checked, checked.new_beds)
    again = rolls.check("花名册.xlsx", (sheet,))
    assert (count(db, BedUseRow), again.new_beds) == (2, ())


def test_a_bed_in_no_room_is_left_open_where_the_roll_has_rooms(
    db: Database, rolls: Rolls
) -> None:
    checked = rolls.check("花名册.xlsx", page([line(1, 房间=None)]))
    rolls.read_in(checked, checked.new_beds)
    assert (count(db, StayRow), count(db, BedUseRow)) == (1, 0)


def test_reading_without_the_missing_beds_is_refused(
    db: Database, rolls: Rolls
) -> None:
    checked = rolls.check("花名册.xlsx", page([line(1)]))
    with pytest.raises(BedsMissing, match="BedsMissing") as refused:
        rolls.read_in(checked)
    assert refused.value.facts == {"count": 1, "first": "201-2"}
    assert count(db, ResidentRow) == 0


def test_a_roll_without_a_good_row_is_refused(rolls: Rolls) -> None:
    checked = rolls.check("花名册.xlsx", page([line(1, 身份证号="123")]))
    with pytest.raises(NothingToRead):
        rolls.read_in(checked)


def test_what_the_price_list_asks_needs_no_personal_price(
    db: Database, as_role: As, rolls: Rolls
) -> None:
    set_prices(as_role, bed__B=120000, care__partial_1=80000, meal__standard=60000)
    read(rolls, line(2), line(3))
    assert count(db, PersonalPriceRow) == 0


def test_only_the_price_that_differs_becomes_a_personal_one(
    db: Database, as_role: As, rolls: Rolls
) -> None:
    set_prices(as_role, bed__B=120000, care__partial_1=90000, meal__standard=60000)
    read(rolls, line(2), line(3, 床位费=1000))
    with db.reading() as session:
        own = session.scalars(select(PersonalPriceRow)).all()
    assert [(one.value, one.starts) for one in own] == [
        (80000, date(2026, 3, 5)),
        (100000, date(2026, 3, 5)),
        (80000, date(2026, 3, 5)),
    ]


def test_a_persons_word_for_a_grade_goes_before_the_guess(
    as_role: As, rolls: Rolls
) -> None:
    checked = rolls.check("花名册.xlsx", page([line(1, 护理等级="甲级护理")]))
    rolls.read_in(checked, checked.new_beds, {"甲级护理": "special"})
    residents: Residents = as_role(Residents)  # type: ignore[assignment]
    assert residents.find("甲丁")[0].grade == "special"


def test_a_former_resident_keeps_the_old_file(
    db: Database, as_role: As, rolls: Rolls
) -> None:
    beds = house.build(db)
    known = house.know(db, "甲丁", id_number=number(1))
    residents: Residents = as_role(Residents)  # type: ignore[assignment]
    residents.change_person(
        known, Person("甲丁", "female", phone="029-123", has_dementia=True)
    )
    with db.writing(house.DIRECTOR, "settle") as session:
        house.stays.open_stay_in(session, known, MARCH)
        house.uses.occupy_in(session, known, beds["301-1"], MARCH)
    residents.discharge(known, date(2026, 6, 1), "回家")
    read(rolls, line(1, 入住日期="2026-09-01"))
    file = residents.file(known)
    assert count(db, ResidentRow) == 1
    assert [stay.admitted_on for stay in file.stays] == [date(2026, 9, 1), MARCH]
    assert (file.person.phone, file.person.has_dementia) == ("029-123", True)


def test_somebody_who_had_not_left_on_the_day_of_the_roll_is_marked(
    db: Database, as_role: As, rolls: Rolls
) -> None:
    known = house.know(db, "甲丁", id_number=number(1))
    with db.writing(house.DIRECTOR, "settle") as session:
        house.stays.open_stay_in(session, known, MARCH)
    as_role(Residents).discharge(known, date(2026, 6, 1), "回家")  # type: ignore[attr-defined]
    checked = rolls.check("花名册.xlsx", page([line(1)]))
    assert [fault.name for fault in checked.roll.rows[0].faults] == ["still_here_then"]


def test_a_row_in_a_room_for_the_other_sex_is_marked(
    db: Database, rolls: Rolls
) -> None:
    house.build(db)
    checked = rolls.check("花名册.xlsx", page([line(1, 房间="302", 床位=1)]))
    assert [fault.name for fault in checked.roll.rows[0].faults] == ["wrong_room"]


def test_a_bed_is_taken_over_from_the_day_the_last_one_left(
    db: Database, as_role: As, rolls: Rolls
) -> None:
    beds = house.build(db)
    before = house.settle(db, "丙", beds["301-1"])
    as_role(Residents).discharge(before, date(2026, 6, 1), "回家")  # type: ignore[attr-defined]
    read(rolls, line(1, 房间="301", 床位=1))
    uses = as_role(Beds).history(beds["301-1"])  # type: ignore[attr-defined]
    assert [(use.resident, use.starts) for use in uses] == [
        ("甲丁", date(2026, 6, 1)),
        ("丙", MARCH),
    ]


def test_a_reading_is_taken_back_as_one_step_beds_and_money_too(
    db: Database, rolls: Rolls
) -> None:
    number, _checked = read(rolls, line(1), line(2))
    rolls.take_back(number)
    left = [
        count(db, kind)
        for kind in (ResidentRow, StayRow, BedRow, RoomRow, DepositEntryRow)
    ]
    assert left == [0, 0, 0, 0, 0]


def test_a_reading_that_was_taken_back_says_so(rolls: Rolls) -> None:
    number, _checked = read(rolls, line(1), line(2, 身份证号="1"))
    rolls.take_back(number)
    (entry,) = rolls.imports()
    assert (entry.read_in, entry.left_out, entry.is_undone) == (1, 1, True)


def test_taking_back_gives_a_former_resident_the_old_contacts_again(
    db: Database, as_role: As, rolls: Rolls
) -> None:
    known = house.know(db, "甲丁", id_number=number(1))
    residents: Residents = as_role(Residents)  # type: ignore[assignment]
    contacts = [
        house.people.Contact("guardian", "丁子", "儿子", "13800000001"),
        house.people.Contact("family", "丁女", "女儿", "13800000002"),
    ]
    residents.set_contacts(known, contacts)
    done, _checked = read(rolls, line(1))
    assert len(residents.file(known).contacts) == 1
    rolls.take_back(done)
    assert residents.file(known).contacts == contacts


def test_a_reading_on_which_later_work_stands_is_not_taken_back(
    as_role: As, rolls: Rolls, db: Database
) -> None:
    number, _checked = read(rolls, line(1), line(2))
    residents: Residents = as_role(Residents)  # type: ignore[assignment]
    someone = residents.find("甲丁")[0].resident_id
    residents.record_absence(someone, "leave", date(2026, 11, 1))
    with pytest.raises(CannotUndo):
        rolls.take_back(number)
    assert count(db, ResidentRow) == 2


def test_a_bed_of_the_reading_that_somebody_else_was_given_keeps_it(
    as_role: As, rolls: Rolls, db: Database
) -> None:
    number, _checked = read(rolls, line(1), line(2))
    beds = as_role(Beds).add_beds([NewBed("主楼", "201", "9", "B", "2")])  # type: ignore[attr-defined]
    house.settle(db, "丙", beds[0])
    with pytest.raises(CannotUndo):
        rolls.take_back(number)


def test_the_left_out_rows_are_written_with_their_reasons(
    rolls: Rolls, tmp_path: Path
) -> None:
    checked = rolls.check("花名册.xlsx", page([line(1), line(2, 身份证号="123")]))
    rolls.write_rejected(checked, tmp_path / "rest.xlsx")
    rows = list(load_workbook(tmp_path / "rest.xlsx").active.values)
    assert [row[0] for row in rows] == ["姓名", "甲丂"]
    assert "18" in rows[1][-1]


def test_the_progress_of_a_reading_is_told(rolls: Rolls) -> None:
    told: list[tuple[int, int]] = []
    checked = rolls.check("花名册.xlsx", page([line(n) for n in range(1, 25)]))
    rolls.read_in(
        checked, checked.new_beds, step=lambda done, of, _name: told.append((done, of))
    )
    assert told == [(0, 24), (10, 24), (20, 24)]


def test_stopping_within_a_reading_leaves_nothing(db: Database, rolls: Rolls) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, _of: int, _name: str) -> None:
        if done:
            raise Stop

    checked = rolls.check("花名册.xlsx", page([line(n) for n in range(1, 25)]))
    with pytest.raises(Stop):
        rolls.read_in(checked, checked.new_beds, step=stop)
    assert (count(db, ResidentRow), count(db, BedRow)) == (0, 0)


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in (Role.DIRECTOR, Role.FRONT_DESK)]
)
def test_who_may_not_read_rolls_is_refused(as_role: As, role: Role) -> None:
    with pytest.raises(NotAllowed):
        as_role(Rolls, role).imports()  # type: ignore[attr-defined]


def test_reading_a_row_asks_the_database_little(db: Database, rolls: Rolls) -> None:
    rows = [line(n) for n in range(1, 241)]
    checked = rolls.check("花名册.xlsx", page(rows))
    asked: list[str] = []
    event.listen(
        db._engine, "before_cursor_execute", lambda *told: asked.append(told[2])
    )
    rolls.read_in(checked, checked.new_beds)
    selects = [statement for statement in asked if statement.startswith("SELECT")]
    assert len(selects) < 4 * len(rows)
