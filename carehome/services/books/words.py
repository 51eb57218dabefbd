"""What the entries of the ledger are called in the journal, and whom they concern."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.books import DonationRow
from carehome.db.payers import PayerRow
from carehome.db.residents import ResidentRow
from carehome.i18n import N_, _
from carehome.rules.ledger.entry import Entry, Kind, Party

ENTRY_TEXTS = {
    Kind.OPENING: N_("Deposit carried over"),
    Kind.BILL: N_("Fees billed"),
    Kind.EARNED: N_("Fees billed ahead, earned now"),
    Kind.PAYMENT: N_("Fees paid"),
    Kind.PAYOUT: N_("Prepaid fees paid back"),
    Kind.PAYER_PAID: N_("Received from another payer"),
    Kind.PAYER_REFUND: N_("Given back to another payer"),
    Kind.WRITTEN_OFF: N_("Written off: refused by a payer"),
    Kind.DEPOSIT: N_("Deposit received"),
    Kind.BANKED: N_("Deposit paid into the dedicated account"),
    Kind.DEPOSIT_REFUND: N_("Deposit given back"),
    Kind.EMERGENCY: N_("Deposit used in an emergency"),
    Kind.SET_OFF: N_("Deposit set off against fees"),
    Kind.DAMAGE: N_("Deposit kept for damage"),
    Kind.DRAWN: N_("Drawn from the dedicated account"),
    Kind.TRUST_IN: N_("Trust money received"),
    Kind.TRUST_OUT: N_("Trust money spent"),
    Kind.TRUST_DRAWN: N_("Trust money between bank and till"),
    Kind.DONATION: N_("Donation received"),
    Kind.DONATION_USE: N_("Donation used"),
    Kind.UTILITY: N_("Utility bill"),
    Kind.UTILITY_PAID: N_("Utility bill paid"),
    Kind.HANDED: N_("Cash paid into the bank"),
    Kind.COUNTED: N_("Cash short or over at the day close"),
    Kind.BANK_CHARGE: N_("Charge of the bank"),
    Kind.BANK_INTEREST: N_("Interest of the bank"),
    Kind.BANK_TRANSFER: N_("Transfer between own accounts"),
    Kind.SUBSIDY_GRANTED: N_("Subsidy granted"),
    Kind.SUBSIDY_PAID: N_("Subsidy received"),
}


def names_in(session: Session) -> dict[Party, str]:
    """Return how residents, donors and payers are called; others are their own name."""
    found = {
        Party("resident", number): name
        for number, name in session.execute(select(ResidentRow.id, ResidentRow.name))
    }
    for number, donor in session.execute(select(DonationRow.id, DonationRow.donor)):
        found[Party("donation", number)] = donor
    for number, name in session.execute(select(PayerRow.id, PayerRow.name)):
        found[Party("payer", number)] = name
    return found


def name_of(party: Party | None, names: dict[Party, str]) -> str:
    """Say whom a line concerns."""
    return names.get(party, str(party.key)) if party else ""


def say(entry: Entry, names: dict[Party, str]) -> str:
    """Say what an entry is, about whom, and what people said of it."""
    what = _(ENTRY_TEXTS[entry.kind])
    if entry.is_void:
        what = _("Void: {what}").format(what=what)
    who = next((name_of(x.party, names) for x in entry.lines if x.party), "")
    return " ".join(filter(None, [what, who, entry.text]))
