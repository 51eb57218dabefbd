"""Files as three invented banks write them, from plain lines."""

import csv
import io
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from openpyxl import Workbook

from carehome.i18n import show_money
from carehome.rules.bank.statement import BankLine

NUMBER = "6200019900123456"
CHINA = timezone(timedelta(hours=8))


def lines(*told, opening=100_00):
    """Return a chain of lines: (day of November, fen[, party[, text]])."""
    found, balance = [], opening
    for place, (day, fen, *rest) in enumerate(told):
        party, text = [*rest, "", ""][:2]
        balance += fen
        found.append(
            BankLine(
                0, date(2026, 11, day), fen, balance, party, "", text, f"L{place:04d}"
            )
        )
    return found


def yuan(fen: int) -> str:
    """Return an amount with commas, as banks write it."""
    return show_money(fen, sign=False).replace("−", "-")


def two_columns(found, number=NUMBER):
    """A head above the titles, an income and an expense column, sums below."""
    rows = [
        ["账户明细查询"],
        [f"账号：{number}", None, "户名：福寿养老院"],
        ["起止日期：", "2026-11-01至2026-11-30"],
        [],
        [
            "序号",
            "交易日期",
            "摘要",
            "收入金额（元）",
            "支出金额（元）",
            "账户余额",
            "对方户名",
            "对方账号",
            "交易流水号",
        ],
    ]
    for place, line in enumerate(found, 1):
        rows.append(
            [
                str(place),
                line.day.isoformat(),
                line.text,
                yuan(line.fen_in) if line.fen > 0 else "",
                yuan(line.fen_out) if line.fen < 0 else "--",
                yuan(line.balance_fen),
                line.party,
                f'="{line.party_account}"',
                f"{line.serial}\t",
            ]
        )
    rows.append(
        [
            "合计",
            None,
            None,
            yuan(sum(x.fen_in for x in found)),
            yuan(sum(x.fen_out for x in found)),
        ]
    )
    rows.append(["打印时间：2026-12-01 09:00"])
    return rows


def debit_credit(found, number=NUMBER):
    """A flag of debit or credit, the newest line first, packed days."""
    rows = [
        [
            "对账单",
            None,
            "账号",
            f"{number[:4]} {number[4:8]} {number[8:12]} {number[12:]}",
        ],
        [
            "期初余额："
            + yuan(found[0].before_fen)
            + " 期末余额："
            + yuan(found[-1].balance_fen)
            if found
            else "期初余额：0.00"
        ],
        [
            "交易日期",
            "交易时间",
            "借/贷",
            "发生额(元)",
            "余额",
            "对方账号",
            "对方户名",
            "用途",
            "凭证号",
        ],
    ]
    for line in reversed(found):
        rows.append(
            [
                f"{line.day:%Y%m%d}",
                "10:15:03",
                "贷" if line.fen > 0 else "借",
                wide(yuan(abs(line.fen))),
                yuan(line.balance_fen),
                f"'{line.party_account}",
                line.party,
                line.text,
                line.serial,
            ]
        )
    rows.append(
        [
            "借方合计：" + yuan(sum(x.fen_out for x in found)),
            None,
            "贷方合计：" + yuan(sum(x.fen_in for x in found)),
        ]
    )
    return rows


def signed(found, number=NUMBER):
    """A signed amount beside a moment of thirteen digits."""
    rows = [
        [f"卡号:{number[:4]}********{number[-4:]}"],
        ["交易时间", "交易类型", "交易金额", "余额", "对方姓名", "对方账号", "流水号"],
    ]
    for line in found:
        noon = datetime.combine(line.day, time(0, 30), CHINA)
        rows.append(
            [
                str(int(noon.timestamp() * 1000)),
                line.text,
                f"{line.fen / 100:+.2f}",
                f"{line.balance_fen / 100:.2f}",
                line.party,
                line.party_account,
                line.serial,
            ]
        )
    return rows


LAYOUTS = {
    "two-columns": two_columns,
    "debit-credit": debit_credit,
    "signed": signed,
}


def wide(text: str) -> str:
    """Return a text in full-width digits."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def csv_bytes(rows, encoding="utf-8", sign=",") -> bytes:
    """Return rows as a text."""
    text = io.StringIO()
    csv.writer(text, delimiter=sign).writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    return text.getvalue().encode(encoding)


def save_csv(path: Path, rows, encoding="utf-8", sign=",") -> Path:
    """Save rows as a text."""
    path.write_bytes(csv_bytes(rows, encoding, sign))
    return path


def save_xlsx(path: Path, rows) -> Path:
    """Save rows as a workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path
