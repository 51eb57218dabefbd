"""A resident's file: all that is known of one person, beside the list."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from carehome.i18n import _
from carehome.rules.departures import STEP_NAMES
from carehome.rules.residents import (
    LIVES_HERE,
    STATUS_NAMES,
    Status,
)
from carehome.rules.rights import Right, User
from carehome.services.departures import DepartureLine
from carehome.services.prices import Prices
from carehome.services.residents import ResidentFile
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import Side, Tabs, scrolling
from carehome.ui.parts import ability
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.residents.agreements import Agreements
from carehome.ui.residents.belonging import Belonging
from carehome.ui.residents.lines import STATUS_TONES, sex_and_age
from carehome.ui.residents.log import Log
from carehome.ui.residents.papers import Papers
from carehome.ui.residents.places import Places
from carehome.ui.residents.profile import Profile
from carehome.ui.residents.tab import Leaf
from carehome.ui.residents.terms import Terms

MakeMoney = Callable[[], QWidget]
Leaves = Mapping[str, Callable[[], QWidget]]
NO_LEAVES: Leaves = MappingProxyType({})


class FilePanel(Side):
    """The file of one resident, its leaves read again when something changes.

    `bed_wanted`, `payment_wanted` and `admission_wanted` carry the resident of whom
    another page shall do something; `told` a line on what was done.
    """

    SHOWS = frozenset(
        {
            *("resident", "resident_category", "contact", "stay", "absence"),
            *(
                "grade_change",
                "meal_choice",
                "agreement",
                "paper",
                "admission",
                "departure",
            ),
            "agreement_document",
            *("bed_use", "bed", "room", "code", "personal_price", "price"),
            *("price_list", "fee_item", "entitlement", "grade_rule"),
        }
    )
    bed_wanted = Signal(int)
    payment_wanted = Signal(int)
    admission_wanted = Signal(int)
    departure_wanted = Signal(int)
    told = Signal(str)

    def __init__(
        self,
        services: CareServices,
        prices: Prices,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
        make_money: Callable[[], QWidget] | None = None,
        make_leaves: Leaves = NO_LEAVES,
    ) -> None:
        super().__init__()
        self.resident_id = 0
        self.file: ResidentFile | None = None
        self._services = services
        self._prices = prices
        self._jobs = jobs
        self._user = user
        self._today = today
        self._make_money = make_money
        self._make_leaves = make_leaves
        self._lists: Lists | None = None
        self._returning = 0
        self._leaving: DepartureLine | None = None
        self._regrading = 0, "", ""
        self.status, self.ability = Tag(""), Tag("")
        self.facts = Elided()
        self.pay = button(_("Take a payment"), "fees", "F9", "small")
        self.admit = button(_("Go on with the admission"), "right", kind="small")
        self.again = button(_("Admit again"), "plus", kind="small")
        self.leave = button(_("Discharge"), "right", kind="small")
        self.tabs = Tabs()
        theme.mark(self.title, "title")
        theme.mark(self.facts, "note")
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(self.status)
        row.addWidget(self.ability)
        row.addWidget(self.facts, 1)
        self.facts.setMinimumWidth(1)  # what can be done comes first
        room = QWidget()
        deeds = Flow(room, 6)
        for deed in (self.pay, self.admit, self.again, self.leave):
            deeds.addWidget(deed)
        row.addWidget(room)
        self.body.addLayout(row)
        self.body.addWidget(self.tabs, 1)
        self._add_tabs()

        self.tabs.shown.connect(self._fill)
        self.pay.clicked.connect(lambda: self.payment_wanted.emit(self.resident_id))
        self.admit.clicked.connect(lambda: self.admission_wanted.emit(self.resident_id))
        self.again.clicked.connect(lambda: self.admission_wanted.emit(self.resident_id))
        self.leave.clicked.connect(lambda: self.departure_wanted.emit(self.resident_id))
        jobs.changed.connect(self._on_changed)

    def show_resident(self, resident_id: int, lists: Lists) -> None:
        """Open the file of somebody, on the leaf that was looked at last."""
        self.resident_id, self._lists = resident_id, lists
        self.refresh()

    def show_leaf(self, title: str) -> None:
        """Turn to the leaf with a title, if this person may see it."""
        strip = self.tabs.strip
        titles = [strip.tabText(at) for at in range(strip.count())]
        if title in titles:
            strip.setCurrentIndex(titles.index(title))

    def refresh(self) -> None:
        """Read the file again."""
        read = self._services.residents.file
        self._jobs.run_last(self, self._show, read, self.resident_id)
        leaving = self._services.departures.of
        self._jobs.run_last(self, self._show_leaving, leaving, self.resident_id)

    def record_return(self, resident_id: int) -> None:
        """Ask when somebody came back, as soon as the file is theirs."""
        self._returning = resident_id
        if self.file and self.file.resident_id == resident_id == self.resident_id:
            self._ask_return()

    def change_grade(self, resident_id: int, grade: str, reason: str) -> None:
        """Ask for another grade, as soon as the file is theirs."""
        self._regrading = resident_id, grade, reason
        if self.file and self.file.resident_id == resident_id == self.resident_id:
            self._ask_grade()

    def _add_tabs(self) -> None:
        shared = (self._services, self._jobs, self._user, self._today)
        self.tabs.add(_("Basics"), partial(self._made, Profile, *shared))
        self.tabs.add(
            _("Terms"),
            partial(self._made, Agreements, *shared, self._prices),
        )
        self.tabs.add(_("Grade and meals"), partial(self._made, Terms, *shared))
        for title, make_leaf in self._make_leaves.items():
            self.tabs.add(title, partial(_scrolling, make_leaf))
        self.tabs.add(_("Bed and leave"), partial(self._made, Places, *shared))
        if self._make_money and self._user.may(Right.SEE_FEES):
            make = self._make_money
            self.tabs.add(_("Bills and deposit"), lambda: scrolling(make()))
        title = _("Categories and entitlements")
        self.tabs.add(title, partial(self._made, Belonging, *shared))
        self.tabs.add(_("Documents"), partial(self._made, Papers, *shared))
        self.tabs.add(_("Log"), partial(self._made, Log, *shared))
        self.tabs.offer_keys()

    def _made(self, kind: Callable[..., Leaf], *values: Any) -> QWidget:
        leaf = kind(*values)
        leaf.told.connect(self.told)
        if isinstance(leaf, Places):
            leaf.bed_wanted.connect(lambda: self.bed_wanted.emit(self.resident_id))
        return scrolling(leaf)

    def _show(self, file: ResidentFile) -> None:
        if file.resident_id != self.resident_id:
            return
        self.file = file
        person = file.person
        self.title.setText(person.name)
        self.status.setText(_(STATUS_NAMES[file.status]))
        self.status.set_tone(STATUS_TONES[file.status])
        self.ability.setText(ability.word(person.ability_level))
        self.ability.set_tone(ability.tone(person.ability_level))
        grade = _grade(file, self._today())
        facts = (sex_and_age(person.sex, file.age), file.bed, grade)
        self.facts.setText("   ".join(filter(None, facts)))
        self._offer(file)
        self._fill(self.tabs.strip.currentIndex())
        if self._returning == file.resident_id:
            self._ask_return()
        if self._regrading[0] == file.resident_id:
            self._ask_grade()

    def _ask_grade(self) -> None:
        _who, grade, reason = self._regrading
        self._regrading = 0, "", ""
        if not self._user.may(Right.SET_GRADE):
            return
        for at in range(self.tabs.strip.count()):
            if self.tabs.strip.tabText(at) == _("Grade and meals"):
                self.tabs.strip.setCurrentIndex(at)
                leaf = self.leaf(at)
                assert isinstance(leaf, Terms)
                leaf.propose_grade(grade, reason)

    def _show_leaving(self, lines: list[DepartureLine]) -> None:
        """Say that somebody is leaving, and which step comes next."""
        mine = (x for x in lines if x.resident_id == self.resident_id and x.is_open)
        self._leaving = line = next(mine, None)
        if line is None:
            self.leave.setText(_("Discharge"))
        else:
            step = _("Departure: {step}").format(step=_(STEP_NAMES[line.step]))
            self.leave.setText(step)
        if self.file:
            self._offer(self.file)

    def _ask_return(self) -> None:
        self._returning = 0
        for at in range(self.tabs.strip.count()):
            if self.tabs.strip.tabText(at) == _("Bed and leave"):
                self.tabs.strip.setCurrentIndex(at)
                places = self.leaf(at)
                assert isinstance(places, Places)
                places.ask_return()

    def _offer(self, file: ResidentFile) -> None:
        """Show the deeds that make sense where the person stands."""
        may_change = self._user.may(Right.CHANGE_RESIDENTS)
        gone = file.status in (Status.DISCHARGED, Status.WAITING)
        self.pay.setVisible(self._user.may(Right.TAKE_MONEY))
        self.admit.setVisible(may_change and file.status is Status.ADMITTING)
        self.again.setVisible(may_change and gone)
        begins = may_change and file.status in LIVES_HERE
        self.leave.setVisible(begins or self._leaving is not None)

    def _fill(self, at: int) -> None:
        """Give the leaf in sight what it shows."""
        if self.file is None or self._lists is None:
            return
        leaf = self.leaf(at)
        if isinstance(leaf, Leaf):
            leaf.show_file(self.file, self._lists)
        else:
            leaf.show_resident(self.resident_id)  # type: ignore[attr-defined]

    def leaf(self, at: int) -> QWidget:
        """Return the leaf of a tab, without the frame that lets it scroll."""
        content = self.tabs.content(at)
        within = content.widget() if isinstance(content, QScrollArea) else None
        return within or content

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self.resident_id and self.isVisible() and tables & self.SHOWS:
            self.refresh()


def _scrolling(make: Callable[[], QWidget]) -> QWidget:
    """Make a leaf that comes from another subject."""
    return scrolling(make())


def _grade(file: ResidentFile, today: date) -> str:
    """Return what the grade is called that holds today."""
    begun = (change.label for change in file.grades if change.starts <= today)
    return next(begun, "")
