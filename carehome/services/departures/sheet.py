"""The words of the settlement sheet, from a settlement as it was made."""

from carehome.i18n import _, show_money
from carehome.reports.settlement import (
    SettlementLine,
    SettlementSheet,
    SignatureText,
    VoucherText,
)
from carehome.rules.settlement import SIDE_NAMES, Side
from carehome.services.departures.money import Settlement
from carehome.services.departures.movements import Movement, Voucher


def sheet_of(made: Settlement) -> SettlementSheet:
    """Return the sheet of a settlement, the next one to be printed."""
    books = made.books
    parts = made.parts
    more = (
        (
            (_("Fees"), parts.fees),
            (_("Corrections of earlier months"), parts.corrections),
            (_("Borne by other payers"), parts.payers),
        )
        if parts and (parts.corrections or parts.payers)
        else ()
    )
    sums = (
        *more,
        (_("Billed in all"), books.billed),
        (_("Paid in all"), books.paid),
        (_("Deposit received"), books.deposit),
        (_("Set off against arrears"), books.set_off),
        (_("Kept for damage"), books.damage),
        (_("Spent on a hospital emergency"), books.emergency),
        (_("Deposit given back"), books.refunded),
        (_("Prepaid fees paid back"), books.paid_out),
        *_net(made),
    )
    always = (_("Billed in all"), _("Paid in all"))
    return SettlementSheet(
        made.resident,
        made.bed,
        made.kind,
        made.admitted_on,
        made.left_on,
        made.made_on,
        made.made_by,
        made.approved_by,
        _recipient(made),
        made.proof,
        tuple(_line(each) for each in made.lines),
        tuple((label, fen) for label, fen in sums if fen or label in always),
        made.paid_to_family,
        made.claim,
        made.claim_reason,
        made.printed,
        _heirs(made),
        tuple(VoucherText(*_voucher(each)) for each in made.vouchers),
        books.trust,
        tuple(_signature(made, side) for side in SIDE_NAMES),
        made.settlement_id,
        _shares(made),
    )


def _net(made: Settlement) -> tuple[tuple[str, int], ...]:
    """Tell the net where a debt stays open though money was given back."""
    if not (made.claim and made.paid_to_family):
        return ()
    told = _("Net, given back") if made.net > 0 else _("Net, still to be paid")
    return ((told, abs(made.net)),)


def _recipient(made: Settlement) -> str:
    if not made.relation:
        return made.receiver
    text = _("{name} ({relation})")
    return text.format(name=made.receiver, relation=made.relation)


def _heirs(made: Settlement) -> str:
    """Name the heirs, and in which paper the others agree; empty but for the dead."""
    names = [
        _("{name} ({relation})").format(name=name, relation=relation)
        if relation
        else name
        for name, relation in made.heirs
    ]
    return "\u3000".join(filter(None, [_(", ").join(names), made.others_consent]))


def _shares(made: Settlement) -> str:
    """Name the members of the family who owe something of their shares."""
    text = _("{name} {amount}")
    told = (text.format(name=name, amount=show_money(fen)) for name, fen in made.shares)
    return _(", ").join(told)


def _voucher(voucher: Voucher) -> tuple[str, str, int, str, str]:
    return (
        voucher.number,
        voucher.what,
        voucher.fen,
        voucher.method,
        voucher.payee,
    )


def _signature(made: Settlement, side: Side) -> SignatureText:
    """Say for a side who has signed; who has not signs on the paper."""
    for each in made.signatures:
        if each.side == side:
            return SignatureText(_(SIDE_NAMES[side]), each.name, each.day)
    return SignatureText(_(SIDE_NAMES[side]))


def _line(moved: Movement) -> SettlementLine:
    """Show what the home charges or pays back on the left, what came in on the right.

    What was set off leaves the deposit and pays bills: it stands on both sides, so
    that both come to the same when all is settled.
    """
    both = moved.book == "set_off"
    charged = abs(moved.fen) if moved.fen >= 0 or both else None
    paid = -moved.fen if moved.fen < 0 else None
    return SettlementLine(moved.day, moved.text, charged, paid)
