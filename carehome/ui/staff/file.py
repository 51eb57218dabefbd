"""The file of somebody who works here, beside the list."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from carehome.i18n import _, show_day
from carehome.rules.rights import Right
from carehome.services.staff.records import StaffFile
from carehome.ui.kit import theme
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.page import Side, Tabs, scrolling
from carehome.ui.staff.basics import Basics
from carehome.ui.staff.certificates import Certificates
from carehome.ui.staff.hand import Choices, Hand, read_file
from carehome.ui.staff.leave import LeaveLeaf
from carehome.ui.staff.paid import Paid
from carehome.ui.staff.scans import Scans
from carehome.ui.staff.tab import Leaf
from carehome.ui.staff.trained import Trained


class StaffPanel(Side):
    """The file of one person, its leaves read again when something changes."""

    SHOWS = frozenset(
        {
            *("staff_member", "staff_post", "post", "post_need", "unit"),
            *("certificate", "certificate_kind", "contract", "staff_leave"),
            *("maternity", "training", "training_attendance", "training_subject"),
            *("staff_paper", "pay", "staff_rule"),
        }
    )
    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self.staff_id = 0
        self._hand = hand
        self._shown: tuple[StaffFile, Choices] | None = None
        self.state = Tag("")
        self.facts = Elided()
        self.tabs = Tabs()
        theme.mark(self.title, "title")
        theme.mark(self.facts, "note")
        self.facts.setMinimumWidth(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(self.state)
        row.addWidget(self.facts, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.tabs, 1)
        leaves: list[tuple[str, Callable[[], Leaf]]] = [
            (_("Basics"), partial(Basics, hand)),
            (_("Certificates"), partial(Certificates, hand)),
            (_("Training"), partial(Trained, hand)),
            (_("Leave and protection"), partial(LeaveLeaf, hand)),
        ]
        if hand.may(Right.SEE_PAY):
            leaves.append((_("Pay"), partial(Paid, hand, hand.services.pay)))
        leaves.append((_("Documents"), partial(Scans, hand)))
        for title, make in leaves:
            self.tabs.add(title, partial(self._made, make))
        self.tabs.offer_keys()

        self.tabs.shown.connect(self._fill)
        hand.jobs.changed.connect(self._on_changed)

    def show_member(self, staff_id: int) -> None:
        """Open the file of somebody, on the leaf that was looked at last."""
        self.staff_id = staff_id
        self.refresh()

    def show_leaf(self, title: str) -> None:
        """Turn to the leaf with a title, if this person may see it."""
        strip = self.tabs.strip
        titles = [strip.tabText(at) for at in range(strip.count())]
        if title in titles:
            strip.setCurrentIndex(titles.index(title))

    def refresh(self) -> None:
        """Read the file again."""
        services = self._hand.services
        self._hand.jobs.run_last(self, self._show, read_file, services, self.staff_id)

    def leaf(self, at: int) -> Leaf:
        """Return the leaf of a tab, without the frame that lets it scroll."""
        content = self.tabs.content(at)
        within = content.widget() if isinstance(content, QScrollArea) else content
        assert isinstance(within, Leaf)
        return within

    def _made(self, make: Callable[[], Leaf]) -> QWidget:
        leaf = make()
        leaf.told.connect(self.told)
        return scrolling(leaf)

    def _show(self, read: tuple[StaffFile, Choices]) -> None:
        file, _choices = read
        if file.staff_id != self.staff_id:
            return
        self._shown = read
        self.title.setText(file.person.name)
        has_left = file.person.left_on and file.person.left_on <= self._hand.today()
        self.state.setText(_("Left") if has_left else _("Works here"))
        self.state.set_tone("quiet" if has_left else "ok")
        since = _("hired on {day}").format(day=show_day(file.person.hired_on))
        posts = _(", ").join(post.name for post in file.posts)
        self.facts.setText("   ".join(filter(None, (posts, file.unit, since))))
        self._fill(self.tabs.strip.currentIndex())

    def _fill(self, at: int) -> None:
        """Give the leaf in sight what it shows."""
        if self._shown:
            self.leaf(at).show_file(*self._shown)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self.staff_id and self.isVisible() and tables & self.SHOWS:
            self.refresh()
