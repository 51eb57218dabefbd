"""The tab of drills, trainings, emergency plans and incidents."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from carehome.i18n import N_, _
from carehome.rules.rights import Right
from carehome.services.safety.drill_rules import DrillRules, DrillSettings
from carehome.ui.kit import theme
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.turner import YEAR, Turner
from carehome.ui.safety.drill_list import DrillList
from carehome.ui.safety.drill_part import Part
from carehome.ui.safety.drill_settings import settings_deed, settings_form
from carehome.ui.safety.emergency_plans import PlanList
from carehome.ui.safety.fire_trainings import TrainingList
from carehome.ui.safety.incident_list import IncidentView

DRILLS, TRAININGS, PLANS, INCIDENTS = "drills", "trainings", "plans", "incidents"
HAZARDS = N_("Hazards")  # the tab that holds what was learnt and opened
KINDS: dict[object, Callable[[Hand], Part[Any]]] = {
    DRILLS: DrillList,
    TRAININGS: TrainingList,
    PLANS: PlanList,
    INCIDENTS: IncidentView,
}


class DrillsTab(Tab):
    """Shows one of four lists at a time; a row opens to what came out."""

    SHOWS = frozenset(
        {
            *("safety_drill", "safety_drill_role", "safety_drill_floor"),
            *("safety_drill_score", "safety_lesson", "safety_drill_rule"),
            *("safety_training", "safety_training_result", "safety_training_subject"),
            *("training", "training_attendance", "training_subject", "staff_member"),
            *("safety_incident_duty", "safety_report_rule", "emergency_plan_scan"),
            *("emergency_plan", "emergency_plan_version", "emergency_plan_grade"),
            *("safety_incident", "safety_incident_report", "floor", "building"),
            *("form", "form_version", "form_item", "staff_post", "post"),
        }
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        choices = {
            DRILLS: _("Drills"),
            TRAININGS: _("Training about fire"),
            PLANS: _("Emergency plans"),
            INCIDENTS: _("Incidents"),
        }
        self.which = Pick(choices)
        self.which.setAccessibleName(_("What is listed"))
        self.year = Turner(hand.today().replace(month=1, day=1), YEAR)
        self._parts: dict[object, Part[Any]] = {}
        self._stack = QStackedWidget()
        head = Bar(self.which)
        head.add(self.year)
        self.rules = head.add_button(_("Our own rules"), "settings")
        self.rules.setVisible(hand.may(Right.CHANGE_SAFETY))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        self.which.set_code(DRILLS)
        lead(self, self.part(DRILLS))

        self.which.chosen.connect(self._show_part)
        self.year.turned.connect(self.refresh)
        self.rules.clicked.connect(self._read_rules)

    def part(self, code: object) -> Part[Any]:
        """Return one of the lists; it is made when it is first asked for."""
        if code not in self._parts:
            part = KINDS[code](self.hand)
            self._parts[code] = part
            self._stack.addWidget(part)
            part.told.connect(self.told)
            part.hazard_wanted.connect(self._want_hazard)
        return self._parts[code]

    def refresh(self) -> None:
        """Read again what is listed."""
        self.part(self.which.code()).read_year(self.year.first.year)

    def open_key(self, key: object) -> None:
        """Open a part, and one thing of it: the name of the part, and a number."""
        code, number = key if isinstance(key, tuple) else (key, None)
        if code in KINDS:
            self.which.set_code(code)
            if number is not None:
                self.part(code).open_one(number)

    def _show_part(self) -> None:
        shown = self.part(self.which.code())
        self._stack.setCurrentWidget(shown)
        lead(self, shown)
        self.refresh()

    def _read_rules(self) -> None:
        read = self.hand.service(DrillSettings).rules
        self.hand.jobs.run(self, self._ask_rules, read)

    def _ask_rules(self, rules: DrillRules) -> None:
        form, deed = settings_form(rules), partial(settings_deed, self.hand)
        title = _("Our own rules for trainings, reviews and reports")
        self.part(self.which.code()).ask(title, form, deed, "drill-rules")

    def _want_hazard(self, hazard_id: int) -> None:
        self.wanted.emit(HAZARDS, hazard_id)
