"""The third step: who lives here, from the home's own roll or one by one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from carehome.i18n import _
from carehome.services.opening import Step
from carehome.ui.kit import theme
from carehome.ui.kit.way import Way
from carehome.ui.opening.loaded import Loaded
from carehome.ui.opening.step import StepView

WIDE = 560


class ResidentsStep(StepView):
    """Shows the two ways in; `roll_wanted` and `admission_wanted` tell which."""

    STEP = Step.RESIDENTS
    roll_wanted = Signal()
    admission_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Who lives in the home?"),
            _(
                "The Excel roll that the home keeps now is read as it is: rows that "
                "are wrong are shown with the reason, and nothing is stored before "
                "you confirm."
            ),
        )
        self._count = 0
        self.here = QLabel()
        self.roll = Way(
            "import",
            _("Read the roll"),
            _("All residents at once, from the Excel file; it can be undone"),
        )
        self.single = Way(
            "person",
            _("Admit one by one"),
            _("For a home that opens now, or has no list"),
        )
        theme.mark(self.here, "banner_ok")
        self.body.addWidget(self.here)
        for way in (self.roll, self.single):
            way.setMaximumWidth(theme.px(WIDE))
            self.body.addWidget(way)
        self.body.addStretch()

        self.roll.clicked.connect(self.roll_wanted)
        self.single.clicked.connect(self.admission_wanted)

    def show_home(self, loaded: Loaded) -> None:
        self._count = loaded.standing.counts[Step.RESIDENTS]
        said = _("{count} {count:resident has|residents have} been taken in so far.")
        self.here.setText(said.format(count=self._count))
        self.here.setVisible(self._count > 0)

    def reason(self) -> str:
        return "" if self._count else _("Choose one of the two ways, or do it later.")

    def focus(self) -> None:
        self.roll.setFocus()
