"""A message in one spelling, with the way back to the words as written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

TYPING = {
    "im": "i'm", "ive": "i've", "iv": "i've", "dont": "don't", "didnt": "didn't", "doesnt": "doesn't",
    "havent": "haven't", "hasnt": "hasn't", "wasnt": "wasn't", "isnt": "isn't", "cant": "can't", "wont": "won't",
    "aint": "ain't", "couldnt": "couldn't", "wouldnt": "wouldn't", "u": "you", "ur": "your", "n": "and",
    "gonna": "going to", "gotta": "got to", "gimme": "give me", "nxt": "next", "wich": "which",
    "shd": "should", "shud": "should", "wud": "would", "wd": "would", "wat": "what", "wot": "what", "wt": "what",
    "hw": "how", "cn": "can", "abt": "about", "bcoz": "because", "cuz": "because", "frm": "from", "nd": "and",
    "mgr": "manager", "mngr": "manager", "mgmt": "management", "mgmnt": "management", "mgt": "management",
    "yeras": "years", "yaers": "years", "yers": "years", "yeares": "years", "yrs": "years", "yr": "year",
    "mnths": "months", "thru": "through", "wit": "with", "wth": "with", "hav": "have", "hv": "have",
    "havin": "having", "wanna": "want to", "experiance": "experience",
    "programm": "programme", "befor": "before", "manger": "manager",
}  # fmt: skip
"""How people type. Each is read as the form on the right."""

SHORT_FORMS = TYPING | {
    "y": "y", "proj": "project", "projs": "projects", "prog": "programme", "program": "programme",
    "programs": "programmes", "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "asst": "assistant",
    "assoc": "associate", "exp": "experience", "dir": "director", "coord": "coordinator", "eng": "engineer",
    "cert": "certification", "certs": "certifications", "certificate": "certification",
    "certificates": "certifications", "certificated": "certified",
    "organizational": "organisational", "realization": "realisation", "prioritization": "prioritisation",
    "center": "centre", "coordinater": "coordinator", "leed": "lead", "w": "with",
}  # fmt: skip
"""With the abbreviations of the trade and American spellings; so read in messages and in aliases alike."""

_PIECE = re.compile(
    r"(?P<word>[^\W_]+(?:['’`´][^\W_]+)?)|(?P<joint>(?<=\w)[-‐‑–—_/](?=[^\W\d])"
    r"|(?<=[^\W\d])[-‐‑/_](?=\w))|(?P<space>[^\S\n]+)|(?P<other>.)",
    re.DOTALL,
)
_QUOTES = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"}


@dataclass(frozen=True)
class Plain:
    """``text`` is lower case with one space; ``places[i]`` is where its character ``i`` stood in ``original``."""

    original: str
    text: str
    places: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """The words as written, between two places of the plain text."""
        if start >= end:
            return ""
        return self.original[self.places[start] : self.places[end - 1] + 1].strip()


def _initial(piece: re.Match[str]) -> bool:
    """The first letter of "U.S." is no word."""
    return piece.end() - piece.start() == 1 and re.match(r"\.\w\.", piece.string[piece.end() :]) is not None


def plain(original: str, spell: Callable[[str], str] = lambda word: word) -> Plain:
    """Hyphens and slashes inside words become spaces. ``spell`` puts a word right, or gives it back."""
    out: list[str] = []
    places: list[int] = []
    for piece in _PIECE.finditer(original):
        begin, last = piece.start(), piece.end() - 1
        if piece["word"]:
            word = "".join(_QUOTES.get(c, c) for c in piece["word"].lower())
            new = word if _initial(piece) else SHORT_FORMS.get(word) or spell(word)
        elif piece["joint"] or piece["space"]:
            new = " "
        else:
            new = _QUOTES.get(piece["other"], piece["other"])
        if new == " " and out and out[-1] == " ":
            continue
        # A word that changed length keeps its two ends, so that a quotation takes it whole.
        for offset, character in enumerate(new):
            out.append(character)
            places.append(last if offset == len(new) - 1 else min(begin + offset, last))
    return Plain(original, "".join(out), tuple(places))
