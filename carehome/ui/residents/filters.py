"""Whom the list of residents shows: where they stand, and what else narrows it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _
from carehome.rules.residents import ABILITY_NAMES, LIVES_HERE, SEX_NAMES, Status
from carehome.services.residents import Filters, ResidentLine
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.flow import Flow


@dataclass(frozen=True, slots=True)
class Group:
    """Some states that are looked at together, and what that is called."""

    title: str
    statuses: frozenset[Status] | None


GROUPS = (
    Group(N_("Living here"), LIVES_HERE),
    Group(N_("On leave"), frozenset({Status.ON_LEAVE})),
    Group(N_("In hospital"), frozenset({Status.IN_HOSPITAL})),
    Group(N_("Not living here yet"), frozenset({Status.ADMITTING, Status.WAITING})),
    Group(N_("Discharged"), frozenset({Status.DISCHARGED})),
    Group(N_("Everybody"), None),
)
MOST_RECENT = 8
LIVING_HERE, EVERYBODY = 0, len(GROUPS) - 1
NARROWED = ("floor_id", "grade", "ability_level", "category", "sex")


class FilterBar(QWidget):
    """Counted groups to choose from, and choices that narrow the list further.

    A group that another page names is a group of its own until another is chosen.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.groups = [QPushButton(_(group.title)) for group in GROUPS]
        self.more = button(_("Filter"), "filter", "Ctrl+Shift+F", "small")
        self.clear = button(_("Show all"), kind="link")
        self.note = QLabel()
        self.named = button("", kind="small")
        self.recent = button(_("Opened last"), kind="small")
        self._among: frozenset[int] = frozenset()
        self._recent: list[int] = []
        self.choices = {name: Choice() for name in NARROWED}
        self._exclusive = QButtonGroup(self)
        self._narrow = QWidget()
        self.more.setCheckable(True)
        theme.mark(self.note, "note")
        for each in self.groups:
            theme.mark(each, "small")
            each.setCheckable(True)
            self._exclusive.addButton(each)
        self.groups[0].setChecked(True)

        groups = QWidget()
        first, second = Flow(groups, 6), QHBoxLayout(self._narrow)
        second.setSpacing(theme.px(8))
        second.setContentsMargins(0, 0, 0, 0)
        self.recent.setCheckable(True)
        self.recent.hide()
        self._exclusive.addButton(self.recent)
        self.named.setCheckable(True)
        self.named.hide()
        self._exclusive.addButton(self.named)
        self.away = button(_("Who is away"), "calendar", "Ctrl+Shift+A", "small")
        self.entitled = button(_("Entitlements"), "check", "Ctrl+Shift+E", "small")
        lists = (self.away, self.entitled)
        for each in (*self.groups, self.recent, self.more, *lists):
            first.addWidget(each)
        line = QHBoxLayout()
        line.addWidget(groups, 1)
        line.addWidget(self.note, 0, Qt.AlignmentFlag.AlignTop)
        for choice in self.choices.values():
            second.addWidget(choice, 1)
        second.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.named, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(line)
        column.addWidget(self._narrow)
        self._narrow.hide()
        self.set_choices({}, {}, {})

        self._exclusive.buttonClicked.connect(self.changed)
        self.named.toggled.connect(self.named.setVisible)
        self.more.toggled.connect(self._narrow.setVisible)
        self.clear.clicked.connect(self.reset)
        for choice in self.choices.values():
            choice.chosen.connect(self._narrowed)

    def set_choices(
        self,
        floors: Mapping[int, str],
        grades: Mapping[str, str],
        categories: Mapping[str, str],
    ) -> None:
        """Offer what the home has."""
        abilities = {level: _(word) for level, word in ABILITY_NAMES.items()}
        sexes = {code: _(word) for code, word in SEX_NAMES.items()}
        offered: tuple[tuple[str, str, Mapping[Any, str]], ...] = (
            ("floor_id", _("Floor"), floors),
            ("grade", _("Nursing grade"), grades),
            ("ability_level", _("Ability level"), abilities),
            ("category", _("Resident category"), categories),
            ("sex", _("Sex"), sexes),
        )
        for name, everything, choices in offered:
            self.choices[name].set_choices({None: everything, **choices})

    def filters(self) -> Filters:
        """Return what is chosen."""
        narrowed = {name: choice.code() for name, choice in self.choices.items()}
        if self.recent.isChecked():
            return Filters(among=frozenset(self._recent), **narrowed)
        if self.named.isChecked():
            return Filters(among=self._among, **narrowed)
        at = self.groups.index(self._exclusive.checkedButton())  # type: ignore[arg-type]
        return Filters(GROUPS[at].statuses, **narrowed)

    def name(self, title: str, resident_ids: Iterable[int]) -> None:
        """Look at some people whom another page names."""
        self._among = frozenset(resident_ids)
        text = _("{group} {count}").format(group=title, count=len(self._among))
        self.named.setText(text)
        self.named.setChecked(True)
        self.reset()
        self.changed.emit()

    def set_recent(self, resident_ids: Sequence[int]) -> None:
        """Offer whose files were opened last, the last one first."""
        others_before = set(self._recent) != set(resident_ids)
        self._recent = list(resident_ids)
        self.recent.setVisible(bool(self._recent))
        if others_before and self.recent.isChecked():
            self.changed.emit()

    def in_order(self, lines: list[ResidentLine]) -> list[ResidentLine]:
        """Sort those opened last by when that was; others stay as they are."""
        if not self.recent.isChecked():
            return lines
        here = [line for line in lines if line.status is not Status.DISCHARGED]
        here.sort(key=lambda line: self._recent.index(line.resident_id))
        return here[:MOST_RECENT]

    def choose(self, group: int) -> None:
        """Look at one of the GROUPS."""
        self.groups[group].setChecked(True)
        self.changed.emit()

    def reset(self) -> None:
        """Narrow the list no further."""
        for choice in self.choices.values():
            choice.set_code(None)

    def count(self, lines: Iterable[ResidentLine]) -> None:
        """Show how many are in each group."""
        states = Counter(line.status for line in lines)
        for each, group in zip(self.groups, GROUPS, strict=True):
            statuses = group.statuses or states.keys()
            number = sum(states[status] for status in statuses)
            title = _("{group} {count}").format(group=_(group.title), count=number)
            each.setText(title)

    def _narrowed(self) -> None:
        active = sum(choice.code() is not None for choice in self.choices.values())
        text = _("Filter ({count})").format(count=active) if active else _("Filter")
        self.more.setText(text)
        self.changed.emit()
