"""Leave and swaps that staff ask for."""

from carehome.services.requests.effects import MonthEffect
from carehome.services.requests.lines import RequestLine
from carehome.services.requests.service import Requests

__all__ = ["MonthEffect", "RequestLine", "Requests"]
