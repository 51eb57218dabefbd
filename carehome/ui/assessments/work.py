"""Filling in one assessment: its three parts, kept while one types."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.rights import Right, User
from carehome.services.assessments import Assessments, AssessmentState
from carehome.services.assessments.drafts import BaseDayAhead, NotYetInForce
from carehome.services.staff import Staff
from carehome.ui.assessments.closing_part import ClosingPart
from carehome.ui.assessments.general_part import GeneralPart
from carehome.ui.assessments.items_part import ItemsPart
from carehome.ui.assessments.keeper import Keeper
from carehome.ui.assessments.sheet import Sheet
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.keys import WITHIN, bind
from carehome.ui.kit.lead import lead
from carehome.ui.kit.steps import Steps

GENERAL, ITEMS, CLOSING = range(3)
GO_ON = (N_("Go on to the items"), N_("Go on to the result"), N_("Finish"))
KEPT, KEEPING = N_("Everything typed is kept"), N_("Being kept …")


class Work(QWidget):
    """One assessment under way.

    `finished` goes out with its number when it is done, `left` when it is thrown away.
    """

    finished = Signal(int)
    left = Signal()

    def __init__(
        self,
        state: AssessmentState,
        services: Assessments,
        staff: Staff,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
        adds_up: bool = False,
    ) -> None:
        super().__init__()
        self.sheet = Sheet(state, adds_up)
        self._services = services
        self._staff = staff
        self._jobs = jobs
        self._user = user
        self._today = today
        self.keeper = Keeper(self.sheet, services, jobs, self)
        self.steps = Steps([_("General"), _("Abilities"), _("Result")])
        self.stack = QStackedWidget()
        self._parts: dict[int, QWidget] = {}
        self.kept, self.reason, self.error = QLabel(), QLabel(), QLabel()
        self.drop = button(_("Throw this draft away"), "remove", kind="small")
        self.next = button("", kind="primary")
        self._arrange()

        self.steps.chosen.connect(self.go)
        self.next.clicked.connect(self.go_on)
        self.drop.clicked.connect(self.ask_dropping)
        self.keeper.kept.connect(self._say_kept)
        self.keeper.refused.connect(self._refuse)
        self.sheet.answered.connect(self._changed)
        self.sheet.head_changed.connect(self._changed)
        self._compared_on = state.head.base_on
        self.keeper.kept.connect(self._compare)
        self.sheet.completed.connect(lambda: self.go(CLOSING))
        self._say_kept()
        self.go(self._first())

    @property
    def general(self) -> GeneralPart:
        """Part A, made when it is first looked at."""
        part = self._part(GENERAL)
        assert isinstance(part, GeneralPart)
        return part

    @property
    def items(self) -> ItemsPart:
        """Part B."""
        part = self._part(ITEMS)
        assert isinstance(part, ItemsPart)
        return part

    @property
    def closing(self) -> ClosingPart:
        """Part C."""
        part = self._part(CLOSING)
        assert isinstance(part, ClosingPart)
        return part

    @property
    def at(self) -> int:
        """Which part is looked at."""
        return self._at

    def go(self, at: int) -> None:
        """Look at a part."""
        self._at = at
        part = self._part(at)
        self.stack.setCurrentWidget(part)
        lead(self, part)
        self.next.setText(_(GO_ON[at]))
        self._judge()
        part.setFocus()
        if at == GENERAL:
            self.general.go_to(self.general.head["reason"])

    def go_on(self) -> None:
        """Go on to the next part, or finish."""
        if self.at < CLOSING:
            if self.at == GENERAL and self.general.reason():
                self.general.tell()
                return
            self.go(self.at + 1)
        elif self.reason.text():
            self._go_to_missing()
        elif self.next.isEnabled():
            self.next.setEnabled(False)
            self.keeper.keep()
            finish, which = self._services.finish, self.sheet.state.assessment_id
            self._jobs.run(self, self._finish, finish, which, failed=self._fail)

    def ask_dropping(self) -> None:
        """Ask before what was filled in is thrown away."""
        given = len(self.sheet.items) - len(self.sheet.missing)
        points = [
            _("{count} {count:answer is|answers are} thrown away.").format(count=given),
            _("Finished assessments stay as they are."),
        ]
        title, do = _("Throw this draft away?"), _("Throw away")
        dialogs.confirm(self, title, points, do, self._drop, "danger")

    def _first(self) -> int:
        """Return the part at which one goes on: where one stopped."""
        missing = len(self.sheet.missing)
        if missing == len(self.sheet.items):
            return GENERAL
        return ITEMS if missing else CLOSING

    def _part(self, at: int) -> QWidget:
        if at not in self._parts:
            self._parts[at] = self._make(at)
            self.stack.addWidget(self._parts[at])
        return self._parts[at]

    def _make(self, at: int) -> QWidget:
        if at == GENERAL:
            general = GeneralPart(self.sheet, self._today)
            general.entered.connect(self.go_on)
            return general
        if at == ITEMS:
            return ItemsPart(self.sheet)
        closing = ClosingPart(self.sheet, self._today, self._user.name)
        closing.item_wanted.connect(self._go_to_item)
        closing.field_wanted.connect(self._go_to_field)
        closing.entered.connect(self.go_on)
        if self._user.may(Right.SEE_STAFF):
            members, day = self._staff.members, self._today()
            self._jobs.run(self, self._offer_staff, members, day)
        return closing

    def _offer_staff(self, members: Sequence[Any]) -> None:
        self.closing.offer_staff(member.name for member in members)

    def _go_to_item(self, number: str) -> None:
        self.sheet.go_to(number)
        self.go(ITEMS)

    def _go_to_field(self, number: str) -> None:
        self.go(GENERAL)
        self.general.go_to(self.general.fields[number])

    def _go_to_missing(self) -> None:
        """Lead to the first thing that finishing waits for."""
        judged = self.sheet.judgement
        if judged.missing:
            self._go_to_item(judged.missing[0])
        elif judged.missing_fields:
            self._go_to_field(judged.missing_fields[0])
        elif GENERAL in self._parts and self.general.reason():
            self.go(GENERAL)
            self.general.tell()
        else:
            self.closing.go_to_missing()

    def _changed(self, _number: str = "") -> None:
        self.kept.setText(_(KEEPING))
        self.error.hide()
        self._judge()

    def _judge(self) -> None:
        """Say what is missing; finishing waits for it."""
        judged = self.sheet.judgement
        wrong = self.general.reason() if GENERAL in self._parts else ""
        done = set() if judged.missing else {ITEMS}
        if not wrong and not judged.missing_fields:
            done.add(GENERAL)
        self.steps.stand(self.at, done - {self.at})
        reason = ""
        if self.at == CLOSING:
            reason = self._why_not_yet() or wrong or self.closing.reason()
        self.reason.setText(reason)
        self.next.setEnabled(not reason)

    def _why_not_yet(self) -> str:
        """Say what the form still lacks."""
        judged = self.sheet.judgement
        if judged.missing:
            text = _("{count} {count:item has|items have} no answer yet.")
            return text.format(count=len(judged.missing))
        if judged.missing_fields:
            asked = (self.sheet.form.field(each) for each in judged.missing_fields)
            names = _(", ").join(each.label for each in asked if each)
            return _("Still missing: {names}").format(names=names)
        return ""

    def _compare(self) -> None:
        """Compare with another assessment where the base day is another."""
        if self.sheet.head.base_on != self._compared_on:
            self._compared_on = self.sheet.head.base_on
            read, which = self._services.state, self.sheet.state.assessment_id
            self._jobs.run(self, self.sheet.compare_with, read, which)

    def _say_kept(self) -> None:
        self.kept.setText(_(KEPT))

    def _refuse(self, error: CareHomeError) -> None:
        """Say what could not be kept."""
        if isinstance(error, BaseDayAhead | NotYetInForce):
            self._blame_base_day(error)
        else:
            self._say(error)

    def _blame_base_day(self, error: CareHomeError) -> None:
        self.go(GENERAL)
        self.general.blame("base_on", error.message)

    def _say(self, error: CareHomeError) -> None:
        self.error.setText(error.message)
        self.error.show()

    def _finish(self, _label: str) -> None:
        self.keeper.rest()
        self.finished.emit(self.sheet.state.assessment_id)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self._judge()
        if isinstance(error, BaseDayAhead | NotYetInForce):
            self._blame_base_day(error)
        elif not self.closing.tell(error):
            self._say(error)

    def _drop(self) -> None:
        self.keeper.rest()
        discard = self._services.discard
        which = self.sheet.state.assessment_id
        self._jobs.run(self, self._dropped, discard, which)

    def _dropped(self, _done: None) -> None:
        self.left.emit()

    def _arrange(self) -> None:
        finish = N_("Go on to the next part, or finish")
        bind(self, "Ctrl+Return", finish, self.go_on, WITHIN)
        titles = (N_("General"), N_("Abilities"), N_("Result"))
        for at, title in enumerate(titles):
            bind(self, f"Alt+{at + 1}", title, partial(self.go, at), WITHIN)
        theme.mark(self.kept, "hint")
        theme.mark(self.reason, "hint")
        theme.mark(self.error, "banner")
        self.error.setWordWrap(True)
        self.error.hide()
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(12))
        foot.addWidget(self.drop)
        foot.addWidget(self.kept)
        foot.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignRight)
        foot.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.steps)
        column.addWidget(self.stack, 1)
        column.addWidget(self.error)
        column.addLayout(foot)
