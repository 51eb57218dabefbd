"""Scenes of fees: taking money, receipts, the month end, deposits, prices."""

from functools import partial

from carehome.app.desk import FEES
from carehome.commands import told
from carehome.commands.gallery.residents import somebody
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.rules.billing.adjustments import Standing
from carehome.rules.residents import Status
from carehome.services.deposits import Deposits
from carehome.services.residents import Residents
from carehome.ui.fees.deposits import DepositDesk
from carehome.ui.fees.late_pane import LatePane
from carehome.ui.fees.month_end import MonthEnd
from carehome.ui.fees.owing.debts import DebtList
from carehome.ui.fees.page import FeesPage
from carehome.ui.fees.payment_form import PaymentForm
from carehome.ui.fees.prices import PriceLists
from carehome.ui.fees.receipts import ReceiptList
from carehome.ui.fees.trying import CAPS, TryPrices
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.parts.day_sheet import DaySheetDialog
from carehome.ui.parts.deposit_panel import DepositPanel


def page(studio: Studio, tab: str) -> FeesPage:
    """Open a tab of the page of fees."""
    studio.tab(FEES, tab)
    return studio.find(FeesPage)


def as_accountant(studio: Studio) -> None:
    """See the month end as the accountant does."""
    studio.sign_in("caiwu")
    page(studio, "Month end")


# ---- payments and receipts


def begin_payment(studio: Studio) -> PaymentForm:
    """Begin to take what somebody owes."""
    fees = page(studio, "Arrears")
    owing = studio.find(DebtList).view.table.rows[0]
    fees.show_payment(owing.resident_id)
    studio.wait()
    return studio.find(PaymentForm)


def split_payment(studio: Studio) -> None:
    """Take less than is owed, shared out by hand."""
    begin_payment(studio)
    studio.fill(method="cash", amount=10_000)


def mistaken_payment(studio: Studio) -> None:
    """Say what is wrong with a payment."""
    form = begin_payment(studio)
    form.form.set_values({"method": "cash", "day": studio.today.replace(year=2027)})
    form.form.submit()


def take_payment(studio: Studio) -> None:
    """Hand over the receipt of what was taken."""
    form = begin_payment(studio)
    studio.fill(method="wechat")
    studio.click(form.take)


def this_month(studio: Studio) -> ReceiptList:
    """Look at the receipts of the month."""
    page(studio, "Receipts")
    studio.press("This month")
    return studio.find(ReceiptList)


def no_receipts(studio: Studio) -> None:
    """Look at a time without receipts."""
    page(studio, "Receipts")
    receipts = studio.find(ReceiptList)
    receipts.first.set_value(studio.today.replace(year=2001))
    receipts.last.set_value(studio.today.replace(year=2001))
    receipts.refresh()


def receipt(studio: Studio) -> ReceiptList:
    """Look at a receipt."""
    receipts = this_month(studio)
    studio.open_row(receipts.view)
    return receipts


def void_receipt(studio: Studio) -> None:
    """Ask why a receipt shall be void."""
    studio.click(receipt(studio).void)


def print_arrears(studio: Studio) -> None:
    """Print who owes."""
    page(studio, "Arrears")
    studio.click(studio.find(DebtList).print)


# ---- month end


def trial(studio: Studio) -> MonthEnd:
    """Look through the trial of a month."""
    page(studio, "Month end")
    month = studio.find(MonthEnd)
    studio.click(month.start.step)
    return month


def trial_bill(studio: Studio) -> None:
    """Look at one bill of a trial."""
    studio.open_row(trial(studio).trial.view)


def overtaken_trial(studio: Studio) -> None:
    """Say that something was changed after the trial."""
    month = trial(studio)
    who = studio.service(Residents).find("")[0]
    studio.service(Residents).set_meal(who.resident_id, "", studio.today)
    studio.wait()
    month.refresh()


def ask_post(studio: Studio) -> None:
    """Ask before a month is posted."""
    studio.click(trial(studio).post)


def trial_sheet(studio: Studio) -> None:
    """Look at the days of a bill before it is posted."""
    trial_bill(studio)
    studio.click(studio.find(MonthEnd).trial.open_sheet)


def line_sheet(studio: Studio) -> None:
    """Look at the days of one line of a posted bill."""
    posted = posted_month(studio).posted
    wanted = next(
        n
        for n, row in enumerate(posted.view.table.rows)
        if any(line.kind == "refund" for line in row.bill.lines)
    )
    studio.open_row(posted.view, wanted)
    studio.click(posted.open_sheet)
    sheet = studio.top
    assert isinstance(sheet, DaySheetDialog)
    sheet.entries.select(1)
    studio.wait()


def family_page(studio: Studio) -> None:
    """Look at the page that tells the family why a bill is what it is."""
    line_sheet(studio)
    assert isinstance(studio.top, DaySheetDialog)
    studio.click(studio.top.print)


def check_month(studio: Studio) -> None:
    """Tell that all bills of a month come out again to the fen."""
    studio.click(posted_month(studio).check)


def late_facts(who: str, studio: Studio) -> LatePane:
    """Look through the corrections of posted months."""
    living = somebody(studio, lambda line: line.status is Status.IN and line.bed)
    studio.service(Residents).set_meal(
        living.resident_id, "", studio.today.replace(month=6, day=2)
    )
    studio.sign_in(who)
    pane = trial(studio).trial
    pane.show_late()
    studio.wait()
    rows = pane.late.view.table.rows
    old = next(n for n, row in enumerate(rows) if row.standing is Standing.WAITING)
    studio.open_row(pane.late.view, old)
    return pane.late


def try_prices(studio: Studio) -> TryPrices:
    """Try a price list on the bills of a month."""
    page(studio, "Price lists")
    prices = studio.find(PriceLists)
    studio.click(prices.try_it)
    studio.wait()
    tried = studio.top
    assert isinstance(tried, TryPrices)
    for name, percent in (("care", 5), ("bed", -10)):
        tried.asked.fields[name].set_value(percent)
    studio.wait()
    return tried


def try_caps(studio: Studio) -> None:
    """Show whose deposit cap the tried prices change."""
    try_prices(studio).pick.set_code(CAPS)


def decide_late(studio: Studio) -> None:
    """Ask the director for the reason of a word."""
    studio.click(late_facts(told.DEMO_USER, studio).confirm)


def decided_late(studio: Studio) -> None:
    """Show what the director has decided."""
    decide_late(studio)
    studio.fill(reason="—")
    assert isinstance(studio.top, FormDialog)
    studio.click(studio.top.primary)


def confirm_old(who: str, studio: Studio) -> None:
    """Say before posting what waits for the director and stays out."""
    living = somebody(studio, lambda line: line.status is Status.IN and line.bed)
    studio.service(Residents).set_meal(
        living.resident_id, "", studio.today.replace(month=6, day=2)
    )
    studio.sign_in(who)
    ask_post(studio)


def post(studio: Studio) -> None:
    """Tell that a month is posted."""
    ask_post(studio)
    assert isinstance(studio.top, FormDialog)
    studio.click(studio.top.primary)


def posted_month(studio: Studio) -> MonthEnd:
    """Look at a month that is posted."""
    page(studio, "Month end")
    month = studio.find(MonthEnd)
    month.month.setCurrentIndex(1)  # the first is the one to be posted next
    studio.wait()
    return month


def posted_bill(studio: Studio) -> None:
    """Look at one bill of a posted month."""
    studio.open_row(posted_month(studio).posted.view)


def preview_bills(studio: Studio) -> None:
    """Look at all bills of a month on paper."""
    studio.click(posted_month(studio).print)


def preview_bill(studio: Studio) -> None:
    """Look at one bill on paper."""
    posted = posted_month(studio).posted
    studio.open_row(posted.view)
    studio.click(posted.preview)


# ---- deposits


def deposit(studio: Studio) -> DepositPanel:
    """Open the deposit of somebody of whom too much is held."""
    fees = page(studio, "Deposits")
    over = studio.service(Deposits).over_held()[0]
    fees.show_deposit(over.standing.resident_id)
    studio.wait()
    return studio.find(DepositPanel)


def take_deposit(studio: Studio) -> None:
    """Take a deposit of somebody of whom none is held."""
    fees = page(studio, "Deposits")
    room = (each for each in studio.service(Deposits).standings() if each.room > 0)
    fees.show_deposit(next(room).resident_id)
    studio.wait()
    studio.click(studio.find(DepositPanel).take)


def show_receipt(studio: Studio) -> None:
    """Hand over the receipt of a deposit."""
    take_deposit(studio)
    studio.fill(amount=100_00, method="cash")
    assert isinstance(studio.top, FormDialog)
    studio.click(studio.top.primary)


def refund(studio: Studio) -> None:
    """Give a deposit back, with a second person's signature."""
    studio.click(deposit(studio).refund)


def refund_too_much(studio: Studio) -> None:
    """Say beside the field that so much is not held."""
    refund(studio)
    form = studio.fill(amount=99_999_900)
    form.submit()


def spend(studio: Studio) -> None:
    """Use a deposit in an emergency."""
    studio.click(deposit(studio).spend)


def say_papers_due(studio: Studio) -> None:
    """Say until when the papers of an emergency are due."""
    spend(studio)
    studio.fill(amount=50_000, method="cash", purpose="—")
    assert isinstance(studio.top, FormDialog)
    studio.click(studio.top.primary)


def hand_in(studio: Studio) -> None:
    """File the papers of an emergency."""
    say_papers_due(studio)
    studio.top.close()
    studio.wait()
    panel = studio.find(DepositPanel)
    rows = panel.view.table.rows
    at = next(n for n, row in enumerate(rows) if row.papers_due and not row.paper)
    studio.open_row(panel.view, at)


def set_off(studio: Studio) -> None:
    """Set a deposit off against arrears."""
    fees = page(studio, "Arrears")
    held = {s.resident_id for s in studio.service(Deposits).standings() if s.held}
    for row in studio.find(DebtList).view.table.rows:
        if row.resident_id in held:
            fees.show_deposit(row.resident_id)
            studio.wait()
            studio.click(studio.find(DepositPanel).set_off)
            return
    raise NotThere("somebody with a deposit who owes")


def print_ledger(studio: Studio) -> None:
    """Print the ledger of a deposit."""
    studio.click(deposit(studio).print)


def bank(studio: Studio) -> None:
    """Note deposits as paid into the bank."""
    page(studio, "Deposits")
    studio.click(studio.find(DepositDesk).bank)


def print_over_held(studio: Studio) -> None:
    """Print which deposits are above the cap."""
    page(studio, "Deposits")
    studio.click(studio.find(DepositDesk).print)


SCENES = (
    Scene("fees-payments-form", begin_payment),
    Scene("fees-payments-part", split_payment),
    Scene("fees-payments-wrong", mistaken_payment),
    Scene("fees-payments-taken", take_payment),
    Scene("fees-receipts-month", this_month),
    Scene("fees-receipts-none", no_receipts),
    Scene("fees-receipts-paper", receipt),
    Scene("fees-receipts-void", void_receipt),
    Scene("fees-arrears-print", print_arrears),
    Scene("fees-month-end-accountant", as_accountant),
    Scene("fees-month-end-trial", trial),
    Scene("fees-month-end-trial-bill", trial_bill),
    Scene("fees-month-end-trial-days", trial_sheet),
    Scene("fees-month-end-late", partial(late_facts, told.DEMO_USER)),
    Scene("fees-month-end-late-accountant", partial(late_facts, "caiwu")),
    Scene("fees-month-end-late-decide", decide_late),
    Scene("fees-month-end-late-decided", decided_late),
    Scene("fees-month-end-checked", check_month),
    Scene("fees-month-end-posted-days", line_sheet),
    Scene("fees-month-end-posted-days-print", family_page),
    Scene("fees-prices-try", try_prices),
    Scene("fees-prices-try-caps", try_caps),
    Scene("fees-month-end-overtaken", overtaken_trial),
    Scene("fees-month-end-post", ask_post),
    Scene("fees-month-end-post-old", partial(confirm_old, told.DEMO_USER)),
    Scene("fees-month-end-post-old-accountant", partial(confirm_old, "caiwu")),
    Scene("fees-month-end-posted-now", post),
    Scene("fees-month-end-posted", posted_month),
    Scene("fees-month-end-posted-bill", posted_bill),
    Scene("fees-month-end-print", preview_bills),
    Scene("fees-month-end-print-one", preview_bill),
    Scene("fees-deposits-ledger", deposit),
    Scene("fees-deposits-take", take_deposit),
    Scene("fees-deposits-take-receipt", show_receipt),
    Scene("fees-deposits-refund", refund),
    Scene("fees-deposits-refund-wrong", refund_too_much),
    Scene("fees-deposits-emergency", spend),
    Scene("fees-deposits-emergency-due", say_papers_due),
    Scene("fees-deposits-papers", hand_in),
    Scene("fees-deposits-set-off", set_off),
    Scene("fees-deposits-print", print_ledger),
    Scene("fees-deposits-bank", bank),
    Scene("fees-deposits-print-over", print_over_held),
)
