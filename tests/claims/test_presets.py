"""The claims that came with the program: whole, tied to what exists, never damaged."""

import re

import pytest

from carehome.rules import divisions
from carehome.rules.claims.amounts import split, star_subsidy
from carehome.rules.claims.claim import Payer
from carehome.rules.claims.presets import claims, questions, star_rates
from carehome.rules.figures import definitions


def test_the_sources_give_more_than_a_hundred_claims():
    assert len(claims()) > 100


@pytest.mark.parametrize("claim", claims().values(), ids=lambda claim: claim.code)
def test_every_claim_says_where_it_was_read(claim):
    assert re.search(r"seed 00\d L\d", claim.source)


@pytest.mark.parametrize("claim", claims().values(), ids=lambda claim: claim.code)
def test_every_claim_names_the_policy_it_rests_on_and_its_year(claim):
    assert re.search(r"(19|20)\d\d", claim.policy)
    assert "seed" not in claim.policy


@pytest.mark.parametrize("claim", claims().values(), ids=lambda claim: claim.code)
def test_every_claim_asks_something_or_has_an_amount_nobody_can_miss(claim):
    assert claim.conditions


@pytest.mark.parametrize("claim", claims().values(), ids=lambda claim: claim.code)
def test_every_place_of_a_claim_exists(claim):
    for depth, part in enumerate(claim.region):
        if depth:
            assert part in divisions.below(claim.region[:depth])


@pytest.mark.parametrize("claim", claims().values(), ids=lambda claim: claim.code)
def test_every_figure_of_a_claim_is_defined(claim):
    assert claim.figures <= definitions().keys()


def test_only_a_claim_of_a_place_has_an_amount():
    assert [c.code for c in claims().values() if c.amount and not c.region] == []


def test_a_damaged_amount_of_the_old_texts_is_left_out():
    rates = {
        fen
        for claim in claims().values()
        if claim.amount
        for line in claim.amount.lines
        for fen in (line.least, line.most)
    }
    assert 202400 not in rates


def test_what_is_only_reported_is_confirmed_by_the_home_first():
    for claim in claims().values():
        if claim.sureness == "second_hand":
            assert claim.conditions[-1].question.code == f"{claim.code}/in-force"


def test_one_question_is_asked_in_the_same_words_everywhere():
    assert len(questions(claims().values())) > 100


@pytest.mark.parametrize(
    ("star", "people", "fen"),
    [
        (3, {"disabled": 10, "partly": 5, "able": 20}, 245000),
        (4, {"disabled": 10, "partly": 5, "able": 20}, 330000),
        (5, {"disabled": 1, "partly": 1, "able": 1}, 45500),
        (2, {"disabled": 1, "partly": 1, "able": 1}, 20000),
        (1, {"disabled": 1, "partly": 1, "able": 1}, 15000),
        (0, {"disabled": 10}, 0),
        (3, {"": 7}, 0),
    ],
)
def test_the_subsidy_by_star_is_that_of_the_policy(star, people, fen):
    assert star_subsidy(star_rates(), star, people) == fen


def test_halves_come_to_the_whole_to_the_fen():
    city, district = Payer("市", 5), Payer("区", 5)
    assert split(245001, [city, district]) == [(city, 122500), (district, 122501)]
    assert split(245000, [city, district]) == [(city, 122500), (district, 122500)]


@pytest.mark.parametrize(
    ("code", "figures"),
    [
        ("beijing/hardship", {"residents.hard_up"}),
        ("beijing/nursing", {"residents.severe", "residents.disability"}),
        ("chongqing/disabled", {"residents.hard_up_disabled"}),
        ("hangzhou/nursing", {"residents.level_2", "residents.severe"}),
        ("fujian/nursing", {"residents.severe"}),
        ("national/operating", {"residents.hard_up_old_disabled"}),
    ],
)
def test_a_claim_counts_whom_its_text_names(code, figures):
    assert claims()[code].figures == figures


@pytest.mark.parametrize("code", ["xian/standards", "xian/standard-pilot"])
def test_the_city_alone_bears_what_the_policy_gives_to_it(code):
    assert [(each.name, each.parts) for each in claims()[code].payers] == [("市级", 1)]
