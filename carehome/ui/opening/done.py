"""The end of the chain: what the home has, what was left, where to go on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from carehome.i18n import _
from carehome.services.opening import STEP_NAMES, Standing, Step
from carehome.ui.kit import theme
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.way import Way
from carehome.ui.opening.loaded import Loaded
from carehome.ui.opening.step import StepView

WIDE = 560


class DoneStep(StepView):
    """Tells how far the home is; `accounts_wanted` and `bills_wanted` lead on."""

    accounts_wanted = Signal()
    bills_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("", "")
        self.states = {step: Tag("") for step in Step}
        self.counts = {step: QLabel() for step in Step}
        self.accounts = Way(
            "person",
            _("Let colleagues sign in"),
            _("Head nurse, front desk, accountant: an account for each"),
        )
        self.bills = Way(
            "receipt",
            _("Try the first bills"),
            _("A trial changes nothing; each line says why it is there"),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(10))
        for row, step in enumerate(Step):
            name = QLabel(_(STEP_NAMES[step]))
            theme.mark(name, "strong")
            theme.mark(self.counts[step], "note")
            at_left = Qt.AlignmentFlag.AlignLeft
            grid.addWidget(self.states[step], row, 0, at_left)
            grid.addWidget(name, row, 1)
            grid.addWidget(self.counts[step], row, 2)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self.body.addSpacing(theme.px(8))
        for way in (self.accounts, self.bills):
            way.setMaximumWidth(theme.px(WIDE))
            self.body.addWidget(way)
        self.body.addStretch()

        self.accounts.clicked.connect(self.accounts_wanted)
        self.bills.clicked.connect(self.bills_wanted)

    def show_home(self, loaded: Loaded) -> None:
        standing = loaded.standing
        left = len(standing.left)
        if left:
            title = _("{count} {count:step is|steps are} left").format(count=left)
            note = _("You can go on at any time: from Today, or with Ctrl+K.")
        else:
            title = _("The home is ready")
            note = _("All of this can be changed later in Beds, Fees and Settings.")
        self.question.setText(title)
        self.note.setText(note)
        for step in Step:
            self._show_step(standing, step)

    def do(self) -> str:
        return _("Close the set-up")

    def focus(self) -> None:
        self.accounts.setFocus()

    def _show_step(self, standing: Standing, step: Step) -> None:
        tag = self.states[step]
        if standing.has(step):
            tag.setText(_("Done"))
            tag.set_tone("ok")
        elif step in standing.waived:
            tag.setText(_("Not needed"))
            tag.set_tone("quiet")
        else:
            tag.setText(_("Later"))
            tag.set_tone("warn")
        said = {
            Step.BEDS: _("{count} {count:bed|beds}"),
            Step.PRICES: _("{count} {count:price|prices}"),
            Step.RESIDENTS: _("{count} {count:resident|residents}"),
        }[step]
        count = standing.counts[step]
        self.counts[step].setText(said.format(count=count) if count else "")
