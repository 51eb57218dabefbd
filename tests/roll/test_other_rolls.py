"""Rolls as other homes might keep them, each with what a careful reader makes of it."""

import random
from datetime import date, timedelta

import openpyxl
import pytest

from carehome.commands import roll
from tests.roll.people import TODAY, number

TITLES = {
    "name": ["姓 名", "老人姓名", "长者姓名", "入住老人", "姓名*", "老人\n姓名"],
    "sex": ["性别", "性 别"],
    "id": ["身份证号码", "公民身份号码", "证件号码", "身份证", "身份证号（18位）"],
    "admitted": ["入院日期", "入住时间", "来院时间", "入住日期", "进院日期"],
    "room": ["房间", "房号", "房间号"],
    "bed": ["床号", "床位", "床位号"],
    "grade": ["护理级别", "照护等级", "自理程度"],
    "category": ["人员类别", "老人类别", "类别"],
    "contact": ["紧急联系人", "家属姓名", "监护人"],
    "relation": ["关系", "与老人关系"],
    "phone": ["联系电话", "家属电话", "联系方式"],
    "bed_fee": ["床位费", "床位费（元/月）", "住宿费", "房费"],
    "care_fee": ["护理费", "照护费", "月护理费", "照料费(元)"],
    "meal_fee": ["伙食费", "餐费", "膳食费", "餐费/月"],
    "deposit": ["押金", "保证金", "入住押金"],
    "note": ["备注", None],
}
NAMES = ["何㛃", "黄䶮", "𠮷秀英", "阿不都·热依木", "欧阳淑芬", "王国强", "李凤英"]
FAULTS = ["id_length", "id_check_digit", "id_lost_digits", "duplicate_id"]
FAULTS += ["sex_mismatch", "bad_date", "bed_taken"]


class Maker:
    """Makes one roll and remembers what is in it."""

    def __init__(self, seed, people):
        self.chance = random.Random(seed)
        self.people = people
        self.expected = []
        self.keys = list(TITLES)
        if self.chance.random() < 0.7:
            self.chance.shuffle(self.keys)
            self.keys.remove("contact")
            self.keys.insert(self.keys.index("phone"), "contact")
        self.book = openpyxl.Workbook()
        self.page = self.book.worksheets[0]

    def save(self, path):
        above = self.chance.randint(0, 3)
        for _ in range(above):
            self.page.append(
                [self.chance.choice(["福寿养老院花名册（2026.10）", None])]
            )
        titles = [self.chance.choice(TITLES[key]) for key in self.keys]
        self.page.append(["序号", *titles])
        if above and self.chance.random() < 0.5:
            self.page.merge_cells(
                start_row=1, end_row=1, start_column=1, end_column=len(titles) + 1
            )
        for order in range(self.people):
            if self.chance.random() < 0.05:
                self.page.append([None] * 5)
            self.add(order)
        self.finish()
        self.book.save(path)

    def finish(self):
        last = self.chance.choice(
            [
                ["合计", "60人", None, "制表人："],
                [None, "总 计", "54,000"],
                ["审核："],
                None,
            ]
        )
        if last:
            self.page.append(last)

    def add(self, order):
        chance = self.chance
        born = date(1925, 1, 1) + timedelta(chance.randrange(13000))
        serial = 2 * (order % 499) + chance.choice([1, 2])
        digits = number(f"{born:%Y%m%d}", serial, chance.choice(["370102", "610103"]))
        admitted = date(2019, 1, 1) + timedelta(chance.randrange(2800))
        fees = [chance.choice([0, 300, 900, 1200, 2600]) for _ in range(3)]
        row = {
            "name": chance.choice(NAMES),
            "sex": "男" if serial % 2 else "女",
            "id": digits,
            "admitted": self.written(admitted),
            "room": 101 + order // 4,
            "bed": str(order % 4 + 1),
            "grade": chance.choice(["自理", "介助", "全护", "一级护理", "失能"]),
            "category": chance.choice(["五保", "社会", "低保", "优抚"]),
            "contact": "张强",
            "relation": chance.choice(["儿子", "村委会"]),
            "phone": chance.choice(["13912013364", "13854311966/0531-8507305"]),
            "deposit": chance.choice([5000, "￥5000.00", "0元"]),
            "note": chance.choice([None, "喜静"]),
        }
        for key, fee in zip(("bed_fee", "care_fee", "meal_fee"), fees, strict=True):
            row[key] = self.priced(fee)
        told = {
            "name": row["name"],
            "id": digits,
            "admitted": admitted.isoformat(),
            "fen": [fee * 100 for fee in fees],
            "faults": [],
        }
        if chance.random() < 0.25:
            self.spoil(chance.choice(FAULTS), row, told)
        row["name"] = self.spaced(row["name"])
        if isinstance(row["id"], str):
            row["id"] = chance.choice(["{}", "{} ", "'{}", "\u3000{}"]).format(
                chance.choice([str.lower, str.upper])(row["id"])
            )
        self.page.append([order + 1, *(row[key] for key in self.keys)])
        self.expected.append({"sheet_row": self.page.max_row, **told})

    def spoil(self, fault, row, told):
        sound = [one for one in self.expected if not one["faults"]]
        if fault in ("duplicate_id", "bed_taken") and not sound:
            return
        told["faults"] = [fault]
        if fault == "bad_date":
            row["admitted"] = self.chance.choice(["2031-01-01", "21.3.5", "不详"])
            told["admitted"] = None
        elif fault == "sex_mismatch":
            row["sex"] = "女" if row["sex"] == "男" else "男"
        elif fault == "bed_taken":
            row["room"], row["bed"] = 101, "1"
        else:
            told["id"] = None
            self.spoil_number(fault, row, sound)

    def spoil_number(self, fault, row, sound):
        digits = row["id"]
        if fault == "id_length":
            row["id"] = digits[:9] + digits[10:]
        elif fault == "id_check_digit":
            row["id"] = digits[:-1] + ("1" if digits[-1] != "1" else "2")
        elif fault == "id_lost_digits":
            lost = float(digits[:15] + "000")
            row["id"] = self.chance.choice([lost, int(lost), f"{lost:.5E}"])
        else:
            twin = self.chance.choice(sound)
            row["id"] = twin["id"]
            row["sex"] = "男" if int(twin["id"][16]) % 2 else "女"

    def written(self, day):
        forms = [f"{day}", f"{day:%Y%m%d}", f"{day:%Y/%m/%d}"]
        forms += [f"{day.year}.{day.month}.{day.day}"]
        forms += [f"{day.year}年{day.month}月{day.day}日", day]
        forms += [(day - date(1899, 12, 30)).days]
        return self.chance.choice(forms)

    def priced(self, fee):
        forms = [fee, str(fee), f"{fee:,}", f"{fee}元", f"￥{fee}.00", f"{fee}元/月"]
        return self.chance.choice(forms)

    def spaced(self, name):
        forms = [name, name + " ", "\u3000" + name, name[0] + " " + name[1:]]
        return self.chance.choice(forms)


@pytest.mark.parametrize("seed", range(20))
def test_roll_of_another_home_is_read_as_by_a_careful_reader(tmp_path, seed):
    maker = Maker(seed, people=60)
    maker.save(tmp_path / "花名册.xlsx")
    found = roll.check(tmp_path / "花名册.xlsx", TODAY)["rows"]
    told = [{key: row[key] for key in maker.expected[0]} for row in found]
    assert told == maker.expected
