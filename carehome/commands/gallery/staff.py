"""Scenes of the staff: lists over everybody, files, and what is asked there."""

from functools import partial

import openpyxl
from PIL import Image

from carehome.app.desk import STAFF
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.staff import Staff
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.table_view import TableView
from carehome.ui.staff.basics import Basics
from carehome.ui.staff.certificates import Certificates
from carehome.ui.staff.claims import ClaimList
from carehome.ui.staff.leave import LeaveLeaf
from carehome.ui.staff.lists import KINDS, POSTS, SUBJECTS, ListsView
from carehome.ui.staff.page import CLAIMS, DUE, StaffPage
from carehome.ui.staff.page import TRAINING as TRAININGS
from carehome.ui.staff.paid import Paid
from carehome.ui.staff.reader import StaffReader
from carehome.ui.staff.scans import Scans
from carehome.ui.staff.tab import Leaf
from carehome.ui.staff.training import TrainingView

BASICS, CERTIFICATES, TRAINING, LEAVE, PAY, SCANS = range(6)


def page(studio: Studio) -> StaffPage:
    """List who works here."""
    shown = studio.page(STAFF)
    assert isinstance(shown, StaffPage)
    return shown


def tab(at: int, studio: Studio) -> StaffPage:
    """Look at one of the lists over everybody."""
    shown = page(studio)
    shown.tabs.strip.setCurrentIndex(at)
    studio.wait()
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


def show_scan(studio: Studio) -> None:
    """Look at the scan of a certificate."""
    certificates = leaf(studio, CERTIFICATES)
    assert isinstance(certificates, Certificates)
    path = studio.room / "scan.png"
    Image.linear_gradient("L").convert("RGB").save(path)
    staff, held = studio.service(Staff), certificates.file.certificates[0]
    staff.change_certificate(held.certificate, path)
    studio.wait()
    certificates.view.selectRow(0)
    studio.wait()
    studio.click(certificates.look)


def scans(studio: Studio) -> Scans:
    """List the other scans of a file."""
    shown = leaf(studio)
    path = studio.room / "card.png"
    Image.linear_gradient("L").convert("RGB").save(path)
    add = studio.service(Staff).add_paper
    add(shown.file.staff_id, "identity", "A-1", path)
    studio.wait()
    found = leaf(studio, SCANS)
    assert isinstance(found, Scans)
    found.view.selectRow(0)
    studio.wait()
    return found


def ask_scan(studio: Studio) -> None:
    """Ask for a scan; without one nothing is kept."""
    studio.click(scans(studio).add)
    studio.fill(kind="contract").submit()


def open_scan(studio: Studio) -> None:
    """Look at another scan of a file."""
    studio.click(scans(studio).look)


def ask_why(studio: Studio) -> None:
    """Ask why an identity number is needed."""
    basics = leaf(studio)
    assert isinstance(basics, Basics)
    file = basics.file
    studio.service(Staff).change(file.staff_id, file.person, "11010519491231002X")
    studio.wait()
    studio.click(basics.show_number)


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


# ---- lists over everybody, and reading one in


def ask_training(studio: Studio) -> None:
    """Write a training down."""
    tab(TRAININGS, studio)
    studio.click(studio.find(TrainingView).add)


def remove_training(studio: Studio) -> None:
    """Ask before a training is removed."""
    tab(TRAININGS, studio)
    trainings = studio.find(TrainingView)
    trainings.held.selectRow(0)
    studio.wait()
    studio.click(trainings.remove)


def lists(studio: Studio, which: str = POSTS) -> ListsView:
    """Look at one of the lists behind the files."""
    studio.tab(STAFF, "Posts and certificates")
    shown = studio.find(ListsView)
    shown.which.set_code(which)
    shown.which.chosen.emit()
    studio.wait()
    return shown


def ask_entry(which: str, studio: Studio) -> None:
    """Change an entry of one of these lists."""
    shown = lists(studio, which)
    shown.view.selectRow(0)
    studio.wait()
    studio.click(shown.change)


def wrong_kind(studio: Studio) -> None:
    """Refuse a kind of certificate that holds longer than anybody works."""
    studio.click(lists(studio, KINDS).add)
    studio.fill(name="A-1", months=900).submit()


def warnings(studio: Studio) -> None:
    """Change how long before an end it is told."""
    studio.click(lists(studio).warn)


def claims(studio: Studio, kind: str = "post") -> ClaimList:
    """List who may claim what, and why or why not."""
    tab(CLAIMS, studio)
    shown = studio.find(ClaimList)
    shown.which.set_code(kind)
    studio.wait()
    return shown


def drafted(studio: Studio) -> ClaimList:
    """Draft the claims of the month and take the first of them."""
    shown = claims(studio)
    if shown.draft.isEnabled():
        studio.click(shown.draft)
    places = [n for n, line in enumerate(shown.view.table.rows) if line.claim_id]
    shown.view.selectRow(places[0])
    studio.wait()
    return shown


def hand_in(studio: Studio) -> None:
    """Ask when claims were handed in."""
    studio.click(drafted(studio).claim)


def handed_in(studio: Studio) -> ClaimList:
    """Hand a claim in."""
    hand_in(studio)
    studio.find(AskDialog, studio.shell).primary.click()
    studio.wait()
    shown = studio.find(ClaimList)
    places = [n for n, x in enumerate(shown.view.table.rows) if x.state == "claimed"]
    shown.view.selectRow(places[0])
    studio.wait()
    return shown


def receive(studio: Studio) -> None:
    """Ask when the money of claims came."""
    studio.click(handed_in(studio).receive)


def step_back(studio: Studio) -> None:
    """Ask before the last step of claims is taken back."""
    studio.click(handed_in(studio).back)


def reader(studio: Studio) -> StaffReader:
    """Choose a file with a list of staff."""
    page(studio).open_roll()
    studio.wait()
    return studio.find(StaffReader)


def read(wanted: int, studio: Studio) -> StaffReader:
    """Read a list of staff in as far as a step."""
    shown = reader(studio)
    path = studio.room / "staff.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("\u59d3\u540d", "\u5c97\u4f4d", "\u5165\u804c\u65e5\u671f", "\u7535\u8bdd"),
        ("\u738b\u8363", "\u517b\u8001\u62a4\u7406\u5458", "2026-03-01", "13900001234"),
        ("\u674e\u83b2", "\u4fdd\u6d01\u5458", "2026-13-01", "13900004321"),
    ):
        sheet.append(row)
    book.save(path)
    shown.open_file(path)
    studio.wait()
    for _step in range(wanted - shown.step):
        studio.click(shown.go_on)
    return shown


def lose_file(studio: Studio) -> None:
    """Tell that the file is gone when it is to be read again."""
    shown = read(2, studio)
    (studio.room / "staff.xlsx").unlink()
    studio.click(shown.check.again)


def undo_reading(studio: Studio) -> None:
    """Ask before a reading is taken back."""
    studio.click(read(2, studio).go_on)
    shown = reader(studio)
    shown.file.earlier.selectRow(0)
    studio.wait()
    studio.click(shown.file.undo)


SCENES = (
    Scene("staff-ends", partial(tab, DUE)),
    Scene("staff-training", partial(tab, TRAININGS)),
    Scene("staff-training-new", ask_training),
    Scene("staff-training-remove", remove_training),
    Scene("staff-lists-posts", lists),
    Scene("staff-lists-posts-one", partial(ask_entry, POSTS)),
    Scene("staff-lists-kinds", partial(lists, which=KINDS)),
    Scene("staff-lists-kinds-one", partial(ask_entry, KINDS)),
    Scene("staff-lists-kinds-wrong", wrong_kind),
    Scene("staff-lists-subjects", partial(lists, which=SUBJECTS)),
    Scene("staff-lists-subjects-one", partial(ask_entry, SUBJECTS)),
    Scene("staff-lists-warnings", warnings),
    Scene("staff-claims", claims),
    Scene("staff-claims-bonus", partial(claims, kind="entry")),
    Scene("staff-claims-handed-in", hand_in),
    Scene("staff-claims-received", receive),
    Scene("staff-claims-back", step_back),
    Scene("staff-roll-1-file", reader),
    Scene("staff-roll-2-columns", partial(read, 1)),
    Scene("staff-roll-3-check", partial(read, 2)),
    Scene("staff-roll-3-check-lost", lose_file),
    Scene("staff-roll-undo", undo_reading),
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
    Scene("staff-certificate-scan", show_scan),
    Scene("staff-file-scans", scans),
    Scene("staff-scan", ask_scan),
    Scene("staff-file-scans-open", open_scan),
    Scene("staff-why", ask_why),
    Scene("staff-leave", ask_leave),
    Scene("staff-protection", ask_protection),
    Scene("staff-pay", ask_pay),
)
