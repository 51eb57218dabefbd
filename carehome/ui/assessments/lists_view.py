"""The lists of the page in tabs: due, under way, done."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from carehome.i18n import N_, _
from carehome.rules.assessments import all_forms
from carehome.rules.rights import Right, User
from carehome.services.assessments import (
    AssessmentRules,
    Assessments,
    DraftLine,
    DueLine,
)
from carehome.services.residents import ResidentIndex
from carehome.ui.assessments import begin, home_rules
from carehome.ui.assessments.done_list import DoneList
from carehome.ui.assessments.lists import DraftList, DueList, LineList
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs
from carehome.ui.parts.assessing import AssessmentServices, print_blank
from carehome.ui.parts.risks import AtRisk, RiskList, RisksDue

DUE, DRAFTS, DONE, RISKS, AT_RISK = range(5)
TITLES = (
    *(N_("Due"), N_("Under way"), N_("Assessments done")),
    *(N_("Risks due"), N_("People at risk")),
)
PEOPLE = frozenset({"resident", "contact", "stay", "bed_use", "bed", "room"})


class ListsView(PageFrame):
    """Who is due, what is half filled in, and everything that is done.

    `begin_wanted` carries a resident to assess, `draft_wanted` and `review_wanted` an
    assessment to go on with or to look at, `resident_wanted` whose file to open,
    `risks_wanted` whose risks.
    """

    begin_wanted = Signal(int)
    draft_wanted = Signal(int)
    review_wanted = Signal(int)
    resident_wanted = Signal(int)
    risks_wanted = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        services: AssessmentServices,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
    ) -> None:
        super().__init__(_("Assessments"))
        self._services = services
        self._jobs = jobs
        self._today = today
        self._user = user
        self._may = user.may(Right.ASSESS)
        self._may_flag = user.may(Right.CHANGE_RESIDENTS)
        self._index: ResidentIndex | None = None
        self.tabs = Tabs()
        self.search = self.head.add_search(_("Name, pinyin, bed or phone"))
        self.rules = self.head.add_button(_("How we assess"), "settings")
        self.rules.setVisible(user.may(Right.CHANGE_HOME))
        self.blank = self.head.add_button(_("Blank form"), "print")
        self.new = self.head.add_primary(_("Assess somebody"), "plus", "Ctrl+N")
        self.new.setVisible(self._may)
        self.body.addWidget(self.tabs, 1)
        self.tabs.add(_(TITLES[DUE]), self._due)
        self.tabs.add(_(TITLES[DRAFTS]), self._drafts)
        self.tabs.add(_(TITLES[DONE]), self._done)
        self.tabs.add(_(TITLES[RISKS]), partial(self._risks, RisksDue))
        self.tabs.add(_(TITLES[AT_RISK]), partial(self._risks, AtRisk))
        self.tabs.offer_keys()
        lead(self, self.list_at(DUE))

        self.tabs.shown.connect(self._go_in)
        self.search.textChanged.connect(self._look)
        self.search.left_down.connect(self._go_down)
        self.rules.clicked.connect(self.ask_rules)
        self.blank.clicked.connect(self._offer_blanks)
        self.new.clicked.connect(self.ask_whom)
        jobs.changed.connect(self._forget_people)

    def list_at(self, at: int) -> LineList[Any] | RiskList[Any]:
        """Return the list of a tab."""
        content = self.tabs.content(at)
        assert isinstance(content, LineList | RiskList)
        return content

    def ask_whom(self) -> None:
        """Ask whom to assess."""
        read = partial(_read_people, self._services)
        self._jobs.run(self, self._ask_whom, read)

    def _ask_whom(self, read: tuple[ResidentIndex, str]) -> None:
        index, chosen = read
        forms = {code: form.standard for code, form in all_forms().items()}
        dialog = begin.ask_whom(
            self._services.assessments, index, forms, chosen, self._jobs, self
        )
        dialog.answered.connect(self._begun)

    def ask_rules(self) -> None:
        """Ask how the home assesses."""
        assessments = self._services.assessments
        then = partial(_ask_rules, assessments, self._jobs, self)
        self._jobs.run(self, then, assessments.rules)

    def _begun(self, assessment_id: int) -> None:
        self.draft_wanted.emit(assessment_id)

    def _due(self) -> QWidget:
        start = button(_("Begin the assessment"), "assessment", kind="primary")
        file = button(_("Open the file"), "person")
        flag = button(_("Something has changed"), "warn")
        due = DueList(
            self._services.assessments, self._jobs, self._today, flag, file, start
        )
        flag.setVisible(self._may_flag)
        start.setVisible(self._may)
        due.opened.connect(self._start)
        start.clicked.connect(lambda: self._start(due.view.current_row()))
        file.clicked.connect(lambda: self._open_file(due.view.current_row()))
        flag.clicked.connect(lambda: self._flag(due.view.current_row()))
        self._follow(due, start, file, flag)
        return due

    def _drafts(self) -> QWidget:
        go_on = button(_("Go on"), "right", kind="primary")
        drafts = DraftList(self._services.assessments, self._jobs, go_on)
        go_on.setVisible(self._may)
        drafts.opened.connect(self._go_on)
        go_on.clicked.connect(lambda: self._go_on(drafts.view.current_row()))
        self._follow(drafts, go_on)
        return drafts

    def _done(self) -> QWidget:
        look = button(_("Open"), "right", kind="primary")
        done = DoneList(self._services.assessments, self._jobs, self._today(), look)
        done.opened.connect(self._review)
        look.clicked.connect(lambda: self._review(done.view.current_row()))
        self._follow(done, look)
        return done

    def _risks(self, kind: type[RisksDue | AtRisk]) -> QWidget:
        lines = kind(self._services.risks, self._jobs, self._user, self._today)
        lines.resident_wanted.connect(self.risks_wanted)
        return lines

    def _follow(self, lines: LineList[Any], *deeds: QPushButton) -> None:
        """Let deeds wait until somebody is chosen."""

        def choose(row: object) -> None:
            for deed in deeds:
                deed.setEnabled(row is not None)

        lines.view.picked.connect(choose)
        choose(None)

    def _start(self, row: DueLine | None) -> None:
        if row is None:
            return
        if not self._may:
            self.resident_wanted.emit(row.resident_id)
        elif row.draft_id:
            self.draft_wanted.emit(row.draft_id)
        else:
            self.begin_wanted.emit(row.resident_id)

    def _go_on(self, row: DraftLine | None) -> None:
        if row is not None and self._may:
            self.draft_wanted.emit(row.assessment_id)

    def _review(self, row: Any) -> None:
        if row is not None:
            self.review_wanted.emit(row.assessment_id)

    def _open_file(self, row: DueLine | None) -> None:
        if row is not None:
            self.resident_wanted.emit(row.resident_id)

    def _flag(self, row: DueLine | None) -> None:
        if row is None:
            return
        dialog = begin.ask_change(
            self._services.assessments,
            row.resident_id,
            row.resident,
            self._today,
            self._jobs,
            self,
        )
        text = _("{name} is to be assessed at once.").format(name=row.resident)
        dialog.accepted.connect(partial(self.told.emit, text))

    def _offer_blanks(self) -> None:
        """Offer the empty forms below the button."""
        menu = QMenu(self)
        for code, form in all_forms().items():
            action = menu.addAction(form.standard)
            action.triggered.connect(partial(self.show_blank, code))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.blank.mapToGlobal(self.blank.rect().bottomLeft()))

    def show_blank(self, code: str) -> None:
        """Show an empty form."""
        print_blank(self._services.assessments, code, self._jobs, self)

    def _go_in(self, at: int) -> None:
        """Put the cursor into the list, unless it walks over the tabs."""
        lines = self.list_at(at)
        lead(self, lines)
        self._look()
        if not self.tabs.strip.hasFocus():
            lines.setFocus()

    def _go_down(self) -> None:
        self.list_at(self.tabs.strip.currentIndex()).setFocus()

    def _look(self, _typed: str = "") -> None:
        """List only whom the typed letters find."""
        lines = self.list_at(self.tabs.strip.currentIndex())
        typed = self.search.text().strip()
        if not typed:
            lines.look_for(None)
        elif self._index is None:
            self._jobs.run_last(self, self._learn, self._services.residents.index)
        else:
            found = self._index.find(typed)
            lines.look_for({line.resident_id for line in found})

    def _learn(self, index: ResidentIndex) -> None:
        self._index = index
        self._look()

    def _forget_people(self, tables: frozenset[str]) -> None:
        if tables & PEOPLE:
            self._index = None


def _ask_rules(
    assessments: Assessments, jobs: Jobs, parent: QWidget, found: AssessmentRules
) -> None:
    home_rules.ask_rules(assessments, found, jobs, parent)


def _read_people(services: AssessmentServices) -> tuple[ResidentIndex, str]:
    """Read who can be assessed, and the form the home uses."""
    return services.residents.index(), services.assessments.rules().form
