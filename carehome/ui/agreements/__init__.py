"""Screens about all agreements: their list, their text, papers whose time is over."""

from carehome.ui.agreements.page import AgreementServices, AgreementsPage

__all__ = ["AgreementServices", "AgreementsPage"]
