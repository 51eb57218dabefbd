"""What can be found from anywhere: people, beds, pages and deeds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from carehome.i18n import _
from carehome.rules.beds import STATE_NAMES
from carehome.rules.residents import STATUS_NAMES
from carehome.services.beds import Board, BoardBed
from carehome.services.pinyin import spell
from carehome.services.residents import ResidentIndex
from carehome.ui.kit.finder import Found

Open = Callable[[int], object]


class People:
    """Finds residents as their list does: by name, pinyin, number, room, phone."""

    def __init__(self, open_resident: Open) -> None:
        self._open = open_resident
        self._index = ResidentIndex()

    def learn(self, index: ResidentIndex) -> None:
        """Take everybody the home knows."""
        self._index = index

    def __call__(self, typed: str) -> list[Found]:
        """Return whom the letters find."""
        if not typed:
            return []
        return [
            Found(
                _("Resident"),
                line.name,
                "  ".join(filter(None, (line.bed, _(STATUS_NAMES[line.status])))),
                partial(self._open, line.resident_id),
            )
            for line in self._index.find(typed)
        ]


class BedsByName:
    """Finds beds by what stands on the door."""

    def __init__(self, open_bed: Open) -> None:
        self._open = open_bed
        self._beds: Sequence[BoardBed] = ()

    def learn(self, board: Board) -> None:
        """Take the beds of a board."""
        self._beds = [
            bed for floor in board.floors for room in floor.rooms for bed in room.beds
        ]

    def __call__(self, typed: str) -> list[Found]:
        """Return the beds whose names begin with the letters."""
        if not typed:
            return []
        return [
            Found(
                _("Bed"),
                bed.bed,
                _(STATE_NAMES[bed.state]),
                partial(self._open, bed.bed_id),
            )
            for bed in self._beds
            if bed.bed.startswith(typed)
        ]


@dataclass(frozen=True)
class Command:
    """A page to go to, or something to do, by its name."""

    title: str
    note: str
    do: Callable[[], object]


class Commands:
    """Finds pages and deeds by part of their names, or the first letters in pinyin."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = [
            (command, command.title.lower(), spell(command.title).initials)
            for command in commands
        ]

    def __call__(self, typed: str) -> list[Found]:
        """Return the commands that the letters may mean; all of them without any."""
        wanted = typed.lower()
        return [
            Found(_("Command"), command.title, command.note, command.do)
            for command, title, initials in self._commands
            if wanted in title or initials.startswith(wanted)
        ]
