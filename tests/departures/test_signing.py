"""Trust money goes back with the settlement; all sides sign it, and then it is sealed."""

from dataclasses import replace
from datetime import date, timedelta

import pypdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.db.accounts import AccountRow
from carehome.db.home import HomeRow
from carehome.db.staff import StaffMemberRow
from carehome.rules.departures import Departure
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.settlement import (
    NotSigned,
    SameSigner,
    SettlementSealed,
    SignedTooEarly,
    SignerMissing,
    SignerNotReceiver,
    SignerUnknown,
    TrustWayMissing,
)
from carehome.services.departures import ApprovalMissing, Giving, StepMissing
from carehome.services.trust import TrustMoney
from tests.conftest import ROLES, TODAY
from tests.departures.conftest import FEE_OWED, SIGNERS, SON


@pytest.fixture
def trust(leaving):
    return leaving.of(TrustMoney)


@pytest.fixture
def even(leaving, trust):
    """Somebody who owes nothing and for whom trust money is kept, up to settling."""
    trust.take(1, 320_00, "cash", date(2026, 11, 3), "零用钱")
    leaving.payments.take(1, FEE_OWED, "transfer", date(2026, 11, 3), "王建国")
    leaving.deposits.take(1, 5000_00, "cash", date(2026, 11, 2))
    return leaving.taken_off(1, Departure.DEATH)


def read(leaving, number, tmp_path):
    leaving.departures.preview_sheet(number, tmp_path / "s.pdf")
    [page] = pypdf.PdfReader(tmp_path / "s.pdf").pages
    return page.extract_text()


def test_trust_money_stands_apart_from_the_one_sum(leaving, even):
    books = leaving.departures.money(even).books
    assert (books.trust, books.to_family) == (320_00, 5000_00)


def test_trust_money_goes_back_with_the_settlement(leaving, even, trust):
    leaving.settle(even)
    [entry] = [each for each in trust.entries(1) if each.fen < 0]
    assert (entry.fen, entry.method, entry.kept) == (-320_00, "cash", 0)
    assert entry.other_name == SON.name
    assert "结算单" in entry.paper
    made = leaving.departures.settlement(even)
    assert made.books.trust == 320_00


def test_trust_money_asks_for_a_way_of_its_own(leaving, even):
    with pytest.raises(TrustWayMissing):
        leaving.departures.settle(even, Giving(TODAY, "cash"), leaving.signed)


def test_trust_money_too_is_given_back_by_two(leaving, trust):
    trust.take(1, 320_00, "cash", date(2026, 11, 3), "零用钱")
    leaving.payments.take(1, FEE_OWED, "transfer", date(2026, 11, 3))
    number = leaving.taken_off()
    with pytest.raises(ApprovalMissing):
        leaving.departures.settle(number, Giving(TODAY, "", "", "cash"))


def test_the_database_settles_nobody_while_trust_money_is_kept(leaving, even, db):
    leaving.settle(even)
    with db.reading() as session:
        row = session.execute(text("SELECT * FROM settlement")).mappings().one()
    leaving.of(TrustMoney).take(1, 1_00, "cash", TODAY, "补收")
    again = dict(row) | {"id": 99, "departure_id": 99}
    marks = ", ".join(f":{name}" for name in again)
    query = text(f"INSERT INTO settlement ({', '.join(again)}) VALUES ({marks})")
    with (
        pytest.raises(IntegrityError, match="trust money is still kept"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(query, again)


def test_the_sheet_tells_who_paid_when_and_what_was_handed_over(
    leaving, even, tmp_path
):
    leaving.settle(even)
    sheet = read(leaving, even, tmp_path)
    for words in (
        "银行转账，王建国，收据",  # who paid in which way
        "退还押金，现金，付给王建国",
        "代办养老金另行交还：叁佰贰拾元整",
        "家属或代理人",
        "财务",
        "院长",
    ):
        assert words in sheet, words


def test_the_sheet_of_an_estate_names_the_heirs(leaving, even, tmp_path):
    heirs = (("王建国", "儿子"), ("王建芳", "女儿"))
    leaving.departures.name_receiver(
        even, replace(SON, heirs=heirs, others_consent="女儿同意书 1 号")
    )
    assert leaving.departures.resume(even).receiver.heirs == heirs
    leaving.settle(even)
    sheet = read(leaving, even, tmp_path)
    assert "继承人：王建国（儿子）、王建芳（女儿）" in sheet
    assert "女儿同意书 1 号" in sheet


def test_what_other_payers_bear_and_corrections_stand_apart(leaving, tmp_path):
    leaving.cover(1, 50, Period(date(2026, 11, 1)))
    leaving.residents.set_grade(1, "full", date(2026, 10, 30), consent_by="家属")
    number = leaving.taken_off()
    leaving.settle(number, "家属失联")
    made = leaving.departures.settlement(number)
    parts = made.parts
    assert parts.payers == -400_00  # half of the care of fifteen days
    assert parts.corrections > 0
    assert parts.fees + parts.corrections + parts.payers == made.books.billed
    sheet = read(leaving, number, tmp_path)
    for words in ("由其他付款方承担", "以前月份的更正"):
        assert words in sheet, words


def test_a_sheet_is_in_the_file_once_all_have_signed(leaving, even):
    leaving.settle(even)
    leaving.sign(even, "family", "accountant")
    with pytest.raises(NotSigned) as refusal:
        leaving.departures.tick(even, "settlement")
    assert "院长" in refusal.value.message
    leaving.sign(even, "director")
    leaving.departures.tick(even, "settlement")


def test_signatures_stand_on_the_reprint(leaving, even, tmp_path):
    leaving.settle(even)
    leaving.sign(even)
    leaving.departures.count_print(even)
    sheet = read(leaving, even, tmp_path)
    for name in SIGNERS.values():
        assert sheet.count(f"{name}，2026-11-21") == 1


def test_a_signature_noted_by_mistake_is_taken_back(leaving, even):
    leaving.settle(even)
    leaving.sign(even, "family")
    leaving.departures.unsign(even, "family")
    assert leaving.departures.settlement(even).signatures == ()


@pytest.mark.parametrize("side", ["accountant", "director"])
def test_for_the_home_signs_somebody_who_works_there(leaving, even, side):
    leaving.settle(even)
    with pytest.raises(SignerUnknown) as refusal:
        leaving.departures.sign(even, side, "陌生人", TODAY)
    assert "陌生人" in refusal.value.message


def test_the_likely_ones_are_offered_first(leaving, even, db):
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        for name, left in (("周静", None), ("早已离职", date(2026, 11, 1))):
            hired = date(2026, 1, 1)
            session.add(StaffMemberRow(name=name, hired_on=hired, left_on=left))
    leaving.settle(even)
    signers = leaving.departures.money(even).signers
    for side in ("accountant", "director"):
        assert signers[side][0] == side
        assert "周静" in signers[side]
        assert "早已离职" not in signers[side]
    leaving.departures.sign(even, "accountant", "周静", TODAY)


@pytest.mark.parametrize(
    ("first", "second"), [("accountant", "director"), ("director", "accountant")]
)
def test_accountant_and_director_are_two_people(leaving, even, first, second):
    leaving.settle(even)
    leaving.departures.sign(even, first, "accountant", TODAY)
    with pytest.raises(SameSigner):
        leaving.departures.sign(even, second, "accountant", TODAY)


def test_one_person_holds_both_posts_only_where_the_home_says_so(leaving, even, db):
    leaving.settle(even)
    leaving.departures.sign(even, "accountant", "director", TODAY)
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.get_one(HomeRow, 1).one_may_approve = True
    with pytest.raises(SameSigner):  # another could
        leaving.departures.sign(even, "director", "director", TODAY)
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        for row in session.query(AccountRow).filter(AccountRow.name != "director"):
            row.is_active = False
    leaving.departures.sign(even, "director", "director", TODAY)


def test_nobody_signs_for_the_home_and_the_family(leaving, even, db):
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        for name in (SON.name, "李敏"):
            session.add(StaffMemberRow(name=name, hired_on=date(2026, 1, 1)))
    leaving.settle(even)
    with pytest.raises(SameSigner):
        leaving.departures.sign(even, "director", SON.name, TODAY)
    leaving.departures.sign(even, "family", "李敏", TODAY, "侄女")
    with pytest.raises(SameSigner):
        leaving.departures.sign(even, "director", "李敏", TODAY)


def test_another_than_the_recipient_says_who_it_is(leaving, even, tmp_path):
    leaving.settle(even)
    with pytest.raises(SignerNotReceiver) as refusal:
        leaving.departures.sign(even, "family", "王建芳", TODAY)
    assert SON.name in refusal.value.message
    leaving.departures.sign(even, "family", "王建芳", TODAY, "女儿，受托代签")
    sheet = read(leaving, even, tmp_path).replace("\n", "")
    assert "王建芳（女儿，受托代签），2026-11-21" in sheet


def test_the_database_lets_nobody_sign_for_two_sides(leaving, even, db):
    leaving.settle(even)
    leaving.departures.sign(even, "family", "王建芳", TODAY, "女儿")
    made = leaving.departures.settlement(even).settlement_id
    with (
        pytest.raises(IntegrityError, match="each side is another person"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(
            text(
                "INSERT INTO settlement_signature (resident_id, settlement_id, side, "
                "name, day, noted_by) VALUES (1, :made, 'director', '王建芳', "
                "'2026-11-21', 'x')"
            ),
            {"made": made},
        )


def test_what_all_have_signed_is_sealed(leaving, even, db):
    leaving.settle(even)
    leaving.sign(even)
    assert leaving.departures.settlement(even).is_sealed
    with pytest.raises(SettlementSealed):
        leaving.departures.unsign(even, "family")
    with pytest.raises(SettlementSealed):
        leaving.departures.sign(even, "family", "别人", TODAY)
    with (
        pytest.raises(IntegrityError, match="all sides have signed"),
        db.writing(ROLES[Role.DIRECTOR], "test") as session,
    ):
        session.connection().execute(text("DELETE FROM settlement_signature"))


def test_nobody_signs_before_there_is_a_sheet(leaving, even):
    with pytest.raises(StepMissing):
        leaving.sign(even, "family")


def test_nobody_signs_before_the_day_of_the_sheet(leaving, even):
    leaving.settle(even)
    with pytest.raises(SignedTooEarly):
        leaving.departures.sign(even, "family", "王建国", TODAY - timedelta(days=1))


def test_a_signature_has_a_name(leaving, even):
    leaving.settle(even)
    with pytest.raises(SignerMissing):
        leaving.departures.sign(even, "family", " ", TODAY)


def test_the_front_desk_notes_no_signature(leaving, even):
    leaving.settle(even)
    with pytest.raises(NotAllowed):
        leaving.as_role(Role.FRONT_DESK).of(type(leaving.departures)).sign(
            even, "family", "王建国", TODAY
        )
