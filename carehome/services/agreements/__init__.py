"""Service agreements: drawn up from a template, signed, renewed, ended."""

from carehome.services.agreements.facts import Missing
from carehome.services.agreements.lines import AgreementLine
from carehome.services.agreements.service import Agreements
from carehome.services.agreements.templates import AgreementTemplates, Template

__all__ = [
    "AgreementLine",
    "AgreementTemplates",
    "Agreements",
    "Missing",
    "Template",
]
