"""Month end: what a month comes to, posting it, and the bills that were posted."""

from carehome.services.billing.late import FACTS
from carehome.services.billing.posted import (
    BillName,
    PostedBill,
    PostedRun,
    bills_in,
)
from carehome.services.billing.service import (
    AlreadyPosted,
    Billing,
    FactsChanged,
    NotInOrder,
    OldFacts,
    ProblemsLeft,
    TooEarly,
)
from carehome.services.billing.trial import LateFact, Problem, Trial, TrialBill

__all__ = [
    "FACTS",
    "AlreadyPosted",
    "BillName",
    "Billing",
    "FactsChanged",
    "LateFact",
    "NotInOrder",
    "OldFacts",
    "PostedBill",
    "PostedRun",
    "Problem",
    "ProblemsLeft",
    "TooEarly",
    "Trial",
    "TrialBill",
    "bills_in",
]
