"""How much deposit may be held, and what the rule packs say."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carehome import paths
from carehome.rules.deposits import (
    CapPassed,
    CapUnknown,
    MoreThanHeld,
    Movement,
    NoAmount,
    NoConsent,
    NoPurpose,
    cap,
    check_movement,
    check_receipt,
    excess,
    held,
    is_banked_late,
    most_to_take,
    papers_due,
    refund_by,
)
from carehome.rules.rulepacks import (
    AboveGuidePrice,
    BadRuleFile,
    BannedName,
    check_guide_price,
    check_item_name,
    read_banned_charges,
    read_pack,
    read_packs,
    read_vat_kinds,
)

PACKS = read_packs()
BANNED = read_banned_charges()
DAY = date(2026, 11, 21)
CAP = 1_560_000


# --- the cap --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "fee", "bed", "most"),
    [
        ("default", 260_000, 120_000, 1_560_000),  # the card of look/beds.png
        ("default", 370_000, 150_000, 2_220_000),
        ("national", 260_000, 120_000, 1_440_000),
        ("beijing", 260_000, 120_000, 1_040_000),
        ("ningxia", 260_000, 120_000, 1_440_000),
    ],
)
def test_the_cap_is_times_the_base_of_the_pack(code, fee, bed, most):
    assert cap(PACKS[code], fee, bed) == most


def test_where_the_sources_give_no_cap_none_is_made_up():
    with pytest.raises(CapUnknown):
        cap(PACKS["shanghai"], 260_000, 120_000)


def test_a_receipt_may_reach_the_cap():
    check_receipt(CAP - 1, 1, CAP)


@pytest.mark.parametrize(
    ("already", "amount", "most"),
    [(0, CAP + 1, CAP), (CAP, 1, 0), (CAP + 500, 1, 0), (1_500_000, 60_001, 60_000)],
)
def test_a_fen_above_the_cap_is_refused_with_the_most_to_take(already, amount, most):
    with pytest.raises(CapPassed) as refused:
        check_receipt(already, amount, CAP)
    assert refused.value.facts["most_fen"] == most == most_to_take(already, CAP)


def test_the_refusal_says_the_most_in_yuan():
    with pytest.raises(CapPassed) as refused:
        check_receipt(1_500_000, 100_000, CAP)
    assert refused.value.message == (
        "这位老人的押金最多可收 ¥15,600.00，已收 ¥15,000.00，这次最多可收 ¥600.00。"
    )


def test_what_was_carried_over_may_pass_the_cap():
    check_movement(Movement("opening", CAP + 1, DAY), 0, CAP)


@pytest.mark.parametrize(("already", "over"), [(CAP, 0), (CAP + 1, 1), (0, 0)])
def test_the_excess_is_what_is_held_above_the_cap(already, over):
    assert excess(already, CAP) == over


# --- movements ------------------------------------------------------------------------


def test_held_is_all_in_less_all_out():
    movements = [
        Movement("opening", 100, DAY),
        Movement("in", 50, DAY),
        Movement("refund", 20, DAY),
        Movement("emergency", 5, DAY),
        Movement("set_off", 1, DAY),
    ]
    assert held(movements) == 124


@pytest.mark.parametrize(
    ("movement", "refusal"),
    [
        (Movement("in", 0, DAY), NoAmount),
        (Movement("in", CAP, DAY), CapPassed),
        (Movement("refund", -5, DAY, "退住"), NoAmount),
        (Movement("refund", 1001, DAY, "退住"), MoreThanHeld),
        (Movement("emergency", 1000, DAY, " "), NoPurpose),
        (Movement("set_off", 1000, DAY, "抵扣欠费"), NoConsent),
    ],
)
def test_a_movement_that_may_not_be_is_refused(movement, refusal):
    with pytest.raises(refusal):
        check_movement(movement, 1000, CAP)


@pytest.mark.parametrize(
    "movement",
    [
        Movement("refund", 1000, DAY, "退住"),
        Movement("emergency", 1000, DAY, "急诊"),
        Movement("set_off", 1000, DAY, "抵扣欠费", "同意书 12 号"),
    ],
)
def test_all_that_is_held_may_leave_with_purpose_and_paper(movement):
    check_movement(movement, 1000, CAP)


@settings(max_examples=60)
@given(
    st.integers(0, 2000),
    st.lists(
        st.builds(
            Movement,
            st.sampled_from(["in", "refund", "emergency", "set_off"]),
            st.integers(-10, 1500),
            st.just(DAY),
            st.just("用途"),
            st.sampled_from(["", "同意书"]),
        )
    ),
)
def test_held_stays_between_nothing_and_the_cap_after_any_movements(cap, movements):
    accepted = []
    for movement in movements:
        try:
            check_movement(movement, held(accepted), cap)
        except (NoAmount, CapPassed, MoreThanHeld, NoConsent):
            continue
        accepted.append(movement)
        assert 0 <= held(accepted) <= cap


# --- days -----------------------------------------------------------------------------


def test_the_excess_is_to_be_given_back_within_fifteen_days():
    days = PACKS["default"].overheld_refund.days
    assert refund_by(DAY, days) == date(2026, 12, 6)


def test_papers_of_an_emergency_are_due_within_seven_working_days():
    # Tuesday 29 Sept; 1 to 7 Oct are holidays, Saturday 10 Oct is worked
    holidays = {date(2026, 10, number) for number in range(1, 8)}
    worked = {date(2026, 10, 10)}

    def is_working_day(day):
        return day in worked or (day.weekday() < 5 and day not in holidays)

    assert papers_due(date(2026, 9, 29), is_working_day) == date(2026, 10, 14)


@pytest.mark.parametrize(
    ("banked", "today", "late"),
    [
        (DAY, date(2026, 12, 1), False),
        (date(2026, 11, 22), date(2026, 12, 1), False),
        (date(2026, 11, 23), date(2026, 12, 1), True),
        (None, date(2026, 11, 22), False),
        (None, date(2026, 11, 23), True),
    ],
)
def test_money_is_banked_the_same_or_the_next_day(banked, today, late):
    assert is_banked_late(DAY, banked, today) is late


# --- rule packs -----------------------------------------------------------------------


def test_every_pack_says_what_the_sources_say():
    found = {
        code: (
            pack.deposit and (pack.deposit.base, pack.deposit.times),
            pack.prepaid.months,
            pack.overheld_refund.days,
        )
        for code, pack in PACKS.items()
    }
    assert found == {
        "default": (("monthly_service_fee", 6), 12, 15),
        "national": (("monthly_bed_fee", 12), 12, 15),
        "beijing": (("monthly_service_fee", 4), 3, 15),
        "shanghai": (None, 3, 15),
        "ningxia": (("monthly_bed_fee", 12), 6, 15),
    }


def test_the_default_cap_names_its_lines():
    assert "L533-537" in PACKS["default"].deposit.source.lines


def test_what_no_document_fixes_is_marked_as_ours():
    assert {pack.overheld_refund.source.standing for pack in PACKS.values()} == {"ours"}


PACK = json.loads(paths.resource("rulepacks/fees-default.json").read_text("utf-8"))


def damaged(**changes):
    return json.dumps(PACK | changes)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "json"),
        ("[]", "{}"),
        (damaged(schema="carehome/fee-rules/2"), "schema"),
        (damaged(code=""), "code"),
        (damaged(standing="perhaps"), "standing"),
        (damaged(effective_from="2026-13-01"), "effective_from"),
        (damaged(note=None), "note"),
        (damaged(deposit=5), "deposit."),
        (damaged(deposit=PACK["deposit"] | {"times": 0}), "deposit.times"),
        (damaged(deposit=PACK["deposit"] | {"times": True}), "deposit.times"),
        (damaged(deposit=PACK["deposit"] | {"base": "bed"}), "deposit.base"),
        (damaged(prepaid={"months": 12}), "prepaid.source."),
        (
            json.dumps({key: PACK[key] for key in PACK if key != "deposit"}),
            "deposit",
        ),
    ],
)
def test_a_damaged_pack_is_trouble_that_names_the_place(tmp_path, text, place):
    path = tmp_path / "fees-default.json"
    path.write_text(text, "utf-8")
    with pytest.raises(BadRuleFile) as trouble:
        read_pack(path)
    assert trouble.value.facts == {"file": "fees-default.json", "place": place}


def test_a_missing_file_is_trouble(tmp_path):
    with pytest.raises(BadRuleFile):
        read_banned_charges(tmp_path)


@pytest.mark.parametrize(
    ("charge", "place"),
    [
        ({"words": []}, "charges[0].words"),
        ({"words": [3]}, "charges[0].words"),
        ({"ownerships": ["ours"]}, "charges[0].ownerships"),
        ({"why": ""}, "charges[0].why"),
    ],
)
def test_a_damaged_list_of_banned_charges_is_trouble(tmp_path, charge, place):
    sound = {
        "words": ["押金"],
        "ownerships": ["public"],
        "why": "不可以",
        "source": {"document": "文件", "lines": "L1", "standing": "ours"},
    }
    whole = {"schema": "carehome/banned-charges/1", "charges": [sound | charge]}
    (tmp_path / "banned-charges.json").write_text(json.dumps(whole), "utf-8")
    with pytest.raises(BadRuleFile) as trouble:
        read_banned_charges(tmp_path)
    assert trouble.value.facts["place"] == place


# --- names and prices of fee items ----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ownership"),
    [
        ("入住押金", "private"),
        ("设施保证金", "public"),
        ("会员费", "public"),
        ("金卡会员卡", "public_run_private"),
        ("会员费", "private"),
        ("接水费", "private"),
        ("电力增容费", "public"),
        ("燃气接口费", "private"),
        ("暖气开户费", "private"),
        ("并网费", "public_run_private"),
        ("开 户-费", "private"),
        ("养老理财", "private"),
    ],
)
def test_a_fee_item_may_not_bear_a_banned_name(name, ownership):
    with pytest.raises(BannedName) as refused:
        check_item_name(name, ownership, BANNED)
    assert "{" not in refused.value.message


@pytest.mark.parametrize(
    "name", ["床位费（双人间）", "一级护理", "普食", "水电费", "会员餐"]
)
def test_ordinary_names_are_free(name):
    check_item_name(name, "public", BANNED)


def test_a_public_home_hears_another_reason_for_membership_fees_than_a_private_one():
    reasons = set()
    for ownership in ("public", "private"):
        with pytest.raises(BannedName) as refused:
            check_item_name("会员费", ownership, BANNED)
        reasons.add(refused.value.facts["why"])
    assert len(reasons) == 2


def test_a_public_home_keeps_to_the_guide_price():
    check_guide_price("双人间", 120_000, 120_000, "public")
    with pytest.raises(AboveGuidePrice):
        check_guide_price("双人间", 120_001, 120_000, "public")


@pytest.mark.parametrize(
    ("ceiling", "ownership"), [(120_000, "private"), (None, "public")]
)
def test_others_and_items_without_a_guide_price_are_free(ceiling, ownership):
    check_guide_price("双人间", 999_999, ceiling, ownership)


def test_four_kinds_of_care_are_free_of_vat():
    names = [kind.name for kind in read_vat_kinds()]
    assert names == ["生活照料", "康复护理", "精神慰藉", "文化娱乐"]
