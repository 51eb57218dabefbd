from dataclasses import replace
from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given

from carehome.rules.billing import bill_month, explain
from carehome.rules.billing.adjustments import Cut, adjust, cut_line
from carehome.rules.billing.facts import (
    Absence,
    Cover,
    Facts,
    HomeSettings,
    ItemUse,
    StayDays,
)
from carehome.rules.billing.stored import facts_from_json, facts_to_json
from carehome.rules.billing.tariff import Item, PriceList, Tariff, Terms
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.services.payers import FamilyPart, Payer, Payers
from carehome.services.payers.splitting import BadSplit, SplitAlready
from carehome.services.prices import OwnCover
from carehome.services.prices.own import BadCover, CoverTaken, PayerAway
from tests.purse import FEE, NOVEMBER, OCTOBER

SEPTEMBER = date(2026, 9, 1)  # thirty days
ALWAYS = Period(date(2026, 1, 1))
ITEMS = {
    "bed": Item("bed", "床位费", "bed"),
    "care": Item("care", "护理费", "care"),
    "meal": Item("meal", "伙食费", "meal"),
}
PRICES = {"bed": 1200_00, "care": 1600_00, "meal": 600_00}
WANG = 1


def month(*covers: Cover, items=("bed", "care", "meal"), admitted=ALWAYS.start):
    return Facts(
        WANG,
        SEPTEMBER,
        date(2026, 10, 1),
        HomeSettings(),
        ITEMS,
        Tariff((PriceList(date(2026, 1, 1), PRICES),)),
        (StayDays(admitted),),
        tuple(ItemUse(code, ALWAYS) for code in items),
        covers=covers,
    )


def cover(payer, kind, value, *, rank=1, most=None, categories=(), items=()):
    name = f"付款方{payer}"
    return Cover(payer, name, ALWAYS, kind, value, categories, items, rank, most)


def borne(facts):
    lines = bill_month(facts).lines
    return {line.payer: -line.amount_fen for line in lines if line.kind == "payer"}


INSURANCE = cover("1", "percent", 70, categories=("care",))


def test_a_payer_bears_no_more_than_its_most_a_month():
    assert borne(month(INSURANCE)) == {"1": 1120_00}
    assert borne(month(replace(INSURANCE, most=1000_00))) == {"1": 1000_00}


def test_a_payer_by_the_day_bears_the_days_that_are_charged():
    daily = cover("1", "day", 40_00, categories=("care",))
    assert borne(month(daily)) == {"1": 1200_00}
    assert borne(month(daily, admitted=date(2026, 9, 21))) == {"1": 400_00}


DAILY = replace(cover("1", "day", 15_00, categories=("care",)), counts_away=False)


def away(kind, left, back):
    span = date(2026, 9, left), date(2026, 9, back)
    return replace(month(DAILY), absences=(Absence(kind, *span),))


@pytest.mark.parametrize(
    ("absent", "days"),
    [
        (("hospital", 14, 26), 30 - 11),  # the days of leaving and coming are here
        (("leave", 14, 26), 30),  # care is not given back on leave
        (("hospital", 14, 15), 30),
    ],
)
def test_a_payer_by_the_day_bears_days_that_cost_something(absent, days):
    facts = away(*absent)
    (line,) = (x for x in bill_month(facts).lines if x.kind == "payer")
    assert (line.days, -line.amount_fen) == (days, days * 15_00)
    assert f"× {days} 天" in explain(line)[0]


def test_half_of_what_is_given_back_still_costs_something():
    terms = Terms(hospital_care_refund=50)
    facts = away("hospital", 14, 26)
    half = Tariff((PriceList(date(2026, 1, 1), PRICES, terms),))
    assert borne(replace(facts, tariff=half)) == {"1": 30 * 15_00}


def test_days_away_count_where_that_was_agreed():
    facts = away("hospital", 14, 26)
    counts = replace(facts, covers=(replace(DAILY, counts_away=True),))
    assert borne(counts) == {"1": 30 * 15_00}


def test_a_cover_that_begins_within_an_absence_counts_from_the_way_back():
    facts = away("hospital", 14, 26)
    late = replace(DAILY, period=Period(date(2026, 9, 20)))
    assert borne(replace(facts, covers=(late,))) == {"1": 5 * 15_00}


@pytest.mark.parametrize("counts", [True, False])
def test_what_is_kept_with_a_bill_says_whether_days_away_count(counts):
    facts = month(replace(DAILY, counts_away=counts))
    assert facts_from_json(facts_to_json(facts)).covers[0].counts_away is counts


def test_a_new_cover_by_the_day_leaves_days_away_out(purse):
    payer = purse.payer()
    daily = OwnCover(payer, Period(OCTOBER), "day", 15_00, "care")
    purse.prices.add_cover(WANG, daily)
    purse.prices.add_cover(2, replace(daily, counts_away=True))
    for who, counts in ((WANG, False), (2, True)):
        (known,) = purse.prices.covers(who)
        assert known.counts_away is counts
        residents = purse.as_role(Role.DIRECTOR).residents
        residents.record_absence(who, "hospital", date(2026, 10, 10))
        (gone,) = residents.file(who).absences
        residents.record_return(gone.absence_id, date(2026, 10, 21))
    purse.post(OCTOBER)
    claims = {x.resident_id: x.borne for x in purse.of(Payers).claims(payer)}
    assert claims == {WANG: 21 * 15_00, 2: 31 * 15_00}


def test_the_next_payer_shares_what_the_first_leave():
    next_one = cover("2", "percent", 50, rank=2)
    found = borne(month(next_one, INSURANCE))
    assert found == {"1": 1120_00, "2": (3400_00 - 1120_00) // 2}


def test_payers_of_one_rank_share_the_same_rest():
    sons = [cover(x, "percent", 50, rank=9) for x in ("7", "8")]
    assert borne(month(INSURANCE, *sons)) == {"1": 1120_00, "7": 1140_00, "8": 1140_00}


def test_an_odd_fen_is_borne_once():
    sons = [cover(x, "percent", 50, rank=9) for x in ("7", "8")]
    lines = bill_month(month(*sons, items=("care",), admitted=date(2026, 9, 24))).lines
    assert sum(line.amount_fen for line in lines) == 0
    shares = [-line.amount_fen for line in lines if line.kind == "payer"]
    assert shares == [186_67, 186_66]
    said = [text for line in lines for text in explain(line)]
    assert not any("为限" in text for text in said)


def test_a_payer_of_one_item_bears_nothing_of_others():
    found = borne(month(cover("1", "percent", 100, items=("meal",))))
    assert found == {"1": 600_00}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["percent", "fen", "day"]),
            st.integers(1, 100),
            st.integers(1, 3),
            st.none() | st.integers(1, 500_00),
            st.sampled_from([(), ("care",), ("bed",)]),
        ),
        max_size=5,
    )
)
def test_payers_together_never_bear_more_than_there_is(wanted):
    covers = [
        cover(
            str(number),
            kind,
            value if kind == "percent" else value * 100_00,
            rank=rank,
            most=most,
            categories=categories,
        )
        for number, (kind, value, rank, most, categories) in enumerate(wanted, 1)
    ]
    lines = bill_month(month(*covers)).lines
    assert 0 <= sum(line.amount_fen for line in lines) <= 3400_00
    for line in lines:
        if line.kind == "payer":
            most = covers[int(line.payer) - 1].most
            assert 0 < -line.amount_fen <= (most or 3400_00)


SAID = [
    (replace(INSURANCE, most=1000_00), "每月最多承担 ¥1,000.00"),
    (INSURANCE, "承担项目：护理费"),
    (cover("1", "day", 40_00), "每天 ¥40.00 × 30 天"),
    (cover("1", "percent", 50, items=("meal",)), "承担项目：伙食费"),
]


@pytest.mark.parametrize(("agreed", "text"), SAID)
def test_a_line_says_what_was_agreed(agreed, text):
    (line,) = [x for x in bill_month(month(agreed)).lines if x.kind == "payer"]
    assert text in " ".join(explain(line))


def test_facts_with_ranks_are_read_as_they_were_kept():
    facts = month(replace(INSURANCE, most=900_00), cover("2", "day", 5_00, rank=2))
    again = facts_from_json(facts_to_json(facts))
    assert again.covers == facts.covers


def test_what_bills_kept_before_payers_had_ranks_stays_the_same():
    old = replace(INSURANCE, rank=0, payer="insurance")
    facts = month(old)
    assert "900" not in facts_to_json(facts)
    (line,) = [x for x in bill_month(facts).lines if x.kind == "payer"]
    assert dict(line.source) == {"cover": "percent", "worth": 1600_00}
    assert facts_from_json(facts_to_json(facts)).covers == (old,)


CUT = Cut(3, "1", "长护险", SEPTEMBER, 150_00, "超出标准")


def test_a_refusal_says_who_did_not_pay_and_why():
    text = " ".join(explain(cut_line(CUT)))
    assert "长护险" in text
    assert "¥150.00" in text
    assert "超出标准" in text


def test_a_refusal_is_no_fact_that_is_corrected():
    lines = bill_month(month(INSURANCE)).lines
    assert adjust([*lines, cut_line(CUT)], lines) == []


# ---- what is agreed with a resident


def test_children_share_what_is_left(payers, purse):
    purse.cover(WANG, 50, Period(NOVEMBER))
    children = (FamilyPart("王强", 50), FamilyPart("王丽", 50, "13900000000"))
    payers.split(WANG, children, Period(NOVEMBER))
    (bill,) = [b for b in purse.billing.trial(NOVEMBER).bills if b.resident_id == WANG]
    assert [x.amount_fen for x in bill.lines if x.kind == "payer"] == [
        -400_00,
        -(FEE - 400_00) // 2,
        -(FEE - 400_00) // 2,
    ]
    assert bill.total == 0


@pytest.mark.parametrize("shares", [(), (0,), (60, 50)])
def test_children_share_no_more_than_the_whole(payers, shares):
    parts = [FamilyPart("王强", share) for share in shares]
    with pytest.raises(BadSplit):
        payers.split(WANG, parts, Period(NOVEMBER))


def test_fees_are_split_once_at_a_time(payers, purse):
    parts = (FamilyPart("王强", 60), FamilyPart("王丽", 40))
    payers.split(WANG, parts, Period(OCTOBER, NOVEMBER))
    with pytest.raises(SplitAlready):
        payers.split(WANG, parts, Period(date(2026, 10, 31)))
    assert len(payers.split(WANG, parts, Period(NOVEMBER))) == 2


def test_a_payer_bears_the_same_fees_once_at_a_time(purse):
    purse.cover(WANG, 50, Period(OCTOBER, NOVEMBER))
    with pytest.raises(CoverTaken):
        purse.cover(WANG, 20, Period(date(2026, 10, 31)))
    purse.cover(WANG, 20, Period(NOVEMBER))
    purse.cover(WANG, 20, Period(OCTOBER), category="meal")
    purse.cover(WANG, 20, Period(OCTOBER), payer="慈善会")
    purse.cover(2, 20, Period(OCTOBER))


def test_who_bore_a_share_before_is_the_same_payer_again(payers, purse):
    parts = (FamilyPart("王强", 60, "13800000001"), FamilyPart("王丽", 40))
    strong, fair = payers.split(WANG, parts, Period(OCTOBER, NOVEMBER))
    purse.post(OCTOBER)
    payers.take(strong, FEE, "wechat", date(2026, 11, 20))
    again = (FamilyPart(" 王丽 ", 50), FamilyPart("王强", 40), FamilyPart("王刚", 10))
    assert payers.split(WANG, again, Period(NOVEMBER))[:2] == [fair, strong]
    phones = {each.name: each.phone for each in payers.payers()}
    assert phones == {"王强": "13800000001", "王丽": "", "王刚": ""}
    purse.post(NOVEMBER)
    [state] = [x for x in payers.states() if x.payer.payer_id == strong]
    assert (state.credit, state.open) == (0, 0)  # what he had paid ahead counts


def test_the_same_name_in_another_family_is_somebody_else(payers):
    (one,) = payers.split(WANG, (FamilyPart("王强", 60),), Period(OCTOBER))
    (other,) = payers.split(2, (FamilyPart("王强", 60),), Period(OCTOBER))
    assert one != other


def test_the_example_shows_a_month_with_what_is_only_planned(purse):
    purse.cover(WANG, 50, Period(NOVEMBER))
    charity = purse.payer("慈善会", "charity")
    planned = OwnCover(charity, Period(NOVEMBER), "fen", 100_00, most=None, rank=2)
    example = purse.prices.example(WANG, date(2026, 11, 21), [planned])
    assert (example.total, example.rest) == (FEE, FEE - 500_00)
    assert [part.payer for part in example.parts] == ["长护险", "慈善会"]
    assert "50" in example.parts[0].why


def test_a_payer_out_of_use_is_not_chosen(payers, purse):
    number = payers.save(Payer(0, "charity", "慈善会", is_active=False))
    with pytest.raises(PayerAway):
        purse.prices.add_cover(WANG, OwnCover(number, Period(OCTOBER), "fen", 1))


def test_the_most_a_month_is_an_amount(purse):
    agreed = OwnCover(purse.payer(), Period(OCTOBER), "percent", 50, most=0)
    with pytest.raises(BadCover):
        purse.prices.add_cover(WANG, agreed)


def test_the_desk_agrees_on_no_payer(purse):
    desk = purse.as_role(Role.FRONT_DESK).of(Payers)
    assert desk.payers() == []
    with pytest.raises(NotAllowed):
        desk.save(Payer(0, "charity", "慈善会"))
