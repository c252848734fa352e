"""Words that rules look for. Add a word by adding it here; all are compared in lower case."""

import re
from functools import lru_cache


def fold(text: str) -> str:
    """The form in which names, titles and activities are compared: case and blanks do not count."""
    return " ".join(text.casefold().split())


_WORD = re.compile(r"\w+")


def stems(text: str) -> list[str]:
    """The words of a text without their case, English plurals as singulars."""
    return [_singular(word) for word in _WORD.findall(text.casefold())]


@lru_cache(maxsize=10_000)
def _singular(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word


# The last or first word of a job title; tells a job title that nobody has from an unknown person.
TITLE_WORDS = frozenset(
    """
    accountant administrator advisor adviser advocate analyst ambassador architect archivist
    artist assistant associate auditor cataloguer chair chairman chairperson chairwoman chief
    clerk coach community consultant controller coordinator counsel cto ceo cfo coo cpo ciso
    curator designer developer dev devops director editor engineer executive expert facilitator
    fellow head intern internship interpreter lawyer lead leader liaison librarian maintainer
    manager master mentor moderator officer operator organiser organizer owner partner planner
    president principal producer product program programme programmer project qa recruiter
    representative researcher reviewer sales scientist scrum secretary senior specialist
    steward strategist supervisor support sysadmin teacher tech technician technologist tester
    trainer translator treasurer tutor vice vp webmaster writer
    """.split()
)

# What people write where a role has no holder, without marks at either end. Where a language is
# missing, add its words here, or under `[checks] vacant` in the configuration.
VACANT_WORDS = frozenset(
    """
    n/a na nobody none needed open tba tbc tbd unassigned unfilled vacancy vacant
    wanted x
    gesucht niemand unbesetzt vakant offen
    personne vacante
    nadie vacantes
    ninguém
    nessuno
    vacature onbezet gezocht
    wakat nieobsadzone nieobsadzony nieobsadzona brak nikt poszukiwany
    ledig ingen avoin
    вакантно вакансия никто нет
    פנוי דרוש דרושה
    空缺 暂缺 欠員 募集中
    """.split()
) | {
    "n. n",
    "n.n",
    "no one",
    "not filled",
    "not yet filled",
    "to be announced",
    "to be confirmed",
    "to be decided",
    "to be determined",
    "to be found",
    "to be hired",
    "up for grabs",
    "noch offen",
    "nicht besetzt",
    "zu besetzen",
    "à pourvoir",
    "non pourvu",
    "sin cubrir",
    "por cubrir",
    "a definir",
    "da definire",
    "do obsadzenia",
    "szukamy chętnych",
}
# Words that may stand beside one of those: *currently vacant*, *nobody at the moment*, *Helfer
# gesucht*. One of these alone says nothing.
_BESIDE_VACANT = frozenset(
    """
    a an at being currently for help moment now of one or person please position post right
    role seat somebody someone spot still the time this until volunteer volunteers yet since
    aktuell bis derzeit helfer helferin momentan noch posten seit stelle zeit zur zurzeit
    actuellement depuis le moment poste pour bénévole
    actualmente ahora puesto cargo momento por el desde
    obecnie momentu
    """.split()
)
_MARKS = " .,:;!?¡¿…()[]'\"“”„«»*_–—-/"


def is_vacant(text: str, words: frozenset[str] = VACANT_WORDS) -> bool:
    """Whether ``text`` says that there is nobody: *TBD*, *(vacant)*, *?*, dashes, *wanted!*.

    ``words`` mean it by themselves, in the form of :func:`fold`.
    """
    if len(text) > 80:
        return False
    said = fold(text)
    bare = said.strip(_MARKS)
    if not bare or said in words or bare in words:
        return True
    found = [word.strip(_MARKS) for word in bare.split()]
    rest = [word for word in found if word not in _BESIDE_VACANT and not word.isdigit()]
    return 0 < len(rest) < len(found) and " ".join(rest) in words


# Activities that many roles may have at once without overlapping.
CATCH_ALL = frozenset(
    {
        "additional work as required",
        "additional duties as assigned",
        "additional tasks as required",
        "any other business",
        "other duties as assigned",
        "other duties as required",
        "other tasks as needed",
        "other tasks as required",
        "other work",
        "other work as required",
    }
)
