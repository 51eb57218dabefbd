"""The home's bank accounts, and what each of them is for."""

from collections.abc import Mapping

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.bank.cells import read_number
from carehome.rules.ledger.accounts import Code
from carehome.rules.ledger.entry import Kind

PURPOSE_NAMES: Mapping[str, str] = {
    "operating": N_("Daily business"),
    "deposit": N_("Dedicated account for deposits"),
    "trust": N_("Money kept for residents"),
}
# Under which account the books keep each of them.
CODES: Mapping[str, Code] = {
    "operating": Code.BANK,
    "deposit": Code.DEPOSIT_BANK,
    "trust": Code.TRUST_BANK,
}
# What stands against an account where the bank itself took or gave money.
COUNTERS: Mapping[Kind, Code] = {
    Kind.BANK_CHARGE: Code.BANK_CHARGES,
    Kind.BANK_INTEREST: Code.BANK_INTEREST,
}
BANK_ENTRY_NAMES: Mapping[str, str] = {
    "charge": N_("Charge of the bank"),
    "interest": N_("Interest of the bank"),
    "transfer": N_("Transfer between own accounts"),
}
# From or to where money of the home is transferred, by what the books call it.
OWN_PLACES: Mapping[Code, str] = {
    Code.BANK: N_("Operating account"),
    Code.DEPOSIT_BANK: N_("Dedicated account"),
    Code.TRUST_BANK: N_("Account for trust money"),
    Code.WECHAT: N_("WeChat balance"),
    Code.ALIPAY: N_("Alipay balance"),
}
_SHORTEST = 6  # digits of an account number


class NumberUnreadable(Refusal):
    """An account of a bank needs its whole number."""

    text = N_(
        "“{typed}” is not the number of a bank account. Type all its digits: by them "
        "the statements of other accounts are told apart."
    )


class NumberInUse(Refusal):
    """Two accounts never bear one number."""

    text = N_("The account {number} is in the list already.")


class PurposeTaken(Refusal):
    """The books keep one account for each purpose."""

    text = N_(
        "“{name}” is already used for this purpose. Take it out of use first; its "
        "lines stay."
    )


def check_number(typed: str) -> str:
    """Return the number of an account without blanks; raise if it is none."""
    number = read_number(typed).replace("-", "")
    if not number.isascii() or not number.isalnum() or len(number) < _SHORTEST:
        raise NumberUnreadable(typed=typed)
    return number
