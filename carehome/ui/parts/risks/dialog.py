"""The window in which all risks of somebody are judged."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.days import Sense
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.risks.judging import AssessorMissing
from carehome.services.risks import Risks, RiskState
from carehome.services.risks.records import LaterAssessment
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import bind
from carehome.ui.kit.page import scrolling
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.risks.detail import RiskDetail
from carehome.ui.parts.risks.keeper import Keeper
from carehome.ui.parts.risks.rows import RiskRows
from carehome.ui.parts.risks.sheet import RISKS, Sheet

WIDE, HIGH, ROWS, LOW = 1080, 660, 505, 240


class RisksDialog(AskDialog):
    """Judges all risks of somebody; what is written is kept as it is written.

    Closing leaves the assessment to be gone on with; `finished` goes out when it is
    finished, `discarded` when it was thrown away.
    """

    finished = Signal()
    discarded = Signal()

    def __init__(
        self,
        state: RiskState,
        risks: Risks,
        jobs: Jobs,
        today: Callable[[], date],
        parent: QWidget,
    ) -> None:
        title = _("Risks of {name}").format(name=_who(state))
        super().__init__(title, _("Finish"), parent)
        self.sheet = Sheet(state)
        self._risks = risks
        self._jobs = jobs
        self._today = today
        self.keeper = Keeper(self.sheet, risks, jobs, self)
        self.head = Form(columns=3)
        self.rows = RiskRows(self.sheet)
        self.detail = RiskDetail(self.sheet)
        self.drop = button(_("Discard"), "remove")
        self.print = button(_("Print"), "print", "Ctrl+P")
        self.cancel.setText(_("Close, go on later"))
        self._arrange()
        self._fill_head()

        self.head.changed.connect(self._take_head)
        self.head.submitted.connect(lambda _values: self._go_to_rows())
        self.rows.inward.connect(self._go_in)
        self.detail.passed.connect(self._go_on)
        self.sheet.moved.connect(self._bring_into_sight)
        self.sheet.answered.connect(self._judge)
        self.sheet.head_changed.connect(self._judge)
        self.asked.connect(self._finish)
        self.drop.clicked.connect(self._ask_drop)
        self.print.clicked.connect(self._print)
        self.keeper.refused.connect(self.refuse)
        self._judge()
        self.rows.focus_row(self.sheet.risk)

    def ask(self) -> None:
        """Finish when nothing is lacking, else go where something is."""
        if self.head.reason():
            self.head.submit()
        elif self.sheet.done < len(RISKS):
            self._go_to_lack()
        else:
            super().ask()

    def refuse(self, error: Exception) -> None:
        """Tell a refusal beside the field that it is about, anything else below."""
        if self.head.tell(error):
            self._judge()
        else:
            super().refuse(error)

    def _judge(self, _risk: str = "") -> None:
        """Say what is lacking before it can be finished."""
        done, lacks = self.sheet.done, filter(None, map(self.sheet.lack, RISKS))
        left = _("{done} of {all} risks are done.")
        open_words = left.format(done=done, all=len(RISKS)) if done < len(RISKS) else ""
        lack = next((refusal.message for refusal in lacks), "")
        self.set_reason(self.head.reason() or lack or open_words)

    def _go_on(self) -> None:
        """Go to the next risk that lacks something, or the one below."""
        risk = self.sheet.risk
        self.rows.focus_row(self.sheet.after(risk, 1))

    def _go_to_lack(self) -> None:
        risk = next(risk for risk in RISKS if not self.sheet.is_done(risk))
        self.rows.focus_row(risk)
        if self.sheet.lack(risk):
            self._go_in()

    def _go_in(self) -> None:
        self.detail.page.focus_lack()

    def _go_to_rows(self) -> None:
        self.rows.focus_row(self.sheet.risk)

    def _step(self, step: int) -> None:
        self.rows.focus_row(self.sheet.after(self.sheet.risk, step))

    def _bring_into_sight(self) -> None:
        self.listed.ensureWidgetVisible(self.rows.rows[self.sheet.risk], 0, 0)

    def _take_head(self) -> None:
        values = self.head.values()
        day = values["day"]
        self.sheet.change_head(
            **({"day": day} if day else {}),
            assessor=values["assessor"] or "",
            second_assessor=values["second_assessor"] or "",
        )
        self._judge()

    def _finish(self) -> None:
        self.keeper.rest()
        sheet = self.sheet
        self._jobs.run(
            self,
            self._done,
            self._risks.finish,
            sheet.state.assessment_id,
            sheet.head,
            dict(sheet.answers),
            failed=self.refuse,
        )

    def _done(self, _answer: None) -> None:
        self.finished.emit()
        self.finish()

    def _ask_drop(self) -> None:
        words = [_("What is filled in here is thrown away; earlier ones stay.")]
        title = _("Discard this assessment?")
        do = _("Discard")
        dialogs.confirm(self, title, words, do, self._drop, "danger")

    def _drop(self) -> None:
        self.keeper.rest()
        number = self.sheet.state.assessment_id
        discard = self._risks.discard
        self._jobs.run(self, self._dropped, discard, number, failed=self.refuse)

    def _dropped(self, _answer: None) -> None:
        self.discarded.emit()
        self.reject()

    def _print(self) -> None:
        """Show on paper what is written so far."""
        self.keeper.keep()
        show_paper(self._risks, self.sheet.state, self._jobs, self)

    def _fill_head(self) -> None:
        head = self.sheet.head
        values = {
            "day": head.day,
            "assessor": head.assessor,
            "second_assessor": head.second_assessor,
        }
        self.head.set_values(values)

    def _arrange(self) -> None:
        check = partial(check_happened, today=self._today())
        day = DateField(_("Assessed on"), self._today(), check=check, sense=Sense.PAST)
        self.head.add("day", day, blame=(NotComeYet, LaterAssessment))
        assessor = TextField(_("Assessed by"), most=40)
        self.head.add("assessor", assessor, blame=(AssessorMissing,))
        second = TextField(_("Second assessor"), needed=False, most=40)
        self.head.add("second_assessor", second)
        self.listed = listed = scrolling(self.rows)
        listed.setFixedWidth(theme.px(ROWS))
        give = QSizePolicy.Policy
        for part in (listed, self.detail):  # they scroll: the window keeps its height
            part.setSizePolicy(give.Preferred, give.Ignored)
            part.setMinimumHeight(theme.px(LOW))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(listed)
        row.addWidget(self.detail, 1)
        self.body.addWidget(self.head)
        self.body.addLayout(row, 1)
        self._stretch_body()
        self.foot.insertWidget(0, self.drop)
        self.foot.insertWidget(1, self.print)
        words = N_("To the risk above"), N_("To the risk below")
        bind(self, "Alt+Up", words[0], partial(self._step, -1))
        bind(self, "Alt+Down", words[1], partial(self._step, 1))
        bind(self, "Ctrl+Return", N_("Finish"), self.ask)
        screen = self.screen().availableSize()
        wide = min(theme.px(WIDE), screen.width() - theme.px(40))
        self.resize(wide, min(theme.px(HIGH), screen.height() - theme.px(60)))

    def _stretch_body(self) -> None:
        """Give the body the room that is left, instead of nothing."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.setStretchFactor(self.body, 1)


def _who(state: RiskState) -> str:
    return "  ".join(filter(None, (state.resident, state.bed)))


def assess_risks(
    risks: Risks,
    resident_id: int,
    jobs: Jobs,
    today: Callable[[], date],
    parent: QWidget,
    then: Callable[[RisksDialog], object] | None = None,
) -> None:
    """Begin to assess the risks of somebody, or go on where it was left."""
    opened = partial(_open, risks, jobs, today, parent, then)
    read = partial(_begin, risks)
    jobs.run(parent, opened, read, resident_id, failed=partial(_fail, parent))


def go_on(
    risks: Risks,
    assessment_id: int,
    jobs: Jobs,
    today: Callable[[], date],
    parent: QWidget,
    then: Callable[[RisksDialog], object] | None = None,
) -> None:
    """Go on with an assessment that is under way."""
    opened = partial(_open, risks, jobs, today, parent, then)
    failed = partial(_fail, parent)
    jobs.run(parent, opened, risks.state, assessment_id, failed=failed)


def show_paper(
    risks: Risks, state: RiskState, jobs: Jobs, parent: QWidget
) -> PaperDialog:
    """Show an assessment as it comes to paper."""
    title = _("Risk assessment and notice")
    name = _("Risk notice {name}.pdf").format(name=state.resident)
    dialog = PaperDialog(title, name, jobs, parent)
    dialog.draw(risks.write_sheet, state.assessment_id)
    return dialog


def _begin(risks: Risks, resident_id: int) -> RiskState:
    return risks.state(risks.begin(resident_id))


def _open(
    risks: Risks,
    jobs: Jobs,
    today: Callable[[], date],
    parent: QWidget,
    then: Callable[[RisksDialog], object] | None,
    state: RiskState,
) -> None:
    dialog = RisksDialog(state, risks, jobs, today, parent)
    if then:
        then(dialog)
    dialog.open()


def _fail(parent: QWidget, error: Exception) -> None:
    if not isinstance(error, CareHomeError):
        raise error
    dialogs.tell(parent, error)
