"""Scanned papers of a resident, kept inside the encrypted file."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.residents import MOST_PAPER_BYTES, PaperRow
from carehome.errors import Refusal, Trouble
from carehome.i18n import N_

_STARTS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


class PaperTooBig(Refusal):
    """A scan is bigger than anybody needs."""

    text = N_(
        "“{name}” has {size} MB; at most {most} MB can be kept. Scan it with a lower "
        "resolution or in parts."
    )


class PaperUnknown(Refusal):
    """The file is neither a PDF nor a picture, whatever it is called."""

    text = N_(
        "“{name}” is not a PDF, JPG or PNG file. Scan the document as one of these."
    )


class PaperEmpty(Refusal):
    """There is nothing in the file."""

    text = N_("“{name}” is empty. Scan the document again.")


class PaperKept(Refusal):
    """One scan is enough."""

    text = N_("The same scan is kept already as “{title}”.")


class PaperUnreadable(Trouble):
    """The computer does not give the file."""

    text = N_("“{name}” cannot be read ({reason}). Check the file or the USB stick.")


@dataclass(frozen=True, slots=True)
class Paper:
    """One scanned paper, without its content."""

    paper_id: int
    kind: str
    title: str
    file_name: str
    size: int
    added_at: datetime
    agreement_id: int | None = None


def read_paper(path: Path) -> bytes:
    """Return the content of a scan, checked before it is kept."""
    try:
        size = path.stat().st_size
        if size > MOST_PAPER_BYTES:
            raise PaperTooBig(
                name=path.name,
                size=f"{size / 2**20:.1f}",
                most=MOST_PAPER_BYTES // 2**20,
            )
        content = path.read_bytes()
    except OSError as error:
        raise PaperUnreadable(name=path.name, reason=error.strerror) from error
    if not content:
        raise PaperEmpty(name=path.name)
    if not content.startswith(tuple(_STARTS)):
        raise PaperUnknown(name=path.name)
    return content


def add_paper_in(
    session: Session,
    resident_id: int,
    kind: str,
    title: str,
    file_name: str,
    content: bytes,
    now: datetime,
    agreement_id: int | None = None,
) -> int:
    """Keep a scan that has been read and checked, perhaps that of an agreement."""
    digest = hashlib.sha256(content).hexdigest()
    same = session.scalar(
        select(PaperRow).where(
            PaperRow.resident_id == resident_id, PaperRow.sha256 == digest
        )
    )
    if same is not None:
        raise PaperKept(title=same.title)
    row = PaperRow(
        resident_id=resident_id,
        agreement_id=agreement_id,
        kind=kind,
        title=title.strip() or Path(file_name).stem,
        file_name=file_name,
        size=len(content),
        sha256=digest,
        added_at=now,
        content=content,
    )
    session.add(row)
    session.flush()
    return row.id


def papers_in(session: Session, resident_id: int) -> list[Paper]:
    """List the papers of a resident, newest first."""
    rows = session.scalars(
        select(PaperRow)
        .where(PaperRow.resident_id == resident_id)
        .order_by(PaperRow.added_at.desc(), PaperRow.id.desc())
    )
    return [
        Paper(
            row.id,
            row.kind,
            row.title,
            row.file_name,
            row.size,
            row.added_at.replace(tzinfo=UTC),
            row.agreement_id,
        )
        for row in rows
    ]
