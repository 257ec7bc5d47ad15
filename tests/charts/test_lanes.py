"""How bars share rows, whatever the bars: what is packed is read, nothing twice and nothing over another."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.timeline.lanes import GAP, Piece, box, packed, widened

SHARES = st.floats(0, 1)
PIXELS = st.floats(0, 30)
WIDTHS = st.floats(280, 2000)
PIECES = st.lists(
    st.builds(
        lambda start, long, before, after, words: Piece(start, min(1.0, start + long), before, after, words),
        SHARES, st.floats(0, 0.5), PIXELS, PIXELS, st.floats(20, 270),
    ),
    max_size=25,
)  # fmt: skip


def overlap(pieces: list[Piece], rows: list[int], width: float) -> list[tuple[int, int]]:
    """Return the neighbours in a row that come nearer to each other than `GAP`, but for the last bit of a number."""
    boxes = [box(piece, width) for piece in pieces]
    return [
        (one, other)
        for one, other in combinations(range(len(pieces)), 2)
        if rows[one] == rows[other]
        and boxes[one][0] < boxes[other][1] + GAP - 1e-6
        and boxes[other][0] < boxes[one][1] + GAP - 1e-6
    ]


@given(PIECES, WIDTHS)
def test_each_bar_gets_one_row_and_no_two_in_a_row_overlap_words_included(pieces: list[Piece], width: float) -> None:
    rows = packed(pieces, width)
    assert len(rows) == len(pieces)
    assert set(rows) == set(range(len(set(rows))))
    assert overlap(pieces, rows, width) == []


@given(PIECES, WIDTHS, st.floats(1, 3))
def test_what_does_not_overlap_does_not_in_a_wider_picture(pieces: list[Piece], width: float, more: float) -> None:
    assert overlap(pieces, packed(pieces, width), width * more) == []


@given(PIECES, WIDTHS)
def test_there_are_no_more_rows_than_bars_that_lie_above_each_other(pieces: list[Piece], width: float) -> None:
    boxes = [box(piece, width) for piece in pieces]
    above = [sum(left - GAP < begin < right + GAP for left, right in boxes if left <= begin) for begin, _ in boxes]
    assert max(packed(pieces, width), default=-1) + 1 <= max(above, default=0) <= len(pieces)


@given(PIECES, WIDTHS)
def test_the_same_bars_get_the_same_rows_and_those_further_left_the_upper_ones(
    pieces: list[Piece], width: float
) -> None:
    rows = packed(pieces, width)
    assert packed(list(pieces), width) == rows
    firsts = [
        min(box(piece, width)[0] for piece, row in zip(pieces, rows, strict=True) if row == at)
        for at in sorted(set(rows))
    ]
    assert firsts == sorted(firsts)


@given(PIECES, WIDTHS, st.data())
def test_wider_words_are_taken_where_the_row_has_room_and_push_nothing(
    pieces: list[Piece], width: float, data: st.DataObject
) -> None:
    rows = packed(pieces, width)
    wider = [
        [piece.words + more for more in data.draw(st.sampled_from([[], [60.0], [200.0, 40.0]]))] for piece in pieces
    ]
    chosen = widened(pieces, rows, wider, width)
    worded = [
        piece._replace(words=[*widths, piece.words][choice])
        for piece, widths, choice in zip(pieces, wider, chosen, strict=True)
    ]
    fits = [box(piece, width)[1] <= width + 1e-6 for piece in worded]
    assert overlap(worded, rows, width) == []
    assert all(
        not widths or choice == 0 for widths, choice, fit in zip(wider, chosen, fits, strict=True) if len(rows) == 1
    )


def test_words_that_would_run_over_the_edge_begin_further_left_and_take_the_room_there() -> None:
    late, early = Piece(0.9, 0.95, 0, 0, 300), Piece(0.5, 0.55, 0, 0, 100)
    assert box(late, 1000) == (700, 1000)
    assert packed([early, late], 1000) == [0, 0]
    assert packed([Piece(0.65, 0.66, 0, 0, 100), late], 1000) == [0, 1]


def test_longer_words_stand_where_nothing_is_beside_them() -> None:
    alone, beside = Piece(0.1, 0.2, 0, 0, 100), Piece(0.4, 0.5, 0, 0, 100)
    assert widened([alone, beside], [0, 1], [[500.0], [500.0]], 1000) == [0, 0]
    assert widened([alone, beside], [0, 0], [[500.0, 150.0], [500.0]], 1000) == [1, 0]
    assert widened([alone, beside], [0, 0], [[500.0], [500.0]], 1000) == [1, 0]
