"""Layouts that the home teaches: which column of an unknown bank tells what."""

from collections.abc import Mapping
from dataclasses import dataclass

from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.bank.layouts import AMOUNTS, LABELS, Field, Kind, Layout, shipped
from carehome.rules.home import NameMissing
from carehome.rules.roll.lists import Titles
from carehome.rules.roll.words import fold

OWN = "own-"  # how the codes of taught layouts begin
_NEEDED = (Field.DAY, Field.BALANCE)
_BREAKS = str.maketrans("\uff0c\u3001\uff1b;/", ",,,,,")


class ColumnsMissing(Refusal):
    """A layout must tell the day, the balance and the amount."""

    text = N_(
        "Say also in which column these stand: {columns}. Amounts stand in one column, "
        "in two (in and out), or beside a word that says in or out."
    )


class ColumnTwice(Refusal):
    """One column tells one thing."""

    text = N_("The column “{title}” is chosen twice. Each column tells one thing.")


class WordsMissing(Refusal):
    """Where a word says in or out, both words are known."""

    text = N_("Type the words by which this bank says money in, and money out.")


@dataclass(frozen=True, slots=True)
class Taught:
    """What somebody said of a bank's columns: the title of each field."""

    name: str
    titles: Mapping[Field, str]
    words_in: str = ""
    words_out: str = ""

    @property
    def kind(self) -> Kind:
        """How the layout tells money that comes from money that goes."""
        if Field.IN in self.titles or Field.OUT in self.titles:
            return Kind.TWO_COLUMNS
        return Kind.FLAG if Field.FLAG in self.titles else Kind.SIGNED


def check(taught: Taught) -> None:
    """Raise unless a statement can be read by what was said."""
    if not taught.name.strip():
        raise NameMissing(field=_("name of the layout"))
    needed = (*_NEEDED, *AMOUNTS[taught.kind])
    missing = [field for field in needed if field not in taught.titles]
    if missing:
        raise ColumnsMissing(columns=_(", ").join(_(LABELS[each]) for each in missing))
    seen: set[str] = set()
    for title in taught.titles.values():
        if title in seen:
            raise ColumnTwice(title=title)
        seen.add(title)
    words = words_of(taught.words_in), words_of(taught.words_out)
    if taught.kind is Kind.FLAG and not all(words):
        raise WordsMissing


def words_of(typed: str) -> tuple[str, ...]:
    """Return the words that were typed, parted by commas."""
    return tuple(filter(None, (w.strip() for w in typed.translate(_BREAKS).split(","))))


def layout_of(code: str, taught: Taught) -> Layout:
    """Return a taught layout; what stands around the lines is as elsewhere."""
    known = shipped()
    amounts = AMOUNTS[taught.kind]
    exact = {fold(title): field for field, title in taught.titles.items()}
    required = (Field.DAY, *amounts, Field.BALANCE)
    signs = {1: taught.words_in, -1: taught.words_out}
    return Layout(
        code,
        taught.name,
        taught.kind,
        Titles(exact, (), required, amounts[0], len(exact)),
        {word: what for each in known for word, what in each.captions.items()},
        {fold(w): sign for sign, typed in signs.items() for w in words_of(typed)},
        frozenset(word for each in known for word in each.totals),
        tuple({word for each in known for word in each.skipped}),
    )
