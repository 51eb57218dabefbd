"""The tab of approvals, contracts, insurance, and inspections from outside."""

from datetime import date

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.safety.approvals import Group
from carehome.rules.safety.inspections import Inspection
from carehome.services.safety.approvals import PaperList, SafetyPapers
from carehome.services.safety.inspections import Inspections
from carehome.services.safety.papers_today import INSPECTION, PAPER
from carehome.ui.kit import theme
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.safety.inspection_list import InspectionList
from carehome.ui.safety.paper_list import Papers

ALL, OUTSIDE = "all", "inspections"
HAZARDS = N_("Hazards")  # the tab that holds what was found
Read = tuple[PaperList, list[Inspection]]


class PapersTab(Tab):
    """Lists papers by group, or the inspections; a row opens to its dates."""

    SHOWS = frozenset(
        {
            *("safety_paper", "safety_scan", "paper_rule", "outside_inspection"),
            "safety_hazard",
        }
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._read: Read | None = None
        choices = {
            ALL: _("All papers"),
            Group.APPROVAL: _("Approvals"),
            Group.CONTRACT: _("Contracts"),
            Group.TEST: _("Test reports"),
            Group.INSURANCE: _("Insurances"),
            OUTSIDE: _("Outside inspections"),
        }
        self.which = Pick(choices)
        self.which.setAccessibleName(_("What is listed"))
        self.papers, self.inspections = Papers(hand), InspectionList(hand)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(Bar(self.which))
        column.addWidget(self._stack, 1)
        for part in (self.papers, self.inspections):
            self._stack.addWidget(part)
            part.told.connect(self.told)
            part.hazard_wanted.connect(self._want_hazard)
        self.which.set_code(ALL)
        lead(self, self.papers)

        self.which.chosen.connect(self._fill)

    def refresh(self) -> None:
        """Read papers and inspections again."""
        papers = self.hand.service(SafetyPapers)
        values = papers, self.hand.service(Inspections), self.hand.today()
        self.hand.jobs.run_last(self, self._show, _read, *values)

    def open_key(self, key: object) -> None:
        """Open a paper or an inspection: its kind and number; 0 is the list."""
        kind, number = key if isinstance(key, tuple) else (PAPER, 0)
        self.which.set_code(OUTSIDE if kind == INSPECTION else ALL)
        if number and kind == INSPECTION:
            self.inspections.open_inspection(number)
        elif number:
            self.papers.open_paper(number)

    def _show(self, read: Read) -> None:
        self._read = read
        self._fill()

    def _fill(self) -> None:
        code = self.which.code()
        shown = self.inspections if code == OUTSIDE else self.papers
        self._stack.setCurrentWidget(shown)
        lead(self, shown)
        if self._read is None:
            return
        papers, inspections = self._read
        self.papers.show_papers(papers, None if code in (ALL, OUTSIDE) else code)
        self.inspections.show_inspections(inspections)

    def _want_hazard(self, hazard_id: int) -> None:
        self.wanted.emit(HAZARDS, hazard_id)


def _read(papers: SafetyPapers, inspections: Inspections, today: date) -> Read:
    return papers.listed(today), inspections.listed()
