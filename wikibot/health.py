"""How work stands, by the word that people have for it: data, and how words are compared."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal

from wikibot.wikitext.inline import plain
from wikibot.words import fold

HealthKind = Literal["on-track", "at-risk", "off-track", "done", "unknown"]

# Words and phrases of a kind, in English, German, French and Spanish; case and accents do not
# count. What is under way is on track, as nobody said otherwise; what is late is at risk, what
# cannot go on is off track. What has not begun or was given up is neither: "unknown", like all
# words that are not here. Those are listed because a symbol beside them must not decide.
_WORDS: Final[Mapping[HealthKind, str]] = {
    "on-track": """
        on track|on schedule|on target|on course|on plan|on time|ahead|ahead of schedule|healthy
        green|g|good|ok|okay|fine|stable|going well|active|in progress|progressing|started|ongoing
        underway|under way|wip|work in progress|in development|in review|under review|testing
        in testing|nearly done|almost done|mostly done|partly done|partially done
        im plan|im zeitplan|planmäßig|plangemäß|nach plan|auf kurs|grün|gut|läuft|läuft gut
        in arbeit|in bearbeitung|in umsetzung|begonnen|angefangen|gestartet|laufend|im gange|aktiv
        teilweise erledigt|fast fertig
        en bonne voie|sur la bonne voie|dans les temps|dans les délais|conforme au plan|vert|verte
        bien|en cours|en cours de réalisation|commencé|commencée|démarré|démarrée|entamé|entamée
        presque terminé|presque fini
        por buen camino|en camino|según lo previsto|según lo planeado|al día|a tiempo|verde
        en curso|en marcha|en progreso|en proceso|en desarrollo|iniciado|iniciada|empezado
        empezada|casi listo|casi terminado
        🟢|🟩|💚
    """,
    "at-risk": """
        at risk|risk|risky|some risk|amber|yellow|orange|a|caution|warning|concern|concerns
        some concerns|minor issues|needs attention|attention needed|delayed|delay|late|running late
        behind|behind schedule|behind plan|slipping|slipped|slow
        gefährdet|risiko|mit risiko|riskant|gelb|verzögert|leicht verzögert|verspätet|verspätung
        in verzug|im verzug|verzug|hinter plan|hinter dem plan|hinter dem zeitplan
        à risque|risque|jaune|ambre|à surveiller|attention|en retard|retard|retardé|retardée
        en riesgo|riesgo|con riesgo|en peligro|amarillo|amarilla|naranja|ámbar|con retraso|retraso
        retrasado|retrasada|atrasado|atrasada
        🟡|🟠|🟨|🟧|💛|🧡|⚠|▲
    """,
    "off-track": """
        off track|off course|off schedule|off target|red|r|blocked|stalled|stuck|failing|failed
        missed|not met|critical|overdue|in trouble
        nicht im plan|nicht im zeitplan|rot|blockiert|gescheitert|verfehlt|nicht erreicht|kritisch
        überfällig|steht still|stillstand|festgefahren
        hors délai|hors délais|rouge|bloqué|bloquée|en échec|échoué|manqué|non atteint|non atteinte
        à l'arrêt|à l’arrêt|critique
        fuera de plazo|fuera de plan|rojo|roja|bloqueado|bloqueada|estancado|estancada|parado
        parada|fallido|fallida|no cumplido|no cumplida|no logrado|vencido|vencida|crítico|crítica
        🔴|🟥|❌|✖|✗|✘|⛔|🛑|🚫
    """,
    "done": """
        done|all done|complete|completed|finished|achieved|accomplished|delivered|shipped|released
        launched|deployed|implemented|merged|closed|resolved|fixed|met|goal met|yes|tick|check
        erledigt|fertig|fertiggestellt|abgeschlossen|beendet|erreicht|umgesetzt|geliefert
        veröffentlicht|geschlossen|ja
        fait|faite|terminé|terminée|terminés|terminées|achevé|achevée|fini|finie|atteint|atteinte
        livré|livrée|réalisé|réalisée|accompli|accomplie|complété|complétée|clos|close|oui
        hecho|hecha|terminado|terminada|completado|completada|completo|completa|cumplido|cumplida
        finalizado|finalizada|logrado|lograda|entregado|entregada|acabado|acabada|listo|lista
        cerrado|cerrada|sí
        ✅|✔|✓|☑|■
    """,
    "unknown": """
        unknown|not stated|not on track|not started|not yet started|not begun|not done|not yet
        to do|todo|planned|proposed|open|new|pending|tbd|cancelled|canceled|dropped|abandoned
        declined|deferred|postponed|on hold|paused|no
        keine angabe|nicht begonnen|noch nicht begonnen|nicht gestartet|geplant|offen|neu
        abgebrochen|gestrichen|verschoben|zurückgestellt|pausiert|nicht erledigt|nein
        non commencé|pas commencé|à faire|prévu|prévue|annulé|annulée|abandonné|abandonnée|reporté
        reportée|suspendu|suspendue|en attente|en pause|non
        no iniciado|no iniciada|sin empezar|por hacer|pendiente|planificado|previsto|cancelado
        cancelada|abandonado|aplazado|aplazada|pospuesto|suspendido|suspendida|en pausa|en espera
        ○|⚪|⬜
    """,
}
# What may follow such a word, and all that comes then: "blocked by …", "done in May".
_FOLLOWING: Final = frozenset(
    "by on until till since in due durch bis seit am wegen par depuis jusqu por hasta desde".split()
)
_LONGEST = 200  # characters; who writes more says more than one word can
_MARKS = " .,:;!?¡¿…()[]{}|'\"“”„«»‹›*_–—-/\u200d\ufe0e\ufe0f"
_HEAD = re.compile(r"\s[-–—]+\s|[,;:(.…!\n]")  # where a remark behind the word begins
_BETWEEN = re.compile(r"[\s_–—-]+")  # off-track, off_track
_PERCENT = re.compile(r"([0-9]{1,3}) ?%")


def kind_of(word: str) -> HealthKind:
    """What a word for the state of work means: of an update, of a row of goals.

    ``word`` is text or inline wikitext: ``on track``, ``'''Done''' (May)``, ``🟡``, ``R``,
    ``100 %``. Of two words that say different things, and of any other, ``unknown``.
    """
    if len(word) > _LONGEST:
        return "unknown"
    said = _simple(plain(word) or word)
    head = _HEAD.split(said, maxsplit=1)[0]
    for phrase in (said, head):
        if (kind := _kind_of_phrase(phrase)) is not None:
            return kind
    kinds = {_KINDS[character] for character in said if character in _SYMBOLS}
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _kind_of_phrase(phrase: str) -> HealthKind | None:
    bare = _bare(phrase)
    if bare in _KINDS:
        return _KINDS[bare]
    if percent := _PERCENT.match(bare):
        return "done" if int(percent[1]) == 100 else "unknown"  # half done may be late or early
    words = bare.split()
    for index in range(1, len(words)):
        if words[index] in _FOLLOWING or words[index][0].isdigit():
            begun = " ".join(words[:index])
            if begun in _KINDS:
                return _KINDS[begun]
    return None


def _bare(phrase: str) -> str:
    """The phrase with neither marks nor symbols at its ends, and blanks for hyphens.

    A phrase of symbols alone is ``""``: what they mean is asked last.
    """
    return " ".join(_BETWEEN.sub(" ", phrase.strip(_MARKS + "".join(_SYMBOLS))).split())


def _simple(text: str) -> str:
    """The form in which words are compared: case, blanks and accents do not count."""
    parts = unicodedata.normalize("NFKD", fold(text))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _kinds() -> dict[str, HealthKind]:
    return {
        _simple(phrase): kind
        for kind, lines in _WORDS.items()
        for line in lines.strip().splitlines()
        for phrase in line.split("|")
    }


_KINDS: Final = _kinds()
_SYMBOLS: Final = frozenset(phrase for phrase in _KINDS if len(phrase) == 1 and phrase > "\u2000")
