"""Payers other than the resident: who they are, what they owe, what came in."""

from carehome.rules.payers.payer import Payer
from carehome.services.payers.refunds import PayerMoney
from carehome.services.payers.service import Cut, Payers, PayerState
from carehome.services.payers.splitting import FamilyPart

__all__ = ["Cut", "FamilyPart", "Payer", "PayerMoney", "PayerState", "Payers"]
