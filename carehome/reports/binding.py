"""Pages of many PDFs bound into one, written to disk as they come.

Only one source is in memory at a time: a thousand scanned pages need no more than the
largest of them. Pages are copied as they are, without unpacking what they show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from carehome.reports.sheet import MM

INSET = 14 * MM  # the margin that a bound page leaves for its stamp
STAMP = NameObject("/CarehomeStamp")
_CATALOG, _PAGES, _OUTLINE = 1, 2, 3
_SHOWN = ("/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F", "/BM", "/CA")


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the outline, and the page of the body it leads to, counted from 0."""

    title: str
    page: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Jump:
    """A place that leads to a page of the body: left, low, right, top in points."""

    place: tuple[float, float, float, float]
    page: int


class Binding:
    """A PDF that grows on disk page by page."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[int, int] = {}
        self._front: list[int] = []
        self._body: list[int] = []
        self._next = _OUTLINE + 1
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    @property
    def pages(self) -> int:
        """Return how many pages the body has so far."""
        return len(self._body)

    def reserve(self) -> int:
        """Return the number of an object that is written later."""
        self._next += 1
        return self._next - 1

    def put(self, number: int, content: PdfObject) -> None:
        """Write an object to disk."""
        self._places[number] = self._file.tell()
        self._file.write(b"%d 0 obj\n" % number)
        content.write_to_stream(self._file)
        self._file.write(b"\nendobj\n")

    def add(self, content: PdfObject) -> IndirectObject:
        """Write an object to disk and return what refers to it."""
        number = self.reserve()
        self.put(number, content)
        return refer(number)

    def bind(self, page: DictionaryObject) -> None:
        """Write the next page of the body."""
        self._body.append(self._page(page))

    def bind_front(self, page: DictionaryObject, jumps: Iterable[Jump]) -> None:
        """Write the next page of those that come before the body."""
        notes = ArrayObject(self.add(self._jump(each)) for each in jumps)
        page[NameObject("/Annots")] = notes
        self._front.append(self._page(page))

    def _page(self, page: DictionaryObject) -> int:
        page[NameObject("/Type")] = NameObject("/Page")
        page[NameObject("/Parent")] = refer(_PAGES)
        number = self.reserve()
        self.put(number, page)
        return number

    def close(self, title: str, author: str, marks: Sequence[Mark]) -> None:
        """Write what holds the pages together."""
        kids = ArrayObject(map(refer, [*self._front, *self._body]))
        count = NumberObject(len(kids))
        self.put(_PAGES, dictionary(Type=NameObject("/Pages"), Kids=kids, Count=count))
        self._outline(marks)
        catalog = dictionary(
            Type=NameObject("/Catalog"),
            Pages=refer(_PAGES),
            Outlines=refer(_OUTLINE),
            PageMode=NameObject("/UseOutlines"),
        )
        self.put(_CATALOG, catalog)
        known = dictionary(
            Title=TextStringObject(title), Author=TextStringObject(author)
        )
        info = self.add(known)
        start = self._file.tell()
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n" % self._next)
        for number in range(1, self._next):
            self._file.write(b"%010d 00000 n \n" % self._places[number])
        trailer = dictionary(
            Size=NumberObject(self._next), Root=refer(_CATALOG), Info=info
        )
        self._file.write(b"trailer\n")
        trailer.write_to_stream(self._file)
        self._file.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)

    def _jump(self, jump: Jump) -> DictionaryObject:
        return dictionary(
            Type=NameObject("/Annot"),
            Subtype=NameObject("/Link"),
            Rect=numbers(jump.place),
            Border=numbers((0, 0, 0)),
            Dest=self._there(jump.page),
        )

    def _there(self, page: int) -> ArrayObject:
        return ArrayObject([refer(self._body[page]), NameObject("/Fit")])

    def _outline(self, marks: Sequence[Mark]) -> None:
        """Write the outline: each line knows its parent, neighbours and children."""
        numbers = [self.reserve() for _mark in marks]
        above: list[int] = []  # the last line of each level so far
        parents: list[int] = []
        for place, mark in enumerate(marks):
            del above[mark.level :]
            parents.append(above[-1] if above else -1)
            above.append(place)
        children: dict[int, list[int]] = {}
        for place, parent in enumerate(parents):
            children.setdefault(parent, []).append(place)
        for place, mark in enumerate(marks):
            parent = parents[place]
            line = dictionary(
                Title=TextStringObject(mark.title),
                Parent=refer(numbers[parent] if parent >= 0 else _OUTLINE),
                Dest=self._there(mark.page),
            )
            row = children[parent]
            at = row.index(place)
            if at > 0:
                line[NameObject("/Prev")] = refer(numbers[row[at - 1]])
            if at + 1 < len(row):
                line[NameObject("/Next")] = refer(numbers[row[at + 1]])
            _hold(line, [numbers[child] for child in children.get(place, ())], -1)
            self.put(numbers[place], line)
        top = dictionary(Type=NameObject("/Outlines"))
        _hold(top, [numbers[place] for place in children.get(-1, ())], 1)
        self.put(_OUTLINE, top)


def refer(number: int) -> IndirectObject:
    """Return what refers to an object by its number."""
    return IndirectObject(number, 0, None)


def _hold(line: DictionaryObject, children: Sequence[int], sign: int) -> None:
    """Name the first and last child, and how many there are; closed if negative."""
    if children:
        line[NameObject("/First")] = refer(children[0])
        line[NameObject("/Last")] = refer(children[-1])
        line[NameObject("/Count")] = NumberObject(sign * len(children))


def dictionary(**entries: PdfObject) -> DictionaryObject:
    """Return a dictionary by the names of its entries."""
    return DictionaryObject(
        (NameObject(f"/{key}"), value) for key, value in entries.items()
    )


def numbers(values: Iterable[float]) -> ArrayObject:
    """Return a list of numbers."""
    return ArrayObject(FloatObject(f"{value:.3f}") for value in values)
