"""The trainings about fire of a year, their tests, and who is due."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from carehome.i18n import N_, _, show_day
from carehome.rules import training as staff_rules
from carehome.rules.rights import Right
from carehome.rules.safety import trainings as rules
from carehome.rules.safety.trainings import (
    OCCASION_NAMES,
    POST_STANDING_NAMES,
    STANDING_NAMES,
    Attended,
    FireTraining,
    PersonStanding,
    PostStanding,
    Standing,
)
from carehome.rules.training import Training
from carehome.services.safety.drill_papers import DrillPapers
from carehome.services.safety.trainings import FireTrainings, TrainingYear
from carehome.ui.kit import dialogs, table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.several import SeveralField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.drill_part import Part, PartFile

TONES = {
    Standing.TRAINED: "ok",
    Standing.SOON: "warn",
    Standing.DUE: "bad",
    Standing.NEVER: "bad",
}
_POST_TONES = {
    PostStanding.BEFORE: "ok",
    PostStanding.AFTERWARDS: "warn",
    PostStanding.NOT: "bad",
}
RESULTS: tuple[Column[Attended], ...] = (
    Column(N_("Name"), lambda each: each.name, bold=True, stretch=True),
    table.number(N_("Points"), lambda each: each.points),
)


class TrainingList(Part[FireTraining]):
    """Lists the trainings about fire, and below who has had one and who is due."""

    def __init__(self, hand: Hand) -> None:
        model = TableModel(_columns(), lambda each: each.training.training_id)
        view = TableView(model, "safety.trainings", N_("Trainings about fire"))
        people = TableModel(RESULTS, lambda each: each.staff_id)
        self.people = TableView(people, "safety.results", N_("Taking part"))
        self.results = button(_("Enter test results"), "check", kind="small")
        self.change = button(_("Correct"), "edit", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        self.paper = button(_("Print"), "print", kind="small")
        deeds = self.results, self.change, self.remove, self.paper
        super().__init__(hand, view, PartFile(self.people, *deeds))
        self._year: TrainingYear | None = None
        self.add = self.bar.add_button(_("New training"), "plus", "Ctrl+Shift+T")
        self.subjects = self.bar.add_button(_("Subjects about fire"), "settings")
        standings = TableModel(_standing_columns(), lambda s: s.person.trainee.staff_id)
        self.standings = TableView(
            standings, "safety.standings", N_("Who is due for training")
        )
        layout = self.layout()
        assert layout, "a part lays out what is in it"
        layout.addWidget(ListCard(self.standings, _("Who is due for training")))

        may = hand.may(Right.CHANGE_SAFETY)
        self.deed(self.add, may, self.ask_new)
        self.deed(self.subjects, may, self._ask_subjects)
        self.deed(self.results, may, self._ask_results)
        self.deed(self.change, may, self._ask_change)
        self.deed(self.remove, may, self._ask_removal)
        self.deed(self.paper, True, self._print)
        view.set_empty(_("No training about fire is written down for this year."))
        self.standings.set_empty(_("Nobody works here yet."))
        self.standings.opened.connect(
            lambda row: hand.open_member(row.person.trainee.staff_id)
        )

    def read_year(self, year: int) -> None:
        read = self.hand.service(FireTrainings).year
        self.hand.jobs.run_last(self, self.show_year, read, year)

    def show_year(self, year: TrainingYear) -> None:
        """Show the trainings of a year."""
        self._year = year
        pressing = (Standing.DUE, Standing.NEVER)
        due = sum(each.standing in pressing for each in year.standings)
        text = _("{count} {count:training|trainings}, {due} without a valid one")
        self.bar.note.setText(text.format(count=len(year.trainings), due=due))
        self.say([] if year.fire_subjects else [_("No subject is marked as fire.")])
        self.show_rows(year.trainings)
        self.standings.table.set_rows(year.standings)

    def fill_file(self, row: FireTraining) -> None:
        self.file.show_row(row.training.title or row.subject, _facts(row), "")
        self.people.table.set_rows(row.people)

    def ask_new(self) -> None:
        """Ask for a training that was held or is planned."""
        if self._year and self._year.fire_subjects:
            form = self._form(self._year)
            first = min(self._year.fire_subjects)
            form.set_values({"subject_id": first, "occasion": "yearly"})
            form.set_values({"pass_points": rules.PASS_POINTS})
            self._ask(_("New training"), form, None)

    def _ask_change(self) -> None:
        told = self.view.current_row()
        if told and self._year:
            form = self._form(self._year, told)
            names = ("subject_id", "day", "minutes", "title", "teacher", "place")
            values: dict[str, Any] = {n: getattr(told.training, n) for n in names}
            values |= {"occasion": told.occasion, "pass_points": told.pass_points}
            people = tuple(str(each.staff_id) for each in told.people)
            form.set_values({**values, "people": people, "note": told.training.note})
            self._ask(_("Correct the training"), form, told)

    def _ask(self, title: str, form: Form, known: FireTraining | None) -> None:
        number = known.training.training_id if known else 0
        self.ask(title, form, partial(self._deed, known), f"fire-training:{number}")

    def _form(self, year: TrainingYear, known: FireTraining | None = None) -> Form:
        form = Form(columns=2)
        about = year.fire_subjects
        named = {s.subject_id: s.name for s in year.subjects if s.subject_id in about}
        form.add("subject_id", ChoiceField(_("Subject"), named))
        reasons = {code: _(name) for code, name in OCCASION_NAMES.items()}
        form.add("occasion", ChoiceField(_("Occasion"), reasons))
        form.add("day", DateField(_("Day"), self.hand.today()))
        minutes = NumberField(_("Minutes"))
        form.add("minutes", minutes, blame=(staff_rules.NoTime,))
        form.add("title", TextField(_("Title"), needed=False))
        form.add("teacher", TextField(_("Teacher"), needed=False))
        form.add("place", TextField(_("Place"), needed=False))
        form.add("pass_points", NumberField(_("Points that pass")))
        people = {
            str(each.person.trainee.staff_id): each.person.trainee.name
            for each in year.standings
        }
        people |= {str(e.staff_id): e.name for e in (known.people if known else ())}
        who = SeveralField(_("Taking part"), people, columns=6)
        form.add("people", who, wide=True, blame=(staff_rules.NobodyTrained,))
        form.add("note", NoteField(_("What was taught")), wide=True)
        return form

    def _deed(
        self, known: FireTraining | None, values: dict[str, Any]
    ) -> "partial[int]":
        had = {each.staff_id: each.points for each in known.people} if known else {}
        people = tuple(int(each) for each in values["people"] or ())
        training = Training(
            values["subject_id"],
            values["day"],
            values["minutes"],
            people,
            title=values["title"] or "",
            teacher=values["teacher"] or "",
            place=values["place"] or "",
            note=values["note"] or "",
            training_id=known.training.training_id if known else 0,
            takes_day=known.training.takes_day if known else False,
        )
        attended = tuple(Attended(each, "", had.get(each)) for each in people)
        told = FireTraining(
            training, "", attended, values["occasion"], values["pass_points"]
        )
        return partial(self.hand.service(FireTrainings).save, told)

    def _ask_results(self) -> None:
        told = self.view.current_row()
        if told:
            form = Form(columns=2)
            hint = _("0 to 100; empty = no test")
            for each in told.people:
                field = NumberField(each.name, needed=False, hint=hint)
                form.add(f"points_{each.staff_id}", field).set_value(each.points)
            deed = partial(self._results_deed, told)
            draft = f"fire-results:{told.training.training_id}"
            self.ask(_("Enter test results"), form, deed, draft)

    def _results_deed(
        self, told: FireTraining, values: dict[str, Any]
    ) -> "partial[int]":
        people = tuple(
            replace(each, points=values[f"points_{each.staff_id}"])
            for each in told.people
        )
        return partial(
            self.hand.service(FireTrainings).save, replace(told, people=people)
        )

    def _ask_subjects(self) -> None:
        if self._year:
            form = Form()
            named = {str(each.subject_id): each.name for each in self._year.subjects}
            field = SeveralField(_("Subjects about fire"), named, columns=2)
            form.add("subjects", field)
            about = tuple(map(str, sorted(self._year.fire_subjects)))
            form.set_values({"subjects": about})
            draft = "fire-subjects"
            self.ask(_("Subjects about fire"), form, self._subjects_deed, draft)

    def _subjects_deed(self, values: dict[str, Any]) -> "partial[None]":
        chosen = frozenset(int(each) for each in values["subjects"] or ())
        return partial(self.hand.service(FireTrainings).set_subjects, chosen)

    def _print(self) -> None:
        told = self.view.current_row()
        if told:
            write = self.hand.service(DrillPapers).write_training
            name = told.training.title or told.subject
            self.show_paper(name, write, told.training.training_id)

    def _ask_removal(self) -> None:
        told = self.view.current_row()
        if told:
            text = _("The hours of {count} {count:person|people} are taken away again.")
            points = [text.format(count=len(told.people))]
            do = partial(self._remove, told.training.training_id)
            title = _("Remove the training?")
            dialogs.confirm(self, title, points, _("Remove"), do, "danger")

    def _remove(self, number: int) -> None:
        remove = self.hand.service(FireTrainings).remove
        said = partial(self._say, _("Removed."))
        self.hand.jobs.run(self, said, remove, number)

    def _say(self, text: str, _done: object) -> None:
        self.told.emit(text)


def _columns() -> tuple[Column[FireTraining], ...]:
    return (
        table.day(N_("Day"), lambda t: t.training.day, bold=True),
        Column(N_("Title"), lambda t: t.training.title or t.subject, stretch=True),
        Column(N_("Occasion"), lambda t: _(OCCASION_NAMES[t.occasion])),
        table.number(N_("Minutes"), lambda t: t.training.minutes),
        table.number(N_("Taking part"), lambda t: len(t.people)),
        table.number(N_("Tested"), lambda t: t.tested or None),
        table.number(N_("Not passed"), lambda t: len(t.failed) or None),
    )


def _standing_columns() -> tuple[Column[PersonStanding], ...]:
    return (
        Column(N_("Name"), lambda s: s.person.trainee.name, bold=True),
        Column(N_("Main post"), lambda s: s.person.trainee.post or None),
        Column(
            N_("State"),
            lambda s: _(STANDING_NAMES[s.standing]),
            chip=lambda s: TONES[s.standing],
        ),
        table.day(N_("Last trained on"), lambda s: s.last),
        table.day(N_("Due by"), lambda s: s.due_on),
        Column(
            N_("Before the first day of work"),
            lambda s: _("No") if s.began_untrained else _("Yes"),
        ),
        Column(
            N_("Before a new post"),
            lambda s: _new_post(s) or None,
            chip=lambda s: _POST_TONES[s.posts[-1][1]] if s.posts else None,
            tip=_new_post,
            stretch=True,
        ),
    )


def _new_post(standing: PersonStanding) -> str:
    """Say of the last new post whether somebody was trained for it."""
    if not standing.posts:
        return ""
    post, how = standing.posts[-1]
    text = _("{post} since {day}: {state}")
    return text.format(
        post=post.post, day=show_day(post.began), state=_(POST_STANDING_NAMES[how])
    )


def _facts(told: FireTraining) -> Sequence[Fact]:
    training = told.training
    minutes = _("{count} {count:minute|minutes}").format(count=training.minutes)
    return (
        Fact(_("Day"), show_day(training.day)),
        Fact(_("Occasion"), _(OCCASION_NAMES[told.occasion])),
        Fact(_("Took"), minutes),
        Fact(_("Teacher"), training.teacher or "–"),
        Fact(_("Place"), training.place or "–"),
        Fact(_("Points that pass"), str(told.pass_points)),
    )
