from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules import money
from carehome.rules.roll import cells, shipped
from carehome.rules.sheets import DAY_ZERO_1904
from tests.roll.people import TODAY, moment

WORDS = shipped()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("何㛃 ", "何㛃"),
        ("徐 秀英", "徐秀英"),
        ("\u3000王国强", "王国强"),
        ("王\u200b国强\ufeff", "王国强"),
        ("黄\xa0䶮", "黄䶮"),
        ("王\n芳", "王芳"),
        ("𠮷田", "𠮷田"),
        ("王 𠮷", "王𠮷"),
        ("\uf900一", "\uf900一"),
        ("阿不都·热依木", "阿不都·热依木"),
        ("阿不都•热依木", "阿不都·热依木"),
        ("阿不都・热依木", "阿不都·热依木"),
        ("阿不都‧热依木", "阿不都·热依木"),
        ("阿不都．热依木", "阿不都·热依木"),
        ("阿不都.热依木", "阿不都·热依木"),
        ("阿不都 · 热依木", "阿不都·热依木"),
        ("John  Smith", "John Smith"),
        ("*王芳", "王芳"),
    ],
)
def test_name_loses_only_what_is_not_part_of_it(typed, name):
    assert cells.read_name(typed, "·").text == name


def test_brackets_behind_a_name_are_a_remark():
    assert cells.read_name("王芳（失智）", "·") == cells.Name("王芳", "失智")


def test_character_of_one_computer_is_noticed():
    assert cells.read_name("黄\ue863", "·").has_private_character
    assert not cells.read_name("黄䶮", "·").has_private_character


@pytest.mark.parametrize(
    "typed",
    [
        "2021-02-15",
        "2021-2-15",
        "2021.2.15",
        "2021.02.15.",
        "2021/02/15",
        "2021年2月15日",
        "2021年02月15号",
        "2021 年 2 月 15 日",
        "2021年2月15",
        "２０２１－０２－１５",
        "２０２１．２．１５",
        "2021—02—15",
        "2021、2、15",
        "2021。2。15",
        "20210215",
        "'2021-02-15",
        " 2021-02-15 ",
        "2021-02-15 00:00:00",
        "2021-02-15T08:30",
        "2021/2/15 9:05:00",
        20210215,
        20210215.0,
        44242,
        44242.0,
        44242.75,
        "44242",
        "44242.0",
        moment(2021, 2, 15, 8, 30),
        date(2021, 2, 15),
    ],
)
def test_day_is_read_however_it_is_written(typed):
    assert cells.read_day(typed, WORDS) == date(2021, 2, 15)


def test_serial_number_counts_from_1904_where_the_workbook_does():
    assert cells.read_day(42780, WORDS, DAY_ZERO_1904) == date(2021, 2, 15)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (None, cells.DayMissing),
        ("", cells.DayMissing),
        ("不详", cells.DayMissing),
        ("2021.2", cells.DayOfMonthMissing),
        (2021.2, cells.DayOfMonthMissing),
        ("2021年2月", cells.DayOfMonthMissing),
        ("2021年", cells.DayOfMonthMissing),
        (2021, cells.DayOfMonthMissing),
        ("202102", cells.DayOfMonthMissing),
        ("21-2-15", cells.ShortYear),
        ("21.2.15", cells.ShortYear),
        ("21年2月15日", cells.ShortYear),
        ("2021-02-30", cells.BadDay),
        ("2021-13-01", cells.BadDay),
        ("20211301", cells.BadDay),
        ("15/02/2021", cells.BadDay),
        ("2021-02-15至2022-02-14", cells.BadDay),
        ("去年春天", cells.BadDay),
        ("#VALUE!", cells.BadDay),
        (True, cells.DayMissing),
    ],
)
def test_doubtful_day_is_refused_and_never_guessed(typed, error):
    with pytest.raises(cells.BadDay) as raised:
        cells.read_day(typed, WORDS)
    assert type(raised.value) is error
    assert raised.value.message


@pytest.mark.parametrize(
    ("day", "error"),
    [
        (date(2026, 11, 22), cells.DayInFuture),
        (date(1949, 12, 31), cells.DayTooEarly),
        (date(1959, 12, 31), cells.DayBeforeBirth),
    ],
)
def test_day_on_which_nobody_was_admitted_is_refused(day, error):
    born = date(1960, 1, 1) if day.year > 1949 else None
    with pytest.raises(error):
        cells.check_admission(day, born, TODAY)


@pytest.mark.parametrize("day", [TODAY, date(1950, 1, 1), date(1960, 1, 1)])
def test_admission_today_or_long_ago_is_fine(day):
    cells.check_admission(day, None, TODAY)


@given(
    st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        [
            "{0:%Y-%m-%d}",
            "{0.year}.{0.month}.{0.day}",
            "{0:%Y%m%d}",
            "{0:%Y/%m/%d}",
            "{0.year}年{0.month}月{0.day}日",
            "{1}",
            "{0:%Y-%m-%d %H:%M:%S}",
        ]
    ),
)
def test_every_day_survives_being_written(day, form):
    midnight = moment(day.year, day.month, day.day)
    serial = (day - date(1899, 12, 30)).days
    assert cells.read_day(form.format(midnight, serial), WORDS) == day


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ("1957年08月", (1957, 8, None)),
        ("1940-11-09", (1940, 11, 9)),
        ("1930.12", (1930, 12, None)),
        (1930.1, (1930, None, None)),
        ("1944", (1944, None, None)),
        ("194405", (1944, 5, None)),
        (moment(1940, 11, 9), (1940, 11, 9)),
    ],
)
def test_birth_is_read_as_far_as_it_is_told(typed, birth):
    found = cells.read_birth(typed, WORDS)
    assert found is not None
    assert (found.year, found.month, found.day) == birth


@pytest.mark.parametrize("typed", [None, "属龙", "40.5.6"])
def test_birth_that_says_nothing_is_none(typed):
    assert cells.read_birth(typed, WORDS) is None


@pytest.mark.parametrize(
    "typed",
    [
        1200,
        1200.0,
        Decimal("1200.00"),
        "1200",
        "1,200",
        "1，200",
        "1200元",
        "￥1200.00",
        "¥1,200.00",
        "１２００",
        " 1200 ",
        "1 200",
        "1200元/月",
        "1200/月",
        "人民币1200元",
        "1200元整",
        "0.12万",
        "0.12万元",
        "1200块",
        "RMB 1,200",
        1199.9999999999998,
    ],
)
def test_amount_is_read_however_it_is_written(typed):
    assert cells.read_fen(typed, WORDS) == 120000


@pytest.mark.parametrize(
    "typed", [0, "0", "0元", "￥0.00", "免", "免费", "无", "/", "-"]
)
def test_nothing_to_pay_is_zero(typed):
    assert cells.read_fen(typed, WORDS) == 0


def test_part_of_a_fen_from_a_formula_is_rounded():
    assert cells.read_fen(2600 / 3, WORDS) == 86667


@pytest.mark.parametrize(
    "typed",
    [
        "五百",
        "1500-1600",
        "1,20",
        "12OO",
        "#REF!",
        "1200（优惠）",
        True,
        None,
        moment(2021, 1, 1),
        float("nan"),
        float("inf"),
        "1.2.3",
        "1.234",
    ],
)
def test_doubtful_amount_is_refused(typed):
    with pytest.raises(money.BadAmount):
        cells.read_fen(typed, WORDS)


@pytest.mark.parametrize(
    ("typed", "phones"),
    [
        ("13912013364", ("13912013364",)),
        (13912013364, ("13912013364",)),
        (13912013364.0, ("13912013364",)),
        ("13854311966/0531-8507305", ("13854311966", "0531-8507305")),
        ("0531 88507305、139 1201 3364", ("0531-88507305", "13912013364")),
        ("139-1201-3364", ("13912013364",)),
        ("+86 13912013364", ("13912013364",)),
        ("13912013364（儿子）\n13912013365", ("13912013364", "13912013365")),
        ("１３９１２０１３３６４", ("13912013364",)),
        ("88507305", ("88507305",)),
        ("1391201336", ()),
        ("无", ()),
        (None, ()),
    ],
)
def test_phones_are_found_in_a_cell(typed, phones):
    assert cells.read_phones(typed) == phones
