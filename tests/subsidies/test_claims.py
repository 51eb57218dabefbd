"""Subsidies by month: the seed's own sums, who counts, the way of a claim."""

import re
from datetime import date, datetime

import pytest
from pypdf import PdfReader
from sqlalchemy.exc import IntegrityError

from carehome.db.approvals import SafetyPaperRow
from carehome.db.books import DayCloseRow
from carehome.db.home import HomeRow
from carehome.db.residents import AbsenceRow, StayRow
from carehome.db.staff import AllowanceClaimRow, StaffMemberRow
from carehome.db.subsidies import (
    SubsidyClaimRow,
    SubsidyPaymentRow,
    SubsidyPersonRow,
)
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.day_close import DayClosed
from carehome.rules.ledger.voids import VoidAlready
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.subsidies.counting import Counting, Heads, LeftOutWithoutReason
from carehome.rules.subsidies.overlaps import overlap_rules
from carehome.rules.subsidies.schemes import OwnRate, schemes
from carehome.services.books import Books
from carehome.services.subsidies import Subsidies
from carehome.services.subsidies.claims import (
    ClaimedAlready,
    DecidedTooEarly,
    MoneyCameIn,
    MoreThanGranted,
    NothingToClaim,
    NotOverYet,
    NotWaiting,
    OfficeMissing,
    ReasonOfClaimMissing,
)
from carehome.services.subsidies.elsewhere import (
    INSURANCE,
    AskedOnStaff,
    CameByPolicy,
)
from carehome.services.subsidies.service import RateIncomplete
from carehome.services.tills import Tills
from tests.house import DIRECTOR
from tests.subsidies.conftest import OCTOBER, assess, of, settle

STAR = "xian/star-subsidy"
POST = "xian/post-allowance"
NOVEMBER, TODAY = date(2026, 11, 1), date(2026, 11, 21)
EVENING = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - kept in UTC
CIVIL = "区民政局"


@pytest.fixture
def handed(subsidies, full_house, star):
    """The claim of October of a home of three stars."""
    star(3)
    return subsidies.hand_in(STAR, OCTOBER, CIVIL, date(2026, 11, 3))


def claim(subsidies):
    return subsidies.claims()[0]


def due(db, as_role):
    sums = as_role(Books, Role.ACCOUNTANT).account_sums(
        Period(date(2026, 1, 1), date(2027, 1, 1))
    )
    return {each.account: each.after for each in sums}.get(Code.SUBSIDIES_DUE, 0)


@pytest.mark.parametrize(("stars", "fen"), [(3, 2450_00), (4, 3300_00)])
def test_the_sums_of_the_seed_come_out(subsidies, full_house, star, stars, fen):
    star(stars)
    working = of(subsidies).working
    assert working.fen == fen
    assert working.heads == 35
    assert list(working.shares.values()) == [fen // 2, fen // 2]


def test_without_a_star_nothing_is_due_and_the_star_is_missing(subsidies, full_house):
    working = of(subsidies).working
    assert working.fen == 0
    assert any("星" in str(each.text) for each in working.missing)


def test_halves_of_an_odd_fen_come_to_the_whole(subsidies, full_house, star):
    star(3)
    rate = OwnRate(STAR, "失能", 0, 1, date(2026, 1, 1), "市民发〔2026〕1号")
    subsidies.set_rate(rate)
    working = of(subsidies).working
    assert working.fen == 10 + 450_00 + 800_00
    assert sum(working.shares.values()) == working.fen


def test_a_rate_of_the_own_place_lets_a_subsidy_hold_there(
    subsidies, full_house, star, db
):
    star(3)
    with db.writing(DIRECTOR, "move") as session:
        home = session.get_one(HomeRow, 1)
        home.region, home.address = "浙江省杭州市", "西湖区"
    place = "只适用于陕西省西安市"
    assert place in [str(each.text) for each in of(subsidies).working.missing]
    subsidies.set_rate(OwnRate(STAR, "失能", 3, 90_00, OCTOBER, "杭民发〔2026〕1号"))
    working = of(subsidies).working
    assert place not in [str(each.text) for each in working.missing]
    assert working.fen >= 10 * 90_00


def test_whoever_is_not_assessed_counts_nothing_and_is_named_as_missing(
    subsidies, full_house, star, db
):
    star(3)
    with db.writing(DIRECTOR, "settle") as session:
        settle(session, 36, None)
    working = of(subsidies).working
    (person,) = [each for each in working.people if each.key == 36]
    assert (person.fen, person.lacks) == (0, "No ability assessment")
    assert any("没有能力评估：1人" in str(each.text) for each in working.missing)


def test_an_outdated_assessment_counts_nothing(subsidies, star, db):
    star(3)
    with db.writing(DIRECTOR, "settle") as session:
        settle(session, 1, None)
        assess(session, 1, 4, date(2025, 1, 10))
    (person,) = of(subsidies).working.people
    assert person.lacks == "The ability assessment is out of date"


@pytest.fixture
def left_on_the_20th(db, star):
    """Somebody unable to care for themselves who left on October 21st, with 3 stars."""
    star(3)
    with db.writing(DIRECTOR, "settle") as session:
        settle(session, 1, 4)
        session.query(StayRow).one().discharged_on = date(2026, 10, 21)


@pytest.mark.parametrize(
    ("heads", "fen"),
    [
        (Heads.LAST_DAY, 0),
        (Heads.ANY_DAY, 120_00),
        (Heads.WHOLE, 0),
        (Heads.BY_DAYS, 77_42),  # 120 x 20 / 31 = 77.419
    ],
)
def test_a_part_of_a_month_counts_as_the_home_has_set(
    subsidies, left_on_the_20th, heads, fen
):
    subsidies.count_by(Counting(heads))
    assert of(subsidies).working.fen == fen


@pytest.mark.parametrize(("counts", "fen"), [(True, 120_00), (False, 0)])
def test_hospital_on_the_last_day_counts_as_the_home_has_set(
    subsidies, star, db, counts, fen
):
    star(3)
    with db.writing(DIRECTOR, "settle") as session:
        settle(session, 1, 4)
        session.add(
            AbsenceRow(resident_id=1, kind="hospital", left_on=date(2026, 10, 28))
        )
    subsidies.count_by(Counting(hospital=counts))
    assert of(subsidies).working.fen == fen


def test_meals_count_days_here_and_not_meals(subsidies, db):
    with db.writing(DIRECTOR, "settle") as session:
        settle(session, 1, 4)
        session.add(
            AbsenceRow(
                resident_id=1,
                kind="leave",
                left_on=date(2026, 10, 9),
                returned_on=date(2026, 10, 13),
            )
        )
    working = of(subsidies, "xian/meals").working
    assert working.people[0].count == 31 - 3  # the 10th, 11th and 12th
    assert working.fen == 28 * 2_00


def test_who_is_left_out_counts_nothing_until_taken_in_again(
    subsidies, full_house, star
):
    star(3)
    who = "resident", 1
    subsidies.leave_out(STAR, OCTOBER, who, "赵氏", "户籍在外地")
    working = of(subsidies).working
    assert working.fen == 2450_00 - 120_00
    person = next(each for each in working.people if each.key == 1)
    assert str(person.why) == "不列入：户籍在外地"
    subsidies.take_in_again(STAR, OCTOBER, who)
    assert of(subsidies).working.fen == 2450_00


def test_nobody_is_left_out_without_a_reason(subsidies, full_house):
    with pytest.raises(LeftOutWithoutReason):
        subsidies.leave_out(STAR, OCTOBER, ("resident", 1), "赵氏", " ")


def test_a_claim_stays_as_it_was_handed_in(subsidies, handed, db):
    with db.writing(DIRECTOR, "settle") as session:
        settle(session, 36, 4)
    assert of(subsidies).working.fen == 2450_00 + 120_00
    kept = claim(subsidies)
    assert (kept.fen, len(kept.people)) == (2450_00, 35)
    assert kept.shares == {"市级": 1225_00, "区县（开发区）": 1225_00}


def test_the_next_claim_tells_who_came_and_left(subsidies, handed, db):
    with db.writing(DIRECTOR, "settle") as session:
        settle(session, 36, 4, NOVEMBER)
        stay = session.query(StayRow).filter_by(resident_id=35).one()
        stay.discharged_on = date(2026, 11, 5)
        assess(session, 20, 4, date(2026, 11, 2))
    changes = of(subsidies, month=NOVEMBER).changes
    assert [len(x) for x in (changes.came, changes.left, changes.changed)] == [1, 1, 1]
    assert changes.fen == 120_00 - 40_00 + (120_00 - 40_00)


def test_a_month_is_claimed_once(subsidies, handed):
    with pytest.raises(ClaimedAlready):
        subsidies.hand_in(STAR, OCTOBER, CIVIL, TODAY)


def test_a_claim_taken_back_can_be_made_anew(subsidies, handed):
    subsidies.take_back(handed, "名单有误")
    assert subsidies.hand_in(STAR, OCTOBER, CIVIL, TODAY) != handed


def test_a_claim_of_nothing_is_not_handed_in(subsidies, full_house):
    with pytest.raises(NothingToClaim):
        subsidies.hand_in(STAR, OCTOBER, CIVIL, TODAY)


def test_a_claim_is_handed_in_to_somebody(subsidies, full_house, star):
    star(3)
    with pytest.raises(OfficeMissing):
        subsidies.hand_in(STAR, OCTOBER, " ", TODAY)


def test_what_was_granted_is_owed_until_it_comes_in(subsidies, handed, db, as_role):
    subsidies.grant(handed, TODAY)
    assert due(db, as_role) == 2450_00
    subsidies.receive(handed, TODAY, 1225_00, "transfer", "拨款单1")
    assert due(db, as_role) == 1225_00
    assert claim(subsidies).stands == "granted"
    subsidies.receive(handed, TODAY, 1225_00, "transfer", "拨款单2")
    assert due(db, as_role) == 0
    assert claim(subsidies).stands == "received"


def test_a_person_granted_less_is_kept_with_the_word(subsidies, handed):
    subsidies.grant(handed, TODAY, {("resident", 1): 0}, "赵氏户籍不符")
    kept = claim(subsidies)
    assert kept.granted == 2450_00 - 120_00
    assert kept.granted_each["resident", 1] == 0
    assert kept.answer == "赵氏户籍不符"


def test_another_sum_than_asked_needs_a_word(subsidies, handed):
    with pytest.raises(ReasonOfClaimMissing):
        subsidies.grant(handed, TODAY, {("resident", 1): 0})


def test_more_than_granted_does_not_come_in(subsidies, handed):
    subsidies.grant(handed, TODAY)
    with pytest.raises(MoreThanGranted):
        subsidies.receive(handed, TODAY, 2450_01, "transfer")


def test_void_money_is_owed_again(subsidies, handed, db, as_role):
    subsidies.grant(handed, TODAY)
    paid = subsidies.receive(handed, TODAY, 2450_00, "transfer")
    subsidies.void_money(paid, "记错账户")
    assert due(db, as_role) == 2450_00


def test_money_is_void_once(subsidies, handed):
    subsidies.grant(handed, TODAY)
    paid = subsidies.receive(handed, TODAY, 2450_00, "transfer")
    subsidies.void_money(paid, "记错账户")
    with pytest.raises(VoidAlready):
        subsidies.void_money(paid, "再来一次")


@pytest.fixture
def sealed(subsidies, handed, db):
    """Cash of a claim, and the till of whoever took it counted in the evening."""
    subsidies.grant(handed, TODAY)
    paid = subsidies.receive(handed, TODAY, 1_00, "cash", "收条 3")
    with db.writing(DIRECTOR, "close") as session:
        taker = session.get_one(SubsidyPaymentRow, paid).taken_by
        session.add(
            DayCloseRow(
                account_id=taker,
                day=TODAY,
                booked_fen=1_00,
                counted_fen=1_00,
                closed_at=EVENING,
            )
        )
    return paid


def test_the_database_gives_no_cash_a_day_that_is_closed(db, handed, sealed):
    def book():
        with db.writing(DIRECTOR, "cash") as session:
            taker = session.get_one(SubsidyPaymentRow, sealed).taken_by
            cash = {"claim_id": handed, "day": TODAY, "fen": 2_00, "method": "cash"}
            paper = {"paper": "收条 4", "void_reason": "", "taken_by": taker}
            session.add(SubsidyPaymentRow(**cash, **paper))

    with pytest.raises(DayClosed):
        book()


def test_the_database_voids_no_cash_on_a_day_that_is_closed(db, sealed):
    def void():
        with db.writing(DIRECTOR, "void") as session:
            row = session.get_one(SubsidyPaymentRow, sealed)
            row.voided_at, row.void_reason = EVENING, "记错"

    with pytest.raises(DayClosed):
        void()


def test_a_claim_whose_money_came_is_not_taken_back(subsidies, handed):
    subsidies.grant(handed, TODAY)
    subsidies.receive(handed, TODAY, 1_00, "transfer")
    with pytest.raises(MoneyCameIn):
        subsidies.take_back(handed, "名单有误")


def test_a_refused_claim_is_decided(subsidies, handed):
    subsidies.refuse(handed, TODAY, "材料不全")
    with pytest.raises(NotWaiting):
        subsidies.grant(handed, TODAY)


def test_a_rate_needs_its_document(subsidies):
    with pytest.raises(RateIncomplete):
        subsidies.set_rate(OwnRate(STAR, "失能", 0, 100_00, OCTOBER, " "))


def test_a_rate_of_the_home_counts_from_its_day(subsidies, full_house, star):
    star(3)
    rate = OwnRate(STAR, "失能", 3, 200_00, date(2026, 11, 1), "市民发〔2026〕9号")
    subsidies.set_rate(rate)
    assert of(subsidies).working.fen == 2450_00
    assert of(subsidies, month=NOVEMBER).working.fen == 2450_00 + 10 * 80_00


@pytest.mark.parametrize("row", [SubsidyClaimRow, SubsidyPersonRow])
def test_the_database_keeps_what_was_handed_in(handed, db, row):
    with (
        pytest.raises(IntegrityError, match="kept as it was"),
        db.writing(DIRECTOR, "test") as session,
    ):
        session.query(row).first().fen = 1


def test_the_desk_sees_no_subsidies(as_role):
    with pytest.raises(NotAllowed):
        as_role(Subsidies, Role.FRONT_DESK).claims()


def test_a_month_after_one_that_was_claimed_is_told(subsidies, handed):
    assert subsidies.today(date(2026, 11, 21)) == []
    (line,) = subsidies.today(date(2026, 12, 5))
    assert "2026年11月" in str(line.subject)


def test_a_claim_without_an_answer_is_told_after_two_months(subsidies, handed):
    texts = [str(each.text) for each in subsidies.today(date(2027, 1, 10))]
    assert any("还没有答复" in text for text in texts)


def test_the_paper_names_everybody_and_the_stamp(subsidies, handed, tmp_path):
    path = tmp_path / "claim.pdf"
    subsidies.write_paper(STAR, OCTOBER, path)
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert "测算，不是应得数" in text
    assert CIVIL in text


def test_a_month_is_handed_in_when_it_is_over(subsidies, full_house, star):
    star(3)
    for day in (date(2026, 11, 1), date(2026, 12, 1)):
        with pytest.raises(NotOverYet):
            subsidies.hand_in(STAR, day, CIVIL, TODAY)
    with pytest.raises(NotOverYet) as refused:
        subsidies.hand_in(STAR, OCTOBER, CIVIL, date(2026, 10, 31))
    assert "2026-11-01" in refused.value.message
    subsidies.hand_in(STAR, OCTOBER, CIVIL, date(2026, 11, 1))


def test_what_is_shown_to_people_names_documents_and_no_files_of_ours():
    shown = [scheme.claim.policy for scheme in schemes().values()]
    shown += [rule.source for rule in overlap_rules()]
    assert shown
    assert not [text for text in shown if re.search(r"seed|\.md|L\d", text)]


def test_a_subsidy_in_cash_lies_in_the_till(subsidies, handed, as_role):
    till = as_role(Tills, Role.ACCOUNTANT)
    subsidies.grant(handed, TODAY)
    paid = subsidies.receive(handed, TODAY, 1225_00, "cash", "收条 3")
    assert till.now().booked == 1225_00
    subsidies.void_money(paid, "记错")
    assert till.now().booked == 0


def ask_on_staff(db, **how):
    """Ask for the allowance of October of one carer where the staff is kept."""
    with db.writing(DIRECTOR, "test") as session:
        session.add(StaffMemberRow(id=1, name="周敏", hired_on=date(2024, 3, 1)))
        session.flush()
        claim = AllowanceClaimRow(staff_id=1, kind="post", month=OCTOBER, fen=400_00)
        claim.drafted_on = date(2026, 11, 1)
        session.add(claim)
        session.flush()
        for name, value in how.items():
            setattr(claim, name, value)


def lacks(subsidies, code):
    return [str(each.text) for each in of(subsidies, code).working.missing]


def test_allowances_asked_for_on_the_page_staff_are_not_asked_for_again(subsidies, db):
    ask_on_staff(db, state="claimed", claimed_on=date(2026, 11, 2))
    assert "员工" in lacks(subsidies, POST)[0]
    with pytest.raises(AskedOnStaff) as refused:
        subsidies.hand_in(POST, OCTOBER, CIVIL, TODAY)
    assert "¥400.00" in refused.value.message
    with pytest.raises(NothingToClaim):
        subsidies.hand_in(POST, date(2026, 9, 1), CIVIL, TODAY)


def test_a_mere_draft_on_the_page_staff_stops_no_claim(subsidies, db):
    ask_on_staff(db)
    assert not [each for each in lacks(subsidies, POST) if "员工" in each]


def test_a_premium_that_came_in_by_the_policy_is_not_claimed_again(subsidies, db):
    policy = SafetyPaperRow(kind="liability", starts=date(2026, 3, 1), fen=12_000_00)
    policy.received_fen, policy.received_on = 8_400_00, date(2026, 7, 4)
    with db.writing(DIRECTOR, "test") as session:
        session.add(policy)
    assert "¥8,400.00" in lacks(subsidies, INSURANCE)[0]
    with pytest.raises(CameByPolicy):
        subsidies.hand_in(INSURANCE, OCTOBER, CIVIL, TODAY)


def test_nothing_is_answered_or_paid_before_it_was_handed_in(subsidies, handed):
    early = date(2026, 11, 2)
    with pytest.raises(DecidedTooEarly):
        subsidies.grant(handed, early)
    with pytest.raises(DecidedTooEarly):
        subsidies.refuse(handed, early, "不符合")
    subsidies.grant(handed, date(2026, 11, 3))
    with pytest.raises(DecidedTooEarly):
        subsidies.receive(handed, early, 100, "transfer")
