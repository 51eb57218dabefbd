"""One way to do each deed with requests of the staff that can be undone."""

from carehome.rules.requests import Request, RequestKind
from carehome.rules.staff import Leave
from carehome.services.requests import Requests
from tests.conftest import TODAY
from tests.ways.staff_deeds import carer


def asked(w):
    return Request(RequestKind.LEAVE, carer(w), TODAY, TODAY, Leave.ANNUAL)


def _open(w):
    return w.of(Requests).add(asked(w))


DEEDS = {
    "Requests.add": (asked, lambda w, request: w.of(Requests).add(request)),
    "Requests.withdraw": (_open, lambda w, number: w.of(Requests).withdraw(number)),
    "Requests.decline": (
        _open,
        lambda w, number: w.of(Requests).decline(number, "人手不足"),
    ),
}
