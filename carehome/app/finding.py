"""What a person can look for from anywhere: people, beds, papers, pages and deeds."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton

from carehome.app import evacuation
from carehome.app.aftermath import Aftermath
from carehome.app.desk import (
    ASSESSMENTS,
    BOOKS,
    ENQUIRIES,
    FEES,
    OPENING,
    OVERVIEW,
    RATING,
    RESIDENTS,
    ROSTERS,
    SAFETY,
    SETTINGS,
    STAFF,
    Desk,
)
from carehome.i18n import N_, _
from carehome.rules.figure_sets import sets
from carehome.rules.rights import Right
from carehome.services.beds import Board
from carehome.services.last_deed import Done, LastDeed
from carehome.services.pinyin import Spelling
from carehome.services.ratings.finding import RatingFinding
from carehome.services.residents import ResidentIndex
from carehome.services.safety.finding import SafetyFinding
from carehome.services.staff.files import StaffFiles
from carehome.services.staff.overview import StaffIndex
from carehome.services.ways_back import Plain
from carehome.ui.kit.finder import Finder
from carehome.ui.kit.keys import bind, write
from carehome.ui.parts.find import (
    BILL,
    RECEIPT,
    BedsByName,
    Command,
    Commands,
    Papers,
    People,
    StaffByName,
    Written,
    look_up,
    spelt,
)
from carehome.ui.parts.find_rating import RatingThings, look_up_rating
from carehome.ui.parts.find_rating import Written as RatingFound
from carehome.ui.parts.find_safety import SafetyThings, look_up_safety
from carehome.ui.parts.find_safety import Written as SafetyFound

REPORTS = N_("Reports")
# Tabs that people look for by name, with the right that shows them.
TABS = (
    (ASSESSMENTS, N_("Due"), Right.SEE_RESIDENTS),
    (ASSESSMENTS, N_("Under way"), Right.SEE_RESIDENTS),
    (ASSESSMENTS, N_("Assessments done"), Right.SEE_RESIDENTS),
    (ASSESSMENTS, N_("Risks due"), Right.SEE_RESIDENTS),
    (ASSESSMENTS, N_("People at risk"), Right.SEE_RESIDENTS),
    (ENQUIRIES, N_("Enquiries"), Right.SEE_RESIDENTS),
    (ENQUIRIES, N_("Waiting list"), Right.SEE_RESIDENTS),
    (ENQUIRIES, N_("Visits"), Right.SEE_RESIDENTS),
    (ENQUIRIES, N_("Closed periods"), Right.SEE_RESIDENTS),
    (ENQUIRIES, N_("Beds kept back"), Right.SEE_RESIDENTS),
    (FEES, N_("Payments"), Right.SEE_FEES),
    (FEES, N_("Receipts"), Right.SEE_FEES),
    (FEES, N_("Day close"), Right.SEE_FEES),
    (FEES, N_("Use charges"), Right.SEE_FEES),
    (FEES, N_("Arrears"), Right.SEE_FEES),
    (FEES, N_("Month end"), Right.SEE_FEES),
    (FEES, N_("Payers"), Right.SEE_FEES),
    (FEES, N_("Deposits"), Right.SEE_FEES),
    (FEES, N_("Price lists"), Right.SEE_FEES),
    (BOOKS, N_("Month close"), Right.KEEP_BOOKS),
    (BOOKS, N_("Journal"), Right.KEEP_BOOKS),
    (BOOKS, N_("Bank statements"), Right.KEEP_BOOKS),
    (BOOKS, N_("Subsidies"), Right.KEEP_BOOKS),
    (BOOKS, N_("Trust money"), Right.KEEP_BOOKS),
    (BOOKS, N_("Donations"), Right.KEEP_BOOKS),
    (BOOKS, N_("Utilities"), Right.KEEP_BOOKS),
    (BOOKS, N_("Yearly statements"), Right.KEEP_BOOKS),
    (STAFF, N_("All staff"), Right.SEE_STAFF),
    (STAFF, N_("What ends"), Right.SEE_STAFF),
    (STAFF, N_("Trainings"), Right.SEE_STAFF),
    (STAFF, N_("Allowances"), Right.SEE_PAY),
    (STAFF, N_("Posts and certificates"), Right.CHANGE_STAFF),
    (ROSTERS, N_("The month's roster"), Right.SEE_ROSTER),
    (ROSTERS, N_("Hours and fairness"), Right.SEE_ROSTER),
    (ROSTERS, N_("Shifts and people"), Right.SEE_ROSTER),
    (ROSTERS, N_("Requests"), Right.CHANGE_ROSTER),
    (ROSTERS, N_("Changes of the roster"), Right.CHANGE_ROSTER),
    (ROSTERS, N_("Hours for the payroll"), Right.SEE_PAY),
    (ROSTERS, N_("Holidays and working weekends"), Right.SEE_ROSTER),
    (ROSTERS, N_("Wishes for the roster"), Right.SEE_ROSTER),
    (SAFETY, N_("Rounds"), Right.SEE_SAFETY),
    (SAFETY, N_("Hazards"), Right.SEE_SAFETY),
    (SAFETY, N_("Equipment"), Right.SEE_SAFETY),
    (SAFETY, N_("Drills and training"), Right.SEE_SAFETY),
    (SAFETY, N_("Papers and inspections"), Right.SEE_SAFETY),
    (SAFETY, N_("Forms and plan"), Right.CHANGE_SAFETY),
    (SAFETY, N_("Folder for inspectors"), Right.SEE_SAFETY),
    (RATING, N_("Self-assessment"), Right.SEE_RATING),
    (RATING, N_("Where we stand"), Right.SEE_RATING),
    (RATING, N_("Rating tables"), Right.SEE_RATING),
    (RATING, N_("Submission folder"), Right.SEE_RATING),
    (OVERVIEW, N_("Dashboard"), Right.SEE_OVERVIEW),
    (OVERVIEW, REPORTS, Right.SEE_OVERVIEW),
    (OVERVIEW, N_("What may be claimed"), Right.SEE_OVERVIEW),
    (OVERVIEW, N_("What if"), Right.SEE_OVERVIEW),
    (SETTINGS, N_("Home"), Right.SEE_HOME),
    (SETTINGS, N_("My account"), Right.USE_PROGRAM),
    (SETTINGS, N_("Accounts"), Right.MANAGE_ACCOUNTS),
    (SETTINGS, N_("Lists"), Right.CHANGE_HOME),
    (SETTINGS, N_("Grade by ability"), Right.CHANGE_HOME),
    (SETTINGS, N_("Roster weights"), Right.CHANGE_ROSTER),
    (SETTINGS, N_("Change log"), Right.READ_CHANGE_LOG),
)
# Views of the tab of prices that people look for by name.
OF_PRICES = (("own", N_("Personal prices")), ("notices", N_("Notices of fees")))
# Parts of the tab of arrears, as the page knows them.
OF_ARREARS = (
    ("remind", N_("To be reminded")),
    ("broken", N_("Promise passed")),
    ("prepaid", N_("Prepaid money")),
    ("refunds", N_("Refunds")),
)
# Parts of the tab of deposits, as the page knows them.
OF_DEPOSITS = (
    ("ledger", N_("Ledger of the account")),
    ("draws", N_("Money to draw")),
    ("late", N_("Late transfers")),
    ("papers", N_("Emergencies")),
)
GO, UNDO = N_("Pages and commands"), N_("Undo")


class Finding(QObject):
    """Keeps what can be found ready while the window is open, and asks for it."""

    def __init__(self, desk: Desk, aftermath: Aftermath) -> None:
        super().__init__(desk.shell)
        self._desk = desk
        self._aftermath = aftermath
        self._deeds = desk.service(LastDeed)
        self._known_on: date | None = None
        self._spellings: dict[str, Spelling] = {}
        sees_fees = desk.user.may(Right.SEE_FEES)
        file = (_("Open the file"), desk.open_resident)
        pay = (_("Take a payment"), desk.take_payment)
        takes = desk.user.may(Right.TAKE_MONEY)
        sees = desk.user.may(Right.SEE_RESIDENTS)
        other = pay if takes else None
        people = People(desk.open_resident, other, self._recent)
        self.people = people if sees else None
        self.beds = BedsByName(desk.open_bed, file if sees else None)
        staff = StaffByName(desk.open_member)
        self.staff = staff if desk.user.may(Right.SEE_STAFF) else None
        safety = SafetyThings(desk.open_safety)
        self.safety = safety if desk.user.may(Right.SEE_SAFETY) else None
        rating = RatingThings(desk.open_rating)
        self.rating = rating if desk.user.may(Right.SEE_RATING) else None
        self.papers: Papers | None = None
        if self.people and sees_fees:
            self.papers = Papers(desk.open_bill, desk.open_receipt, file, self.people)
        desk.jobs.changed.connect(self._forget)
        desk.shell.search_asked.connect(self.open)

    def open(self) -> Finder:
        """Let the person look for anything they may see."""
        desk, jobs = self._desk, self._desk.jobs
        finder = Finder(_("A name, a bed, a number, or what to do"), desk.shell)
        of_page = Commands(list(self._of_page()))
        commands = Commands(list(self._commands()))
        for source in (
            self.people,
            self.staff,
            self.beds,
            of_page,
            self.papers,
            self.safety,
            self.rating,
            commands,
        ):
            if source:
                finder.add(source)
        self._refresh(finder)
        jobs.run(finder, partial(self._offer_undo, finder), self._deeds.last)
        named = (command.title for command in self._commands())
        then, titles = partial(self._spell, finder), [*named, UNDO, BILL, RECEIPT]
        if missing := [title for title in titles if title not in self._spellings]:
            jobs.run(finder, then, spelt, missing)
        else:
            then({})
        bind(finder, evacuation.KEYS, evacuation.TITLE, partial(self._flee, finder))
        finder.typed.connect(partial(self._look_up, finder))
        finder.open()
        return finder

    def _refresh(self, finder: Finder) -> None:
        """Read people and beds again if something was changed since."""
        desk = self._desk
        if self._known_on == desk.today():
            return
        self._known_on = desk.today()
        if self.people:
            read = desk.care.residents.index
            desk.jobs.run(finder, partial(self._learn_people, finder), read)
        if self.staff:
            index = desk.service(StaffFiles).index
            desk.jobs.run(finder, partial(self._learn_staff, finder), index)
        read_beds, today = desk.care.beds.board, desk.today()
        desk.jobs.run(finder, partial(self._learn_beds, finder), read_beds, today)

    def _learn_people(self, finder: Finder, index: ResidentIndex) -> None:
        assert self.people
        self.people.learn(index)
        finder.look()

    def _learn_staff(self, finder: Finder, index: StaffIndex) -> None:
        assert self.staff
        self.staff.learn(index)
        finder.look()

    def _learn_beds(self, finder: Finder, board: Board) -> None:
        self.beds.learn(board)
        finder.look()

    def _spell(self, finder: Finder, spelt: dict[str, Spelling]) -> None:
        self._spellings.update(spelt)
        for source in finder.sources:
            if isinstance(source, Commands):
                source.spell(self._spellings)
        if self.papers:
            self.papers.spell(self._spellings)
        finder.look()

    def _look_up(self, finder: Finder, typed: str) -> None:
        """Look for what is not kept ready: papers of money, safety, rating."""
        if self.safety and typed.strip():
            things, learn = self._desk.service(SafetyFinding), self._learn_safety
            run, found = self._desk.jobs.run_last, partial(learn, finder)
            run(finder, found, look_up_safety, things, typed)
        if self.rating and typed.strip():
            items, then = self._desk.service(RatingFinding), self._learn_rating
            run, found = self._desk.jobs.run_last, partial(then, finder)
            run(finder, found, look_up_rating, items, typed)
        if self.papers is None:
            return
        words, kind, owners = self.papers.asks(typed)
        if kind or any(map(str.isdigit, words)):
            money, then = self._desk.money, partial(self._learn_papers, finder)
            asked = (money.billing, money.receipts, words, kind, owners)
            self._desk.jobs.run_last(finder, then, look_up, *asked)

    def _learn_papers(self, finder: Finder, written: Written) -> None:
        assert self.papers
        self.papers.learn(written)
        finder.look()

    def _learn_safety(self, finder: Finder, found: SafetyFound) -> None:
        assert self.safety
        self.safety.learn(found)
        finder.look()

    def _learn_rating(self, finder: Finder, found: RatingFound) -> None:
        assert self.rating
        self.rating.learn(found)
        finder.look()

    def _offer_undo(self, finder: Finder, done: Done | None) -> None:
        if done and done.way is Plain.UNDO:
            words = _("Undo: {deed}").format(deed=done.words)
            undo = partial(self._aftermath.undo, done)
            commands = Commands([Command(UNDO, "Ctrl+Z", undo, _(GO), "undo", words)])
            commands.spell(self._spellings)
            finder.add(commands)

    def _forget(self, _tables: frozenset[str]) -> None:
        self._known_on = None

    def _of_page(self) -> Iterator[Command]:
        """Name the deeds that the open page offers now."""
        page = self._desk.shell.stack.currentWidget()
        title = _(self._desk.shell.current)
        section = _("On this page: {page}").format(page=title)
        for press in page.findChildren(QAbstractButton) if page else ():
            if press.isVisible() and press.isEnabled() and _matters(press):
                keys = write(press.shortcut())
                yield Command(press.text(), keys or title, press.click, section)

    def _commands(self) -> Iterator[Command]:
        """Name what this person can go to or do from anywhere."""
        desk, section = self._desk, _(GO)
        keys = desk.shell.keys
        for title in desk.shell.numbered:
            go = partial(desk.shell.open_page, title)
            yield Command(title, keys.get(title, ""), go, section)
        if OPENING in desk.shell.entries:
            go_on = partial(desk.shell.open_page, OPENING)
            title = N_("Go on setting up the home")
            yield Command(title, _(OPENING), go_on, section)
        if desk.user.may(Right.CHANGE_RESIDENTS):
            admit, title = desk.begin_admission, N_("Admit a resident")
            yield Command(title, _(RESIDENTS), admit, section, "plus")
            title = N_("New enquiry")
            yield Command(title, "Ctrl+Shift+N", desk.begin_enquiry, section, "phone")
        if desk.user.may(Right.ASSESS):
            title = N_("Assess somebody")
            yield Command(title, _(ASSESSMENTS), self._assess, section, "assessment")
        if desk.user.may(Right.SEE_RESIDENTS):
            title = N_("Departures and settlements")
            yield Command(title, _(RESIDENTS), desk.open_departures, section, "move")
        if desk.user.may(Right.READ_ROLL):
            title = N_("Read a roll")
            yield Command(title, _(RESIDENTS), self._open_roll, section, "import")
        for page, title, right in TABS:
            if desk.user.may(right):
                go_to = partial(desk.open_tab, page, _(title))
                yield Command(title, _(page), go_to, section)
        if desk.user.may(Right.SEE_FEES):
            yield from self._parts_of_fees(section)
        if desk.user.may(Right.SEE_OVERVIEW):
            for each in sets().values():
                go_to = partial(desk.open_overview, REPORTS, each.code)
                yield Command(each.name, _(REPORTS), go_to, section)
        sheet = partial(evacuation.show_sheet, desk)
        yield Command(evacuation.TITLE, evacuation.KEYS, sheet, section, "fire")
        lock, help_ = desk.shell.lock_asked.emit, desk.shell.show_keys
        yield Command(N_("Lock the screen"), "Ctrl+L", lock, section, "lock")
        yield Command(N_("Show these keys"), "F1", help_, section, "help")

    def _recent(self) -> list[int]:
        return self._desk.recent.ids()

    def _flee(self, finder: Finder) -> None:
        """Go from looking for something to the evacuation sheet with one key."""
        finder.accept()
        evacuation.show_sheet(self._desk)

    def _assess(self) -> None:
        self._desk.assessments_page().ask_whom()

    def _parts_of_fees(self, section: str) -> Iterator[Command]:
        for code, title in OF_PRICES:
            go_to = partial(self._open_prices, code)
            yield Command(title, _("Price lists"), go_to, section)
        for code, title in OF_ARREARS:
            go_to = partial(self._open_arrears, code)
            yield Command(title, _("Arrears"), go_to, section)
        for code, title in OF_DEPOSITS:
            go_to = partial(self._open_deposits, code)
            yield Command(title, _("Deposits"), go_to, section)

    def _open_prices(self, which: str) -> None:
        self._desk.fees_page().show_prices(which)

    def _open_arrears(self, part: str) -> None:
        self._desk.fees_page().show_arrears(part)

    def _open_deposits(self, part: str) -> None:
        self._desk.fees_page().show_deposits(part)

    def _open_roll(self) -> None:
        self._desk.residents_page().open_roll()


def _matters(press: QAbstractButton) -> bool:
    """Say whether a button is a deed of its page, rather than a part of a form."""
    is_deed = not press.shortcut().isEmpty() or press.property("kind") == "primary"
    return is_deed and bool(press.text())
