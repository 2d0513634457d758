"""The words people use for an education, by its level."""

from __future__ import annotations

import re

_DEGREE = r"(?:degrees?|diploma|hons|honours)"
_SCHOOL = r"(?:college|university|uni)"
_SUBJECTS = r"(?:science|arts|engineering|project|business|public|management|commerce|technology|laws?|education)"
_ARTS = r"(?:history|english|economics|geography|politics|sociology|philosophy|music|design|literature)"
_EDUCATION = (
    ("mba", r"(?:executive |e)?mbas?|master'?s?(?: degree)? (?:of|in) business administration|pgdm"),
    ("doctorate", r"ph\.? ?d|doctorate|doctoral(?: degree)?|dphil|dba"),
    ("master", rf"(?<!scrum )(?<!data )(?<!web )(?<!grand )(?:master'?s\b(?: {_DEGREE})?"
rf"|master {_DEGREE}|masters?(?= in [a-z]| of {_SUBJECTS}| of (?!ceremon|none\b|the\b|my\b|all\b"
    rf"|it\b|a\b|disguise|this|that)[a-z]{{3,}})|m\.?sc\.?\b"
r"|(?<=\bmy )masters?(?= ?(?:,|i\b|at\b))|(?<=\bduring the )masters?\b"
r"|graduate student\b|mlis\b|msw\b|m\.ed\b|mfa\b|mha\b|mph\b|mres\b|meng\b|m\.?tech\b|mca\b|llm\b|mpa\b|m\.a\."
    r"|m\.s\.|ms(?= in [a-z])|ma(?= in [a-z])|(?<=[a-z]{4} )ma(?=\s*(?:[.,;)]|$))"
r"|(?:post ?grad(?:uate)?|pg)(?: degree| diploma)|postgraduate|m\.?phil)"),
    ("bachelor", rf"bachelor'?s?(?: {_DEGREE})?(?: of \w+)?|b\.?sc\.?\b|b\.a\b\.?|(?:hold|have|got|with|did"
    rf"|completed|my|and) (?:an? )?ba(?= in (?!an? |the |my |our )[a-z]| ?\(?hons)"
r"|bs(?= in [a-z])|beng\b|b\.?eng\b|b\.?tech\b|b\.e\.?(?= )|b\.s\.(?= )|a\.b\.(?= in )|bba\b|b\.?com\b|bca\b|llb\b"
rf"|undergrad(?:uate)? degree|(?:university|college|uni|four year|4 year) degree|{_SCHOOL} graduate"
r"|(?:recent|fresh|new|engineering|science|arts|business|economics) grad(?:uate)?s?\b(?! (?:scheme|programme"
    r"|trainee|job|role))"
rf"|graduated?(?: \w+)? (?:from|with a) (?:\w+ ){{0,3}}?{_SCHOOL}|graduated(?! (?:from )?(?:high|secondary|school"
    rf"|boot))\b"
r"|(?<!associate )(?<!associate's )(?<!foundation )(?<!master's )(?<!master )(?<!masters )\bdegree"
rf"|(?:finished|completed|dropped out of|went to|never finished|didn't finish) {_SCHOOL}"
r"|(?:2:1|2:2|(?:first|second|upper second|lower second|third) class (?:honours|degree)|upper second|lower second)"
    r"(?= (?:in|from) )"
r"|(?:first|second|third|fourth|final|last|[1-5](?:st|nd|rd|th)) year (?:(?!phd|mba|master|msc|high|doctoral"
    r"|graduate)\w+ ){0,3}?"
r"student\b"
r"|(?:senior|junior|sophomore|freshman) (?:at|in) (?:the )?(?:\w+ ){0,3}?(?:university|college)"
r"|(?:graduate|graduand|graduant)(?= (?:of|from) (?:the )?\w)"
r"|(?:completed|did|hold|finished|my) (?:my |a )?be(?= in [a-z])"
r"|be (?=(?:mechanical|civil|electrical|electronics|chemical|computer)\b)"
r"|did (?!n't|not\b)(?:\w+ ){1,3}?at (?:uni|university|college)\b|(?<!an )(?<!the )undergrad\b(?! (?:degree"
    r"|student|course))"
r"|years? (?:of|at) (?:uni|university|college)[^.;]{0,25}dropped out"
r"|(?<=\bno )(?:university|uni|college)(?=\s*(?:[.,;]|$))|first(?= in [a-z]+ (?:from|at) )|bsw\b"
r"|bs (?=(?:mech|mechanical|civil|electrical|computer|comp|industrial|chem)\b)"
r"|(?<=\ba )first(?= in (?!my\b|our\b|the\b|class)[a-z])"
rf"|(?:studies|{_ARTS}) ba\b|ba (?={_ARTS}\b)"
r"|undergraduate(?= (?:student|majoring|at|in)\b)"
r"|studying (?:\w+ ){1,4}?at (?:\w+ ){0,2}?(?:university|uni|college)"
r"|studied (?!hard\b|for\b|at\b)(?:\w+ ){1,4}?at (?:the )?\w+"),
    ("associate", r"associate'?s? degree|associates?'?s? of (?:arts|science|applied)|(?<=\ban )associate'?s"
    r"|(?<=\bmy )associate'?s|hn[dc]\b|foundation degree|community college"
r"|two year degree|2 year degree"),
    ("secondary", r"high school|secondary school|a levels|gcses?|ged\b|baccalaureate|abitur|left school"
r"|level 3(?= (?:diploma|qualification|extended|btec|nvq|award|course|in [a-z])|\s*(?:[.;]|$))(?! \w+ (?:certif"
    r"|exam|prince))|level 3 (?:\w+ ){0,3}apprenticeship|grade [a-g] in"),
)  # fmt: skip
EDUCATIONS = re.compile("|".join(rf"(?P<{name}>(?<![a-z])(?:{pattern})(?![a-z]))" for name, pattern in _EDUCATION))
"""A match's ``lastgroup`` is the level."""
