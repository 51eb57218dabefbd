"""Scenes of charges by use and of the day close."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from carehome.commands.gallery.fees import page
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.commands.told import DEMO_PASSWORD
from carehome.rules.charges import AWAY, Cell, Day
from carehome.rules.ledger.day_close import Count
from carehome.services.accounts import Approval
from carehome.services.day_close import CLOSES, DayCloses
from carehome.services.payments import Payments
from carehome.services.residents import Residents
from carehome.services.tills import Tills
from carehome.ui.fees.charges.tab import BY_DAY, UseChargesTab
from carehome.ui.fees.tills.closes import CloseList
from carehome.ui.fees.tills.handovers import HandoverList
from carehome.ui.fees.tills.mine import MyTill
from carehome.ui.fees.tills.tab import HANDED, DayCloseTab
from carehome.ui.kit.dialogs import FormDialog

SHORT = Count(
    1180_00, {100_00: 10, 50_00: 2, 20_00: 3, 10_00: 1, 5_00: 1, 1_00: 4, 50: 2}
)


# ---- charges by use


def charges(studio: Studio) -> UseChargesTab:
    """Look at the charges of a month."""
    page(studio, "Use charges")
    return studio.find(UseChargesTab)


def by_day(studio: Studio) -> UseChargesTab:
    """Enter all items of one day."""
    tab = charges(studio)
    tab.by.set_code(BY_DAY)
    studio.wait()
    return tab


def typed(studio: Studio) -> UseChargesTab:
    """Type some numbers that are not saved yet."""
    tab = charges(studio)
    here = [each for each in tab.work.people.values() if not each.is_billed][:6]
    item = tab.item.code()
    cells = {
        Cell(who.resident_id, item, studio.today.replace(day=2 + 3 * n)): 1 + n % 2
        for n, who in enumerate(here)
        if who.days[1 + 3 * n] is Day.HERE
    }
    tab.work.put(cells)
    tab.grid.refresh()
    tab.grid.changed.emit()
    studio.wait()
    return tab


def pasted(studio: Studio) -> None:
    """Paste cells of a spreadsheet, some of which cannot be."""
    tab = charges(studio)
    tab.grid.setFocus()
    QGuiApplication.clipboard().setText("1\t2\tx\n2\t200\t1\n1\t1\t1.5")
    for key in (Qt.Key.Key_Home, Qt.Key.Key_PageUp):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        tab.grid.keyPressEvent(event)
    tab.grid.paste()
    tab.search.setFocus()
    studio.wait()


def away(studio: Studio) -> None:
    """Ask why somebody is charged for a day away."""
    tab = charges(studio)
    who, at = next(
        (who, at)
        for who in tab.work.people.values()
        for at, state in enumerate(who.days)
        if state in AWAY
    )
    day = studio.today.replace(day=at + 1)
    tab.work.put({Cell(who.resident_id, tab.item.code(), day): 1})
    tab.grid.refresh()
    tab.grid.changed.emit()
    studio.click(tab.save)


def posted(studio: Studio) -> UseChargesTab:
    """Look at the charges of a month that is posted."""
    tab = charges(studio)
    for _month in range(2):  # the month before is still to be posted
        tab.month.back()
    studio.wait()
    return tab


def late(studio: Studio) -> None:
    """Ask before a posted month is charged late."""
    studio.click(posted(studio).late)


def list_to_fill(studio: Studio) -> None:
    """Print a list to fill in by hand."""
    studio.click(charges(studio).print)


def list_of_day(studio: Studio) -> None:
    """Print the list of one day to fill in by hand."""
    studio.click(by_day(studio).print)


# ---- the day close


def till(studio: Studio) -> MyTill:
    """Look at what should be in one's own till."""
    for n, resident in enumerate(studio.service(Residents).find("")[:3]):
        ways = ("cash", "wechat", "cash")
        take = studio.service(Payments).take
        take(resident.resident_id, 600_00 + n, ways[n], studio.today)
    page(studio, "Day close")
    return studio.find(MyTill)


def counted_short(studio: Studio) -> MyTill:
    """Count less than there should be."""
    mine = till(studio)
    mine.form.set_values({"how": "pieces", "pieces": dict(SHORT.pieces)})
    studio.wait()
    return mine


def signed_wrongly(studio: Studio) -> None:
    """Say beside the field that the password is not one's own."""
    mine = counted_short(studio)
    mine.form.set_values({"note": "—", "password": "?"})
    studio.click(mine.close_day)


def closed(studio: Studio) -> MyTill:
    """Look at one's till after the day is closed."""
    mine = counted_short(studio)
    mine.form.set_values({"note": "—", "password": DEMO_PASSWORD})
    studio.click(mine.close_day)
    return mine


def sheet(studio: Studio) -> None:
    """Print the sheet of a count."""
    studio.click(closed(studio).print)


def closes(studio: Studio) -> CloseList:
    """Look at a count among those of all."""
    closed(studio)
    studio.find(DayCloseTab).open_key(CLOSES)
    studio.wait()
    found = studio.find(CloseList)
    studio.open_row(found.view)
    return found


def sheet_of_all(studio: Studio) -> None:
    """Print the sheet of a count that is among those of all."""
    studio.click(closes(studio).print)


def reopen(studio: Studio) -> None:
    """Ask why a closed day is opened again."""
    studio.click(closes(studio).reopen)


def not_closed(studio: Studio) -> None:
    """Name those who have not closed their days."""
    yesterday = studio.today.replace(day=studio.today.day - 1)
    who = studio.service(Residents).find("")[0].resident_id
    studio.service(DayCloses).close(
        yesterday.replace(day=1), Count(0), DEMO_PASSWORD, "—"
    )
    studio.service(Payments).take(who, 600_00, "cash", yesterday)
    page(studio, "Day close")
    studio.find(DayCloseTab).open_key(CLOSES)
    studio.wait()


def hand_over(studio: Studio) -> None:
    """Hand cash to somebody who signs for it."""
    studio.click(till(studio).hand_over)


def hand_over_to_nobody(studio: Studio) -> None:
    """Say that the receiver could not sign."""
    hand_over(studio)
    studio.fill(sign_in="caiwu", password="?")
    assert isinstance(studio.top, FormDialog)
    studio.click(studio.top.primary)


def pay_in(studio: Studio) -> None:
    """Note cash that was carried to the bank."""
    studio.click(till(studio).pay_in)


def handed(studio: Studio) -> HandoverList:
    """Look at the cash that was handed on."""
    till(studio)
    tills = studio.service(Tills)
    tills.hand_over(500_00, Approval("caiwu", DEMO_PASSWORD))
    tills.pay_in(300_00, studio.today, "0012")
    studio.find(DayCloseTab).open_key(HANDED)
    studio.wait()
    return studio.find(HandoverList)


def void_handed(studio: Studio) -> None:
    """Ask why a handing over is void."""
    found = handed(studio)
    found.view.selectRow(0)
    studio.click(found.void)


SCENES = (
    Scene("fees-charges-month", charges),
    Scene("fees-charges-day", by_day),
    Scene("fees-charges-typed", typed),
    Scene("fees-charges-pasted", pasted),
    Scene("fees-charges-away", away),
    Scene("fees-charges-posted", posted),
    Scene("fees-charges-late", late),
    Scene("fees-charges-list", list_to_fill),
    Scene("fees-charges-list-day", list_of_day),
    Scene("fees-day-close-till", till),
    Scene("fees-day-close-short", counted_short),
    Scene("fees-day-close-wrong", signed_wrongly),
    Scene("fees-day-close-closed", closed),
    Scene("fees-day-close-sheet", sheet),
    Scene("fees-day-close-all", closes),
    Scene("fees-day-close-all-sheet", sheet_of_all),
    Scene("fees-day-close-reopen", reopen),
    Scene("fees-day-close-missing", not_closed),
    Scene("fees-day-close-hand-over", hand_over),
    Scene("fees-day-close-hand-over-wrong", hand_over_to_nobody),
    Scene("fees-day-close-pay-in", pay_in),
    Scene("fees-day-close-handed", handed),
    Scene("fees-day-close-void", void_handed),
)
