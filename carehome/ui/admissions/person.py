"""The first two steps of an admission: who it is, and whom to turn to."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from carehome.i18n import _
from carehome.rules.residents import STATUS_NAMES, Status
from carehome.services.admissions import Admissions, AdmissionState, Step
from carehome.services.residents import ResidentLine, Residents
from carehome.ui.admissions.step import StepView
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.care import Lists
from carehome.ui.parts.contacts import ContactsEditor
from carehome.ui.parts.person_form import PersonForm

SHORTEST = 2  # signs of a name that are worth looking up
PAUSE = 400  # milliseconds without a key before it is looked up


class PersonStep(StepView):
    """Who moves in. Somebody the home knows by that name is offered, not doubled.

    `known_wanted` carries the person to go on with instead.
    """

    STEP = Step.PERSON
    known_wanted = Signal(int)

    def __init__(
        self, residents: Residents, jobs: Jobs, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self._residents = residents
        self._jobs = jobs
        self._today = today
        self._own_id: int | None = None
        self._known: ResidentLine | None = None
        self.form = PersonForm(today(), {}, jobs)
        self.offer = QLabel()
        self.take = button(_("Go on with that file"), "right", kind="small")
        self.wait = QTimer(self, singleShot=True, interval=PAUSE)
        theme.mark(self.offer, "banner_info")
        self.offer.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.offer, 1)
        row.addWidget(self.take)
        self.body.addWidget(self.form)
        self.body.addLayout(row)
        self.body.addStretch()
        self._show_known([])

        self.form.changed.connect(self.changed)
        self.form.submitted.connect(lambda _values: self.entered.emit())
        self.form.name.changed.connect(self.wait.start)
        self.wait.timeout.connect(self._look)
        self.take.clicked.connect(self._take)

    def show_state(self, state: AdmissionState | None, lists: Lists) -> None:
        self.form.categories.set_choices(lists.categories)
        self.form.clear()
        self._own_id = state.resident_id if state else None
        self._show_known([])
        if state and state.person:
            self.form.fill(state.person, state.identity, state.categories)

    def typed(self) -> dict[str, Any]:
        return self.form.typed()

    def type_again(self, draft: Mapping[str, Any]) -> None:
        self.form.type_again(draft)

    def tell(self, error: Exception) -> bool:
        return self.form.tell(error)

    def reason(self) -> str:
        return self.form.reason()

    def check(self) -> bool:
        if not self.reason():
            return True
        self.form.submit()
        return False

    def deed(self, admissions: Admissions) -> "partial[Any]":
        return partial(
            admissions.enter_person,
            person=self.form.person(),
            id_number=self.form.id_number(),
            categories=self.form.categories.value() or (),
        )

    def focus(self) -> None:
        self.form.focus()

    def _look(self) -> None:
        """See whether the home knows somebody of this name."""
        name = self.form.name.value() or ""
        if self._own_id is None and len(name) >= SHORTEST:
            self._jobs.run_last(self, self._show_known, self._residents.find, name)
        else:
            self._show_known([])

    def _show_known(self, found: list[ResidentLine]) -> None:
        name = self.form.name.value()
        same = (line for line in found if line.name == name)
        self._known = known = next(same, None)
        self.offer.setVisible(known is not None)
        gone = known is not None and known.status in (Status.DISCHARGED, Status.WAITING)
        self.take.setVisible(gone)
        if known is None:
            return
        facts = (_(STATUS_NAMES[known.status]), known.bed, str(known.age or ""))
        told = _("The home knows somebody of this name: {name} ({facts}).")
        words = _(", ").join(filter(None, facts))
        self.offer.setText(told.format(name=known.name, facts=words))

    def _take(self) -> None:
        if self._known:
            self.known_wanted.emit(self._known.resident_id)


class ContactsStep(StepView):
    """The people to turn to; one of them is called in an emergency."""

    STEP = Step.CONTACTS

    def __init__(self) -> None:
        super().__init__()
        self.editor = ContactsEditor()
        hint = QLabel(
            _("At least the guardian or agent, and somebody to call at night.")
        )
        theme.mark(hint, "note")
        self.body.addWidget(hint)
        self.body.addWidget(self.editor)
        self.body.addStretch()
        self.editor.changed.connect(self.changed)
        self.editor.entered.connect(self.entered)

    def show_state(self, state: AdmissionState | None, lists: Lists) -> None:
        self.editor.set_contacts(state.contacts if state else ())

    def typed(self) -> dict[str, Any]:
        return self.editor.typed()

    def type_again(self, draft: Mapping[str, Any]) -> None:
        self.editor.type_again(draft)

    def tell(self, error: Exception) -> bool:
        return self.editor.tell(error)

    def reason(self) -> str:
        return self.editor.reason()

    def deed(self, admissions: Admissions) -> "partial[Any]":
        return partial(admissions.enter_contacts, contacts=self.editor.contacts())

    def focus(self) -> None:
        self.editor.focus()
