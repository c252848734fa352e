"""Which words are a name, who is named in a list of holders, how often something is done.

All of it works on what a reader sees (:class:`~wikibot.wikitext.inline.View`). Where words leave
it open, the answer is no: a person who is missed is seen by people, one who is invented is not.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from wikibot.model import Holder
from wikibot.wikitext.inline import Shown, View, fold
from wikibot.words import is_vacant

Range = tuple[int, int]

_PARTICLES = frozenset(
    "af al ap av bin bint da das de del della den der des di do dos du e el i ibn la las le los"
    " ten ter van vom von y zu zum zur".split()
)
# Words that titles, tasks and values are made of, and people's names are not.
_NOT_NAMES = frozenset(
    """
    a about access account accountability activities activity additional agenda agile all an and
    annual any as assist at attend board bug bugs build builds by category chair channel chat
    chief code committee communication communications community conference contact coordinate
    coordination coordinator culture current daily data decision department design designer
    details developer developers development director docs document documentation duties email
    engineer engineering enable engine events everyone facilitation feature features finance
    forum free from general goal goals group guide guidelines head help history home how if
    improvement in index infrastructure internal irc is it leader leads learning link list lists
    mail mailing main making management manager managers manual marketing matrix meeting meetings
    member members milestone monthly needed new news no none note notes of office officer on open
    operations organization other our out outreach owner page people phase plan planning point
    policy portal practices presentations process processes product program programme programs
    project projects public qa quality quarterly questions release releases report reports
    request requests research resources responsibilities responsible review roadmap role roles
    schedule scope secretary section security see senior server services setup site software
    source specialist staff standup standups status strategy support survey surveys systems task
    tasks tbd team teams technical technology test testing the this to tool tools topic training
    translation travel treasurer update updates us user users vacant video we website weekly
    welcome what where who why wiki with work working workshop you your
    """.split()
)
_TITLES = frozenset(
    """
    administrator admin advisor agilist analyst architect artist assistant associate ceo cfo chair
    chairman chairperson champion chief cio ciso coach consultant contributor coo coordinator cto
    curator designer developer dev devops director editor engineer executive facilitator fellow
    founder head intern lead leader leiter leiterin liaison librarian maintainer manager master
    member mentor officer operator owner president principal product programmer researcher
    sales scientist scrum secretary senior specialist steward strategist support technician
    technologist tester translator treasurer trainer vice volunteer vp writer
    ambassador captain chairwoman expert moderator organiser organizer producer professor
    postdoc recruiter reviewer spokesperson student supervisor sysadmin teacher tutor webmaster
    beisitzer kassenwart kassierer schatzmeister schatzmeisterin schriftführer vorsitzende
    vorsitzender presidente président présidente secretaria secretario secrétaire segretario
    tesorero tesoriere trésorier trésorière vicepresidente
    bureaucrat patroller przewodnicząca przewodniczący prezes prezeska skarbnik sekretarz
    wiceprezes presidenta vocal sprecher sprecherin leitung předseda předsedkyně
    pokladník ordförande kassör sekreterare leder voorzitter penningmeester секретарь председатель
    presidentessa coordinatore coordinatrice koordinator koordinatorin tesoreira
    """.split()
)
_DETERMINERS = frozenset("a an any all every my no our see siehe some the this these".split())
# Belongs to the name before it: *Ana Ruiz, PhD*.
DEGREE = re.compile(
    r",\s*(?:M\.?D|Ph\.?\s?D|[BM]\.?Sc|MBA|[BM]\.?A|J\.?D|LL\.?[BM]|CPA|RN|Esq|[JS]r)\b\.?"
)
_JOINED = ("Mn", "Mc", "Cf")  # vowel signs, accents and joiners belong to the letter before them
_TITLE_WORD = re.compile(r"[^\W\d_]+")
TITLE_OF = re.compile(r"\s(?:of|for|de|du|des)\s")
_PLURALS = (("s", ""), ("ies", "y"), ("en", ""), ("innen", "in"))
_ELIDED = re.compile(r"(?:d|dell|dall|de|l|al|el)['’-](?=[^\W\d_a-z])")
_NAME_WORD = re.compile(r"[\"'“”‘’„(]*[^\W\d_][\w.'’‘“”\"\-‐‑)]*", re.UNICODE)
_CADENCES = (
    r"(?:bi|semi)-?(?:weekly|monthly|annually|annual)|fortnightly|daily|weekly|monthly|quarterly"
    r"|annually|yearly|half-yearly|hourly|ad[ -]hoc|as needed|as required|when needed"
    r"|if needed|(?:up)?on (?:request|demand)|continuous(?:ly)?|ongoing"
    r"|(?:once|twice) (?:a|per|every) (?:day|week|month|quarter|year)"
    r"|every (?:other )?(?:day|week|month|quarter|year|two weeks|two months)"
    r"|(?:per|each) (?:sprint|release|quarter|week|month)"
)
_CADENCE = re.compile(
    rf"(?:[,;(:–—]|\s-)\s*({_CADENCES})\s*\)?\s*\.?$|^({_CADENCES})\s*[:–—]", re.IGNORECASE
)
_SEPARATOR = re.compile(
    r"[,;\n]|\s/\s|/|\s&\s|\s(?:and|und|et|y)\s|(?-i:\s(?:e|i|og|och|oraz|и)\s)", re.IGNORECASE
)
_NOTE = re.compile(r"\(([^()]*)\)|\bw/.*$")
_MAIL = re.compile(
    r"<?\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+>?|<>"
    r"|<?\b[\w.+-]{1,64} ?(?:@|\bat\b|[\[(]at[\])]) ?[\w-]+"
    r"(?: ?(?:\bdot\b|[\[(]dot[\])]) ?[\w-]+)+>?",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\b(?:\w{1,3}\.(?=\s+\S)|(?:[A-Z]|Jr|Sr)\.$)")
_NO_NAME = re.compile(r"[!?;=<>{}\[\]|@]|https?:|[.:]\s|[.:,]$")
_SENTENCE = re.compile(r"[.!?;:=<>{}\[\]|@•→]|\bhttps?\b|//")


def looks_like_name(text: str) -> bool:
    """Whether plain ``text`` alone is most likely a person's name: *Ana Ruiz-Pol*, *Bo "bo" Li*."""
    if len(text) > 60:
        return False
    text = DEGREE.sub("", text)
    bare = "".join(char for char in text if unicodedata.category(char) not in _JOINED)
    bare = re.sub(r"\b(?:[^\W\d_]{1,3}|Prof|Dipl)\.(?=\s|$)", "X", bare)  # initials, Dr.
    words = bare.split()
    if not 1 <= len(words) <= 6 or _SENTENCE.search(bare) or "\x02" in text:
        return False
    capitals = 0
    for word in words:
        if word.casefold().strip("()\"'“”‘’„,") in _NOT_NAMES or not _NAME_WORD.fullmatch(word):
            return False
        first = next((char for char in word if char.isalpha()), "")
        if not first:
            return False
        if not first.islower() or _ELIDED.match(word):
            capitals += 1
        elif word.casefold() not in _PARTICLES and word[0] not in "\"'“‘„(":
            return False
    return capitals > 0


def is_full_name(text: str) -> bool:
    """Whether ``text`` is most likely a name of more than one word: less often anything else."""
    return " " in text and looks_like_name(text)


def could_be_name(text: str) -> bool:
    """Whether ``text`` may be a name or nick when something else says that it stands for one."""
    words = text.split()
    return (
        1 <= len(words) <= 6
        and len(text) <= 60
        and any(char.isalnum() for char in text)
        and not _NO_NAME.search(_INITIAL.sub("", text))
        and sum(word.casefold() in _NOT_NAMES for word in words) <= len(words) // 2
        and not (len(words) > 1 and words[0].casefold() in _DETERMINERS)
        and not is_vacant(text)
    )


def looks_like_title(text: str) -> bool:
    """Whether there is a word in ``text`` that job titles are made of."""
    return len(text) <= 120 and any(
        word.casefold() in _TITLES for word in _TITLE_WORD.findall(text)
    )


def singulars(title: str) -> Iterator[str]:
    """What a title of several may be of one: *Data Analysts*, *Secretaries*, *Heads of Research*.

    Only the word before *of* or *for* changes, else the last; not all that comes out are words.
    """
    joint = TITLE_OF.search(title)
    head = title[: joint.start()] if joint else title
    for plural, single in _PLURALS:
        if head.endswith(plural):
            yield head.removesuffix(plural) + single + title[len(head) :]


def cadence(text: str) -> str | None:
    """How often an activity is done, when its text says so at its end or beginning."""
    found = _CADENCE.search(text[-80:]) or _CADENCE.match(text[:80])
    return (found[1] or found[2]).casefold() if found else None


def without_mail(outside: str) -> str:
    """Mail addresses blanked out; same length."""
    return _MAIL.sub(lambda match: " " * len(match[0]), outside)


def split(view: View, start: int, end: int) -> Iterator[Range]:
    """The entries of a list such as *Ana, Bo and Cy / Dee*; brackets and links stay whole."""
    masked = _NOTE.sub(lambda match: "\x02" * len(match[0]), view.outside[start:end])
    position = 0
    found = list(_SEPARATOR.finditer(masked))
    if len(found) == 1 and _is_one_name(masked, found[0]):
        found = []
    for match in found:
        yield start + position, start + match.start()
        position = match.end()
    yield start + position, end


def _is_one_name(masked: str, joint: re.Match[str]) -> bool:
    """*Ramón y Cajal Pérez*: a given name alone goes with the names that follow."""
    before, behind = masked[: joint.start()].strip(), masked[joint.end() :].strip()
    lone = " " not in before and " " in behind and joint[0].strip() in ("y", "e", "i")
    return lone and looks_like_name(before) and looks_like_name(behind)


def holders(view: View, ranges: Iterable[Range]) -> tuple[Holder, ...]:
    """Each entry as a holder: the name by itself, a note in brackets, the username of its link."""
    found = []
    for start, end in ranges:
        start, end = view.trim(start, end)
        if start >= end or view.is_struck(start, end):
            continue
        link = _user(view, start, end)
        note = _NOTE.search(view.outside, start, end)
        if link:
            first, last = link.start, link.end
        else:
            first, last = start, note.start() if note and note.start() > start else end
        first, last = _without_marks(view, first, last)
        if first < last:
            said = fold(view.text[slice(*note.span(note[1] is not None))]) if note else ""
            found.append(Holder(view.part(first, last), link.username if link else None, said))
    return tuple(found)


def _user(view: View, start: int, end: int) -> Shown | None:
    """The first link to a user in a range."""
    index = bisect_right(view.links, start, key=lambda link: link.end)
    inside = takewhile(lambda link: link.start < end, islice(view.links, index, None))
    return next((link for link in inside if link.username), None)


def label_end(view: View, start: int, end: int) -> int | None:
    """Where the first ``:`` stands that ends a label: outside links and brackets."""
    masked = _NOTE.sub(lambda match: "\x02" * len(match[0]), view.outside[start:end])
    match = re.search(r":(?!//)", masked)
    return start + match.start() if match else None


def same_name(first: str, second: str) -> bool:
    """Whether two spellings are alike but for case, blanks and underscores."""
    return _key(first) == _key(second)


def _key(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()


def _without_marks(view: View, start: int, end: int) -> Range:
    """Without punctuation that is not part of a name."""
    while start < end and (view.text[start] in ",;:–—-•·*" or view.text[start].isspace()):
        start += 1
    while start < end and (view.text[end - 1] in ",;:–—" or view.text[end - 1].isspace()):
        end -= 1
    return start, end
