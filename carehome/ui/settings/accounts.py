"""The accounts: who may sign in, in which role; and the key for the worst case."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _
from carehome.rules.home import NameMissing, NewAccount
from carehome.rules.passwords import SHORTEST, WeakPassword, check_strength
from carehome.rules.rights import ROLE_NAMES, Role
from carehome.services.accounts import Account, Accounts, LastDirector, NameTaken
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, Facts, ListCard
from carehome.ui.kit.dialogs import AskDialog, FormDialog
from carehome.ui.kit.fields import ChoiceField, SecretField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Side, Split, scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.recovery_key import RecoveryKey
from carehome.ui.settings.bar import Bar
from carehome.ui.settings.rights import rights_of


def _state(account: Account) -> str:
    return _("May sign in") if account.is_active else _("Closed")


COLUMNS = (
    Column[Account](N_("Name"), lambda account: account.name, bold=True),
    Column[Account](N_("Sign-in name"), lambda account: account.sign_in),
    Column[Account](N_("Role"), lambda account: _(ROLE_NAMES[account.role])),
    Column[Account](
        N_("State"),
        _state,
        chip=lambda account: "ok" if account.is_active else "quiet",
        stretch=True,
    ),
)


class AccountsSection(LiveView):
    """Lists accounts; the file of one offers what can be done. `told` says what was."""

    SHOWS = frozenset({"account"})
    told = Signal(str)

    def __init__(self, accounts: Accounts, home: str, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._accounts = accounts
        self._home = home
        self._jobs = jobs
        self.bar = Bar()
        self.recovery = self.bar.add_button(_("New recovery key"), "refresh")
        self.add = self.bar.add_button(_("New account"), "plus", "Ctrl+N", "primary")
        self.table = TableModel(COLUMNS, key=lambda account: account.account_id)
        self.view = TableView(self.table, "settings.accounts", N_("Accounts"))
        self.side = AccountFile()
        self.split = Split(ListCard(self.view), self.side, width=360)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        lead(self, self.view)

        self.add.clicked.connect(self._ask_new)
        self.recovery.clicked.connect(self._ask_recovery)
        self.view.picked.connect(self._open)
        self.side.role.clicked.connect(self._ask_role)
        self.side.password.clicked.connect(self._ask_password)
        self.side.close_account.clicked.connect(self._ask_close)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._accounts.accounts)

    def _show(self, accounts: list[Account]) -> None:
        self.table.set_rows(accounts)
        active = sum(account.is_active for account in accounts)
        self.bar.note.setText(
            _("{count} {count:person|people} may sign in").format(count=active)
        )
        if account := self.view.current_row():
            self.side.show_account(account)

    def _open(self, account: Account | None) -> None:
        if account is None:
            self.split.close_side()
        else:
            self.side.show_account(account)
            self.split.open_side()

    def _ask_new(self) -> None:
        form = Form()
        form.add("name", TextField(_("Name")), blame=(NameMissing,))
        hint = _("Short and easy to type, such as the name in pinyin.")
        form.add("sign_in", TextField(_("Sign-in name"), hint=hint), blame=(NameTaken,))
        _add_role(form)
        form.add("password", _first_password(), blame=(WeakPassword,))
        title, do = _("New account"), _("Add the account")
        dialog = FormDialog(title, form, do, self, draft="account:0")
        dialog.chosen.connect(partial(self._add, dialog))
        dialog.open()

    def _add(self, dialog: FormDialog, values: dict[str, Any]) -> None:
        new = NewAccount(
            values["sign_in"], values["name"], values["role"], values["password"]
        )
        done = partial(self._done, dialog, _("{name} may sign in now."), new.name)
        self._jobs.run(dialog, done, self._accounts.add, new, failed=dialog.refuse)

    def _ask_role(self) -> None:
        account = self.side.account
        assert account
        form = Form()
        _add_role(form)
        form.set_values({"role": account.role})
        title = _("Role of {name}").format(name=account.name)
        draft = f"role:{account.account_id}"
        dialog = FormDialog(title, form, _("Save"), self, draft)
        dialog.chosen.connect(partial(self._change_role, dialog, account))
        dialog.open()

    def _change_role(
        self, dialog: FormDialog, account: Account, values: dict[str, Any]
    ) -> None:
        done = partial(
            self._done, dialog, _("{name} has the new role now."), account.name
        )
        self._jobs.run(
            dialog,
            done,
            self._accounts.change_role,
            account.account_id,
            values["role"],
            failed=dialog.refuse,
        )

    def _ask_password(self) -> None:
        account = self.side.account
        assert account
        form = Form()
        form.add("password", _first_password(), blame=(WeakPassword,))
        title = _("New password for {name}").format(name=account.name)
        dialog = FormDialog(title, form, _("Set the password"), self)
        dialog.chosen.connect(partial(self._reset, dialog, account))
        dialog.open()

    def _reset(
        self, dialog: FormDialog, account: Account, values: dict[str, Any]
    ) -> None:
        text = _("{name} signs in with this password and then chooses another.")
        self._jobs.run(
            dialog,
            partial(self._done, dialog, text, account.name),
            self._accounts.reset_password,
            account.account_id,
            values["password"],
            failed=dialog.refuse,
        )

    def _ask_close(self) -> None:
        account = self.side.account
        assert account
        dialogs.confirm(
            self,
            _("Close the account of {name}?").format(name=account.name),
            [
                _("{name} cannot sign in any more.").format(name=account.name),
                _("What was done under this name stays in the change log."),
                _("A new password opens the account again."),
            ],
            _("Close the account"),
            partial(self._close, account),
            look="danger",
        )

    def _close(self, account: Account) -> None:
        text = _("{name} cannot sign in any more.").format(name=account.name)
        self._jobs.run(
            self,
            partial(self._tell, text),
            self._accounts.deactivate,
            account.account_id,
        )

    def _ask_recovery(self) -> None:
        dialogs.confirm(
            self,
            _("Make a new recovery key?"),
            [
                _("The key put away before opens nothing any more."),
                _("The new one is shown once: have a pen or the printer ready."),
            ],
            _("Make a new key"),
            self._renew_recovery,
        )

    def _renew_recovery(self) -> None:
        self._jobs.run(self, self._show_recovery, self._accounts.renew_recovery_key)

    def _show_recovery(self, key: str) -> None:
        KeyDialog(self._home, key, self._jobs, self).open()

    def _tell(self, text: str, _answer: object) -> None:
        self.told.emit(text)

    def _done(self, dialog: AskDialog, text: str, name: str, _answer: object) -> None:
        dialog.finish()
        self.told.emit(text.format(name=name))


class KeyDialog(AskDialog):
    """Shows a new recovery key, and stays until the person has put it away."""

    def __init__(self, home: str, key: str, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(_("The new recovery key"), _("Close"), parent)
        self.key = RecoveryKey(home, key, jobs)
        self.body.addWidget(self.key)
        self.cancel.hide()
        self.key.put_away.connect(self._judge)
        self.asked.connect(self.accept)
        self._judge(False)

    def reject(self) -> None:
        """Esc would lose the key for good: it works only once the key is safe."""
        if self.key.safe.isChecked():
            super().reject()

    def _judge(self, safe: bool) -> None:
        text = _("First put the key away, and say so with the tick.")
        self.set_reason("" if safe else text)


class AccountFile(Side):
    """What is known of one account, and what can be done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.account: Account | None = None
        self.facts = Facts()
        self.rights = QLabel()
        self.rights.setWordWrap(True)
        theme.mark(self.rights, "note")
        self.role = button(_("Change the role"))
        self.password = button(_("Reset the password"))
        self.close_account = button(_("Close the account"), kind="")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, deeds in (
            (first, (self.role, self.password)),
            (second, (self.close_account,)),
        ):
            row.setSpacing(theme.px(8))
            for deed in deeds:
                row.addWidget(deed)
            row.addStretch()
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.facts)
        column.addWidget(self.rights)
        column.addLayout(first)
        column.addLayout(second)
        column.addStretch()
        self.body.addWidget(scrolling(room), 1)

    def show_account(self, account: Account) -> None:
        """Show one account."""
        self.account = account
        self.title.setText(account.name)
        self.facts.show_facts(
            [
                Fact(_("Sign-in name"), account.sign_in),
                Fact(_("Role"), _(ROLE_NAMES[account.role])),
                Fact(_("State"), _state(account)),
            ]
        )
        self.rights.setText(rights_of(account.role))
        self.role.setVisible(account.is_active)
        self.close_account.setVisible(account.is_active)
        self.password.setText(
            _("Reset the password")
            if account.is_active
            else _("Open the account again")
        )


def _first_password() -> SecretField:
    hint = _(
        "At least {least} characters. At the first sign-in the person must choose "
        "another one."
    )
    return SecretField(
        _("First password"), hint=hint.format(least=SHORTEST), check=check_strength
    )


def _add_role(form: Form) -> None:
    """Ask for a role; what it may do stands below while one chooses."""
    field = form.add("role", ChoiceField(_("Role"), _roles()), blame=(LastDirector,))

    def say() -> None:
        role = field.value()
        field.set_hint(rights_of(role) if role else "")

    field.changed.connect(say)


def _roles() -> dict[Role, str]:
    return {role: _(name) for role, name in ROLE_NAMES.items()}
