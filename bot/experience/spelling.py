"""Words with a letter or two wrong, put right when they can only be one word of the trade."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
LONG = 9
"""From this length on two letters may be wrong; below it one."""

_CUES = """
experience certified certification qualified qualification currently previously worked working degree bachelor
bachelors master masters without studying preparing becoming passed months years decade promoted managing leading
running interested looking holding expired lapsed certificate
"""
CUES = frozenset(_CUES.split())
"""Words of the rules that are worth putting right, besides the words of roles and certifications."""

_REAL = """
actually addition admin administer administered administration administrator admire admit adoption advice advise
advised adviser again against agile agree agreed analyse analysed analyses analysis analyst analysts applications
archivist assembly assess assessed assets assigned assist assistant associate associated association associative
audits automation backed become becomes becoming being broken broker brokers building burning busier business
businesses captain captains caree career careers carer carrier catering certain certainly certificate certifies
certify chance change changed changes charge charged charges checks cleaned cleaner clear clinical coach coaches
coaster coders coming committees communications community composer computer concierge conference confidence consisting
constant construct construction constructions consult consultancy consultant consultants consulted consulting
consuming contact contains content context contract contraction contradict contrast coordinate coordinated coordinates
coordinating coordination correctly couch could course courses court covering creative creator critical curator
currency current currently dated dates dealer debate decade decades decide decided decode decorator decorators degrees
deliver delivered delivering delivers dental design designed designer designs detective develop developed developer
developers developing development develops direct directed direction directions directive director directories
directors directory diver docker doctor doctors doing dollar drive driven driver edited editing edition editions
editor education employed employee employer employers engine engineer engineering engines enter entered entry
environment essential estate evaluation evaluations evolution excellent exception executing execution executives
expect expected expense expenses experienced experiences experiment expert experts export exports exposure facilitate
facilitator facilities factor factory failed farmer faster fellow fellows folding formal former foundation foundations
founded founder fractional framework function functional functionally functions fundamental further general generally
generate generic german globals going govern governance governed government graduate graduated graduates graduation
graphic guard guide guided hacker having healer heard helped helper hired historian holding holdings hording hours
house housing human implementations independence instance instructional insurance integration interaction intercepted
interest interested interesting interests intern internal intersected iterations iterative journalist junior juniors
landed lapsed larger lasted later lawyer lawyers layer leader leaders leading leaking leaning learned learner learning
learnt leased leasing leave leaves leaving lectured ledger lender level levels leven lever librarian listed loader
loading locking looked looking looping lower machine mailed makers making manage manageable managed management manager
managers manages managing manual marine marked marker market marketers marketing markets master mastered mastering
masters mastery mathematician matter matters mechanic mechanics member members mentor mentors merchant minister model
models modern molding money monies monitoring monster month monthly months mouth musician muster network nurse nursed
nursery nurses offer offered offers office officer officers offices operate operated operating operation operations
operative operatives operator operators opinion option options order orderly orders organisation other others owned
owner owners painter painters parent parents parity parsed parties partner partners party passed passes passing paste
pasted paused people performance person personal personally personnel physician plane planes planet planned planning
plans planter player pleaded police policing policy polite politician portal porter portfolio portfolios posted poster
pounds practical practice practices practise practised practitioner practitioners prediction prepare prepared
preparing present presented presenting presently preserved prevent previous previously price prices primary prince
princes principal principals principle principles process processed processes processor produce produced producer
product production productive products professed profession professional professionally professionals professor
programme programmed programmer programmers programmes programming progress project projection projects promised
promote promoted promoter promotes promotion prompted proper properly property propose proposed prosper protect
protection protects provided provider purchase qualifications qualify quality quantity railway raining rally reach
reading realisation really recording recruit recruited recruiter register registered relate related relative release
released repeating replication report reported reporter reporting reports representative representatives rescue
responsible responsive retail retain retained return rising risks risky roaster ruining running safety sailor salary
sales scale scaled schedule scheduled scheduler scholar school score scores scrub sections selection seller senior
seniors sensor sensors serve served server service services shipping should shoulder signer singer single social
solder soldier source sourced sources speaked speaker specialise specialised specialism specialist sports stack staff
stage start started state stated status strategic strategy string strong structural structurally structure student
students studied studies studio study studying sturdy success sunning support supported supportive supports survey
surveyor surveys system systems tailed taking taught teach teaching teams technical technically technician technique
techniques technology tenor terms tested tester testers testes testing texter their there these those touching
tracking trade traded trader traders trades trading train trained trainee trainer training trains transfer transform
transformation transition translate translator transport travel treat trusted tuning turning tutor tutors value valued
values various vendor vendors venture version video visit visual vocal voice waiter waits walker wanted water where
which while white whole whose wishes withdrawn within without women wording worked worker workers working works
workshop world would write writer writing written yearly years
"""
REAL = frozenset(_REAL.split())
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
        near = [(distance, w) for w, distance, _ in found if w[0] == word[0] and stem(w) != stem(word)]
        if not near:
            return word
        best = min(near)[0]
        same = [w for distance, w in near if distance == best]
        return min(same, key=lambda w: (abs(len(w) - len(word)), w))


def stem(word: str) -> str:
    """A word without its ending, so that "managed" is no misspelt "manager"."""
    for ending in (
        "ings",
        "ing",
        "ers",
        "er",
        "ors",
        "or",
        "ed",
        "es",
        "e",
        "s",
        "ly",
        "ies",
        "y",
        "ions",
        "ion",
        "al",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
