"""`carehome bill`: a month's bills without a window."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from carehome.commands import told
from carehome.errors import Refusal
from carehome.i18n import N_, _, say_month, show_money
from carehome.rules.billing.adjustments import Standing
from carehome.rules.billing.explanations import explain
from carehome.rules.billing.lines import Line
from carehome.services.billing import Billing, PostedBill, PostedRun, Trial, TrialBill
from carehome.services.home import OpenHome
from carehome.services.late_facts import LateFacts, Seen
from carehome.services.papers import Papers

WAITING = Standing.WAITING


class BadMonth(Refusal):
    """The month is not written as a month."""

    text = N_("“{typed}” is not a month. Write it as 2026-10.")


def run(
    folder: Path,
    month: str,
    post: bool,
    pdf: Path | None,
    user: str | None,
    as_json: bool,
    confirm_old: str = "",
) -> None:
    """Compute the bills of a month, post them when told to, print what they are."""
    first = read_month(month)
    opened = told.sign_in(folder, user)
    try:
        result = compute(opened, first, post, pdf, confirm_old)
    finally:
        opened.db.close()
    if as_json:
        told.as_json(result)
    else:
        say(first, result)


def read_month(typed: str) -> date:
    """Return the first day of a month written as 2026-10."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})", typed.strip())
    if not found or not 1 <= int(found[2]) <= 12:
        raise BadMonth(typed=typed)
    return date(int(found[1]), int(found[2]), 1)


def compute(
    opened: OpenHome,
    month: date,
    post: bool,
    pdf: Path | None,
    confirm_old: str = "",
) -> dict[str, Any]:
    """Return the month's bills as plain values; a posted month as it was posted."""
    billing = Billing(opened.db, opened.user, told.now)
    papers = Papers(opened.db, opened.user, told.now)
    if post or month not in {each.month for each in billing.runs()}:
        trial = billing.trial(month)
        if post and confirm_old:
            late = LateFacts(opened.db, opened.user, told.now)
            waiting = [x for x in trial.late if x.correction.standing is WAITING]
            late.confirm([Seen.of(each) for each in waiting], confirm_old)
            trial = billing.trial(month)
        if post:
            billing.post(trial)
        else:
            if pdf:
                papers.write_trial(trial, pdf)
            return _trial(trial)
    if pdf:
        papers.write_bills(month, pdf)
    run = next(each for each in billing.runs() if each.month == month)
    return _posted(run, billing.bills(month))


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "month": f"{trial.month:%Y-%m}",
        "posted": False,
        "total_fen": trial.total,
        "bills": [_bill(bill, "") for bill in trial.bills],
        "problems": [
            {"resident": each.resident, "problem": each.text} for each in trial.problems
        ],
        "to_confirm": trial.to_confirm,
    }


def _posted(run: PostedRun, bills: list[PostedBill]) -> dict[str, Any]:
    return {
        "month": f"{run.month:%Y-%m}",
        "posted": True,
        "total_fen": run.total,
        "bills": [_bill(bill, bill.label) for bill in bills],
        "problems": [],
        "to_confirm": 0,
    }


def _bill(bill: TrialBill | PostedBill, number: str) -> dict[str, Any]:
    return {
        "number": number,
        "resident_id": bill.resident_id,
        "resident": bill.resident,
        "bed": bill.bed,
        "total_fen": bill.total,
        "lines": [_line(line) for line in bill.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "item": line.item_name,
        "code": line.item_code,
        "for_month": f"{line.for_month:%Y-%m}",
        "from": line.starts,
        "until": line.ends,
        "days": line.days,
        "basis_days": line.basis_days,
        "price_fen": line.price_fen,
        "amount_fen": line.amount_fen,
        "why": explain(line),
    }


def say(month: date, result: dict[str, Any]) -> None:
    """Print a month's bills, one on a line."""
    for bill in result["bills"]:
        total = show_money(bill["total_fen"])
        print(f"{bill['number']:>11}  {bill['bed']:<8}{bill['resident']}  {total}")
    for problem in result["problems"]:
        print(f"!  {problem['resident']}: {problem['problem']}")
    text = (
        _("{month}: {count} {count:bill|bills}, {total} in all, posted.")
        if result["posted"]
        else _(
            "{month}: {count} {count:bill|bills}, {total} in all, a trial. Nothing "
            "is posted."
        )
    )
    total = show_money(result["total_fen"])
    print(text.format(month=say_month(month), count=len(result["bills"]), total=total))
