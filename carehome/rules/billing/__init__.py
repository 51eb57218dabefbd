"""The rules of money: what a month comes to, and why, to the fen."""

from carehome.rules.billing.adjustments import (
    STANDING_NAMES,
    Choice,
    Correction,
    Standing,
    adjust,
    corrections,
)
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.checks import (
    check_absences,
    check_extra,
    check_personal_prices,
    check_stays,
    check_uses,
)
from carehome.rules.billing.explanations import KIND_NAMES, explain
from carehome.rules.billing.facts import (
    Absence,
    Cover,
    Extra,
    Facts,
    HomeSettings,
    ItemUse,
    PersonalPrice,
    StayDays,
    facts_of_month,
)
from carehome.rules.billing.gaps import Gap, gaps
from carehome.rules.billing.lines import Bill, Line
from carehome.rules.billing.payments import (
    Allotment,
    CreditShare,
    Outstanding,
    Share,
    allot,
    allot_as_told,
    check_payment,
    prepaid_cap,
    settle_credits,
)
from carehome.rules.billing.service_fee import (
    ServiceFee,
    day_exact_difference,
    monthly_service_fee,
)
from carehome.rules.billing.stored import facts_from_json, facts_to_json
from carehome.rules.billing.tariff import (
    CATEGORIES,
    CATEGORY_NAMES,
    Item,
    NoPrice,
    PriceList,
    Tariff,
    Terms,
    check_price_list,
    is_vat_exempt,
)

__all__ = [
    "CATEGORIES",
    "CATEGORY_NAMES",
    "KIND_NAMES",
    "STANDING_NAMES",
    "Absence",
    "Allotment",
    "Bill",
    "Choice",
    "Correction",
    "Cover",
    "CreditShare",
    "Extra",
    "Facts",
    "Gap",
    "HomeSettings",
    "Item",
    "ItemUse",
    "Line",
    "NoPrice",
    "Outstanding",
    "PersonalPrice",
    "PriceList",
    "ServiceFee",
    "Share",
    "Standing",
    "StayDays",
    "Tariff",
    "Terms",
    "adjust",
    "allot",
    "allot_as_told",
    "bill_month",
    "check_absences",
    "check_extra",
    "check_payment",
    "check_personal_prices",
    "check_price_list",
    "check_stays",
    "check_uses",
    "corrections",
    "day_exact_difference",
    "explain",
    "facts_from_json",
    "facts_of_month",
    "facts_to_json",
    "gaps",
    "is_vat_exempt",
    "monthly_service_fee",
    "prepaid_cap",
    "settle_credits",
]
