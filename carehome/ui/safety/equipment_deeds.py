"""What is done with equipment: entered, corrected, serviced, scrapped, found wrong."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from carehome.i18n import _, show_day
from carehome.rules.safety.equipment import Done
from carehome.rules.safety.hazards import Severity
from carehome.services.safety.equipment import Equipment
from carehome.services.safety.ledger import Ledger, Line
from carehome.ui.kit import dialogs
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import Deed, DeedDialog, let_scroll
from carehome.ui.parts.hand import Hand
from carehome.ui.safety import equipment_forms as forms
from carehome.ui.safety.equipment_scopes import Scope


class EquipmentDeeds(QObject):
    """Asks for what each deed needs and has it done.

    `told` says what was done, `entered` names new pieces.
    """

    told = Signal(str)
    entered = Signal(object)

    def __init__(self, hand: Hand, service: Equipment, window: QWidget) -> None:
        super().__init__(window)
        self._hand = hand
        self._service = service
        self._window = window

    def enter(self, ledger: Ledger) -> None:
        """Ask for new equipment."""
        form = forms.piece(ledger.kinds, self._hand.today())

        def deed(values: dict[str, Any]) -> "partial[Any]":
            return partial(self._service.add, forms.piece_of(values), values["count"])

        dialog = self._ask(_("New equipment"), form, deed, "equipment-new")
        dialog.answered.connect(self.entered)

    def correct(self, line: Line, ledger: Ledger) -> None:
        """Ask what is to be corrected about a piece."""
        form = forms.piece(ledger.kinds, self._hand.today(), line)

        def deed(values: dict[str, Any]) -> "partial[Any]":
            told = forms.piece_of(values)
            return partial(self._service.change, line.equipment_id, told)

        title = _("Correct {label}").format(label=line.label)
        self._ask(title, form, deed, f"equipment:{line.equipment_id}")

    def serve(self, scopes: dict[str, Scope], which: str, firm: str) -> None:
        """Ask for a service of one piece, of those chosen, of all of a kind …"""
        form = forms.done(self._hand.today(), scopes, which, firm)

        def deed(values: dict[str, Any]) -> "partial[Any]":
            ids = scopes[values.get("which") or which].ids
            return partial(self._service.record, ids, forms.done_of(values))

        first = scopes[which].ids[0]
        title, draft = _("Record a service"), f"equipment-service:{first}"
        dialog = self._ask(title, form, deed, draft, self._say_served)
        dialog.answered.connect(self._count)

    def scrap(self, line: Line) -> None:
        """Ask when and why a piece was scrapped."""

        def deed(values: dict[str, Any]) -> "partial[Any]":
            reason = values["reason"] or ""
            scrap = self._service.scrap
            return partial(scrap, line.equipment_id, values["day"], reason)

        title = _("Scrap {label}").format(label=line.label)
        form = forms.scrapping(self._hand.today())
        self._ask(title, form, deed, f"equipment-scrap:{line.equipment_id}")

    def take_back(self, line: Line) -> None:
        """Ask whether a piece that was scrapped by mistake is in use again."""
        points = [_("Its services and its life are watched again.")]
        title = _("Take {label} back into use?").format(label=line.label)
        deed = self._service.take_back_scrapping
        self._confirm(title, points, _("Back into use"), deed, line.equipment_id)

    def take_off(self, line: Line) -> None:
        """Take a piece off its plan; one step back puts it there again."""
        text = _("{label} is taken off the plan.").format(label=line.label)
        call = self._service.take_off_plan
        self._hand.jobs.run(self, partial(self._say, text), call, line.equipment_id)

    def find_fault(self, line: Line) -> None:
        """Ask what is wrong with a piece, and enter it as a hazard."""
        form = forms.fault()

        def deed(values: dict[str, Any]) -> "partial[Any]":
            item, severity = values["item"], Severity(values["severity"])
            open_hazard = self._service.open_hazard
            return partial(open_hazard, line.equipment_id, item, severity)

        title = _("Hazard of {label}").format(label=line.label)
        text = _("The hazard is entered.")
        draft = f"equipment-hazard:{line.equipment_id}"
        self._ask(title, form, deed, draft, partial(self._say, text))

    def remove(self, done: Done) -> None:
        """Ask whether a service was entered by mistake."""
        points = [
            _("Only what was entered by mistake is removed."),
            _("Done on {day}.").format(day=show_day(done.day)),
        ]
        title, deed = _("Remove this service?"), self._service.remove_service
        self._confirm(title, points, _("Remove"), deed, done.service_id, "danger")

    def _ask(
        self,
        title: str,
        form: Form,
        deed: Deed,
        draft: str,
        then: Callable[[], None] | None = None,
    ) -> DeedDialog:
        jobs, window = self._hand.jobs, self._window
        dialog = DeedDialog(title, form, _("Save"), jobs, deed, window, draft)
        let_scroll(dialog)
        dialog.accepted.connect(then or self._say_saved)
        dialog.open()
        return dialog

    def _confirm(
        self,
        title: str,
        points: Iterable[str],
        do: str,
        deed: Callable[[int], None],
        number: int,
        look: str = "primary",
    ) -> None:
        call = partial(self._hand.jobs.run, self, self._say_saved, deed, number)
        dialogs.confirm(self._window, title, list(points), do, call, look)

    def _count(self, count: int) -> None:
        self._served = count

    def _say_served(self) -> None:
        text = _("The service of {count} {count:piece|pieces} is recorded.")
        self.told.emit(text.format(count=self._served))

    def _say_saved(self, _answer: object = None) -> None:
        self.told.emit(_("Saved."))

    def _say(self, text: str, _answer: object = None) -> None:
        self.told.emit(text)
