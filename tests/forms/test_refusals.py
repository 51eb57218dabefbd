"""Whatever a deed can refuse about a field is told beside that field.

What a deed can end in is read from the code it runs through; each form must have a
field for each of these refusals, unless they are about no field of it.
"""

import string
from dataclasses import replace

import pytest

from carehome.db.keys import WrongPassword
from carehome.errors import Refusal
from carehome.i18n import show_money
from carehome.rules import beds as bed_rules
from carehome.rules import deposits as deposit_rules
from carehome.rules.billing import payments as payment_rules
from carehome.rules.billing.payments import MoreThanOutstanding
from carehome.rules.billing.tariff import NegativePrice
from carehome.rules.departures import (
    HeirsMissing,
    ProofMissing,
    ReceiverMissing,
    RelationMissing,
)
from carehome.rules.filing import NotACreditCode, NotAnArea
from carehome.rules.grades import ConsentUnnamed
from carehome.rules.home import NameMissing
from carehome.rules.identity import IdentityMissing
from carehome.rules.kept_beds import BedKeptBack, NamedBedKeptBack
from carehome.rules.payers import claims
from carehome.rules.residents import NotComeYet, NotHere, ReturnTooEarly
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.risks import Answer, Level, Risk
from carehome.rules.rulebook import RulesByDate
from carehome.rules.settings import OutOfRange
from carehome.services.accounts import (
    Account,
    Accounts,
)
from carehome.services.admissions import Admissions
from carehome.services.admissions import service as admissions
from carehome.services.beds import uses
from carehome.services.beds.service import BedInUse
from carehome.services.billing import service as billing
from carehome.services.departures import (
    AlreadySettled,
    DepartureClosed,
    DepartureUnderWay,
    StepMissing,
    Unbilled,
)
from carehome.services.deposits import OfAnEstate
from carehome.services.deposits.fee_rules import FeeRules
from carehome.services.prices import AboveCeiling, CodeTaken
from carehome.services.receipts import (
    AlreadyVoid,
    DepositSpent,
    PaidOutSince,
    WentBackSince,
)
from carehome.services.residents import papers, stays
from carehome.services.residents.people import NobodyToCall
from carehome.services.risks import Head
from carehome.ui.admissions.bed import BedStep
from carehome.ui.admissions.end import DoneStep
from carehome.ui.admissions.person import ContactsStep, PersonStep
from carehome.ui.admissions.terms import TermsStep
from carehome.ui.beds import additions, sheets
from carehome.ui.beds.dialogs import CloseDialog, ReserveDialog
from carehome.ui.beds.house import read_house
from carehome.ui.beds.place_file import PlaceFile
from carehome.ui.departures.bill import BillStep
from carehome.ui.departures.leaving import LeaveStep, OrderStep
from carehome.ui.departures.receiver import ReceiverStep
from carehome.ui.departures.settling import DepositStep, SettleStep
from carehome.ui.fees import fee_items
from carehome.ui.fees.payment_form import PaymentForm
from carehome.ui.fees.posting import PostDialog
from carehome.ui.fees.price_editor import PriceEditor
from carehome.ui.fees.receipts import ReceiptList
from carehome.ui.fees.trial_pane import Review
from carehome.ui.kit import theme
from carehome.ui.kit.field import Field
from carehome.ui.parts.deposit_deeds import DepositDeeds
from carehome.ui.parts.own_terms_deeds import OwnTermsDeeds
from carehome.ui.parts.risks.telling import ask_end, ask_signed, ask_told
from carehome.ui.residents.agreements import Agreements
from carehome.ui.residents.papers import Papers
from carehome.ui.residents.places import Places
from carehome.ui.residents.profile import Profile
from carehome.ui.residents.profile_dialogs import ContactsDialog
from carehome.ui.residents.terms import Terms
from carehome.ui.settings.accounts import AccountsSection
from carehome.ui.settings.home import HomeSection
from carehome.ui.settings.lists import ListsSection
from carehome.ui.settings.own import OwnSection
from tests.conftest import TODAY
from tests.forms.arrears_forms import ARREARS_FORMS
from tests.forms.bank_forms import BANK_FORMS
from tests.forms.book_forms import BOOK_FORMS
from tests.forms.claim_forms import CLAIM_FORMS
from tests.forms.deposit_forms import DEPOSIT_FORMS
from tests.forms.new_forms import NEW_FORMS
from tests.forms.payer_forms import PAYER_FORMS
from tests.forms.price_forms import PRICE_FORMS
from tests.forms.rating_forms import RATING_FORMS
from tests.forms.staff_forms import STAFF_FORMS
from tests.forms.till_forms import TILL_FORMS
from tests.purse import NOVEMBER
from tests.refusals import reachable

# What is about no field: who somebody is, where things stand, another deed first.
ELSEWHERE = {
    NotAllowed,
    IdentityMissing,  # an empty number is none
    WrongPassword,  # told as WrongApproval
    RulesByDate,  # the profile does not ask for the rules
    deposit_rules.CapUnknown,  # the fee rules of the home give none
    AlreadyVoid,
    DepositSpent,
    PaidOutSince,
    WentBackSince,
    OfAnEstate,
    BedInUse,
    uses.NotReserved,
    admissions.AdmissionClosed,
    admissions.StepMissing,
    billing.AlreadyPosted,
    billing.NotInOrder,
    billing.TooEarly,
    billing.ProblemsLeft,
    billing.FactsChanged,
    payment_rules.UnknownBill,  # paid by somebody else meanwhile
    NotACreditCode,  # the field checks it as one leaves it
    NotAnArea,
    OutOfRange,  # both fields of the profile check it as one leaves them
}
# The bed was chosen a step before, or it is what the whole dialog is about.
KEPT = {bed_rules.BedGone, BedKeptBack, NamedBedKeptBack}
BED = {
    *KEPT,
    bed_rules.BedTaken,
    bed_rules.BedReserved,
    bed_rules.OutOfService,
    bed_rules.WrongGender,
    uses.SameBed,
    uses.HasReservation,
    uses.EndsBeforeStart,
}
# A scan that cannot be kept was chosen before the dialog.
SCAN = {
    papers.PaperEmpty,
    papers.PaperKept,
    papers.PaperTooBig,
    papers.PaperUnknown,
}


def account(desk):
    section = AccountsSection(desk.service(Accounts), "福寿", desk.jobs)
    section.setParent(desk.parent)
    section.side.account = Account(4, "front_desk", "前台", Role.FRONT_DESK, True)
    return section


def new_account(desk):
    section = account(desk)
    section.add.click()
    return desk.asked(section), desk.service(Accounts).add


def role(desk):
    section = account(desk)
    section.side.role.click()
    return desk.asked(section), desk.service(Accounts).change_role


def password(desk):
    section = account(desk)
    section.side.password.click()
    return desk.asked(section), desk.service(Accounts).reset_password


def own_password(desk):
    section = OwnSection(desk.service(Accounts), desk.user, desk.jobs, theme.look())
    section.setParent(desk.parent)
    return section, desk.service(Accounts).change_own_password


def entry(desk):
    section = ListsSection(desk.care.home, desk.jobs)
    section.setParent(desk.parent)
    section.add.click()
    return desk.asked(section), desk.care.home.change_codes


def profile(desk):
    rules = desk.service(FeeRules)
    section = HomeSection(desk.care.home, rules, desk.user, desk.jobs, TODAY)
    section.setParent(desk.parent)
    return section, desk.care.home.change_profile


def fee_item(desk):
    codes = fee_items.read_codes(desk.care.home)
    fee_items.add_item(desk.money.prices, desk.jobs, [], codes, desk.parent)
    return desk.asked(), desk.money.prices.save_item


def changed_item(desk):
    item = desk.money.prices.items()[0]
    fee_items.change_item(desk.money.prices, desk.jobs, item, desk.parent)
    return desk.asked(), desk.money.prices.save_item, {CodeTaken}


def payment(desk):
    form = PaymentForm(desk.today, desk.user)
    form.setParent(desk.parent)
    return form, desk.money.payments.take, {MoreThanOutstanding}


def void(desk):
    listed = ReceiptList(desk.money, desk.jobs, desk.today, desk.user)
    listed.setParent(desk.parent)
    number = desk.money.deposits.take(desk.people["王秀英"], 100_00, "cash", TODAY)
    listed._shown = desk.money.receipts.receipt(number)
    listed.void.click()
    return desk.asked(listed), desk.money.receipts.void


def post(desk):
    trial = desk.money.billing.trial(NOVEMBER)
    dialog = PostDialog(Review(trial, {}), TODAY, desk.parent)
    return dialog, desk.money.billing.post, POSTING


def deposit(name, deed):
    def make(desk):
        deeds = DepositDeeds(desk.money.deposits, desk.jobs, TODAY, desk.parent)
        standing = desk.money.deposits.standing(desk.people["王秀英"])
        more = (100_00,) if name == "set_off" else ()
        getattr(deeds, name)(standing, *more)
        return desk.asked(), getattr(desk.money.deposits, deed), SHARED_MOVE[name]

    return make


def handed_in(desk):
    moved = movement(desk)
    deeds = DepositDeeds(desk.money.deposits, desk.jobs, TODAY, desk.parent)
    deeds.hand_in(moved.entry_id, moved.resident)
    return desk.asked(), desk.money.deposits.hand_in_papers


def banked(desk):
    DepositDeeds(desk.money.deposits, desk.jobs, TODAY, desk.parent).bank(
        [movement(desk)]
    )
    return desk.asked(), desk.money.deposits.bank


def movement(desk):
    desk.money.deposits.take(desk.people["王秀英"], 100_00, "cash", TODAY)
    return desk.money.deposits.entries(desk.people["王秀英"])[0]


def own_terms(name, deed):
    def make(desk):
        prices, who = desk.money.prices, desk.people["王秀英"]
        deeds = OwnTermsDeeds(
            *(prices, desk.money.own_prices, desk.money.ahead, desk.jobs, TODAY),
            *(who, prices.items(), desk.parent),
        )
        getattr(deeds, name)()
        return desk.asked(), getattr(prices, deed)

    return make


def house(desk):
    return read_house(desk.care.beds, desk.care.home, desk.care.residents, TODAY)


def added(kind, deed, *elsewhere):
    def make(desk):
        known, beds = house(desk), desk.care.beds
        floor = known.board.floors[0]
        about = {
            additions.AddBuilding: (),
            additions.AddFloor: (known.buildings[0], known),
            additions.AddRooms: (floor, known),
            additions.AddBed: (floor, floor.rooms[0], known),
        }[kind]
        dialog = kind(*about, beds, desk.jobs, desk.parent)
        return dialog, getattr(beds, deed), set(elsewhere)

    return make


def place(make_sheet, deed):
    def make(desk):
        known, beds = house(desk), desk.care.beds
        floor = known.board.floors[0]
        spot = next(known.spots())
        about = {
            sheets.sheet_of_building: (known.buildings[0],),
            sheets.sheet_of_floor: (floor, known),
            sheets.sheet_of_room: (floor.rooms[0],),
            sheets.sheet_of_bed: (spot, known),
        }[make_sheet]
        file = PlaceFile(make_sheet(beds, *about), desk.jobs)
        file.setParent(desk.parent)
        return file, getattr(beds, deed)

    return make


def reserve(desk):
    known = house(desk)
    spot = next(known.spots())
    make = ReserveDialog
    dialog = make(spot, known, TODAY, desk.care.beds, desk.jobs, desk.parent)
    return dialog, desk.care.beds.reserve, KEPT | {bed_rules.OutOfService}


def close_bed(desk):
    spot = next(house(desk).spots())
    dialog = CloseDialog(spot, desk.care.beds, desk.jobs, desk.parent)
    return dialog, desk.care.beds.set_out_of_service


def leaf(kind, ask, deed, *elsewhere):
    def make(desk):
        more = (desk.money.prices,) if kind is Agreements else ()
        file = desk.leaf(kind, *more)
        ask(file)
        return desk.asked(file), getattr(desk.care.residents, deed), set(elsewhere)

    return make


def contacts(desk):
    file = desk.leaf(Profile)
    file.ask_contacts()
    dialog = file.findChildren(ContactsDialog)[-1]
    return dialog, desk.care.residents.set_contacts


def correction(file):
    file.absences.selectRow(0)
    file.ask_correction()


def departing(kind, deed, *elsewhere):
    def make(desk):
        departures = desk.care.departures
        view = {
            OrderStep: lambda: OrderStep(desk.today),
            LeaveStep: lambda: LeaveStep(desk.today),
            BillStep: lambda: BillStep(desk.user),
            ReceiverStep: ReceiverStep,
            DepositStep: lambda: DepositStep(desk.today),
            SettleStep: lambda: SettleStep(
                departures, desk.jobs, desk.user, desk.today
            ),
        }[kind]()
        view.setParent(desk.parent)
        return view, getattr(departures, deed), {*elsewhere, *WHERE_IT_STANDS}

    return make


def telling(ask, deed, *elsewhere):
    """The dialogs of a finished assessment of risks."""

    def make(desk):
        risks = desk.care.risks
        number = risks.begin(desk.people["王秀英"])
        told = {risk: Answer(Level.NONE) for risk in Risk}
        told[Risk.FALL] = Answer(Level.LOW, ("before",), "", ("穿防滑鞋",))
        risks.finish(number, Head(TODAY, "护士长"), told)
        dialog = ask(desk, risks, risks.state(number))
        return dialog, getattr(risks, deed), set(elsewhere)

    return make


def told_risks(desk, risks, state):
    return ask_told(risks, state, "护士长", desk.jobs, desk.today, desk.parent)


def signed_risks(desk, risks, state):
    return ask_signed(risks, state, desk.jobs, desk.today, desk.parent)


def ended_measure(desk, risks, state):
    line = risks.of_resident(state.resident_id).measures[0]
    return ask_end(risks, line, desk.jobs, desk.today, desk.parent)


def step(kind, deed, *elsewhere):
    def make(desk):
        view = {
            PersonStep: lambda: PersonStep(desk.care.residents, desk.jobs, desk.today),
            ContactsStep: ContactsStep,
            BedStep: lambda: BedStep(
                desk.care.beds, desk.money.prices, desk.jobs, desk.user, desk.today
            ),
            TermsStep: lambda: TermsStep(
                desk.care.consequences, desk.care.agreements, desk.jobs, desk.today
            ),
            DoneStep: lambda: DoneStep(
                desk.care.risks, desk.jobs, desk.user, desk.today
            ),
        }[kind]()
        view.setParent(desk.parent)
        admission = desk.service(Admissions)
        return view, getattr(admission, deed), set(elsewhere)

    return make


# Sums that posting shares out by itself.
POSTING = {payment_rules.NothingPaid, claims.NoAmount}
# A step before asks for it; a first grade needs nobody's consent of its own.
STEPS_BEFORE = {NameMissing, NobodyToCall, ConsentUnnamed}
# How far a departure has come, told over the whole step.
WHERE_IT_STANDS = {AlreadySettled, DepartureClosed, StepMissing, ReceiverMissing}
ESTATE = {HeirsMissing, ProofMissing, RelationMissing, ReceiverMissing, Unbilled}
BACK = {
    bed_rules.BedGone,
    stays.NotDischarged,
}  # of another day: the stay goes on first
# Sums that the steps reckon themselves, of the day it is.
SUMS = {
    *(deposit_rules.CapPassed, deposit_rules.NoAmount, deposit_rules.MoreThanHeld),
    *(payment_rules.NothingPaid, NotComeYet, billing.OldFacts),
    *(deposit_rules.NoConsent, deposit_rules.NoPurpose),
}
# One function moves every deposit: what it can refuse of other movements.
MOVE = {deposit_rules.CapPassed, deposit_rules.NoConsent, deposit_rules.NoPurpose}
SHARED_MOVE = {
    "take": MOVE,
    "refund": MOVE - {deposit_rules.NoPurpose},
    "spend": MOVE - {deposit_rules.NoPurpose},
    "set_off": MOVE - {deposit_rules.NoConsent},
}
FORMS = {
    "new account": new_account,
    "role": role,
    "first password": password,
    "own password": own_password,
    "entry of a list": entry,
    "profile": profile,
    "new fee item": fee_item,
    "fee item": changed_item,
    "payment": payment,
    "void a receipt": void,
    "post": post,
    "take a deposit": deposit("take", "take"),
    "give a deposit back": deposit("refund", "refund"),
    "emergency": deposit("spend", "spend_in_emergency"),
    "set off": deposit("set_off", "set_off"),
    "papers of an emergency": handed_in,
    "bank": banked,
    "charge": own_terms("charge", "add_charge"),
    "standing charge": own_terms("standing_charge", "add_standing_charge"),
    "own price": own_terms("own_price", "set_own_price"),
    "new building": added(additions.AddBuilding, "add_building"),
    "new floor": added(additions.AddFloor, "add_floor"),
    "new rooms": added(additions.AddRooms, "add_rooms"),
    "new bed": added(additions.AddBed, "add_beds", bed_rules.BelowGround),
    "building": place(sheets.sheet_of_building, "rename_building"),
    "floor": place(sheets.sheet_of_floor, "change_floor"),
    "room": place(sheets.sheet_of_room, "change_room"),
    "bed": place(sheets.sheet_of_bed, "change_bed"),
    "reserve": reserve,
    "close a bed": close_bed,
    "person": leaf(Profile, Profile.ask_person, "change_person"),
    "contacts": contacts,
    "why": leaf(Profile, Profile.ask_why, "show_identity"),
    "agreement": leaf(Agreements, lambda file: file.ask(None), "add_agreement"),
    "paper": leaf(Papers, lambda file: file.ask_kind(["a.pdf"]), "add_paper", *SCAN),
    "grade": leaf(Terms, Terms.ask_grade, "set_grade"),
    "meals": leaf(Terms, Terms.ask_meals, "set_meal"),
    "absence": leaf(Places, Places.ask_leave, "record_absence", ReturnTooEarly),
    "return": leaf(Places, Places.ask_return, "record_return"),
    "correction": leaf(Places, correction, "correct_absence"),
    "risks: explained": telling(told_risks, "note_told"),
    "risks: signed": telling(signed_risks, "note_signed"),
    "risks: a measure": telling(ended_measure, "end_measure"),
    "departure: order": departing(OrderStep, "order", DepartureUnderWay, NotHere),
    "departure: leave": departing(LeaveStep, "leave", *BED, *BACK),
    "departure: bill": departing(BillStep, "bill", *SUMS),
    "departure: recipient": departing(ReceiverStep, "name_receiver"),
    "departure: deposit": departing(DepositStep, "take_off", *ESTATE, *SUMS),
    "departure: settle": departing(SettleStep, "settle", *ESTATE, *SUMS),
    "admission: person": step(PersonStep, "enter_person"),
    "admission: contacts": step(ContactsStep, "enter_contacts"),
    "admission: bed": step(BedStep, "choose_bed", NameMissing, ConsentUnnamed, *BED),
    "admission: terms": step(TermsStep, "agree", ConsentUnnamed, *BED),
    "admission: done": step(DoneStep, "finish", *STEPS_BEFORE, *BED),
    **NEW_FORMS,
    **DEPOSIT_FORMS,
    **RATING_FORMS,
    **BANK_FORMS,
    **BOOK_FORMS,
    **PAYER_FORMS,
    **PRICE_FORMS,
    **CLAIM_FORMS,
    **STAFF_FORMS,
    **TILL_FORMS,
    **ARREARS_FORMS,
}


def made(kind: type[Refusal]) -> Refusal:
    """Make a refusal with something for each of its facts."""
    names = {name for _t, name, _s, _c in string.Formatter().parse(kind.text) if name}
    return kind(**dict.fromkeys(names, "甲"))


@pytest.mark.parametrize("name", FORMS)
def test_each_refusal_has_a_field(desk, name):
    asker, deed, *elsewhere = FORMS[name](desk)
    place = asker if hasattr(asker, "tell") else None
    place = place or getattr(asker, "editor", None) or asker.form
    kinds = reachable(deed) - ELSEWHERE - set().union(*elsewhere)
    lost = []
    for kind in sorted(kinds, key=lambda kind: kind.__name__):
        refusal = made(kind)
        told = place.tell(refusal)
        fields = asker.findChildren(Field)
        if not told or refusal.message not in {field.error for field in fields}:
            lost.append(kind.__name__)
    assert lost == []


def test_the_search_for_refusals_finds_those_that_lie_deep(desk):
    found = {kind.__name__ for kind in reachable(desk.care.residents.change_person)}
    assert {"NotAllowed", "IdentityCheck", "SexMismatch", "MobileLength"} <= found


def test_a_price_that_is_refused_says_so_itself(desk, qtbot):
    prices = desk.money.prices
    (sheet,) = prices.sheets()
    editor = PriceEditor(TODAY)
    editor.setParent(desk.parent)
    editor.write(sheet, prices.items(), {}, None)
    first = sheet.prices[0]
    dear = replace(first, ceiling_fen=first.fen - 1)
    with pytest.raises(AboveCeiling) as refused:
        prices.save_sheet(replace(sheet, list_id=0, starts=TODAY, prices=(dear,)))
    editor.refuse(refused.value)
    field = editor.prices[first.item_id]
    name = next(i.name for i in prices.items() if i.item_id == first.item_id)
    assert name in field.error
    assert show_money(first.fen - 1) in field.error
    assert editor.error.isHidden()


def test_a_price_below_nothing_is_refused_by_name_and_in_yuan(desk):
    (sheet,) = desk.money.prices.sheets()
    wrong = replace(sheet.prices[0], fen=-100)
    fresh = replace(sheet, list_id=0, starts=TODAY, prices=(wrong,))
    with pytest.raises(NegativePrice) as refused:
        desk.money.prices.save_sheet(fresh)
    assert "−¥1.00" in refused.value.message
    assert "-100" not in refused.value.message
