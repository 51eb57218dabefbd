"""The training of a year: everybody by subject, and the trainings held."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules import training as rules
from carehome.rules.rights import Right
from carehome.rules.training import Cell, Matrix, MatrixRow, Subject, Training
from carehome.services.staff.overview import StaffIndex
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import CheckField, ChoiceField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.several import SeveralField
from carehome.ui.kit.table import MIDDLE, Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog, let_scroll
from carehome.ui.parts.turner import YEAR, Turner
from carehome.ui.staff.hand import Hand, StaffServices
from carehome.ui.staff.words import by_name, show_hours

Read = tuple[Matrix, list[Training], StaffIndex]


def read_training(services: StaffServices, year: int) -> Read:
    """Read the matrix of a year, the trainings held, and who may take part."""
    trainings = services.trainings
    return trainings.matrix(year), trainings.held(year), services.files.index()


def _matrix_columns(
    subjects: tuple[Subject, ...],
) -> tuple[Column[MatrixRow], ...]:
    first: tuple[Column[MatrixRow], ...] = (
        Column(
            N_("Name"),
            lambda row: row.trainee.name,
            bold=True,
            order=lambda row: by_name(row.trainee.name),
        ),
        Column(N_("Main post"), lambda row: row.trainee.post or None),
        Column(
            N_("Missing"),
            lambda row: _lacks(row) or None,
            lambda count: _("{count} {count:subject|subjects}").format(count=count),
            chip=lambda row: "warn" if _lacks(row) else None,
        ),
    )
    return (*first, *(_of_subject(at, each) for at, each in enumerate(subjects)))


def _of_subject(at: int, subject: Subject) -> Column[MatrixRow]:
    return Column(
        subject.name,
        lambda row: row.cells[at],
        _say_cell,
        align=MIDDLE,
        chip=lambda row: _tone(row.cells[at]),
        order=lambda row: cell.minutes if (cell := row.cells[at]) else None,
    )


def _say_cell(cell: Cell) -> str:
    had = show_hours(cell.minutes)
    return f"{had}/{show_hours(cell.needed)}" if cell.needed else had


def _tone(cell: Cell | None) -> str | None:
    if cell is None or not cell.needed:
        return None
    return "ok" if cell.is_enough else "warn" if cell.minutes else "quiet"


def _lacks(row: MatrixRow) -> int:
    return sum(cell is not None and not cell.is_enough for cell in row.cells)


class TrainingView(LiveView):
    """Holds what everybody has had against what is needed; writes trainings down.

    `member_wanted` carries somebody whose file shall open, and at which leaf.
    """

    SHOWS = frozenset(
        {
            *("training", "training_attendance", "training_subject"),
            *("staff_member", "staff_post", "post"),
        }
    )
    told = Signal(str)
    member_wanted = Signal(int, str)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._read: Read | None = None
        self.year = Turner(hand.today().replace(month=1, day=1), YEAR)
        self.bar = Bar(self.year)
        self.add = self.bar.add_button(_("New training"), "plus", "Ctrl+Shift+T")
        self.change = self.bar.add_button(_("Correct the training"), "edit")
        self.remove = self.bar.add_button(_("Remove the training"), "remove")
        self.held = TableView(
            TableModel(self._held_columns(), lambda t: t.training_id),
            "staff.trainings",
            N_("Trainings"),
        )
        self.view = self._matrix(())
        self._subjects: tuple[Subject, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self._card = ListCard(self.view, _("Hours had of hours needed"))
        self._column.addWidget(self.bar)
        self._column.addWidget(self._card, 3)
        self._column.addWidget(ListCard(self.held, _("Trainings of the year")), 2)
        lead(self, self.held)

        may_change = hand.may(Right.CHANGE_STAFF)
        for each in (self.add, self.change, self.remove):
            each.setVisible(may_change)
        step = _("New training") if may_change else ""
        self.held.set_empty(_("No training is written down for this year."), step)
        self.year.turned.connect(self.refresh)
        self.add.clicked.connect(self.ask_new)
        self.held.first_step.connect(self.ask_new)
        self.change.clicked.connect(self._correct)
        self.remove.clicked.connect(self._ask_removal)
        self.held.picked.connect(self._picked)
        if may_change:
            self.held.opened.connect(self.ask_training)
        self._picked(None)

    def refresh(self) -> None:
        """Read the year again."""
        values = (self._hand.services, self.year.first.year)
        self._hand.jobs.run_last(self, self._show, read_training, *values)

    def ask_new(self) -> None:
        """Ask for a training that is new."""
        self.ask_training()

    def ask_training(self, training: Training | None = None) -> None:
        """Ask who was trained in what, when and how long."""
        if self._read is None:
            return
        form = self._form(self._read)
        title = _("New training")
        if training:
            title = _("Correct the training")
            self._fill(form, training)
        number = training.training_id if training else 0
        jobs, deed = self._hand.jobs, partial(self._deed, number)
        draft = f"training:{number}"
        dialog = DeedDialog(title, form, _("Save"), jobs, deed, self, draft)
        dialog.setMinimumWidth(theme.px(760))
        let_scroll(dialog)
        dialog.accepted.connect(lambda: self.told.emit(_("The training was saved.")))
        dialog.open()

    def _form(self, read: Read) -> Form:
        matrix, _held, index = read
        today = self._hand.today()
        form = Form(columns=2)
        subjects = {each.subject_id: each.name for each in matrix.subjects}
        form.add("subject_id", ChoiceField(_("Subject"), subjects))
        form.add("day", DateField(_("Day"), today))
        minutes = NumberField(_("Minutes"), hint=_("60 is one hour."))
        form.add("minutes", minutes, blame=(rules.NoTime,))
        takes = CheckField(_("Roster"), _("Takes the whole day: no shift"))
        form.add("takes_day", takes)
        form.add("title", TextField(_("Title"), needed=False))
        form.add("teacher", TextField(_("Teacher"), needed=False))
        form.add("place", TextField(_("Place"), needed=False))
        form.add("note", TextField(_("Note"), needed=False, most=200))
        here = [line for line in index.lines if line.is_here(today)]
        people = {str(line.staff_id): line.name for line in here}
        who = SeveralField(_("Taking part"), people, columns=6)
        form.add("people", who, wide=True, blame=(rules.NobodyTrained,))
        return form

    def _fill(self, form: Form, training: Training) -> None:
        names = ["subject_id", "day", "minutes", "takes_day", "title"]
        names += ["teacher", "place", "note"]
        values: dict[str, Any] = {name: getattr(training, name) for name in names}
        form.set_values({**values, "people": tuple(map(str, training.people))})

    def _deed(self, number: int, values: dict[str, Any]) -> "partial[int]":
        people = tuple(int(each) for each in values["people"] or ())
        texts = {each: values[each] or "" for each in ("title", "teacher", "place")}
        told = {**values, **texts, "people": people, "note": values["note"] or ""}
        training = replace(Training(**told), training_id=number)
        return partial(self._hand.services.trainings.save, training)

    def _show(self, read: Read) -> None:
        self._read = read
        matrix, held, _index = read
        if matrix.subjects != self._subjects or not self.view.table.columns:
            self._subjects = matrix.subjects
            self._replace_matrix(matrix.subjects)
        self.view.table.set_rows(matrix.rows)
        self.held.table.set_rows(held)
        lacking = sum(bool(_lacks(row)) for row in matrix.rows)
        text = _("{count} {count:person|people}, {lacking} with hours missing")
        self.bar.note.setText(text.format(count=len(matrix.rows), lacking=lacking))

    def _replace_matrix(self, subjects: tuple[Subject, ...]) -> None:
        """Make the matrix anew: its columns are the home's own subjects."""
        card, self.view = self._card, self._matrix(subjects)
        self._card = ListCard(self.view, _("Hours had of hours needed"))
        self._column.replaceWidget(card, self._card)
        card.hide()
        card.deleteLater()
        self.setTabOrder(self.view, self.held)

    def _matrix(self, subjects: tuple[Subject, ...]) -> TableView[MatrixRow]:
        model = TableModel(_matrix_columns(subjects), lambda row: row.trainee.staff_id)
        view = TableView(model, "staff.matrix", N_("Training by subject"))
        view.set_empty(_("Nobody works here in this year."))
        view.opened.connect(self._open)
        return view

    def _held_columns(self) -> tuple[Column[Training], ...]:
        return (
            table.day(N_("Day"), lambda t: t.day, bold=True),
            Column(N_("Subject"), lambda t: self._name(t.subject_id)),
            Column(N_("Title"), lambda t: t.title or None),
            Column(
                N_("Hours taught"), lambda t: t.minutes, show_hours, align=table.RIGHT
            ),
            table.number(N_("Taking part"), lambda t: len(t.people)),
            Column(N_("Teacher"), lambda t: t.teacher or None),
            Column(N_("Place"), lambda t: t.place or None, stretch=True),
        )

    def _name(self, subject_id: int) -> str | None:
        named = {each.subject_id: each.name for each in self._subjects}
        return named.get(subject_id)

    def _open(self, row: MatrixRow) -> None:
        self.member_wanted.emit(row.trainee.staff_id, _("Training"))

    def _correct(self) -> None:
        self.ask_training(self.held.current_row())

    def _ask_removal(self) -> None:
        training = self.held.current_row()
        if training:
            count = len(training.people)
            text = _("The hours of {count} {count:person|people} are taken away again.")
            points = [text.format(count=count)]
            do = partial(self._remove, training.training_id)
            title = _("Remove the training?")
            dialogs.confirm(self, title, points, _("Remove"), do, "danger")

    def _remove(self, number: int) -> None:
        remove = self._hand.services.trainings.remove
        said = _("Removed.")
        self._hand.jobs.run(self, lambda _done: self.told.emit(said), remove, number)

    def _picked(self, training: Training | None) -> None:
        for deed in (self.change, self.remove):
            deed.setEnabled(training is not None)
