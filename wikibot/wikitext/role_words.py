"""Words by which roles, duties and those who hold them are told from anything else with a label.

English first, some French and German; what is not here can be named in the configuration. Where
words leave it open, the answer is no.
"""

import re

from wikibot.wikitext import names
from wikibot.wikitext.layouts import (
    ACTIVITY_HEADS,
    HOLDER_HEADS,
    NAME_HEADS,
    ROLE_HEADS,
    TITLE_HEADS,
    words,
)

# Labels that say how somebody stands to the subject of a section: the subject is the role.
_RELATIONS = frozenset(
    """
    ansprechpartner contact contacts kontakt maintained maintainer maintainers owned owner owners
    poc responsable responsables responsible steward stewards verantwortlich verantwortliche
    """.split()
)
_BESIDE_RELATIONS = frozenset(
    "by code current für main of people person persons point pour primary the".split()
)
_PERSON_LABELS = _RELATIONS | frozenset(
    """
    auteur auteurs author authors autor autoren contributor contributors developed developer
    developers lead leads reviewer reviewers written
    """.split()
)
_OFFICES = frozenset(
    """
    ambassador auditor author blogger chairwoman clerk convener debugger delegate deputy
    documenter driver facilitator hunter keeper librarian moderator office organiser organizer
    photographer planner promoter representative reviewer scribe spokesperson supervisor tester
    vice-chair warden webmaster
    beauftragte beauftragter beisitzer kassenprüfer kassenwart schatzmeister schatzmeisterin
    schriftführer schriftführerin sprecher sprecherin stellvertreter vorsitzende vorsitzender
    wart animateur président présidente responsable secrétaire trésorier trésorière vice-président
    coordinador coordinadora presidente presidenta secretaria secretario tesorera tesorero vocal
    bureaucrat checkuser mediator oversighter patroller rollbacker sysop
    """.split()
)
_SENTENCE = frozenset("a about by each every from how if is like no not our to what with".split())
_NO_OFFICES = frozenset(
    """
    contributor developers master member principal sales senior staff support test users volunteer
    """.split()
)
# Labels of everything else that people's names follow, or words that look like names.
_NO_ROLES = frozenset(
    """
    absent abstain abstained address against agenda also apologies apology attendance attendees
    attending author authors candidate candidates category channel city colour country date email
    excused faq for format from further guests history homepage introduction irc keywords language
    languages licence license location mail name names neutral next no nominated nominee nominees
    note notes oppose opposed os overview phone place platform platforms present price reading
    reference regrets requirements resources seconded see size source status support supports tel
    telephone time title topic type update updates url venue version via vote votes website when
    where yes
    """.split()
)
_DUTY_NOUNS = re.compile(
    r"\w(?:ment|tion|sion|ance|ing|ship)s?\b|\b(?:design|security|support|upkeep)\b", re.IGNORECASE
)
_DUTY_VERBS = re.compile(
    r"(?:act|add|answer|approv|arrang|assist|attend|block|book|check|clean|clos"
    r"|collect|communicat|coordinat|creat|decid|defin|delet|develop|draft|ensur"
    r"|facilitat|follow|giv|grant|handl|help|invit|keep|lead|maintain|mak|manag"
    r"|mark|monitor|order|organi[sz]|oversee|participat|pay|plan|prepar|protect"
    r"|provid|publish|remov|report|represent|respond|responsible|review|run|schedul"
    r"|send|serv|support|tak|track|train|triag|updat|watch|welcom|work|writ)"
    r"(?:e|es|s)?\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d{1,2}[:.h]\d{2}|\d{1,2}\s*[ap]m\b|\d[-/.]\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\b(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\b|\b(?:week|kw|w|sprint)\s*\d"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\b|\b(?:morning|afternoon|evening|night)\b",
    re.IGNORECASE,
)


def is_relation(label: str) -> bool:
    """*Maintainer*, *Contact person*: says how people stand to something, not what it is."""
    said = words(label)
    return bool(said & _RELATIONS) and said <= _RELATIONS | _BESIDE_RELATIONS


def is_person_label(label: str) -> bool:
    """Whether a label in a table of facts about one thing stands before people: *Author*."""
    said = words(label)
    return is_office(label) or (
        bool(said & _PERSON_LABELS) and said <= _PERSON_LABELS | _BESIDE_RELATIONS
    )


def is_office(label: str) -> bool:
    """Whether a label is what somebody can be: *Treasurer*, *Release managers*, *Head of X*."""
    said = re.sub(r"\([^()]*\)", " ", label).split()
    if not 1 <= len(said) <= 6 or any(word in _SENTENCE for word in said):
        return False
    head = next((i for i, word in enumerate(said) if word.casefold() in ("of", "for")), len(said))
    noun = said[max(head - 1, 0)].casefold().strip(".,:;'\"").rpartition("/")[2]
    forms = {noun, *(noun.removesuffix(plural) for plural in ("s", "es", "en", "innen"))}
    return not {noun, noun.removesuffix("s")} & _NO_OFFICES and (
        bool(forms & _OFFICES) or any(map(names.looks_like_title, forms))
    )


def is_no_role(label: str) -> bool:
    """Whether a label stands before votes, attendees or facts rather than holders of a role."""
    said = words(label)
    return not said or said <= _NO_ROLES or bool(said & {"nominees", "votes", "candidates"})


def says_duty(text: str) -> bool:
    """Whether a line speaks of work: *Book rooms*, *Network support*, *Account management*."""
    return bool(_DUTY_VERBS.match(text) or _DUTY_NOUNS.search(text))


def is_time(text: str) -> bool:
    """Whether a row head names a time: *Monday*, *10:00*, *2024-05-03*, *Week 3*."""
    return bool(_TIME.search(text))


def is_role_head(text: str) -> bool:
    """Whether a column head says that the column names roles: *Position*, *Role*."""
    said = words(text)
    return bool(said) and said <= ROLE_HEADS | {"board", "jobtitle", "name"}


def is_generic_holder_head(text: str) -> bool:
    """*Who*, *Point of contact*, *Job title*: a word for holders, not the holder."""
    beside = {"for", "is", "in", "name", "of", "or", "person", "point", "the", "to"}
    return bool(words(text)) and words(text) <= HOLDER_HEADS | NAME_HEADS | TITLE_HEADS | beside


def is_duty_head(text: str) -> bool:
    """*Responsible for*: what somebody does, not who."""
    said = words(text)
    return "for" in said and not said & {"contact", "lead", "maintainer", "owner"}


def is_activity_head(text: str) -> bool:
    """*Activity*, *Roles and responsibilities*: what somebody does."""
    said = words(text)
    return bool(said) and said <= ACTIVITY_HEADS | {"and", "or"}
