"""Setting up a new home: the home, its director, and the recovery key."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from carehome import paths
from carehome.i18n import _
from carehome.rules.home import OWNERSHIP_NAMES, HomeExists, NewAccount, Profile
from carehome.rules.rights import Role
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.folder import FolderField
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.steps import Steps
from carehome.ui.parts.passwords import add_new_password
from carehome.ui.parts.recovery_key import RecoveryKey
from carehome.ui.start import doors
from carehome.ui.start.screen import Screen

if TYPE_CHECKING:
    from carehome.services.home import OpenHome
    from carehome.services.service import Clock

HOME, DIRECTOR, KEY = range(3)


class SetUpScreen(Screen):
    """Makes a home and opens it; `entered` carries the home and who signed in."""

    blame = "folder"
    entered = Signal(object, dict)
    back_wanted = Signal()

    def __init__(self, jobs: Jobs, clock: "Clock", folder: Path) -> None:
        super().__init__(_("Set up a home"), "", _("Next"), jobs)
        self._clock = clock
        self._typed: dict[str, Any] = {}
        self.step = HOME
        self.steps = Steps([_("Home"), _("Director"), _("Recovery key")])
        self.body.addWidget(self.steps)
        self.key: RecoveryKey | None = None
        self._fields = (self._add_home_fields(folder), self._add_director_fields())
        self.back = self.add_link(_("Back"))

        self.back.clicked.connect(self._go_back)
        self.steps.chosen.connect(self._revisit)
        self.form.changed.connect(self.judge)
        self._go(HOME)

    def submit(self, values: dict[str, Any]) -> None:
        self._typed |= values
        if self.step == HOME:
            self._go(DIRECTOR)
        elif self.step == DIRECTOR:
            self._create()
        else:
            self._open()

    def refuse(self, error: Exception) -> None:
        if self.step == DIRECTOR:
            self._go(HOME)  # whatever is wrong by now is wrong with the folder
        super().refuse(error)

    def _add_home_fields(self, folder: Path) -> list[str]:
        ownerships = {code: _(name) for code, name in OWNERSHIP_NAMES.items()}
        self.form.add("name", TextField(_("Name of the home")))
        self.form.add("ownership", ChoiceField(_("Ownership"), ownerships))
        hint = _("All data lies in this folder, encrypted.")
        self.form.add(
            "folder", FolderField(_("Folder"), hint=hint, check=_check_folder)
        )
        self.form.set_values({"ownership": "private", "folder": str(folder)})
        return ["name", "ownership", "folder"]

    def _add_director_fields(self) -> list[str]:
        self.form.add("director", TextField(_("Director's name")))
        hint = _("Short and easy to type, such as the name in pinyin.")
        self.form.add("sign_in", TextField(_("Sign-in name"), hint=hint))
        add_new_password(self.form, _("Password"))
        return ["director", "sign_in", "password", "again"]

    def _go(self, step: int) -> None:
        """Show a step; what was typed in the others is kept."""
        self.step = step
        self.steps.go(step)
        for at, names in enumerate(self._fields):
            for name in names:
                self.form.show_field(name, at == step)
        self.back.setVisible(step != KEY)
        self._do = {
            HOME: _("Next"),
            DIRECTOR: _("Set up the home"),
            KEY: _("Enter the home"),
        }[step]
        self.ready()
        self.judge()
        self.form.focus()

    def _revisit(self, step: int) -> None:
        """Go back to a step; once the home is made there is nothing to go back to."""
        if self.step != KEY:
            self._go(step)

    def _go_back(self) -> None:
        if self.step == DIRECTOR:
            self._go(HOME)
        else:
            self.back_wanted.emit()

    def _create(self) -> None:
        typed = self._typed
        self.folder = Path(typed["folder"])
        director = NewAccount(
            typed["sign_in"], typed["director"], Role.DIRECTOR, typed["password"]
        )
        self.wait(_("Setting up…"))
        self._jobs.run(
            self,
            self._show_key,
            doors.create,
            self.folder,
            Profile(typed["name"], ownership=typed["ownership"]),
            director,
            self._clock,
            failed=self.refuse,
        )

    def _show_key(self, key: str) -> None:
        """Show the recovery key; there is no going on until it is put away."""
        self.key = RecoveryKey(self._typed["name"], key, self._jobs)
        self.key.put_away.connect(self._judge_key)
        self.body.addWidget(self.key)
        self._go(KEY)
        self._judge_key(False)
        self.key.setFocus()

    def _judge_key(self, safe: bool) -> None:
        text = _("First put the key away, and say so with the tick.")
        self.reason.setText("" if safe else text)
        self.primary.setEnabled(safe)

    def _open(self) -> None:
        assert self.folder
        self.wait(_("Signing in…"))
        self._jobs.run(
            self,
            self._enter,
            doors.open_home,
            self.folder,
            self._clock,
            self._typed["sign_in"],
            self._typed["password"],
            failed=self.refuse,
        )

    def _enter(self, opened: "OpenHome") -> None:
        self.entered.emit(opened, self._typed)


def _check_folder(typed: str) -> None:
    """Refuse a folder that holds a home already."""
    folder = Path(typed)
    if (folder / paths.HOME_FILE).exists() or (folder / paths.HOME_KEYS).exists():
        raise HomeExists(folder=folder)
