"""What the staff files ask for on a day: certificates, contracts, protection."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from carehome.i18n import N_
from carehome.rules import certificates
from carehome.rules.deadlines import Deadline, Matter
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Target, Urgency, some_of, words

STAFF, DUE = "staff", "staff_due"  # targets: one file, the list of what is due
LATE = frozenset({certificates.Urgency.LAPSED, certificates.Urgency.NEAR})
SOON = frozenset({certificates.Urgency.MIDDLE})
_TEXTS = {
    Matter.CERTIFICATE: (
        N_("Certificate of {names} has lapsed or lapses within days"),
        N_("Certificate of {names} lapses within weeks"),
    ),
    Matter.MISSING: (
        N_("{names}: a certificate that the post asks for is missing"),
        N_("{names}: a certificate that the post asks for is missing"),
    ),
    Matter.CONTRACT: (
        N_("Contract of {names} has ended or ends within days"),
        N_("Contract of {names} ends within weeks"),
    ),
}


def concerns(deadlines: Iterable[Deadline]) -> Iterator[Concern]:
    """Yield one line for each matter that presses, and one for what comes soon."""
    groups: dict[tuple[Matter, Urgency], dict[int, str]] = defaultdict(dict)
    for each in deadlines:
        if each.matter in _TEXTS and each.urgency in LATE | SOON:
            urgency = Urgency.LATE if each.urgency in LATE else Urgency.SOON
            groups[each.matter, urgency][each.staff_id] = each.name
    for (matter, urgency), people in groups.items():
        text = _TEXTS[matter][urgency is Urgency.SOON]
        only = next(iter(people)) if len(people) == 1 else None
        target = Target(STAFF, only) if only else Target(DUE, matter)
        yield Concern(
            words(N_("Staff")),
            words(text, names=some_of(list(people.values()))),
            urgency,
            target,
            Role.HEAD_NURSE,
            count=len(people),
        )
