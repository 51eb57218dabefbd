"""Charges by use for many residents at once, saved as one deed."""

from datetime import date

import pytest
from pypdf import PdfReader

from carehome.rules import charges as rules
from carehome.rules.billing.tariff import NoPrice
from carehome.rules.charges import Cell, Day
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.services.billing import Billing
from carehome.services.charges import Change, Charges
from tests.conftest import TODAY
from tests.departures.conftest import Leaving
from tests.purse import NOVEMBER, OCTOBER, PRICES

WANG, LI = 1, 2
DAY = date(2026, 11, 10)
ESCORT = PRICES["escort"]


@pytest.fixture
def escort(purse) -> int:
    return purse.item("escort")


def cell(escort: int, who: int = WANG, day: date = DAY) -> Cell:
    return Cell(who, escort, day)


def enter(charges, escort, *cells: tuple[int, date, int], **more) -> int:
    changes = [Change(Cell(who, escort, day), 0, n) for who, day, n in cells]
    return charges.save(cells[0][1].replace(day=1), changes, **more)


def test_a_sheet_lists_everybody_who_lives_here_in_the_order_of_beds(charges, escort):
    sheet = charges.sheet(NOVEMBER)
    assert [(who.name, who.bed) for who in sheet.people] == [
        ("王秀英", "301-1"),
        ("李桂兰", "301-2"),
    ]
    assert escort in {item.item_id for item in sheet.items}
    assert len(sheet.days) == 30


def test_only_items_charged_by_use_are_columns(charges, purse):
    names = {item.name for item in charges.sheet(NOVEMBER).items}
    by_use = {x.name for x in purse.prices.items() if x.unit in ("use", "once")}
    assert names == by_use


def test_what_is_entered_is_charged(charges, escort, purse):
    enter(charges, escort, (WANG, DAY, 2), (LI, DAY, 1))
    assert charges.sheet(NOVEMBER).cells[cell(escort)].quantity == 2
    lines = {
        bill.resident_id: [x.amount_fen for x in bill.lines if x.item_code == "escort"]
        for bill in purse.billing.trial(NOVEMBER).bills
    }
    assert lines == {WANG: [2 * ESCORT], LI: [ESCORT]}


def test_all_is_one_deed(charges, escort, db):
    enter(charges, escort, (WANG, DAY, 2), (LI, DAY, 1))
    bad = [Change(cell(escort, WANG, date(2026, 11, 3)), 0, 1)]
    bad += [Change(cell(escort, LI, date(2026, 11, 30)), 0, 1)]
    with pytest.raises(rules.NotYet):
        charges.save(NOVEMBER, bad)
    assert len(charges.sheet(NOVEMBER).cells) == 2


def test_an_entry_is_changed_and_taken_out(charges, escort):
    enter(charges, escort, (WANG, DAY, 2))
    charges.save(NOVEMBER, [Change(cell(escort), 2, 3)])
    assert charges.sheet(NOVEMBER).cells[cell(escort)].quantity == 3
    charges.save(NOVEMBER, [Change(cell(escort), 3, 0)])
    assert charges.sheet(NOVEMBER).cells == {}


def test_several_entries_of_one_day_become_one(charges, escort, purse):
    for _time in range(2):
        purse.prices.add_charge(WANG, escort, DAY, 1)
    assert charges.sheet(NOVEMBER).cells[cell(escort)].quantity == 2
    charges.save(NOVEMBER, [Change(cell(escort), 2, 1)])
    assert charges.sheet(NOVEMBER).cells[cell(escort)].quantity == 1


def test_what_somebody_else_entered_meanwhile_is_not_overwritten(charges, escort):
    enter(charges, escort, (WANG, DAY, 2))
    with pytest.raises(rules.ChangedSince):
        enter(charges, escort, (WANG, DAY, 1))


def test_who_did_it_is_kept(charges, escort):
    enter(charges, escort, (WANG, DAY, 1), done_by=" 赵护理 ")
    assert charges.sheet(NOVEMBER).cells[cell(escort)].done_by == "赵护理"


def test_days_away_are_told_and_need_a_reason(charges, escort, purse):
    purse.residents.record_absence(WANG, "leave", date(2026, 11, 8))
    purse.residents.record_return(WANG, date(2026, 11, 12))
    who = charges.sheet(NOVEMBER).people[0]
    assert [who.days[n - 1] for n in (8, 9, 11, 12)] == [
        Day.HERE,
        Day.LEAVE,
        Day.LEAVE,
        Day.HERE,
    ]
    with pytest.raises(rules.AwayUnexplained):
        enter(charges, escort, (WANG, DAY, 1))
    enter(charges, escort, (WANG, DAY, 1), reason="当天回来洗澡")
    assert charges.sheet(NOVEMBER).cells[cell(escort)].note == "当天回来洗澡"


def test_the_reason_of_one_is_not_noted_with_others(charges, escort, purse):
    purse.residents.record_absence(WANG, "leave", date(2026, 11, 8))
    enter(charges, escort, (WANG, DAY, 1), (LI, DAY, 1), reason="送来洗澡")
    cells = charges.sheet(NOVEMBER).cells
    assert [cells[cell(escort, who)].note for who in (WANG, LI)] == ["送来洗澡", ""]


def test_nobody_is_charged_before_moving_in(charges, escort):
    with pytest.raises(rules.NotInTheMonth):
        enter(charges, escort, (WANG, date(2026, 2, 10), 1))


def test_nobody_is_charged_after_leaving(charges, escort, purse):
    purse.residents.discharge(WANG, date(2026, 11, 9), "回家")
    assert charges.sheet(NOVEMBER).people[-1].days[8] is Day.HERE
    with pytest.raises(rules.NotHereThen):
        enter(charges, escort, (WANG, DAY, 1))


def test_tomorrow_is_not_charged(charges, escort):
    assert charges.sheet(NOVEMBER).people[0].days[TODAY.day] is Day.COMING
    with pytest.raises(rules.NotYet):
        enter(charges, escort, (WANG, date(2026, 11, 22), 1))


@pytest.mark.parametrize("quantity", [-1, 100])
def test_a_quantity_is_no_more_than_a_day_can_hold(charges, escort, quantity):
    with pytest.raises(rules.NotANumber):
        enter(charges, escort, (WANG, DAY, quantity))


def test_what_has_no_price_that_day_is_not_charged(charges, purse):
    bath = next(
        x for x in purse.prices.items() if x.unit == "use" and x.code != "escort"
    )
    with pytest.raises(NoPrice):
        enter(charges, bath.item_id, (WANG, DAY, 1))


def test_a_posted_month_is_charged_late_and_corrected_in_the_next_bill(
    charges, escort, purse
):
    day = date(2026, 10, 20)
    assert charges.sheet(OCTOBER).is_posted
    with pytest.raises(rules.MonthPosted):
        enter(charges, escort, (WANG, day, 1))
    enter(charges, escort, (WANG, day, 1), late=True)
    [bill] = [
        b for b in purse.of(Billing).trial(NOVEMBER).bills if b.resident_id == WANG
    ]
    late = [x for x in bill.lines if x.for_month == OCTOBER]
    assert [x.amount_fen for x in late] == [ESCORT]


def test_personal_prices_count_in_the_sheet(charges, escort, purse):
    purse.own_price(WANG, escort, Period(DAY), "percent", 50, "低保")
    own = charges.sheet(NOVEMBER).own[WANG, escort]
    assert (own[DAY.day - 2], own[DAY.day - 1]) == (ESCORT, ESCORT // 2)


def test_whoever_may_not_charge_sees_no_sheet(purse):
    with pytest.raises(NotAllowed):
        purse.as_role(Role.SAFETY_OFFICER).of(Charges).sheet(NOVEMBER)


@pytest.mark.parametrize(
    ("typed", "quantity"), [("", 0), (" ", 0), ("0", 0), ("7", 7), (" 12 ", 12)]
)
def test_a_number_of_times_is_read(typed, quantity):
    assert rules.read_quantity(typed) == quantity


@pytest.mark.parametrize("typed", ["x", "1.5", "-1", "²", "100", "1 2"])
def test_what_is_no_number_of_times_is_refused(typed):
    with pytest.raises(rules.NotANumber):
        rules.read_quantity(typed)


def test_whoever_has_had_the_final_bill_is_charged_no_more(db, clock, charges, escort):
    Leaving(db, clock).billed(WANG)
    assert [x.is_billed for x in charges.sheet(NOVEMBER).people] == [False, True]
    with pytest.raises(rules.FinalBillMade):
        enter(charges, escort, (WANG, DAY, 1))


# ---- on paper


def paper(path):
    return PdfReader(path).pages[0].extract_text()


def test_the_bill_names_the_day_of_each_use(charges, escort, purse, tmp_path):
    enter(charges, escort, (WANG, DAY, 2), (WANG, date(2026, 11, 12), 1))
    purse.post(NOVEMBER)
    bill = next(x for x in purse.billing.bills(NOVEMBER) if x.resident_id == WANG)
    purse.papers.write_bill(bill, tmp_path / "bill.pdf")
    text = paper(tmp_path / "bill.pdf")
    assert "11月10日" in text
    assert "11月12日" in text


def test_the_list_of_an_item_names_everybody_and_what_is_entered(
    charges, escort, tmp_path
):
    enter(charges, escort, (WANG, DAY, 7))
    path = tmp_path / "list.pdf"
    charges.write_item_list(NOVEMBER, escort, [WANG, LI], path)
    text = paper(path)
    for part in ("王秀英", "李桂兰", "陪诊费", "2026年11月", "经手人", "\n7\n"):
        assert part in text


def test_the_list_of_a_day_names_the_items_and_only_who_is_wanted(
    charges, escort, tmp_path
):
    path = tmp_path / "list.pdf"
    charges.write_day_list(NOVEMBER, DAY, [LI], path)
    text = paper(path)
    assert "李桂兰" in text
    assert "王秀英" not in text
    assert "陪诊费" in text
