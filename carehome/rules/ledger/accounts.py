"""The accounts of the ledger: codes of the program's own, numbers of the home's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.billing.tariff import Category
from carehome.rules.figures import read_toml

SCHEMA = "carehome/accounts/1"


class Code(StrEnum):
    """What the program calls an account, whatever number the home gives it."""

    CASH = "cash"
    BANK = "bank"
    DEPOSIT_BANK = "deposit_bank"
    TRUST_BANK = "trust_bank"
    TRUST_CASH = "trust_cash"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    RESIDENTS = "residents"  # what residents owe less what they have prepaid
    RECEIVABLE = "receivable"
    PAYERS = "payers"
    GOODS = "goods"
    PAYABLE = "payable"
    PREPAID = "prepaid"
    BILLED_AHEAD = "billed_ahead"
    DEPOSITS = "deposits"
    TRUST = "trust"
    INCOME_BED = "income_bed"
    INCOME_CARE = "income_care"
    INCOME_MEAL = "income_meal"
    INCOME_OTHER = "income_other"
    INCOME_DAMAGE = "income_damage"
    DONATIONS = "donations"
    DONATIONS_USED = "donations_used"
    UTILITIES = "utilities"
    WRITTEN_OFF = "written_off"
    BANK_CHARGES = "bank_charges"
    BANK_INTEREST = "bank_interest"
    SUBSIDIES_DUE = "subsidies_due"
    INCOME_SUBSIDY = "income_subsidy"
    CASH_APART = "cash_apart"  # short or over at a count, until it is settled


INCOME: dict[Category, Code] = {
    "bed": Code.INCOME_BED,
    "care": Code.INCOME_CARE,
    "meal": Code.INCOME_MEAL,
    "other": Code.INCOME_OTHER,
}
TILLS = {
    "cash": Code.CASH,
    "transfer": Code.BANK,
    "card": Code.BANK,
    "wechat": Code.WECHAT,
    "alipay": Code.ALIPAY,
}


class NumberMissing(Refusal):
    """An account has no number or no name."""

    text = N_("Give the account a number and a name, as your accounting has them.")


class NumberTaken(Refusal):
    """Two accounts would bear one number."""

    text = N_("The number {number} belongs to “{name}” already. Choose another one.")


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the journal shows it; `is_debit` says which side it grows on."""

    code: Code
    number: str
    name: str
    is_debit: bool


@cache
def read_accounts() -> Mapping[Code, Account]:
    """Return the accounts that came with the program, by code, in their order."""
    whole = read_toml(paths.resource("ledger") / "accounts.toml", SCHEMA)
    found = {}
    for part in whole.parts("accounts"):
        code = Code(part.choice("code", tuple(Code)))
        is_debit = part.choice("side", ("debit", "credit")) == "debit"
        found[code] = Account(code, part.name("number"), part.name("name"), is_debit)
    if found.keys() != set(Code) or len({x.number for x in found.values()}) < len(Code):
        raise whole.trouble("accounts")
    return found


def with_own(
    accounts: Mapping[Code, Account], own: Mapping[str, tuple[str, str]]
) -> dict[Code, Account]:
    """Give accounts the numbers and names that the home has chosen, by code."""
    return {
        code: replace(account, number=own[code][0], name=own[code][1])
        if code in own
        else account
        for code, account in accounts.items()
    }


def check_number(
    accounts: Mapping[Code, Account], code: Code, number: str, name: str
) -> None:
    """Raise unless an account may bear a number and a name."""
    if not number.strip() or not name.strip():
        raise NumberMissing
    for other in accounts.values():
        if other.code != code and other.number == number.strip():
            raise NumberTaken(number=other.number, name=other.name)
