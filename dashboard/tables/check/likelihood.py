"""Which words of a text are vague words of likelihood.

Intelligence standards ask that likelihood be said in a few fixed terms, so that a reader takes each as it was meant.
Two such lists are the yardsticks here: ICD 203, *Analytic Standards*, of the US Director of National Intelligence,
and the PHIA Probability Yardstick of the UK.
"""

from __future__ import annotations

import re

YARDSTICK = (
    "almost no chance", "remote chance", "remote", "highly unlikely", "very unlikely", "highly improbable", "unlikely",
    "improbable", "improbably", "realistic possibility", "roughly even chance", "roughly even odds", "likely", "probable",
    "probably", "highly likely", "very likely", "highly probable", "almost certain", "almost certainly", "nearly certain",
)  # fmt: skip
VAGUE = (
    "alleged", "allegedly", "apparent", "apparently", "appear", "appeared", "appears", "arguably", "assumed", "believed",
    "conceivably", "could", "may", "maybe", "might", "perhaps", "possibility", "possible", "possibly", "potentially",
    "presumably", "presumed", "purported", "purportedly", "reportedly", "rumored", "rumoured", "said to", "seem", "seemed",
    "seemingly", "seems", "supposedly", "suspected", "thought to", "understood to",
)  # fmt: skip
# What looks like one of these words and is not: the month (or a name) of May, strength, and what somebody was unable to do.
MONTH = r"(?-i:May)(?! (?:also|be|have|not|still|well)\b)|(?<=[\w,;] )(?-i:May)"
FRIENDS = (MONTH, r"(?:military|naval|air|industrial|economic) might", r"could not", r"couldn[’']t")
# To look at the first letter before the words takes half the time.
FLAGGED = re.compile(
    rf"\b(?=[{''.join({word[0] for word in VAGUE})}])(?:{'|'.join(sorted(VAGUE, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
# Of the yardsticks only those matter here that hold a vague word: “realistic possibility”.
PASSED = re.compile(
    "|".join([rf"\b(?:{word})\b" for word in [*FRIENDS, *filter(FLAGGED.search, YARDSTICK)]]), re.IGNORECASE
)
STEMS = [word for word in VAGUE if not any(other in word for other in VAGUE if other != word)]


def vague_words(text: str) -> list[str]:
    """Return the vague words of likelihood in a text, in lower case, each once, in their order."""
    if not any(map(text.casefold().__contains__, STEMS)):  # most texts; to look for whole words takes thrice as long
        return []
    words = FLAGGED.findall(PASSED.sub("·", text))
    return list(dict.fromkeys(word.casefold() for word in words))
