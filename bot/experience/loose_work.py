"""The same work told in looser words: "brought in a project", "six people under me", "hold the purse strings".

Patterns by the names of :mod:`bot.experience.activities`, whose own come first.
"""

from __future__ import annotations

from bot.experience.durations import COUNT

_SOME = (
    r"(?:(?:a|an|the|my|our|quite|several|many|some|small|large|big|multiple|various|different|two|three|four|five"
    r"|\d+|~\d+"
    r"|couple of|few|lots of) )*(?:\w+ ){0,3}?"
)
_WORK = r"(?:projects?|migrations?|rollouts?|roll outs?|implementations?)\b"
_NOT_A_NOUN = (
    r"(?! (?:manager|team|office|portfolio|management|lead|board|plan|support|controls?|services|meeting|review|call"
    r"|coordinator|officer|charter))"
)
_FOLK = (
    r"(?:people|staff|persons|employees|analysts|engineers|developers|devs|planners|colleagues|project managers|pms"
    r"|coordinators|consultants|folks|testers|designers|others|graduates|juniors|heads)"
)
_SYSTEM = r"(?:system|systems|erp|crm|hris|sap|oracle|salesforce|workday|dynamics|platform|software)\b"
LOOSE = {
    "delivery": rf"\b(?:wrap(?:ped|ping)? up|clos(?:ed|ing) (?:out|down)|kick(?:ed|ing) off|brought in|bringing in"
    rf"|land(?:ed|ing)|turn(?:ed|ing) (?:round|around)|rescu(?:ed|ing)|saw through|finish(?:ed|ing) off"
    rf"|juggl(?:e|ed|ing)|(?:gone|went|going|go|been) live with|steer(?:ed|ing)?|shepherd(?:ed|ing)?|see(?:n"
    rf"|ing)? through"
    rf"|(?:a |some )?hand in|(?:my|a) (?:fair )?share of|looked after|looking after"
    rf"|look after) {_SOME}{_WORK}{_NOT_A_NOUN}"
    rf"|\b(?:roll(?:ed|ing)? out|(?:gone|went|going) live with) {_SOME}{_SYSTEM}"
    rf"|\b(?:deliver(?:ed|ing)?|shipp(?:ed|ing)) (?:(?:~?\d+\+?|two|three|four|five|six|ten|dozens of|several|many"
    rf"|multiple|various) )(?:\w+ ){{0,2}}?(?:products|systems|solutions|platforms|releases)\b"
    rf"|\bmy (?:\w+ ){{0,2}}?projects (?=(?:are|were|have been|had|have|usually|mostly|tend|range|ranged|ran|run|go"
    rf"|went|come|came|finish|span) )"
    rf"|\b(?:given|got|handed|have|had) {_SOME}projects? (?:of my own|to (?:run|lead|manage|deliver|look after))\b"
    rf"|\b(?:experience|years|year|months) (?:in|with|of|on|across|around) (?:\w+ (?:and |& |, )?){{0,4}}?(?:projects"
    rf"|implementations|rollouts|roll outs|migrations)\b{_NOT_A_NOUN}",
    "mentoring": rf"\b(?:mentor|mentoring|mentored|coach|coaching|coached) (?:(?:the|our|my|some|a few|two|three"
    r"|four|five|\d+"
    rf"|all|new|other) )*(?:{_FOLK}|apprentices|starters|trainees)\b",
    "executive_exposure": r"\bpresent(?:ed|ing)? (?:(?:it|them|this|that|all|\w+ \w+|\w+) )?to (?:the |our )?(?:exec"
    r"|executives?|executive (?:team|board|committee)|board|directors|c suite|ceo|cfo|excom|exco)\b(?! meeting)",
    "people": rf"\b(?:line|direct) reports?\b|\b{COUNT} ?\+? (?:\w+ )?{_FOLK} (?:who )?(?:work |works |working "
    r"|worked )?(?:under|for|below|beneath)"
    rf" me\b|\b(?:hire|hiring|hired) and (?:fire|firing|fired)\b"
    rf"|\b(?:do|doing|did|done|hold|run) (?:the |my team's |all the |all |their )?(?:appraisals|performance reviews"
    rf"|one to ones)\b(?! for me)|\bmy team (?:is|has|was|had|counts) (?:about |around |now )?{COUNT}\b"
    rf"|\b(?:had|have|got|built) (?:a|my own|a small|a big) team(?: of (?:my own|{COUNT})\b|(?= (?:under|below) me)"
    rf"|(?= before\b|\s*(?:[.,;!]|$)))|\b(?:people|staff|anyone|anybody|nobody|someone|team) (?:under|below) me\b"
    rf"|\b(?:they|who|of them|both|all) (?:all |both )?(?:report|reported|answer) (?:directly )?to me\b",
    "benefits_management": r"\b(?:chas(?:e|ed|ing)|follow(?:ed|ing)? up|harvest(?:ed|ing)?|prov(?:e|ed|ing)|check(?:ed"
    r"|ing)?|baselin(?:e|ed|ing)|account(?:ed|ing)? for) (?:on )?(?:the |our |all the |whether the |project )?"
    r"benefits\b(?! of\b)",
    "investment_appraisal": r"\b(?:sign(?:ed|ing)? off|approv(?:e|ed|ing)|challeng(?:e|ed|ing)|scor(?:e|ed|ing)"
    r"|vet(?:ted|ting)?|assess(?:ed|ing)?|put(?:ting)? together|pull(?:ed|ing)? together) (?:on )?(?:\w+ ){0,3}?"
    r"(?:business cases?|investment cases?)\b",
    "budget": r"\b(?:hold|holding|held|have|had|control|controlled) (?:the |our )?purse strings\b"
    r"|\b(?:sign(?:ed|ing)? off|approv(?:e|ed|ing)) (?:on )?(?:the |our |all |project )*(?:spend|spending|budgets?)\b"
    r"|\b(?:have|had|with|my|own|run|ran) (?:my |own |a |an )*(?:cost centre|(?:signing|spending) authority)\b",
    "resource_management": r"\b(?:sort(?:ed|ing)? out|decid(?:e|ed|ing)|juggl(?:e|ed|ing)|work(?:ed|ing)? out"
    r"|plan(?:ned|ning)?|say|said) who (?:works|does|goes|sits|is|was|worked|went) (?:on |to |in )?(?:what|which"
    r"|where)\b"
    r"|\b(?:match|matched|matching|shar(?:e|ed|ing) out|mov(?:e|ed|ing)) (?:the )?(?:people|engineers|staff|developers)"
    r" (?:to|between|across|among|over) (?:the |our )?(?:\w+ )?projects\b",
    "prioritisation": r"\b(?:choos(?:e|ing)|chose|pick(?:ed|ing)?|decid(?:e|ed|ing)|select(?:ed|ing)?|say|said"
    r"|sort(?:ed"
    r"|ing)? out) (?:which|what) (?:projects?|work|initiatives?|gets?|goes|got|went|comes|came)\b",
    "governance": r"\b(?:sit on|sitting on|sat on|chair|chairing|chaired|run|running|ran|serve on"
    r"|served on) (?:the |our"
    r" |a )?(?:\w+ )?(?:change (?:control )?board|design authority)\b",
}
