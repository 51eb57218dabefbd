"""How the dedicated account is named on papers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.bank import BankAccountRow
from carehome.services.home import profile_in


def account_number_in(session: Session) -> str:
    """Return bank and number of the account in use, else what the profile says."""
    row = session.scalar(
        select(BankAccountRow).where(
            BankAccountRow.purpose == "deposit", BankAccountRow.is_active
        )
    )
    if row is None:
        return profile_in(session).deposit_account
    return " ".join(filter(None, (row.bank, row.name, row.number)))
