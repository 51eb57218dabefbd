"""The notice on paper says what was judged, why, and what is done."""

from datetime import date

from pypdf import PdfReader

from carehome.reports.risks import RiskNotice, RiskText, write_risks
from carehome.reports.sheet import Letterhead

HOME = Letterhead("福寿养老院", "西安市未央区某路1号", "029-8888")
NONE = RiskText("噎食", "无", False, (), ())
FALL = RiskText(
    "跌倒",
    "高",
    True,
    ("近30天内跌倒过", "夜间起床3次"),
    ("夜间留灯", "穿合脚防滑的鞋"),
    "赵护理员",
)


def notice(*risks, **more):
    facts = {
        "resident": "王秀英",
        "sex": "女",
        "age": 86,
        "bed": "302-1",
        "day": date(2026, 11, 21),
        "assessors": ("李护士", "陈社工"),
        "standard": "GB 38600—2019",
    }
    return RiskNotice(risks=risks, **facts, **more)


def pages(tmp_path, paper):
    path = tmp_path / "risks.pdf"
    write_risks(path, paper, HOME)
    return [page.extract_text() for page in PdfReader(path).pages]


def joined(tmp_path, paper):
    return "".join("".join(pages(tmp_path, paper)).split())


def test_it_names_who_was_assessed_by_whom_and_when(tmp_path):
    text = joined(tmp_path, notice(FALL))
    for word in ("王秀英", "86", "302-1", "2026-11-21", "李护士、陈社工"):
        assert word in text


def test_a_risk_stands_with_its_grounds_measures_and_who_sees_to_them(tmp_path):
    text = joined(tmp_path, notice(FALL))
    for word in ("高", "近30天内跌倒过", "夜间起床3次", "夜间留灯", "赵护理员"):
        assert word in text


def test_where_there_is_no_risk_usual_care_is_given(tmp_path):
    assert "常规护理" in joined(tmp_path, notice(NONE))


def test_the_notice_names_the_risks_there_are_and_no_other(tmp_path):
    text = joined(tmp_path, notice(NONE, FALL))
    assert "目前存在风险的项目：跌倒。" in text


def test_it_owns_up_that_the_standard_gives_no_points(tmp_path):
    assert "标准没有规定评分" in joined(tmp_path, notice(FALL))


def test_there_is_room_to_sign_for_both_sides(tmp_path):
    text = joined(tmp_path, notice(FALL))
    assert "老人或代理人（签名）：" in text
    assert "评估人员（签名）：" in text


def test_whom_it_was_explained_by_is_printed_where_it_is_known(tmp_path):
    told = notice(FALL, told_by="李护士", told_on=date(2026, 11, 22))
    text = joined(tmp_path, told)
    assert "告知日期：2026-11-22" in text


def test_what_is_not_finished_says_so(tmp_path):
    assert "草稿，未完成" in joined(tmp_path, notice(FALL, is_finished=False))
    assert "草稿，未完成" not in joined(tmp_path, notice(FALL))


def test_many_measures_go_on_a_second_page_with_the_notice_whole(tmp_path):
    long = RiskText("跌倒", "高", True, ["理由" * 30] * 3, ["措施" * 20] * 8, "赵")
    text = pages(tmp_path, notice(*[long] * 9))
    assert len(text) > 1
    assert "王秀英服务安全风险评估（续）" in "".join(text[-1].split())
    assert "老人或代理人（签名）" in "".join(text[-1].split())
