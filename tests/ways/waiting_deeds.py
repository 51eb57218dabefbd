"""One way to do each deed about enquiries, waiting, closed days and beds kept back."""

from datetime import date, timedelta

from carehome.rules.waiting import OrderRules
from carehome.services.beds import Closing, Closures, KeptBed, KeptBeds
from carehome.services.enquiries import Enquiries, Enquiry, Visit
from carehome.services.residents import Person
from carehome.services.waiting import Application, WaitingList
from tests.conftest import TODAY

SOON = TODAY + timedelta(days=3)
CALL = Enquiry(TODAY, caller="张敏", phone="13811112222", name="周桂兰")
WOMAN = Person("周桂兰", "female")


def _first(w):
    """Prepare nothing."""


def _enquiry(w):
    return w.of(Enquiries).take(CALL)


def _visit(w):
    planned = Visit(TODAY, "10:00", enquiry_id=_enquiry(w))
    return w.of(Enquiries).plan_visit(planned)


def _lost(w):
    number = _enquiry(w)
    w.of(Enquiries).lose(number, "价格")
    return number


def _known(w):
    return w.of(Enquiries).to_admission(_enquiry(w), WOMAN, "", ["society"])


def _entry(w):
    return w.of(WaitingList).join(_known(w), Application(TODAY))


def _offer(w):
    return w.of(WaitingList).offer(_entry(w), w.beds["301-2"], SOON, {})


def _own_order(w):
    w.of(WaitingList).change_rules(OrderRules(by_ability=True))


def _closure(w):
    closing = Closing(date(2026, 5, 1), date(2026, 5, 9), "流感", "院长")
    return w.of(Closures).close(closing)


def _kept(w):
    return w.of(KeptBeds).keep(KeptBed("destitute", 1))


def _leave(w):
    w.of(KeptBeds).allow(_known(w), "街道来函")
    return w.of(KeptBeds).leaves()[0].leave_id


def _to_waiting(w, number):
    wanted = Application(TODAY)
    w.of(Enquiries).to_waiting_list(number, WOMAN, "", ["destitute"], wanted)


DEEDS = {
    "Enquiries.take": (_first, lambda w, _: _enquiry(w)),
    "Enquiries.change": (
        _enquiry,
        lambda w, known: w.of(Enquiries).change(
            Enquiry(TODAY, name="周桂兰", age=80, enquiry_id=known)
        ),
    ),
    "Enquiries.note": (
        _enquiry,
        lambda w, known: w.of(Enquiries).note(known, "已寄价目表", "回电", SOON),
    ),
    "Enquiries.plan_visit": (
        _enquiry,
        lambda w, known: w.of(Enquiries).plan_visit(Visit(SOON, "9", enquiry_id=known)),
    ),
    "Enquiries.receive": (
        _visit,
        lambda w, known: w.of(Enquiries).receive(known, "满意"),
    ),
    "Enquiries.miss_visit": (
        _visit,
        lambda w, known: w.of(Enquiries).miss_visit(known),
    ),
    "Enquiries.call_off_visit": (
        _visit,
        lambda w, known: w.of(Enquiries).call_off_visit(known),
    ),
    "Enquiries.keep_for_later": (
        _enquiry,
        lambda w, known: w.of(Enquiries).keep_for_later(known, SOON),
    ),
    "Enquiries.lose": (_enquiry, lambda w, known: w.of(Enquiries).lose(known, "价格")),
    "Enquiries.reopen": (_lost, lambda w, known: w.of(Enquiries).reopen(known)),
    "Enquiries.to_waiting_list": (_enquiry, _to_waiting),
    "Enquiries.to_admission": (
        _enquiry,
        lambda w, known: w.of(Enquiries).to_admission(known, WOMAN, "", []),
    ),
    "WaitingList.change_rules": (_first, lambda w, _: _own_order(w)),
    "WaitingList.take_default_rules": (
        _own_order,
        lambda w, _: w.of(WaitingList).take_default_rules(),
    ),
    "WaitingList.join": (
        _known,
        lambda w, known: w.of(WaitingList).join(known, Application(TODAY)),
    ),
    "WaitingList.change": (
        _entry,
        lambda w, known: w.of(WaitingList).change(known, Application(TODAY, "B")),
    ),
    "WaitingList.take_off": (
        _entry,
        lambda w, known: w.of(WaitingList).take_off(known, "去了别家"),
    ),
    "WaitingList.offer": (
        _entry,
        lambda w, known: w.of(WaitingList).offer(known, w.beds["301-2"], SOON, {}),
    ),
    "WaitingList.accept": (_offer, lambda w, known: w.of(WaitingList).accept(known)),
    "WaitingList.decline": (
        _offer,
        lambda w, known: w.of(WaitingList).decline(known, "太吵"),
    ),
    "WaitingList.give_up_waiting": (
        _offer,
        lambda w, known: w.of(WaitingList).give_up_waiting(known),
    ),
    "WaitingList.withdraw": (
        _offer,
        lambda w, known: w.of(WaitingList).withdraw(known),
    ),
    "Closures.close": (_first, lambda w, _: _closure(w)),
    "Closures.change": (
        _closure,
        lambda w, known: w.of(Closures).change(
            known, Closing(date(2026, 5, 1), date(2026, 5, 5), "流感", "院长")
        ),
    ),
    "Closures.remove": (_closure, lambda w, known: w.of(Closures).remove(known)),
    "KeptBeds.keep": (_first, lambda w, _: _kept(w)),
    "KeptBeds.give_free": (_kept, lambda w, known: w.of(KeptBeds).give_free(known)),
    "KeptBeds.allow": (
        _known,
        lambda w, known: w.of(KeptBeds).allow(known, "街道来函"),
    ),
    "KeptBeds.disallow": (_leave, lambda w, known: w.of(KeptBeds).disallow(known)),
}
