"""Each line appears when it is due, goes when it is done, and is told to its role."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, text, update

from carehome.db.accounts import AccountRow
from carehome.db.beds import BedRow, BedUseRow, RoomRow
from carehome.db.billing import PriceListRow, PriceRow
from carehome.db.residents import AdmissionRow, GradeChangeRow, ResidentRow
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.today import Urgency
from carehome.services.accounts import Accounts
from carehome.services.admissions import Admissions
from carehome.services.beds import Beds
from carehome.services.billing import Billing
from carehome.services.deposits import Deposits
from carehome.services.prices import Prices, PriceVersions
from carehome.services.prices.notices import Notices
from carehome.services.receipts import Receipts
from carehome.services.residents import Agreement, Contact, Person, Residents
from tests import house
from tests.conftest import TODAY
from tests.purse import FEE, NOVEMBER, SEPTEMBER
from tests.today.conftest import say

DAY = timedelta(days=1)
WANG, LI = 1, 2
CHEN = Person("陈永昌", "male")


def change(db, statement):
    """Put the database into a state that takes many deeds to reach."""
    with db._engine.begin() as connection:
        connection.execute(statement)


@pytest.fixture
def agreed(as_role):
    """Both women have an agreement and somebody to call."""
    residents = as_role(Residents)
    for resident_id in (WANG, LI):
        residents.add_agreement(resident_id, Agreement(date(2026, 3, 1)))
        residents.set_contacts(
            resident_id, [Contact("emergency", "王强", "儿子", "13900001111")]
        )
    return residents


# admissions


@pytest.fixture
def admission(as_role):
    admissions = as_role(Admissions)
    admission_id = admissions.begin()
    admissions.enter_person(admission_id, CHEN, "")
    return admission_id


def test_an_admission_under_way_is_to_be_gone_on_with(lines, admission):
    [task] = lines(Admissions)
    assert say(task) == "入住办理 陈永昌 · 下一步：联系人 继续办理"
    assert (task.due, task.target.key) == (TODAY, admission)


def test_an_admission_is_due_on_its_planned_day(lines, as_role, admission, beds):
    as_role(Admissions).choose_bed(admission, beds["302-1"], TODAY + 3 * DAY)
    task = lines(Admissions)[0]
    assert task.due == TODAY + 3 * DAY
    assert say(task) == "入住办理 陈永昌 · 302-1 床 · 下一步：协议与收费 继续办理"


def test_an_admission_given_up_is_not_told_any_more(told, as_role, admission):
    as_role(Admissions).give_up(admission)
    assert told(Admissions) == []


def test_who_has_a_bed_reserved_for_today_is_to_be_admitted(db, lines, as_role, beds):
    chen = house.know(db, "陈永昌", "male")
    as_role(Beds).reserve(chen, beds["302-1"], TODAY, None)
    [task] = lines(Admissions)
    assert say(task) == "预约入住 陈永昌 · 已预留 302-1 床 办理入住"
    assert (task.target.kind, task.target.key) == ("admit", chen)


def test_an_arrival_of_tomorrow_is_not_told_yet(db, told, as_role, beds):
    chen = house.know(db, "陈永昌", "male")
    as_role(Beds).reserve(chen, beds["302-1"], TODAY + DAY, None)
    assert told(Admissions) == []


def test_a_reservation_about_to_end_is_a_concern(db, told, as_role, beds):
    chen = house.know(db, "陈永昌", "male")
    as_role(Beds).reserve(chen, beds["302-1"], TODAY + DAY, TODAY + 3 * DAY)
    assert told(Admissions) == ["预留 陈永昌预留的 302-1 床只保留到 11月24日"]


# residents


def test_who_should_be_back_today_is_to_be_recorded_as_back(lines, as_role):
    residents = as_role(Residents)
    absence = residents.record_absence(WANG, "leave", TODAY - 2 * DAY, TODAY)
    [task] = lines(Residents, "returns_today")
    assert say(task) == "请假返院 王秀英 · 11月19日离院 登记返院"
    residents.record_return(absence, TODAY)
    assert lines(Residents, "returns_today") == []


def test_who_is_expected_tomorrow_is_not_told_yet(told, as_role):
    as_role(Residents).record_absence(WANG, "leave", TODAY, TODAY + DAY)
    assert told(Residents, "returns_today") == []


def test_the_figure_of_tonight_counts_who_is_away(told, as_role):
    as_role(Residents).record_absence(WANG, "leave", TODAY, TODAY + DAY)
    assert told(Residents, "away_today") == [
        "今晚不在院 1 1 人在院 最近返院：王秀英 11月22日"
    ]


def concerns(lines, **more):
    return [say(line) for line in lines(Residents, **more)[1:]]


def test_missing_agreements_and_contacts_are_told_in_one_line_each(lines):
    assert concerns(lines) == [
        "服务协议 2 位老人没有服务协议：王秀英、李桂兰",
        "联系人 2 位老人没有登记联系人：王秀英、李桂兰",
    ]


def test_nothing_is_told_where_nothing_is_missing(lines, agreed):
    assert concerns(lines) == []


@pytest.mark.parametrize(
    ("ends", "said", "urgency"),
    [
        (TODAY - DAY, "服务协议 王秀英的服务协议 11月20日已到期", Urgency.LATE),
        (TODAY, "服务协议 王秀英的服务协议 11月21日到期", Urgency.SOON),
        (TODAY + 30 * DAY, "服务协议 王秀英的服务协议 12月21日到期", Urgency.SOON),
    ],
)
def test_an_agreement_that_runs_out_is_told(lines, agreed, ends, said, urgency):
    [agreement] = agreed.file(WANG).agreements
    agreed.change_agreement(WANG, replace(agreement, ends=ends))
    [line] = lines(Residents)[1:]
    assert (say(line), line.urgency, line.target.key) == (said, urgency, WANG)


def test_an_agreement_that_another_follows_is_not_told(lines, agreed):
    [agreement] = agreed.file(WANG).agreements
    agreed.change_agreement(WANG, replace(agreement, ends=TODAY + 5 * DAY))
    agreed.add_agreement(WANG, Agreement(TODAY + 5 * DAY, TODAY + 370 * DAY))
    assert concerns(lines) == []


def test_an_agreement_that_ends_later_is_not_told(lines, agreed):
    [agreement] = agreed.file(WANG).agreements
    agreed.change_agreement(WANG, replace(agreement, ends=TODAY + 31 * DAY))
    assert concerns(lines) == []


def test_the_end_of_a_trial_stay_is_told_a_week_before(lines, agreed):
    [agreement] = agreed.file(LI).agreements
    agreed.change_agreement(LI, replace(agreement, trial_until=TODAY + 7 * DAY))
    assert concerns(lines) == ["试住 李桂兰试住到 11月28日，请确认去留"]


def test_a_grade_without_consent_is_told_until_there_is_one(lines, agreed):
    agreed.set_grade(WANG, "full", TODAY)
    assert concerns(lines) == ["护理 王秀英的新护理等级还没有家属同意，仍按原等级收费"]
    agreed.set_grade(WANG, "full", TODAY, consent_by="王强")
    assert concerns(lines) == []


def test_somebody_without_a_bed_or_a_grade_is_told_first(db, lines, agreed):
    change(db, delete(BedUseRow).where(BedUseRow.resident_id == WANG))
    change(db, delete(GradeChangeRow).where(GradeChangeRow.resident_id == WANG))
    found = lines(Residents)[1:]
    assert [say(line) for line in found] == [
        "床位 王秀英在住，但没有床位",
        "护理 王秀英没有护理等级，护理费不会计入账单",
    ]
    assert {line.urgency for line in found} == {Urgency.LATE}


def test_a_long_stay_in_hospital_is_told(lines, agreed):
    agreed.record_absence(LI, "hospital", TODAY - 30 * DAY)
    assert concerns(lines) == ["住院 李桂兰 10月22日起住院至今"]


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(1938, 11, 21), ["生日 今天是王秀英的 88 岁生日"]),
        (date(1938, 11, 28), ["生日 王秀英 11月28日过生日"]),
        (date(1938, 11, 29), []),
        (date(1938, 11, 20), []),
    ],
)
def test_birthdays_of_the_week_are_told(db, lines, agreed, born, said):
    change(db, update(ResidentRow).where(ResidentRow.id == WANG).values(born=born))
    assert concerns(lines) == said


def test_a_birthday_on_leap_day_is_kept_every_year(db, lines, agreed):
    leap = date(1940, 2, 29)
    change(db, update(ResidentRow).where(ResidentRow.id == WANG).values(born=leap))
    assert concerns(lines, day=date(2027, 3, 1)) == ["生日 今天是王秀英的 87 岁生日"]
    assert concerns(lines, day=date(2028, 2, 29)) == ["生日 今天是王秀英的 88 岁生日"]


def test_who_has_left_is_not_told_of(lines, agreed):
    agreed.discharge(WANG, TODAY, "回家")
    [agreement] = agreed.file(WANG).agreements
    agreed.change_agreement(WANG, replace(agreement, ends=TODAY - DAY))
    assert concerns(lines) == []


# beds


def test_a_move_to_a_reserved_bed_is_due_on_its_day(db, lines, as_role, beds):
    change(db, update(RoomRow).values(gender_rule="any"))
    as_role(Beds).reserve(WANG, beds["302-1"], TODAY, None)
    [task] = lines(Beds, "moves_today")
    assert say(task) == "换床 王秀英 · 换到 302-1 床 换床"


def test_a_promised_bed_that_is_not_ready_is_told_first(db, lines, as_role, beds):
    chen = house.know(db, "陈永昌", "male")
    as_role(Beds).reserve(chen, beds["302-1"], TODAY + DAY, None)
    as_role(Beds).send_cleaning(beds["302-1"])
    first = lines(Beds, "free_today")[1]
    assert say(first) == "床位 302-1 床预定 11月22日入住，还没有准备好"
    assert first.urgency is Urgency.LATE


def test_beds_out_of_use_are_told_with_why(told, as_role, beds):
    as_role(Beds).set_out_of_service(beds["302-1"], "床腿松了")
    as_role(Beds).send_cleaning(beds["302-2"])
    assert told(Beds, "free_today")[1:] == [
        "床位 302-2 床清洁中",
        "床位 302-1 床停用：床腿松了",
    ]


def test_a_room_that_breaks_its_rule_is_told(db, told):
    change(db, update(RoomRow).where(RoomRow.name == "301").values(gender_rule="male"))
    assert told(Beds, "free_today")[1:] == [
        "床位 301 房规定“限男性”，但住着王秀英、李桂兰"
    ]


def test_who_cannot_mend_a_bed_is_not_troubled_with_it(told, as_role, beds):
    as_role(Beds).send_cleaning(beds["302-2"])
    assert len(told(Beds, "free_today", role=Role.ACCOUNTANT)) == 1


def test_who_may_not_know_people_is_told_numbers_only(db, told):
    change(db, update(RoomRow).where(RoomRow.name == "301").values(gender_rule="male"))
    officer = Role.SAFETY_OFFICER
    assert told(Beds, role=officer) == ["今晚在院 2 在住 2 人 三楼 2"]
    assert told(Beds, "free_today", role=officer) == [
        "空床 2 入住率 50.0 % 预留 0 · 清洁中 0 · 停用 0"
    ]


# money


def test_the_month_that_is_over_is_to_be_posted(lines, purse):
    [task] = lines(Billing, "month_end_today", day=date(2026, 12, 1))
    assert say(task) == "月末结算 2026年11月的账单还没有入账 去结算"
    assert task.due == date(2026, 12, 5)


def test_nothing_is_to_be_posted_before_the_month_is_over(told):
    assert told(Billing, "month_end_today") == []


def test_bills_that_are_open_count_as_arrears_once_their_month_is_over(told, purse):
    assert told(Billing) == [
        "2026年10月应收 520000  已收 0.0 % · 欠费 2 人 ¥10,400.00",
        "欠费 2 位老人欠费 ¥10,400.00，最早是2026年9月的账单",
    ]


def test_a_bill_of_the_running_month_is_no_arrears_yet(told, purse):
    for resident_id in (WANG, LI):
        purse.payments.take(resident_id, 2 * FEE, "cash", TODAY)
    purse.post(NOVEMBER)
    assert told(Billing) == ["2026年11月应收 520000  已收 0.0 %"]


def test_who_has_paid_is_in_arrears_no_more(told, purse):
    purse.payments.take(WANG, 2 * FEE, "cash", TODAY)
    assert told(Billing)[1:] == ["欠费 李桂兰欠费 ¥5,200.00，从2026年9月的账单起"]


@pytest.mark.parametrize(
    ("paid", "urgency"), [(0, Urgency.LATE), (FEE, Urgency.SOON)], ids=["two", "one"]
)
def test_a_bill_open_for_two_months_is_late(lines, purse, paid, urgency):
    for resident_id in (WANG, LI):
        if paid:
            purse.payments.take(resident_id, paid, "cash", TODAY)
    assert lines(Billing)[1].urgency is urgency


def test_what_came_in_today_is_told_by_the_way_it_was_paid(told, purse):
    purse.payments.take(WANG, FEE, "cash", TODAY)
    purse.payments.take(LI, 100_00, "wechat", TODAY)
    purse.payments.take(LI, 100_00, "wechat", TODAY - DAY)
    purse.deposits.take(LI, 1000_00, "cash", TODAY)
    assert told(Receipts) == ["今日收款 370000  现金 ¥3,600.00、微信 ¥100.00"]


def test_nothing_is_told_of_takings_before_the_first_receipt(told):
    assert told(Receipts) == []


def test_a_deposit_is_to_be_banked_the_next_day(lines, purse):
    purse.deposits.take(WANG, 1000_00, "cash", TODAY - DAY)
    [task] = lines(Deposits, "to_bank")
    assert "1 笔押金共 ¥1,000.00" in say(task)
    assert task.due == TODAY
    purse.deposits.bank([1], TODAY)
    assert lines(Deposits, "to_bank") == []


def test_a_deposit_above_the_cap_is_told_with_its_day(lines, purse):
    purse.deposits.take(WANG, 6 * FEE, "cash", TODAY)
    assert len(lines(Deposits)) == 1
    purse.residents.set_grade(WANG, "self_care", TODAY, consent_by="王强")
    figure, concern = lines(Deposits)
    assert say(concern) == "押金 王秀英的押金超额 ¥2,400.00，应在 12月6日前退还"
    assert figure.urgency is concern.urgency is Urgency.SOON
    late = lines(Deposits, day=date(2026, 12, 7))[1]
    assert say(late) == "押金 王秀英的押金超额 ¥2,400.00，12月6日应退，已逾期"


def test_papers_of_an_emergency_are_asked_for_until_they_come(told, purse):
    purse.deposits.take(WANG, FEE, "cash", TODAY)
    due = purse.deposits.spend_in_emergency(WANG, 100_00, "cash", TODAY, "急诊")
    assert due == date(2026, 12, 1)
    assert told(Deposits)[1:] == ["押金 王秀英的急诊支用票据应在 12月1日前补交"]
    purse.deposits.hand_in_papers(2, "票据 88")
    assert told(Deposits)[1:] == []


def test_without_a_price_list_nobody_can_be_billed(db, told):
    for guard in ("price_as_submitted_delete", "price_list_kept"):
        change(db, text(f"DROP TRIGGER {guard}"))
    change(db, delete(PriceRow))
    change(db, delete(PriceListRow))
    assert told(Prices) == ["价目表 没有生效的价目表，账单算不出来"]


def test_a_new_price_list_is_told_a_month_before(told, purse):
    purse.set_prices(date(2026, 12, 1))
    assert told(Prices) == [
        "价目表 新价目表 12月1日起执行",
        "收费公示 12月1日起的价目表还没有张贴公示",
    ]
    sheet = purse.prices.sheets()[0]
    purse.of(Notices).put_up(sheet.list_id, "fees", "一楼大厅", TODAY)
    assert told(Prices) == ["价目表 新价目表 12月1日起执行"]


def test_a_notice_of_former_prices_that_still_hangs_is_told(told, purse):
    former = purse.prices.sheets()[0]
    purse.of(Notices).put_up(former.list_id, "fees", "一楼大厅", TODAY)
    assert told(Prices) == []
    today = purse.set_prices(TODAY)
    purse.of(Notices).put_up(today, "fees", "一楼大厅", TODAY)
    assert told(Prices) == ["收费公示 还有旧价目的公示没有撤下：1 张"]


def test_the_director_is_told_what_waits_for_approval(told, purse):
    item = purse.item("care-partial_1")
    clerk = purse.as_role(Role.ACCOUNTANT)
    span = Period(date(2026, 12, 1), None)
    clerk.prices.set_own_price(WANG, item, span, "waived", 0, "困难")
    sheet = replace(purse.prices.sheets()[0], list_id=0, starts=date(2026, 12, 1))
    clerk.of(PriceVersions).submit(clerk.prices.save_sheet(sheet))
    assert told(PriceVersions) == [
        "价目表 12月1日起的价目表等您批准",
        "个人价格 1 项个人价格等您批准，批准前仍按价目表收费",
    ]


def give_discount(purse, start, end):
    item = purse.item("care-partial_1")
    purse.own_price(WANG, item, Period(start, end), "percent", 90, "困难")


def test_a_personal_price_that_ends_is_told(told, purse):
    give_discount(purse, SEPTEMBER, date(2026, 12, 1))
    assert told(Prices) == ["价格 王秀英的个人价格 12月1日到期"]


def test_a_personal_price_that_goes_on_is_not_told(told, purse):
    give_discount(purse, SEPTEMBER, date(2026, 12, 1))
    give_discount(purse, date(2026, 12, 1), None)
    assert told(Prices) == []


# accounts


def test_an_account_that_waits_for_its_person_is_told(db, told):
    nurse = AccountRow.role == Role.HEAD_NURSE
    change(db, update(AccountRow).where(nurse).values(must_change_password=True))
    assert told(Accounts) == ["账号管理 还没有改过初始密码：head_nurse"]


# a fresh home


def test_a_home_without_beds_tells_nothing_of_them(db, told):
    for table in (BedUseRow, AdmissionRow, BedRow):
        change(db, delete(table))
    assert told(Beds) == told(Beds, "free_today") == []


@pytest.mark.parametrize(
    ("kind", "method", "role"),
    [
        (Admissions, "today", Role.ACCOUNTANT),
        (Residents, "today", Role.ACCOUNTANT),
        (Residents, "returns_today", Role.ACCOUNTANT),
        (Residents, "away_today", Role.SAFETY_OFFICER),
        (Beds, "moves_today", Role.ACCOUNTANT),
        (Billing, "today", Role.HEAD_NURSE),
        (Billing, "month_end_today", Role.FRONT_DESK),
        (Deposits, "today", Role.HEAD_NURSE),
        (Receipts, "today", Role.HEAD_NURSE),
        (Prices, "today", Role.FRONT_DESK),
        (Accounts, "today", Role.ACCOUNTANT),
    ],
)
def test_a_line_is_told_only_to_those_with_the_right(lines, kind, method, role):
    with pytest.raises(NotAllowed):
        lines(kind, method, role=role)
