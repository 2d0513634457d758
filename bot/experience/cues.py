"""The words that change what a sentence says from there on: whose it is; told, wished, denied or asked.

:mod:`bot.experience.scope` walks them from left to right.
"""

from __future__ import annotations

import re

_PERSON = (
    r"(?:boss|bosses|line manager|manager|colleagues?|co ?workers?|coworkers?|friends?|mate"
    r"|wife|husband|spouse|partner|girlfriend|boyfriend|fiancee?|brother|sister|son|daughter"
    r"|kid|dad|father|mum|mom|mother|"
    r"uncle|aunt|cousin|nephew|niece|neighbou?r|roommate|flatmate|mentor|mentee|client"
    r"|customer|director|ceo|cio|coo|cfo|teacher|trainer|instructor|recruiter|team leads?"
    r"|team leaders?|team|sponsor|predecessor|successor|deputy|employee|report|staff|intern"
    r"|candidate|consultant|contractor|guy|guys|lady|person|man|woman|company|employer|agency"
    r"|lead of)"
)
_THINK = (
    r"(?:know|understand|ask|see|hear|learn (?:about|what|how|which|more)|find out|compare"
    r"|check|talk|share|say|thank|discuss|clarify|figure|make sure|be sure|avoid|stop|leave)"
)
_UNSAID = (
    r"^\W*(?:(?:and|but|so|ok|okay|hi|hiya|hello|hey|also|then|now|well|yes|yeah|yep|no|nope|sorry|right|actually|there"
    r"|all|everyone|team|good (?:morning|afternoon|evening)|honestly|basically|plus|still|just|recently)[\s,!:-]+)*"
    r"(?=(?:been|have been(?! you)|currently|presently|worked(?! example)|working (?:as|in|at|for|on|with)|spent"
    r"|used to (?:be|run|work|lead|manage|have|hold)|(?:got |been )?promoted|became|started|managed|led|ran|hold"
    r"|holding"
    r"|(?:managing|leading|running|heading|doing|studying|taking) (?:a|an|the|our|my|all|\d+)|passed|got|finished"
    r"|completed|earned|did(?! (?:i|you|he|she|we|they|it|the|anyone|your|this|that)\b)|took|served|retired|moved|left"
    r"|joined|never (?!mind|heard|say|do\b|use|ask|trust)\w+|trained (?:as|in)|got|gained|looking (?:to|for)"
    r"|hoping|keen"
    r"|want(?:ing)? (?:to|a)|haven't|don't have|have (?:a|an|my|no|\d+|over|about|the)"
    r"|(?:(?:over|about|around|almost|nearly|roughly) )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\+? "
    r"(?:years|year|y|months|yoe) (?:\w+ )?(?:as|in|of|on|running|managing|leading|experience))\b)"
)
"""A message that drops its "I": "Been running the office for years, what next?"."""
_CUES = (
    ("unsaid", _UNSAID),
    ("given", r"\b(?:offered|offering|promoting|nominated|(?:want|wants|wanted|asked) (?=me (?:to be"
r"|to become|to take over|to run|to lead|to head|as|for)\b)) ?me\b|\b(?:made|appointed|promoted|hired) me\b"),
    ("indirect", r"looking for (?=(?:an? |the |some |good |any |more )*(?:advice|feedback|someone|help|tips"
    r"|resources|books?"
r"|information|courses?|guidance|recommendations?|reading|thinking|mentor|coach|study|buddy|ideas)\b)"
    r"|(?:wondering|wonder|wondered|sure|unsure|know|tell me|see|ask|asking|curious"
r"|question is|understand|check|decide|confirm|say|advise) (?:if|whether)\b|\b(?:whats"
r"|what's|what is|what are|what does|what do|what should|what would|how (?:much|many|long"
r"|hard|does|is|are)|why (?:is|are|do|does)|which (?:one|is|are|certifications?|course"
r"|would|should|do|of|exam|level)|is there|are there|is it|is that|does it"
r"|difference between|(?<=, )(?:is|are|does|should|would|will|can|could))\b"),
    ("back", r"\b(?:(?<=[;,(] )(?:currently|presently|now|at present|right now|previously|formerly)\b"
     r"|but|however|although|though|yet(?= i\b)|anyway|whereas|while i\b|because i\b"
r"|since i (?:am|have)\b|as i (?:am|have)\b)"),
    ("held_if", r"\bif i (?:only|just) (?:have|hold)\b|\bif i (?:have|hold) only\b|\bif i(?= (?:don't|do not"
    r"|haven't|have no)\b)"
r"|\bwhat if my\b|\bif i(?:'m| am)? (?:already|currently)\b|\b(?:given|considering"
r"|seeing) (?:that )?i(?:'m|'ve| am| have)"),
    ("supposed", r"\b(?:even if|if(?! (?:this|that|it|possible|so|any|not|anyone|anybody|someone here"
r"|applicable|you (?:can|could|don't|know|have (?:any|time)))\b)|suppose|supposing"
r"|imagine|assuming|unless|once (?:i|you|they|we)\b|as soon as i\b|until i\b|had i\b"
r"|were i\b|in case|when i (?:get|pass|become|finish|'m done)\b|when (?:you|someone"
r"|people)\b|after i (?:get|pass|become|have|graduate)\b"
     r"|before i(?:'ve| have)? (?:take|taken|sit|get|do|start)\b|(?:i'd|i would|i could"
r"|i should|i might|would|could) (?:have|be|probably be|probs be)\b(?! (?:love|happy"
r"|interested|keen|grateful|glad|great|nice|back)))"),
    ("asked_me", r"\b(?:do|does|did|can|could|should|would|will|shall|may|might|must|am|have"
r"|was) i\b(?! (?:am|was)\b)|\bfor me to\b"),
    ("studied", r"\b(?:(?:due|booked|scheduled) to (?:sit|take|write)|(?:am |i'm |been |currently |now "
    r"|start(?:ed|ing)? |begun |busy )?(?:studying"
r"|studyin|preparing|prepping|revising|cramming)(?: \w+)? (?:for|towards?|to be|to become)\b"
r"|(?:am |i'm |been |currently |now |start(?:ed|ing)? )(?:reading|training)(?: \w+)? (?:for|towards?|to be"
    r"|to become)\b|studying|studyin|prepping|revising|cramming|re ?training (?:as|for|to)|working (?:towards?"
r"|on\b)|enrol?led (?:in|on|for)|in the (?:middle|midst) of|half ?way through"
r"|part ?way through|in the half|signed up (?:for|to)|registered for|booked (?:on|onto"
r"|in for|for|the|my)|currently (?:doing|taking|on\b|pursuing|completing)|now (?:doing"
r"|taking|on\b)"
     r"|(?:i'm|i am|i'm currently|am) (?:also )?(?:doing|taking|pursuing|completing|finishing"
r"|sitting|on\b(?= (?:a|an|the|my) )|just finishing|about to (?:finish|graduate|complete))|pursuing"
r"|about to (?:finish|graduate|complete|sit)|will be (?:completing|finishing|graduating)"
r"|^(?:currently |now )?doing (?:a|an|the)|i bought the|bought the|started (?:the |my |on )?(?:course|training"
    r"|studying|studies"
r"|prep)|doing my|taking my|sitting (?:the|my|for)?|(?<!after )(?<!since )finishing (?:the|my)|a student (?:of"
r"|in|about to)|student about to)"),
    ("wished", rf"\b(?:want(?:ing|ed)? (?:to|2|a|an|the|my|in|into|be|become)\b(?! {_THINK})|wants? me to be"
     r"|want (?!(?:you|your|him|her|them|us|it|this|that|more|less|some|advice|information|answers?|only|me|people"
r"|someone|to|2|any|what)\b)"
     r"|(?<=can i )be(?! (?:\w+ed|able|eligible|too|more|ready|sure|on|in)\b)|(?<=could i )be(?! (?:\w+ed|able"
     r"|eligible|too)\b)"
     r"|(?:realistic|possible|feasible|late|early|hard|difficult|easy) (?:for me )?to (?:be|become|get into|move"
     r"|reach)\b"
     r"|looking at (?=(?:\w+ ){1,5}(?:roles?|jobs?|positions?|posts?)\b)"
     r"|wish (?:to )?(?:become|be)\b|see myself (?:as|in)|going for(?= (?:the |my |a |an )?\w+)"
     r"|my next (?:cert\w*|role|job|step|move|goal|post|position|exam) (?:is|will be|would be|should be)"
     r"|(?:have|got) to (?:get|do|take)\b(?= (?:my|the|a)\b)|signed (?:up )?as\b|i start as|starting as"
     r"|(?:accepted|taken|signed for) (?:a|an|the) (?:new )?(?:position|role|job|offer|post)"
     r"|(?:get|getting|find|finding|land|landing|secure|win) (?=(?:a|an|my first|my|another|some) (?:\w+ ){0,4}?"
r"(?:job|role|position|post)\b)"
     r"|(?:be |to be |get )?(?:more |better )?(?:ready|prepared?|preparing)(?: myself| me)? for "
r"(?:the|a|an|my first) (?:\w+ )?(?:role|job|position|post) (?:of|as)|(?:step|leap|jump) to\b"
     r"|(?:contemplat|consider)ing a move"
rf"|would like (?:to|a)\b(?! {_THINK})|i'd (?:really )?(?:like|love) (?:to"
rf"|a)\b(?! {_THINK})|want 2|hop(?:e|ing) (?:to|for)\b(?! {_THINK})|aim(?:ing)? (?:to|for"
rf"|at)\b"
     rf"|plan(?:ning)? (?:to|on|for)\b(?! {_THINK})|planning (?:the "
rf"|my )?(?=[\w-]+(?: [\w-]+)?(?: next| in\b| for\b| soon| this| by\b|\s*[.,]|$))"
rf"|(?:my )?(?:goal|aim|target|ambition|dream|objective|wish)(?: (?:job|role|here"
rf"|now))?(?: (?:is|would be|of)\b|:)|dream(?:ing)? (?:job|role|of)|aspir(?:e|ing)(?: to)?"
rf"|would[- ]be|wannabe|desir(?:e|ing) (?:to|a)\b|seeking (?:to|a|an|my|for)\b(?! (?:\w+ )?(?:advice|help"
    rf"|feedback|guidance))"
     r"|i'd be (?:happy|glad|content|delighted) (?:as|to be|being)\b|going to (?:go for|take|do|get|sit|pursue)\b"
     r"|go for my\b"
     rf"|(?:looking|look|trying|try|keen|eager|hungry|ready|need|intend(?:ing)?|wish(?:ing)?"
rf"|love|like|longing) (?:to|for)\b(?! {_THINK}| (?:(?:an? |the |some )?(?:advice|feedback"
rf"|someone|help|tips|resources|books?|information)))|wish to be|how (?:do|can|could"
rf"|should|would|to)(?: i)?(?: \w+)? (?:become|be|get (?:in)?to|go (?:in)?to|move"
rf"|transition|break into|reach)\b"
     r"|(?:to |i |i'll |then )?(?:become|becoming)\b|(?:mov(?:e|ing)|transition(?:ing)?"
r"|switch(?:ing)?|shift(?:ing)?|pivot(?:ing)?|progress(?:ing)?|go(?:ing)?|step(?:ping)?"
r"|jump(?:ing)?|get(?:ting)?|promot(?:ion|e me|ing me)|chang(?:e|ing)|climb(?:ing)?|leap"
r"|path|career|road|grow|advance|cross(?:ing)?)(?: \w+){0,2}? (?:up |over |across "
r"|further |back |from [^,.]{1,40} )?(?:into|in to|to)\b(?! (?:know|the point|be asked))"
     r"|break(?:ing)? into|interested in|applied for|apply(?:ing)? (?:for|to)|application for"
r"|applying|offered|offers? (?:\w+ ){0,4}?(?:of|for|as)\b|promot\w+ me|interview(?:ing)? (?:for|as)|i'll be"
r"|(?:i )?will be(?! (?:completing|finishing|graduating|taking|doing|studying|sitting))"
r"|going to be|about to (?:start|become|be|take|join)|next step is|next move is"
r"|next (?:role|job) (?:is|as)|consider(?:ing)? (?:a |the |an )?(?:move|role|job|taking"
r"|doing|becoming)|thinking (?:of|about) (?:a |the |an )?(?:move|role|job|taking|doing"
r"|becoming|getting|going)|work(?:ing)? (?:toward|towards|my way (?:up )?to"
r"|up to) (?:being|becoming|a|an|the)?|back in(?:to)?)"),
    ("lapsed", r"\b(?:lapsed|expired|ran out|(?:let|letting|letted) (?:it|my|the)|used to (?:hold|have"
r"|be)|no longer (?:hold|have|certified|a|hav)|not renewed|didn't renew|never renewed"
r"|former)\b"),
    ("sat", r"\b(?:sat|wrote|took|awaiting|waiting (?:for|on)) (?:for )?(?:the |my "
r"|an? )?(?:\w+ )?(?:exam|test|results?|paper)"),
    ("denied", r"\b(?:no|not|never|without|w/o|haven't|hasn't|hadn't|don't|didn't|doesn't|isn't|wasn't"
r"|ain't|except(?: for)?(?! (?:i|that)\b)|lack(?:ing|s)?|zero|nor|neither|(?:cannot|can't|couldn't)(?! (?:find"
    r"|get|land|seem|break|secure))|failed|fail|failing|none|minus"
r"|nothing|nobody|no ?one)\b"),
    ("third", rf"\b(?:(?:it(?!(?:'s| has) been\b)(?!(?:'s| is| was) (?:actually |really |only "
    rf"|just )*(?:\d+\+? (?:years|months)|(?:one|two|three|four|five|six|seven"
rf"|eight|nine|ten) (?:years|months)|an? (?:master|bachelor|degree|doctorate|phd|mba|msc|bsc)))(?='s\b| is\b"
    rf"| was\b| has\b| would\b| seems\b| takes\b)|he|she|they|we|you|u"
rf"|who|someone|somebody|anyone|everyone|everybody|others|people|folks|candidates"
rf"|employers|recruiters|companies|many|(?<!of )those|most people|jobs|adverts?)(?:'s|'d|'ve|'re"
rf"|'ll)?\b(?! as (?:a|an)\b)"
     rf"|(?:the|this|that|another|some|a|every|each)(?: \w+){{0,2}}? {_PERSON}(?= (?:is|was|has"
rf"|had|who|said|says|told|tells|wants?|reckons|thinks|suggested|got|gets?|earns?|makes?"
rf"|does|made)\b)|(?:asking for )?(?:my|our|his|her|their|your|one of (?:my|our"
rf"|the))(?: \w+){{0,2}}? {_PERSON}(?:'s)?\b(?! as\b)(?!\s*(?:job|role|position|/"
rf"|and i\b))|^boss\b|\bthere(?:'s| is| are))"),
    ("me", r"\b(?:as (?:someone|somebody|a person) (?:who(?:'s|'ve| has| have| is)?|with)|i|i'm|i've|i'd|i'll"
    r"|myself|about me|me(?=:)|as (?:an?|the)|(?:my|the) (?:own )?(?:current |present "
r"|last |previous |old |first |new |recent |main |official |actual )*(?:role|job|title"
r"|position|background|career|experience|certifications?|qualifications?|education|degree"
r"|profile|cv|resume)(?: title)?(?: (?:is|was|has been|includes?|as))?)(?![\w'])"),
)  # fmt: skip
CUE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _CUES))
