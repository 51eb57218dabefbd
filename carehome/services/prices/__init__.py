"""Prices: fee items, price lists with versions, what single residents pay instead."""

from carehome.services.prices.own import (
    BadCover,
    OwnCharge,
    OwnCover,
    OwnPrice,
    PersonalPriceTaken,
    set_own_price_in,
)
from carehome.services.prices.service import Prices
from carehome.services.prices.sheets import (
    AboveCeiling,
    CodeTaken,
    DayTaken,
    FeeItem,
    Price,
    PriceSheet,
    as_item,
    items_in,
    save_sheet_in,
)

__all__ = [
    "AboveCeiling",
    "BadCover",
    "CodeTaken",
    "DayTaken",
    "FeeItem",
    "OwnCharge",
    "OwnCover",
    "OwnPrice",
    "PersonalPriceTaken",
    "Price",
    "PriceSheet",
    "Prices",
    "as_item",
    "items_in",
    "save_sheet_in",
    "set_own_price_in",
]
