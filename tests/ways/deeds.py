"""One way to do each deed that can be undone, in a small home with two residents."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from carehome.db.accounts import AccountRow
from carehome.db.beds import BedRow, RoomRow
from carehome.rules.assessments import MZT_039
from carehome.rules.billing.tariff import Terms
from carehome.rules.entitlements import Standing
from carehome.rules.home import Code
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.rules.risks import Answer, Level, Risk
from carehome.rules.safety.hazards import HazardRules
from carehome.services.accounts import Accounts
from carehome.services.admissions import Admissions
from carehome.services.admissions.state import Terms as Agreed
from carehome.services.agreements import Agreements
from carehome.services.assessments import AssessmentRules, Assessments
from carehome.services.bed_figures import BedFigures
from carehome.services.beds import Beds, NewBed
from carehome.services.entitlements import Entitlements
from carehome.services.grades import Grades
from carehome.services.home import Home
from carehome.services.opening import Opening, Step
from carehome.services.presence import Presence
from carehome.services.prices import FeeItem, Price, PriceSheet
from carehome.services.residents import Absence, Agreement, Contact, Person
from carehome.services.residents.categories import Category
from carehome.services.retention import Retention
from carehome.services.risks import Head, Risks
from carehome.services.rosters.weights import RosterWeights
from carehome.services.safety.hazards import Hazards
from carehome.services.staff import Staff, StaffMember
from tests.conftest import TODAY
from tests.purse import Purse
from tests.ways import (
    arrears_deeds,
    bank_deeds,
    book_deeds,
    charge_deeds,
    checklist_deeds,
    claim_deeds,
    deposit_deeds,
    drill_deeds,
    equipment_deeds,
    late_deeds,
    paper_deeds,
    payer_deeds,
    price_deeds,
    rating_deeds,
    request_deeds,
    roster_deeds,
    round_deeds,
    shift_deeds,
    staff_deeds,
    subsidy_deeds,
    waiting_deeds,
)

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 1)
LONG_AGO = date(2026, 11, 10)


@dataclass
class Ways:
    """A home with people in it; each method below does one deed in it."""

    purse: Purse
    beds: dict[str, int]
    wang: int
    li: int
    folder: Path

    def of(self, kind):
        return self.purse.of(kind)

    @property
    def residents(self):
        return self.purse.residents

    @property
    def prices(self):
        return self.purse.prices

    def admission(self):
        """An admission with every step done but the last."""
        admissions = self.of(Admissions)
        number = admissions.begin()
        admissions.enter_person(number, Person("黄䶮", "male"), "", ["disabled"])
        admissions.enter_contacts(number, [Contact("family", "黄强", phone="1390000")])
        admissions.choose_bed(number, self.beds["302-2"], TODAY)
        agreed = Agreed(TODAY, "partial_1", "soft", Agreement(TODAY), "黄强")
        admissions.agree(number, agreed)
        admissions.pass_deposit(number)
        return number

    def agreement(self):
        """An agreement that nobody has signed."""
        return self.residents.add_agreement(
            self.wang, Agreement(FIRST, date(2026, 12, 31), trial_until=LAST)
        )

    def trial(self):
        """An agreement in force whose trial stay is not decided on."""
        number = self.agreement()
        self.of(Agreements).sign(number, FIRST, "王强")
        return number

    def assessment(self):
        return self.of(Assessments).begin(self.wang)

    def flag(self):
        return self.of(Assessments).raise_flag(self.wang, LONG_AGO, "出院后走路变差")

    def risks(self):
        return self.of(Risks).begin(self.wang)

    def judged_risks(self):
        number = self.risks()
        answers = {risk: Answer(Level.NONE) for risk in Risk}
        answers[Risk.FALL] = Answer(Level.LOW, ("before",), "", ("穿防滑鞋",))
        self.of(Risks).finish(number, Head(LONG_AGO, "护士长"), answers)
        return number

    def told_risks(self):
        number = self.judged_risks()
        self.of(Risks).note_told(number, "王强", "护士长", LONG_AGO)
        return number

    def measure(self):
        self.judged_risks()
        return self.of(Risks).of_resident(self.wang).measures[0].measure_id

    def absence(self):
        return self.residents.record_absence(self.wang, "leave", LONG_AGO)

    def category(self):
        known = Category("hardship", LONG_AGO, None, "低收入认定书")
        return self.residents.add_category(self.wang, known)

    def grade_without_consent(self):
        self.residents.set_grade(self.wang, "full", LONG_AGO, "跌倒后")
        return self.residents.file(self.wang).grades[0].change_id

    def discharge(self):
        self.residents.discharge(self.wang, TODAY, "回家")

    def reserve(self):
        beds = self.of(Beds)
        return beds.reserve(self.wang, self.beds["301-2"], LAST, None)

    def building(self):
        return self.of(Beds).add_building("新楼")

    def floor(self):
        return self.of(Beds).add_floor(self.building(), "一层", 1)

    def room(self):
        floor = self.floor()
        self.of(Beds).add_rooms(floor, "901", 1, "B")
        with self.purse.db.reading() as session:
            return session.query(RoomRow.id).filter_by(floor_id=floor).scalar()

    def empty_room(self):
        room = self.room()
        with self.purse.db.reading() as session:
            (bed,) = session.query(BedRow.id).filter_by(room_id=room).one()
        self.of(Beds).remove_bed(bed)
        return room

    def own_price(self):
        """A price that is asked for: another person decides on it."""
        item = self.prices.items()[0].item_id
        span = Period(FIRST, LAST)
        return self.prices.set_own_price(self.wang, item, span, "percent", 80, "优惠")

    def charge(self):
        item = self.purse.item("escort")
        return self.prices.add_charge(self.wang, item, TODAY, 1)

    def standing(self):
        item = self.purse.item("heating")
        return self.prices.add_standing_charge(self.wang, item, Period(FIRST))

    def cover(self):
        return self.purse.cover(self.wang, 50, Period(FIRST))

    def paper(self):
        scan = self.folder / "scan.pdf"
        scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
        return self.residents.add_paper(self.wang, "identity", "身份证", scan)

    def deposit(self):
        self.purse.deposits.take(self.wang, 1000_00, "cash", TODAY)
        return self.purse.deposits.entries(self.wang)[0].entry_id

    def emergency(self):
        self.deposit()
        out = self.purse.deposits
        out.spend_in_emergency(self.wang, 100_00, "cash", TODAY, "急诊")
        return self.purse.deposits.entries(self.wang)[-1].entry_id


def _profile(w):
    w.of(Home).change_profile(replace(w.of(Home).profile(), name="安宁养老院"))


def _codes(w):
    codes = w.of(Home).codes("category")
    w.of(Home).change_codes("category", [*codes, Code("new", "新类别")])


def _role(w):
    w.of(Accounts).change_role(int(account(w, "front_desk")), Role.HEAD_NURSE)


def account(w, sign_in):
    with w.purse.db.reading() as session:
        return session.query(AccountRow.id).filter_by(sign_in=sign_in).scalar()


def _sheet(w):
    listed = (Price(w.prices.items()[0].item_id, 99_00),)
    w.prices.save_sheet(PriceSheet(0, date(2027, 1, 1), "", Terms(), listed))


def _grade_rules(w):
    ours = w.of(Grades).rules()
    w.of(Grades).change_rules([replace(ours[0], grade="full"), *ours[1:]])


def _first(w):
    """Prepare nothing."""


# By deed: what has to be there before, and the deed itself with what that returned.
DEEDS = {
    "Home.change_profile": (_first, lambda w, _: _profile(w)),
    "Home.change_codes": (_first, lambda w, _: _codes(w)),
    "Opening.waive": (
        _first,
        lambda w, _: w.of(Opening).waive(Step.RESIDENTS, waived=True),
    ),
    "Accounts.change_role": (_first, lambda w, _: _role(w)),
    "Staff.save": (
        _first,
        lambda w, _: w.of(Staff).save(StaffMember(0, "周敏", "护理员", "", FIRST)),
    ),
    "Residents.change_person": (
        _first,
        lambda w, _: w.residents.change_person(w.wang, Person("王秀瑛", "female")),
    ),
    "Residents.set_contacts": (
        _first,
        lambda w, _: w.residents.set_contacts(w.wang, [Contact("family", "王强")]),
    ),
    "Residents.set_categories": (
        _first,
        lambda w, _: w.residents.set_categories(w.wang, ["destitute"]),
    ),
    "Residents.set_grade": (
        _first,
        lambda w, _: w.residents.set_grade(w.wang, "full", TODAY, "", "家属"),
    ),
    "Residents.set_meal": (
        _first,
        lambda w, _: w.residents.set_meal(w.wang, "soft", TODAY),
    ),
    "Residents.add_agreement": (
        _first,
        lambda w, _: w.residents.add_agreement(w.wang, Agreement(FIRST)),
    ),
    "Residents.change_agreement": (
        lambda w: w.residents.add_agreement(w.wang, Agreement(FIRST)),
        lambda w, known: w.residents.change_agreement(
            w.wang, Agreement(FIRST, note="续签", agreement_id=known)
        ),
    ),
    "Agreements.sign": (
        Ways.agreement,
        lambda w, known: w.of(Agreements).sign(known, FIRST, "王强"),
    ),
    "Agreements.decide_trial": (
        Ways.trial,
        lambda w, known: w.of(Agreements).decide_trial(known, "leaves", TODAY),
    ),
    "Agreements.renew": (
        Ways.trial,
        lambda w, known: w.of(Agreements).renew(known, date(2027, 12, 31)),
    ),
    "Agreements.terminate": (
        Ways.trial,
        lambda w, known: w.of(Agreements).terminate(known, TODAY, "回家"),
    ),
    "Retention.set_years": (
        _first,
        lambda w, _: w.of(Retention).set_years("medical", 10),
    ),
    "Retention.keep_longer": (
        _first,
        lambda w, _: w.of(Retention).keep_longer(w.wang, LAST, "有争议"),
    ),
    "Residents.record_absence": (_first, lambda w, _: w.absence()),
    "Residents.record_return": (
        Ways.absence,
        lambda w, known: w.residents.record_return(known, TODAY),
    ),
    "Residents.correct_absence": (
        Ways.absence,
        lambda w, known: w.residents.correct_absence(
            Absence(known, "hospital", LONG_AGO, None, TODAY, "")
        ),
    ),
    "Residents.remove_absence": (
        Ways.absence,
        lambda w, known: w.residents.remove_absence(known),
    ),
    "Residents.add_paper": (_first, lambda w, _: w.paper()),
    "Residents.discharge": (_first, lambda w, _: w.discharge()),
    "Residents.undo_discharge": (
        Ways.discharge,
        lambda w, _: w.residents.undo_discharge(w.wang),
    ),
    "Residents.correct_admission": (
        _first,
        lambda w, _: w.residents.correct_admission(w.wang, date(2026, 2, 20)),
    ),
    "Admissions.finish": (
        Ways.admission,
        lambda w, known: w.of(Admissions).finish(known),
    ),
    "Admissions.give_up": (
        Ways.admission,
        lambda w, known: w.of(Admissions).give_up(known),
    ),
    "Beds.move": (
        _first,
        lambda w, _: w.of(Beds).move(w.wang, w.beds["301-2"], TODAY),
    ),
    "Beds.reserve": (_first, lambda w, _: w.reserve()),
    "Beds.release": (Ways.reserve, lambda w, known: w.of(Beds).release(known)),
    "Beds.send_cleaning": (
        _first,
        lambda w, _: w.of(Beds).send_cleaning(w.beds["302-2"]),
    ),
    "Beds.set_out_of_service": (
        _first,
        lambda w, _: w.of(Beds).set_out_of_service(w.beds["302-2"], "床腿坏了"),
    ),
    "Beds.set_ready": (
        lambda w: w.of(Beds).send_cleaning(w.beds["302-2"]),
        lambda w, _: w.of(Beds).set_ready(w.beds["302-2"]),
    ),
    "Beds.add_building": (_first, lambda w, _: w.building()),
    "Beds.add_floor": (
        Ways.building,
        lambda w, known: w.of(Beds).add_floor(known, "一层", 1),
    ),
    "Beds.add_rooms": (
        Ways.floor,
        lambda w, known: w.of(Beds).add_rooms(known, "901-904", 2, "B"),
    ),
    "Beds.add_beds": (
        _first,
        lambda w, _: w.of(Beds).add_beds([NEW_BED]),
    ),
    "Beds.rename_building": (
        _first,
        lambda w, _: w.of(Beds).rename_building(1, "二号楼"),
    ),
    "Beds.change_floor": (
        _first,
        lambda w, _: w.of(Beds).change_floor(1, "3F", ""),
    ),
    "Beds.change_room": (
        Ways.room,
        lambda w, known: w.of(Beds).change_room(known, "902", "male"),
    ),
    "Beds.change_bed": (
        _first,
        lambda w, _: w.of(Beds).change_bed(w.beds["302-2"], "9", "N", True),
    ),
    "Beds.remove_bed": (_first, lambda w, _: w.of(Beds).remove_bed(w.beds["302-2"])),
    "Beds.remove_room": (
        Ways.empty_room,
        lambda w, known: w.of(Beds).remove_room(known),
    ),
    "Residents.extend_absence": (
        Ways.absence,
        lambda w, known: w.residents.extend_absence(known, LAST, "医生建议再住一周"),
    ),
    "Residents.add_category": (_first, lambda w, _: w.category()),
    "Residents.change_category": (
        Ways.category,
        lambda w, known: w.residents.change_category(
            Category("low_income", LONG_AGO, LAST, category_id=known)
        ),
    ),
    "Residents.end_category": (
        Ways.category,
        lambda w, known: w.residents.end_category(known, TODAY),
    ),
    "Residents.remove_category": (
        Ways.category,
        lambda w, known: w.residents.remove_category(known),
    ),
    "Grades.change_rules": (_first, lambda w, _: _grade_rules(w)),
    "Grades.add_consent": (
        Ways.grade_without_consent,
        lambda w, known: w.of(Grades).add_consent(known, "王强", TODAY, "phone"),
    ),
    "Grades.withdraw": (
        Ways.grade_without_consent,
        lambda w, known: w.of(Grades).withdraw(known),
    ),
    "Entitlements.set_state": (
        _first,
        lambda w, _: w.of(Entitlements).set_state(w.wang, "4", Standing.RECEIVES),
    ),
    "Entitlements.clear_state": (
        lambda w: w.of(Entitlements).set_state(w.wang, "4", Standing.RECEIVES),
        lambda w, _: w.of(Entitlements).clear_state(w.wang, "4"),
    ),
    "Beds.remove_floor": (Ways.floor, lambda w, known: w.of(Beds).remove_floor(known)),
    "Beds.remove_building": (
        Ways.building,
        lambda w, known: w.of(Beds).remove_building(known),
    ),
    "Prices.save_item": (
        _first,
        lambda w, _: w.prices.save_item(FeeItem(0, "wash", "洗衣", "other", "use")),
    ),
    "Prices.save_sheet": (_first, lambda w, _: _sheet(w)),
    "Prices.set_own_price": (_first, lambda w, _: w.own_price()),
    "Prices.end_own_price": (
        price_deeds.approved,
        lambda w, known: w.prices.end_own_price(known, TODAY),
    ),
    "Prices.add_charge": (_first, lambda w, _: w.charge()),
    "Prices.remove_charge": (
        Ways.charge,
        lambda w, known: w.prices.remove_charge(known),
    ),
    "Prices.add_standing_charge": (_first, lambda w, _: w.standing()),
    "Prices.end_standing_charge": (
        Ways.standing,
        lambda w, known: w.prices.end_standing_charge(known, TODAY),
    ),
    "Prices.add_cover": (lambda w: w.purse.payer(), lambda w, _: w.cover()),
    "Prices.end_cover": (
        Ways.cover,
        lambda w, known: w.prices.end_cover(known, TODAY),
    ),
    "Deposits.bank": (
        Ways.deposit,
        lambda w, known: w.purse.deposits.bank([known], TODAY),
    ),
    "Assessments.begin": (_first, lambda w, _: w.assessment()),
    "Assessments.raise_flag": (_first, lambda w, _: w.flag()),
    "Assessments.drop_flag": (
        Ways.flag,
        lambda w, known: w.of(Assessments).drop_flag(known, "看错了"),
    ),
    "Assessments.set_rules": (
        _first,
        lambda w, _: w.of(Assessments).set_rules(AssessmentRules(MZT_039, 12, True)),
    ),
    "Hazards.set_rules": (
        _first,
        lambda w, _: w.of(Hazards).set_rules(HazardRules(high_days=2)),
    ),
    "Risks.discard": (Ways.risks, lambda w, known: w.of(Risks).discard(known)),
    "Risks.note_told": (
        Ways.judged_risks,
        lambda w, known: w.of(Risks).note_told(known, "王强", "护士长", TODAY),
    ),
    "Risks.note_signed": (
        Ways.told_risks,
        lambda w, known: w.of(Risks).note_signed(known, "王强", TODAY),
    ),
    "Risks.end_measure": (
        Ways.measure,
        lambda w, known: w.of(Risks).end_measure(known, TODAY),
    ),
    "Risks.change_suggestions": (
        _first,
        lambda w, _: w.of(Risks).change_suggestions(Risk.FALL, ["穿防滑鞋"]),
    ),
    "Presence.set_way": (
        _first,
        lambda w, _: w.of(Presence).set_way(w.wang, "wheelchair", "吸氧"),
    ),
    "Presence.take_over": (
        _first,
        lambda w, _: w.of(Presence).take_over({w.wang: "alone", w.li: "carried"}),
    ),
    "RosterWeights.set_weight": (
        _first,
        lambda w, _: w.of(RosterWeights).set_weight("wish", 30),
    ),
    "RosterWeights.take_defaults": (
        lambda w: w.of(RosterWeights).set_weight("wish", 30),
        lambda w, _: w.of(RosterWeights).take_defaults(),
    ),
    "BedFigures.set_target": (
        _first,
        lambda w, _: w.of(BedFigures).set_target("own", 45),
    ),
    "Deposits.hand_in_papers": (
        Ways.emergency,
        lambda w, known: w.purse.deposits.hand_in_papers(known, "急诊病历"),
    ),
}
DEEDS |= deposit_deeds.DEEDS
NEW_BED = NewBed("一号楼", "303", "1", "B", "三楼", 3)

DEEDS |= (
    waiting_deeds.DEEDS | roster_deeds.DEEDS | staff_deeds.DEEDS | request_deeds.DEEDS
)
DEEDS |= shift_deeds.DEEDS
DEEDS |= round_deeds.DEEDS
DEEDS |= charge_deeds.DEEDS
DEEDS |= checklist_deeds.DEEDS
DEEDS |= drill_deeds.DEEDS
DEEDS |= paper_deeds.DEEDS
DEEDS |= late_deeds.DEEDS
DEEDS |= price_deeds.DEEDS
DEEDS |= payer_deeds.DEEDS
DEEDS |= arrears_deeds.DEEDS
DEEDS |= rating_deeds.DEEDS
DEEDS |= bank_deeds.DEEDS
DEEDS |= book_deeds.DEEDS
DEEDS |= subsidy_deeds.DEEDS
DEEDS |= claim_deeds.DEEDS
DEEDS |= equipment_deeds.DEEDS
