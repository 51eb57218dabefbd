"""The form of risks as data: what points to each risk and what can be done about it.

The signs and measures are ours and say so: the standard names the risks and what to
guard against, and gives no points.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from carehome import paths
from carehome.rules.risks.kinds import RECENT, Ground, Risk
from carehome.rules.rulepacks import FilePart, Source


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that points to a risk; one of its grounds ticks it by itself."""

    code: str
    text: str
    grounds: frozenset[Ground]


@dataclass(frozen=True, slots=True)
class RiskSheet:
    """What the form says of one risk: what to heed, its signs, what can be done."""

    risk: Risk
    point: str
    signs: tuple[Sign, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RiskForm:
    """One edition of the form, with a sheet for every risk in their order."""

    edition: str
    title: str
    standard: str
    effective_from: date
    source: Source
    sheets: tuple[RiskSheet, ...]

    def sheet(self, risk: Risk) -> RiskSheet:
        """Return what the form says of `risk`."""
        return self.sheets[list(Risk).index(risk)]


@dataclass(frozen=True, slots=True)
class Opening:
    """Why a risk is opened: the signs that hold by themselves, and the facts."""

    signs: tuple[str, ...]
    grounds: tuple[Ground, ...]


@cache
def forms() -> Mapping[str, RiskForm]:
    """Return all editions that came with the program, the one in force last."""
    folder = paths.resource("forms")
    read = [read_form(path) for path in sorted(folder.glob("risks-*.json"))]
    read.sort(key=lambda form: form.effective_from)
    return {form.edition: form for form in read}


def form_in_force(day: date) -> RiskForm:
    """Return the edition that holds on `day`; the first one before any does."""
    begun = [form for form in forms().values() if form.effective_from <= day]
    return begun[-1] if begun else next(iter(forms().values()))


def read_form(path: Path) -> RiskForm:
    """Read one edition of the form; every risk has its sheet."""
    whole = FilePart.of_file(path, "carehome/risk-form/1")
    sheets = tuple(_sheet(part) for part in whole.parts("risks"))
    if tuple(sheet.risk for sheet in sheets) != tuple(Risk):
        raise whole.trouble("risks")
    effective_from = whole.day("effective_from")
    if effective_from is None:
        raise whole.trouble("effective_from")
    return RiskForm(
        whole.name("edition"),
        whole.name("title"),
        whole.name("standard"),
        effective_from,
        whole.source(),
        sheets,
    )


def _sheet(part: FilePart) -> RiskSheet:
    return RiskSheet(
        Risk(part.choice("code", tuple(Risk))),
        part.name("point"),
        tuple(_sign(each) for each in part.parts("signs")),
        part.texts("measures"),
    )


def _sign(part: FilePart) -> Sign:
    grounds = part.texts("grounds") if part.names("grounds") else ()
    if not set(grounds) <= set(Ground):
        raise part.trouble("grounds")
    return Sign(part.name("code"), part.name("text"), frozenset(map(Ground, grounds)))


def passing_signs(form: RiskForm, risk: Risk, was: Collection[Ground]) -> set[str]:
    """Return the signs that a new assessment does not take over from the last.

    They were ticked by the grounds of then, or by what had happened just before.
    """
    gone = RECENT | set(was)
    return {sign.code for sign in form.sheet(risk).signs if sign.grounds & gone}


def ticked_signs(
    form: RiskForm, risk: Risk, grounds: Collection[Ground]
) -> tuple[str, ...]:
    """Return the signs of a risk that hold by these grounds."""
    signs = form.sheet(risk).signs
    return tuple(sign.code for sign in signs if sign.grounds & set(grounds))


def openings(form: RiskForm, grounds: Collection[Ground]) -> dict[Risk, Opening]:
    """Return the risks that `grounds` open."""
    opened = {}
    for sheet in form.sheets:
        signs = tuple(sign for sign in sheet.signs if sign.grounds & set(grounds))
        if signs:
            named = frozenset().union(*(sign.grounds for sign in signs))
            found = tuple(ground for ground in Ground if ground in named & set(grounds))
            opened[sheet.risk] = Opening(tuple(sign.code for sign in signs), found)
    return opened
