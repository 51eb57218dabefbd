"""`carehome try`, which `make run` calls: a first look at the program."""

import os
import shutil
import sys
from datetime import date
from pathlib import Path

from carehome.commands import bill, demo, told
from carehome.i18n import _
from carehome.rules.periods import months_after
from carehome.services.billing import Billing
from carehome.services.home import FILE, OpenHome
from carehome.services.papers import Papers
from carehome.services.payments import Payments

_RECEIPTS = 3


def run(out: Path) -> None:
    """Open the demonstration home; without a display, do its month end in `out`."""
    home = out / "demo-home"
    if has_display():
        from carehome.commands import desktop  # noqa: PLC0415 - Qt, only for windows

        if not (home / FILE).exists():
            print(_("Making the demonstration home; this takes half a minute …"))
            demo.make(home, 1, told.today())
        raise SystemExit(desktop.run(home, None, practice=home))
    print(_("There is no display: the month end is done here, and drawn to files."))
    if home.exists():
        shutil.rmtree(home)
    demo.run(home, 1, told.today())
    for path in month_end(home, out):
        print(path)


def has_display() -> bool:
    """Say whether a window could be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def month_end(home: Path, out: Path) -> list[Path]:
    """Post the last whole month, take some payments, draw the pages; list the files."""
    month = months_after(told.today().replace(day=1), -1)
    papers = out / f"bills-{month:%Y-%m}.pdf"
    opened = told.sign_in(home, None)
    try:
        result = bill.compute(opened, month, post=True, pdf=papers)
        bill.say(month, result)
        receipts = _receipts(opened, month, out)
    finally:
        opened.db.close()
    from carehome.commands import screenshots  # noqa: PLC0415 - Qt, only for windows

    pictures = screenshots.draw(home, out / "pages")
    return [papers, *receipts, *pictures]


def _receipts(opened: OpenHome, month: date, out: Path) -> list[Path]:
    """Let the first families pay, and write their receipts."""
    payments = Payments(opened.db, opened.user, told.now)
    papers = Papers(opened.db, opened.user, told.now)
    written = []
    for posted in Billing(opened.db, opened.user, told.now).bills(month)[:_RECEIPTS]:
        owed = payments.account(posted.resident_id).owed
        if owed > 0:
            number = payments.take(posted.resident_id, owed, "wechat", told.today())
            path = out / f"receipt-{number:06d}.pdf"
            papers.write_receipt(number, path)
            written.append(path)
    return written
