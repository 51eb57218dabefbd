"""The step that names who receives the money and the belongings."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from carehome.i18n import _, show_money
from carehome.rules.departures import (
    Departure,
    HeirsMissing,
    ProofMissing,
    Receiver,
    ReceiverMissing,
    RelationMissing,
    Step,
)
from carehome.rules.rights import Right
from carehome.services.departures import Departures
from carehome.ui.departures.chain import Loaded
from carehome.ui.departures.step import FormStep
from carehome.ui.kit import theme
from carehome.ui.kit.fields import IdField, NoteField, TextField
from carehome.ui.kit.rows_field import RowsField


class ReceiverStep(FormStep):
    """Who receives what is left; of the dead one heir, with the consent of the others.

    `identity_wanted` asks for the hidden identity number.
    """

    STEP = Step.RECEIVER
    RIGHT = Right.KEEP_PAPERS
    identity_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.estate = QLabel(
            _(
                "The estate is handed to one of the heirs or to the agent, on proof. "
                "The others agree in writing, before anything is taken off the deposit."
            )
        )
        self.estate.setWordWrap(True)
        theme.mark(self.estate, "banner_info")
        form = self.form
        name = TextField(_("Recipient"), hint=_("The resident, or who acts for them."))
        self.receiver = form.add("name", name, blame=(ReceiverMissing,))
        relation = TextField(_("Relation"), needed=False)
        self.relation = form.add("relation", relation, blame=(RelationMissing,))
        self.phone = form.add("phone", TextField(_("Phone"), needed=False))
        self.identity = form.add("id_number", IdField(_("ID number"), needed=False))
        proof = TextField(_("Proof"), needed=False, most=100)
        self.proof = form.add("proof", proof, blame=(ProofMissing,), wide=True)
        consent = TextField(_("Consent of the other heirs"), needed=False, most=200)
        self.consent = form.add(
            "others_consent", consent, blame=(HeirsMissing,), wide=True
        )
        hint = _("What is handed over, piece by piece; empty when there is nothing.")
        self.belongings = form.add(
            "belongings", NoteField(_("Belongings"), hint=hint), wide=True
        )
        columns = {"name": _("Name"), "relation": _("Relation")}
        heirs = RowsField(
            _("Heirs"), columns, hint=_("All who are known, one to a line.")
        )
        self.heirs = form.add("heirs", heirs, wide=True)
        self.trust = QLabel()
        self.trust.setWordWrap(True)
        theme.mark(self.trust, "banner_info")
        self.body.addWidget(self.trust)
        self.body.addWidget(self.estate)
        self.body.addWidget(form)
        self.body.addStretch()
        self.identity.asked.connect(self.identity_wanted)

    def show_loaded(self, loaded: Loaded) -> None:
        state = loaded.state
        assert state
        is_death = state.line.kind is Departure.DEATH
        self.estate.setVisible(is_death)
        self.form.show_field("others_consent", is_death)
        self.form.show_field("heirs", is_death)
        self._show_trust(loaded)
        for field in (self.relation, self.proof, self.consent):
            field.set_needed(is_death)
        known = state.receiver
        if not known.name:
            known = (
                Receiver(loaded.contact, loaded.relation, loaded.phone)
                if is_death
                else Receiver(loaded.name)
            )
        self.form.set_values(
            {
                "name": known.name,
                "relation": known.relation,
                "phone": known.phone,
                "id_number": None,
                "proof": known.proof,
                "others_consent": known.others_consent,
                "belongings": known.belongings,
                "heirs": tuple(
                    {"name": name, "relation": relation}
                    for name, relation in known.heirs
                ),
            }
        )
        if state.identity:
            self.identity.set_masked(state.identity)

    def _show_trust(self, loaded: Loaded) -> None:
        """Tell what is kept in trust: it goes back with the settlement."""
        kept = loaded.money.books.trust if loaded.money else 0
        made = loaded.money is not None and loaded.money.settlement is not None
        text = _(
            "{kept} of trust money is kept for {name}. It is given back with the "
            "settlement, to the recipient."
        )
        self.trust.setText(text.format(kept=show_money(kept), name=loaded.name))
        self.trust.setVisible(kept > 0 and not made)

    def deed(self, departures: Departures) -> "partial[Any]":
        told = self.form.values()
        values: dict[str, Any] = {name: value or "" for name, value in told.items()}
        values["heirs"] = tuple(
            (row.get("name", ""), row.get("relation", ""))
            for row in told.get("heirs") or ()
        )
        values["id_number"] = (
            None if self.identity.is_masked else self.identity.value() or ""
        )
        values.setdefault("others_consent", "")
        return partial(departures.name_receiver, receiver=Receiver(**values))
