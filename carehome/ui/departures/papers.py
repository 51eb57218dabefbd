"""The last step of a departure: the papers that must be in the file."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from carehome.i18n import _, say_day
from carehome.rules.departures import PAPER_NAMES, Step
from carehome.rules.rights import Right
from carehome.services.departures import Departures, PaperTick
from carehome.ui.departures.chain import Loaded
from carehome.ui.departures.step import StepView
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.tick import Tick


class PapersStep(StepView):
    """A line for each paper: tick it once it is in the file, with a scan or without.

    `ticked` carries the paper and whether it is there, `scanned` the paper and file.
    """

    STEP = Step.PAPERS
    RIGHT = Right.KEEP_PAPERS
    ticked = Signal(str, bool)
    scanned = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[str, Tick] = {}
        self._told: dict[str, QLabel] = {}
        self._scans: dict[str, QPushButton] = {}
        self._missing: tuple[str, ...] = ()
        hint = QLabel(
            _("The day of leaving becomes the last day of the service agreement.")
        )
        hint.setWordWrap(True)
        theme.mark(hint, "note")
        self._lines: list[QWidget] = []
        self.body.addWidget(hint)
        self.body.addStretch()

    def show_loaded(self, loaded: Loaded) -> None:
        state = loaded.state
        assert state
        self._missing = state.missing
        if list(self.ticks) != [paper.kind for paper in state.papers]:
            self._make([paper.kind for paper in state.papers])
        for paper in state.papers:
            self.ticks[paper.kind].setChecked(paper.ticked_on is not None)
            self._told[paper.kind].setText(_since(paper))
            self._scans[paper.kind].setVisible(paper.paper_id is None)

    def _make(self, kinds: list[str]) -> None:
        """Make a line for each paper; later they only change, and keep the cursor."""
        for old in self._lines:
            old.hide()
            old.deleteLater()
        self.ticks = {}
        self._lines = [self._line(kind) for kind in kinds]
        for at, line in enumerate(self._lines):
            self.body.insertWidget(at, line)

    def _line(self, kind: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        tick = Tick(_(PAPER_NAMES[kind]))
        tick.clicked.connect(partial(self._click, kind))
        told = QLabel()
        theme.mark(told, "note")
        scan = button(_("Add a scan"), "plus", kind="small")
        scan.clicked.connect(partial(self._choose, kind))
        for widget in (tick, told):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(scan)
        self.ticks[kind], self._told[kind], self._scans[kind] = tick, told, scan
        return line

    def _click(self, kind: str) -> None:
        self.ticked.emit(kind, self.ticks[kind].isChecked())

    def _choose(self, kind: str) -> None:
        kinds = _("Scans (*.pdf *.jpg *.jpeg *.png)")
        dialog = QFileDialog(self, _("Add a scan"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(partial(self.scanned.emit, kind))
        dialog.open()

    def reason(self) -> str:
        if not self._missing:
            return ""
        names = _(", ").join(_(PAPER_NAMES[kind]) for kind in self._missing)
        return _("Not in the file yet: {papers}").format(papers=names)

    def deed(self, departures: Departures) -> "partial[Any]":
        return partial(departures.finish)

    def focus(self) -> None:
        if any(tick.hasFocus() for tick in self.ticks.values()):
            return
        for tick in self.ticks.values():
            tick.setFocus()
            return


def _since(paper: PaperTick) -> str:
    if paper.ticked_on is None:
        return ""
    text = (
        _("in the file since {day}, {name}, with a scan")
        if paper.paper_id is not None
        else _("in the file since {day}, {name}")
    )
    return text.format(day=say_day(paper.ticked_on), name=paper.ticked_by)
