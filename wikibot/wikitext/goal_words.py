"""Words that say what stands in a column or behind a label of goals: data, and how it is looked up.

Add a word by adding it here. Case, accents, digits and marks do not count.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Field = Literal["goal", "owner", "status", "due"]

# Of several columns that could be it, the one with the word that stands first is.
_OWNER = """
    owner|owners|accountable|dri|responsible|lead|leads|assignee|assigned to|assigned|who
    point of contact|poc|contact|owned by|led by|done by
    verantwortlich|verantwortliche|verantwortlicher|verantwortung|zuständig|zuständige|zuständiger
    leitung|projektleitung|federführung|wer|ansprechpartner|ansprechpartnerin|ansprechperson
    responsable|responsables|propriétaire|porteur|porteuse|pilote|chargé|chargée|qui
    propietario|propietaria|dueño|dueña|encargado|encargada|líder|a cargo|quién
    responsável|dono|quem|responsabile|chi|eigenaar|verantwoordelijke|wie|właściciel|ansvarig
"""
_STATUS = """
    status|state|health|rag|progress|done|completed
    stand|zustand|ampel|fortschritt|erledigt
    statut|état|avancement|progrès|santé|fait
    estado|estatus|situación|semáforo|progreso|avance|hecho
    situação|stato|avanzamento|voortgang|stan
"""
_DUE = """
    due date|due|deadline|target date|end date|delivery date|completion date|date due|eta|by when
    expected completion|expected|date
    fällig|fälligkeit|fälligkeitsdatum|frist|zieldatum|zieltermin|termin|stichtag|bis wann|datum
    échéance|date d échéance|date limite|date cible|date de fin|délai
    fecha límite|fecha objetivo|fecha de entrega|fecha de fin|fecha|plazo|vencimiento
    prazo|data limite|scadenza|einddatum|termín
"""
# These are dates where no goal is spoken of beside them: not in *Goals of the quarter*, *End goal*.
_WEAKLY_DUE = """
    when|end|finish|timeline|timeframe|quarter|target quarter
    wann|bis|ende|quartal
    quand|fin|trimestre|cuándo|entrega
"""
_GOAL = """
    goal|goals|objective|objectives|okr|okrs|outcome|outcomes
    ziel|ziele|quartalsziel|quartalsziele
    objectif|objectifs|objetivo|objetivos|meta|metas
    obiettivo|obiettivi|doel|doelen|doelstelling|cel|mål
"""
_STEP = """
    key result|key results|expected result|expected results|deliverable|deliverables
    milestone|milestones
    schlüsselergebnis|schlüsselergebnisse|ergebnis|ergebnisse|meilenstein|meilensteine
    résultat clé|résultats clés|résultat attendu|résultats attendus|livrable|livrables
    jalon|jalons
    resultado clave|resultados clave|entregable|entregables|hito|hitos
    entregável|entregáveis|mijlpaal|mijlpalen
"""
# These may stand above anything that people do: who does it alone makes no goals of it.
_WEAKLY_GOAL = """
    project|projects|initiative|initiatives|epic|feature|features|workstream|task|tasks
    what|work
    projekt|projekte|vorhaben|maßnahme|maßnahmen|aufgabe|aufgaben|was
    projet|projets|tâche|tâches|quoi
    proyecto|proyectos|iniciativa|iniciativas|tarea|tareas|qué
    projeto|projetos|tarefa|tarefas|progetto|progetti|compito|taak|taken|zadanie
"""
# Above these are goals only where a heading or caption says so.
_ANYTHING = "name|title|description|item|beschreibung|titel|nom|titre|nombre|título|descripción"
# Whatever else stands in a head with one of these, it is no day when something is due.
_NOT_DUE = frozenset(
    """
    start started begin beginning created opened updated update last since
    beginn begonnen erstellt début commencé inicio creado
    """.split()
)
# Words beside those that change nothing.
_FILLERS = frozenset(
    """
    and by current for name of on our team the this to we will date
    der des die das für von und le la les de du des d l et pour el los las del y para
    """.split()
)
_NO_GOALS = frozenset("non not anti former nicht keine".split())
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 8  # more are no head


@dataclass(frozen=True, slots=True)
class Head:
    """What a head or label stands for.

    Of several, the one with the lowest ``rank`` says it best. ``certainty`` of a goal: 3 for
    words that mean a goal, 2 for what comes of one, 1 for any work, 0 for anything. ``whole``:
    there are no other words in it.
    """

    field: Field
    rank: int
    certainty: int
    whole: bool


def read_head(text: str) -> Head | None:
    """What ``text`` stands for above a column, or before a colon; ``None`` for anything else.

    *Goal owner* is an owner, *Milestone date* is a day.
    """
    return _read_head(text) if len(text) <= 100 else None


def speaks_of_goals(title: str) -> bool:
    """Whether a heading or caption announces goals."""
    said = _words(title)
    return not _NO_GOALS & set(said) and any(
        found.field == "goal" and found.certainty >= 2 for _, _, found in _found(said)
    )


@lru_cache(maxsize=1000)
def _read_head(text: str) -> Head | None:
    said = _words(text)
    if not 0 < len(said) <= _MOST_WORDS:
        return None
    found = _found(said)
    if _NOT_DUE & set(said):
        found = [each for each in found if each[2].field != "due"]
    if not found:
        return None
    known = {index for start, end, _ in found for index in range(start, end)}
    whole = all(index in known or word in _FILLERS for index, word in enumerate(said))
    best = min((each for _, _, each in found), key=_precedence)
    return Head(best.field, best.rank, best.certainty, whole)


def _precedence(head: Head) -> tuple[int, int]:
    order = ("owner", "due", "status", "goal")
    weak = head.field == "due" and head.certainty < 2
    return len(order) if weak else order.index(head.field), head.rank


def _found(said: list[str]) -> list[tuple[int, int, Head]]:
    """Known phrases among words, the longest of those that begin together, with their range."""
    found = []
    start = 0
    while start < len(said):
        for end in range(min(start + _LONGEST, len(said)), start, -1):
            head = _PHRASES.get(" ".join(said[start:end]))
            if head is not None:
                found.append((start, end, head))
                start = end - 1
                break
        start += 1
    return found


def _words(text: str) -> list[str]:
    parts = unicodedata.normalize("NFKD", text[:300].casefold())
    return _LETTERS.findall("".join(part for part in parts if not unicodedata.combining(part)))


def _phrases() -> dict[str, Head]:
    tables: tuple[tuple[Field, str, int], ...] = (
        ("owner", _OWNER, 2),
        ("status", _STATUS, 2),
        ("due", _DUE, 2),
        ("due", _WEAKLY_DUE, 1),
        ("goal", _GOAL, 3),
        ("goal", _STEP, 2),
        ("goal", _WEAKLY_GOAL, 1),
        ("goal", _ANYTHING, 0),
    )
    found: dict[str, Head] = {}
    for field, table, certainty in tables:
        for line in table.strip().splitlines():
            for phrase in line.split("|"):
                head = Head(field, len(found), certainty, True)
                found.setdefault(" ".join(_words(phrase)), head)
    return found


_PHRASES: Final = _phrases()
_LONGEST: Final = max(len(phrase.split()) for phrase in _PHRASES)
