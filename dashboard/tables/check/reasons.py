"""What a rule on cells takes and says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

Cells = Mapping[str, str]  # of a row, by their columns
Keys = Mapping[str, Collection[str]]  # of each table that others may refer to, the keys there are
# Column, value at fault, problem and remedy; or in place of the remedy what gives it, where to seek it takes time.
Reason = tuple[str, str, str, str | Callable[[], str]]
Broken = Iterator[Reason]
Mend = tuple[str, str]  # a text mended, and what was wrong with it in words that follow its name, or ""
