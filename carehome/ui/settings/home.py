"""The profile of the home, its settings, and the fee rules it goes by."""

from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.filing import (
    PREMISES_NAMES,
    NotACreditCode,
    NotAnArea,
    check_area,
    read_credit_code,
)
from carehome.rules.home import OWNERSHIP_NAMES, NameMissing, Profile
from carehome.rules.rights import Right, User
from carehome.rules.settings import (
    check_adjust_months,
    check_lock_minutes,
    check_overheld_days,
)
from carehome.services.deposits.fee_rules import FeeRules
from carehome.services.home import Home
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.days import DateField
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    NoteField,
    NumberField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import scrolling
from carehome.ui.parts.address_field import AddressField
from carehome.ui.parts.phone_field import PhoneField
from carehome.ui.settings.rules import RulesCard

BOTH = 980  # pixels that profile and rules need side by side
EMPTY = {field.name: field.default for field in fields(Profile)} | {"name": ""}


class HomeSection(LiveView):
    """Shows the profile; who may change it saves it here. `told` says what was done."""

    SHOWS = frozenset({"home"})
    told = Signal(str)

    def __init__(
        self, home: Home, fee_rules: FeeRules, user: User, jobs: Jobs, today: date
    ) -> None:
        super().__init__(jobs)
        self._home = home
        self._today = today
        self._jobs = jobs
        self._may_change = user.may(Right.CHANGE_HOME)
        self._profile: Profile | None = None
        self._stored: dict[str, Any] = {}
        self.form = self._make_form()
        self.pack = RulesCard(fee_rules, user, jobs, today)
        self.error = QLabel()
        self.reason = QLabel()
        self.save = button(_("Save"), "save", kind="primary")
        theme.mark(self.error, "banner")
        theme.mark(self.reason, "hint")
        self.error.setWordWrap(True)
        self.error.hide()
        self.draft = Draft(self.form, self)
        card = Card(_("Profile"))
        card.add(self.draft.note)
        card.add(self.form)
        card.add(self.error)
        foot = QHBoxLayout()
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.save)
        card.body.addLayout(foot)
        both = QWidget()
        self._row = QHBoxLayout(both)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(16))
        self._row.addWidget(card, 5, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.pack, 3, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling(both))
        self.save.setVisible(self._may_change)
        self.reason.setVisible(self._may_change)

        self.form.changed.connect(self._judge)
        self.form.submitted.connect(self._save)
        self.save.clicked.connect(self.form.submit)
        self.pack.told.connect(self.told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards below each other where there is no room side by side."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        wide = self.width() >= theme.px(BOTH)
        self._row.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._home.profile)

    def _show(self, profile: Profile) -> None:
        self.draft.rest()
        self._profile = profile
        told = asdict(profile)
        self.form.set_values({name: told[name] for name in self.form.fields})
        self._stored = self._wanted()
        if self._may_change:
            self.draft.begin("home")
        self._judge()

    def _judge(self) -> None:
        reason = self.form.reason()
        if not reason and self._wanted() == self._stored:
            reason = _("Nothing has been changed.")
        self.reason.setText(reason)
        self.save.setEnabled(not reason)

    def _wanted(self) -> dict[str, Any]:
        """Return what the form holds as the profile would hold it."""
        values = self.form.values()
        return {
            name: EMPTY[name] if value is None else value
            for name, value in values.items()
        }

    def _save(self) -> None:
        self.error.hide()
        self.draft.hold()
        self.save.setEnabled(False)
        assert self._profile, "what is saved was read before"
        profile = replace(self._profile, **self._wanted())
        self._jobs.run(
            self, self._saved, self._home.change_profile, profile, failed=self._refuse
        )

    def _saved(self, _answer: None) -> None:
        self.draft.end()
        self.told.emit(_("The profile was saved."))

    def _refuse(self, error: Exception) -> None:
        self._judge()
        if not isinstance(error, CareHomeError):
            raise error
        if not self.form.tell(error):
            self.error.setText(error.message)
            self.error.show()

    def _make_form(self) -> Form:
        form = Form(columns=2)
        ownerships = {code: _(name) for code, name in OWNERSHIP_NAMES.items()}
        printed = _("Printed on bills, such as the account to pay into.")
        form.add("name", TextField(_("Name of the home")), blame=(NameMissing,))
        form.add("ownership", ChoiceField(_("Ownership"), ownerships))
        form.add("legal_kind", TextField(_("Kind of organisation"), needed=False))
        form.add("filing_number", TextField(_("Filing number"), needed=False))
        _ask_filing(form, self._today)
        form.add("region", TextField(_("Region"), needed=False))
        form.add("phone", PhoneField(_("Phone")))
        form.add("address", AddressField(_("Address"), self._jobs), wide=True)
        form.add(
            "payment_note", NoteField(_("How to pay"), hint=printed, lines=2), wide=True
        )
        form.add(
            "deposit_account",
            TextField(_("Deposit account"), needed=False, most=120),
            wide=True,
        )
        form.add(
            "overheld_days",
            NumberField(
                _("Give back within"),
                needed=False,
                hint=_("Days for deposits above the cap; empty: as the rules say"),
                check=check_overheld_days,
            ),
        )
        form.add(
            "adjust_months",
            NumberField(
                _("Correct back"),
                hint=_("Months that the next bill still corrects"),
                check=check_adjust_months,
            ),
        )
        form.add(
            "charge_admission_day",
            CheckField(_("Admission day"), _("is charged")),
        )
        form.add(
            "charge_discharge_day",
            CheckField(_("Discharge day"), _("is charged")),
        )
        alone = _("One person may do it alone where nobody else may")
        form.add("one_may_approve", CheckField(_("Approving prices"), alone))
        form.add(
            "lock_minutes",
            NumberField(
                _("Lock"),
                hint=_("Minutes without a key until the screen is locked"),
                check=check_lock_minutes,
            ),
        )
        form.add(
            "is_practice",
            CheckField(_("Practice"), _("This home is for practice only")),
        )
        for field in form.fields.values():
            field.setEnabled(self._may_change)
        return form


def _ask_filing(form: Form, today: date) -> None:
    """Add what the filing form and the rating ask of the home."""
    premises = {code: _(name) for code, name in PREMISES_NAMES.items()}
    metres = _("Whole square metres")
    form.add(
        "credit_code",
        TextField(
            _("Unified social credit code"), needed=False, check=read_credit_code
        ),
        blame=(NotACreditCode,),
    )
    form.add("registered", TextField(_("Registered by and on"), needed=False))
    form.add("legal_person", TextField(_("Legal representative"), needed=False))
    form.add("head", TextField(_("Head of the home"), needed=False))
    form.add("contact", TextField(_("Contact for offices"), needed=False))
    form.add(
        "opened_on", DateField(_("Opened on"), today, needed=False, sense=Sense.PAST)
    )
    form.add("premises", ChoiceField(_("Premises"), premises))
    for name, title in (("land_area", _("Land")), ("floor_area", _("Floor area"))):
        form.add(
            name,
            NumberField(title, needed=False, hint=metres, check=check_area),
            blame=(NotAnArea,),
        )
