"""What can be found from anywhere: people, beds, bills, receipts, pages and deeds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from carehome.i18n import N_, _, say_month, show_day, show_money
from carehome.rules.beds import STATE_NAMES
from carehome.rules.residents import SEX_NAMES, STATUS_NAMES, Status
from carehome.services.beds import Board, BoardBed
from carehome.services.billing import Billing, BillName
from carehome.services.pinyin import Spelling, spell
from carehome.services.receipts import IssuedReceipt, Receipts
from carehome.services.residents import ResidentIndex, ResidentLine
from carehome.services.staff.overview import StaffIndex, StaffLine
from carehome.ui.kit.found import NAME, SPELT, START, WITHIN, Found

Open = Callable[[int], object]
Other = tuple[str, Open]
MOST, MOST_RECENT, MOST_OWNERS = 8, 8, 3
RECENT = N_("Opened last")
BILL, RECEIPT = N_("Bill"), N_("Receipt")
_UNSPELT = Spelling("", "")


class People:
    """Finds residents as their list does: by name, pinyin, number, room, phone.

    With nothing typed it offers whose files were opened last and who are still here.
    """

    def __init__(
        self, open_resident: Open, other: Other | None, recent: Callable[[], list[int]]
    ) -> None:
        self._open = open_resident
        self._other = other
        self._recent = recent
        self._index = ResidentIndex()

    def learn(self, index: ResidentIndex) -> None:
        """Take everybody the home knows."""
        self._index = index

    def __call__(self, typed: str) -> list[Found]:
        """Return whom the letters find."""
        if not typed:
            return [self._found(line, WITHIN, _(RECENT)) for line in self._opened()]
        best = self._index.best(typed, MOST)
        return [self._found(line, rank) for rank, line in best]

    def owners(self, typed: str) -> list[int]:
        """Return whose bills and receipts the letters ask for."""
        return [
            line.resident_id for _rank, line in self._index.best(typed, MOST_OWNERS)
        ]

    def _opened(self) -> Iterable[ResidentLine]:
        known = self._index.by_id
        lines = [known[each] for each in self._recent() if each in known]
        here = [line for line in lines if line.status is not Status.DISCHARGED]
        return here[:MOST_RECENT]

    def _found(self, line: ResidentLine, rank: int, section: str = "") -> Found:
        age = _("{age} years").format(age=line.age) if line.age is not None else ""
        facts = (
            *(_(SEX_NAMES[line.sex]), age, line.bed, _(STATUS_NAMES[line.status])),
            *(line.grade_label, line.phone),
        )
        other = self._other
        return Found(
            _("Resident"),
            line.name,
            _FACTS.join(filter(None, facts)),
            partial(self._open, line.resident_id),
            rank,
            "person",
            (other[0], partial(other[1], line.resident_id)) if other else None,
            section,
        )


class StaffByName:
    """Finds who works here by name, pinyin, number, post or phone."""

    def __init__(self, open_member: Open) -> None:
        self._open = open_member
        self._index = StaffIndex()

    def learn(self, index: StaffIndex) -> None:
        """Take everybody who works or worked here."""
        self._index = index

    def __call__(self, typed: str) -> list[Found]:
        """Return whom the letters find; nobody without any."""
        if not typed:
            return []
        return [self._found(line, rank) for rank, line in self._index.best(typed)]

    def _found(self, line: StaffLine, rank: int) -> Found:
        facts = (line.post, line.unit, line.number, line.phone)
        return Found(
            _("Member of staff"),
            line.name,
            _FACTS.join(filter(None, facts)),
            partial(self._open, line.staff_id),
            rank,
            "staff",
        )


class BedsByName:
    """Finds beds by what stands on the door."""

    def __init__(self, open_bed: Open, resident: Other | None) -> None:
        self._open = open_bed
        self._resident = resident
        self._beds: Sequence[tuple[str, BoardBed]] = ()

    def learn(self, board: Board) -> None:
        """Take the beds of a board."""
        rooms = (room for floor in board.floors for room in floor.rooms)
        self._beds = [(bed.bed.lower(), bed) for room in rooms for bed in room.beds]

    def __call__(self, typed: str) -> list[Found]:
        """Return the beds whose names begin like that; the building may be left out."""
        wanted = typed.lower()
        if not wanted:
            return []
        fitting = (
            bed
            for name, bed in self._beds
            if name.startswith(wanted) or name.rpartition(" ")[2].startswith(wanted)
        )
        return [
            self._found(bed, NAME if wanted == bed.bed.lower() else START)
            for bed in islice(fitting, MOST)
        ]

    def _found(self, bed: BoardBed, rank: int) -> Found:
        holder = bed.holder if self._resident else None
        facts = (_(STATE_NAMES[bed.state]), holder.name if holder else "")
        words, go = self._resident or ("", self._open)
        return Found(
            _("Bed"),
            bed.bed,
            _FACTS.join(filter(None, (*facts, bed.class_label))),
            partial(self._open, bed.bed_id),
            rank,
            "beds",
            (words, partial(go, holder.resident_id)) if holder else None,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """Bills and receipts that were looked up for some letters."""

    typed: str = ""
    bills: tuple[BillName, ...] = ()
    receipts: tuple[IssuedReceipt, ...] = ()


class Papers:
    """Finds bills and receipts by number, or by whose they are: name and "bill"."""

    def __init__(
        self,
        open_bill: Callable[[BillName], object],
        open_receipt: Open,
        resident: Other,
        people: People,
    ) -> None:
        self._open_bill = open_bill
        self._open_receipt = open_receipt
        self._resident = resident
        self._people = people
        self._words: dict[str, str] = {}
        self._written = Written()

    def spell(self, spellings: Mapping[str, Spelling]) -> None:
        """Take how the words for bill and receipt are typed in letters."""
        self._words = {
            word: each for each in (BILL, RECEIPT) for word in _typed(each, spellings)
        }

    def asks(self, typed: str) -> tuple[str, str, list[int]]:
        """Return what is to be looked up: the number, the kind of paper, the people."""
        words = typed.lower().split()
        kinds = [self._words[word] for word in words if word in self._words]
        if not kinds or len(words) < 2:
            return typed, "", []
        name = " ".join(word for word in words if word not in self._words)
        return typed, kinds[0], self._people.owners(name) if name else []

    def learn(self, written: Written) -> None:
        """Take what was looked up."""
        self._written = written

    def __call__(self, typed: str) -> list[Found]:
        """Return the bills and receipts, if they were looked up for these letters."""
        if not typed or typed != self._written.typed:
            return []
        return [
            *map(self._bill, self._written.bills),
            *map(self._receipt, self._written.receipts),
        ]

    def _bill(self, bill: BillName) -> Found:
        facts = (bill.resident, bill.bed, say_month(bill.month), show_money(bill.total))
        return Found(
            _(BILL),
            bill.label,
            _FACTS.join(filter(None, facts)),
            partial(self._open_bill, bill),
            START,
            "fees",
            (self._resident[0], partial(self._resident[1], bill.resident_id)),
        )

    def _receipt(self, receipt: IssuedReceipt) -> Found:
        day, void = show_day(receipt.day), _("Void") if receipt.void_reason else ""
        facts = (receipt.resident, receipt.place, day, show_money(receipt.fen), void)
        return Found(
            _(RECEIPT),
            receipt.label,
            _FACTS.join(filter(None, facts)),
            partial(self._open_receipt, receipt.receipt_id),
            START,
            "receipt",
            None
            if receipt.resident_id is None
            else (self._resident[0], partial(self._resident[1], receipt.resident_id)),
        )


def look_up(
    billing: Billing, receipts: Receipts, typed: str, kind: str, owners: list[int]
) -> Written:
    """Look bills and receipts up by number, or those of some people."""
    if not kind:
        bills, papers = billing.find(typed), receipts.find(typed)
        return Written(typed, tuple(bills), tuple(papers))
    bills = billing.newest_of(owners) if kind == BILL else []
    papers = receipts.newest_of(owners) if kind == RECEIPT else []
    return Written(typed, tuple(bills), tuple(papers))


@dataclass(frozen=True)
class Command:
    """A page to go to, or something to do. `title` is a marked text or already words.

    `words` is what it is called on the screen if that is more than the title.
    """

    title: str
    note: str
    do: Callable[[], object]
    section: str = ""
    icon: str = "right"
    words: str = ""


class Commands:
    """Finds pages and deeds by part of their names, in pinyin, or in English."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = commands
        self._spellings: Mapping[str, Spelling] = {}

    def spell(self, spellings: Mapping[str, Spelling]) -> None:
        """Take how the names are typed in letters."""
        self._spellings = spellings

    def __call__(self, typed: str) -> list[Found]:
        """Return the commands that the letters may mean; all of them without any."""
        wanted = typed.lower()
        found = []
        for command in self._commands:
            rank = self._rank(command, wanted)
            if rank is not None:
                found.append((rank, command))
        found.sort(key=lambda pair: pair[0])
        return [_command(command, rank) for rank, command in found]

    def _rank(self, command: Command, wanted: str) -> int | None:
        """Say how well a command fits; None when it does not."""
        names = (_(command.title).lower(), command.title.lower(), command.words.lower())
        if wanted in names:
            return NAME
        if any(name.startswith(wanted) for name in names if name):
            return START
        spelling = self._spellings.get(command.title, _UNSPELT)
        letters = "".join(wanted.split())
        full = [each.replace(" ", "") for each in spelling.full.split("/")]
        if any(each.startswith(letters) for each in (*full, spelling.initials)):
            return SPELT
        return WITHIN if any(wanted in name for name in names) else None


def spelt(titles: Iterable[str]) -> dict[str, Spelling]:
    """Spell marked texts as they read on the screen; the first time takes long."""
    return {title: spell(_(title)) for title in titles}


def _typed(title: str, known: Mapping[str, Spelling]) -> set[str]:
    """Return all that somebody may type who means `title`."""
    spelling = known.get(title, _UNSPELT)
    letters = (spelling.full.replace(" ", ""), spelling.initials)
    spellings = [each for both in letters for each in both.split("/") if each]
    return {_(title).lower(), title.lower(), *spellings}


def _command(command: Command, rank: int) -> Found:
    return Found(
        _("Command"),
        command.words or _(command.title),
        command.note,
        command.do,
        rank,
        command.icon,
        section=command.section,
    )


_FACTS = " \u00b7 "
