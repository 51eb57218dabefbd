"""What every person sets for themselves: the own password, and how it looks here."""

from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome import i18n
from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.rules.passwords import WeakPassword
from carehome.rules.rights import ROLE_NAMES, User
from carehome.services.accounts import Accounts, WrongOldPassword
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.fields import SecretField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.theme import Look
from carehome.ui.parts.passwords import add_new_password


class OwnSection(QWidget):
    """Changes the own password; `told` says what was done.

    `look_wanted` carries another `Look`, which belongs to this computer.
    """

    told = Signal(str)
    look_wanted = Signal(object)

    def __init__(self, accounts: Accounts, user: User, jobs: Jobs, look: Look) -> None:
        super().__init__()
        self._accounts = accounts
        self._jobs = jobs
        self.form = Form()
        self.old = self.form.add("old", SecretField(_("Current password")))
        add_new_password(self.form)
        self.form.blame("old", WrongOldPassword)
        self.form.blame("password", WeakPassword)
        self.error = QLabel()
        self.reason = QLabel()
        self.change = button(_("Change the password"), kind="primary")
        self.error.setWordWrap(True)
        self.reason.setWordWrap(True)
        self.error.hide()
        theme.mark(self.error, "banner")
        theme.mark(self.reason, "hint")
        card = Card(_("Your password"), f"{user.name} · {_(ROLE_NAMES[user.role])}")
        card.add(self.form)
        card.add(self.error)
        foot = QHBoxLayout()
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.change)
        card.body.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        row.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._look_card(look), 1, Qt.AlignmentFlag.AlignTop)

        self.form.changed.connect(self._judge)
        self.form.submitted.connect(self._change)
        self.change.clicked.connect(self.form.submit)
        self._judge()

    def _look_card(self, look: Look) -> Card:
        words = (_("Normal"), _("Large"), _("Very large"))
        sizes = dict(zip(theme.SCALES, words, strict=True))
        languages = {each: i18n.name_of(each) for each in i18n.LANGUAGES}
        schemes = {
            "": _("Same as the system"),
            "light": _("Light"),
            "dark": _("Dark"),
        }
        form = Form()
        self.language = form.add(
            "language", PickField(_("Language"), languages, needed=False)
        )
        self.scale = form.add("scale", PickField(_("Text size"), sizes, needed=False))
        self.scheme = form.add(
            "scheme", PickField(_("Appearance"), schemes, needed=False)
        )
        form.set_values(asdict(look))
        note = QLabel(
            _(
                "After a change of language or size the window opens again at this "
                "place."
            )
        )
        note.setWordWrap(True)
        theme.mark(note, "hint")
        card = Card(_("On this computer"))
        card.add(form)
        card.add(note)
        form.changed.connect(lambda: self.look_wanted.emit(Look(**form.values())))
        return card

    def _judge(self) -> None:
        reason = self.form.reason()
        self.reason.setText(reason)
        self.change.setEnabled(not reason)

    def _change(self, values: dict[str, Any]) -> None:
        self.error.hide()
        self.change.setEnabled(False)
        self._jobs.run(
            self,
            self._changed,
            self._accounts.change_own_password,
            values["old"],
            values["password"],
            failed=self._refuse,
        )

    def _changed(self, _answer: None) -> None:
        self.form.set_values(dict.fromkeys(self.form.fields))
        self.told.emit(_("The new password is valid from now on."))

    def _refuse(self, error: Exception) -> None:
        self._judge()
        if not isinstance(error, CareHomeError):
            raise error
        if not self.form.tell(error):
            self.error.setText(error.message)
            self.error.show()
