"""Prices: fee items, price lists with versions, what single residents pay instead."""

from carehome.services.prices.asked import OwnPrices
from carehome.services.prices.example import Example
from carehome.services.prices.own import (
    AskedPrice,
    BadCover,
    OwnCharge,
    OwnCover,
    OwnPrice,
    PersonalPriceTaken,
)
from carehome.services.prices.service import Prices
from carehome.services.prices.sheets import (
    AboveCeiling,
    CodeTaken,
    DayTaken,
    FeeItem,
    NoCeilingSource,
    NotADraft,
    Price,
    PriceSheet,
    as_item,
    items_in,
)
from carehome.services.prices.versions import PriceVersions, Version

__all__ = [
    "AboveCeiling",
    "AskedPrice",
    "BadCover",
    "CodeTaken",
    "DayTaken",
    "Example",
    "FeeItem",
    "NoCeilingSource",
    "NotADraft",
    "OwnCharge",
    "OwnCover",
    "OwnPrice",
    "OwnPrices",
    "PersonalPriceTaken",
    "Price",
    "PriceSheet",
    "PriceVersions",
    "Prices",
    "Version",
    "as_item",
    "items_in",
]
