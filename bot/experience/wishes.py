"""Wishes told in roundabout words: "my sights are set on ...", "one day, ...", "... is the plan"."""

from __future__ import annotations

import re

_LATER = r"(?:ultimately|one day|some ?day|long(?:er)? term|in the long (?:run|term)|down the (?:line|road))"
_SHORT_REST = r"(?=(?:[\w']+ ){0,4}[\w']+\W*$)"
_OWN_PLAN = (
    r"(?:(?:next|five|ten|two|three|one|\d+|long|short|longer|term|year|career|big|real|current|ultimate|eventual|own"
    r"|only) )*"
    r"(?:plan|intention|hope|idea|end ?game|destination|rung(?: on the ladder)?|stop)"
)
ROUNDABOUT = (
    r"\b(?:see|picture) myself (?=running|leading|heading|managing|in charge)"
    r"|\bfanc(?:y|ying) (?:a go at|having a go at|a crack at|being|becoming|a move|a job|a role|a spell|the|my|an?)\b"
    r"|\b(?:sights?|heart|eyes?|hopes?|mind) (?:(?:is|are|now|firmly|still|really|all) )*(?:set|fixed|pinned) on\b"
    r"|\b(?:got |have |having )(?:my |his |her )?(?:heart|sights|eye|eyes) (?:set |fixed )?on\b"
    r"|\b(?:keen|bent|dead set) on\b(?! (?:knowing|understanding|hearing))|\b(?:tempted by|drawn to|attracted to)\b"
    r"|\b(?:i've|i have|have) (?:(?:just|now|recently|also) )?been (?:asked|invited|approached|tapped|told)"
    r" (?:\w+ ){0,2}?to\b(?! (?:cover|help|support|talk|explain|report|ask|speak|work|assist|write|present|give"
    r"|send|see"
    r"|meet|check|read)\b)"
    r"|\bin line for\b|\b(?:being|been|was|am|i'm) (?:lined up|groomed|earmarked|tipped) (?:for|as|to)\b"
    r"|\b(?:i'm|i am|am) after (?:a|an|the|my)\b|\b(?:on track|on course) (?:for|to)\b"
    rf"|^\W*(?:(?:and|but|so) )?{_LATER}(?:(?:,| i'll be| to be| as)(?: maybe)?(?: an?)?)? (?!the ){_SHORT_REST}"
    rf"|\bmy {_OWN_PLAN}(?: for me| after that)?(?: is|:|'s| would be)(?! (?:not|no)\b)(?: to (?:be|become|get))?"
    rf"|\bthe {_OWN_PLAN}(?: for me| after that)?(?: is|:|'s| would be)(?= (?:to )?(?:be|become|get|take|do|sit"
    rf"|move)\b)"
    rf"|\bthe (?:next|ultimate|eventual) {_OWN_PLAN}(?: for me| after that)?(?: is|:|'s| would be)"
    r"|^\W*(?:(?:or|or else) (?:maybe|perhaps|possibly|even)|and (?:maybe|perhaps|possibly))\b"
    rf"|^\W*(?:maybe|perhaps|possibly)(?: an?| the| as)? {_SHORT_REST}"
    r"|\bnext (?:up |on (?:my|the) list )(?:for me )?(?:is|would be)\b|\bif it (?:was|were) up to me,? i'd be\b"
    r"|\bhoping\b(?! (?:to|for|that|you|someone|somebody|anyone|this|the)\b)"
    r"|\b(?:i'd|i would) (?:really |quite |rather |so |dearly |probably )+(?:like|love) (?:to|a|out of"
    r"|into)\b(?! (?:know"
    r"|understand|ask|see|hear|learn|find|talk|share|thank))|\b(?:i'd|i would) (?:like|love) (?:out of|into)\b"
    r"|\bnext (?:step|rung|move|stop)(?: (?:up|on|along|for me|after that|in my career))+ (?:is|would be|will be)\b"
    r"|\bi'll (?:(?:probably|then|maybe|next|likely|also) )*(?:do|take|go for|try for|sit|tackle)\b(?! (?:it|that|this"
    r"|anything|whatever|the (?:same|rest)|my best|well)\b)"
    r"|\bwhat (?:i|i'd|i would) (?:(?:really|actually|most) )*(?:want|like|love|fancy|would like)(?: most| now)? is"
    r"(?: to (?:be|become|get))?\b|\b(?:i'd|i would|i'll|i could) (?:happily |gladly |even )?settle for\b"
    r"|\bfoot in the door (?:as|in|of)\b"
    r"|(?<=\bi )(?:should|could|might|may|will) (?:really |maybe |probably )?go for\b"
    r"|\b(?:(?:left|quit|gave up|leaving|quitting) [^.?!,;]{1,30}? to be)\b"
)
"""What is named behind one of these is wished."""
OFFERED = (
    r"\b(?:lin(?:ed|ing) me up|groom(?:ed|ing)? me|earmarked me|(?:put|putting) me (?:forward|up)|tipped me) (?:for|as"
    r"|to be|to become)\b"
)
""" "They have lined me up for ...": given to the writer, whoever speaks."""
WANTED_AFTER = re.compile(
    r"(?: (?:is |comes )?next (?:on (?:my|the) (?:wish ?)?list|up)\b)"
    r"|(?: (?:role|job|post|position|one|level))?(?:(?: (?!and|but|so|who|because|if|when|for|is|was)\w+){0,2}?"
    r"(?: by [\w ]{2,16}| in (?:\w+ ){1,2}years?)?,? (?:that is|is|would be|that's|'s|was always) "
    r"(?:still |always |really |very much )?(?:(?:the|my|on my|on the|in my) )(?:(?:big|next|real|ultimate|long term"
    r"|career|final|own|wish|main|number one) )*(?:plan|goal|aim|priority|target|dream|ambition|list|radar|sights"
    r"|wish ?list|horizon|cards"
    r"|next step|next move|dream job)\b"
    r"| would (?:really |probably |also )?(?:suit me\b|be (?:great|ideal|lovely|perfect|my dream|the dream|a dream"
    r"|amazing|nice|right up my street)(?: for me| one day| next| some ?day)*\s*(?:[.,;!]|$)))"
)
"""What is named in front of one of these is wished."""
