"""The bibliography: every publication the tables rest on, with its grade, whose press it is and where it is used."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import bibliography, citation, dates, filters, markup
from dashboard.bibliography import UNKNOWN, Choice
from dashboard.data import Tables
from dashboard.deals import Selection, format_count
from dashboard.evidence import format_share
from dashboard.pages import heading, nothing, source_line

OWN = ("text", *bibliography.COLUMNS)
SHOWN_A_PAGE = 20
DEALS_SHOWN = 4
Bar = tuple[str | Markup, int, dict[str, str]]  # its words, its length, and the choice that it stands for
USES = {"deals": "deal", "milestones": "milestone", "quotes": "statement", "deflator": "price index year"}


def render(tables: Tables, selection: Selection) -> None:
    """Draw the bibliography of the deals in view."""
    about = bibliography.select_sources(tables, selection)
    top = st.container()
    choice = _choose(tables, about)
    sources = bibliography.choose(about, choice)
    with top:
        heading("Sources", finding(sources))
        filters.in_view(tables, selection, noun="sources", shown=len(sources))
        if len(sources):
            st.html(_summary(tables, sources))
            with st.popover("What the grades mean", icon=":material/help:", type="tertiary"):
                st.html(markup.admiralty_scale(tables))
    if sources.empty:
        return nothing("source")
    _downloads(tables, sources)
    pages = -(-len(sources) // SHOWN_A_PAGE)
    listed = st.container()
    first = (filters.page_number(pages) - 1) * SHOWN_A_PAGE
    with listed:
        _entries(tables, sources.iloc[first : first + SHOWN_A_PAGE])
    source_line(tables, "A grade is given to the publisher as a type of source.")
    return None


def finding(sources: pd.DataFrame) -> str:
    """Return the page's one sentence, computed from the sources in view."""
    if sources.empty:
        return "No publication in view."
    words = format_count(len(sources), "publication")
    origins = format_count(sources["origin"].nunique(), "independent origin")
    return f"{words} from {origins}; {format_share(bibliography.share_good(sources))} graded B or better."


def _choose(tables: Tables, about: pd.DataFrame) -> Choice:
    """Show the page's own filters, with the number of sources beside each choice, and return what is chosen."""
    labels = _labels(tables)
    now = Choice(
        **{name: tuple(filters.given(name, labels[name])) for name in labels}, text="".join(filters.given("text")[:1])
    )
    fields = {"press": ("Publisher’s country", "any country"), "grade": ("Grade of the source", "any grade"),
              "language": (tables.dictionary.title("sources", "language"), "any language"),
              "source": ("Kind of source", "any kind")}  # fmt: skip
    columns = st.columns([1.5, 1, 1, 1, 1])
    with columns[0]:
        text = filters.words("Search sources", "text", OWN, type="search", placeholder="headline, publisher, origin")
    chosen = {}
    for column, (name, (label, blank)) in zip(columns[1:], fields.items(), strict=True):
        counts = bibliography.count_choices(about, now, name)
        choices = {code: f"{words} ({counts.get(code, 0):,})" for code, words in labels[name].items()}
        with column:
            chosen[name] = filters.several(label, name, choices, OWN, placeholder=blank)
    return Choice(**chosen, text=text)


def _labels(tables: Tables) -> dict[str, dict[str, str]]:
    """Return the choices of each filter, codes to words: the most frequent first, grades in their own order."""
    choices = tables.dictionary.choices
    labels: dict[str, dict[str, str]] = {"press": {}}
    for code in tables.sources["country"].value_counts().index:
        labels["press"][code or UNKNOWN] = tables.country_name(code) if code else "Seat not known"
    labels["grade"] = {code: f"{code} {words}" for code, words in choices("sources", "reliability").items()}
    for name, column in (("language", "language"), ("source", "kind")):
        used = tables.sources[column].value_counts().index
        labels[name] = {code: tables.dictionary.label("sources", column, code) for code in used}
    return labels


def _summary(tables: Tables, sources: pd.DataFrame) -> Markup:
    """Return whose press it is and how it is graded, as two small tables of bars that narrow the list when followed."""
    groups = bibliography.press_groups(tables, sources)
    press: list[Bar] = [
        (group["label"], int(group["sources"]), {"press": group["press"]}) for _, group in groups.iterrows()
    ]
    counts = sources["reliability"].value_counts()
    grades: list[Bar] = [
        (markup.reliability(tables, code), int(counts.get(code, 0)), {"grade": code})
        for code in tables.dictionary.choices("sources", "reliability")
    ]
    parts = [("Whose press this is", _bars(press, len(sources), "Publications by the publisher’s country")),
             ("How far it can be relied on", _bars(grades, len(sources), "Publications by grade of the source"))]  # fmt: skip
    section = Markup("<section><h2>{}</h2>{}</section>")
    return Markup('<div class="sections graded">{}</div>').format(markup.join(section.format(*part) for part in parts))


def _bars(rows: list[Bar], whole: int, caption: str) -> Markup:
    """Return rows of words, a bar and a number; words that name one choice lead to it."""
    kept = {name: list(filters.given(name)) for name in OWN}
    line = Markup(
        '<tr><td>{}</td><td class="bar">{}</td><td class="number">{:,}</td><td class="number">{:.0%}</td></tr>'
    )
    bar = Markup('<i style="width:{:.1f}%" aria-hidden="true"></i>')
    cells = []
    for words, count, own in rows:
        target = filters.href("sources", **{**kept, **{name: [value] for name, value in own.items()}})
        named = markup.link(target, words) if count and all(own.values()) else words
        cells.append(line.format(named, bar.format(100 * count / whole) if count else "", count, count / whole))
    body = markup.join(cells)
    return Markup('<table class="bars"><caption>{}</caption><tbody>{}</tbody></table>').format(caption, body)


def _downloads(tables: Tables, sources: pd.DataFrame) -> None:
    """Offer the whole list in view to reference managers."""
    with st.container(horizontal=True, vertical_alignment="center", key="bibliography-downloads"):
        st.markdown(f"Download all {len(sources):,}", width="content")
        for name, (ending, mime, written) in EXPORTS.items():
            file = f"defence-ties-{tables.version}-sources.{ending}"
            st.download_button(name, partial(written, sources), file, mime, key=f"all-{ending}", on_click="ignore",
                               type="tertiary", icon=":material/download:")  # fmt: skip


def write_bibtex(sources: pd.DataFrame) -> str:
    """Return sources as one BibTeX file."""
    return "\n\n".join(citation.bibtex(row) for _, row in sources.iterrows()) + "\n"


def write_ris(sources: pd.DataFrame) -> str:
    """Return sources as one RIS file."""
    return "\n\n".join(citation.ris(row) for _, row in sources.iterrows()) + "\n"


def write_csl(sources: pd.DataFrame) -> str:
    """Return sources as one CSL-JSON file."""
    return json.dumps([citation.csl(row) for _, row in sources.iterrows()], ensure_ascii=False, indent=1) + "\n"


EXPORTS: dict[str, tuple[str, str, Callable[[pd.DataFrame], str]]] = {
    "BibTeX": ("bib", "application/x-bibtex", write_bibtex),
    "RIS": ("ris", "application/x-research-info-systems", write_ris),
    "CSL-JSON": ("json", "application/vnd.citationstyles.csl+json", write_csl),
}


def _entries(tables: Tables, sources: pd.DataFrame) -> None:
    """Show the sources of one page, each with a citation to copy."""
    keys = list(sources["source_id"])
    uses = bibliography.count_uses(tables, keys)
    resting = dict(list(bibliography.deals_of(tables, keys).groupby("source_id")))
    for _, row in sources.iterrows():
        key = row["source_id"]
        with st.container(horizontal=True, key=f"source-entry-{key}"):
            used = _used(tables, uses.loc[key], resting.get(key, tables.deals.head(0)))
            st.html(entry(tables, row, used))
            popover = st.popover("Cite", type="tertiary", key=f"cite-{key}", on_change="rerun")
        if popover.open:
            with popover, st.container(width=480):
                _citations(row)


def _citations(row: pd.Series) -> None:
    """Show a source's citation in every form, each with a button that copies it."""
    forms = {"Plain": citation.plain(row), "BibTeX": citation.bibtex(row), "RIS": citation.ris(row),
             "CSL-JSON": json.dumps(citation.csl(row), ensure_ascii=False, indent=1)}  # fmt: skip
    for name, words in forms.items():
        st.caption(name)
        st.code(words, language=None, wrap_lines=True)


def entry(tables: Tables, row: pd.Series, used: Markup) -> Markup:
    """Return one source of the bibliography; `used` is markup on where it is used."""
    label = tables.dictionary.label
    described = row["title"].startswith("[")
    words = Markup('<span class="{}">{}</span>').format(
        "described" if described else "headline", row["title"].strip("[]")
    )
    if row["url"]:
        words = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(row["url"], words)
    else:
        words = Markup("{} <em>(no public address)</em>").format(words)
    about = [row["publisher"], tables.country_name(row["country"]) if row["country"] else "seat not known",
             dates.format_date(row["published"]), label("sources", "language", row["language"]),
             label("sources", "kind", row["kind"])]  # fmt: skip
    carries = f" Origin of the text: {row['origin']}." if row["origin"] != row["publisher"] else ""
    frame = '<article class="publication" id="source-{}"><p class="title">{}</p><p class="meta">{}.{}</p><div class="used">{} {}</div></article>'
    grade = markup.reliability(tables, row["reliability"])
    return Markup(frame).format(row["source_id"], words, ", ".join(about), carries, grade, used)


def _used(tables: Tables, uses: pd.Series, resting: pd.DataFrame) -> Markup:
    """Return where a source is used: how often, and links to the deals; more than a few of them fold away."""
    counts = [format_count(int(uses[name]), noun) for name, noun in USES.items() if uses[name]]
    links = [markup.deal_link(tables, row, filters.href("deal", id=row["deal_id"])) for _, row in resting.iterrows()]
    words = Markup('<span class="meta">Used for {}{}</span> {}').format(
        ", ".join(counts) or "nothing yet", ":" * bool(links), markup.join(links[:DEALS_SHOWN], " · ")
    )
    rest = links[DEALS_SHOWN:]
    if not rest:
        return words
    fold = Markup("<details><summary>and {} more</summary>{}</details>")
    return words + " " + fold.format(len(rest), markup.join(rest, " · "))
