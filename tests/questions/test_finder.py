"""Everything is found by the words that readers type, however they type them; each result says what it is and how sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import address
from dashboard.address import Links
from dashboard.questions import entries, lexicon, sources
from dashboard.questions.entries import Hit
from dashboard.questions.finder import Found, find
from dashboard.questions.marking import excerpt, pieces
from dashboard.tables.load import Tables


@pytest.fixture(scope="module")
def spoken(made_up: Tables) -> Tables:
    """Return tables whose first statement has words that readers know and mistype."""
    said = made_up.quotes["text"].tolist()
    said[0] = (
        "Michael Kugelman on Agosta 90B boats, MİLGEM corvettes, the Hürkuş, F-16s, 155 mm shells and co-production."
    )
    return replace(made_up, quotes=made_up.quotes.assign(text=said))


def titles(found: Found, noun: str) -> list[str]:
    return next(([hit.title for hit in group.hits] for group in found.groups if group.noun == noun), [])


def first(tables: Tables, words: str, noun: str) -> Hit:
    return next(group.hits[0] for group in find(tables, words).groups if group.noun == noun)


@pytest.mark.parametrize(
    "typed",
    [
        "Kugelman", "kugelman", "Kugleman", "Kuglman", "kugemlnan", "kugle", "Kug",
        "agosta", "Agsota", "agosta90b", "Agosta 90B", "AGOSTA-90B",
        "milgem", "MİLGEM", "corvette", "corvete", "hurkus", "Hürkuş", "F16", "F 16", "f-16", "155mm", "155 mm",
        "co-production", "co production", "coproduction", "production", "the Kugelman shells", "Kugleman Agsota",
    ],
)  # fmt: skip
def test_a_word_is_found_however_it_is_typed(spoken: Tables, typed: str) -> None:
    found = find(spoken, typed)
    assert titles(found, "statement") == ["House of Delta, 1 May 2016"]
    assert found.had == found.sought


@pytest.mark.parametrize("typed", ["Kgl", "Kugmelan-Xyz", "F15", "F61", "agsto", "Hxrkxs", "mlgm", "zzzz", "90C"])
def test_a_word_that_is_another_word_is_not_found(spoken: Tables, typed: str) -> None:
    assert "House of Delta, 1 May 2016" not in titles(find(spoken, typed), "statement")


def test_an_error_is_said_to_be_one(spoken: Tables) -> None:
    assert find(spoken, "Kugleman boats").read_as == (("Kugleman", "Kugelman"),)
    assert find(spoken, "Kugelman boats").read_as == ()


def test_the_word_itself_comes_before_what_it_begins_and_no_error_is_looked_for(made_up: Tables) -> None:
    titled = made_up.deals.assign(title="Other")
    titled.loc[titled.index[:4], "title"] = ["Marlin", "Marl", "Marls", "Merl"]
    found = titles(find(replace(made_up, deals=titled), "marl"), "deal")
    assert found[-1] == "Marlin"
    assert set(found) == {"Marl", "Marls", "Marlin"}


def test_the_word_in_a_text_comes_before_a_title_that_it_only_begins(made_up: Tables) -> None:
    deals = made_up.deals.assign(title="Other", summary="")
    deals.loc[deals.index[0], "title"] = "Marlin"
    deals.loc[deals.index[1], ["title", "summary"]] = ["Second", "They bought a marl."]
    assert titles(find(replace(made_up, deals=deals), "marl"), "deal") == ["Second", "Marlin"]


def test_what_has_a_word_in_its_title_comes_before_what_has_it_in_its_text(made_up: Tables) -> None:
    summary = made_up.deals["summary"].tolist()
    summary[-1] = "As large as Frigate Alpha"
    found = find(replace(made_up, deals=made_up.deals.assign(summary=summary)), "frigate")
    assert titles(found, "deal") == ["Frigate Alpha", made_up.deals["title"].iloc[-1]]


def test_every_word_must_stand_in_one_row_in_whatever_column(made_up: Tables) -> None:
    assert titles(find(made_up, "frigate Beta Engines naval Sampletown"), "deal") == ["Frigate Alpha"]
    assert titles(find(made_up, "refit boats"), "deal") == ["Upgrade Bravo"]


def test_where_no_row_has_every_word_those_with_most_of_them_are_found(made_up: Tables) -> None:
    found = find(made_up, "frigate alpha exampleville")
    assert (found.had, found.sought, found.unknown) == (2, 3, ())
    assert titles(found, "deal") == ["Frigate Alpha"]
    assert titles(found, "place") == []


def test_a_word_that_stands_nowhere_is_named_and_the_others_are_found(made_up: Tables) -> None:
    found = find(made_up, "frigate qqqqq")
    assert (found.had, found.sought, found.unknown) == (1, 2, ("qqqqq",))
    assert titles(found, "deal") == ["Frigate Alpha"]


def test_an_error_is_forgiven_in_a_known_word_where_nothing_else_has_all(made_up: Tables) -> None:
    names = made_up.places.assign(name=["Frigata", *made_up.places["name"].iloc[1:]])
    found = find(replace(made_up, places=names), "frigata alpha yards")
    assert titles(found, "deal") == ["Frigate Alpha"]


@pytest.mark.parametrize("typed", ["qqqqq", "xyzzy plugh", "????", "", " ", "☃"])
def test_nonsense_finds_nothing(made_up: Tables, typed: str) -> None:
    found = find(made_up, typed)
    assert (found.groups, found.total, found.near) == ((), 0, ())


def test_where_nothing_fits_what_is_near_in_name_is_offered(made_up: Tables) -> None:
    found = find(made_up, "Exmplvile")
    assert found.groups == ()
    assert [hit.title for hit in found.near] == ["Exampleville"]


@pytest.mark.parametrize("typed", ["Turkey frigate", "Türkiye frigate", "turkiye frigate", "TR frigate", "TUR frigate"])
def test_a_country_is_found_by_each_of_its_names(made_up: Tables, typed: str) -> None:
    assert titles(find(made_up, typed), "deal") == ["Frigate Alpha"]


def test_a_small_word_that_is_a_code_too_means_no_country(made_up: Tables) -> None:
    assert titles(find(made_up, "Islamic Republic of Pakistan"), "place") == ["Testville"]
    assert "Testville" not in titles(find(made_up, "pk"), "place")
    assert titles(find(made_up, "PK"), "place") == ["Testville"]


def test_words_that_stand_everywhere_count_only_alone(made_up: Tables) -> None:
    assert titles(find(made_up, "who is at the frigate"), "deal") == ["Frigate Alpha"]
    assert find(made_up, "the").total > 0


def test_a_very_long_text_is_searched_by_its_first_words(made_up: Tables) -> None:
    assert find(made_up, " ".join(f"q{number}x" for number in range(500))).sought == 12


def test_the_results_are_counted_whole_and_the_best_are_given(made_up: Tables) -> None:
    (group,) = [group for group in find(made_up, "made-up", 2).groups if group.noun == "deal"]
    assert len(group.hits) == 2
    assert group.count > 2


def test_a_group_is_as_far_ahead_as_its_best_result(made_up: Tables) -> None:
    assert find(made_up, "Ada Sample").groups[0].noun == "speaker"
    assert find(made_up, "Exampleville").groups[0].noun == "place"
    assert find(made_up, "sizes").groups[0].noun == "open question"


def test_everything_is_found_by_its_own_title(made_up: Tables) -> None:
    for kind in entries.KINDS.values():
        for entry in kind.entries(made_up):
            wanted = entries.describe(made_up, entry)
            assert wanted in [hit for group in find(made_up, entry.title, 50).groups for hit in group.hits], entry.title


def test_the_counts_are_those_of_the_tables(made_up: Tables) -> None:
    counts = lexicon.index_of(made_up).counts
    assert counts["deal"] == len(made_up.deals)
    assert counts["statement"] == len(made_up.quotes)
    assert counts["speaker"] == made_up.quotes["analyst"].nunique()
    assert counts["publication"] == len(made_up.sources)
    assert "place" not in lexicon.index_of(replace(made_up, places=made_up.places.iloc[:0])).counts


@pytest.mark.parametrize(
    ("words", "noun", "what", "sure"),
    [
        ("frigate", "deal", "Turkey to Pakistan · Naval · Sale · 6 May 2010 to 1 January 2012",
         ["Delivered", "1 Confirmed by independent sources", "3 independent origins"]),
        ("Unit Oscar", "deal", "Turkey to Pakistan", ["Alleged (doubted)"]),
        ("Ada Sample", "speaker", "Analyst, House of Samples · United Kingdom · 3 statements", ["1 of 3 in direct words"]),
        ("House of Delta", "speaker", "Maker of engines · Ukraine · 2 statements", ["none of 2 in direct words"]),
        ("landed at night", "statement", "Direct words · Writer on Indian affairs, Lambda Tribune · Claim on Kashmir", ["4 Doubtful"]),
        ("patience", "statement", "Paraphrase · Fellow, Eta Institute", ["opinion, not graded"]),
        ("Forum thread", "publication", "Iota Fans · date of publication not known · ", ["D Not usually reliable"]),
        ("Exampleville", "place", "Turkey · 1 deal here", ["known to the city"]),
        ("Alpha Yard", "place", "Turkey · 1 deal here", ["known to the site"]),
        ("sizes", "open question", "Looked for and not found · Land", ["last checked 5 January 2026"]),
        ("cpi_u", "column", "Column cpi_u of deflator.csv", ["filled in "]),
    ],
)  # fmt: skip
def test_each_result_says_what_it_is_and_how_sure(
    made_up: Tables, words: str, noun: str, what: str, sure: list[str]
) -> None:
    hit = first(made_up, words, noun)
    assert hit.what.startswith(what)
    said = [
        f"{mark.grade.removeprefix('none')} {mark.words}{' (doubted)' * mark.is_doubted}".strip() for mark in hit.sure
    ]
    for mark, wanted in zip(said, sure, strict=False):
        assert mark.startswith(wanted)


def test_only_direct_words_are_marked_as_such(made_up: Tables) -> None:
    assert first(made_up, "landed at night", "statement").is_exact
    assert not first(made_up, "patience", "statement").is_exact


def test_a_source_that_no_row_cites_says_so(made_up: Tables) -> None:
    uncited = replace(made_up, citations=made_up.citations.iloc[:0])
    assert [mark.words for mark in first(uncited, "Forum thread", "publication").sure][1:] == ["not cited"]
    cited = int((made_up.citations["source_id"] == "epsilon-ministry-2003").sum())
    assert [mark.words for mark in first(made_up, "Communiqué", "publication").sure][1:] == [f"cited {cited} times"]


def test_steps_and_doubts_of_a_deal_are_found_too(made_up: Tables) -> None:
    step = made_up.milestones.iloc[0]
    deal = made_up.deals.set_index("deal_id").loc[step["deal_id"]]
    assert deal["title"] in titles(find(made_up, step["event"]), "deal")
    assert titles(find(made_up, "Herald gives disputed, In doubt: $1.2bn"), "deal") == ["Frigate Alpha"]


@pytest.mark.parametrize("chosen", ["made_up", "tables"])
def test_every_result_leads_to_a_page_that_takes_its_address_and_shows_it(
    chosen: str, request: pytest.FixtureRequest
) -> None:
    tables: Tables = request.getfixturevalue(chosen)
    for entry in lexicon.index_of(tables).entries:
        hit = entries.describe(tables, entry)
        params = Links().params(**hit.own)
        asked = address.read(tables, hit.page, params)
        assert not asked.lost, hit
        assert {name: list(values) for name, values in asked.values.items()} == params
        if entry.kind == "statements":
            assert hit.own == {"statement": entry.row["quote_id"]}
        if entry.kind == "publications":
            shown = sources.choose(tables.sources, sources.Choice(text=hit.own["text"]))
            assert entry.row["source_id"] in shown["source_id"].tolist()


def test_the_words_that_fit_are_marked_in_a_text_as_it_is_written() -> None:
    terms = frozenset({"erdogan", "f16"})
    assert pieces("Erdoğan's F-16, and <b>f16</b>", terms) == [
        ("Erdoğan's", True), (" ", False), ("F-16", True), (", and <b>", False), ("f16", True), ("</b>", False),
    ]  # fmt: skip
    assert pieces("nothing", terms) == [("nothing", False)]
    assert pieces("", terms) == []


@pytest.mark.parametrize("before", ["", "one two three "])
def test_an_excerpt_begins_shortly_before_the_first_word_that_fits(before: str) -> None:
    text = f"{before}{'word ' * 100}frigate {'more ' * 100}".strip()
    shown = excerpt(text, frozenset({"frigate"}), 100)
    assert ("frigate", True) in shown
    assert shown[0][0] == "… "
    assert shown[-1][0] == " …"
    assert len("".join(part for part, _ in shown)) <= 104


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert excerpt("A frigate", frozenset({"frigate"})) == [("A ", False), ("frigate", True)]
    assert excerpt("frigate first", frozenset({"frigate"}), 100) == [("frigate", True), (" first", False)]
    assert excerpt("x" * 300, frozenset(), 100) == [("x" * 100, False), (" …", False)]
