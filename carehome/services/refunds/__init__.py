"""Refunds: asked for by one person, approved by another, paid out with a voucher."""

from carehome.services.refunds.listing import Refund
from carehome.services.refunds.refundable import PaymentBack, Refundable
from carehome.services.refunds.service import Refunds

__all__ = ("PaymentBack", "Refund", "Refundable", "Refunds")
