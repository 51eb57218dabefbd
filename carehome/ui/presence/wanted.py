"""Whom one looks for among those who are here, and how many are of each kind."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from carehome.i18n import N_, _
from carehome.services.presence import Here, Somebody
from carehome.services.residents.index import terms_of
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.flow import Flow

ALL, IN, OUT, NEW, CHANGED = "all", "in", "out", "new", "changed"
RISK, PARTING, UNKNOWN = "risk", "parting", "unknown"
KINDS: dict[str, tuple[str, Callable[[Somebody], bool]]] = {
    ALL: (N_("Everybody {count}"), lambda _one: True),
    IN: (N_("In the house {count}"), lambda one: one.out is None),
    OUT: (N_("Out {count}"), lambda one: one.out is not None),
    NEW: (N_("New here {count}"), lambda one: one.is_new),
    CHANGED: (N_("Has changed {count}"), lambda one: one.is_changed),
    RISK: (N_("At risk {count}"), lambda one: bool(one.risks)),
    PARTING: (N_("Leaving {count}"), lambda one: one.is_parting),
    UNKNOWN: (N_("Way out unknown {count}"), lambda one: not one.leaving.way),
}
HIGH = 26
CARE = frozenset({RISK})  # what is not told to who may not see residents


class WantedBar(QWidget):
    """Counts that are pressed to look for those people, and a choice of floor."""

    changed = Signal()

    def __init__(self, with_care: bool) -> None:
        super().__init__()
        self.kinds: dict[str, QPushButton] = {}
        self.floor = Choice()
        self._words: list[str] = []
        self._group = QButtonGroup(self)
        flow = QWidget()
        line = Flow(flow, 5)
        line.setContentsMargins(0, 0, 0, 0)
        for kind, (text, _fits) in KINDS.items():
            press = button(_(text).format(count=0), kind="small")
            press.setCheckable(True)
            press.clicked.connect(self.changed)
            self._group.addButton(press)
            self.kinds[kind] = press
            line.addWidget(press)
            press.setHidden(kind in CARE and not with_care)
        self.kinds[ALL].setChecked(True)
        self.floor.setAccessibleName(_("Floor"))
        self.floor.setMinimumContentsLength(8)
        self.floor.setFixedHeight(theme.px(HIGH))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(flow, 1)
        row.addWidget(self.floor)
        self.floor.chosen.connect(self.changed)

    def show_here(self, here: Here) -> None:
        """Count anew, and offer the floors that there are."""
        people = here.people
        for kind, (text, fits) in KINDS.items():
            self.kinds[kind].setText(_(text).format(count=sum(map(fits, people))))
        floors = {f.floor_id: f.name or _("Without a bed") for f in here.floors}
        self.floor.set_choices({None: _("All floors"), **floors})
        self.floor.setVisible(len(floors) > 1)

    def look_for(self, words: str) -> None:
        """Look for names, spellings or beds as well."""
        self._words = terms_of(words)
        self.changed.emit()

    def choose(self, kind: str) -> None:
        """Look for one kind of people."""
        self.kinds[kind].setChecked(True)
        self.changed.emit()

    def look_for_all(self) -> None:
        """Look for everybody again."""
        self.kinds[ALL].setChecked(True)
        self.floor.set_code(None)
        self.changed.emit()

    def found(self, here: Here) -> list[Somebody]:
        """Return who is looked for, floor by floor."""
        _text, fits = KINDS[self.kind]
        floor = self.floor.code()
        return [
            one
            for each in here.floors
            if floor in (None, each.floor_id)
            for one in each.people
            if fits(one) and all(map(partial(_is_said, one), self._words))
        ]

    @property
    def kind(self) -> str:
        """The kind of people that is looked for."""
        return next(kind for kind, press in self.kinds.items() if press.isChecked())

    @property
    def is_set(self) -> bool:
        """Say whether not everybody is looked for."""
        return self.kind != ALL or self.floor.code() is not None or bool(self._words)


def _is_said(one: Somebody, word: str) -> bool:
    return f"\n{word}" in one.words
