"""Signing in to a home, and coming back to one that is locked."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.fields import SecretField, TextField
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.memory import KnownHome
from carehome.ui.start import doors
from carehome.ui.start.screen import Screen

if TYPE_CHECKING:
    from carehome.services.home import OpenHome
    from carehome.services.service import Clock


class Gate(Screen):
    """Asks for name and password; `entered` carries the open home and what was typed.

    The deed can always be tried: on this screen nobody needs to be told what is
    missing before they begin.
    """

    blame = "password"
    entered = Signal(object, dict)

    def __init__(self, title: str, note: str, do: str, jobs: Jobs) -> None:
        super().__init__(title, note, do, jobs)
        self.practice = Tag(_("For practice"), "warn")
        self.body.addWidget(self.practice, alignment=Qt.AlignmentFlag.AlignLeft)
        self.sign_in = self.form.add("sign_in", TextField(_("Sign-in name")))
        self.password = self.form.add("password", SecretField(_("Password")))

    def call(self) -> "Callable[[str, str], OpenHome]":
        """Return what opens the home for a name and a password."""
        raise NotImplementedError

    def submit(self, values: dict[str, Any]) -> None:
        self.wait(_("Signing in…"))
        self._jobs.run(
            self,
            partial(self._enter, values),
            self.call(),
            values["sign_in"],
            values["password"],
            failed=self.refuse,
        )

    def refuse(self, error: Exception) -> None:
        super().refuse(error)
        self.focus()
        self.password.input.selectAll()

    def focus(self) -> None:
        (self.password if self.sign_in.value() else self.sign_in).focus()

    def _enter(self, typed: dict[str, Any], opened: "OpenHome") -> None:
        self.ready()
        self.password.set_value("")
        self.entered.emit(opened, typed)


class SignInScreen(Gate):
    """Opens a home."""

    forgotten = Signal()
    other_wanted = Signal()

    def __init__(self, jobs: Jobs, clock: "Clock") -> None:
        super().__init__(_("Sign in"), "", _("Sign in"), jobs)
        self._clock = clock
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.mark(self.hint, "banner_info")
        self.body.addWidget(self.hint)
        self.hint.hide()
        self.forgot = self.add_link(_("Forgot the password"))
        self.other = self.add_link(_("Another home"))

        self.forgot.clicked.connect(self.forgotten)
        self.other.clicked.connect(self.other_wanted)

    def show_home(self, home: KnownHome) -> None:
        """Ask who comes to `home`."""
        self.ready()
        self.folder = home.folder
        self.title.setText(home.name)
        self.note.setText(str(home.folder))
        self.note.show()
        self.practice.setVisible(home.is_practice)
        self.hint.hide()
        self.start({"sign_in": home.sign_in, "password": ""})

    def help_in(self, hint: str, password: str) -> None:
        """Say how anybody may get in, and fill it in: the home is for everybody."""
        self.hint.setText(hint)
        self.hint.show()
        self.password.set_value(password)
        self.primary.setFocus()

    def call(self) -> "Callable[[str, str], OpenHome]":
        assert self.folder
        return partial(doors.open_home, self.folder, self._clock)


class LockScreen(Gate):
    """Covers a home that stays open, until somebody who has an account comes."""

    left = Signal()

    def __init__(self, opened: "OpenHome", sign_in: str, jobs: Jobs) -> None:
        note = _("{person} was working here. Nothing that was typed is lost.")
        super().__init__(
            _("Locked"), note.format(person=opened.user.name), _("Unlock"), jobs
        )
        self._opened = opened
        self._before = sign_in
        kept = _(
            "Another person starts afresh. What {person} typed and did not save is "
            "kept for their next sign-in."
        )
        self.other = QLabel(kept.format(person=opened.user.name))
        self.other.setWordWrap(True)
        theme.mark(self.other, "hint")
        self.form.add_widget(self.other)
        self.leave = self.add_link(_("Close this home"))
        self.practice.setVisible(opened.profile.is_practice)

        self.leave.clicked.connect(self.left)
        self.sign_in.changed.connect(self._warn)
        self.start({"sign_in": sign_in})
        self._warn()

    def call(self) -> "Callable[[str, str], OpenHome]":
        return partial(doors.sign_in_again, self._opened)

    def _warn(self) -> None:
        """Say what another person's coming means, once a name is another one."""
        self.other.setVisible(self.sign_in.value() not in (None, self._before))
