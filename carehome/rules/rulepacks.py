"""What law and local decree say about fees: read from files, with their sources.

Nothing is made up: what the sources do not say is missing here too.
"""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from carehome import paths
from carehome.errors import Refusal, Trouble
from carehome.i18n import N_, show_money

Standing = Literal["in force", "draft", "ours"]
DepositBase = Literal["monthly_service_fee", "monthly_bed_fee"]
Ownership = Literal["public", "public_run_private", "private"]
STANDING_NAMES: dict[Standing, str] = {
    "in force": N_("In force"),
    "draft": N_("Draft"),
    "ours": N_("Set by this program"),
}
DEPOSIT_BASE_NAMES: dict[DepositBase, str] = {
    "monthly_service_fee": N_("monthly service fee"),
    "monthly_bed_fee": N_("monthly bed fee"),
}


class BadRuleFile(Trouble):
    """A file of rules that came with the program does not fit its schema."""

    text = N_(
        "The rule file {file} is damaged at “{place}”. Install the program again, or "
        "put back the file as it came."
    )


class BannedName(Refusal):
    """A fee item may not be called this."""

    text = N_(
        "No fee item may be called “{name}” because of “{word}”: {why} ({source})"
    )


class AboveGuidePrice(Refusal):
    """A public home may not ask more than the guide price."""

    text = N_(
        "The guide price of “{item}” for public homes is {ceiling}. "
        "Set the price to that or less."
    )


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands, and how much it binds."""

    document: str
    lines: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class DepositRule:
    """A deposit is at most so many times its base."""

    base: DepositBase
    times: int
    source: Source


@dataclass(frozen=True, slots=True)
class PrepaidRule:
    """Service fees are prepaid for so many months at most."""

    months: int
    source: Source


@dataclass(frozen=True, slots=True)
class RefundRule:
    """What is held above the cap is given back within so many days."""

    days: int
    source: Source


@dataclass(frozen=True, slots=True)
class RulePack:
    """The fee rules of one region; without a deposit rule the sources give none."""

    code: str
    name: str
    region: str
    effective_from: date | None
    standing: Standing
    note: str
    deposit: DepositRule | None
    prepaid: PrepaidRule
    overheld_refund: RefundRule


@dataclass(frozen=True, slots=True)
class BannedCharge:
    """Words that no fee item of some homes may bear."""

    words: tuple[str, ...]
    ownerships: tuple[Ownership, ...]
    why: str
    source: Source


@dataclass(frozen=True, slots=True)
class VatKind:
    """A kind of care free of VAT for a registered and filed home."""

    code: str
    name: str
    source: Source


class FilePart:
    """A part of a file of rules or forms, read value by value; a misfit is Trouble."""

    def __init__(self, value: object, file: str, place: str = ""):
        self._file, self._place = file, place
        if not isinstance(value, dict):
            raise BadRuleFile(file=file, place=place or "{}")
        self._value: dict[str, object] = value

    @classmethod
    def of_file(cls, path: Path, schema: str) -> "FilePart":
        """Read a rule file of one schema."""
        try:
            whole = cls(json.loads(path.read_text("utf-8")), path.name)
        except (OSError, ValueError) as damage:
            raise BadRuleFile(file=path.name, place="json") from damage
        whole.choice("schema", (schema,))
        return whole

    def trouble(self, key: str) -> BadRuleFile:
        """Name the place that does not fit."""
        return BadRuleFile(file=self._file, place=f"{self._place}{key}")

    def text(self, key: str) -> str:
        """Return a text, which may be empty."""
        value = self._value.get(key)
        if not isinstance(value, str):
            raise self.trouble(key)
        return value

    def name(self, key: str) -> str:
        """Return a text that says something."""
        if not (text := self.text(key).strip()):
            raise self.trouble(key)
        return text

    def choice(self, key: str, choices: Iterable[str]) -> str:
        """Return a text that is one of a few."""
        if (text := self.text(key)) not in choices:
            raise self.trouble(key)
        return text

    def whole(self, key: str) -> int:
        """Return a whole number above nothing."""
        value = self._value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.trouble(key)
        return value

    def count(self, key: str) -> int:
        """Return a whole number, which may be nothing."""
        value = self._value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.trouble(key)
        return value

    def counts(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers, at least one."""
        value = self._value.get(key)
        if not isinstance(value, list) or not value:
            raise self.trouble(key)
        if not all(type(each) is int for each in value):
            raise self.trouble(key)
        return tuple(value)

    def flag(self, key: str) -> bool:
        """Return yes or no; what is left out is no."""
        value = self._value.get(key, False)
        if not isinstance(value, bool):
            raise self.trouble(key)
        return value

    def rows(self, key: str) -> tuple[tuple[object, ...], ...]:
        """Return a list of short lists."""
        value = self._value.get(key)
        if not isinstance(value, list):
            raise self.trouble(key)
        if not all(isinstance(row, list) and len(row) > 1 for row in value):
            raise self.trouble(key)
        return tuple(tuple(row) for row in value)

    def inside(self) -> tuple[str, ...]:
        """Return the names of what is in the part."""
        return tuple(self._value)

    def day(self, key: str) -> date | None:
        """Return a day, None where the sources give none."""
        if key in self._value and self._value[key] is None:
            return None
        try:
            return date.fromisoformat(self.text(key))
        except ValueError as damage:
            raise self.trouble(key) from damage

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, at least one."""
        value = self._value.get(key)
        if not isinstance(value, list) or not value:
            raise self.trouble(key)
        if not all(isinstance(text, str) and text for text in value):
            raise self.trouble(key)
        return tuple(value)

    def part(self, key: str) -> "FilePart":
        """Return a part of this part."""
        return FilePart(self._value.get(key), self._file, f"{self._place}{key}.")

    def names(self, key: str) -> bool:
        """Say whether the part names `key` at all, which it may leave out."""
        return key in self._value

    def has(self, key: str) -> bool:
        """Say whether a part is there; it must be named even when it is not."""
        if key not in self._value:
            raise self.trouble(key)
        return self._value[key] is not None

    def parts(self, key: str) -> "list[FilePart]":
        """Return a list of parts."""
        value = self._value.get(key)
        if not isinstance(value, list):
            raise self.trouble(key)
        return [
            FilePart(part, self._file, f"{self._place}{key}[{place}].")
            for place, part in enumerate(value)
        ]

    def standing(self) -> Standing:
        """Return how much a rule binds."""
        return cast(Standing, self.choice("standing", get_args(Standing)))

    def source(self) -> Source:
        """Return where a rule stands."""
        part = self.part("source")
        return Source(part.name("document"), part.name("lines"), part.standing())


def read_packs(folder: Path | None = None) -> dict[str, RulePack]:
    """Read all packs of fee rules, by code."""
    files = (folder or paths.resource("rulepacks")).glob("fees-*.json")
    packs = (read_pack(path) for path in sorted(files))
    return {pack.code: pack for pack in packs}


def read_pack(path: Path) -> RulePack:
    """Read one pack of fee rules."""
    whole = FilePart.of_file(path, "carehome/fee-rules/1")
    prepaid, refund = whole.part("prepaid"), whole.part("overheld_refund")
    deposit = None
    if whole.has("deposit"):
        part = whole.part("deposit")
        base = cast(DepositBase, part.choice("base", get_args(DepositBase)))
        deposit = DepositRule(base, part.whole("times"), part.source())
    return RulePack(
        whole.name("code"),
        whole.name("name"),
        whole.text("region"),
        whole.day("effective_from"),
        whole.standing(),
        whole.text("note"),
        deposit,
        PrepaidRule(prepaid.whole("months"), prepaid.source()),
        RefundRule(refund.whole("days"), refund.source()),
    )


def read_banned_charges(folder: Path | None = None) -> tuple[BannedCharge, ...]:
    """Read which charges are forbidden by name."""
    path = (folder or paths.resource("rulepacks")) / "banned-charges.json"
    found = []
    for part in FilePart.of_file(path, "carehome/banned-charges/1").parts("charges"):
        ownerships = part.texts("ownerships")
        if not set(ownerships) <= set(get_args(Ownership)):
            raise part.trouble("ownerships")
        whose = cast(tuple[Ownership, ...], ownerships)
        found.append(
            BannedCharge(part.texts("words"), whose, part.name("why"), part.source())
        )
    return tuple(found)


def read_vat_kinds(folder: Path | None = None) -> tuple[VatKind, ...]:
    """Read the kinds of care that are free of VAT (seed 003 L1049)."""
    path = (folder or paths.resource("rulepacks")) / "vat-exempt.json"
    whole = FilePart.of_file(path, "carehome/vat-exempt/1")
    source = whole.source()
    return tuple(
        VatKind(part.name("code"), part.name("name"), source)
        for part in whole.parts("kinds")
    )


def check_item_name(
    name: str, ownership: Ownership, banned: Sequence[BannedCharge]
) -> None:
    """Raise BannedName when a fee item of such a home may not be called so."""
    letters = unicodedata.normalize("NFKC", name)
    plain = "".join(letter for letter in letters if letter.isalnum())
    for charge in banned:
        for word in charge.words:
            if ownership in charge.ownerships and word in plain:
                source = charge.source.document
                raise BannedName(name=name, word=word, why=charge.why, source=source)


def check_guide_price(
    item: str, fen: int, ceiling_fen: int | None, ownership: Ownership
) -> None:
    """Raise AboveGuidePrice when a public home asks more than it may."""
    if ownership == "public" and ceiling_fen is not None and fen > ceiling_fen:
        raise AboveGuidePrice(item=item, ceiling=show_money(ceiling_fen))
