"""Scenes of prices: writing, comparing, approving, personal prices, notices."""

from dataclasses import replace

from carehome.commands.gallery.fees import page
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.prices.approval import ListState
from carehome.services.home import Home
from carehome.ui.fees.page import FeesPage
from carehome.ui.fees.personal_prices import PersonalPrices
from carehome.ui.fees.price_notices import NoticeBoard
from carehome.ui.fees.prices import COMPARED, RULES, PriceLists
from carehome.ui.kit.table_view import TableView


def lists(studio: Studio) -> PriceLists:
    """Look at the price lists."""
    page(studio, "Price lists")
    return studio.find(PriceLists)


def view(studio: Studio, which: str) -> FeesPage:
    """Look at the personal prices, or at the notices."""
    fees = page(studio, "Price lists")
    fees.show_prices(which)
    studio.wait()
    return fees


def waiting(studio: Studio) -> PriceLists:
    """Look at what a list that waits for approval changes."""
    prices = lists(studio)
    found = next(
        row
        for row in prices.versions.table.rows
        if row.version.state is ListState.SUBMITTED
    )
    prices.versions.select(found.sheet.list_id)
    prices.pick.set_code(COMPARED)
    studio.wait()
    return prices


def refunds(studio: Studio) -> None:
    """Look at how a list counts days and what it gives back."""
    lists(studio).pick.set_code(RULES)


def deed(studio: Studio, name: str) -> None:
    """Do something with the list that waits."""
    studio.click(waiting(studio).deeds[name])


def approve(studio: Studio) -> None:
    """Approve a price list, with what it changes."""
    deed(studio, "approve")


def refuse(studio: Studio) -> None:
    """Give a price list back."""
    deed(studio, "refuse")


def withdraw(studio: Studio) -> None:
    """Withdraw a price list."""
    studio.sign_in("caiwu")
    deed(studio, "withdraw")


def own_writing(studio: Studio) -> None:
    """Refuse that whoever wrote a list approves it."""
    prices = lists(studio)
    studio.click(prices.new)
    studio.click(prices.editor.save)
    studio.click(prices.deeds["submit"])
    studio.press("Submit")
    studio.click(prices.deeds["approve"])
    studio.press("Approve")


def drop(studio: Studio) -> None:
    """Throw a draft away."""
    prices = write(studio)
    studio.click(prices.editor.save)
    studio.click(prices.deeds["drop"])


def submit(studio: Studio) -> None:
    """Submit a draft."""
    prices = write(studio)
    studio.click(prices.editor.save)
    studio.click(prices.deeds["submit"])


def take_back(studio: Studio) -> None:
    """Take an approved list back that has not begun."""
    prices = waiting(studio)
    studio.click(prices.deeds["approve"])
    studio.press("Approve")
    studio.click(prices.deeds["take_back"])


def correct(studio: Studio) -> None:
    """Correct an approved list by a new one."""
    prices = lists(studio)
    found = next(row for row in prices.versions.table.rows if row.is_in_force)
    prices.versions.select(found.sheet.list_id)
    studio.click(prices.deeds["correct"])


def write(studio: Studio) -> PriceLists:
    """Write a new price list."""
    prices = lists(studio)
    studio.click(prices.new)
    return prices


def mistaken(studio: Studio) -> None:
    """Say what is wrong with a price list."""
    editor = write(studio).editor
    next(iter(editor.prices.values())).set_raw("abc")
    editor.show_problems()


def guide_prices(studio: Studio) -> None:
    """Write guide prices with their documents, as public homes must."""
    home = studio.service(Home)
    home.change_profile(replace(home.profile(), ownership="public"))
    studio.wait()
    rows = write(studio).editor.rows
    numbers = list(rows.prices)[:3]
    for number in numbers:
        rows.ceilings[number].set_value(2_600_00)
        rows.documents[number].set_value(studio.opened.profile.name)
    for number in numbers[:2]:
        rows.dates[number].set_value(studio.today.replace(month=1, day=8))
    rows.prices[numbers[0]].set_value(2_700_00)
    rows.show_problems()


def new_item(studio: Studio) -> None:
    """Add a fee item."""
    studio.click(lists(studio).add)


def change_item(studio: Studio) -> None:
    """Change a fee item."""
    studio.open_row(lists(studio).items)


def personal(studio: Studio) -> PersonalPrices:
    """Look at a personal price that waits, and what it means."""
    view(studio, "own")
    return studio.find(PersonalPrices)


def approve_personal(studio: Studio) -> None:
    """Approve a personal price."""
    studio.click(personal(studio).approve)


def refuse_personal(studio: Studio) -> None:
    """Do not approve a personal price."""
    studio.click(personal(studio).refuse)


def withdraw_personal(studio: Studio) -> None:
    """Withdraw a personal price."""
    studio.sign_in("qiantai")
    studio.click(personal(studio).withdraw)


def board(studio: Studio) -> NoticeBoard:
    """Look at the notices that hang."""
    view(studio, "notices")
    return studio.find(NoticeBoard)


def which_notice(studio: Studio) -> None:
    """Choose the notice to look at."""
    studio.click(board(studio).show_one)


def fee_notice(studio: Studio) -> None:
    """Look at the public notice of fees."""
    studio.click(board(studio).show_one)
    studio.press("Show")


def three_parts(studio: Studio) -> None:
    """Look at the notice of items, guide and standards."""
    studio.click(board(studio).show_one)
    studio.fill(kind="three_parts", size="A3")
    studio.press("Show")


def put_up(studio: Studio) -> None:
    """Note that a notice was put up."""
    studio.click(board(studio).put_up)


def take_down(studio: Studio) -> None:
    """Note that a notice was taken down."""
    notices = board(studio)
    studio.find(TableView).selectRow(0)
    studio.wait()
    studio.click(notices.take_down)


def notice_texts(studio: Studio) -> None:
    """Write what the home says in its notices."""
    studio.click(board(studio).texts)


SCENES = (
    Scene("fees-prices-write", write),
    Scene("fees-prices-write-wrong", mistaken),
    Scene("fees-prices-guide", guide_prices),
    Scene("fees-prices-waiting", waiting),
    Scene("fees-prices-refunds", refunds),
    Scene("fees-prices-submit", submit),
    Scene("fees-prices-approve", approve),
    Scene("fees-prices-approve-own", own_writing),
    Scene("fees-prices-refuse", refuse),
    Scene("fees-prices-withdraw", withdraw),
    Scene("fees-prices-drop", drop),
    Scene("fees-prices-take-back", take_back),
    Scene("fees-prices-correct", correct),
    Scene("fees-prices-item-new", new_item),
    Scene("fees-prices-item", change_item),
    Scene("fees-prices-personal", personal),
    Scene("fees-prices-personal-approve", approve_personal),
    Scene("fees-prices-personal-refuse", refuse_personal),
    Scene("fees-prices-personal-withdraw", withdraw_personal),
    Scene("fees-prices-notices", board),
    Scene("fees-prices-notices-which", which_notice),
    Scene("fees-prices-notices-paper", fee_notice),
    Scene("fees-prices-notices-parts", three_parts),
    Scene("fees-prices-notices-up", put_up),
    Scene("fees-prices-notices-down", take_down),
    Scene("fees-prices-notices-texts", notice_texts),
)
