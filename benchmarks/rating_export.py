"""A submission folder of 100 items and 1,000 pages of evidence: time and memory.

The floor reads the same contents from the encrypted file and writes them to disk one
after the other, and writes the same pages by pypdf's own writer: what every program
must do. Memory is what the process needs at most above what it needed before, of
children that do one thing each.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from carehome.db.database import Database
from carehome.rules.periods import Period
from carehome.rules.rights import Role, User

ITEMS, FILES, PAGES = 100, 200, 5  # 1,000 pages in all
GOAL, MOST_MIB = 3.0, 150
USER = User(1, "director", Role.DIRECTOR)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def clock() -> datetime:
    """Return the moment of the export."""
    return NOW


def scan(number: int, pictures: Sequence[bytes]) -> bytes:
    """Return a scanned paper: five pages, a picture each; no two papers are alike."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    for page in range(PAGES):
        drawn = pictures[(number * PAGES + page) % len(pictures)]
        canvas.drawImage(ImageReader(BytesIO(drawn)), 0, 0, 595, 842)
        canvas.drawString(40, 20, f"{number}.{page}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def noise(grain: int) -> bytes:
    """Return a page as a scanner gives it, some 150 KiB."""
    from PIL import Image

    target = BytesIO()
    Image.effect_noise((620, 877), grain).save(target, "JPEG", quality=30)
    return target.getvalue()


def fill(folder: Path) -> Path:
    """Make a home with a self-assessment whose evidence has 1,000 pages."""
    from carehome.db import schema
    from carehome.services import home as homes
    from carehome.services.ratings.assessments import (
        Judgement,
        NewSelf,
        SelfAssessments,
    )
    from carehome.services.ratings.evidence import NewFile, RatingEvidence
    from carehome.services.ratings.tables import RatingTables

    path = folder / homes.FILE
    schema.create(path, b"k" * 32)
    db = Database(path, b"k" * 32)
    account = homes.NewAccount("director", "director", Role.DIRECTOR, "")
    with db.writing(homes.SET_UP, "home.create") as session:
        homes.furnish(session, homes.Profile("Home"), account, clock)
    tables, held = RatingTables(db, USER, clock), SelfAssessments(db, USER, clock)
    evidence = RatingEvidence(db, USER, clock)
    table_id = tables.take_practice()
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    self_id = held.begin(NewSelf("2026", table_id, year, 3))
    items = tables.listed()[0].items[:ITEMS]
    for item in items:
        held.judge(self_id, item.item_id or 0, Judgement(item.hundredths))
    pictures = [noise(grain) for grain in range(40, 60)]
    for number in range(FILES):
        item = items[number % ITEMS]
        file = NewFile(f"{number}.pdf", f"Scan {number}", scan(number, pictures), PAGES)
        evidence.attach(self_id, item.item_id, [file])
    db.close()
    return path


def run_folder(path: Path, out: Path) -> None:
    """Make the folder."""
    from carehome.services.ratings.export import RatingExports

    db = Database(path, b"k" * 32)
    exports = RatingExports(db, USER, clock)
    offer = exports.offers()[0]
    measured(lambda: exports.write(offer.self_id, out, lambda *_told: None))


def run_floor(path: Path, out: Path) -> None:
    """Read and write the same contents twice, as a PDF and file by file."""
    from pypdf import PdfWriter
    from sqlalchemy import select

    from carehome.db.ratings import RatingContentRow

    db = Database(path, b"k" * 32)

    def floor() -> None:
        writer = PdfWriter()
        with db.reading() as session:
            ids = list(session.scalars(select(RatingContentRow.id)))
            query = select(RatingContentRow.content)
            for each in ids:
                content = session.scalars(
                    query.where(RatingContentRow.id == each)
                ).one()
                (out / f"{each}.pdf").write_bytes(content)
                writer.append(BytesIO(content))
        writer.write(out / "all.pdf")

    measured(floor)


def measured(call: Callable[[], object]) -> None:
    """Print the seconds and MiB that a call takes on top."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    call()
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{seconds:.3f} {(after - before) / 1024:.0f}")


def child(what: str, path: Path) -> tuple[float, float]:
    """Run one of them in a process of its own."""
    with tempfile.TemporaryDirectory() as out:
        call = [sys.executable, "-m", "benchmarks.rating_export", what, str(path), out]
        told = subprocess.run(call, check=True, capture_output=True, text=True)
    seconds, mib = told.stdout.split()[-2:]
    return float(seconds), float(mib)


def main(rounds: int = 3) -> None:
    """Print time and memory beside the floor."""
    with tempfile.TemporaryDirectory() as folder:
        path = fill(Path(folder))
        print(f"{ITEMS} items, {FILES * PAGES} pages, {path.stat().st_size >> 20} MiB")
        ratios = []
        for _round in range(rounds):
            ours, floor = child("folder", path), child("floor", path)
            ratios.append(ours[0] / floor[0])
            print(
                f"folder {ours[0]:.2f} s {ours[1]:.0f} MiB   "
                f"floor {floor[0]:.2f} s {floor[1]:.0f} MiB   ratio {ratios[-1]:.2f}"
            )
        median = sorted(ratios)[len(ratios) // 2]
        print(f"median ratio {median:.2f} (goal {GOAL}), memory at most {MOST_MIB} MiB")


if __name__ == "__main__":
    RUNS = {"folder": run_folder, "floor": run_floor}
    if len(sys.argv) > 2:
        RUNS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
