"""Papers stay five years after the end; then the director lets them go."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from carehome.db.agreements import DestructionItemRow
from carehome.db.residents import PaperRow
from carehome.rules import retention as rules
from carehome.rules.rights import NotAllowed, Role
from carehome.services.residents import Agreement, Residents
from carehome.services.retention import Retention
from tests.agreements.conftest import PDF
from tests.conftest import TODAY
from tests.house import DIRECTOR

DAY = timedelta(days=1)
LEFT = date(2026, 11, 20)
ENDS = date(2026, 12, 31)  # of the agreement: later than the day of leaving
UNTIL = date(2031, 12, 31)


@pytest.fixture
def gone(purse, agreements, planned, scan):
    """王秀英 has left; her agreement has a text, a scan, and a paper beside it."""
    told = Agreement(
        date(2026, 11, 1), ENDS, signer="王强", agreement_id=planned, deposit_fen=0
    )
    purse.residents.change_agreement(1, told)
    agreements.draw_up(planned)
    agreements.sign(planned, date(2026, 11, 1), "王强", scan)
    other = scan.with_name("体检.pdf")
    other.write_bytes(PDF + b" other")
    purse.residents.add_paper(1, "medical", "体检", other)
    purse.residents.discharge(1, LEFT, "回家")
    return planned


def due(at, day):
    return {each.name: each for each in at(Retention, day).due(day)}


def destroy(at, day, who=1):
    return at(Retention, day).destroy([who], "董事长", "周静")


@pytest.mark.parametrize(("day", "is_due"), [(UNTIL, False), (UNTIL + DAY, True)])
def test_papers_are_due_the_day_after_five_years(at, gone, day, is_due):
    assert ("王秀英" in due(at, day)) is is_due


def test_the_text_the_scan_and_the_other_papers_are_due(at, gone):
    kinds = sorted(paper.kind for paper in due(at, UNTIL + DAY)["王秀英"].papers)
    assert kinds == ["agreement", "medical", "text"]


def test_whoever_lives_here_is_never_due(at, gone):
    assert "李桂兰" not in due(at, date(2099, 1, 1))


def test_whoever_came_back_is_not_due(db, at, gone):
    with db._engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO stay (resident_id, admitted_on, reason) VALUES (1, '2027-01-01', '')"
            )
        )
    assert due(at, date(2040, 1, 1)) == {}


def test_a_kind_may_be_kept_longer(at, retention, gone):
    retention.set_years("medical", 10)
    kinds = {paper.kind for paper in due(at, UNTIL + DAY)["王秀英"].papers}
    assert kinds == {"agreement", "text"}
    later = date(2037, 1, 1)
    assert len(due(at, later)["王秀英"].papers) == 3


def test_no_kind_is_kept_shorter(retention):
    with pytest.raises(rules.KeptTooShort):
        retention.set_years("medical", 4)


def test_what_is_destroyed_is_gone_and_the_register_stays(db, at, gone):
    destroy(at, UNTIL + DAY)
    with db.reading() as session:
        assert session.scalars(select(PaperRow)).all() == []
        items = session.scalars(select(DestructionItemRow)).all()
        assert {item.ended_on for item in items} == {ENDS}
        left = session.execute(text("SELECT count(*) FROM agreement_document")).scalar()
        assert (len(items), left) == (3, 0)
    [told] = at(Retention, UNTIL + DAY).destructions()
    assert (told.number, told.papers, told.residents) == ("2032-0001", 3, ("王秀英",))


def test_the_agreement_itself_and_the_money_stay(db, at, agreements, gone, purse):
    purse.deposits.take(2, 1000_00, "cash", TODAY)
    destroy(at, UNTIL + DAY)
    assert [each.agreement_id for each in agreements.all()] == [gone]
    assert len(purse.deposits.entries(2)) == 1


def test_deleted_content_is_overwritten(db):
    with db.reading() as session:
        assert session.execute(text("PRAGMA secure_delete")).scalar() == 1


@pytest.mark.parametrize("day", [TODAY, UNTIL])
def test_nothing_is_destroyed_before_its_time(at, gone, day):
    with pytest.raises(rules.NotDueYet):
        destroy(at, day)


def test_who_lives_here_cannot_be_chosen(at, gone):
    with pytest.raises(rules.NotDueYet):
        destroy(at, UNTIL + DAY, 2)


def test_what_is_kept_longer_is_not_destroyed_until_then(at, gone):
    day = UNTIL + DAY
    at(Retention, day).keep_longer(1, day + 30 * DAY, "诉讼")
    assert due(at, day)["王秀英"].reason == "诉讼"
    with pytest.raises(rules.NotDueYet):
        destroy(at, day + 30 * DAY)
    destroy(at, day + 31 * DAY)


@pytest.mark.parametrize(
    ("until", "reason", "refused"),
    [
        (TODAY + DAY, " ", rules.NoReasonToKeep),
        (TODAY, "诉讼", rules.KeepLater),
    ],
)
def test_keeping_longer_needs_a_reason_and_a_later_day(
    retention, until, reason, refused
):
    with pytest.raises(refused):
        retention.keep_longer(1, until, reason)


def test_destroying_needs_a_choice(at, gone):
    with pytest.raises(rules.NothingChosen):
        at(Retention, UNTIL + DAY).destroy([], "董事长", "周静")


def test_only_the_director_destroys(as_role):
    with pytest.raises(NotAllowed):
        as_role(Retention, Role.FRONT_DESK).due(TODAY)


def test_the_certificate_says_what_and_who_and_not_what_it_said(at, gone, tmp_path):
    number = destroy(at, UNTIL + DAY)
    path = tmp_path / "certificate.pdf"
    at(Retention, UNTIL + DAY).write_certificate(number, path)
    said = "".join(page.extract_text() for page in PdfReader(path).pages)
    for word in ("销毁清单", "王秀英", "董事长", "周静", "2026-0001", "2031-12-31"):
        assert word in said
    assert "扫描件.pdf" not in said


# the database itself


def register(connection, day, cause="due", ended="2026-12-31", years=5, reason=""):
    connection.execute(
        text(
            "INSERT INTO destruction (id, year, number, day, cause, reason, "
            "destroyed_by, approver, witness) VALUES "
            "(1, :year, 1, :day, :cause, :reason, 'a', 'b', 'c')"
        ),
        {"year": day.year, "day": day.isoformat(), "cause": cause, "reason": reason},
    )
    connection.execute(
        text(
            "INSERT INTO destruction_item (destruction_id, resident_id, paper_id, "
            "kind, agreement, filed_on, ended_on, years) VALUES "
            "(1, 1, 1, 'agreement', '', '2026-11-01', :ended, :years)"
        ),
        {"ended": ended, "years": years},
    )


@pytest.mark.parametrize(
    "told",
    [
        {"day": UNTIL},
        {"day": UNTIL, "ended": "2020-01-01"},
        {"day": UNTIL + DAY, "years": 6},
        {"day": UNTIL + DAY, "years": 4},
        {"day": UNTIL + DAY, "ended": None, "years": None},
        {"day": TODAY, "cause": "misfiled"},
    ],
)
def test_the_database_enters_nothing_before_its_time(db, gone, told):
    with pytest.raises(IntegrityError), db._engine.begin() as connection:
        register(connection, **told)


def test_the_database_lets_a_scan_go_when_it_is_entered(db, gone):
    with db._engine.begin() as connection:
        register(connection, UNTIL + DAY)
        connection.execute(text("DELETE FROM paper WHERE id = 1"))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM paper WHERE agreement_id IS NOT NULL",
        "UPDATE paper SET agreement_id = NULL",
        "UPDATE paper SET resident_id = 2 WHERE agreement_id IS NOT NULL",
        "UPDATE paper SET sha256 = 'x', content = content",
    ],
)
def test_the_database_keeps_the_scan_of_an_agreement(db, gone, statement):
    with pytest.raises(IntegrityError), db._engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("table", ["destruction", "destruction_item"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET id = 9", "DELETE FROM {}"])
def test_the_database_keeps_the_register(db, at, gone, table, deed):
    destroy(at, UNTIL + DAY)
    with pytest.raises(IntegrityError), db._engine.begin() as connection:
        connection.execute(text(deed.format(table)))


# filed by mistake


def test_what_was_filed_today_is_simply_removed(purse, wang, scan):
    paper = purse.residents.add_paper(wang, "other", "", scan)
    purse.residents.remove_paper(paper)
    assert purse.residents.papers(wang) == []


def test_what_was_filed_yesterday_belongs_to_the_file(purse, at, wang, scan):
    paper = purse.residents.add_paper(wang, "other", "", scan)
    with pytest.raises(rules.FiledEarlier):
        at(Residents, TODAY + DAY).remove_paper(paper)


def test_the_scan_of_an_agreement_belongs_to_the_file_at_once(
    purse, agreements, planned, scan
):
    agreements.add_scan(planned, scan)
    [paper] = purse.residents.papers(1)
    with pytest.raises(rules.FiledEarlier):
        purse.residents.remove_paper(paper.paper_id)


def test_the_director_takes_out_what_was_filed_by_mistake(
    purse, agreements, retention, planned, scan
):
    agreements.add_scan(planned, scan)
    [paper] = purse.residents.papers(1)
    with pytest.raises(rules.NoReasonToRemove):
        retention.take_out(paper.paper_id, " ")
    retention.take_out(paper.paper_id, "别人的协议")
    assert purse.residents.papers(1) == []
    [told] = retention.destructions()
    assert (told.cause, told.reason) == ("misfiled", "别人的协议")


def test_the_director_is_told_how_many_may_go(at, gone):
    [told] = at(Retention, UNTIL + DAY).today(UNTIL + DAY)
    assert str(told.text) == "1 位离院老人的材料保管期满，可以销毁"
    assert at(Retention, UNTIL).today(UNTIL) == []


def test_many_papers_of_many_are_listed_at_once(db, at, gone):
    with db.writing(DIRECTOR, "test") as session:
        for number in range(50):
            session.add(
                PaperRow(
                    resident_id=1,
                    kind="other",
                    title=f"{number}",
                    file_name="a.pdf",
                    size=1,
                    sha256=f"{number}",
                    added_at=datetime(2026, 11, 2, tzinfo=UTC).replace(tzinfo=None),
                    content=b"x",
                )
            )
    assert len(due(at, UNTIL + DAY)["王秀英"].papers) == 53
    with db.reading() as session:
        assert session.scalar(select(func.count(PaperRow.id))) == 52
