"""A gentle word before somebody moves in: the risks are still to be assessed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.i18n import _
from carehome.rules.rights import Right, User
from carehome.rules.risks import Need
from carehome.services.risks import ResidentRisks, Risks
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.live import LiveView
from carehome.ui.parts.risks.dialog import assess_risks

WANTING = (Need.ARRIVAL, Need.FIRST)


class RiskHint(LiveView):
    """Says that somebody's risks were not assessed yet; else it shows nothing."""

    SHOWS = frozenset({"risk_assessment", "admission", "stay"})

    def __init__(
        self, risks: Risks, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__(jobs)
        self._risks = risks
        self._jobs = jobs
        self._today = today
        self._resident_id = 0
        self.text = QLabel(
            _(
                "The risks are to be assessed before moving in (GB 38600). It has not "
                "been done yet."
            )
        )
        self.assess = button("", "assessment", kind="small")
        self.text.setWordWrap(True)
        theme.mark(self.text, "banner_info")
        self.room = QWidget()
        row = QHBoxLayout(self.room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.text, 1)
        row.addWidget(self.assess)
        self.assess.setVisible(user.may(Right.ASSESS))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.room)
        self.room.hide()
        self.assess.clicked.connect(self._begin)

    def show_resident(self, resident_id: int) -> None:
        """Say whether this resident's risks are still to be assessed."""
        self._resident_id = resident_id
        self.refresh()

    def refresh(self) -> None:
        if self._resident_id:
            read = self._risks.of_resident
            self._jobs.run_last(self, self._show, read, self._resident_id)

    def _show(self, read: ResidentRisks) -> None:
        go = _("Go on with the assessment") if read.draft_id else _("Assess the risks")
        self.assess.setText(go)
        self.room.setVisible(read.due is not None and read.due.need in WANTING)

    def _begin(self) -> None:
        assess_risks(self._risks, self._resident_id, self._jobs, self._today, self)
