"""Who pays for residents beside themselves."""

from dataclasses import dataclass
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_

DUE_DAYS = 30
MOST_DUE_DAYS = 365


class PayerKind(StrEnum):
    """What kind of payer somebody is."""

    INSURANCE = "insurance"
    GOVERNMENT = "government"
    CHARITY = "charity"
    ORGANISATION = "organisation"
    FAMILY = "family"


KIND_NAMES = {
    PayerKind.INSURANCE: N_("Long-term care insurance"),
    PayerKind.GOVERNMENT: N_("Government subsidy"),
    PayerKind.CHARITY: N_("Charity"),
    PayerKind.ORGANISATION: N_("Another organisation"),
    PayerKind.FAMILY: N_("Member of the family"),
}


class PayerNameMissing(Refusal):
    """A payer has a name: it stands on bills and statements."""

    text = N_("Give the payer a name: it stands on bills and statements.")


class PayerNameTaken(Refusal):
    """Two payers other than families would bear one name."""

    text = N_("“{name}” is in the list of payers already. Change that entry instead.")


class BadDueDays(Refusal):
    """A payer has days to pay within a year."""

    text = N_("Give 0 to 365 days to pay.")


class PayerStillBears(Refusal):
    """A payer goes out of use while it still bears fees of somebody."""

    text = N_(
        "“{name}” still bears fees of {count} {count:resident|residents}. End that "
        "first."
    )


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who pays for residents; `payer_id` 0 is not kept yet."""

    payer_id: int
    kind: str
    name: str
    contact: str = ""
    phone: str = ""
    account_number: str = ""
    due_days: int = DUE_DAYS
    note: str = ""
    is_active: bool = True

    @property
    def is_family(self) -> bool:
        """Say whether it is a person of a resident's family."""
        return self.kind == PayerKind.FAMILY


def check_payer(payer: Payer) -> None:
    """Raise unless a payer may be kept like this."""
    if not payer.name.strip():
        raise PayerNameMissing
    if not 0 <= payer.due_days <= MOST_DUE_DAYS:
        raise BadDueDays
