"""The page of assessments: its lists, and in their place the form or what came out."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.residents import SEX_NAMES
from carehome.rules.rights import Right, User
from carehome.services.assessments import AssessmentState
from carehome.ui.assessments.lists_view import AT_RISK, DRAFTS, DUE, RISKS, ListsView
from carehome.ui.assessments.outcome import Followed, Outcome, read_outcome
from carehome.ui.assessments.review import Review
from carehome.ui.assessments.work import Work
from carehome.ui.kit import dialogs
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame
from carehome.ui.parts.assessing import AssessmentServices, ask_void, print_form


class AssessmentsPage(QStackedWidget):
    """Leads from the lists to filling in a form, to what follows, to looking at one.

    `resident_wanted`, `risks_wanted` and `grade_wanted` (with grade and reason) carry a
    resident of whom another page shall do something; `told` a line on what was done.
    """

    resident_wanted = Signal(int)
    risks_wanted = Signal(int)
    grade_wanted = Signal(int, str, str)
    told = Signal(str)

    def __init__(
        self,
        services: AssessmentServices,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self._services = services
        self._jobs = jobs
        self._user = user
        self._today = today
        self.lists = ListsView(services, jobs, user, today)
        self.desk = PageFrame("")
        self.room = QStackedWidget()
        self.review = Review(services.assessments, jobs, today)
        self.outcome = Outcome(user)
        self.work: Work | None = None
        self._arrange()

        self.lists.begin_wanted.connect(self.begin)
        self.lists.draft_wanted.connect(self.resume)
        self.lists.review_wanted.connect(self.open_assessment)
        self.lists.resident_wanted.connect(self.resident_wanted)
        self.lists.risks_wanted.connect(self.risks_wanted)
        self.lists.told.connect(self.told)
        self.back.clicked.connect(self.open_lists)
        self.print.clicked.connect(self._print)
        self.void.clicked.connect(self._ask_void)
        self.review.shown.connect(self._name_review)
        self.outcome.grade_wanted.connect(self._want_grade)
        self.outcome.risks_wanted.connect(self._want_risks)
        self.outcome.review_wanted.connect(self._review_outcome)
        self.outcome.print_wanted.connect(self._print)
        self.outcome.list_wanted.connect(self.open_lists)
        self.currentChanged.connect(self._lead_keys)
        self.lists.tabs.shown.connect(lambda _at: self.open_lists())

    def open_lists(self) -> None:
        """Show the lists."""
        self._put_work_away()
        self.setCurrentWidget(self.lists)
        self.lists.setFocus()

    def show_due(self) -> None:
        """Show who is due."""
        self.open_lists()
        self.lists.tabs.strip.setCurrentIndex(DUE)

    def show_risks(self, are_judged: bool) -> None:
        """Show whose risks are to be assessed, or who is at risk."""
        self.open_lists()
        self.lists.tabs.strip.setCurrentIndex(AT_RISK if are_judged else RISKS)

    def show_drafts(self) -> None:
        """Show what is half filled in."""
        self.open_lists()
        self.lists.tabs.strip.setCurrentIndex(DRAFTS)

    def begin(self, resident_id: int) -> None:
        """Begin to assess somebody, or go on where it was left."""
        begin = self._services.assessments.begin
        self._jobs.run(self, self.resume, begin, resident_id, failed=self._fail)

    def resume(self, assessment_id: int) -> None:
        """Go on with a half-filled assessment."""
        read = partial(_read_work, self._services)
        self._jobs.run(self, self._work_on, read, assessment_id, failed=self._fail)

    def open_assessment(self, assessment_id: int) -> None:
        """Look at a finished assessment."""
        self._put_work_away()
        self._show(self.review, _("Ability assessment"))
        self.review.show_assessment(assessment_id)

    def ask_whom(self) -> None:
        """Ask whom to assess."""
        self.open_lists()
        self.lists.ask_whom()

    def _work_on(self, read: tuple[AssessmentState, bool]) -> None:
        """Open the form of a draft; a finished one is only looked at."""
        state, adds_up = read
        if state.status != "draft":
            self.open_assessment(state.assessment_id)
            return
        self._put_work_away()
        services = self._services
        self.work = Work(
            state,
            services.assessments,
            services.staff,
            self._jobs,
            self._user,
            self._today,
            adds_up,
        )
        self.work.finished.connect(self._finished)
        self.work.left.connect(self._dropped)
        self.room.addWidget(self.work)
        self._show(self.work, _title(state))
        self.work.setFocus()

    def _finished(self, assessment_id: int) -> None:
        self._jobs.run(
            self, self._show_outcome, read_outcome, self._services, assessment_id
        )

    def _show_outcome(self, followed: Followed) -> None:
        self._put_work_away()
        self.outcome.show_followed(followed)
        self._show(self.outcome, _title(followed.state))
        self.outcome.next.setFocus()
        text = _("Assessment {label} is finished.").format(label=followed.state.label)
        self.told.emit(text)

    def _dropped(self) -> None:
        self.told.emit(_("The draft is thrown away."))
        self.open_lists()

    def _show(self, part: QWidget, title: str) -> None:
        """Show the form, what follows or a review in place of the lists."""
        self.desk.head.title.setText(title)
        is_review = part is self.review
        self.print.setVisible(is_review)
        self.void.setVisible(False)
        self.room.setCurrentWidget(part)
        lead(self.desk, part)
        self.setCurrentWidget(self.desk)
        part.setFocus()

    def _put_work_away(self) -> None:
        """Leave the form; what is typed there is kept."""
        if self.work:
            self.work.keeper.keep()
            self.room.removeWidget(self.work)
            self.work.deleteLater()
            self.work = None

    def _name_review(self, state: AssessmentState) -> None:
        title = _("{who}, assessment {label}")
        told = title.format(who=_title(state), label=state.label)
        self.desk.head.title.setText(told)
        may = self._user.may(Right.ASSESS) and state.status == "finished"
        self.void.setVisible(may)

    def _review_outcome(self) -> None:
        if self.outcome.followed:
            self.open_assessment(self.outcome.followed.state.assessment_id)

    def _want_grade(self, grade: str) -> None:
        if self.outcome.followed:
            state = self.outcome.followed.state
            why = _("Ability assessment {label}").format(label=state.label)
            self.grade_wanted.emit(state.resident_id, grade, why)

    def _want_risks(self) -> None:
        if self.outcome.followed:
            self.risks_wanted.emit(self.outcome.followed.state.resident_id)

    def _print(self) -> None:
        followed = self.outcome.followed
        is_outcome = self.room.currentWidget() is self.outcome
        state = followed.state if is_outcome and followed else self.review.state
        if state:
            assessments = self._services.assessments
            name = f"{state.resident} {state.label}"
            print_form(assessments, state.assessment_id, name, self._jobs, self)

    def _ask_void(self) -> None:
        state = self.review.state
        if state:
            which, label = state.assessment_id, state.label
            assessments = self._services.assessments
            dialog = ask_void(assessments, which, label, self._jobs, self)
            told = _("Assessment {label} is void.").format(label=label)
            dialog.accepted.connect(partial(self.told.emit, told))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _lead_keys(self, at: int) -> None:
        """Let whoever gives this page the keys give them to the part that is shown."""
        if shown := self.widget(at):
            lead(self, shown)

    def _arrange(self) -> None:
        head = self.desk.head
        self.void = head.add_button(_("Void"), "remove")
        self.print = head.add_button(_("Print"), "print", "Ctrl+P")
        self.back = head.add_button(_("Back to the assessments"), "left")
        words = N_("Back to the assessments; what is typed is kept")
        bind(self.desk, "Esc", words, self.open_lists, WITHIN)
        self.desk.body.addWidget(self.room, 1)
        self.room.addWidget(self.review)
        self.room.addWidget(self.outcome)
        self.addWidget(self.lists)
        self.addWidget(self.desk)
        lead(self, self.lists)


def _title(state: AssessmentState) -> str:
    """Say who is assessed."""
    facts: list[Any] = [state.resident, _(SEX_NAMES[state.sex]), state.bed]
    return "  ".join(filter(None, facts))


def _read_work(
    services: AssessmentServices, assessment_id: int
) -> tuple[AssessmentState, bool]:
    """Read a draft, and whether two reasons to change a level add up in this home."""
    state = services.assessments.state(assessment_id)
    return state, services.assessments.rules().adds_up
