"""Templates of the agreement: checked when they are read in, filled when used.

A template names fields and lists and may leave a part out; nothing else is let in, and
it is filled in a sandbox without functions: a template is text, never a program.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.reports.agreements.packing import packed
from carehome.reports.agreements.reading import paragraphs
from carehome.rules import agreement_text
from carehome.rules.agreement_text import ClauseGroup

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 60 * 2**20
MOST_PARTS = 2000
BLANK = "_" * 12  # a line to fill in by hand
SHORT = 40  # characters: a bold paragraph up to here is taken for a heading
SHOWN = 24  # characters of a paragraph that say which one it is
_MARK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# A field, a field of a row, "if", "for" and their ends; "p" and "tr" before them take
# the whole paragraph or row of a table along.
_PLAIN = re.compile(
    r"\{\{-?\s*[\w.]+\s*-?\}\}"
    r"|\{%-?\s*(?:p\s|tr\s|tc\s)?\s*(?:else|endif|endfor|for \w+ in \w+"
    r"|(?:el)?if(?:\s+\w+(?:\.\w+)?)+)\s*-?%\}"
    r"|\{#.*#\}",
    re.DOTALL,
)
_NOTE = re.compile(r"\{#(.*?)#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_OF_LOOP = frozenset({"index", "first", "last"})


class NoWordFile(Refusal):
    """The file is no Word document."""

    text = N_(
        "“{name}” is not a Word document that can be read. In Word or WPS save it as "
        "“.docx” and choose it again."
    )


class TemplateTooBig(Refusal):
    """A template is bigger than any text is."""

    text = N_(
        "“{name}” is too large for a template. Leave out large pictures; at most "
        "{most} MB can be kept."
    )


class HasMacros(Refusal):
    """A template brings programs or foreign objects along."""

    text = N_(
        "“{name}” holds macros or embedded objects. Save it as “.docx” without them."
    )


class UnknownField(Refusal):
    """A template asks for something the program does not know."""

    text = N_(
        "The field “{field}” is not known (in the paragraph “{place}”). Use the names "
        "of the list of fields."
    )


class BrokenMark(Refusal):
    """The signs of a field do not fit together."""

    text = N_(
        "A field is not written right (in the paragraph “{place}”). A field looks like "
        "{example}; each {begin} needs its end."
    )


class MarkNotAllowed(Refusal):
    """A template wants to compute something."""

    text = N_(
        "“{mark}” is not allowed in a template (in the paragraph “{place}”). Only the "
        "fields of the list can be filled in."
    )


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """What is worth a word about a template that can be filled."""

    fields: int
    missing: tuple[ClauseGroup, ...] = ()
    has_pictures: bool = False


def check_template(content: bytes, name: str) -> TemplateCheck:
    """Return what is missing in a template; refuse one that cannot be filled."""
    _check_file(content, name)
    template = _opened(content, name)
    told = list(_told(template))
    texts = [text for text, _heading in told]
    for text in texts:
        if _LOOSE.search(_MARK.sub("", text)):
            raise _broken(text)
        for mark in _MARK.findall(text):
            if not _PLAIN.fullmatch(mark):
                raise MarkNotAllowed(mark=mark, place=text[:SHOWN])
    _Marks(texts).check(_source(template), texts)
    headings = [text for text, is_heading in told if is_heading]
    missing = tuple(
        group
        for group in agreement_text.model().required
        if not any(word in text for word in group.words for text in headings)
    )
    marks = [mark for text in texts for mark in _MARK.findall(text)]
    fields = sum(mark.startswith("{{") for mark in marks)
    drawn = template.docx.element.body.xpath(".//w:drawing | .//w:pict")
    return TemplateCheck(fields, missing, bool(drawn))


def fill_template(
    content: bytes,
    values: Mapping[str, str | bool],
    lists: Mapping[str, Sequence[Mapping[str, str]]],
) -> bytes:
    """Return the text with its fields filled; what is empty becomes a line.

    Values and lists come by their codes, a template knows them by their names.
    """
    from docxtpl import DocxTemplate  # noqa: PLC0415 - heavy, needed to draw up

    known = agreement_text.fields()
    told: dict[str, Any] = {}
    for field in known.single:
        value = values[field.code]
        told[field.name] = value if value or isinstance(value, bool) else BLANK
    for each in known.lists:
        told[each.name] = [
            {column.name: row[column.code] for column in each.columns}
            for row in lists[each.code]
        ]
    template = DocxTemplate(io.BytesIO(content))
    template.render(told, _environment())
    return packed(template)


def _environment() -> SandboxedEnvironment:
    """Return where templates are filled: values are text, nothing can be called."""
    from jinja2 import StrictUndefined  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    made = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    for supply in (made.globals, made.filters, made.tests):
        supply.clear()
    return made


def _check_file(content: bytes, name: str) -> None:
    """Refuse what is no plain Word file before anything opens it."""
    if len(content) > MOST_BYTES:
        raise TemplateTooBig(name=name, most=MOST_BYTES >> 20)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = file.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
            if "word/document.xml" not in names:
                raise NoWordFile(name=name)
            if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
                raise TemplateTooBig(name=name, most=MOST_BYTES >> 20)
            types = file.read("[Content_Types].xml")
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError) as error:
        raise NoWordFile(name=name) from error
    foreign = ("vbaProject", "activeX", "word/embeddings/")
    if b"macroEnabled" in types or any(
        sign in each for sign in foreign for each in names
    ):
        raise HasMacros(name=name)


def _opened(content: bytes, name: str) -> DocxTemplate:
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from docxtpl import DocxTemplate  # noqa: PLC0415
    from lxml.etree import (  # type: ignore[import-untyped]  # noqa: PLC0415
        XMLSyntaxError,
    )

    template = DocxTemplate(io.BytesIO(content))
    try:
        template.init_docx()
    except (
        OpcError,
        XMLSyntaxError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
    ) as error:
        raise NoWordFile(name=name) from error
    return template


def _told(template: DocxTemplate) -> Iterator[tuple[str, bool]]:
    """Yield the text of each paragraph, and whether it looks like a heading."""
    heading = re.compile(agreement_text.model().heading)
    for paragraph, is_body in paragraphs(template.docx):
        text = paragraph.text.strip()
        runs = [run for run in paragraph.runs if run.text.strip()]
        style = (paragraph.style.name or "") if paragraph.style else ""
        is_heading = is_body and (
            style.startswith(("Heading", "Title"))
            or bool(heading.match(text))
            or (0 < len(text) <= SHORT and all(run.bold for run in runs))
        )
        yield text, is_heading
        for note in _NOTE.findall(text):
            yield note, True


def _source(template: DocxTemplate) -> str:
    """Return all parts of a template in which fields are filled, as one text."""
    parts = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _key, part in template.get_headers_footers(uri):
            xml = template.get_part_xml(part)
            parts.append(template.patch_xml(xml))
    notes = template.docx.part.package.iter_parts()
    parts += [
        template.patch_xml(part.blob.decode("utf-8"))
        for part in notes
        if part.partname.endswith(("footnotes.xml", "endnotes.xml"))
    ]
    core = template.docx.core_properties
    parts += [core.author, core.comments, core.identifier, core.language]
    parts += [core.subject, core.title, core.keywords, core.category]
    return "\n".join(parts)


class _Marks:
    """Judges what a template asks for, and says in which paragraph it does."""

    def __init__(self, texts: Sequence[str]) -> None:
        known = agreement_text.fields()
        self._texts = texts
        self._single = {field.name for field in known.single}
        self._lists = {
            each.name: {column.name for column in each.columns} for each in known.lists
        }

    def check(self, source: str, texts: Sequence[str]) -> None:
        """Refuse everything but fields, lists and parts that may be left out."""
        from jinja2 import TemplateError  # noqa: PLC0415

        try:
            tree = _environment().parse(source)
        except TemplateError as error:
            marked = [text for text in texts if "{%" in text]
            raise _broken(self._where(str(error.message), marked)) from error
        self._walk(tree, {})

    def _walk(self, node: Any, rows: Mapping[str, set[str]]) -> None:
        from jinja2 import nodes  # noqa: PLC0415

        match node:
            case nodes.For():
                self._walk_rows(node, rows)
            case nodes.Getattr(node=nodes.Name(name=row), attr=column):
                self._check_column(row, column, rows)
            case nodes.Name(name=name):
                if name not in self._single:
                    raise UnknownField(field=name, place=self._place(name))
            case (
                nodes.Template()
                | nodes.Output()
                | nodes.TemplateData()
                | nodes.If()
                | nodes.Not()
                | nodes.And()
                | nodes.Or()
            ):
                for child in node.iter_child_nodes():
                    self._walk(child, rows)
            case _:
                self._refuse(node)

    def _walk_rows(self, loop: Any, rows: Mapping[str, set[str]]) -> None:
        from jinja2 import nodes  # noqa: PLC0415

        plain = isinstance(loop.iter, nodes.Name) and isinstance(
            loop.target, nodes.Name
        )
        if not plain or loop.test or loop.recursive:
            self._refuse(loop)
        name = loop.iter.name
        if name not in self._lists:
            raise UnknownField(field=name, place=self._place(name))
        inner = {**rows, loop.target.name: self._lists[name], "loop": set(_OF_LOOP)}
        for child in [*loop.body, *loop.else_]:
            self._walk(child, inner)

    def _check_column(
        self, row: str, column: str, rows: Mapping[str, set[str]]
    ) -> None:
        if row not in rows or column not in rows[row]:
            name = f"{row}.{column}"
            raise UnknownField(field=name, place=self._place(row))

    def _refuse(self, node: Any) -> None:
        """Refuse what a mark wants, which can only be an expression of some kind."""
        raise MarkNotAllowed(mark=type(node).__name__, place=self._texts[0][:SHOWN])

    def _place(self, word: str) -> str:
        return next((text for text in self._texts if word in text), "")[:SHOWN]

    def _where(self, message: str, marked: Sequence[str]) -> str:
        """Return the paragraph an error is about, else the first with a condition."""
        words = re.findall(r"'([^']+)'", message)
        found = (text for word in words for text in marked if word in text)
        return next(found, marked[0] if marked else "")


def _broken(text: str) -> BrokenMark:
    example = "{{" + agreement_text.fields().single[0].name + "}}"
    return BrokenMark(place=text[:SHOWN], example=example, begin="{%")
