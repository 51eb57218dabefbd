"""Leave and swaps that staff ask for."""

from carehome.services.requests.effects import MonthEffect
from carehome.services.requests.lines import RequestLine
from carehome.services.requests.service import Requests
from carehome.services.requests.sick_calls import OpenShift, SickCall, SickCalls

__all__ = [
    "MonthEffect",
    "OpenShift",
    "RequestLine",
    "Requests",
    "SickCall",
    "SickCalls",
]
