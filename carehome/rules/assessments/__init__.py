"""Ability assessments: forms as data, one engine that judges by all of them."""

from carehome.rules.assessments.form import GBT_42195, MZT_039, Form
from carehome.rules.assessments.reading import UnknownForm, all_forms, form_of

__all__ = [
    "GBT_42195",
    "MZT_039",
    "Form",
    "UnknownForm",
    "all_forms",
    "form_of",
]
