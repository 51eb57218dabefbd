"""Getting back in: with the recovery key, or past a password set by somebody else."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from carehome.i18n import _
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.passwords import add_new_password
from carehome.ui.start import doors
from carehome.ui.start.screen import Screen

if TYPE_CHECKING:
    from carehome.services.home import OpenHome
    from carehome.services.service import Clock


class RecoverScreen(Screen):
    """Gives a director who forgot the password a new one; `recovered` says who."""

    blame = "recovery_key"
    recovered = Signal(str)
    back_wanted = Signal()

    def __init__(self, jobs: Jobs, clock: "Clock") -> None:
        super().__init__(
            _("Forgot the password"),
            _(
                "Staff: ask the director, who can set a new password for you in the "
                "settings.\nDirectors: type the recovery key that was put away when "
                "the home was set up."
            ),
            _("Set the new password"),
            jobs,
        )
        self._clock = clock
        hint = _("Eight groups of four; dashes and small letters do not matter.")
        self.form.add("recovery_key", TextField(_("Recovery key"), hint=hint, most=80))
        self.form.add("sign_in", TextField(_("Sign-in name")))
        add_new_password(self.form)
        self.back = self.add_link(_("Back to signing in"))

        self.back.clicked.connect(self.back_wanted)
        self.form.changed.connect(self.judge)

    def show_home(self, folder: Path, sign_in: str) -> None:
        """Ask for the recovery key of the home in `folder`."""
        self.ready()
        self.folder = folder
        empty = dict.fromkeys(self.form.fields)
        self.start(empty | {"sign_in": sign_in})
        self.judge()

    def submit(self, values: dict[str, Any]) -> None:
        assert self.folder
        self.wait(_("Checking the key…"))
        self._sign_in = values["sign_in"]
        self._jobs.run(
            self,
            self._finish,
            doors.recover,
            self.folder,
            values["recovery_key"],
            values["sign_in"],
            values["password"],
            self._clock,
            failed=self.refuse,
        )

    def _finish(self, _answer: None) -> None:
        self.recovered.emit(self._sign_in)


class NewPasswordScreen(Screen):
    """Asks for a password of the person's own; `chosen` carries the open home."""

    blame = "password"
    chosen = Signal(object)

    def __init__(
        self, opened: "OpenHome", password: str, jobs: Jobs, clock: "Clock"
    ) -> None:
        super().__init__(
            _("Choose your own password"),
            _(
                "{person}, somebody else set the password that you have just used. "
                "Choose one that only you know."
            ).format(person=opened.user.name),
            _("Go on"),
            jobs,
        )
        self._opened = opened
        self._old = password
        self._clock = clock
        add_new_password(self.form)
        self.form.changed.connect(self.judge)
        self.start({})
        self.judge()

    def submit(self, values: dict[str, Any]) -> None:
        self.wait(_("Keeping the password…"))
        self._jobs.run(
            self,
            self._finish,
            doors.change_password,
            self._opened,
            self._clock,
            self._old,
            values["password"],
            failed=self.refuse,
        )

    def _finish(self, _answer: None) -> None:
        self.chosen.emit(self._opened)
