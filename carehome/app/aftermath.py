"""What comes after a deed: it is told in words, with the way back from it."""

from functools import partial

from PySide6.QtCore import QObject

from carehome.app.desk import FEES, SETTINGS, Desk
from carehome.i18n import _
from carehome.services.last_deed import Done, LastDeed
from carehome.services.ways_back import Correction, Place, Plain
from carehome.ui.kit import dialogs


class Aftermath(QObject):
    """Tells every deed of one person below the page, and undoes the last one.

    A page tells a deed in words of its own, if it has some; the way back comes from
    what was stored, so that no deed is told without it.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.shell)
        self._desk = desk
        self._deeds = desk.service(LastDeed)
        self._is_asking = False
        self._words = ""
        self._told: Done | None = None
        self._plain: Done | None = None  # told, but not in words of its page
        desk.jobs.changed.connect(self._ask)
        desk.shell.undo_asked.connect(self.ask_undo)

    def tell(self, text: str) -> None:
        """Tell in the page's words what was done."""
        if self._is_asking:
            self._words = text
            self._desk.shell.tell(text)
        elif self._plain and self._desk.shell.toast.isVisible():
            self._show(self._plain, text)
            self._plain = None
        else:
            self._desk.shell.tell(text)

    def ask_undo(self) -> None:
        """Undo the last deed once the person has seen which one it is."""
        self._desk.jobs.run_last(self, self._offer_undo, self._deeds.last)

    def undo(self, done: Done) -> None:
        """Undo a deed, unless something else was done since."""
        then = partial(self._say_undone, done)
        self._desk.jobs.run(self, then, self._deeds.undo, done.number)

    def correct(self, done: Done) -> None:
        """Go where that is put right which cannot be undone."""
        way = done.way
        assert isinstance(way, Correction)
        desk, who = self._desk, done.resident_id
        match way.place:
            case Place.RECEIPT if done.receipt_id:
                desk.open_receipt(done.receipt_id)
            case Place.RECEIPT | Place.MONEY if who:
                desk.open_leaf(who, _("Bills and deposit"))
            case Place.PAPERS if who:
                desk.open_leaf(who, _("Papers"))
            case Place.ROLL:
                desk.residents_page().open_roll()
            case Place.MONTH_END:
                desk.open_tab(FEES, _("Month end"))
            case Place.HOME:
                desk.open_tab(SETTINGS, _("Home"))
            case Place.ACCOUNTS:
                desk.open_tab(SETTINGS, _("Accounts"))
            case Place.OWN_ACCOUNT:
                desk.open_tab(SETTINGS, _("My account"))

    def _ask(self) -> None:
        """Ask what was done: something was changed."""
        self._is_asking = True
        self._plain = None
        self._desk.jobs.run_last(self, self._learn, self._deeds.last)

    def _learn(self, done: Done | None) -> None:
        self._is_asking = False
        words, self._words = self._words, ""
        if done is None or not done.is_newest or done == self._told:
            return
        self._told = done
        self._plain = None if words else done
        self._show(done, words or done.words)

    def _show(self, done: Done, words: str) -> None:
        way, tell = done.way, self._desk.shell.tell
        if way is Plain.UNDO:
            tell(words, _("Undo (Ctrl+Z)"), partial(self.undo, done))
        elif isinstance(way, Correction) and way.do:
            tell(words, _(way.do), partial(self.correct, done))
        else:
            tell(words)

    def _offer_undo(self, done: Done | None) -> None:
        shell = self._desk.shell
        if done is None:
            shell.tell(_("Nothing that you did last today can be undone."))
        elif isinstance(done.way, Correction):
            self._explain(done, done.way)
        else:
            self._confirm(done)

    def _confirm(self, done: Done) -> None:
        dialogs.confirm(
            self._desk.shell,
            _("Undo this?"),
            [_say_when(done), _("Everything is then as it was before.")],
            _("Undo"),
            partial(self.undo, done),
        )

    def _explain(self, done: Done, way: Correction) -> None:
        """Say why a deed stays, and lead to where it is put right."""
        title, lines = _("This stays"), [_say_when(done), _(way.why)]
        if way.do:
            then = partial(self.correct, done)
            dialogs.confirm(self._desk.shell, title, lines, _(way.do), then)
        else:
            dialogs.say(self._desk.shell, title, "\n".join(lines))

    def _say_undone(self, done: Done, _answer: Done) -> None:
        self.tell(_("Undone: {deed}").format(deed=done.words))


def _say_when(done: Done) -> str:
    """Say what was done, and at what time."""
    return _("{time} {deed}").format(time=f"{done.at:%H:%M}", deed=done.words)
