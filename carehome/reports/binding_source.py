"""Where bound pages come from: one document, whose shared parts are copied once."""

from collections.abc import Iterable

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)

from carehome.reports.binding import Binding, Jump, dictionary, numbers, refer
from carehome.reports.sheet import A4, MM

STRIP = 14.0  # the height of the stamp in the margin, in millimetres
INSET = STRIP * MM
STAMP = NameObject("/CarehomeStamp")
LARGEST = 1.6  # a small page is not blown up beyond this
_SHOWN = ("/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F", "/BM", "/CA")


class PageIncomplete(ValueError):
    """A page refers to something to draw that its file does not hold."""


class Source:
    """Copies pages of one document into a binding; shared parts are copied once."""

    def __init__(self, binding: Binding) -> None:
        self._binding = binding
        self._known: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[int, IndirectObject]] = []

    def bind_front(self, page: PageObject, jumps: Iterable[Jump]) -> None:
        """Copy a page as it is to those that come before the body."""
        copy = dictionary(
            MediaBox=numbers(map(float, page.mediabox)),
            Resources=self._resources(page),
            Contents=ArrayObject(self._contents(page)),
        )
        self._finish()
        self._binding.bind_front(copy, jumps)

    def bind_small(self, page: PageObject, stamp: int) -> bool:
        """Copy a page onto A4, a little smaller, with a stamp in the margin above.

        Say whether the page lies: its stamp must be as wide as it.
        """
        fit = _Fit(page)
        resources = self._resources(page)
        drawn = DictionaryObject(resolved(resources.get("/XObject")))
        drawn[STAMP] = refer(stamp)
        resources[NameObject("/XObject")] = drawn
        contents = [
            self._binding.add(stream_of(fit.before)),
            *self._contents(page),
            self._binding.add(stream_of("\nQ\n")),
        ]
        copy = dictionary(
            MediaBox=numbers((0, 0, *fit.size)),
            Resources=resources,
            Contents=ArrayObject(contents),
            Annots=ArrayObject(self._notes(page, fit)),
        )
        if fit.turn:
            copy[NameObject("/Rotate")] = NumberObject(fit.turn)
        if (group := page.get("/Group")) is not None:
            copy[NameObject("/Group")] = self._copied(group)
        self._finish()
        self._binding.bind(copy)
        return fit.lies

    def put_form(self, number: int, page: PageObject) -> None:
        """Copy what a page shows, under a number reserved for it, for pages to draw."""
        contents = page.get_contents()
        plain = DecodedStreamObject()
        plain.set_data(b"" if contents is None else contents.get_data())
        drawn = plain.flate_encode()
        drawn.update(
            dictionary(
                Type=NameObject("/XObject"),
                Subtype=NameObject("/Form"),
                BBox=numbers(map(float, page.mediabox)),
                Resources=self._resources(page),
            )
        )
        self._finish()
        self._binding.put(number, drawn)

    def _resources(self, page: PageObject) -> DictionaryObject:
        found = resolved(page.get_inherited("/Resources", None))
        copy = DictionaryObject()
        for key, value in found.items():
            inner = resolved(value) if key == "/XObject" else value
            copy[NameObject(key)] = self._copied(inner)
        return copy

    def _contents(self, page: PageObject) -> list[PdfObject]:
        """Return references to what a page draws, as it lies packed in its file."""
        raw = page.raw_get("/Contents") if "/Contents" in page else ArrayObject()
        whole = raw.get_object()
        parts = whole if isinstance(whole, ArrayObject) else ArrayObject([raw])
        for part in parts:
            if not isinstance(part.get_object(), StreamObject):
                raise PageIncomplete
        return [self._copied(part) for part in parts]

    def _notes(self, page: PageObject, fit: "_Fit") -> list[PdfObject]:
        """Copy what lies upon a page, such as a seal; links would lead nowhere."""
        found: list[PdfObject] = []
        for each in resolved_list(page.get("/Annots")):
            note = each.get_object()
            if not isinstance(note, DictionaryObject) or "/AP" not in note:
                continue
            if note.get("/Subtype") in ("/Link", "/Popup"):
                continue
            copy = DictionaryObject(
                (NameObject(key), self._copied(note.raw_get(key)))
                for key in _SHOWN
                if key in note
            )
            place = RectangleObject(resolved_list(note["/Rect"]))
            copy[NameObject("/Rect")] = numbers(fit.placed(place))
            found.append(self._binding.add(copy))
        return found

    def _copied(self, value: PdfObject) -> PdfObject:
        """Return a copy whose references are those of the binding."""
        if isinstance(value, IndirectObject):
            return self._referred(value)
        if isinstance(value, StreamObject):  # met where it was referred to: once
            value.update(self._entries(value))
            return value
        if isinstance(value, DictionaryObject):
            if value.get("/Type") in ("/Page", "/Pages"):  # a way back to the source
                return NullObject()
            return DictionaryObject(self._entries(value))
        if isinstance(value, ArrayObject):
            return ArrayObject(self._copied(value[at]) for at in range(len(value)))
        return value

    def _entries(self, value: DictionaryObject) -> dict[NameObject, PdfObject]:
        return {
            NameObject(key): self._copied(value.raw_get(key))
            for key in value
            if key != "/Length"
        }

    def _referred(self, value: IndirectObject) -> PdfObject:
        key = value.idnum, value.generation
        if key not in self._known:
            self._known[key] = self._binding.reserve()
            self._waiting.append((self._known[key], value))
        return refer(self._known[key])

    def _finish(self) -> None:
        """Write all that was referred to so far, and what that refers to."""
        while self._waiting:
            number, value = self._waiting.pop()
            content = value.get_object()
            kept = NullObject() if content is None else self._copied(content)
            self._binding.put(number, kept)


class _Fit:
    """How a page gets onto A4 with a margin above: turned as it is, never cut."""

    def __init__(self, page: PageObject) -> None:
        box = page.cropbox
        self.turn = int(page.rotation) % 360
        wide, high = float(box.width), float(box.height)
        is_turned = self.turn in (90, 270)
        seen = (high, wide) if is_turned else (wide, high)
        short, long = A4[0] * MM, A4[1] * MM
        self.lies = seen[0] > seen[1]
        paper = (long, short) if self.lies else (short, long)
        room = paper[0] - INSET, paper[1] - 2 * INSET
        self.scale = min(room[0] / seen[0], room[1] / seen[1], LARGEST)
        left = (paper[0] - seen[0] * self.scale) / 2
        low = (paper[1] - INSET - seen[1] * self.scale) / 2
        self.size = (paper[1], paper[0]) if is_turned else paper
        self._box = (float(box.left), float(box.bottom), wide, high)
        above = paper[1] - low - seen[1] * self.scale
        corner = {
            0: (left, low),
            90: (above, left),
            180: (left, above),
            270: (low, left),
        }[self.turn]
        self._shift = (
            corner[0] - self._box[0] * self.scale,
            corner[1] - self._box[1] * self.scale,
        )
        self._raise = f"1 0 0 1 0 {paper[1] - INSET:.3f}"
        self._upright = {
            0: (1, 0, 0, 1, 0, 0),
            90: (0, 1, -1, 0, self.size[0], 0),
            180: (-1, 0, 0, -1, *self.size),
            270: (0, -1, 1, 0, 0, self.size[1]),
        }[self.turn]

    @property
    def before(self) -> str:
        """Return what is drawn first: the stamp, then the place of the page."""
        upright = " ".join(f"{each:g}" for each in self._upright)
        place = f"{self.scale:.5f} 0 0 {self.scale:.5f}"
        shift = " ".join(f"{each:.3f}" for each in self._shift)
        box = " ".join(f"{each:.3f}" for each in self._box)
        stamp = f"q {upright} cm {self._raise} cm {STAMP} Do Q"
        return f"{stamp}\nq {place} {shift} cm {box} re W n\n"

    def placed(self, place: RectangleObject) -> list[float]:
        """Return where a place of the page comes to lie."""
        (x1, y1), (x2, y2) = place.lower_left, place.upper_right
        dx, dy = self._shift
        return [
            float(x1) * self.scale + dx,
            float(y1) * self.scale + dy,
            float(x2) * self.scale + dx,
            float(y2) * self.scale + dy,
        ]


def resolved(value: PdfObject | None) -> DictionaryObject:
    """Return a dictionary, wherever it is kept; an empty one where there is none."""
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def resolved_list(value: PdfObject | None) -> ArrayObject:
    """Return a list, wherever it is kept; an empty one where there is none."""
    found = value.get_object() if value is not None else None
    return found if isinstance(found, ArrayObject) else ArrayObject()


def stream_of(text: str) -> DecodedStreamObject:
    """Return a few words of drawing."""
    stream = DecodedStreamObject()
    stream.set_data(text.encode("ascii"))
    return stream
