"""The life of an agreement: drawn up, signed, renewed, ended."""

import io
from datetime import date, timedelta

import docx
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from carehome.db.change_log import ChangeRow
from carehome.db.residents import AgreementRow, PaperRow
from carehome.rules import agreements as rules
from carehome.rules.agreements import State
from carehome.rules.periods import Period
from carehome.services.admissions import Admissions, Terms
from carehome.services.agreements import Agreements
from carehome.services.agreements.service import NotDrawnUp
from carehome.services.agreements.templates import SameTemplate, TemplateUnreadable
from carehome.services.beds import Beds
from carehome.services.residents import Agreement, Contact, Person
from tests.agreements.conftest import ENDS, NUMBER, STARTS
from tests.conftest import TODAY

DAY = timedelta(days=1)


def line(agreements, agreement_id):
    return next(each for each in agreements.all() if each.agreement_id == agreement_id)


def text_of(agreements, agreement_id, folder):
    path = folder / "agreement.docx"
    agreements.write_word(agreement_id, path)
    document = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


# the text


def test_nothing_is_missing_when_the_file_is_whole(agreements, planned):
    assert agreements.missing(planned) == []


def test_what_the_file_lacks_is_said_with_what_to_do(purse, agreements):
    planned = purse.residents.add_agreement(2, Agreement(STARTS))
    missing = {each.name: each.advice for each in agreements.missing(planned)}
    assert set(missing) >= {"老人身份证号", "联系人表", "签订人", "押金", "截止日"}
    assert "护理等级" not in missing
    assert all(missing.values())


@pytest.mark.parametrize(
    "said",
    [
        *("王秀英", NUMBER, "王强", "监护人（儿子）", "301-1", "¥2,600.00"),
        *("贰仟陆佰元整", "伍仟元整", "¥15,600.00", "演示银行 0018"),
        *("2027年10月31日", "2026年11月30日", "139 0000 2222"),
        *(
            "取暖费",
            "¥90.00/月",
            "请假满 3 天的",
            "监护人\n王强\n儿子\n139 0000 2222\n个人",
        ),
    ],
)
def test_the_text_holds_what_the_file_knows(agreements, planned, tmp_path, said):
    agreements.draw_up(planned)
    assert said in text_of(agreements, planned, tmp_path)


def test_no_mark_is_left_in_the_text(agreements, planned, tmp_path):
    agreements.draw_up(planned)
    assert not set("{}") & set(text_of(agreements, planned, tmp_path))


def test_a_personal_price_stands_in_the_text_with_its_days_and_reason(
    purse, agreements, planned, tmp_path
):
    span = Period(STARTS, date(2027, 2, 1))
    purse.own_price(1, purse.item("bed-B"), span, "fixed", 1000_00, "低保优惠")
    agreements.draw_up(planned)
    text = text_of(agreements, planned, tmp_path)
    assert "低保优惠" in text
    assert "2026年11月1日至2027年1月31日" in text
    assert "¥2,400.00" in text


def test_the_text_names_the_grade_whose_fee_it_asks(
    purse, agreements, planned, tmp_path
):
    purse.residents.set_grade(1, "full", date(2026, 10, 1), "评估")  # nobody agreed yet
    agreements.draw_up(planned)
    told = text_of(agreements, planned, tmp_path)
    assert "护理等级：半护理一级" in told
    assert "全护理" not in told


def test_a_personal_price_that_begins_after_the_term_stays_out(
    purse, agreements, planned, tmp_path
):
    span = Period(ENDS + DAY)
    purse.own_price(1, purse.item("bed-B"), span, "waived", 0, "以后免")
    agreements.draw_up(planned)
    assert "以后免" not in text_of(agreements, planned, tmp_path)


def test_looking_the_number_up_for_the_text_is_logged(db, agreements, planned):
    agreements.draw_up(planned)
    with db.reading() as session:
        looks = select(ChangeRow.record).where(
            ChangeRow.deed == "Agreements.draw_up", ChangeRow.action == "look"
        )
        assert session.scalars(looks).all() == ["resident"]


def test_the_identity_number_is_not_in_the_log(db, agreements, planned):
    agreements.draw_up(planned)
    with db.reading() as session:
        rows = session.execute(select(ChangeRow.deed, ChangeRow.after))
        told = [str(after) for deed, after in rows if deed == "Agreements.draw_up"]
    assert told
    assert not any(NUMBER in each for each in told)


# numbers


def test_numbers_have_no_gaps_within_a_year(purse, agreements, planned):
    other = purse.residents.add_agreement(2, Agreement(STARTS))
    assert agreements.draw_up(planned) == "2026-0001"
    assert agreements.draw_up(other) == "2026-0002"
    assert agreements.draw_up(planned) == "2026-0001"


def test_a_year_begins_its_own_numbers(purse, at, agreements, planned):
    agreements.draw_up(planned)
    later = at(Agreements, date(2027, 1, 4))
    other = purse.residents.add_agreement(2, Agreement(date(2027, 1, 4)))
    assert later.draw_up(other) == "2027-0001"


def test_a_number_of_the_home_itself_is_kept(purse, agreements):
    told = purse.residents.add_agreement(2, Agreement(STARTS, number="福-88"))
    assert agreements.draw_up(told) == "福-88"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreement SET sequence = 7, year = 2026 WHERE sequence IS NULL",
        "UPDATE agreement SET sequence = 2 WHERE sequence = 1",
        "DELETE FROM agreement WHERE sequence = 1",
    ],
)
def test_the_database_refuses_a_gap(db, purse, agreements, planned, statement):
    agreements.draw_up(planned)
    purse.residents.add_agreement(2, Agreement(STARTS))
    with pytest.raises(IntegrityError), db._engine.begin() as connection:
        connection.execute(text(statement))


# signing


def test_what_is_signed_is_not_drawn_up_anew(agreements, planned):
    agreements.draw_up(planned)
    agreements.sign(planned, TODAY, "王强")
    with pytest.raises(rules.SignedAlready):
        agreements.draw_up(planned)


def test_the_database_keeps_the_text_of_a_signed_agreement(db, agreements, planned):
    agreements.draw_up(planned)
    agreements.sign(planned, TODAY, "王强")
    for statement in (
        "UPDATE agreement_document SET content = x'00'",
        "DELETE FROM agreement_document",
    ):
        with pytest.raises(IntegrityError), db._engine.begin() as connection:
            connection.execute(text(statement))


def test_what_stands_in_a_signed_text_is_not_changed(purse, agreements, planned):
    agreements.draw_up(planned)
    agreements.sign(planned, TODAY, "王强")
    told = line(agreements, planned).agreement
    changed = Agreement(told.starts, told.ends + DAY, told.number, agreement_id=planned)
    with pytest.raises(rules.SignedAlready):
        purse.residents.change_agreement(1, changed)


def test_nobody_signs_tomorrow(agreements, planned):
    with pytest.raises(rules.SignedLater):
        agreements.sign(planned, TODAY + DAY, "王强")


def test_a_signature_has_a_name(agreements, planned):
    with pytest.raises(rules.NobodySigned):
        agreements.sign(planned, TODAY, " ")


def test_the_scan_is_kept_with_the_agreement(db, agreements, planned, scan):
    agreements.draw_up(planned)
    agreements.sign(planned, TODAY, "王强", scan)
    assert line(agreements, planned).scans == 1
    with db.reading() as session:
        [paper] = session.scalars(select(PaperRow))
        assert (paper.agreement_id, paper.title) == (planned, "服务协议 2026-0001")


def test_a_scan_that_the_file_holds_joins_the_agreement(
    purse, agreements, planned, scan
):
    paper = purse.residents.add_paper(1, "agreement", "协议", scan)
    agreements.add_scan(planned, scan)
    [kept] = purse.residents.papers(1)
    assert (kept.paper_id, kept.agreement_id) == (paper, planned)


def test_without_a_text_there_is_nothing_to_show(agreements, planned, tmp_path):
    with pytest.raises(NotDrawnUp):
        agreements.write_paper(planned, tmp_path / "a.pdf")


# its course


@pytest.fixture
def signed(agreements, planned):
    agreements.sign(planned, STARTS, "王强")
    return planned


def test_a_renewal_follows_without_a_gap_and_reads_the_prices_anew(
    purse, agreements, signed, tmp_path
):
    purse.set_prices(date(2027, 11, 1), bed_B=1300_00)
    fresh = agreements.renew(signed, date(2028, 10, 31))
    told = line(agreements, fresh)
    assert told.agreement.starts == ENDS + DAY
    assert told.follows_id == signed
    assert line(agreements, signed).followed_by == fresh
    agreements.draw_up(fresh)
    assert "¥2,700.00" in text_of(agreements, fresh, tmp_path)


def test_an_agreement_is_renewed_once(agreements, signed):
    agreements.renew(signed, date(2028, 10, 31))
    with pytest.raises(rules.RenewedAlready):
        agreements.renew(signed, date(2028, 10, 31))


def test_whoever_stays_after_the_trial_stays(agreements, signed):
    assert line(agreements, signed).state is State.ON_TRIAL
    agreements.decide_trial(signed, "stays")
    assert line(agreements, signed).state is State.IN_FORCE


def test_whoever_leaves_after_the_trial_ends_the_agreement(agreements, signed):
    agreements.decide_trial(signed, "leaves", date(2026, 11, 28))
    assert line(agreements, signed).last_day == date(2026, 11, 28)


def test_a_trial_is_decided_once(agreements, signed):
    agreements.decide_trial(signed, "stays")
    with pytest.raises(rules.NoTrial):
        agreements.decide_trial(signed, "leaves")


def test_an_agreement_ends_early_with_a_reason(agreements, signed):
    with pytest.raises(rules.NoReasonToEnd):
        agreements.terminate(signed, TODAY, "")
    agreements.terminate(signed, TODAY, "转院")
    assert line(agreements, signed).last_day == TODAY


def test_leaving_the_home_ends_the_agreement(purse, agreements, signed):
    purse.residents.discharge(1, TODAY - DAY, "回家")
    assert line(agreements, signed).state is State.ENDED


def test_an_old_discharge_does_not_end_a_new_agreement(purse, agreements, wang):
    purse.residents.discharge(1, date(2026, 11, 10), "回家")
    told = Agreement(date(2026, 11, 15), signed_on=date(2026, 11, 15))
    fresh = purse.residents.add_agreement(wang, told)
    assert line(agreements, fresh).state is State.IN_FORCE


# warnings


def told_on(agreements, day):
    return [f"{each.text}" for each in agreements.today(day)]


def test_an_unsigned_agreement_of_who_lives_here_is_told(agreements, planned):
    assert told_on(agreements, TODAY) == ["王秀英已入住，协议还没有签"]


def test_an_agreement_that_has_not_begun_may_still_be_unsigned(agreements, planned):
    assert told_on(agreements, STARTS - DAY) == []


def test_a_renewal_that_is_not_signed_is_told(agreements, signed):
    agreements.decide_trial(signed, "stays")
    agreements.renew(signed, date(2028, 10, 31))
    [told] = told_on(agreements, TODAY)
    assert "续签协议还没有签" in told


@pytest.mark.parametrize(
    ("day", "count"), [(date(2026, 11, 30), 0), (date(2026, 12, 1), 1)]
)
def test_a_trial_that_is_over_is_told_from_the_day_after(
    agreements, signed, day, count
):
    assert len(told_on(agreements, day)) == count


# giving an admission up


@pytest.fixture
def admission(purse):
    admissions = purse.of(Admissions)
    number = admissions.begin()
    admissions.enter_person(number, Person("黄䶮", "male"), "")
    admissions.enter_contacts(number, [Contact("family", "黄强", phone="1390000")])
    beds = {bed.bed: bed.bed_id for bed in purse.of(Beds).free(TODAY)}
    admissions.choose_bed(number, beds["302-1"], TODAY)
    terms = Terms(TODAY, "partial_1", "soft", Agreement(TODAY), "黄强")
    admissions.agree(number, terms)
    return number


def test_an_admission_that_is_given_up_leaves_a_void_number(
    purse, db, agreements, admission
):
    state = purse.of(Admissions).resume(admission)
    agreements.draw_up(state.terms.agreement.agreement_id)
    purse.of(Admissions).give_up(admission)
    [told] = agreements.all()
    assert (told.agreement.number, told.state) == ("2026-0001", State.VOID)


def test_an_admission_that_is_given_up_forgets_what_has_no_number(purse, db, admission):
    purse.of(Admissions).give_up(admission)
    with db.reading() as session:
        assert session.scalars(select(AgreementRow)).all() == []


# the text of the home


@pytest.fixture
def edited(templates, tmp_path):
    path = tmp_path / "本院协议.docx"
    templates.write_out(0, path)
    document = docx.Document(io.BytesIO(path.read_bytes()))
    document.add_paragraph("本院补充：{{老人姓名}}的钥匙由前台保管。")
    document.save(str(path))
    return path


def test_an_edited_text_is_used_from_its_day_on(
    at, templates, agreements, planned, edited, tmp_path
):
    assert templates.read_in(templates.check(edited), TODAY + DAY) == 1
    agreements.draw_up(planned)
    assert "本院补充" not in text_of(agreements, planned, tmp_path)
    tomorrow = at(Agreements, TODAY + DAY)
    tomorrow.draw_up(planned)
    assert "本院补充：王秀英的钥匙" in text_of(agreements, planned, tmp_path)
    assert line(tomorrow, planned).edition == "本院文本第 1 版"


def test_a_drawn_up_agreement_keeps_the_version_it_was_made_with(
    templates, agreements, planned, edited, tmp_path
):
    agreements.draw_up(planned)
    templates.read_in(templates.check(edited), TODAY)
    assert "本院补充" not in text_of(agreements, planned, tmp_path)
    assert line(agreements, planned).edition.startswith("示范文本")


def test_older_versions_stay(templates, edited, tmp_path):
    templates.read_in(templates.check(edited), TODAY)
    path = tmp_path / "again.docx"
    templates.write_out(1, path)
    assert path.read_bytes() == edited.read_bytes()
    assert [each.version for each in templates.all()] == [1, 0]
    assert [each.is_used for each in templates.all()] == [True, False]


def test_the_same_text_is_not_read_in_twice(templates, edited):
    templates.read_in(templates.check(edited), TODAY)
    with pytest.raises(SameTemplate):
        templates.read_in(templates.check(edited), TODAY)


def test_a_file_that_is_not_there_is_told(templates, tmp_path):
    with pytest.raises(TemplateUnreadable):
        templates.check(tmp_path / "nicht.docx")


@pytest.mark.parametrize("deed", ["UPDATE {} SET note = 'x'", "DELETE FROM {}"])
def test_the_database_keeps_every_version(db, templates, edited, deed):
    templates.read_in(templates.check(edited), TODAY)
    with pytest.raises(IntegrityError), db._engine.begin() as connection:
        connection.execute(text(deed.format("agreement_template")))


def test_the_specimen_names_the_fields(templates, tmp_path):
    path = tmp_path / "specimen.pdf"
    templates.write_specimen(0, path)
    assert path.read_bytes().startswith(b"%PDF-")
