"""What is asked in the life of an agreement: terms, signature, trial, renewal, end."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carehome.errors import CareHomeError
from carehome.i18n import _, show_day
from carehome.rules import agreements as rules
from carehome.rules.days import Sense
from carehome.rules.periods import DAY
from carehome.rules.rights import Right
from carehome.services.agreements import AgreementLine, Agreements
from carehome.services.residents import Agreement, Residents
from carehome.services.residents.papers import (
    PaperEmpty,
    PaperKept,
    PaperTooBig,
    PaperUnknown,
)
from carehome.services.residents.terms import AgreementTurned
from carehome.ui.kit import dialogs
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import MoneyField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.scan_field import ScanField

if TYPE_CHECKING:
    from carehome.ui.residents.agreements import Agreements as Leaf

SCAN = (PaperEmpty, PaperKept, PaperTooBig, PaperUnknown)


class AgreementDialogs:
    """Asks over a resident's leaf of agreements, and has the answers done."""

    def __init__(self, leaf: "Leaf") -> None:
        self._leaf = leaf

    @property
    def _deeds(self) -> Agreements:
        return self._leaf.services.agreements

    def ask(self, agreement: Agreement | None) -> None:
        """Ask what a new agreement says, or what has changed in one."""
        leaf = self._leaf
        who, now = leaf.file.resident_id, leaf.today()
        form = Form()
        form.add("number", TextField(_("Number"), needed=False, hint=_number_hint()))
        form.add("starts", DateField(_("Starts on"), now)).set_value(now)
        ends = DateField(_("Last day"), now, needed=False, sense=Sense.FUTURE)
        form.add("ends", ends, blame=(AgreementTurned,))
        trial = DateField(_("On trial until"), now, needed=False, sense=Sense.FUTURE)
        form.add("trial_until", trial, blame=(rules.TrialOutside,))
        form.add("signer", TextField(_("Who signs"), needed=False))
        form.add("deposit_fen", MoneyField(_("Agreed deposit"), needed=False))
        signed = DateField(_("Signed on"), now, needed=False, sense=Sense.PAST)
        form.add("signed_on", signed, blame=(rules.SignedAlready,))
        form.add("note", NoteField(_("Note"), lines=2))
        known = agreement.agreement_id if agreement else 0
        if agreement:
            form.set_values({name: getattr(agreement, name) for name in form.fields})
        else:
            contacts = leaf.file.contacts
            form.set_values(
                {
                    "ends": rules.year_later(now),
                    "signer": contacts[0].name if contacts else None,
                }
            )

        def deed(values: dict[str, Any]) -> "partial[Any]":
            for name in ("number", "signer", "note"):
                values[name] = values[name] or ""
            told = Agreement(**values, agreement_id=known)
            return partial(_store, leaf.services.residents, self._deeds, who, told)

        name = leaf.file.person.name
        title = _("Agreement with {name}").format(name=name)
        self._open(title, form, _("Save"), deed, f"agreement:{who}:{known}")

    def sign(self, line: AgreementLine) -> None:
        """Ask who signed and when, and for the scan where it is at hand."""
        now = self._leaf.today()
        form = Form()
        day = DateField(_("Signed on"), now, sense=Sense.PAST)
        form.add("signed_on", day, blame=(rules.SignedLater, rules.SignedAlready))
        form.add("signer", TextField(_("Signed by")), blame=(rules.NobodySigned,))
        hint = _("The signed paper as PDF or picture; it can be added later.")
        form.add("scan", ScanField(_("Scan"), hint=hint), blame=SCAN)
        form.show_field("scan", self._leaf.user.may(Right.KEEP_PAPERS))
        form.set_values({"signed_on": now, "signer": line.agreement.signer or None})

        def deed(values: dict[str, Any]) -> "partial[Any]":
            scan = Path(values["scan"]) if values["scan"] else None
            told = (values["signed_on"], values["signer"], scan)
            return partial(self._deeds.sign, line.agreement_id, *told)

        draft = f"agreement-sign:{line.agreement_id}"
        self._open(_("Record the signature"), form, _("Record"), deed, draft)

    def keep_scan(self, agreement_id: int, file: str) -> None:
        """Keep a scan that was chosen with its agreement."""
        said = _("Kept with the agreement; it stays as long as the law wants.")
        leaf = self._leaf
        leaf.jobs.run(
            leaf,
            lambda _done: leaf.told.emit(said),
            self._deeds.add_scan,
            agreement_id,
            Path(file),
            failed=self._tell,
        )

    def decide(self, line: AgreementLine) -> None:
        """Ask how a trial stay ends."""
        now = self._leaf.today()
        form = Form()
        names = {code: _(name) for code, name in rules.OUTCOME_NAMES.items()}
        form.add("outcome", PickField(_("The resident"), names), blame=(rules.NoTrial,))
        hint = _("Only if the resident leaves.")
        last = DateField(_("Last day"), now, needed=False, hint=hint)
        form.add("last_day", last, blame=(rules.EndsOutside, rules.Over))
        form.set_values({"outcome": "stays"})

        def deed(values: dict[str, Any]) -> "partial[Any]":
            outcome, day = values["outcome"], values["last_day"]
            return partial(self._deeds.decide_trial, line.agreement_id, outcome, day)

        draft = f"agreement-trial:{line.agreement_id}"
        title = _("How does the trial stay end?")
        self._open(title, form, _("Decide"), deed, draft)

    def renew(self, line: AgreementLine) -> None:
        """Ask until when an agreement goes on; it follows without a gap."""
        ends = line.agreement.ends
        assert ends, "only what ends is renewed"
        starts = ends + DAY
        form = Form()
        hint = _("Begins on {day}, the day after the last one.").format(
            day=show_day(starts)
        )
        last = DateField(_("Last day"), starts, hint=hint, sense=Sense.FUTURE)
        blame = (AgreementTurned, rules.RenewedAlready, rules.Over, rules.NotSigned)
        form.add("ends", last, blame=(*blame, rules.NoEnd))
        form.add("deposit_fen", MoneyField(_("Agreed deposit"), needed=False))
        form.set_values(
            {
                "ends": rules.year_later(starts),
                "deposit_fen": line.agreement.deposit_fen,
            }
        )

        def deed(values: dict[str, Any]) -> "partial[Any]":
            day, fen = values["ends"], values["deposit_fen"]
            return partial(self._deeds.renew, line.agreement_id, day, fen)

        draft = f"agreement-renew:{line.agreement_id}"
        box = self._open(_("Renew the agreement"), form, _("Renew"), deed, draft)
        box.answered.connect(self._leaf.choose)

    def end(self, line: AgreementLine) -> None:
        """Ask on which day and why an agreement ends before its time."""
        form = Form()
        last = DateField(_("Last day"), self._leaf.today())
        form.add("last_day", last, blame=(rules.EndsOutside, rules.Over))
        reason = TextField(_("Reason"), most=200)
        form.add("reason", reason, blame=(rules.NoReasonToEnd,))

        def deed(values: dict[str, Any]) -> "partial[Any]":
            day, why = values["last_day"], values["reason"]
            return partial(self._deeds.terminate, line.agreement_id, day, why)

        draft = f"agreement-end:{line.agreement_id}"
        self._open(_("End the agreement early"), form, _("End early"), deed, draft)

    def _open(
        self, title: str, form: Form, do: str, deed: Any, draft: str
    ) -> DeedDialog:
        leaf = self._leaf
        box = DeedDialog(title, form, do, leaf.jobs, deed, leaf, draft)
        box.open()
        return box

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self._leaf, error)


def _number_hint() -> str:
    return _("Empty: the next number of the year, when it is drawn up.")


def _store(residents: Residents, deeds: Agreements, who: int, told: Agreement) -> None:
    """Store an agreement; a text that is not signed is drawn up anew with it."""
    if not told.agreement_id:
        residents.add_agreement(who, told)
        return
    residents.change_agreement(who, told)
    lines = deeds.of_resident(who)
    line = next(each for each in lines if each.agreement_id == told.agreement_id)
    if line.edition and line.agreement.signed_on is None:
        deeds.draw_up(told.agreement_id)
