"""Invented people and the columns they stand in."""

from datetime import date, datetime, time

from carehome.rules.identity import check_digit
from carehome.rules.sheets import Value

TITLES = ["姓名", "性别", "身份证号", "入院日期", "房间", "床号"]
TITLES += ["床位费", "护理费", "伙食费"]
TODAY = date(2026, 11, 21)


def number(born: str = "19400102", order: int = 2, area: str = "370102") -> str:
    """Return a valid identity number; an even order is a woman's."""
    first = f"{area}{born}{order:03d}"
    return first + check_digit(first)


def person(order: int = 2, **cells: Value) -> list[Value]:
    """Return a sound row under TITLES; named cells are replaced."""
    sex = "男" if order % 2 else "女"
    name = "王" + chr(0x4E00 + order)
    row: list[Value] = [name, sex, number(order=order), "2021-03-05", 100 + order, 1]
    row += [900, "1,200", "600元"]
    return list((dict(zip(TITLES, row, strict=True)) | cells).values())


def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment as Excel has it: without a zone."""
    return datetime.combine(date(year, month, day), time(hour, minute))
