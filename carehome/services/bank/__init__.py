"""The home's bank accounts: statements, whose the money is, books against bank."""

from carehome.services.bank.books import unmatched_in
from carehome.services.bank.lines import BankLines
from carehome.services.bank.service import Bank
from carehome.services.bank.values import (
    AllKnown,
    BankAccount,
    Checked,
    Chosen,
    KeptLine,
    KeptStatement,
    LineRefused,
    MatchedAlready,
    MatchedElsewhere,
    NotForPayments,
    NotOpen,
    Peek,
    Posting,
    ReceiptStands,
    Said,
    StatementRefused,
    TakenOver,
)

__all__ = [
    "AllKnown",
    "Bank",
    "BankAccount",
    "BankLines",
    "Checked",
    "Chosen",
    "KeptLine",
    "KeptStatement",
    "LineRefused",
    "MatchedAlready",
    "MatchedElsewhere",
    "NotForPayments",
    "NotOpen",
    "Peek",
    "Posting",
    "ReceiptStands",
    "Said",
    "StatementRefused",
    "TakenOver",
    "unmatched_in",
]
