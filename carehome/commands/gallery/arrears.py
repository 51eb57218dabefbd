"""Scenes of arrears: debts by age, reminders, prepaid money, refunds."""

from carehome.commands.demo.arrears import told
from carehome.commands.gallery.fees import page
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.rules.refunds import RefundKind, RefundState
from carehome.services.refunds import Refunds
from carehome.ui.fees.owing.debts import BROKEN, REMIND, DebtList
from carehome.ui.fees.owing.prepaid import PrepaidList
from carehome.ui.fees.owing.refunds import ALL, RefundList
from carehome.ui.fees.owing.tab import PREPAID, REFUNDS, ArrearsTab


def debts(studio: Studio) -> DebtList:
    """Look at who owes since when."""
    page(studio, "Arrears")
    return studio.find(DebtList)


def to_remind(studio: Studio) -> None:
    """List those whose turn it is to be reminded."""
    debts(studio).which.set_code(REMIND)
    studio.wait()


def one_debt(studio: Studio) -> DebtList:
    """Look at what one family owes, and at what was said."""
    owing = debts(studio)
    rows = owing.view.table.rows
    at = next((n for n, row in enumerate(rows) if row.last and row.last.said), None)
    if at is None:
        raise NotThere("somebody who was called")
    studio.open_row(owing.view, at)
    return owing


def broken(studio: Studio) -> None:
    """Look at a promise that was not kept."""
    owing = debts(studio)
    owing.which.set_code(BROKEN)
    studio.wait()
    studio.open_row(owing.view)


def letters(studio: Studio) -> None:
    """Choose who gets a letter."""
    studio.click(debts(studio).letters)


def letters_early(studio: Studio) -> None:
    """Choose somebody whose turn it is not yet."""
    owing = debts(studio)
    early = next(x for x in owing.view.table.rows if x.overdue and not x.may_remind)
    studio.click(owing.letters)
    studio.fill(families=(early.resident_id,)).submit()
    studio.wait()


def look_at_letters(studio: Studio) -> None:
    """Look at letters before they go out."""
    studio.click(debts(studio).letters)
    studio.press("Look at them first")


def messages(studio: Studio) -> None:
    """Send one message after the other."""
    studio.click(debts(studio).messages)
    studio.press("To the messages")


def copied(studio: Studio) -> None:
    """Copy a message."""
    messages(studio)
    studio.press("Copy and note as sent")


def calls(studio: Studio) -> None:
    """Print whom to call."""
    studio.click(debts(studio).calls)
    studio.press("Print the list")


def note_call(studio: Studio) -> None:
    """Note what was said on the telephone."""
    studio.click(one_debt(studio).file.call)
    studio.fill(said=told()["calls"][0]["said"])


def wrong_call(studio: Studio) -> None:
    """Say what is wrong with the note of a call."""
    studio.click(one_debt(studio).file.call)
    form = studio.fill(
        said=told()["calls"][0]["said"], promised_on=studio.today.replace(day=1)
    )
    form.submit()


def rules(studio: Studio) -> None:
    """Set when bills are due and how long the home waits."""
    studio.click(debts(studio).rules)
    studio.fill(due_kind="day", due_days=10)


def wrong_rules(studio: Studio) -> None:
    """Say what is wrong with the rules."""
    studio.click(debts(studio).rules)
    form = studio.fill(due_kind="day", due_days=31, again_days=0, last_days=20)
    form.submit()


def texts(studio: Studio) -> None:
    """Write what a letter says."""
    studio.click(debts(studio).texts)


def wrong_text(studio: Studio) -> None:
    """Ask for a word that the program cannot fill in."""
    studio.click(debts(studio).texts)
    studio.fill(text=told()["wrong_text"]).submit()


def prepaid(studio: Studio) -> PrepaidList:
    """Look at who has paid ahead, and for how long."""
    page(studio, "Arrears")
    studio.find(ArrearsTab).open_key(PREPAID)
    studio.wait()
    return studio.find(PrepaidList)


def print_prepaid(studio: Studio) -> None:
    """Print who has paid ahead."""
    studio.click(prepaid(studio).print)


def give_prepaid_back(studio: Studio) -> None:
    """Ask for prepaid money to be given back."""
    studio.click(prepaid(studio).refund)


def too_much_back(studio: Studio) -> None:
    """Ask for more than there is."""
    studio.click(prepaid(studio).refund)
    filled = {
        "fen": 99_999_00,
        "payee": told()["payee"],
        "reason": told()["wrong"]["reason"],
    }
    studio.fill(**filled, method="cash").submit()
    studio.wait()


def refunds(studio: Studio) -> RefundList:
    """Look at the refunds that wait."""
    page(studio, "Arrears")
    studio.find(ArrearsTab).open_key(REFUNDS)
    studio.wait()
    return studio.find(RefundList)


def all_refunds(studio: Studio) -> RefundList:
    """Look at what became of all refunds."""
    found = refunds(studio)
    found.which.set_code(ALL)
    studio.wait()
    return found


def refund_in(studio: Studio, state: RefundState) -> RefundList:
    """Open a refund that has come so far."""
    found = all_refunds(studio)
    rows = found.view.table.rows
    at = next((n for n, row in enumerate(rows) if row.state is state), None)
    if at is None:
        raise NotThere(state)
    studio.open_row(found.view, at)
    return found


def to_approve(studio: Studio) -> None:
    """Look at a refund before deciding on it."""
    refund_in(studio, RefundState.ASKED)


def approved(studio: Studio) -> None:
    """See why somebody else pays out what one approved."""
    refund_in(studio, RefundState.APPROVED)


def approve(studio: Studio) -> None:
    """Approve a refund."""
    studio.click(refund_in(studio, RefundState.ASKED).approve)


def refuse(studio: Studio) -> None:
    """Say why a refund is not approved."""
    studio.click(refund_in(studio, RefundState.ASKED).refuse)


def take_back(studio: Studio) -> None:
    """Take a refund back."""
    studio.click(refund_in(studio, RefundState.ASKED).take_back)


def pay_out(studio: Studio) -> None:
    """Pay out what was approved."""
    studio.sign_in("caiwu")
    studio.click(refund_in(studio, RefundState.APPROVED).pay)


def voucher(studio: Studio) -> None:
    """Look at the voucher of a refund."""
    studio.click(refund_in(studio, RefundState.PAID).voucher)


def wrong_payment(studio: Studio) -> None:
    """Ask for a wrong payment to be given back."""
    found = refunds(studio)
    owing = next(x for x in found.view.table.rows if x.kind is RefundKind.PREPAID)
    studio.click(found.ask)
    studio.fill(resident_id=owing.resident_id, kind=RefundKind.PAYMENT)
    studio.wait()
    payments = studio.service(Refunds).refundable(owing.resident_id).payments
    studio.fill(payment_id=payments[-1].payment_id, method="cash")


SCENES = (
    Scene("fees-arrears-remind", to_remind),
    Scene("fees-arrears-one", one_debt),
    Scene("fees-arrears-broken", broken),
    Scene("fees-arrears-letters", letters),
    Scene("fees-arrears-letters-early", letters_early),
    Scene("fees-arrears-letters-look", look_at_letters),
    Scene("fees-arrears-messages", messages),
    Scene("fees-arrears-messages-copied", copied),
    Scene("fees-arrears-calls", calls),
    Scene("fees-arrears-call", note_call),
    Scene("fees-arrears-call-wrong", wrong_call),
    Scene("fees-arrears-rules", rules),
    Scene("fees-arrears-rules-wrong", wrong_rules),
    Scene("fees-arrears-texts", texts),
    Scene("fees-arrears-texts-wrong", wrong_text),
    Scene("fees-prepaid", prepaid),
    Scene("fees-prepaid-print", print_prepaid),
    Scene("fees-prepaid-back", give_prepaid_back),
    Scene("fees-prepaid-back-wrong", too_much_back),
    Scene("fees-refunds", refunds),
    Scene("fees-refunds-all", all_refunds),
    Scene("fees-refunds-decide", to_approve),
    Scene("fees-refunds-approved", approved),
    Scene("fees-refunds-approve", approve),
    Scene("fees-refunds-refuse", refuse),
    Scene("fees-refunds-take-back", take_back),
    Scene("fees-refunds-pay", pay_out),
    Scene("fees-refunds-voucher", voucher),
    Scene("fees-refunds-payment", wrong_payment),
)
