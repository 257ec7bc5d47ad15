"""A deal's page says whether the article that the tables began from mentions the deal."""

from __future__ import annotations

import re

import pytest

from tests.page import opened, written

pytestmark = pytest.mark.usefixtures("made_up_pages")


@pytest.mark.parametrize(
    ("deal_id", "words"), [("lima-pact", "Yes (Printed Weekly)"), ("bravo-upgrade", "No (Printed Weekly)")]
)
def test_a_deal_that_has_the_starting_article_among_its_sources_is_mentioned_in_it(deal_id: str, words: str) -> None:
    found = re.findall(r"<dt>In the starting article</dt>\s*<dd>(.*?)</dd>", written(opened("deal", id=deal_id)))
    assert found == [words]
