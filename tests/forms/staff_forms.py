"""The forms of a staff file, with their deeds."""

from datetime import date

from carehome.rules import staff as rules
from carehome.rules.home import NameMissing
from carehome.rules.identity import BadIdentity
from carehome.rules.staff import Person
from carehome.services.lapses import Lapses
from carehome.services.staff import Allowances, Pay, Staff, StaffLists, Trainings
from carehome.services.staff.files import StaffFiles
from carehome.services.staff.rolls import StaffRolls
from carehome.services.staff.writing import NameNeeded, StaffKnown
from carehome.ui.kit.page import Search
from carehome.ui.staff.basics import Basics
from carehome.ui.staff.certificates import Certificates
from carehome.ui.staff.claims import ClaimList
from carehome.ui.staff.hand import Hand, StaffServices, read_choices, read_file
from carehome.ui.staff.leave import LeaveLeaf
from carehome.ui.staff.listing import StaffList
from carehome.ui.staff.lists import KINDS as LIST_OF_KINDS
from carehome.ui.staff.lists import POSTS, SUBJECTS, ListsView, read_lists
from carehome.ui.staff.paid import Paid
from carehome.ui.staff.scans import Scans
from carehome.ui.staff.training import TrainingView, read_training

# What was checked as it was stored is not refused when another part is changed.
HOURS = {rules.ApprovalMissing}
CHECKS = {rules.InsuredBackwards, rules.CheckWithoutDay}
WHO = {
    *(NameMissing, NameNeeded, StaffKnown, BadIdentity, *BadIdentity.__subclasses__()),
    *(rules.HiredBeforeBorn, rules.LeftBeforeHired),
}
KINDS = (Staff, StaffFiles, StaffLists, Trainings, Pay, Allowances, StaffRolls, Lapses)
CARER = 5  # a post with which every home begins


def hand(desk):
    services = StaffServices(*map(desk.service, KINDS))
    return Hand(services, desk.jobs, desk.user, desk.today)


def newcomer(desk):
    mine = hand(desk)
    people = StaffList(mine, Search())
    people.setParent(desk.parent)
    people._ask_new(read_choices(mine.services.lists))
    left = {rules.LeftBeforeHired}
    return desk.asked(people), mine.services.staff.add, HOURS | CHECKS | left


def of_file(kind, ask, deed, *elsewhere, service="staff"):
    """Return what asks in a leaf of somebody's file, with the deed it leads to."""

    def make(desk):
        mine = hand(desk)
        who = mine.services.staff.add(Person("王芳", date(2024, 3, 1)), CARER)
        more = (mine.services.pay,) if kind is Paid else ()
        leaf = kind(mine, *more)
        leaf.setParent(desk.parent)
        leaf.show_file(*read_file(mine.services, who))
        getattr(leaf, ask)()
        return (
            desk.asked(leaf),
            getattr(getattr(mine.services, service), deed),
            set(elsewhere),
        )

    return make


def training(desk):
    mine = hand(desk)
    view = TrainingView(mine)
    view.setParent(desk.parent)
    view._read = read_training(mine.services, 2026)
    view.ask_new()
    return desk.asked(view), mine.services.trainings.save


def claims(ask, deed, *elsewhere):
    def make(desk):
        mine = hand(desk)
        view = ClaimList(mine)
        view.setParent(desk.parent)
        getattr(view, ask)()
        return desk.asked(view), getattr(mine.services.allowances, deed), set(elsewhere)

    return make


def entry(which, deed):
    """Return what asks for a new entry of a list behind the files."""

    def make(desk):
        mine = hand(desk)
        view = ListsView(mine)
        view.setParent(desk.parent)
        view._show(read_lists(mine.services.lists))
        view.which.set_code(which)
        view.ask_new()
        return desk.asked(view), getattr(mine.services.lists, deed)

    return make


def warnings(desk):
    mine = hand(desk)
    view = ListsView(mine)
    view.setParent(desk.parent)
    view._show(read_lists(mine.services.lists))
    view.ask_warnings()
    return desk.asked(view), mine.services.lists.set_rules


STAFF_FORMS = {
    "staff: list of posts": entry(POSTS, "save_post"),
    "staff: list of certificates": entry(LIST_OF_KINDS, "save_kind"),
    "staff: list of subjects": entry(SUBJECTS, "save_subject"),
    "staff: warnings": warnings,
    "staff: new": newcomer,
    "staff: person": of_file(Basics, "ask_person", "change", *HOURS, *CHECKS),
    "staff: posts": of_file(Basics, "ask_posts", "set_posts"),
    "staff: hours": of_file(Basics, "ask_hours", "change", *WHO, *CHECKS),
    "staff: checks": of_file(Basics, "ask_checks", "change", *WHO, *HOURS),
    "staff: contract": of_file(Basics, "ask_new_contract", "add_contract"),
    "staff: certificate": of_file(Certificates, "ask_new", "add_certificate"),
    "staff: leave": of_file(LeaveLeaf, "ask_new", "add_leave"),
    "staff: protection": of_file(LeaveLeaf, "ask_new_protection", "save_maternity"),
    "staff: scan": of_file(Scans, "ask_new", "add_paper"),
    "staff: pay": of_file(Paid, "ask_new", "save", service="pay"),
    "staff: training": training,
    "staff: handed in": claims("_ask_claim", "mark_claimed"),
    "staff: received": claims("_ask_receipt", "mark_received"),
}
