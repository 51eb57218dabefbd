"""Enquiries: who asked about a place, visits, and what came of it."""

from carehome.services.enquiries.known import Known
from carehome.services.enquiries.service import (
    Enquiries,
    application_of,
    person_of,
)
from carehome.services.enquiries.values import (
    Enquiry,
    EnquiryFile,
    EnquiryLine,
    Note,
    Visit,
)

__all__ = [
    "Enquiries",
    "Enquiry",
    "EnquiryFile",
    "EnquiryLine",
    "Known",
    "Note",
    "Visit",
    "application_of",
    "person_of",
]
