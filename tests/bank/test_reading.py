"""Statements of three banks are read line by line, or refused row by row."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.bank.layouts import shipped
from carehome.rules.bank.reading import check_account, read
from carehome.rules.bank.statement import BankLine
from carehome.rules.sheets import sheet
from carehome.sheets import text_table
from tests.bank import bank_files
from tests.bank.bank_files import LAYOUTS, NUMBER, lines, save_csv, save_xlsx

TODAY = date(2026, 11, 30)
NOON = datetime(2026, 11, 5, 12)  # noqa: DTZ001 - as workbooks hold it
THREE = lines(
    (3, 2600_00, "王建国", "王秀英十月费用"), (4, -12_50), (5, 1_234_567_89, "李明")
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")


def told(reading):
    """Return lines without where they stand and the mark that is made of them."""
    assert reading.faults == ()
    return [replace(line, row=0, mark="") for line in reading.statement.lines]


def read_rows(rows, today=TODAY):
    return read([sheet("x", rows)], shipped(), today)


def faults(rows, today=TODAY):
    return [(fault.row, fault.name) for fault in read_rows(rows, today).faults]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_text_of_each_layout_and_encoding_is_read(tmp_path, layout, encoding):
    path = save_csv(tmp_path / "a.csv", LAYOUTS[layout](THREE), encoding)
    reading = read(text_table.read_any(path), shipped(), TODAY)
    assert told(reading) == THREE
    assert reading.statement.layout == layout


@pytest.mark.parametrize("sign", text_table.SIGNS)
def test_cells_may_be_parted_by_several_signs(tmp_path, sign):
    path = save_csv(tmp_path / "a.csv", LAYOUTS["two-columns"](THREE), sign=sign)
    assert told(read(text_table.read_any(path), shipped(), TODAY)) == THREE


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_workbook_of_each_layout_is_read(tmp_path, layout):
    path = save_xlsx(tmp_path / "a.xlsx", LAYOUTS[layout](THREE))
    assert told(read(text_table.read_any(path), shipped(), TODAY)) == THREE


NAMES = st.text('王秀英李建国张 ,."“”·abc㐀', max_size=8).map(
    lambda text: " ".join(text.split()).strip("'\"“” ")
)
FEN = st.integers(1, 10**9).flatmap(lambda fen: st.sampled_from((fen, -fen)))
MOVES = st.lists(
    st.tuples(
        st.integers(1, 30),
        FEN,
        NAMES,
        NAMES,
        st.from_regex(r"[0-9]{8,19}", fullmatch=True),
    ),
    min_size=1,
    max_size=12,
)


@given(
    MOVES,
    st.integers(0, 10**9),
    st.sampled_from(list(LAYOUTS)),
    st.sampled_from(ENCODINGS),
)
def test_what_a_bank_writes_is_read_back_equal(moves, opening, layout, encoding):
    found = lines(
        *((day, fen, party, text) for day, fen, party, text, _ in sorted(moves)),
        opening=opening,
    )
    found = [
        replace(line, party_account=move[4])
        for line, move in zip(found, sorted(moves), strict=True)
    ]
    content = bank_files.csv_bytes(LAYOUTS[layout](found), encoding)
    text = text_table.decode(content, "a.csv")
    reading = read([text_table._parted(text, ",", "a.csv")], shipped(), TODAY)
    assert told(reading) == found


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-05", "2026/11/5", "2026.11.05", "20261105", "2026年11月5日",
        "２０２６-１１-０５", "2026-11-05 10:15:03", "20261105 10:15:03", "20261105101503",
        '="20261105"', "20261105\t", 20261105, 20261105.0, 46331, "46331", 46331.427,
        NOON, date(2026, 11, 5), 1793808000000, "1793808000000",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written):
    rows = LAYOUTS["two-columns"](lines((5, 100)))
    rows[5][1] = written
    assert told(read_rows(rows)) == lines((5, 100))


@pytest.mark.parametrize(
    "written",
    ["1,234.50", "１,２３４.５", "¥1234.5", "1234.50元", "+1,234.50", 1234.5, '="1,234.50"',
     "1 234.50", 1234.4999999999998],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(written):
    rows = LAYOUTS["two-columns"](lines((5, 1234_50)))
    rows[5][3] = written
    assert told(read_rows(rows)) == lines((5, 1234_50))


def test_an_account_that_excel_cut_short_is_not_guessed():
    rows = LAYOUTS["two-columns"](lines((5, 100)))
    rows[5][7] = 6.21799001234567e18
    assert told(read_rows(rows))[0].party_account == ""


def test_sums_in_pages_and_titles_repeated_are_no_lines():
    rows = LAYOUTS["two-columns"](THREE)
    rows[7:7] = [["本页小计", None, None, "2,600.00"], [], rows[4]]
    assert told(read_rows(rows)) == THREE


def test_the_number_of_the_account_is_told():
    for rows in (LAYOUTS["two-columns"](THREE), LAYOUTS["debit-credit"](THREE)):
        assert read_rows(rows).statement.account_number == NUMBER


def test_money_to_and_fro_without_serials_is_no_doubled_line():
    found = [replace(line, serial="") for line in lines((5, 100), (5, -100), (5, 100))]
    reading = read_rows(LAYOUTS["signed"](found))
    assert told(reading) == found
    assert len({line.mark for line in reading.statement.lines}) == 3


def test_a_line_has_the_same_mark_in_every_layout():
    marks = {
        tuple(line.mark for line in read_rows(make(THREE)).statement.lines)
        for make in LAYOUTS.values()
    }
    assert len(marks) == 1


def test_a_file_without_titles_is_refused():
    assert faults([["福寿养老院"], ["王秀英", "301-1"]]) == [(None, "no_titles")]
    assert faults([]) == [(None, "no_titles")]


def test_missing_columns_are_named_with_the_row_of_the_titles():
    rows = LAYOUTS["two-columns"](THREE)
    rows[4][5] = "备忘"
    rows[4][6] = None
    (fault,) = read_rows(rows).faults
    assert (fault.row, fault.name) == (5, "wrong_columns")
    assert fault.message == "缺少这些栏：余额、对方户名。请带上全部栏目重新下载流水。"


def test_titles_without_lines_are_refused():
    assert faults(LAYOUTS["two-columns"]([])) == [(5, "no_lines")]


def test_a_doubled_line_is_refused_with_both_rows():
    rows = LAYOUTS["two-columns"](THREE)
    rows.insert(7, rows[5])
    (fault,) = read_rows(rows).faults
    assert (fault.row, fault.name, fault.facts["row"]) == (8, "doubled", 6)


def test_a_doubled_line_is_found_where_the_newest_stands_first():
    rows = LAYOUTS["debit-credit"](THREE)
    rows.insert(4, rows[3])
    (fault,) = read_rows(rows).faults
    assert (fault.row, fault.name, fault.facts["row"]) == (5, "doubled", 4)


def test_a_missing_line_breaks_the_chain():
    rows = LAYOUTS["signed"](THREE)
    del rows[3]
    assert faults(rows) == [(4, "broken_chain")]


def test_a_missing_first_line_contradicts_the_head():
    rows = LAYOUTS["debit-credit"](THREE)
    del rows[5]
    assert (5, "wrong_opening") in faults(rows)


def test_a_missing_last_line_contradicts_the_head():
    rows = LAYOUTS["debit-credit"](THREE)
    del rows[3]
    assert (4, "wrong_closing") in faults(rows)


def test_a_missing_line_at_the_end_contradicts_the_sums():
    rows = LAYOUTS["two-columns"](THREE)
    del rows[7]
    assert faults(rows) == [(8, "wrong_total_in")]


def test_what_a_bank_turns_round_in_red_is_money_the_other_way():
    rows = LAYOUTS["two-columns"](THREE)
    rows[6][3:5] = "-12.50", None
    rows[8][3:5] = bank_files.yuan(sum(line.fen for line in THREE)), None
    assert told(read_rows(rows)) == THREE


def test_money_out_is_compared_with_the_sum_of_the_statement():
    rows = LAYOUTS["two-columns"](THREE)
    rows[8][4] = "12.51"
    assert faults(rows) == [(9, "wrong_total_out")]


def test_all_faults_are_told_in_one_go():
    rows = LAYOUTS["two-columns"](THREE)
    rows[5][1] = "上周三"
    rows[6][4] = "十二元"
    rows[7][5] = None
    rows[7][3] = ""
    assert faults(rows) == [
        (6, "bad_day"),
        (7, "bad_amount"),
        (8, "no_amount"),
        (8, "no_balance"),
    ]


def test_a_line_of_tomorrow_is_refused():
    assert faults(LAYOUTS["signed"](THREE), date(2026, 11, 4)) == [(5, "future_day")]


def test_a_line_that_came_and_went_is_refused():
    rows = LAYOUTS["two-columns"](THREE)
    rows[5][4] = "1.00"
    assert faults(rows) == [(6, "two_amounts")]


def test_an_unknown_flag_is_refused():
    rows = LAYOUTS["debit-credit"](THREE)
    rows[4][2] = "冲"
    assert faults(rows) == [(5, "bad_flag")]


def test_a_part_of_a_fen_is_refused():
    rows = LAYOUTS["signed"](THREE)
    rows[2][2] = 2600.001
    assert faults(rows) == [(3, "bad_amount")]


@pytest.mark.parametrize("lost", ["王�国", "锟斤拷锟斤拷"])
def test_a_text_that_lost_characters_is_refused(lost):
    rows = LAYOUTS["signed"](THREE)
    rows[2][4] = lost
    assert faults(rows) == [(3, "broken_text")]


def _statement(**changes):
    statement = read_rows(LAYOUTS["signed"](THREE)).statement
    return replace(statement, **changes)


@pytest.mark.parametrize(
    "told", [NUMBER, "6200 0199 0012 3456", "6200********3456", ""]
)
def test_the_own_account_is_known_though_digits_are_hidden(told):
    assert check_account(_statement(account_number=told), NUMBER) is None


@pytest.mark.parametrize(
    "told", ["6200019900123457", "6200********3457", "62000199001234"]
)
def test_a_statement_of_another_account_is_refused(told):
    fault = check_account(_statement(account_number=told), NUMBER)
    assert fault.name == "wrong_account"


def test_another_encoding_is_refused(tmp_path):
    path = save_csv(tmp_path / "a.csv", LAYOUTS["two-columns"](THREE), "utf-16-le")
    with pytest.raises(text_table.ForeignEncoding):
        text_table.read_any(path)


@pytest.mark.parametrize("sign", [",", "\t"])
def test_text_that_is_marked_as_unicode_is_read(tmp_path, sign):
    path = save_csv(
        tmp_path / "a.csv", LAYOUTS["two-columns"](THREE), "utf-16", sign=sign
    )
    found = read(text_table.read_any(path), shipped(), TODAY)
    assert len(found.statement.lines) == 3


def test_half_a_character_of_unicode_is_refused_with_its_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("日期,金额\n2026,1".encode("utf-16")[:-1])
    with pytest.raises(text_table.ForeignEncoding) as refusal:
        text_table.read_any(path)
    assert refusal.value.facts["row"] == 2


def test_garbled_big5_is_no_statement(tmp_path):
    rows = [["帳戶明細"], ["交易日期", "收入金額", "支出金額", "餘額", "對方戶名"]]
    path = save_csv(tmp_path / "a.csv", rows, "big5")
    try:
        found = read(text_table.read_any(path), shipped(), TODAY).faults
    except text_table.ForeignEncoding:
        return
    assert [fault.name for fault in found] == ["no_titles"]


@pytest.mark.parametrize(
    ("encoding", "wrong"), [("utf-8", "国".encode("gbk")), ("gb18030", b"\x81\x20")]
)
def test_a_row_in_another_encoding_than_the_rest_is_named(tmp_path, encoding, wrong):
    content = bank_files.csv_bytes(LAYOUTS["two-columns"](THREE), encoding)
    rows = content.split(b"\r\n")
    rows[6] += b"," + wrong
    path = tmp_path / "a.csv"
    path.write_bytes(b"\r\n".join(rows))
    with pytest.raises(text_table.ForeignEncoding) as refusal:
        text_table.read_any(path)
    assert refusal.value.facts["row"] == 7


def test_lines_stand_oldest_first_with_their_rows():
    found = read_rows(LAYOUTS["debit-credit"](THREE)).statement.lines
    assert [line.row for line in found] == [6, 5, 4]


def test_a_statement_knows_its_days_and_balances():
    statement = _statement()
    assert (statement.first.day, statement.last.day) == (3, 5)
    assert (statement.opening_fen, statement.closing_fen) == (
        100_00,
        THREE[-1].balance_fen,
    )


def test_a_line_says_what_came_and_what_went():
    line = BankLine(1, TODAY, -5, 10)
    assert (line.fen_in, line.fen_out, line.before_fen) == (0, 5, 15)
