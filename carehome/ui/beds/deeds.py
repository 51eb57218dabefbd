"""The small deeds with a bed: promised, given back, cleaned, closed, ready again."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from carehome.i18n import N_, _, show_day
from carehome.services.beds import Beds
from carehome.ui.beds.dialogs import CloseDialog, ReserveDialog
from carehome.ui.beds.house import House, Spot
from carehome.ui.kit import dialogs
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog

RESERVED = N_("Bed {bed} is reserved.")
FREED = N_("Bed {bed} is free again.")
IN_CLEANING = N_("Bed {bed} is being cleaned.")
CLOSED = N_("Bed {bed} is out of service.")
READY = N_("Bed {bed} can be used again.")


class BedDeeds(QObject):
    """Asks what has to be asked, does the deed, and tells it with `told`."""

    told = Signal(str)

    def __init__(self, beds: Beds, jobs: Jobs, asker: QWidget) -> None:
        super().__init__(asker)
        self._beds = beds
        self._jobs = jobs
        self._asker = asker

    def reserve(self, spot: Spot, house: House, today: date) -> None:
        """Ask for whom and how long, then promise the bed."""
        asker = self._asker
        dialog = ReserveDialog(spot, house, today, self._beds, self._jobs, asker)
        self._open(dialog, RESERVED, spot)

    def close(self, spot: Spot) -> None:
        """Ask why, then take the bed out of service."""
        dialog = CloseDialog(spot, self._beds, self._jobs, self._asker)
        self._open(dialog, CLOSED, spot)

    def release(self, spot: Spot) -> None:
        """Take the promise back, once that is confirmed."""
        held = spot.bed.holder
        assert held
        text = _("{name} was to have this bed from {day}. It will be free for others.")
        dialogs.confirm(
            self._asker,
            _("Release bed {bed}?").format(bed=spot.bed.bed),
            [text.format(name=held.name, day=show_day(held.starts))],
            _("Release reservation"),
            partial(self._do, self._beds.release, held.use_id, FREED, spot),
        )

    def send_cleaning(self, spot: Spot) -> None:
        """Note that the bed is being cleaned."""
        self._do(self._beds.send_cleaning, spot.bed.bed_id, IN_CLEANING, spot)

    def set_ready(self, spot: Spot) -> None:
        """Note that the bed can be used again."""
        self._do(self._beds.set_ready, spot.bed.bed_id, READY, spot)

    def _open(self, dialog: DeedDialog, text: str, spot: Spot) -> None:
        dialog.accepted.connect(partial(self._tell, text, spot))
        dialog.open()

    def _do(
        self, deed: Callable[[int], None], number: int, text: str, spot: Spot
    ) -> None:
        self._jobs.run(self, partial(self._tell, text, spot), deed, number)

    def _tell(self, text: str, spot: Spot, _answer: object = None) -> None:
        self.told.emit(_(text).format(bed=spot.bed.bed))
