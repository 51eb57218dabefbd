"""One way to do each deed with staff files that can be undone."""

from dataclasses import replace
from datetime import date

from carehome.rules.certificates import Certificate
from carehome.rules.protection import Maternity
from carehome.rules.staff import Contract, LeaveTaken, Person
from carehome.rules.training import Training
from carehome.services.staff import Allowances, Pay, Staff, StaffLists, Trainings
from carehome.services.staff.lists import StaffRules, Unit
from carehome.services.staff.pay import PayLine
from tests.conftest import TODAY

HIRED = date(2024, 3, 1)
OCTOBER = date(2026, 10, 1)


def post(w, name):
    return next(p for p in w.of(StaffLists).posts() if p.name == name)


def kind(w, code):
    return next(k for k in w.of(StaffLists).kinds() if k.code == code)


def carer(w):
    return w.of(Staff).add(Person("周敏", HIRED), post(w, "养老护理员").post_id)


def _certificate(w):
    staff_id = carer(w)
    kind_id = kind(w, "caregiver-4").kind_id
    given = Certificate(kind_id, HIRED)
    return replace(given, certificate_id=w.of(Staff).add_certificate(staff_id, given))


def _contract(w):
    given = Contract("fixed", HIRED, date(2027, 2, 28))
    return replace(given, contract_id=w.of(Staff).add_contract(carer(w), given))


def _leave(w):
    given = LeaveTaken("annual", TODAY, TODAY, 1)
    return replace(given, leave_id=w.of(Staff).add_leave(carer(w), given))


def _maternity(w):
    return w.of(Staff).save_maternity(carer(w), Maternity(date(2027, 1, 20)))


def _scan(w):
    path = w.folder / "scan.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return path


def _train(w, staff_id):
    subject = w.of(StaffLists).subjects()[0].subject_id
    return w.of(Trainings).save(Training(subject, TODAY, 90, (staff_id,)))


def _pay(w):
    return w.of(Pay).save(carer(w), PayLine(HIRED, "month", 4600_00))


def _drafted(w):
    _certificate(w)
    w.of(Allowances).draft_month(OCTOBER)
    return [line.claim_id for line in w.of(Allowances).month(OCTOBER)]


def _claimed(w):
    claims = _drafted(w)
    w.of(Allowances).mark_claimed(claims, TODAY)
    return claims


def _graduate(w):
    person = Person("许静", HIRED, education="college", graduated_on=date(2023, 7, 1))
    w.of(Staff).add(person, post(w, "养老护理员").post_id)


DEEDS = {
    "Staff.add": (lambda w: None, lambda w, _: carer(w)),
    "Staff.change": (
        carer,
        lambda w, known: w.of(Staff).change(
            known, Person("周敏", HIRED, born=date(1980, 5, 6)), "11010519491231002X"
        ),
    ),
    "Staff.set_posts": (
        carer,
        lambda w, known: w.of(Staff).set_posts(
            known, post(w, "护士").post_id, [post(w, "养老护理员").post_id]
        ),
    ),
    "Staff.add_certificate": (
        carer,
        lambda w, known: w.of(Staff).add_certificate(
            known, Certificate(kind(w, "health").kind_id, HIRED), _scan(w)
        ),
    ),
    "Staff.change_certificate": (
        _certificate,
        lambda w, known: w.of(Staff).change_certificate(replace(known, number="Z9")),
    ),
    "Staff.remove_certificate": (
        _certificate,
        lambda w, known: w.of(Staff).remove_certificate(known.certificate_id),
    ),
    "Staff.add_contract": (
        carer,
        lambda w, known: w.of(Staff).add_contract(known, Contract("open", HIRED)),
    ),
    "Staff.change_contract": (
        _contract,
        lambda w, known: w.of(Staff).change_contract(replace(known, kind="task")),
    ),
    "Staff.remove_contract": (
        _contract,
        lambda w, known: w.of(Staff).remove_contract(known.contract_id),
    ),
    "Staff.add_leave": (
        carer,
        lambda w, known: w.of(Staff).add_leave(
            known, LeaveTaken("sick", TODAY, TODAY, 1)
        ),
    ),
    "Staff.change_leave": (
        _leave,
        lambda w, known: w.of(Staff).change_leave(replace(known, kind="sick")),
    ),
    "Staff.remove_leave": (
        _leave,
        lambda w, known: w.of(Staff).remove_leave(known.leave_id),
    ),
    "Staff.save_maternity": (
        carer,
        lambda w, known: w.of(Staff).save_maternity(known, Maternity(TODAY)),
    ),
    "Staff.remove_maternity": (
        _maternity,
        lambda w, known: w.of(Staff).remove_maternity(known),
    ),
    "Staff.add_paper": (
        carer,
        lambda w, known: w.of(Staff).add_paper(known, "identity", "身份证", _scan(w)),
    ),
    "StaffLists.save_kind": (
        lambda w: kind(w, "health"),
        lambda w, known: w.of(StaffLists).save_kind(replace(known, months=6)),
    ),
    "StaffLists.save_post": (
        lambda w: post(w, "养老护理员"),
        lambda w, known: w.of(StaffLists).save_post(replace(known, needs=frozenset())),
    ),
    "StaffLists.save_subject": (
        lambda w: w.of(StaffLists).subjects()[0],
        lambda w, known: w.of(StaffLists).save_subject(
            replace(known, minutes_needed=60)
        ),
    ),
    "StaffLists.save_unit": (
        lambda w: None,
        lambda w, _: w.of(StaffLists).save_unit(Unit(0, "二楼")),
    ),
    "StaffLists.set_rules": (
        lambda w: None,
        lambda w, _: w.of(StaffLists).set_rules(StaffRules(90, 45, 10, "hire", 24)),
    ),
    "Trainings.save": (carer, _train),
    "Trainings.remove": (
        lambda w: _train(w, carer(w)),
        lambda w, known: w.of(Trainings).remove(known),
    ),
    "Pay.save": (
        carer,
        lambda w, known: w.of(Pay).save(known, PayLine(HIRED, "hour", 25_00)),
    ),
    "Pay.remove": (_pay, lambda w, known: w.of(Pay).remove(known)),
    "Allowances.draft_month": (
        _certificate,
        lambda w, _: w.of(Allowances).draft_month(OCTOBER),
    ),
    "Allowances.draft_bonuses": (
        _graduate,
        lambda w, _: w.of(Allowances).draft_bonuses(TODAY),
    ),
    "Allowances.drop": (_drafted, lambda w, known: w.of(Allowances).drop(known)),
    "Allowances.mark_claimed": (
        _drafted,
        lambda w, known: w.of(Allowances).mark_claimed(known, TODAY),
    ),
    "Allowances.mark_received": (
        _claimed,
        lambda w, known: w.of(Allowances).mark_received(known, TODAY),
    ),
    "Allowances.take_back": (
        _claimed,
        lambda w, known: w.of(Allowances).take_back(known),
    ),
}
