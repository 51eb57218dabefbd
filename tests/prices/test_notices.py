"""Notices of fees: what they say, how large, and when they hung."""

from dataclasses import replace
from datetime import date

import pypdf
import pytest

from carehome.rules.periods import DAY
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.services.home import Home
from carehome.services.prices.notices import (
    AlreadyDown,
    DownBeforeUp,
    HangsThere,
    Notices,
    NotPublic,
    PlaceMissing,
)
from tests.conftest import TODAY


@pytest.fixture
def notices(purse) -> Notices:
    return purse.of(Notices)


@pytest.fixture
def sheet(purse):
    return purse.prices.sheets()[0]


@pytest.fixture
def said(notices, sheet, tmp_path):
    """Return the words of a notice, and its pages in millimetres."""

    def write(kind="fees", large=False, list_id=sheet.list_id):
        path = tmp_path / "notice.pdf"
        notices.write(list_id, kind, large, path)
        pages = pypdf.PdfReader(path).pages
        sizes = {round(float(page.mediabox.height) / 72 * 25.4) for page in pages}
        return "".join(page.extract_text() for page in pages), len(pages), sizes

    return write


SAID = [
    "收费公示",
    "自2025年1月1日起执行",
    "床位费（双人间）",
    "元/月",
    "1,200.00",
    "陪诊费",
    "元/次",
    "满 3 天",
    "月服务费的 6 倍",
    "最多预收 12 个月",
    "批准人：",
    "director",
    "投诉电话：",
    "盖章处",
]


@pytest.mark.parametrize("words", SAID)
def test_the_notice_of_fees_says(said, words):
    text, _pages, _sizes = said()
    assert words in text


def test_a_notice_fits_on_one_page_of_a4_or_a3(said):
    assert said()[1:] == (1, {297})
    assert said(large=True)[1:] == (1, {420})


def test_the_notice_in_three_parts_names_them_all(said, notices):
    notices.save_texts({"guide": "先预约", "standards": "按国家标准"})
    text = said("three_parts")[0]
    parts = ["服务项目和收费", "服务指南", "先预约", "服务标准", "按国家标准"]
    assert sorted(parts, key=text.index) == parts


@pytest.fixture
def guided(purse, sheet) -> int:
    """Give two items of a public home guide prices by a document with a long name."""
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), ownership="public"))
    name = "关于公办养老机构基本服务收费标准的通知（发改价格〔2025〕12号）"
    source = {"ceiling_document": name, "ceiling_dated": date(2025, 3, 1)}
    first, second, *others = sheet.prices
    prices = (
        replace(first, ceiling_fen=12_345_00, **source),
        replace(second, ceiling_fen=2_345_00, **source),
        *others,
    )
    day = date(2026, 12, 1)
    return purse.approved(replace(sheet, list_id=0, starts=day, prices=prices))


GUIDE = (
    "指导价（元）",
    "12,345.00",
    "依据文件",
    "关于公办养老机构基本服务收费标准的通知（发改价格〔2025〕12号），2025年3月1日",
)


@pytest.mark.parametrize("kind", ["fees", "three_parts"])
@pytest.mark.parametrize("large", [False, True])
def test_a_public_home_shows_each_guide_price_and_what_sets_it(
    said, guided, kind, large
):
    text = said(kind, large, list_id=guided)[0].replace("\n", "")
    for words in GUIDE:
        assert words in text


def test_a_document_that_sets_two_prices_is_named_once(said, guided):
    text = said(list_id=guided)[0].replace("\n", "")
    assert "2,345.00同上" in text
    assert text.count("发改价格〔2025〕12号") == 1


def test_the_notice_of_a_public_home_still_fits_on_one_page(said, guided):
    assert said(list_id=guided)[1] == 1


def test_another_home_shows_no_guide_prices(said, guided, purse):
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), ownership="private"))
    text = said(list_id=guided)[0]
    assert "指导价" not in text
    assert "12,345.00" not in text


def test_what_nobody_approved_says_so(said, written):
    assert "尚未批准" in said(list_id=written())[0]
    assert "尚未批准" not in said()[0]


def test_the_telephone_stands_there_once_it_is_known(said, notices, purse):
    assert "12345" not in said()[0]
    notices.save_texts({"complaints": "12345"})
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), phone="029-8765 4321"))
    text = said()[0]
    assert "12345" in text
    assert "029-8765 4321" in text


def test_a_notice_hangs_from_a_day_to_a_day(notices, sheet):
    number = notices.put_up(sheet.list_id, "fees", "一楼大厅", date(2026, 11, 1))
    with pytest.raises(DownBeforeUp):
        notices.take_down(number, date(2026, 10, 31))
    with pytest.raises(NotComeYet):
        notices.take_down(number, TODAY + DAY)
    notices.take_down(number, TODAY)
    (hung,) = notices.hung()
    assert (hung.place, hung.up_on, hung.down_on) == (
        "一楼大厅",
        date(2026, 11, 1),
        TODAY,
    )
    with pytest.raises(AlreadyDown):
        notices.take_down(number, TODAY)


def test_only_approved_prices_are_hung_up_and_somewhere(notices, sheet, written):
    with pytest.raises(NotPublic):
        notices.put_up(written(), "fees", "一楼大厅", TODAY)
    with pytest.raises(PlaceMissing):
        notices.put_up(sheet.list_id, "fees", " ", TODAY)


def test_a_notice_hangs_at_a_place_once_and_not_before_it_was_put_up(notices, sheet):
    here = sheet.list_id, "fees", "一楼大厅"
    with pytest.raises(NotComeYet):
        notices.put_up(*here, date(2026, 11, 22))
    number = notices.put_up(*here, TODAY)
    with pytest.raises(HangsThere):
        notices.put_up(*here, TODAY)
    notices.put_up(sheet.list_id, "three_parts", "一楼大厅", TODAY)
    notices.take_down(number, TODAY)
    notices.put_up(*here, TODAY)


def test_the_front_desk_prints_but_notes_nothing(purse, sheet, tmp_path):
    notices = purse.as_role(Role.FRONT_DESK).of(Notices)
    notices.write(sheet.list_id, "fees", False, tmp_path / "a.pdf")
    with pytest.raises(NotAllowed):
        notices.put_up(sheet.list_id, "fees", "一楼大厅", TODAY)
