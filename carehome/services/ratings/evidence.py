"""Evidence of a self-assessment: files kept encrypted, in item order on paper."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from carehome.db.ratings import (
    MOST_FILE_BYTES,
    RatingContentRow,
    RatingFileRow,
    RatingItemRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.ratings.judging import EvidenceFile
from carehome.rules.rights import Right
from carehome.services.ratings.assessed import files_in, open_self_in
from carehome.services.residents.papers import (
    PaperEmpty,
    PaperTooBig,
    PaperUnreadable,
)
from carehome.services.safety.photos import MOST_FILE_BYTES as MOST_PHOTO_BYTES
from carehome.services.safety.photos import PictureKind, make_picture
from carehome.services.service import Service, needs

PDF = b"%PDF-"
JPEGS = (".jpg", ".jpeg")
ASIDE = 1_000_000  # where numbers wait while they change places


class EvidenceKind(Refusal):
    """A file that cannot be bound: a letter, a table, a film."""

    text = N_(
        "“{name}” is neither a PDF nor a photo. Save a letter or a table as a PDF, "
        "and attach that."
    )


class PdfBroken(Refusal):
    """A PDF that no program can open, or that asks for a password."""

    text = N_(
        "“{name}” cannot be opened: it is damaged or asks for a password. Save it "
        "once more without a password, and try again."
    )


class FileAttached(Refusal):
    """One copy at an item is enough."""

    text = N_("The same file is attached to this item already as “{title}”.")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file ready to be kept: a PDF as it is, or a picture made small."""

    file_name: str
    title: str
    content: bytes
    pages: int


def read_file(path: Path) -> NewFile:
    """Read a piece of evidence and check it before it is kept."""
    try:
        if path.stat().st_size > MOST_PHOTO_BYTES:
            raise _too_big(path, path.stat().st_size)
        content = path.read_bytes()
    except OSError as error:
        raise PaperUnreadable(name=path.name, reason=error.strerror) from error
    if not content:
        raise PaperEmpty(name=path.name)
    if not content.startswith(PDF):
        return _photo(path, content)
    if len(content) > MOST_FILE_BYTES:
        raise _too_big(path, len(content))
    return NewFile(path.name, path.stem, content, _pages(path.name, content))


class RatingEvidence(Service):
    """What one person can do with evidence."""

    @needs(Right.SEE_RATING)
    def of_whole(self, self_id: int) -> tuple[EvidenceFile, ...]:
        """List the files of the whole, in their order."""
        with self._reading() as session:
            return files_in(session, self_id).get(None, ())

    @needs(Right.JUDGE_RATING)
    def attach(
        self, self_id: int, item_id: int | None, files: Sequence[NewFile]
    ) -> list[int]:
        """Attach files to an item, or to the whole; return their ids."""
        with self._writing() as session:
            open_self_in(session, self_id)
            return [self._attach(session, self_id, item_id, each) for each in files]

    @needs(Right.JUDGE_RATING)
    def take_earlier(self, self_id: int, item_id: int) -> int:
        """Attach what the earlier self-assessment had for an item; say how many."""
        with self._writing() as session:
            row = open_self_in(session, self_id)
            item = session.get_one(RatingItemRow, item_id)
            query = (
                select(RatingFileRow)
                .join(RatingItemRow, RatingItemRow.id == RatingFileRow.item_id)
                .where(RatingFileRow.self_id == row.carried_from)
                .where(RatingItemRow.code == item.code)
                .order_by(RatingFileRow.number)
            )
            kept = _contents_at(session, self_id, item_id)
            found = [
                each for each in session.scalars(query) if each.content_id not in kept
            ]
            for each in found:
                new = each.title, each.file_name, each.content_id, each.pages
                self._add(session, self_id, item_id, *new)
            return len(found)

    @needs(Right.JUDGE_RATING)
    def remove(self, file_id: int) -> None:
        """Take a file away from an open self-assessment."""
        with self._writing() as session:
            row = session.get_one(RatingFileRow, file_id)
            open_self_in(session, row.self_id)
            session.delete(row)

    @needs(Right.SEE_RATING)
    def content(self, file_id: int) -> bytes:
        """Return what a file holds: a PDF or a JPEG."""
        with self._reading() as session:
            query = (
                select(RatingContentRow)
                .join(RatingFileRow, RatingFileRow.content_id == RatingContentRow.id)
                .where(RatingFileRow.id == file_id)
                .options(undefer(RatingContentRow.content))
            )
            return session.scalars(query).one().content

    def _attach(
        self, session: Session, self_id: int, item_id: int | None, new: NewFile
    ) -> int:
        content_id = kept_in(session, new.content)
        kept = _contents_at(session, self_id, item_id)
        if content_id in kept:
            raise FileAttached(title=kept[content_id])
        return self._add(
            session, self_id, item_id, new.title, new.file_name, content_id, new.pages
        )

    def _add(
        self,
        session: Session,
        self_id: int,
        item_id: int | None,
        title: str,
        file_name: str,
        content_id: int,
        pages: int | None,
    ) -> int:
        of_self = RatingFileRow.self_id == self_id
        last = session.scalar(select(func.max(RatingFileRow.number)).where(of_self))
        row = RatingFileRow(
            self_id=self_id,
            item_id=item_id,
            number=(last or 0) + 1,
            title=title,
            file_name=file_name,
            content_id=content_id,
            pages=pages,
            added_at=self._now(),
            added_by=self._user.name,
        )
        session.add(row)
        session.flush()
        return row.id


def number_in(session: Session, self_id: int) -> None:
    """Number files in the order of the items, those of the whole first."""
    query = (
        select(RatingFileRow)
        .outerjoin(RatingItemRow, RatingItemRow.id == RatingFileRow.item_id)
        .where(RatingFileRow.self_id == self_id)
        .order_by(RatingItemRow.position.nulls_first(), RatingFileRow.number)
    )
    moved = [
        (number, row)
        for number, row in enumerate(session.scalars(query), 1)
        if row.number != number
    ]
    for number, row in moved:
        row.number = ASIDE + number
    session.flush()
    for number, row in moved:
        row.number = number
    session.flush()


def kept_in(session: Session, content: bytes) -> int:
    """Keep bytes, once however often they are attached; return their id."""
    digest = hashlib.sha256(content).hexdigest()
    query = select(RatingContentRow.id).where(RatingContentRow.sha256 == digest)
    if (same := session.scalar(query)) is not None:
        return same
    row = RatingContentRow(sha256=digest, size=len(content), content=content)
    session.add(row)
    session.flush()
    return row.id


def _contents_at(session: Session, self_id: int, item_id: int | None) -> dict[int, str]:
    """Return which contents an item has already, and what they are called."""
    query = select(RatingFileRow.content_id, RatingFileRow.title).where(
        RatingFileRow.self_id == self_id,
        RatingFileRow.item_id.is_not_distinct_from(item_id),
    )
    return dict(session.execute(query).all())


def _photo(path: Path, content: bytes) -> NewFile:
    """Make a photo small; it is a JPEG from then on, and is called one."""
    try:
        picture = make_picture(path.name, content)
    except PictureKind as error:
        raise EvidenceKind(name=path.name) from error
    name = path if path.suffix.lower() in JPEGS else path.with_suffix(".jpg")
    return NewFile(name.name, path.stem, picture.content, 1)


def _pages(name: str, content: bytes) -> int:
    from pypdf import PdfReader  # noqa: PLC0415 - heavy
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - heavy

    try:
        reader = PdfReader(BytesIO(content))
        pages = 0 if reader.is_encrypted else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise PdfBroken(name=name) from error
    if not pages:
        raise PdfBroken(name=name)
    return pages


def _too_big(path: Path, size: int) -> PaperTooBig:
    shown, most = f"{size / 2**20:.1f}", MOST_FILE_BYTES // 2**20
    return PaperTooBig(name=path.name, size=shown, most=most)
