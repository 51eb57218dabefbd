"""The list of residents: searched with every key, with the file beside it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_day
from carehome.rules.rights import Right, User
from carehome.services.admissions import STEP_NAMES, AdmissionLine
from carehome.services.residents import ResidentLine
from carehome.ui.kit import theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import PageFrame, Split
from carehome.ui.kit.table import TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.care import CareServices
from carehome.ui.parts.money import MoneyServices
from carehome.ui.residents.file import NO_LEAVES, FilePanel, Leaves
from carehome.ui.residents.filters import EVERYBODY, LIVING_HERE, FilterBar
from carehome.ui.residents.lines import SLIM, columns
from carehome.ui.residents.overview import Overview, read_overview

FILE, MOST = 800, 0.7  # the width of a file, and its largest share of the page
ROOMY = 1900  # a page so wide has room for all columns beside a file


class Listing(LiveView):
    """Everybody the home knows; a click or Enter opens the file at the right.

    `admission_wanted` asks for a new admission, `resumed` for one that is under way,
    `roll_wanted` for the reading of a roll. `file_opened` tells whose file was
    opened on purpose, not by walking past.
    """

    SHOWS = frozenset(
        {
            *("resident", "resident_category", "contact", "stay", "absence"),
            *("grade_change", "admission", "bed_use", "bed", "room", "floor"),
            *("building", "code", "bill", "payment", "payment_share", "receipt"),
        }
    )
    admission_wanted = Signal()
    resumed = Signal(int)
    roll_wanted = Signal()
    departures_wanted = Signal()
    file_opened = Signal(int)

    def __init__(
        self,
        services: CareServices,
        money: MoneyServices,
        jobs: Jobs,
        user: User,
        today: Callable[[], date],
        make_money: Callable[[], QWidget] | None,
        make_leaves: Leaves = NO_LEAVES,
    ) -> None:
        super().__init__(jobs)
        self._services = services
        self._jobs = jobs
        sees_fees = user.may(Right.SEE_FEES)
        self._balances = money.payments.balances if sees_fees else None
        self._sees_admissions = user.may(Right.CHANGE_RESIDENTS)
        self._owed: dict[int, tuple[int, int]] = {}
        self._overview: Overview | None = None
        self._wanted = 0
        self.frame = PageFrame(_("Residents"))
        head = self.frame.head
        self.search = head.add_search(_("Name, pinyin, ID number, room, phone"))
        self.under_way = head.add_button("", "history")
        leaving = ("move", "Ctrl+Shift+D")
        self.departures = head.add_button(_("Departures"), *leaving)
        self.read_roll = head.add_button(_("Read a roll"), "import", "Ctrl+R")
        self.admit = head.add_primary(_("Admit a resident"), "plus", "Ctrl+N")
        self.filters = FilterBar()
        shown = columns(self._owed if sees_fees else None)
        self.list = TableView(
            TableModel(shown, lambda line: line.resident_id),
            "residents",
            N_("Residents"),
        )
        self.file = FilePanel(
            services, money.prices, jobs, user, today, make_money, make_leaves
        )
        self.split = Split(ListCard(self.list), self.file, FILE, MOST)
        self.under_way.hide()
        self.read_roll.setVisible(user.may(Right.READ_ROLL))
        self.admit.setVisible(self._sees_admissions)
        self.frame.body.addWidget(self.filters)
        self.frame.body.addWidget(self.split, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        lead(self, self.search)

        self.search.textChanged.connect(self._find)
        self.search.left_down.connect(self._go_down)
        self.search.returnPressed.connect(self._open_first)
        self.filters.changed.connect(self._find)
        self.list.opened.connect(self._open_file)
        self.list.clicked.connect(lambda: self._open_file(self.list.current_row()))
        self.list.picked.connect(self._follow)
        self.list.first_step.connect(self._take_first_step)
        self.file.closed.connect(self._widen)
        self.admit.clicked.connect(self.admission_wanted)
        self.under_way.clicked.connect(self._choose_admission)
        self.read_roll.clicked.connect(self.roll_wanted)
        self.departures.clicked.connect(self.departures_wanted)

    def refresh(self) -> None:
        """Read everybody again; the search goes on as it is typed."""
        self._jobs.run_last(
            self,
            self._show,
            read_overview,
            self._services,
            self._balances,
            self._sees_admissions,
        )

    def open_resident(self, resident_id: int) -> None:
        """Open the file of somebody, whatever was searched before."""
        self._wanted = resident_id
        if self._overview and not self._open_wanted():
            self.refresh()  # somebody who has just come

    def show_some(self, title: str, resident_ids: Iterable[int]) -> None:
        """List some people whom another page names."""
        self.search.clear()
        self.filters.name(title, resident_ids)
        self._go_down()

    def set_recent(self, resident_ids: Sequence[int]) -> None:
        """Offer whose files were opened last, the last one first."""
        self.filters.set_recent(resident_ids)

    def _show(self, overview: Overview) -> None:
        self._overview = overview
        self._owed.clear()
        self._owed.update(overview.balances)
        lists = overview.lists
        self.filters.set_choices(overview.floors, lists.grades, lists.categories)
        self.filters.count(overview.index.lines)
        count = len(overview.under_way)
        self.under_way.setText(
            _("{count} {count:admission|admissions} under way").format(count=count)
        )
        self.under_way.setVisible(count > 0)
        self._find()
        if self._wanted:
            self._open_wanted()
            self._wanted = 0

    def _find(self) -> None:
        if self._overview is None:
            return
        found = self._overview.index.find(self.search.text(), self.filters.filters())
        found = self.filters.in_order(found)
        self.list.table.set_rows(found)
        self.filters.note.setText(_("{count} shown").format(count=len(found)))
        if self._overview.index.lines:
            self.list.set_empty(
                _("Nobody matches. Try another spelling, or look among everybody."),
                _("Look among everybody"),
            )
        else:
            self.list.set_empty(
                _(
                    "No residents yet. Read in your Excel roll, or admit the first "
                    "resident."
                ),
                _("Read a roll") if self.read_roll.isVisibleTo(self) else "",
            )

    def _choose_admission(self) -> None:
        """Go on with the admission under way, or let one be chosen of several."""
        lines = self._overview.under_way if self._overview else ()
        if len(lines) == 1:
            self.resumed.emit(lines[0].admission_id)
            return
        menu = QMenu(self.under_way)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for line in lines:
            go_on = menu.addAction(_say_admission(line))
            go_on.triggered.connect(partial(self.resumed.emit, line.admission_id))
        menu.popup(self.under_way.mapToGlobal(QPoint(0, self.under_way.height())))

    def _take_first_step(self) -> None:
        if self._overview and self._overview.index.lines:
            self.search.clear()
            self.filters.reset()
            self.filters.choose(EVERYBODY)
        else:
            self.roll_wanted.emit()

    def _open_file(self, line: ResidentLine | None) -> None:
        self._open(line)
        if line is not None:
            self.file_opened.emit(line.resident_id)

    def _open(self, line: ResidentLine | None) -> None:
        if line is None or self._overview is None:
            return
        if self.width() < theme.px(ROOMY):
            self.list.show_columns(SLIM)
        self.split.open_side()
        self.file.show_resident(line.resident_id, self._overview.lists)

    def _follow(self, line: ResidentLine | None) -> None:
        """Let an open file follow the cursor."""
        if not self.file.isHidden() and line is not None:
            self._open(line)

    def _open_wanted(self) -> bool:
        """Open whom another page wants to be opened; say whether the list has them."""
        found = self.list.select(self._wanted)
        if not found:
            self.search.clear()
            self.filters.reset()
        for group in (LIVING_HERE, EVERYBODY):
            if not found:
                self.filters.choose(group)
                found = self.list.select(self._wanted)
        if found:
            self._wanted = 0
            self._open_file(self.list.current_row())
        return found

    def _widen(self) -> None:
        self.list.show_columns(len(self.list.table.columns))
        self.list.setFocus()

    def _go_down(self) -> None:
        self.list.setFocus()
        if self.list.current_row() is None and self.list.table.rows:
            self.list.selectRow(0)

    def _open_first(self) -> None:
        if self.list.table.rows:
            self.list.selectRow(0)
            self._open_file(self.list.table.rows[0])


def _say_admission(line: AdmissionLine) -> str:
    """Say whose admission it is, how far it came, and since when it waits."""
    return _("{name} · {step} · since {day}").format(
        name=line.name or _("No name yet"),
        step=_(STEP_NAMES[line.step]),
        day=say_day(line.begun_on),
    )
