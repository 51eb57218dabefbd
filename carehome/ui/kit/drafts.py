"""What is half typed: kept while one types, given back when the form is opened again.

A form bears a name, such as `person:17`. What differs in it from what is stored lies
on the shelf of whoever is signed in until it is saved or thrown away on purpose. The
shelf is put up from outside (`use`): the kit does not know where drafts are kept.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.i18n import _, say_day
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button

PAUSE = 700  # milliseconds after a key within which it is kept
LONGEST = timedelta(days=30)  # a draft that nobody asked for as long is thrown away

Write = Callable[[str, Any], object]


class Typed(Protocol):
    """Anything that is typed into."""

    @property
    def changed(self) -> SignalInstance: ...

    def typed(self) -> dict[str, Any]:
        """Return what stands there, as JSON can hold it."""

    def type_again(self, draft: Mapping[str, Any], /) -> None:
        """Put back some of what `typed` returned."""


class Place(Protocol):
    """Where drafts lie."""

    def look(self, name: str) -> tuple[dict[str, Any], datetime | None]:
        """Return what was typed into a form, and when if that is known."""

    def keep(self, name: str, typed: dict[str, Any]) -> None:
        """Keep what is typed into a form; nothing typed takes the draft away."""


class Shelf(QObject):
    """The drafts of one person: here while the program runs, for good by `write`.

    `filled` goes out when those of earlier days have come, `leaving` when whatever is
    typed must be kept at once.
    """

    filled = Signal()
    leaving = Signal()

    def __init__(self, write: Write, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._write = write
        self._clock = clock
        self._drafts: dict[str, Any] = {}

    def fill(self, drafts: Mapping[str, Any]) -> None:
        """Take in what was kept before; what is newer stays, what is old goes."""
        oldest = self._clock() - LONGEST
        for name, draft in drafts.items():
            if datetime.fromisoformat(draft["at"]) < oldest:
                self._write(name, None)
            else:
                self._drafts.setdefault(name, draft)
        self.filled.emit()

    def look(self, name: str) -> tuple[dict[str, Any], datetime | None]:
        """Return what was typed into a form, and when."""
        draft = self._drafts.get(name)
        if draft is None:
            return {}, None
        return draft["typed"], datetime.fromisoformat(draft["at"])

    def keep(self, name: str, typed: dict[str, Any]) -> None:
        """Keep what is typed into a form; nothing typed takes the draft away."""
        if typed == self.look(name)[0]:
            return
        if typed:
            self._drafts[name] = {"at": self._clock().isoformat(), "typed": typed}
        else:
            del self._drafts[name]
        self._write(name, self._drafts.get(name))

    def gather(self) -> None:
        """Keep whatever is typed now: the screen is locked, or the program ends."""
        self.leaving.emit()


_shelf: Shelf | None = None


def use(shelf: Shelf | None) -> None:
    """Keep drafts on this shelf from now on; None keeps none."""
    global _shelf  # noqa: PLW0603
    _shelf = shelf


def shelf() -> Shelf | None:
    """Return the shelf of whoever is signed in."""
    return _shelf


def gather() -> None:
    """Keep whatever is typed now, whoever's it is."""
    if _shelf:
        _shelf.gather()


class DraftNote(QWidget):
    """Says that what was typed before has been filled in, and lets it be cleared."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.clear = button(_("Clear it"), kind="link")
        theme.mark(self.words, "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self.words)
        row.addWidget(self.clear)
        row.addStretch()
        self.hide()

    def tell(self, at: datetime | None) -> None:
        """Say when it was typed."""
        text = _("Filled in again: what was typed and not saved")
        if at:
            text = _("Filled in again: what was typed on {day} at {time} and not saved")
            at = at.astimezone()
            text = text.format(day=say_day(at.date()), time=f"{at:%H:%M}")
        self.words.setText(text)
        self.show()


class Draft(QObject):
    """Keeps what is typed into `form` under the name that `begin` gives it.

    `host` is the widget whose going out of sight keeps it at once. `note` belongs to
    the top of the form.
    """

    def __init__(self, form: Typed, host: QWidget) -> None:
        super().__init__(host)
        self.note = DraftNote()
        self._form = form
        self._name = self._last = ""
        self._stored: dict[str, Any] = {}
        self._shelf: Shelf | None = None
        self._place: Place | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self.note.clear.clicked.connect(self.clear)
        form.changed.connect(self._note_change)
        host.installEventFilter(self)

    def begin(self, name: str, place: Place | None = None) -> None:
        """What stands in the form is what is stored; put back what was typed since.

        It lies on the shelf, or in a `place` of its own. When the same form is only
        shown anew, nobody need be told of it.
        """
        again = name == self._last and self.note.isHidden()
        self.rest()
        self._name = self._last = name
        self._stored = self._form.typed()
        self._turn_to(_shelf)
        self._place = place or _shelf
        self.note.hide()
        self._give_back(tells=not again)

    def rest(self) -> None:
        """Keep what is typed, and look away while the form is filled anew."""
        self.keep()
        self._name = ""

    def hold(self) -> None:
        """Keep nothing before the next key: what is typed is about to be stored."""
        self._timer.stop()

    def leave(self) -> None:
        """Look away: what is typed is stored now, or nobody's any more."""
        self._timer.stop()
        self._name = ""

    def stored(self, *names: str) -> None:
        """Take these fields as they stand for stored: they were offered, not typed."""
        typed = self._form.typed()
        self._stored |= {name: typed[name] for name in names}

    def keep(self) -> None:
        """Keep what differs from what is stored."""
        self._timer.stop()
        if self._name and self._place:
            self._place.keep(self._name, self._differing())

    def end(self) -> None:
        """What was typed is saved, or not wanted any more."""
        self._timer.stop()
        if self._name and self._place:
            self._place.keep(self._name, {})
        self._name = self._last = ""
        self.note.hide()

    def clear(self) -> None:
        """Throw away what was typed: the form shows again what is stored."""
        self.note.hide()
        self._form.type_again(self._stored)
        self.keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.keep()
        return super().eventFilter(watched, event)

    def _give_back(self, tells: bool = True) -> None:
        if not self._place or not self._name:
            return
        draft, at = self._place.look(self._name)
        if not draft:
            return
        self._form.type_again(draft)
        self._timer.stop()
        if not self._differing():
            self._place.keep(self._name, {})  # it has been stored meanwhile
        elif tells:
            self.note.tell(at)

    def _give_back_late(self) -> None:
        """Drafts of earlier days have come: give back unless one has typed already."""
        if not self._differing():
            self._give_back()

    def _differing(self) -> dict[str, Any]:
        typed = self._form.typed()
        stored = self._stored
        return {name: raw for name, raw in typed.items() if raw != stored.get(name)}

    def _note_change(self) -> None:
        if self._name and not self._timer.isActive():
            self._timer.start()

    def _turn_to(self, shelf: Shelf | None) -> None:
        if shelf is self._shelf:
            return
        if self._shelf:
            self._shelf.leaving.disconnect(self.keep)
            self._shelf.filled.disconnect(self._give_back_late)
        self._shelf = shelf
        if shelf:
            shelf.leaving.connect(self.keep)
            shelf.filled.connect(self._give_back_late)
