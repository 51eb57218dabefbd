"""The forms of assessments, enquiries, closures and beds kept back, with their deeds."""

from carehome.rules.assessments.reading import UnknownForm
from carehome.rules.enquiries import BadAge
from carehome.rules.residents import NotComeYet
from carehome.services.assessments import Assessments
from carehome.services.assessments.finishing import AlreadyVoid
from carehome.services.beds import Beds, Closures, KeptBeds
from carehome.services.beds.kept import KeptAlready, NotSoMany
from carehome.services.calendar import HomeCalendar
from carehome.services.enquiries import Enquiries, Enquiry
from carehome.services.enquiries.service import EnquiryOver
from carehome.services.home import Home
from carehome.services.waiting import WaitingList
from carehome.ui.assessments.begin import ask_change
from carehome.ui.assessments.home_rules import ask_rules
from carehome.ui.enquiries.closures import ClosureList
from carehome.ui.enquiries.deeds import CallDialog, EnquiryDeeds
from carehome.ui.enquiries.hand import EnquiryServices, Hand, read_choices
from carehome.ui.enquiries.kept import KeptBedList
from carehome.ui.parts.assessing import ask_void
from carehome.ui.residents.belonging import Belonging
from carehome.ui.rosters.holidays import HolidaysView
from tests.conftest import TODAY

KINDS = (Enquiries, WaitingList, Closures, KeptBeds, Beds, Home)


def hand(desk):
    services = EnquiryServices(*map(desk.service, KINDS))
    return Hand(services, desk.jobs, desk.user, desk.today)


def void(desk):
    deeds = desk.service(Assessments)
    dialog = ask_void(deeds, 1, "2026-0001", desk.jobs, desk.parent)
    return dialog, deeds.void, {AlreadyVoid}


def change(desk):
    deeds, who = desk.service(Assessments), desk.people["王秀英"]
    dialog = ask_change(deeds, who, "王秀英", desk.today, desk.jobs, desk.parent)
    return dialog, deeds.raise_flag


def how_often(desk):
    deeds = desk.service(Assessments)
    dialog = ask_rules(deeds, deeds.rules(), desk.jobs, desk.parent)
    return dialog, deeds.set_rules, {UnknownForm}


def call(desk):
    dialog = CallDialog(hand(desk), desk.parent)
    return dialog, desk.service(Enquiries).take, {BadAge, NotComeYet}


def enquiry(ask, deed):
    def make(desk):
        enquiries = desk.service(Enquiries)
        number = enquiries.take(Enquiry(TODAY, phone="13900001111", name="赵玉兰"))
        deeds = EnquiryDeeds(hand(desk), desk.parent)
        getattr(deeds, ask)(enquiries.file(number))
        return desk.asked(), getattr(enquiries, deed), {EnquiryOver}

    return make


def whole_enquiry(desk):
    enquiries = desk.service(Enquiries)
    number = enquiries.take(Enquiry(TODAY, phone="13900001111", name="赵玉兰"))
    deeds = EnquiryDeeds(hand(desk), desk.parent)
    deeds._ask_change(enquiries.file(number), read_choices(desk.care.home))
    return desk.asked(), enquiries.change, {EnquiryOver}


def closure(desk):
    view = ClosureList(hand(desk))
    view.setParent(desk.parent)
    closures = desk.service(Closures)
    view._ask_period(None, closures.parts())
    return desk.asked(view), closures.close


def kept(desk):
    view = KeptBedList(hand(desk))
    view.setParent(desk.parent)
    view._ask_number(None, (read_choices(desk.care.home), {}))
    return desk.asked(view), desk.service(KeptBeds).keep, {KeptAlready}


def kept_bed(desk):
    view = KeptBedList(hand(desk))
    view.setParent(desk.parent)
    view._ask_bed((read_choices(desk.care.home), {}))
    return desk.asked(view), desk.service(KeptBeds).keep, {NotSoMany}


def leave(desk):
    view = KeptBedList(hand(desk))
    view.setParent(desk.parent)
    view._ask_leave([])
    return desk.asked(view), desk.service(KeptBeds).allow


def category(desk):
    file = desk.leaf(Belonging)
    file.ask_new()
    return desk.asked(file), desk.care.residents.add_category


def calendar_day(desk):
    calendar = desk.service(HomeCalendar)
    view = HolidaysView(calendar, desk.jobs, desk.user, desk.today)
    view.setParent(desk.parent)
    view.ask_day()
    return desk.asked(view), calendar.set_day


NEW_FORMS = {
    "a day of the calendar": calendar_day,
    "assessment: void": void,
    "assessment: a change": change,
    "assessment: how often": how_often,
    "enquiry: a call": call,
    "enquiry: all of it": whole_enquiry,
    "enquiry: a talk": enquiry("note", "note"),
    "enquiry: a visit": enquiry("plan_visit", "plan_visit"),
    "enquiry: later": enquiry("keep_for_later", "keep_for_later"),
    "enquiry: lost": enquiry("lose", "lose"),
    "closed period": closure,
    "beds kept back": kept,
    "one bed kept back": kept_bed,
    "leave for a bed": leave,
    "category": category,
}
