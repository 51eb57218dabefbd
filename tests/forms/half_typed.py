"""A program of its own: types into a real dialog, says so, and waits to be killed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from carehome import i18n
from carehome.app.desk import STAFF
from carehome.app.window import make_shell
from carehome.services import home as homes
from carehome.services.drawer import Drawer
from carehome.ui.kit import garbage, theme
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.jobs import Jobs


def now() -> datetime:
    return datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def main(folder: str, password: str) -> int:
    i18n.use("zh_CN")
    app = QApplication(sys.argv[:1])
    garbage.collect_here(app)
    theme.use(app)
    jobs = Jobs(app)
    opened = homes.open_home(Path(folder), "director", password, now)
    shell = make_shell(opened, jobs, now)
    shell.show()
    section = shell.open_page(STAFF)
    section.add.click()
    while not section.findChildren(FormDialog):
        app.processEvents()
    dialog = section.findChildren(FormDialog)[-1]
    drawer = Drawer(opened.db, opened.user, now)

    def type_in() -> None:
        dialog.form.fields["name"].input.insert("王芳")
        dialog.form.fields["phone"].input.insert("13800")

    def tell() -> None:
        kept = drawer.look("draft:staff:0") or {}
        if set(kept.get("typed", {})) == {"name", "phone"}:
            print("typed", flush=True)
            look.stop()

    QTimer.singleShot(0, dialog, type_in)
    look = QTimer(app, interval=50)
    look.timeout.connect(tell)
    look.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
