"""The director's charts: which month is told, what stands beside it, who sees what."""

from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from carehome.db.shifts import ShiftKindRow
from carehome.i18n import speaking
from carehome.rules.dashboard import TOPICS
from carehome.rules.figures import Figure
from carehome.rules.periods import month_of
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.rosters.cover import Cover
from carehome.services.figures import Figures
from carehome.services.overview.dashboard import (
    SHOWS,
    Card,
    Dashboard,
    board_sheet,
    duty_in,
    months_of,
    name_of,
    say_before,
    say_duty,
)
from carehome.services.ratings.assessments import NewSelf, SelfAssessments
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.ratings.tables import RatingTables
from carehome.services.shifts.service import NeedLine
from tests.conftest import TODAY
from tests.figures import small_home

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
        assert "2026年10月" in name_of(card, MONTHS)
        assert "¥100.00" in say_before(card)


def test_the_month_that_runs_is_not_named():
    card = income(None, 100_00, 300_00)
    with speaking("zh_CN"):
        assert "2026" not in name_of(card, MONTHS)


def test_where_no_month_is_known_the_card_says_why():
    card = income(None, None, None)
    assert (card.at, card.now.is_known, card.why) == (2, False, "尚未入账")


def test_the_months_are_listed_the_last_one_first():
    with speaking("zh_CN"):
        lines = months_of(income(100_00, 300_00, None), MONTHS).rows.lines
    assert [line[:2] for line in lines] == [
        ("2026年11月", "未知"),
        ("2026年10月", "¥300.00"),
        ("2026年9月", "¥100.00"),
    ]


def test_only_what_is_in_front_keeps_the_list_behind_it(home, as_role):
    trend = card_of(as_role(Dashboard).read(), OCCUPANCY.code).trend
    assert trend[-1].rows is not None
    assert {each.rows for each in trend[:-1]} == {None}


@pytest.fixture
def duty(home):
    """Return what is said of a day on which the day shift asks for so many people."""

    def say(count, day):
        with home.reading() as session, speaking("zh_CN"):
            code = select(ShiftKindRow.id).where(ShiftKindRow.code == "XD")
            shift_id = session.scalar(code)
            need = NeedLine(shift_id, "白班", None, "", 0, None, Cover(count), {})
            return dict(say_duty(duty_in(session, [need], day)))

    return say


@pytest.mark.parametrize(
    ("asked", "said"), [(1, "1 人"), (3, "1 人，缺 2 人"), (0, None)]
)
def test_who_is_on_duty_is_set_against_what_the_shifts_ask_for(duty, asked, said):
    assert duty(asked, small_home.october(1)).get("今天当班") == said


def test_without_a_published_roster_nobody_is_on_duty(duty):
    assert duty(2, TODAY)["今天当班"] == "当月排班还没发布"


def test_the_rating_tells_the_grade_held_and_the_newest_self_assessment(db, as_role):
    as_role(RatingAwards).save(Award(3, date(2026, 10, 2)))
    table_id = as_role(RatingTables).take_practice()
    year = month_of(TODAY)
    as_role(SelfAssessments).begin(NewSelf("2026年自评", table_id, year, 4))
    with speaking("zh_CN"):
        card = card_of(as_role(Dashboard).read(), "rating")
        more = dict(card.more)
    assert [each.value for each in card.trend[-3:]] == [0, 3, 3]
    assert more["自评得分"] == "0，满分 1000"
    assert "示例分值 非官方" in more


def test_without_an_award_the_rating_says_so(db, as_role):
    card = card_of(as_role(Dashboard).read(), "rating")
    assert not card.now.is_known
    assert card.why


def test_an_empty_home_has_every_card(db, as_role):
    board = as_role(Dashboard).read()
    assert [card.topic for card in board.cards] == list(TOPICS)
    with speaking("zh_CN"):
        assert len(board_sheet(board).cards) == len(TOPICS)


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


def test_what_is_shown_is_read_again_when_rosters_or_awards_change():
    assert {"roster_cell", "rating_award", "shift_need", "bed_use"} <= SHOWS
