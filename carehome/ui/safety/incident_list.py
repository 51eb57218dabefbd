"""The incidents of a year: what happened, whom it was told, what was learnt."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from carehome.i18n import N_, _, show_day, show_moment
from carehome.rules.rights import Right
from carehome.rules.safety import emergencies as rules
from carehome.rules.safety.drills import TimeWrong, check_time
from carehome.rules.safety.emergencies import (
    GRADE_NAMES,
    KIND_NAMES,
    Incident,
    Report,
)
from carehome.rules.safety.reporting import (
    REPORT_STATE_NAMES,
    ReportState,
    Telling,
    state_of,
    tellings,
)
from carehome.services.safety.drill_papers import DrillPapers
from carehome.services.safety.incidents import IncidentList, Incidents
from carehome.ui.kit import dialogs, table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.drill_part import Part, PartFile, lesson_view
from carehome.ui.safety.paper_asking import tell_failure

TONES = {
    ReportState.OPEN: "warn",
    ReportState.OVERDUE: "bad",
    ReportState.IN_TIME: "ok",
    ReportState.LATE: "warn",
}


class IncidentView(Part[Incident]):
    """Lists the incidents of a year; a row opens to its reports and lessons."""

    def __init__(self, hand: Hand) -> None:
        model = TableModel(self._columns(), lambda each: each.incident_id)
        view = TableView(model, "safety.incidents", N_("Incidents"))
        self.lessons = lesson_view("safety.incident_lessons")
        self.report = button(_("Note a report"), "phone", kind="small")
        self.change = button(_("Tell more"), "edit", kind="small")
        self.learn = button(_("Note a lesson"), "plus", kind="small")
        self.open_hazard = button(_("Hazard of the lesson"), "warn", kind="small")
        self.close_it = button(_("Close the incident"), "check", kind="small")
        self.paper = button(_("Print"), "print", kind="small")
        deeds = self.report, self.change, self.learn, self.open_hazard, self.close_it
        super().__init__(hand, view, PartFile(self.lessons, *deeds, self.paper))
        self.add = self.bar.add_button(_("Record an incident"), "plus", "Ctrl+Shift+I")

        may = hand.may(Right.CHANGE_SAFETY)
        self.deed(self.add, hand.may(Right.MAKE_ROUNDS), self.ask_new)
        self.deed(self.report, may, self._ask_report)
        self.deed(self.change, may, self._ask_change)
        self.deed(self.learn, may, self._ask_lesson)
        self.deed(self.open_hazard, may, self._lesson)
        self.deed(self.paper, True, self._print)
        self.deed(self.close_it, hand.may(Right.CLOSE_HAZARDS), self._ask_closing)
        self.lessons.opened.connect(lambda _lesson: self._lesson())
        view.set_empty(_("No incident is recorded in this year."))

    def read_year(self, year: int) -> None:
        read = self.hand.service(Incidents).year
        self.hand.jobs.run_last(self, self.show_list, read, year)

    def show_list(self, read: IncidentList) -> None:
        """Show the incidents of a year."""
        text = _("{count} {count:incident|incidents}")
        self.bar.note.setText(text.format(count=len(read.incidents)))
        self.show_rows(read.incidents)

    def fill_file(self, row: Incident) -> None:
        for each in (self.change, self.close_it):
            each.setEnabled(row.closed_on is None)
        self.open_hazard.setEnabled(bool(row.lessons))
        title = _("Incident {number}").format(number=row.number)
        self.file.show_row(title, self._facts(row), _story(row, self._now()))
        self.lessons.table.set_rows(row.lessons)

    def ask_new(self) -> None:
        """Ask what happened."""
        today = self.hand.today()
        form = Form(columns=2)
        day = DateField(_("Happened on"), today)
        form.add("happened_on", day, blame=(rules.NotYetHappened,)).set_value(today)
        at = TextField(_("Time"), hint=_("Such as 14:30"), check=check_time)
        form.add("happened_at", at, blame=(TimeWrong,))
        _add_story(form)
        form.set_values({"kind": "accident", "grade": "general"})
        self.ask(_("Record an incident"), form, self._add_deed, "incident:new")

    def _ask_change(self) -> None:
        incident = self.view.current_row()
        if incident:
            form = Form(columns=2)
            _add_story(form)
            names = form.fields
            form.set_values({name: getattr(incident, name) for name in names})
            deed = partial(self._change_deed, incident)
            draft = f"incident:{incident.incident_id}"
            self.ask(_("Tell more"), form, deed, draft)

    def _ask_report(self) -> None:
        incident = self.view.current_row()
        if incident:
            form = Form(columns=2)
            waiting = [
                told.duty.receiver
                for told in tellings(incident, self._now())
                if told.report is None
            ]
            text = _("Still to be told: {receivers}")
            hint = text.format(receivers=_(", ").join(waiting)) if waiting else ""
            to = TextField(_("Reported to"), hint=hint or _("Office and person"))
            form.add("receiver", to, blame=(rules.ReceiverNeeded,), wide=True)
            to.set_value(waiting[0] if waiting else "")
            day = DateField(_("Reported on"), self.hand.today())
            blamed = (rules.NotYetHappened, rules.ReportedBefore)
            form.add("reported_on", day, blame=blamed).set_value(self.hand.today())
            at = TextField(_("Reported at"), check=check_time)
            form.add("reported_at", at, blame=(TimeWrong,))
            form.add("reported_by", TextField(_("Reported by"), needed=False))
            form.add("note", TextField(_("Note"), needed=False, most=200))
            deed = partial(self._report_deed, incident.incident_id)
            draft = f"incident-report:{incident.incident_id}"
            self.ask(_("Note a report"), form, deed, draft)

    def _print(self) -> None:
        incident = self.view.current_row()
        if incident:
            write = self.hand.service(DrillPapers).write_incident
            name = _("Incident {number}").format(number=incident.number)
            self.show_paper(name, write, incident.incident_id)

    def _ask_lesson(self) -> None:
        incident = self.view.current_row()
        if incident:
            form = Form()
            text = NoteField(_("What was learnt"), needed=True)
            form.add("text", text, blame=(rules.StoryNeeded,))
            deed = partial(self._learn_deed, incident.incident_id)
            draft = f"incident-lesson:{incident.incident_id}"
            self.ask(_("Note a lesson"), form, deed, draft)

    def _lesson(self) -> None:
        incident, lesson = self.view.current_row(), self.lessons.current_row()
        if incident and incident.lessons:
            self.open_lesson(lesson or incident.lessons[0], incident.place)

    def _ask_closing(self) -> None:
        incident = self.view.current_row()
        if incident:
            title = _("Close incident {number}?").format(number=incident.number)
            points = [_("A closed incident stays as it is.")]
            do = partial(self._close, incident.incident_id)
            dialogs.confirm(self, title, points, _("Close the incident"), do)

    def _close(self, number: int) -> None:
        close = self.hand.service(Incidents).close
        said = partial(self._say, _("The incident is closed."))
        tell = partial(tell_failure, self)
        self.hand.jobs.run(self, said, close, number, failed=tell)

    def _say(self, text: str, _done: object) -> None:
        self.told.emit(text)

    def _add_deed(self, values: dict[str, Any]) -> "partial[int]":
        day, at = values["happened_on"], values["happened_at"] or ""
        incident = _laid(Incident(day, at, "", "", ""), values)
        return partial(self.hand.service(Incidents).add, incident)

    def _change_deed(self, known: Incident, values: dict[str, Any]) -> "partial[None]":
        return partial(self.hand.service(Incidents).change, _laid(known, values))

    def _report_deed(self, number: int, values: dict[str, Any]) -> "partial[None]":
        report = Report(
            values["receiver"] or "",
            values["reported_on"],
            values["reported_at"] or "",
            values["reported_by"] or "",
            values["note"] or "",
        )
        return partial(self.hand.service(Incidents).report, number, report)

    def _learn_deed(self, number: int, values: dict[str, Any]) -> "partial[int]":
        return partial(self.hand.service(Incidents).learn, number, values["text"])

    def _columns(self) -> tuple[Column[Incident], ...]:
        return (
            Column(N_("Number"), lambda i: i.number, bold=True),
            table.day(N_("Happened on"), lambda i: i.happened_on),
            Column(N_("What happened"), lambda i: i.told, stretch=True),
            Column(N_("Place"), lambda i: i.place or None),
            Column(N_("Grade of the event"), lambda i: _(GRADE_NAMES[i.grade])),
            Column(N_("Reporting"), self._reported, chip=self._tone),
            Column(
                N_("State"),
                lambda i: _("Incident closed") if i.closed_on else _("Not closed"),
            ),
        )

    def _reported(self, incident: Incident) -> str:
        state = self._standing(incident)
        return _(REPORT_STATE_NAMES[state]) if state else _("Nobody to be told")

    def _tone(self, incident: Incident) -> str:
        state = self._standing(incident)
        return TONES[state] if state else "quiet"

    def _standing(self, incident: Incident) -> ReportState | None:
        return state_of(tellings(incident, self._now()))

    def _now(self) -> datetime:
        return self.hand.clock().replace(tzinfo=None)

    def _facts(self, incident: Incident) -> list[Fact]:
        when = f"{show_day(incident.happened_on)} {incident.happened_at}"
        return [
            Fact(_("Happened on"), when),
            Fact(_("Place"), incident.place or "–"),
            Fact(_("Kind of event"), _(KIND_NAMES[incident.kind])),
            Fact(_("Grade of the event"), _(GRADE_NAMES[incident.grade])),
            Fact(_("Injured"), str(incident.injured)),
            Fact(_("Dead"), str(incident.dead)),
            Fact(_("Reporting"), self._reported(incident)),
        ]


def _add_story(form: Form) -> None:
    kinds = {code: _(name) for code, name in KIND_NAMES.items()}
    grades = {code: _(name) for code, name in GRADE_NAMES.items()}
    form.add("kind", ChoiceField(_("Kind of event"), kinds))
    form.add("grade", ChoiceField(_("Grade of the event"), grades))
    form.add("place", TextField(_("Place"), needed=False), wide=True)
    form.add("injured", NumberField(_("Injured"), needed=False))
    form.add("dead", NumberField(_("Dead"), needed=False))
    told = NoteField(_("What happened"), needed=True)
    form.add("told", told, wide=True, blame=(rules.StoryNeeded,))
    form.add("measures", NoteField(_("What was done"), lines=2), wide=True)
    form.add("cause", NoteField(_("Cause"), lines=2), wide=True)


def _laid(known: Incident, values: dict[str, Any]) -> Incident:
    return replace(
        known,
        kind=values["kind"],
        grade=values["grade"],
        place=values["place"] or "",
        injured=values["injured"] or 0,
        dead=values["dead"] or 0,
        told=values["told"] or "",
        measures=values["measures"] or "",
        cause=values["cause"] or "",
    )


def _story(incident: Incident, now: datetime) -> str:
    told = [incident.told, *(_telling(each) for each in tellings(incident, now))]
    if incident.measures:
        told.append(_("Done: {text}").format(text=incident.measures))
    if incident.cause:
        told.append(_("Cause: {text}").format(text=incident.cause))
    for each in incident.reports:
        text = _("{day} {time} reported to {receiver} by {person}")
        day = show_day(each.reported_on)
        told.append(
            text.format(
                day=day,
                time=each.reported_at,
                receiver=each.receiver,
                person=each.reported_by,
            )
        )
    return "\n".join(told)


def _telling(told: Telling) -> str:
    text = _("{receiver}: until {time} ({state})")
    return text.format(
        receiver=told.duty.receiver,
        time=show_moment(told.until),
        state=_(REPORT_STATE_NAMES[told.state]),
    )
