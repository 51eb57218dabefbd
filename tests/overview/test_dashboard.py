"""The director's charts: which month is told, what stands beside it, who sees what."""

from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from carehome.db.shifts import ShiftKindRow
from carehome.i18n import N_, speaking
from carehome.rules.dashboard import TOPICS
from carehome.rules.figures import Figure
from carehome.rules.periods import month_of
from carehome.rules.rights import RIGHTS, NotAllowed, Right, Role
from carehome.rules.rosters.cover import Cover
from carehome.rules.today import Month, words
from carehome.services.figures import Figures
from carehome.services.figures.service import NOT_YOURS
from carehome.services.overview.dashboard import (
    SHOWS,
    Card,
    Dashboard,
    board_sheet,
    name_of,
    say_before,
    say_since,
)
from carehome.services.overview.facts import duty_in, say_duty
from carehome.services.ratings.assessments import NewSelf, SelfAssessments
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.ratings.tables import RatingTables
from carehome.services.shifts.service import NeedLine
from tests.conftest import ROLES, TODAY
from tests.figures import small_home
from tests.figures.test_tables import read
from tests.purse import OCTOBER, Purse

OCCUPANCY, INCOME = TOPICS[0], TOPICS[2]
MONTHS = [month_of(date(2026, month, 1)) for month in (9, 10, 11)]


@pytest.fixture
def home(db):
    small_home.build(db)
    return db


def card_of(board, code):
    return next(card for card in board.cards if card.topic.code == code)


def income(*values):
    """Return a card of three months; what is unknown has no value."""
    figures = [
        Figure(INCOME.main, each, unknown="" if each is not None else "尚未入账")
        for each in values
    ]
    return Card(INCOME, dict.fromkeys(INCOME.keys, figures))


def test_every_card_tells_what_the_figures_tell(home, as_role):
    board = as_role(Dashboard).read()
    counted = as_role(Figures).listed(board.months[-1])
    cards = [card for card in board.cards if card.topic.main]
    assert len(cards) == len(TOPICS) - 1
    for card in cards:
        assert [(key, card.trends[key][-1].value) for key in card.topic.keys] == [
            (key, counted[key].value) for key in card.topic.keys
        ]


def test_the_charts_end_with_the_month_that_runs(home, as_role):
    months = as_role(Dashboard).read().months
    assert (months[0].start, months[-1]) == (date(2025, 12, 1), month_of(TODAY))
    assert len(months) == 12


def test_where_the_month_that_runs_is_unknown_the_last_known_one_is_told():
    card = income(100_00, 300_00, None)
    assert (card.now.value, card.before.value, card.why) == (300_00, 100_00, "尚未入账")
    with speaking("zh_CN"):
        assert "10月" in name_of(card, MONTHS)
        assert "¥100.00" in say_before(card)


def test_the_month_that_runs_is_not_named():
    card = income(None, 100_00, 300_00)
    with speaking("zh_CN"):
        assert "月" not in name_of(card, MONTHS)


def test_where_no_month_is_known_the_card_says_why():
    card = income(None, None, None)
    assert (card.at, card.now.is_known, card.why) == (2, False, "尚未入账")
    assert say_before(card) == ""


def test_every_month_that_is_not_posted_is_named():
    text = N_("The bills of these months are not posted: {months}.")
    month = lambda number: (Month(2026, number, 1),)  # noqa: E731
    reasons = [words(text, months=month(10)), words(text, months=month(11))]
    with speaking("zh_CN"):
        assert say_since(reasons) == "账单未入账：10月、11月"


def test_other_reasons_are_told_as_of_the_month_that_runs():
    assert say_since(["旧原因", "新原因"]) == "新原因"


def test_only_what_is_in_front_keeps_the_list_behind_it(home, as_role):
    trend = card_of(as_role(Dashboard).read(), OCCUPANCY.code).trend
    assert trend[-1].rows is not None
    assert {each.rows for each in trend[:-1]} == {None}


def test_what_stands_beside_the_last_known_month_has_the_list_of_that_month(
    db, clock, as_role
):
    purse = Purse(db, clock)
    purse.set_prices()
    small_home.build(db)
    purse.post(OCTOBER)
    card = card_of(as_role(Dashboard).read(), INCOME.code)
    assert (card.at, card.now.is_known) == (10, True)
    assert all(card.of(key).rows is not None for key in card.topic.keys)


@pytest.fixture
def duty(home):
    """Return what is said of a day on which the day shift asks for so many people."""

    def say(count, day):
        with home.reading() as session, speaking("zh_CN"):
            code = select(ShiftKindRow.id).where(ShiftKindRow.code == "XD")
            shift_id = session.scalar(code)
            need = NeedLine(shift_id, "白班", None, "", 0, None, Cover(count), {})
            found = say_duty(duty_in(session, [need], day))
            return {each.name: each for each in found}

    return say


@pytest.mark.parametrize(
    ("asked", "said"), [(1, "1 人"), (3, "1 人，缺 2 人"), (0, None)]
)
def test_who_is_on_duty_is_set_against_what_the_shifts_ask_for(duty, asked, said):
    found = duty(asked, small_home.october(1)).get("今天当班")
    assert (found.value if found else None) == said


def test_each_shift_of_today_is_listed_with_what_it_lacks(duty):
    found = duty(3, small_home.october(1))["今天当班"]
    assert found.rows.lines == (("白班", 3, 1, 2),)


def test_without_a_published_roster_nobody_is_on_duty(duty):
    assert duty(2, TODAY)["今天当班"].value == "当月排班还没发布"


def test_the_rating_tells_the_grade_held_and_the_newest_self_assessment(db, as_role):
    as_role(RatingAwards).save(Award(3, date(2026, 10, 2)))
    table_id = as_role(RatingTables).take_practice()
    year = month_of(TODAY)
    as_role(SelfAssessments).begin(NewSelf("2026年自评", table_id, year, 4))
    with speaking("zh_CN"):
        card = card_of(as_role(Dashboard).read(), "rating")
        more = {each.name: each for each in card.more}
    assert [each.value for each in card.trend[-3:]] == [0, 3, 3]
    assert more["自评得分"].value == "0，满分 1000"
    assert len(more["自评得分"].rows) == 4
    assert len(more["自评等级"].rows) == 5
    assert "示例分值 非官方" in more


def test_without_an_award_the_rating_says_so(db, as_role):
    card = card_of(as_role(Dashboard).read(), "rating")
    assert not card.now.is_known
    assert card.why
    assert [each.rows for each in card.more] == [None]


def test_an_empty_home_has_every_card(db, as_role):
    board = as_role(Dashboard).read()
    assert board.is_empty
    assert [card.topic for card in board.cards] == list(TOPICS)
    with speaking("zh_CN"):
        assert len(board_sheet(board).cards) == len(TOPICS)


def test_who_may_not_see_fees_is_told_so_and_no_number(db, clock, monkeypatch):
    Purse(db, clock).set_prices()
    rights = RIGHTS[Role.ACCOUNTANT] - {Right.SEE_FEES}
    monkeypatch.setitem(RIGHTS, Role.ACCOUNTANT, rights)
    board = Dashboard(db, ROLES[Role.ACCOUNTANT], clock).read()
    for code in ("income", "arrears"):
        card = card_of(board, code)
        assert {each.value for key in card.topic.keys for each in card.trends[key]} == {
            None
        }
        assert card.why == str(NOT_YOURS)


def test_the_front_desk_has_no_overview(db, as_role):
    with pytest.raises(NotAllowed):
        as_role(Dashboard, Role.FRONT_DESK).read()


def test_the_board_is_drawn_on_one_page(home, as_role, tmp_path):
    file = tmp_path / "看板.pdf"
    service = as_role(Dashboard)
    service.write(service.read(), file)
    (page,) = PdfReader(file).pages
    assert "入住率" in page.extract_text()
    assert not page.images


def test_the_board_is_read_anew_after_whatever_it_was_told_from(home, as_role):
    table_id = as_role(RatingTables).take_practice()
    new = NewSelf("2026年自评", table_id, month_of(TODAY), 4)
    as_role(SelfAssessments).begin(new)
    assert read(home, as_role(Dashboard).read) <= SHOWS
