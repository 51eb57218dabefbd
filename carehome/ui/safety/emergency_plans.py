"""The emergency plans, their versions, and when each is reviewed."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from carehome.i18n import N_, _, show_day
from carehome.rules.periods import after_months
from carehome.rules.rights import Right
from carehome.rules.safety import emergencies as rules
from carehome.rules.safety.drills import TitleNeeded
from carehome.rules.safety.emergencies import (
    GRADE_NAMES,
    KIND_NAMES,
    PLAN_STATE_NAMES,
    EmergencyPlan,
    PlanState,
    PlanVersion,
)
from carehome.services.safety.drill_papers import DrillPapers
from carehome.services.safety.plans import EmergencyPlans
from carehome.ui.kit import table
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import CheckField, ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.scan_field import ScanField
from carehome.ui.safety.drill_part import Part, PartFile
from carehome.ui.safety.paper_asking import show_scan
from carehome.ui.safety.paper_forms import SCAN

YEAR = 12  # months until a review is proposed: ours
TONES = {
    PlanState.IN_FORCE: "ok",
    PlanState.REVIEW: "warn",
    PlanState.OVERDUE: "bad",
    PlanState.EMPTY: "warn",
    PlanState.RETIRED: "quiet",
}
VERSIONS: tuple[Column[PlanVersion], ...] = (
    table.number(N_("Version"), lambda v: v.number),
    table.day(N_("Version in force from"), lambda v: v.effective_on),
    table.day(N_("Review on"), lambda v: v.review_on),
    Column(N_("Approved by"), lambda v: v.approved_by),
    Column(N_("Scan"), lambda v: _("Yes") if v.scan_id else None),
    Column(N_("What changed"), lambda v: v.changes or None, stretch=True),
)


class PlanList(Part[EmergencyPlan]):
    """Lists the emergency plans; a row opens to its text and all its versions."""

    def __init__(self, hand: Hand) -> None:
        model = TableModel(self._columns(), lambda plan: plan.plan_id)
        view = TableView(model, "safety.plans", N_("Emergency plans"))
        versions = TableModel(VERSIONS, lambda version: version.number)
        self.versions = TableView(versions, "safety.versions", N_("Versions"))
        self.issue = button(_("New version"), "plus", kind="small")
        self.change = button(_("Correct"), "edit", kind="small")
        self.attach = button(_("Add the signed scan"), "import", kind="small")
        self.look = button(_("View the scan"), "show", kind="small")
        self.paper = button(_("Print"), "print", kind="small")
        deeds = self.issue, self.change, self.attach, self.look, self.paper
        super().__init__(hand, view, PartFile(self.versions, *deeds))
        self._warn_days = 0
        self.add = self.bar.add_button(_("New emergency plan"), "plus", "Ctrl+Shift+P")

        may = hand.may(Right.CHANGE_SAFETY)
        self.deed(self.add, may, self.ask_new)
        self.deed(self.issue, may, self._ask_version)
        self.deed(self.change, may, self._ask_change)
        self.deed(self.attach, may, self._ask_scan)
        self.deed(self.look, True, self._show_scan)
        self.deed(self.paper, True, self._print)
        step = _("New emergency plan") if may else ""
        view.set_empty(_("No emergency plan is on file."), step)
        view.first_step.connect(self.ask_new)
        self.versions.set_empty(_("No version is in force yet."))
        self.versions.picked.connect(self._show_version)

    def read_year(self, year: int) -> None:
        """Read all plans again: they outlast the year."""
        read = self.hand.service(EmergencyPlans).listed
        self.hand.jobs.run_last(self, self.show_plans, read)

    def show_plans(self, read: tuple[list[EmergencyPlan], int]) -> None:
        """Show the plans."""
        plans, self._warn_days = read
        text = _("{count} {count:plan|plans}")
        self.bar.note.setText(text.format(count=len(plans)))
        self.say(_gaps(plans, self.hand.today()))
        self.show_rows(plans)

    def fill_file(self, row: EmergencyPlan) -> None:
        version = row.in_force(self.hand.today())
        facts = [
            Fact(_("Kind of event"), _(KIND_NAMES[row.kind])),
            Fact(_("State"), self._state(row)),
        ]
        if version:
            facts.append(Fact(_("Version"), str(version.number)))
            facts.append(Fact(_("Review on"), show_day(version.review_on)))
        self.file.show_row(row.title, facts, _text(version))
        self.versions.table.set_rows(row.versions)
        for each in (self.attach, self.look, self.paper):
            each.setEnabled(bool(row.versions))
        self._show_version(self.versions.current_row())

    def ask_new(self) -> None:
        """Ask for a plan that is new."""
        form = _plan_form()
        form.set_values({"is_active": True})
        self.ask(
            _("New emergency plan"),
            form,
            partial(self._plan_deed, 0),
            "emergency-plan:0",
        )

    def _ask_change(self) -> None:
        plan = self.view.current_row()
        if plan:
            form = _plan_form()
            names = ("title", "kind", "is_active")
            form.set_values({name: getattr(plan, name) for name in names})
            deed, draft = partial(self._plan_deed, plan.plan_id), plan.plan_id
            self.ask(_("Correct the plan"), form, deed, f"emergency-plan:{draft}")

    def _ask_version(self) -> None:
        plan = self.view.current_row()
        if plan:
            today = self.hand.today()
            form = _version_form(today)
            known = plan.versions[0] if plan.versions else None
            months = {"effective_on": today, "review_on": after_months(today, YEAR)}
            form.set_values(months)
            if known:
                form.set_values({"text": known.text, **_by_grade(known)})
            title = _("New version of “{title}”").format(title=plan.title)
            deed = partial(self._version_deed, plan.plan_id)
            self.ask(title, form, deed, f"plan-version:{plan.plan_id}")

    def _plan_deed(self, number: int, values: dict[str, Any]) -> "partial[int]":
        plan = EmergencyPlan(
            values["title"] or "",
            values["kind"],
            is_active=bool(values["is_active"]),
            plan_id=number,
        )
        return partial(self.hand.service(EmergencyPlans).save, plan)

    def _version_deed(self, number: int, values: dict[str, Any]) -> "partial[int]":
        version = PlanVersion(
            values["effective_on"],
            values["review_on"],
            values["approved_by"] or "",
            values["text"] or "",
            values["changes"] or "",
            tuple((grade, values[grade] or "") for grade in GRADE_NAMES),
        )
        return partial(self.hand.service(EmergencyPlans).issue, number, version)

    def _show_version(self, version: PlanVersion | None) -> None:
        """Show what a version says, an old one too."""
        told = version or self._shown()
        if told:
            self.file.story.setText(_text(told))
            self.look.setEnabled(told.scan_id is not None)

    def _shown(self) -> PlanVersion | None:
        """Return the version that is looked at: the chosen one, or that in force."""
        plan, chosen = self.view.current_row(), self.versions.current_row()
        if chosen or plan is None:
            return chosen
        newest = next(iter(plan.versions), None)
        return plan.in_force(self.hand.today()) or newest

    def _print(self) -> None:
        plan, version = self.view.current_row(), self._shown()
        if plan and version:
            write = self.hand.service(DrillPapers).write_plan
            self.show_paper(plan.title, write, plan.plan_id, version.number)

    def _show_scan(self) -> None:
        plan, version = self.view.current_row(), self._shown()
        if plan and version and version.scan_id:
            show_scan(plan.title, version.scan_id, self.hand, self)

    def _ask_scan(self) -> None:
        plan, version = self.view.current_row(), self._shown()
        if plan and version:
            form = Form()
            scan = ScanField(_("Scan"))
            scan.set_needed(True)
            form.add("scan", scan, blame=SCAN)
            text = _("Signed scan of “{title}”, version {number}")
            title = text.format(title=plan.title, number=version.number)
            deed = partial(self._scan_deed, plan.plan_id, version.number)
            draft = f"plan-scan:{plan.plan_id}:{version.number}"
            self.ask(title, form, deed, draft)

    def _scan_deed(
        self, plan_id: int, number: int, values: dict[str, Any]
    ) -> "partial[int]":
        add = self.hand.service(EmergencyPlans).add_scan
        return partial(add, plan_id, number, Path(values["scan"]))

    def _columns(self) -> tuple[Column[EmergencyPlan], ...]:
        return (
            Column(N_("Title"), lambda p: p.title, bold=True, stretch=True),
            Column(N_("Kind of event"), lambda p: _(KIND_NAMES[p.kind])),
            Column(
                N_("State"),
                self._state,
                chip=lambda p: TONES[p.state(self.hand.today(), self._warn_days)],
            ),
            table.day(N_("Review on"), self._review),
            table.number(N_("Versions"), lambda p: len(p.versions)),
        )

    def _state(self, plan: EmergencyPlan) -> str:
        return _(PLAN_STATE_NAMES[plan.state(self.hand.today(), self._warn_days)])

    def _review(self, plan: EmergencyPlan) -> date | None:
        version = plan.in_force(self.hand.today())
        return version.review_on if version else None


def _plan_form() -> Form:
    form = Form()
    title = TextField(_("Title"))
    form.add("title", title, blame=(TitleNeeded, rules.PlanKnown))
    kinds = {code: _(name) for code, name in KIND_NAMES.items()}
    form.add("kind", ChoiceField(_("Kind of event"), kinds))
    form.add("is_active", CheckField(_("State"), _("In use")))
    return form


def _version_form(today: date) -> Form:
    form = Form(columns=2)
    form.add("effective_on", DateField(_("Version in force from"), today))
    review = DateField(_("Review on"), today)
    form.add("review_on", review, blame=(rules.ReviewTooEarly,))
    approver = TextField(_("Approved by"))
    form.add("approved_by", approver, blame=(rules.ApproverNeeded,))
    form.add("changes", TextField(_("What changed"), needed=False, most=200))
    text = NoteField(_("What is done, by whom"), needed=True, lines=8)
    form.add("text", text, wide=True, blame=(rules.TextNeeded,))
    form.add_heading(_("Response by grade of the event"))
    for grade, name in GRADE_NAMES.items():
        form.add(grade, NoteField(_(name), lines=2))
    return form


def _by_grade(version: PlanVersion) -> dict[str, str]:
    return dict(version.responses)


def _text(version: PlanVersion | None) -> str:
    if version is None:
        return ""
    told = [f"{_(GRADE_NAMES[grade])}  {text}" for grade, text in version.responses]
    return "\n".join((version.text, *told))


def _gaps(plans: Sequence[EmergencyPlan], day: date) -> list[str]:
    """Say which kinds of event have no plan, and which grades a plan is silent on."""
    told = []
    kinds = rules.kinds_without_plan(plans, day)
    if plans and kinds:
        names = _(", ").join(_(KIND_NAMES[kind]) for kind in kinds)
        told.append(_("No plan in force for: {kinds}").format(kinds=names))
    silent = [each.title for each in plans if each.open_grades(day)]
    if silent:
        text = _("Not every grade has a response in: {titles}")
        told.append(text.format(titles=_(", ").join(silent)))
    return told
