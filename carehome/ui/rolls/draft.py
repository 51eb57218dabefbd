"""A roll on its way in: the file, and what a person has said about it so far."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from carehome.rules import roll as rules
from carehome.rules.beds import label_key
from carehome.rules.roll import Field, Heading, columns
from carehome.rules.sheets import Sheet
from carehome.services.beds import NewBed
from carehome.services.rolls import CheckedRoll, read_sheets

Room = tuple[str, str]


@dataclass(slots=True)
class Draft:
    """What is kept while one goes back and forth; nothing of it is stored yet."""

    path: Path
    sheets: tuple[Sheet, ...]
    sheet: Sheet
    headings: dict[str, Heading] = field(default_factory=dict)
    told: dict[tuple[str, int], Heading] = field(default_factory=dict)
    classes: dict[Room, str] = field(default_factory=dict)
    grades: dict[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> Heading | None:
        """The titles of the chosen sheet, None until a person points at them."""
        return self.headings.get(self.sheet.name)

    def point_at(self, row: int) -> None:
        """Take a row as the one of titles; what was said about it before counts."""
        guess = columns.at(self.sheet, row)
        key = (self.sheet.name, guess.first)
        self.headings[self.sheet.name] = self.told.get(key, guess)

    def correct(self, column: int, told: Field | None) -> None:
        """Take a person's word for what a column tells."""
        if self.heading:
            heading = self.heading.corrected(column, told)
            self.headings[self.sheet.name] = heading
            self.told[self.sheet.name, heading.first] = heading

    def beds(self, checked: CheckedRoll) -> tuple[NewBed, ...]:
        """Return the beds to make, with the classes that a person chose."""
        return tuple(
            replace(bed, bed_class=self.classes.get(room_of(bed), bed.bed_class))
            for bed in checked.new_beds
        )


def opened(path: Path) -> Draft:
    """Read a file, and guess which sheet is the roll and where its titles are."""
    sheets = read_sheets(path)
    headings = {}
    for sheet in sheets:
        try:
            headings[sheet.name] = rules.find(sheet)
        except columns.NoRoll:
            continue  # a person can still point at the titles
    likeliest = rules.choose(sheets)[0] if headings or not sheets else sheets[0]
    return Draft(path, sheets, likeliest, headings)


def reopened(old: Draft) -> Draft:
    """Read the file again after a correction; what still fits is kept."""
    draft = opened(old.path)
    draft.classes, draft.grades = old.classes, old.grades
    for sheet in draft.sheets:
        if sheet.name == old.sheet.name:
            draft.sheet = sheet
    before, now = old.heading, draft.heading
    if before and now and before.titles == now.titles:
        kept = replace(now, fields=before.fields)
        draft.headings[draft.sheet.name] = kept
        draft.told[draft.sheet.name, kept.first] = kept
    elif before and not now:
        draft.point_at(min(before.first, len(draft.sheet.rows)))
    return draft


def room_of(bed: NewBed) -> Room:
    """Return by which name the room of a new bed is known."""
    return bed.building, bed.room


def by_room(beds: tuple[NewBed, ...]) -> dict[Room, list[NewBed]]:
    """Put the beds of one room together, the rooms in their order."""
    rooms: dict[Room, list[NewBed]] = {}
    for bed in sorted(beds, key=lambda bed: (bed.building, label_key(bed.room))):
        rooms.setdefault(room_of(bed), []).append(bed)
    return rooms
