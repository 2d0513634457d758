"""Words with a letter or two wrong, put right when they can only be one word of the trade."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
LONG = 9
"""From this length on two letters may be wrong; below it one."""

CUES = frozenset(
    "experience certified certification qualified qualification currently previously worked working degree bachelor bachelors master masters "
    "without studying preparing becoming passed months years decade promoted managing leading running interested looking holding".split()
)
"""Words of the rules that are worth putting right, besides the words of roles and certifications."""

REAL = frozenset(
    "former formal farmer further layer later player leaders leader leading leased learner learned learning cleaner cleaned clear career careers carrier carer caree "
    "ledger lender larger partner partners parties parity party price prices prince princes pounds practical practise practice practices practised planned planning plans "
    "planet plane planes project projects product products produce produced portfolio portfolios process processed progress proper prosper property propose "
    "purchase chance change changed changes charge charged charges coach coaches couch reach teach taught teaching tester testers texter tested testing testes "
    "trained training trainer trainee trainer train trains driver driven drive diver writer written write waiter wait waits water walker worker workers worked work works "
    "working world would could should shoulder scholar school score scores source sources sourced course courses court senior seniors service services server serve served "
    "design designs designed designer assigned assist assistant assets assess assessed associate associated association office offices officer officers offer offers offered "
    "operate operated operations operation opinion option options master mastered matter matters muster faster monster minister business busy busier analyst analysts analyse "
    "analysed analyses analysis agile again against advice advise adviser advised admin admit admire direct directed direction director directors "
    "doctor doctors dollar docker dealer deal editor edited edition editions editing engine engines engineer engineering enter entered entry "
    "general generally generic german govern governed government governance guide guided guard hacker healer helper helped heard hired hours house housing human "
    "level levels lever leave leaves leven lawyer lawyers lower model models modern money monies month monthly mouth months nurse nursed nursery nurses "
    "owner owners owned other others order orders orderly people person personal personally personnel police policy polite porter poster posted post "
    "quality qualify quantity railway really rally recruit recruited recruiter release released relate related relative retail retain retained return risks risky rising "
    "sailor salary sales scale scaled schedule scheduled scheduler scrub seller singer signer single social soldier solder speaker speaked stack staff stage start started "
    "state status step strategic strategy structure student students studied studies studio study support supports supported surveyor survey surveys system systems "
    "teams team tenor tutor tutors terms their there these those trade trader traders trades trading traded transfer transform translate transition travel "
    "treat value valued values various vendor venture version video visit visual vocal voice wanted while where which white whole whose women workshop yearly years "
    "doing going being having making taking passes passed parsed passed passing past paste pasted failed tailed mailed dated dates date debate decide decided decades "
    "wish wishes within without withdrawn writing written certain certainly certify certifies curator creator creative current currently currency "
    "experiences experienced experiment expert experts expense expenses expect expected export exposure manage managed manages manager managers managing management manageable manual "
    "principal principle principles principals programmer programmers programmed programming programme programmes operator operators administrator administration administer administered "
    "coordinate coordinated coordinates coordinating coordination consultant consultants consulting consulted consultancy consult developer developers developed develop develops developing development "
    "facilitate facilitator facilities foundation foundations founded founder function functions functional framework graduate graduated graduates graduation "
    "specialist specialise specialised specialism professional professionals professionally profession professor performance portfolio practitioner practitioners "
    "professed promote promoted promotes promotion promoter protection provider provided production productive produced producer reporter reported reporting report reports "
    "technical technically technician technician technique techniques technology transport transformation "
    "lapsed lasted listed looked looking locking leaning leasing reading ruining raining turning tuning burning running sunning hording folding holding holdings molding building "
    "interest interested interests interesting studying student sturdy prepare prepared preparing previous previously present presently presented certificate masters mastery degrees agree agreed "
    "becoming become becomes coming merchant marine marked marker market marketing markets master mentor mentors member members musician physician politician".split()
)
"""Real words that stand near one of ours and are left as they are."""


class Speller:
    """Built once from the words that may be meant, and others that are right; calling it gives the word to read."""

    def __init__(self, meant: Iterable[str], known: Iterable[str] = ()) -> None:
        words = frozenset(meant)
        self._known = words | frozenset(known) | CUES | REAL
        self._targets = sorted(w for w in {*words, *CUES} if len(w) >= SHORTEST + 1 and w.isalpha())
        self.correct = lru_cache(maxsize=20_000)(self._correct)

    def __call__(self, word: str) -> str:
        if len(word) < SHORTEST or word in self._known or not word.isalpha():
            return word
        return self.correct(word)

    def _correct(self, word: str) -> str:
        limit = 2 if len(word) >= LONG else 1
        found = process.extract(word, self._targets, scorer=OSA.distance, score_cutoff=limit, limit=12)
        near = [(distance, w) for w, distance, _ in found if w[0] == word[0] and _stem(w) != _stem(word)]
        if not near:
            return word
        best = min(near)[0]
        same = [w for distance, w in near if distance == best]
        return min(same, key=lambda w: (abs(len(w) - len(word)), w))


def _stem(word: str) -> str:
    """A word without its ending, so that "managed" is no misspelt "manager"."""
    for ending in ("ings", "ing", "ers", "er", "ors", "or", "ed", "es", "e", "s", "ly", "ies", "y", "ions", "ion", "al"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
