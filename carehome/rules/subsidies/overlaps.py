"""Benefits of one resident that exclude each other, or have to be checked together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from carehome import paths
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.claims.judging import lies_in
from carehome.rules.figures import read_toml

SCHEMA = "carehome/overlaps/1"
INSURANCE = "insurance"  # long-term-care insurance that pays for somebody


class OverlapWithoutReason(Refusal):
    """Two benefits are said to be right, and nobody knows why later."""

    text = N_("Say what you found out about these two benefits.")


@dataclass(frozen=True, slots=True)
class OverlapRule:
    """Two benefits; `excludes` when a source says that only one may be received."""

    code: str
    region: tuple[str, ...]
    first: str
    second: str
    excludes: bool
    text: str
    source: str


@cache
def overlap_rules() -> tuple[OverlapRule, ...]:
    """Return the rules that came with the program."""
    whole = read_toml(paths.resource("subsidies") / "overlaps.toml", SCHEMA)
    return tuple(
        OverlapRule(
            part.name("code"),
            part.texts("region") if part.names("region") else (),
            part.name("first"),
            part.name("second"),
            part.flag("excludes"),
            part.name("text"),
            part.name("source"),
        )
        for part in whole.parts("rules")
    )


def overlaps(
    received: Collection[str],
    region: str,
    address: str,
    rules: Iterable[OverlapRule] | None = None,
) -> list[OverlapRule]:
    """Return which rules somebody meets who receives these benefits, in this place."""
    listed = overlap_rules() if rules is None else rules
    return [
        rule
        for rule in listed
        if rule.first in received
        and rule.second in received
        and lies_in(rule.region, region, address) is not False
    ]
