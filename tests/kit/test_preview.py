import io

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from reportlab.lib.pagesizes import A4, A5
from reportlab.pdfgen.canvas import Canvas

from carehome.ui.kit.dialogs import MessageDialog
from carehome.ui.kit.preview import PdfPreview
from carehome.ui.kit.printing import printer_for

LEFT = Qt.MouseButton.LeftButton


def _pdf(pages, size=A4):
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    for number in range(pages):
        canvas.drawString(60, 60, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def preview(jobs, shown):
    preview = PdfPreview(jobs)
    preview.resize(700, 500)
    preview.show_bytes(_pdf(3), "账单.pdf")
    return shown(preview)


def test_an_empty_preview_offers_nothing(qapp, jobs, shown):
    preview = shown(PdfPreview(jobs))
    assert not preview.print.isEnabled()
    assert not preview.save.isEnabled()


def test_a_preview_says_where_one_is(preview):
    assert preview.page.text() == "第 1 / 3 页"
    assert not preview.back.isEnabled()


def test_pages_are_turned_by_mouse_and_keys(qtbot, preview):
    qtbot.mouseClick(preview.on, LEFT)
    assert preview.page.text() == "第 2 / 3 页"
    qtbot.mouseClick(preview.on, LEFT)
    assert not preview.on.isEnabled()
    qtbot.keyClick(preview, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: preview.page.text() == "第 2 / 3 页")


def test_a_page_fits_the_width_until_one_zooms(qtbot, preview):
    mode = preview.view.ZoomMode
    assert preview.view.zoomMode() is mode.FitToWidth
    qtbot.keyClick(preview, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: preview.view.zoomMode() is mode.Custom)
    zoomed = preview.view.zoomFactor()
    qtbot.mouseClick(preview.smaller, LEFT)
    assert preview.view.zoomFactor() < zoomed
    qtbot.mouseClick(preview.fit, LEFT)
    assert preview.view.zoomMode() is mode.FitToWidth


def test_a_small_paper_is_not_blown_up(qapp, jobs, shown):
    preview = PdfPreview(jobs)
    preview.resize(1600, 500)
    preview.show_bytes(_pdf(1, A5), "收据.pdf")
    shown(preview)
    assert preview.view.zoomMode() is preview.view.ZoomMode.Custom
    assert preview.view.zoomFactor() < 1.5


def test_a_file_is_shown_from_its_folder(qtbot, preview, tmp_path):
    (tmp_path / "五页.pdf").write_bytes(_pdf(5))
    preview.show_file(tmp_path / "五页.pdf")
    qtbot.waitUntil(lambda: preview.page.text() == "第 1 / 5 页")


def test_a_pdf_is_saved_where_the_person_wants_it(qtbot, preview, tmp_path):
    qtbot.mouseClick(preview.save, LEFT)
    dialog = preview.findChild(QFileDialog)
    assert dialog.isVisible()
    target = tmp_path / "账单.pdf"
    with qtbot.waitSignal(preview.saved) as saved:
        dialog.fileSelected.emit(str(target))
    dialog.reject()
    assert saved.args == [target]
    assert len(PdfReader(target).pages) == 3


def test_a_pdf_that_cannot_be_saved_says_why(qtbot, preview, tmp_path):
    preview.save_to(str(tmp_path / "missing" / "账单.pdf"))
    qtbot.waitUntil(lambda: preview.findChild(MessageDialog) is not None)
    dialog = preview.findChild(MessageDialog)
    assert "账单.pdf" in dialog.text.text()
    dialog.reject()


def test_a_print_out_has_the_paper_and_the_pages_of_the_pdf(qtbot, preview, tmp_path):
    printer = printer_for(preview.document)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    with qtbot.waitSignal(preview.printed) as printed:
        preview.print_on(printer)
    assert printed.args == [3]
    pages = PdfReader(tmp_path / "paper.pdf").pages
    assert len(pages) == 3
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]


def test_only_the_pages_asked_for_are_printed(qtbot, preview, tmp_path):
    printer = printer_for(preview.document)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    with qtbot.waitSignal(preview.printed) as printed:
        preview.print_on(printer)
    assert printed.args == [2]
