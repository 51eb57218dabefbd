"""Scenes of the staff: lists over everybody, files, and what is asked there."""

from functools import partial

from carehome.app.desk import STAFF
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.ui.kit.table_view import TableView
from carehome.ui.staff.basics import Basics
from carehome.ui.staff.certificates import Certificates
from carehome.ui.staff.leave import LeaveLeaf
from carehome.ui.staff.page import StaffPage
from carehome.ui.staff.paid import Paid
from carehome.ui.staff.tab import Leaf

BASICS, CERTIFICATES, TRAINING, LEAVE, PAY = range(5)


def page(studio: Studio) -> StaffPage:
    """List who works here."""
    shown = studio.page(STAFF)
    assert isinstance(shown, StaffPage)
    return shown


def due(studio: Studio) -> None:
    """List only those with something due."""
    studio.click(page(studio).people.filters.groups[1])


def find_nobody(studio: Studio) -> None:
    """Look for somebody whom the home does not have."""
    page(studio).search.setText("qqqq")


def new_member(studio: Studio) -> None:
    """Write down somebody who is new."""
    studio.click(page(studio).add)


# ---- the file


def leaf(studio: Studio, at: int = BASICS) -> Leaf:
    """Open the file of the first carer with most to tell, at a leaf."""
    people = page(studio).people
    lines = people.view.table.rows
    place = max(
        range(len(lines)), key=lambda n: (len(lines[n].due), bool(lines[n].unit))
    )
    studio.open_row(people.view, place)
    people.file.tabs.strip.setCurrentIndex(at)
    studio.wait()
    return people.file.leaf(at)


def open_leaf(at: int, studio: Studio) -> None:
    """Look at one leaf of a file."""
    leaf(studio, at)


def ask(kind: str, studio: Studio) -> None:
    """Ask for a change of what a file says."""
    basics = leaf(studio)
    assert isinstance(basics, Basics)
    studio.click(getattr(basics, kind))


def ask_certificate(studio: Studio) -> None:
    """Ask for a certificate; its usual last day is proposed."""
    certificates = leaf(studio, CERTIFICATES)
    assert isinstance(certificates, Certificates)
    studio.click(certificates.add)
    kinds = certificates.choices.kinds
    health = next(each for each in kinds.values() if each.months == 12)
    studio.fill(kind_id=health.kind_id, issued_on=studio.today)


def wrong_certificate(studio: Studio) -> None:
    """Refuse a certificate that ends before it begins, beside the field."""
    ask_certificate(studio)
    form = studio.fill(valid_until=studio.today.replace(year=studio.today.year - 1))
    form.submit()


def remove_certificate(studio: Studio) -> None:
    """Ask before a certificate is removed."""
    certificates = leaf(studio, CERTIFICATES)
    assert isinstance(certificates, Certificates)
    certificates.view.selectRow(0)
    studio.wait()
    studio.click(certificates.remove)


def ask_leave(studio: Studio) -> None:
    """Ask for a leave."""
    leaves = leaf(studio, LEAVE)
    assert isinstance(leaves, LeaveLeaf)
    studio.click(leaves.add)
    studio.fill(kind="annual", starts=studio.today, last_day=studio.today)


def ask_protection(studio: Studio) -> None:
    """Ask for a child expected or born."""
    leaves = leaf(studio, LEAVE)
    assert isinstance(leaves, LeaveLeaf)
    studio.click(leaves.guard)


def ask_pay(studio: Studio) -> None:
    """Ask what somebody is paid."""
    paid = leaf(studio, PAY)
    assert isinstance(paid, Paid)
    studio.click(paid.add)


def as_front_desk(studio: Studio) -> None:
    """See a file without the right to change it or to see the pay."""
    studio.sign_in("qiantai")
    leaf(studio)


def left(studio: Studio) -> None:
    """List those who left."""
    people = page(studio).people
    studio.click(people.filters.groups[-1])
    assert isinstance(people.view, TableView)


SCENES = (
    Scene("staff", page),
    Scene("staff-due", due),
    Scene("staff-left", left),
    Scene("staff-nobody", find_nobody),
    Scene("staff-new", new_member),
    Scene("staff-file-basics", partial(open_leaf, BASICS)),
    Scene("staff-file-certificates", partial(open_leaf, CERTIFICATES)),
    Scene("staff-file-training", partial(open_leaf, TRAINING)),
    Scene("staff-file-leave", partial(open_leaf, LEAVE)),
    Scene("staff-file-pay", partial(open_leaf, PAY)),
    Scene("staff-file-front-desk", as_front_desk),
    Scene("staff-person", partial(ask, "change")),
    Scene("staff-posts", partial(ask, "change_posts")),
    Scene("staff-hours", partial(ask, "change_hours")),
    Scene("staff-checks", partial(ask, "change_checks")),
    Scene("staff-contract", partial(ask, "add_contract")),
    Scene("staff-certificate", ask_certificate),
    Scene("staff-certificate-wrong", wrong_certificate),
    Scene("staff-certificate-remove", remove_certificate),
    Scene("staff-leave", ask_leave),
    Scene("staff-protection", ask_protection),
    Scene("staff-pay", ask_pay),
)
