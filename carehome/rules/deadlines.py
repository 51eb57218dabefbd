"""What in the files of the staff ends soon or is missing: certificates, contracts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from carehome.i18n import N_
from carehome.rules import certificates
from carehome.rules.certificates import Certificate, Kind, Urgency, Warnings
from carehome.rules.periods import DAY, after_months
from carehome.rules.protection import EXPECTING_WEEKS, Maternity
from carehome.rules.staff import CONTRACT_NAMES, Contract, Person, Post, Scheme

# The lowest ages of retirement; they rise step by step since 2025. Only a warning.
_OVER_AGE = {"female": 50, "male": 60}


class Matter(StrEnum):
    """What a deadline is about."""

    CERTIFICATE = "certificate"
    MISSING = "missing"
    CONTRACT = "contract"
    NO_CONTRACT = "no-contract"
    TRIAL = "trial"
    SCHEME = "scheme"
    INSURANCE = "insurance"
    NO_INSURANCE = "no-insurance"
    OVER_AGE = "over-age"
    NO_CHECK = "no-check"
    PROTECTION = "protection"
    PROTECTION_ENDS = "protection-ends"


MATTER_NAMES = {
    Matter.CERTIFICATE: N_("Certificate lapses"),
    Matter.MISSING: N_("Certificate of the post is missing"),
    Matter.CONTRACT: N_("Contract ends"),
    Matter.NO_CONTRACT: N_("No contract on file"),
    Matter.TRIAL: N_("Trial ends"),
    Matter.SCHEME: N_("Approval of comprehensive hours ends"),
    Matter.INSURANCE: N_("Injury insurance ends"),
    Matter.NO_INSURANCE: N_("No injury insurance"),
    Matter.OVER_AGE: N_("Over-age and without injury insurance"),
    Matter.NO_CHECK: N_("No credit and background check"),
    Matter.PROTECTION: N_("No nights and no overtime from then on"),
    Matter.PROTECTION_ENDS: N_("Protection of a mother ends"),
}
# What only those see who keep the files.
PRIVATE = frozenset({Matter.PROTECTION, Matter.PROTECTION_ENDS, Matter.NO_CHECK})


@dataclass(frozen=True, slots=True)
class File:
    """All of a staff file that has an end."""

    staff_id: int
    person: Person
    posts: tuple[Post, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    contracts: tuple[Contract, ...] = ()
    maternities: tuple[Maternity, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing of one person; `last_day` is None for what is not there at all.

    `about` is the name of the certificate's kind, or a msgid of the contract's.
    """

    staff_id: int
    name: str
    post: str
    matter: Matter
    urgency: Urgency
    last_day: date | None = None
    about: str = ""
    apply_by: date | None = None
    certificate_id: int = 0


def deadlines(
    files: Iterable[File],
    kinds: Mapping[int, Kind],
    warnings: Warnings,
    today: date,
    weeks: int = EXPECTING_WEEKS,
) -> list[Deadline]:
    """List what is due within the longest warning, what is over or lacking first."""
    found: list[Deadline] = []
    for file in files:
        telling = _Telling(file, kinds, warnings, today)
        telling.certificates()
        telling.contracts()
        telling.person()
        telling.maternities(weeks)
        found += telling.found
    return sorted(found, key=_order)


class _Telling:
    """Goes through one file and notes what is due."""

    def __init__(
        self,
        file: File,
        kinds: Mapping[int, Kind],
        warnings: Warnings,
        today: date,
    ) -> None:
        self.found: list[Deadline] = []
        self._file = file
        self._kinds = kinds
        self._warnings = warnings
        self._today = today

    def certificates(self) -> None:
        """Note what lapses unrenewed, and what a post asks for in vain."""
        file = self._file
        latest = [
            each
            for each in file.certificates
            if not certificates.is_replaced(each, file.certificates)
        ]
        for each in latest:
            if each.valid_until:
                kind = self._kinds[each.kind_id]
                apply_by = certificates.apply_by(each.valid_until, kind)
                self._ends(
                    *(Matter.CERTIFICATE, each.valid_until, kind.name),
                    *(apply_by, each.certificate_id),
                )
        held = certificates.holdings(file.certificates, self._kinds)
        needs = {kind_id for post in file.posts for kind_id in post.needs}
        for kind_id in sorted(needs - held.keys()):
            self._lacks(Matter.MISSING, self._kinds[kind_id].name)

    def contracts(self) -> None:
        """Note the end of the last contract, and of the trial within it."""
        if not self._file.contracts:
            self._lacks(Matter.NO_CONTRACT)
            return
        last = max(self._file.contracts, key=lambda each: each.starts)
        if last.last_day:
            self._ends(Matter.CONTRACT, last.last_day, CONTRACT_NAMES[last.kind])
        if last.trial_until and last.trial_until >= self._today:
            self._ends(Matter.TRIAL, last.trial_until)

    def person(self) -> None:
        """Note what the file itself says: hours, insurance, check."""
        person = self._file.person
        if person.scheme != Scheme.STANDARD and person.scheme_until:
            self._ends(Matter.SCHEME, person.scheme_until)
        if person.insured_until:
            self._ends(Matter.INSURANCE, person.insured_until)
        elif person.insured_from is None:
            over = is_over_age(person, self._today)
            self._lacks(Matter.OVER_AGE if over else Matter.NO_INSURANCE)
        if not person.check_result:
            self._lacks(Matter.NO_CHECK)

    def maternities(self, weeks: int) -> None:
        """Note when a mother's protection begins, and when it ends."""
        for each in self._file.maternities:
            span = each.protected(weeks)
            if span is None:
                continue
            if span.start > self._today:
                self._ends(Matter.PROTECTION, span.start)
            elif span.end and span.end > self._today:
                self._ends(Matter.PROTECTION_ENDS, span.end - DAY)

    def _ends(
        self,
        matter: Matter,
        last_day: date,
        about: str = "",
        apply_by: date | None = None,
        certificate_id: int = 0,
    ) -> None:
        urgency = self._warnings.urgency(last_day, self._today)
        if apply_by is not None:
            urgency = min(urgency, self._warnings.urgency(apply_by, self._today))
            if last_day >= self._today:
                urgency = max(urgency, Urgency.NEAR)
        if urgency is not Urgency.LATER:
            of_whom = self._file.staff_id, self._file.person.name, self._post
            self.found.append(
                Deadline(
                    *(*of_whom, matter, urgency, last_day, about),
                    *(apply_by, certificate_id),
                )
            )

    def _lacks(self, matter: Matter, about: str = "") -> None:
        urgent = matter is Matter.MISSING
        urgency = Urgency.LAPSED if urgent else Urgency.MIDDLE
        of_whom = self._file.staff_id, self._file.person.name, self._post
        self.found.append(Deadline(*of_whom, matter, urgency, None, about))

    @property
    def _post(self) -> str:
        posts: Sequence[Post] = self._file.posts
        return posts[0].name if posts else ""


def is_over_age(person: Person, day: date) -> bool:
    """Say whether somebody has passed the lowest age of retirement; only a warning."""
    if person.born is None or person.sex not in _OVER_AGE:
        return False
    return after_months(person.born, 12 * _OVER_AGE[person.sex]) <= day


def _order(deadline: Deadline) -> tuple[int, date, str]:
    return deadline.urgency, deadline.last_day or date.max, deadline.name
