"""What is asked before a bed is promised to somebody or taken out of service."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.beds import BedReserved, BedTaken, WrongGender
from carehome.rules.days import Sense
from carehome.services.beds import Beds
from carehome.services.beds.uses import EndsBeforeStart, HasReservation, SameBed
from carehome.ui.beds.house import House, Spot
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.resident_field import ResidentField

KEPT_FOR = timedelta(days=7)  # offered as the end of a reservation (ours)


class ReserveDialog(DeedDialog):
    """Asks for whom a bed is kept, and from when to when."""

    def __init__(
        self,
        spot: Spot,
        house: House,
        today: date,
        beds: Beds,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        form = Form()
        hint = _("Empty: until it is used or released.")
        ends = DateField(
            _("Free again on"), today, needed=False, hint=hint, sense=Sense.FUTURE
        )
        unfit = (SameBed, HasReservation, WrongGender)
        self.who = form.add("who", ResidentField(_("For whom")), blame=unfit)
        start = DateField(_("Kept from"), today, sense=Sense.FUTURE)
        self.start = form.add("start", start, blame=(BedTaken, BedReserved))
        self.ends = form.add("ends", ends, blame=(EndsBeforeStart,))
        self.who.set_index(house.people)
        self.start.set_value(today)
        self.ends.set_value(today + KEPT_FOR)

        def deed(values: dict[str, Any]) -> "partial[int]":
            who, start, ends = values["who"], values["start"], values["ends"]
            return partial(beds.reserve, who, spot.bed.bed_id, start, ends)

        title = _("Reserve bed {bed}").format(bed=spot.bed.bed)
        draft = f"reserve:{spot.bed.bed_id}"
        super().__init__(title, form, _("Reserve"), jobs, deed, parent, draft)


class CloseDialog(DeedDialog):
    """Asks why a bed cannot be used."""

    def __init__(self, spot: Spot, beds: Beds, jobs: Jobs, parent: QWidget) -> None:
        form = Form()
        hint = _("Shown on the board, such as: repair of the bed rail.")
        self.note = form.add("note", TextField(_("Why"), hint=hint))

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(beds.set_out_of_service, spot.bed.bed_id, values["note"])

        title = _("Take bed {bed} out of service").format(bed=spot.bed.bed)
        do = _("Take out of service")
        draft = f"close-bed:{spot.bed.bed_id}"
        super().__init__(title, form, do, jobs, deed, parent, draft)
