"""Month end: which month is next, its trial, posting it, and the posted months."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import _, say_month, show_money
from carehome.rules.billing.lines import Line
from carehome.rules.periods import months_after
from carehome.rules.rights import Right, User
from carehome.services.billing import FACTS, PostedBill, PostedRun, Trial, TrialBill
from carehome.services.billing.again import Checked
from carehome.services.day_sheets import BillDays
from carehome.ui.fees.late_pane import LatePane
from carehome.ui.fees.posted_pane import PostedMonth, PostedPane
from carehome.ui.fees.posting import PostDialog
from carehome.ui.fees.trial_pane import Review, TrialPane
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button, icon_button
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.empty import Empty
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.progress import Cancelled, Progress
from carehome.ui.parts.day_sheet import DaySheetDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.money import MoneyServices

START, TRIAL, POSTED = range(3)
Step = Callable[[int, int], None]


class MonthEnd(LiveView):
    """Leads from a trial to posted bills, and back to the months before."""

    SHOWS = FACTS | {"bill", "payment", "payment_share"}
    resident_wanted = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        services: MoneyServices,
        jobs: Jobs,
        today: Callable[[], date],
        user: User,
    ) -> None:
        super().__init__(jobs)
        self._services = services
        self._jobs = jobs
        self._today = today
        self._user = user
        self._next: date | None = None
        self._runs: dict[date, PostedRun] = {}
        self._review: Review | None = None
        self._is_overtaken = False
        self._wanted: tuple[int, date] | None = None
        self._wants_trial = False
        self.month = Choice()
        self.try_it = button(_("Try again"), "refresh", "F5")
        self.post = button(_("Post the bills"), "check", kind="primary")
        self.print = button(_("Preview all bills"), "print", "Ctrl+P")
        self.check = button(_("Check by computing again"), "refresh")
        self.warning = QLabel()
        self.start = Empty(self)
        self.trial = TrialPane(LatePane(services.late, jobs, user))
        self.posted = PostedPane()
        self.stack = QStackedWidget()
        self._dress()

        self.month.chosen.connect(self._turn)
        self.start.step.clicked.connect(self.make_trial)
        self.try_it.clicked.connect(self.make_trial)
        self.post.clicked.connect(self._ask)
        self.print.clicked.connect(self._print)
        self.check.clicked.connect(self._check)
        self.posted.paper_wanted.connect(self._print_one)
        self.trial.sheet_wanted.connect(self._open_trial_sheet)
        self.trial.late.decided.connect(self._say_decided)
        self.posted.sheet_wanted.connect(self._open_sheet)
        for pane in (self.trial, self.posted):
            pane.resident_wanted.connect(self.resident_wanted)

    def refresh(self) -> None:
        if self._review is not None:
            self._jobs.run_last(self, self._judge, self._services.billing.newest_fact)
        self._jobs.run_last(self, self._show_months, _read_months, self._services)

    def open_bill(self, bill_id: int, month: date) -> None:
        """Open a posted bill, as soon as the months are read."""
        self._wanted = (bill_id, month)
        self._open_wanted()

    def show_late(self) -> None:
        """Try the next month, and show what came to be known of posted ones."""
        self.trial.show_late()
        if self._next is None:
            self._wants_trial = True
        else:
            self.month.set_code(self._next)
            self.make_trial()

    def _open_wanted(self) -> None:
        if self._wanted and self._wanted[1] in self._runs:
            self.month.set_code(self._wanted[1])
            self._turn()

    def make_trial(self) -> None:
        """Compute the next month's bills without storing anything."""
        if self._next is None:
            return
        self.warning.hide()
        progress = Progress(
            _("Computing the bills of {month}").format(month=say_month(self._next))
        )
        self._jobs.run(
            self,
            self._show_trial,
            _make_review,
            self._services,
            self._next,
            progress.step,
            failed=self._refuse,
        )

    def _show_months(self, read: tuple[date, Sequence[PostedRun]]) -> None:
        self._next, runs = read
        self._runs = {run.month: run for run in runs}
        wait, done = _("{month}, to be posted"), _("{month}, posted")
        choices = {self._next: wait.format(month=say_month(self._next))}
        for run in runs:
            choices[run.month] = done.format(month=say_month(run.month))
        self.month.blockSignals(True)
        self.month.set_choices(choices)
        if self.month.code() is None:
            self.month.set_code(self._next)
        self.month.blockSignals(False)
        self._open_wanted() if self._wanted else self._turn()
        if self._wants_trial:
            self._wants_trial = False
            self.make_trial()

    def _turn(self) -> None:
        """Show the month that is chosen."""
        month = self.month.code()
        if month in self._runs:
            self._show_buttons(POSTED)
            read = _read_posted
            self._jobs.run_last(
                self, self._show_posted, read, self._services, self._runs[month]
            )
        elif self._review and self._review.trial.month == month:
            self._show_buttons(TRIAL)
        else:
            self._review = None
            self._show_start()

    def _show_start(self) -> None:
        assert self._next is not None, "the months are read first"
        month = say_month(self._next)
        text = _(
            "{month} is not posted yet.\nA trial computes every bill and shows what is "
            "missing or new; it changes nothing and can be repeated."
        )
        self.start.say(text.format(month=month), _("Try {month}").format(month=month))
        self._show_buttons(START)
        self.start.step.setFocus()

    def _show_trial(self, review: Review) -> None:
        self._review, self._is_overtaken = review, False
        self.warning.hide()
        self.trial.show_review(review)
        self._show_buttons(TRIAL)
        self.trial.setFocus()

    def _show_posted(self, month: PostedMonth) -> None:
        if month.run.month != self.month.code():
            return
        self.posted.show_month(month)
        if self._wanted and self._wanted[1] == month.run.month:
            self.posted.open_bill(self._wanted[0])
            self._wanted = None

    def _show_buttons(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        trial = self._review.trial if self._review else None
        self.try_it.setVisible(at == TRIAL)
        self.print.setVisible(at != START)
        self.check.setVisible(at == POSTED)
        self.post.setVisible(at == TRIAL and self._user.may(Right.POST_BILLS))
        sound = trial is not None and bool(trial.bills) and not trial.problems
        self.post.setEnabled(sound and not self._is_overtaken)
        self.post.setToolTip(
            _("Fix the problems first, then try again.")
            if trial and trial.problems
            else ""
        )
        if at != TRIAL:
            self.warning.hide()

    def _judge(self, newest: int) -> None:
        """Say when facts have overtaken the trial that is shown."""
        if self._review and newest != self._review.trial.change_id:
            self._is_overtaken = True
            self._warn(
                _("Something was changed after this trial. Try again before posting.")
            )
            self.post.setEnabled(False)

    def _ask(self) -> None:
        if self._review is None:
            return
        dialog = PostDialog(self._review, self._today(), self)
        dialog.chosen.connect(partial(self._post, dialog, self._review.trial))
        dialog.open()

    def _post(
        self, dialog: PostDialog, trial: Trial, _values: dict[str, object]
    ) -> None:
        self._jobs.run(
            dialog,
            partial(self._say_posted, dialog),
            self._services.billing.post,
            trial,
            failed=dialog.refuse,
        )

    def _say_posted(self, dialog: PostDialog, run: PostedRun) -> None:
        dialog.finish()
        self._review = None
        self._runs[run.month] = run
        text = _("{month} is posted: {count} {count:bill|bills}, {total}.")
        self.told.emit(
            text.format(
                month=say_month(run.month),
                count=run.bills,
                total=show_money(run.total),
            )
        )

    def _print(self) -> None:
        month, papers = self.month.code(), self._services.papers
        progress = Progress(
            _("Drawing the bills of {month}").format(month=say_month(month))
        )
        name = _("Bills {month}.pdf").format(month=f"{month:%Y-%m}")
        dialog = PaperDialog(_("Bills"), name, self._jobs, self)
        if self.stack.currentIndex() == TRIAL and self._review:
            dialog.draw_in_steps(papers.write_trial, self._review.trial, progress)
        else:
            dialog.draw_in_steps(papers.write_bills, month, progress)

    def _print_one(self, bill: PostedBill) -> None:
        name = _("Bill {number} {resident}.pdf")
        file = name.format(number=bill.label, resident=bill.resident)
        dialog = PaperDialog(_("Bill"), file, self._jobs, self)
        dialog.draw(self._services.papers.write_bill, bill)

    def _open_trial_sheet(self, bill: TrialBill, line: Line | None) -> None:
        assert self._review, "there is a trial where its bill is looked at"
        read, month = self._services.sheets.of_trial, self._review.trial.month
        self._jobs.run(self, partial(self._show_sheet, line), read, bill, month)

    def _open_sheet(self, bill: PostedBill, line: Line | None) -> None:
        read = self._services.sheets.of_bill
        self._jobs.run(self, partial(self._show_sheet, line), read, bill.bill_id)

    def _show_sheet(self, line: Line | None, bill: BillDays) -> None:
        sheet = DaySheetDialog(bill, self._services.sheets, self._jobs, self)
        if line is not None:
            sheet.show_line(line)
        sheet.open()

    def _check(self) -> None:
        check = self._services.sheets.check
        self._jobs.run(self, self._say_checked, check, self.month.code())

    def _say_checked(self, checked: Checked) -> None:
        month = say_month(checked.month)
        if checked.differing:
            text = _(
                "{count} of {all} bills of {month} do not come out as they were posted."
            )
            count = len(checked.differing)
            self._warn(text.format(count=count, all=checked.bills, month=month))
            return
        text = _(
            "All {count} bills of {month}, {lines} lines, come out again to the fen."
        )
        lines = checked.lines
        self.told.emit(text.format(count=checked.bills, month=month, lines=lines))

    def _say_decided(self, what: str) -> None:
        """The bills are other ones now."""
        self.told.emit(what)
        self.make_trial()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, CareHomeError):
            raise error
        self._warn(error.message)

    def _warn(self, text: str) -> None:
        self.warning.setText(text)
        self.warning.show()

    def _dress(self) -> None:
        theme.mark(self.warning, "banner")
        self.warning.setWordWrap(True)
        self.warning.hide()
        self.month.setMinimumWidth(theme.px(240))
        self.month.setMinimumHeight(theme.px(34))
        self.month.setAccessibleName(_("Month"))
        for pane in (self.start, self.trial, self.posted):
            self.stack.addWidget(pane)
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(8))
        bar.addWidget(
            icon_button("left", _("The previous month"), partial(self._step, 1))
        )
        bar.addWidget(self.month)
        bar.addWidget(
            icon_button("right", _("The next month"), partial(self._step, -1))
        )
        bar.addStretch(1)
        for deed in (self.check, self.print, self.try_it, self.post):
            bar.addWidget(deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(bar)
        column.addWidget(self.warning)
        column.addWidget(self.stack, 1)

    def _step(self, places: int) -> None:
        at = self.month.currentIndex() + places
        if 0 <= at < self.month.count():
            self.month.setCurrentIndex(at)


def _read_months(services: MoneyServices) -> tuple[date, Sequence[PostedRun]]:
    return services.billing.next_month(), services.billing.runs()


def _make_review(services: MoneyServices, month: date, step: Step) -> Review:
    trial = services.billing.trial(month, step)
    return Review(trial, services.billing.totals(months_after(month, -1)))


def _read_posted(services: MoneyServices, run: PostedRun) -> PostedMonth:
    return PostedMonth(
        run,
        services.billing.bills(run.month),
        services.payments.states(run.month),
        services.billing.totals(months_after(run.month, -1)),
    )
