"""Whom the list of staff shows: counted groups, and choices that narrow it."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from carehome.i18n import N_, _
from carehome.rules.certificates import Urgency
from carehome.services.staff.overview import StaffIndex, StaffLine
from carehome.ui.kit import theme
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.flow import Flow

HERE, DUE, URGENT, LEFT = range(4)
GROUPS = (
    N_("Working here"),
    N_("Something is due"),
    N_("Lapsed or within days"),
    N_("Those who left"),
)


class FilterBar(QWidget):
    """Groups to choose from, and the post and unit that narrow the list further."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.groups = [QPushButton(_(title)) for title in GROUPS]
        self.post, self.unit = Choice(), Choice()
        self.note = QLabel()
        self._exclusive = QButtonGroup(self)
        theme.mark(self.note, "note")
        self.post.setAccessibleName(_("Post"))
        self.unit.setAccessibleName(_("Unit of the home"))
        room = QWidget()
        row = Flow(room, 6)
        for each in self.groups:
            theme.mark(each, "small")
            each.setCheckable(True)
            self._exclusive.addButton(each)
            row.addWidget(each)
        self.groups[HERE].setChecked(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(room, 1)
        for choice in (self.post, self.unit):
            choice.setMinimumWidth(theme.px(132))
            line.addWidget(choice)
        line.addWidget(self.note)
        self.set_choices(StaffIndex())

        self._exclusive.buttonClicked.connect(self.changed)
        self.post.chosen.connect(self.changed)
        self.unit.chosen.connect(self.changed)

    def set_choices(self, index: StaffIndex) -> None:
        """Offer the posts that somebody holds, and the units."""
        held = {post.post_id for line in index.lines for post in line.posts}
        posts = {each: index.posts[each].name for each in index.posts if each in held}
        self.post.set_choices({None: _("All posts"), **posts})
        self.unit.set_choices({None: _("All units"), **index.units})
        self.unit.setVisible(bool(index.units))

    def count(self, lines: Iterable[StaffLine], today: date) -> None:
        """Show how many are in each group."""
        listed = list(lines)
        for at, title in enumerate(GROUPS):
            number = sum(_is_in(at, line, today) for line in listed)
            text = _("{group} {count}").format(group=_(title), count=number)
            self.groups[at].setText(text)

    def narrow(self, lines: Iterable[StaffLine], today: date) -> list[StaffLine]:
        """Return those of `lines` that are looked at."""
        post, unit = self.post.code(), self.unit.code()
        return [
            line
            for line in lines
            if _is_in(self.group, line, today)
            and (post is None or post in {each.post_id for each in line.posts})
            and (unit is None or unit == line.unit_id)
        ]

    @property
    def group(self) -> int:
        """Return which of the GROUPS is looked at."""
        return next(at for at, each in enumerate(self.groups) if each.isChecked())

    def choose(self, group: int) -> None:
        """Look at one of the GROUPS."""
        self.groups[group].setChecked(True)
        self.changed.emit()

    def reset(self) -> None:
        """Narrow the list no further."""
        self.post.set_code(None)
        self.unit.set_code(None)


def _is_in(group: int, line: StaffLine, today: date) -> bool:
    if group == LEFT:
        return not line.is_here(today)
    if not line.is_here(today):
        return False
    return group == HERE or line.urgency <= (
        Urgency.FAR if group == DUE else Urgency.NEAR
    )
