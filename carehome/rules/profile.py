"""What the profile of a home offers to choose from, and the rules of its region."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from carehome import paths
from carehome.rules.rulepacks import RulePack

DEFAULT_PACK = "default"


@dataclass(frozen=True, slots=True)
class LegalKind:
    """A kind of organisation: what proves it, and who most likely owns such a home."""

    label: str
    certificate: str
    ownership: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The kinds of organisation and the regions that a profile offers."""

    legal_kinds: tuple[LegalKind, ...]
    regions: tuple[str, ...]

    def ownership_of(self, legal_kind: str | None) -> str | None:
        """Return the ownership that a kind of organisation suggests."""
        found = (k.ownership for k in self.legal_kinds if k.label == legal_kind)
        return next(found, None)


def read_choices(path: Path | None = None) -> Choices:
    """Read what a profile offers to choose from."""
    file = path or paths.resource("forms") / "home-profile.json"
    read = json.loads(file.read_text("utf-8"))
    kinds = (
        LegalKind(kind["label"], kind["certificate"], kind["ownership"])
        for kind in read["legal_kinds"]
    )
    return Choices(tuple(kinds), tuple(read["regions"]))


def pack_of(region: str | None, packs: Mapping[str, RulePack]) -> str:
    """Return the fee rules of a region; where none are known, those of the program."""
    own = (code for code, pack in packs.items() if region and pack.region == region)
    return next(own, DEFAULT_PACK)
