"""Scenes of enquiries, the waiting list, closed periods and beds kept back."""

from datetime import timedelta

from carehome.app.desk import ENQUIRIES
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.i18n import _
from carehome.services.beds import Closing, Closures
from carehome.services.waiting import WaitingList
from carehome.ui.enquiries.closures import ClosureList
from carehome.ui.enquiries.desk import EnquiryDesk
from carehome.ui.enquiries.kept import KeptBedList
from carehome.ui.enquiries.waiting import WaitingDesk


def enquiry(studio: Studio) -> EnquiryDesk:
    """Look at an enquiry with a visit that is planned."""
    studio.page(ENQUIRIES)
    desk = studio.find(EnquiryDesk)
    line = next(line for line in desk.view.table.rows if line.visit)
    desk.open_enquiry(line.enquiry.enquiry_id)
    studio.wait()
    return desk


def call(studio: Studio) -> None:
    """Take a call down of somebody whose number is known."""
    enquiry(studio)
    studio.press("New enquiry")
    studio.fill(phone="17000001201")
    studio.wait()


def call_of_nobody(studio: Studio) -> None:
    """Refuse an enquiry without a name or a number."""
    enquiry(studio)
    studio.press("New enquiry")
    studio.fill(asked="?").submit()


def change(studio: Studio) -> None:
    """Write down all that an enquiry tells."""
    enquiry(studio)
    studio.press("Edit")


def note(studio: Studio) -> None:
    """Note a talk and what comes next."""
    enquiry(studio)
    studio.press("Note a talk")


def plan_visit(studio: Studio) -> None:
    """Plan a visit at a time that is none."""
    enquiry(studio)
    studio.press("Plan a visit")
    studio.fill(planned_on=studio.today, at="25:00").submit()


def receive(studio: Studio) -> None:
    """Note how a visit was."""
    studio.page(ENQUIRIES)
    desk = studio.find(EnquiryDesk)
    visits = ((line.enquiry, line.visit) for line in desk.view.table.rows)
    due = (
        asked for asked, visit in visits if visit and visit.planned_on <= studio.today
    )
    desk.open_enquiry(next(due).enquiry_id)
    studio.wait()
    desk.panel.events.selectRow(0)
    studio.wait()
    studio.press("They came")


def to_waiting(studio: Studio) -> None:
    """Put somebody on the waiting list with what the enquiry told."""
    enquiry(studio)
    studio.press("To the waiting list")


def to_admission(studio: Studio) -> None:
    """Go from an enquiry to the admission."""
    enquiry(studio)
    studio.press("Admit")


def later(studio: Studio) -> None:
    """Put an enquiry aside."""
    enquiry(studio)
    studio.press("Keep for later")


def lost(studio: Studio) -> None:
    """Say why they went elsewhere."""
    enquiry(studio)
    studio.press("Went elsewhere")


def waiting(studio: Studio) -> WaitingDesk:
    """See who waits in which order and why."""
    studio.tab(ENQUIRIES, "Waiting list")
    studio.wait()
    return studio.find(WaitingDesk)


def entry(studio: Studio, with_offer: bool) -> WaitingDesk:
    """Open the first entry, or the first that was offered a bed."""
    desk = waiting(studio)
    rows = desk.view.table.rows
    place = next(row for row in rows if bool(row.line.offer) is with_offer)
    desk.open_entry(place.line.entry_id)
    studio.wait()
    return desk


def fitting(studio: Studio) -> None:
    """See which free beds suit somebody who waits."""
    entry(studio, with_offer=False)


def offered(studio: Studio) -> None:
    """Wait for the answer to an offer."""
    entry(studio, with_offer=True)


def offer(studio: Studio) -> None:
    """Offer a bed past others who stand before, with a reason for each."""
    desk = waiting(studio)
    last = desk.view.table.rows[-1]
    desk.open_entry(last.line.entry_id)
    studio.wait()
    studio.press("Offer this bed")
    studio.wait()


def answer(studio: Studio) -> None:
    """Note a no."""
    entry(studio, with_offer=True)
    studio.press("They say no")


def wishes(studio: Studio) -> None:
    """Correct what somebody waits for."""
    entry(studio, with_offer=False)
    studio.press("Edit")


def off(studio: Studio) -> None:
    """Take somebody off the list."""
    entry(studio, with_offer=False)
    studio.press("Take off the list")


def order(studio: Studio) -> None:
    """Set how the list is ordered."""
    waiting(studio)
    studio.press("Order of the list")


def passed(studio: Studio) -> None:
    """See who was passed over when a bed was offered, and why."""
    last = waiting(studio).view.table.rows[-1].line
    service = studio.service(WaitingList)
    bed = service.beds_for(last.entry_id, studio.today)[0].bed_id
    before = {
        each.line.entry_id: _("Would rather wait for a bed on another floor.")
        for each in service.candidates(bed, studio.today)
    }
    service.offer(last.entry_id, bed, studio.today + timedelta(days=3), before)
    studio.press("Passed over")


def hang_out(studio: Studio) -> None:
    """Print the list to hang out."""
    waiting(studio)
    studio.press("Print to hang out")


def visits(studio: Studio) -> None:
    """See who comes to look at the home."""
    studio.tab(ENQUIRIES, "Visits")


def closures(studio: Studio) -> ClosureList:
    """See when nobody could move in."""
    studio.tab(ENQUIRIES, "Closed periods")
    return studio.find(ClosureList)


def close(studio: Studio) -> None:
    """Close the home; see for whom a bed is reserved."""
    closures(studio)
    studio.press("Close to admissions")
    studio.fill(reason="Flu", ordered_by="Director")
    studio.wait()


def remove_closure(studio: Studio) -> None:
    """Remove a closed period that was a mistake."""
    section = closures(studio)
    section.view.selectRow(0)
    studio.wait()
    studio.press("Remove")


def closed(studio: Studio) -> None:
    """See the page while the home is closed."""
    closing = Closing(studio.today, None, "Flu", "Director")
    studio.service(Closures).close(closing)
    studio.page(ENQUIRIES)
    studio.wait()


def kept(studio: Studio) -> KeptBedList:
    """See which beds are kept back for whom."""
    studio.tab(ENQUIRIES, "Beds kept back")
    return studio.find(KeptBedList)


def keep(studio: Studio) -> None:
    """Keep more beds back than there are."""
    kept(studio)
    studio.press("Keep beds back")
    studio.fill(number=900, bed_class="D").submit()
    studio.wait()


def keep_bed(studio: Studio) -> None:
    """Keep one bed back."""
    kept(studio)
    studio.press("Keep one bed")


def leave(studio: Studio) -> None:
    """Give somebody leave to have a bed kept back for others."""
    kept(studio)
    studio.press("Give leave")


SCENES = (
    Scene("enquiries-file", enquiry),
    Scene("enquiries-call", call),
    Scene("enquiries-call-mistake", call_of_nobody),
    Scene("enquiries-change", change),
    Scene("enquiries-note", note),
    Scene("enquiries-visit-mistake", plan_visit),
    Scene("enquiries-receive", receive),
    Scene("enquiries-to-waiting", to_waiting),
    Scene("enquiries-to-admission", to_admission),
    Scene("enquiries-later", later),
    Scene("enquiries-lost", lost),
    Scene("enquiries-waiting", waiting),
    Scene("enquiries-waiting-fitting", fitting),
    Scene("enquiries-waiting-offered", offered),
    Scene("enquiries-waiting-offer", offer),
    Scene("enquiries-waiting-answer", answer),
    Scene("enquiries-waiting-wishes", wishes),
    Scene("enquiries-waiting-off", off),
    Scene("enquiries-waiting-order", order),
    Scene("enquiries-waiting-passed", passed),
    Scene("enquiries-waiting-paper", hang_out),
    Scene("enquiries-visits", visits),
    Scene("enquiries-closures", closures),
    Scene("enquiries-closures-new", close),
    Scene("enquiries-closures-remove", remove_closure),
    Scene("enquiries-closed", closed),
    Scene("enquiries-kept", kept),
    Scene("enquiries-kept-mistake", keep),
    Scene("enquiries-kept-bed", keep_bed),
    Scene("enquiries-kept-leave", leave),
)
