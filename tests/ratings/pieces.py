"""Evidence made for the tests: PDFs upright and turned, locked and broken, pictures."""

from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

UPRIGHT, LYING = (595, 842), (842, 595)


def pdf(words="page", pages=1, size=UPRIGHT, turn=0, password=""):
    """Return a PDF whose pages bear words and their number."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(60, size[1] - 60, f"{words} {number}")
        canvas.showPage()
    canvas.save()
    if not turn and not password:
        return target.getvalue()
    writer = PdfWriter(clone_from=BytesIO(target.getvalue()))
    for page in writer.pages:
        page.rotate(turn)
    if password:
        writer.encrypt(password)
    again = BytesIO()
    writer.write(again)
    return again.getvalue()


def picture(wide=800, high=600):
    target = BytesIO()
    Image.new("RGB", (wide, high), (40, 120, 80)).save(target, "JPEG")
    return target.getvalue()
