"""Setting up a new home: what it is, where it is, its director, the recovery key."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from carehome import paths
from carehome.i18n import _
from carehome.rules.home import OWNERSHIP_NAMES, HomeExists, NewAccount, Profile
from carehome.rules.profile import pack_of, read_choices
from carehome.rules.rights import Role
from carehome.rules.rulepacks import read_packs
from carehome.rules.rulepacks_said import rules_of
from carehome.ui.kit import theme
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.folder import FolderField
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.steps import Steps
from carehome.ui.parts.fee_rules import explain_cap
from carehome.ui.parts.memory import Memory
from carehome.ui.parts.passwords import add_new_password
from carehome.ui.parts.phone_field import PhoneField
from carehome.ui.parts.recovery_key import RecoveryKey
from carehome.ui.start import doors
from carehome.ui.start.screen import Screen

if TYPE_CHECKING:
    from carehome.services.home import OpenHome
    from carehome.services.service import Clock

HOME, PLACE, DIRECTOR, KEY = range(4)
FIELDS = (
    ("name", "legal_kind", "ownership", "filing_number", "folder"),
    ("region", "rule_pack", "address", "phone"),
    ("director", "sign_in", "password", "again"),
)
KEPT = (*FIELDS[HOME], *FIELDS[PLACE])  # nothing of persons


class SetUpScreen(Screen):
    """Makes a home and opens it; `entered` carries the home and who signed in.

    What was typed of the home is remembered until it is made, so that one can leave.
    """

    blame = "folder"
    entered = Signal(object, dict)
    back_wanted = Signal()

    def __init__(
        self, jobs: Jobs, clock: "Clock", folder: Path, memory: Memory
    ) -> None:
        super().__init__(_("Set up a home"), " ", _("Next"), jobs)
        self._clock = clock
        self._memory = memory
        self._packs = read_packs()
        self._choices = read_choices()
        self._typed: dict[str, Any] = {}
        self.step = HOME
        titles = (_("Home"), _("Region"), _("Director"), _("Recovery key"))
        self.steps = Steps(titles)
        self.body.addWidget(self.steps)
        self.key: RecoveryKey | None = None
        self.rules = QLabel()
        self.rules.setWordWrap(True)
        policy = self.rules.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.rules.setSizePolicy(policy)  # long rules must not squeeze the fields
        theme.mark(self.rules, "banner_info")
        self._add_home_fields(folder)
        self._add_place_fields()
        self._add_director_fields()
        self.back = self.add_link(_("Back"))
        known = {name: raw for name, raw in memory.set_up.items() if name in KEPT}
        self.form.type_again(known)

        self.back.clicked.connect(self._go_back)
        self.steps.chosen.connect(self._revisit)
        self.form.fields["legal_kind"].changed.connect(self._suggest_ownership)
        self.form.fields["region"].changed.connect(self._suggest_rules)
        self.form.fields["rule_pack"].changed.connect(self._explain_rules)
        self.form.changed.connect(self.judge)
        self._explain_rules()
        self._go(HOME)

    def submit(self, values: dict[str, Any]) -> None:
        self._typed |= values
        self._remember()
        if self.step < DIRECTOR:
            self._go(self.step + 1)
        elif self.step == DIRECTOR:
            self._create()
        else:
            self._open()

    def refuse(self, error: Exception) -> None:
        if self.step == DIRECTOR:
            self._go(HOME)  # whatever is wrong by now is wrong with the folder
        super().refuse(error)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember what is typed when the screen is left."""
        self._remember()
        super().hideEvent(event)

    def _add_home_fields(self, folder: Path) -> None:
        kinds = {kind.label: kind.label for kind in self._choices.legal_kinds}
        ownerships = {code: _(name) for code, name in OWNERSHIP_NAMES.items()}
        add, filed = self.form.add, _("As on the filing receipt, if you have it")
        add("name", TextField(_("Name of the home")))
        add("legal_kind", ChoiceField(_("Kind of organisation"), kinds, needed=False))
        add("ownership", ChoiceField(_("Ownership"), ownerships))
        number = TextField(_("Filing number"), needed=False, hint=filed)
        add("filing_number", number)
        hint = _("All data lies in this folder, encrypted.")
        add("folder", FolderField(_("Folder"), hint=hint, check=_check_folder))
        self.form.set_values({"ownership": "private", "folder": str(folder)})

    def _add_place_fields(self) -> None:
        regions = {region: region for region in self._choices.regions}
        packs = {code: pack.name for code, pack in self._packs.items()}
        add = self.form.add
        add("region", ChoiceField(_("Region"), regions, needed=False))
        add("rule_pack", ChoiceField(_("Fee rules"), packs))
        self.form.add_widget(self.rules)
        add("address", TextField(_("Address of the home"), needed=False, most=120))
        add("phone", PhoneField(_("Phone")))
        self.form.set_values({"rule_pack": pack_of(None, self._packs)})

    def _add_director_fields(self) -> None:
        self.form.add("director", TextField(_("Director's name")))
        hint = _("Short and easy to type, such as the name in pinyin.")
        self.form.add("sign_in", TextField(_("Sign-in name"), hint=hint))
        add_new_password(self.form, _("Password"))

    def _suggest_ownership(self) -> None:
        kind = self.form.fields["legal_kind"].value()
        if owned := self._choices.ownership_of(kind):
            self.form.fields["ownership"].set_value(owned)

    def _suggest_rules(self) -> None:
        region = self.form.fields["region"].value()
        self.form.fields["rule_pack"].set_value(pack_of(region, self._packs))

    def _explain_rules(self) -> None:
        """Say what the fee rules mean, and that they can be changed."""
        pack = self._packs.get(self.form.fields["rule_pack"].value() or "")
        if pack is None:
            return
        said = [text for text, _source in rules_of(pack)[:2]]
        later = _("You can choose other rules at any time in the settings.")
        lines = (*said, explain_cap(pack), pack.note, later)
        self.rules.setText("\n".join(filter(None, lines)))

    def _go(self, step: int) -> None:
        """Show a step; what was typed in the others is kept."""
        self.step = step
        self.steps.go(step)
        for at, names in enumerate(FIELDS):
            for name in names:
                self.form.show_field(name, at == step)
        self.rules.setVisible(step == PLACE)
        self.back.setVisible(step != KEY)
        self.note.setText(_notes()[step])
        self.note.setVisible(bool(_notes()[step]))
        self._do = {
            DIRECTOR: _("Set up the home"),
            KEY: _("Enter the home"),
        }.get(step, _("Next"))
        self.ready()
        self.judge()
        self.form.focus()

    def _revisit(self, step: int) -> None:
        """Go back to a step; once the home is made there is nothing to go back to."""
        if self.step != KEY:
            self._go(step)

    def _go_back(self) -> None:
        if self.step == HOME:
            self.back_wanted.emit()
        else:
            self._go(self.step - 1)

    def _remember(self) -> None:
        """Remember what is typed of the home; once it is made, nothing."""
        typed = self.form.typed() if self.step != KEY else {}
        self._memory.keep_set_up({n: raw for n, raw in typed.items() if n in KEPT})

    def _create(self) -> None:
        typed = self._typed
        self.folder = Path(typed["folder"])
        director = NewAccount(
            typed["sign_in"], typed["director"], Role.DIRECTOR, typed["password"]
        )
        told: dict[str, Any] = {
            name: typed[name] or "" for name in KEPT if name != "folder"
        }
        self.wait(_("Setting up…"))
        self._jobs.run(
            self,
            self._show_key,
            doors.create,
            self.folder,
            Profile(**told),
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
        self._remember()
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
            doors.enter_new,
            self.folder,
            self._clock,
            self._typed["sign_in"],
            self._typed["password"],
            failed=self.refuse,
        )

    def _enter(self, opened: "OpenHome") -> None:
        self.entered.emit(opened, self._typed)


def _notes() -> tuple[str, ...]:
    """Say of each step what it is for."""
    return (
        _("Only the name is needed now; the rest can be added in the settings."),
        _("The region decides how much deposit and prepayment may be taken."),
        _("The director can do everything, and lets the others in."),
        "",
    )


def _check_folder(typed: str) -> None:
    """Refuse a folder that holds a home already."""
    folder = Path(typed)
    if (folder / paths.HOME_FILE).exists() or (folder / paths.HOME_KEYS).exists():
        raise HomeExists(folder=folder)
