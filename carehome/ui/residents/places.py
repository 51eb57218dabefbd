"""Where somebody has lived in the house, and when they were away."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from carehome.i18n import N_, _, say_day
from carehome.rules.days import Sense
from carehome.rules.phones import show_phone
from carehome.rules.residents import (
    ABSENCE_NAMES,
    LIVES_HERE,
    NotComeYet,
    ReturnTooEarly,
)
from carehome.rules.rights import Right, User
from carehome.services.assessments.flags import FlagReasonMissing
from carehome.services.beds import UseLine
from carehome.services.residents import Absence, ResidentFile
from carehome.services.residents.stays import NotAway, SameDayExpected
from carehome.ui.kit import dialogs, table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import CheckField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import absence
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.residents.absence_form import AWAY, AbsenceForm, past_day
from carehome.ui.residents.tab import Leaf


def _company(absence: Absence) -> str | None:
    """Say who is with somebody, and under which phone."""
    said = (absence.escort, show_phone(absence.phone))
    return "  ".join(filter(None, said)) or None


BEDS: tuple[Column[UseLine], ...] = (
    Column(N_("Bed"), lambda u: u.bed, bold=True),
    table.day(N_("From"), lambda u: u.starts),
    table.day(N_("Until"), lambda u: u.ends),
    Column(
        N_("State"),
        lambda u: _("Reserved") if u.is_reserved else None,
        chip=lambda _u: "info",
    ),
    Column(N_("Moved because"), lambda u: u.reason or None, stretch=True),
)
ABSENCES: tuple[Column[Absence], ...] = (
    Column(
        N_("Kind"),
        lambda a: _(ABSENCE_NAMES[a.kind]),
        chip=lambda a: absence.tone(a.kind),
    ),
    table.day(N_("Away since"), lambda a: a.left_on),
    table.day(N_("Returned on"), lambda a: a.returned_on),
    table.day(N_("Expected on"), lambda a: a.expected_on),
    Column(N_("Where"), lambda a: "  ".join(filter(None, (a.place, a.ward))) or None),
    Column(N_("With"), _company),
    Column(N_("Note"), lambda a: a.note.replace("\n", "  ") or None, stretch=True),
)


class Places(Leaf):
    """The beds somebody had, and leaves and stays in hospital, newest first."""

    bed_wanted = Signal()

    def __init__(
        self, services: CareServices, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__(services, jobs, user, today)
        self.other_bed = button(_("Move"), "move", "Alt+B", "small")
        self.leave = button(_("Record an absence"), "plus", "Alt+A", "small")
        self.back = button(_("Record the return"), "check", "Alt+R", "small")
        self.longer = button(_("Stays away longer"), "history", "Alt+L", "small")
        self.change = button(_("Correct"), "edit", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        self.beds = TableView(
            TableModel(BEDS, lambda u: u.use_id), "resident.beds", N_("Beds")
        )
        self.absences = TableView(
            TableModel(ABSENCES, lambda a: a.absence_id),
            "resident.absences",
            N_("Leave and hospital"),
        )
        self.add_section(_("Beds"), self.other_bed)
        self.add_list(self.beds)
        deeds = (self.remove, self.change, self.longer, self.back, self.leave)
        self.add_section(_("Leave and hospital"), *deeds)
        self.late = Tag("", "bad")
        self.late.setWordWrap(True)
        self.late.hide()
        self.body.addWidget(self.late)
        self.add_list(self.absences)

        self.other_bed.clicked.connect(self.bed_wanted)
        self.leave.clicked.connect(self.ask_leave)
        self.back.clicked.connect(self.ask_return)
        self.longer.clicked.connect(self.ask_extension)
        self.change.clicked.connect(self.ask_correction)
        self.remove.clicked.connect(self.ask_removal)
        self.absences.picked.connect(self._picked)
        if user.may(Right.RECORD_ABSENCE):
            self.absences.opened.connect(self.ask_correction)

    @property
    def open_absence(self) -> Absence | None:
        """The absence from which nobody has come back."""
        open_ones = (a for a in self.file.absences if a.returned_on is None)
        return next(open_ones, None)

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        self.beds.table.set_rows(file.beds)
        self.absences.table.set_rows(file.absences)
        self.beds.set_empty(_("No bed was ever given."))
        self.absences.set_empty(_("Never away so far."))
        may = self.user.may(Right.RECORD_ABSENCE)
        lives_here = file.status in LIVES_HERE
        is_away = self.open_absence is not None
        self.leave.setVisible(may and lives_here and not is_away)
        self.back.setVisible(may and is_away)
        self.longer.setVisible(may and is_away)
        self._tell_late()
        self.change.setVisible(may and bool(file.absences))
        self.remove.setVisible(may and bool(file.absences))
        self.other_bed.setVisible(self.user.may(Right.ASSIGN_BEDS) and lives_here)
        self._picked(self.absences.current_row())

    def ask_leave(self) -> None:
        """Ask when and whereto somebody has left, and who is with them."""
        who, now = self.file.resident_id, self.today()
        form = AbsenceForm(now)
        form.fields["left_on"].set_value(now)

        def deed(values: dict[str, Any]) -> "partial[int]":
            record = self.services.residents.record_absence
            return partial(
                record,
                who,
                values["kind"],
                values["left_on"],
                values["expected_on"],
                values["note"] or "",
                form.whereabouts(),
            )

        title = _("{name} leaves for a while").format(name=self.file.person.name)
        do, draft = _("Record"), f"absence:{who}"
        self._open(DeedDialog(title, form, do, self.jobs, deed, self, draft))

    def ask_extension(self) -> None:
        """Ask until when somebody stays away who was expected earlier."""
        away = self.open_absence
        if away is None:
            return
        form = Form()
        hint = _("No day was told before.")
        if away.expected_on:
            text = _("Was expected on {day}.")
            hint = text.format(day=say_day(away.expected_on))
        day = DateField(_("Expected on"), self.today(), hint=hint, sense=Sense.FUTURE)
        form.add("day", day, blame=(ReturnTooEarly, SameDayExpected))
        form.add("why", TextField(_("Reason"), needed=False, most=200))

        def deed(values: dict[str, Any]) -> "partial[None]":
            extend = self.services.residents.extend_absence
            return partial(extend, away.absence_id, values["day"], values["why"] or "")

        title = _("{name} stays away longer").format(name=self.file.person.name)
        do, draft = _("Record"), f"extend-absence:{away.absence_id}"
        self._open(DeedDialog(title, form, do, self.jobs, deed, self, draft))

    def ask_return(self) -> None:
        """Ask when somebody has come back."""
        away = self.open_absence
        if away is None:
            return
        form = Form()
        hint = _("Left on {day}.").format(day=say_day(away.left_on))
        day = form.add(
            "day",
            past_day(_("Returned on"), self.today(), hint=hint),
            blame=(*AWAY, NotAway, ReturnTooEarly, FlagReasonMissing),
        )
        day.set_value(self.today())
        if away.kind == "hospital":
            sentence = _("The state has changed: an assessment is due at once")
            form.add("changed", CheckField(_("Assessment"), sentence)).set_value(True)

        def deed(values: dict[str, Any]) -> "partial[None]":
            record = self.services.residents.record_return
            changed = _("Back from hospital") if values.get("changed") else ""
            return partial(record, away.absence_id, values["day"], changed)

        title = _("{name} is back").format(name=self.file.person.name)
        do, draft = _("Record"), f"return:{away.absence_id}"
        self._open(DeedDialog(title, form, do, self.jobs, deed, self, draft))

    def ask_correction(self) -> None:
        """Ask what was noted wrongly of the absence under the cursor."""
        absence, now = self.absences.current_row(), self.today()
        if absence is None:
            return
        form = AbsenceForm(now)
        back = past_day(_("Returned on"), now, needed=False)
        form.add("returned_on", back, blame=(NotComeYet, ReturnTooEarly))
        form.set_values({name: getattr(absence, name) for name in form.fields})
        known = absence.absence_id

        def deed(values: dict[str, Any]) -> "partial[None]":
            texts = ("note", "place", "ward", "escort", "phone")
            told = {**values, **{name: values.get(name) or "" for name in texts}}
            correct = self.services.residents.correct_absence
            return partial(correct, Absence(known, **told))

        title = _("Correct an absence of {name}")
        title = title.format(name=self.file.person.name)
        do, draft = _("Save"), f"correct-absence:{known}"
        self._open(DeedDialog(title, form, do, self.jobs, deed, self, draft))

    def ask_removal(self) -> None:
        """Ask before an absence that never was is removed."""
        absence = self.absences.current_row()
        if absence is None:
            return
        kind = _(ABSENCE_NAMES[absence.kind])
        told = _("{kind} from {day} is removed as if it had never been.")
        points = [
            told.format(kind=kind, day=say_day(absence.left_on)),
            _("Bills not posted yet will follow; posted ones are corrected later."),
        ]
        title = _("Remove this absence?")
        do, remove = _("Remove"), partial(self._remove, absence.absence_id)
        dialogs.confirm(self, title, points, do, remove, "danger")

    def _remove(self, absence_id: int) -> None:
        remove, done = self.services.residents.remove_absence, _("Removed.")
        self.jobs.run(self, lambda _done: self.told.emit(done), remove, absence_id)

    def _tell_late(self) -> None:
        """Say when somebody should have been back by now."""
        away = self.open_absence
        expected = away.expected_on if away else None
        late = expected is not None and expected < self.today()
        if expected and late:
            text = _(
                "Should have been back on {day}. Record the return, or put it off."
            )
            self.late.setText(text.format(day=say_day(expected)))
        self.late.setVisible(late)

    def _open(self, dialog: DeedDialog) -> None:
        dialog.accepted.connect(lambda: self.told.emit(_("Recorded.")))
        dialog.open()

    def _picked(self, absence: Absence | None) -> None:
        self.change.setEnabled(absence is not None)
        self.remove.setEnabled(absence is not None)
