"""The words that status updates are written with. Add a word by adding it to its line.

All are in the form of :func:`normal`: lower case, no marks at the ends, “and” for “&”.
"""

import re
from collections.abc import Mapping
from typing import Literal

from wikibot.wikitext.inline import fold as one_line
from wikibot.words import fold

# What a label announces. "closed" is what is no update: who was there, where, what for.
Field = Literal[
    "done", "next", "blocked by", "blocking", "risks", "headline", "health", "date", "closed"
]

LONGEST_LABEL = 60  # characters
_ENDS = re.compile(r"^[\W_]+|[\W_]+$")
_FIRST = re.compile(r"(\w+)\s?[.!;](?:\s|$)")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*\Z")

_LABELS: Mapping[Field, str] = {
    "done": """
        done | updates | update | progress | progress report | accomplishments | accomplished
        completed | shipped | delivered | finished | achievements | achieved | highlights
        last week | done last week | done this week | last sprint | what we did | what was done
        what we have done | work done | recent work | wins | successes | news | yesterday
        decisions | decided | decisions made | discussed | agreed | resolutions | outcomes
        status update | status updates | team update | team updates | weekly update | results
        erledigt | fertig | fertiggestellt | abgeschlossen | fortschritt | fortschritte
        neuigkeiten | letzte woche | vergangene woche | erreicht | umgesetzt | ergebnisse
        was wir getan haben | aktualisierungen | stand der dinge | beschlüsse | beschlossen
        besprochen | entscheidungen
        fait | faits | terminé | terminés | progrès | avancement | avancées | mises à jour
        mise à jour | réalisé | réalisations | livré | la semaine dernière | semaine dernière
        nouveautés | décisions | discuté | résultats | accompli
        hecho | hechos | terminado | completado | progreso | progresos | avances | novedades
        logros | actualizaciones | actualización | semana pasada | la semana pasada | entregado
        decisiones | acordado | acuerdos | discutido | resultados | realizado
    """,
    "next": """
        next | next step | next steps | next week | up next | what's next | what is next | plan
        plans | planned | planning | planned work | plans for next week | plans for this week
        planned for next week | planned for this week | this week | this sprint | next sprint
        upcoming | coming up | coming next | to do | to-do | todo | todos | to-dos | to dos
        action items | action item | actions | action points | next actions | tasks | today
        goals for next week | goals for this week | priorities | in the coming week
        nächste schritte | nächster schritt | als nächstes | nächste woche | kommende woche
        diese woche | geplant | pläne | planung | ausblick | aufgaben | zu tun | zu erledigen
        offene punkte | maßnahmen
        ensuite | prochaine étape | prochaines étapes | la semaine prochaine | semaine prochaine
        cette semaine | à venir | prévu | prévus | prévisions | à faire | actions à mener
        suite | la suite | tâches
        siguiente | siguientes | siguiente paso | siguientes pasos | próximo | próximos
        próximos pasos | próxima semana | la próxima semana | esta semana | planes
        planificado | previsto | por hacer | pendiente | pendientes | tareas | acciones
    """,
    "blocked by": """
        blocked by | blocked on | blocked | blocker | blockers | current blockers | waiting for
        waiting on | waiting | depends on | dependencies | dependent on | depending on
        impediments | impediment | obstacles | stuck on | held up by | we are blocked by
        blockiert durch | blockiert von | blockiert | blockade | blockaden | blocker von
        wartet auf | warten auf | wir warten auf | hängt ab von | abhängig von | abhängigkeiten
        hindernisse | hindernis
        bloqué par | bloqués par | bloquée par | bloqués | bloqué | bloquants | bloquant
        points bloquants | blocages | blocage | en attente de | en attente | attend | dépend de
        dépendances | obstacles rencontrés
        bloqueado por | bloqueados por | bloqueada por | bloqueado | bloqueos | bloqueo
        bloqueadores | esperando | esperando a | en espera de | a la espera de | depende de
        dependencias | impedimentos | obstáculos
    """,
    "blocking": """
        blocking | blocks | currently blocking | we are blocking | blocking others
        blocking other teams | others are waiting for us | waiting for us | waiting on us
        blockiert andere | wir blockieren | blockieren | wartet auf uns | warten auf uns
        bloque | nous bloquons | bloque d'autres | bloquons | en attente de nous
        bloquea | bloquea a | bloqueamos | bloqueando | bloqueando a | estamos bloqueando
    """,
    "risks": """
        risk | risks | concern | concerns | risks and concerns | risks and issues
        risks and mitigations | problem | problems | issue | issues | issues and risks
        problems and risks | issues and concerns | concerns and risks | difficulties | challenges
        probleme | schwierigkeiten | herausforderungen | probleme und risiken | sorge
        problème | problèmes | difficultés | difficulté | soucis | problèmes et risques
        problema | problemas | dificultades | dificultad | problemas y riesgos
        risiko | risiken | bedenken | risiken und bedenken | sorgen
        risque | risques | préoccupations | préoccupation | inquiétudes
        riesgo | riesgos | preocupaciones | preocupación | inquietudes
    """,
    "headline": """
        headline | summary | tl;dr | tldr | in short | in brief | executive summary | overview
        überschrift | schlagzeile | zusammenfassung | kurzfassung | kurz gesagt | überblick
        en bref | résumé | synthèse | titre | en résumé
        resumen | titular | en resumen | en breve
    """,
    "health": """
        health | status | overall status | rag | rag status | project health | overall health
        confidence | state
        zustand | ampel | ampelstatus | lage | gesundheit
        santé | état | statut | état général | météo
        salud | estado | estado general | semáforo
    """,
    "date": """
        date | date of update | report date | updated on | last updated | as of
        datum | stand vom | stand
        date du rapport | en date du
        fecha | fecha del informe | actualizado el
    """,
    "closed": """
        attendees | attendance | attending | also attending | attended | present | participants
        absent | absentees | apologies | regrets | excused | not present | guests | roll call
        facilitator | facilitators | facilitated by | scribe | scribes | note taker | note takers
        notes by | notes taken by | minutes by | minute taker | chair | moderator | host
        location | place | time | when | where | start | end | started | ended | duration
        next meeting | next update | next report | agenda | links | link | see also | references
        questions | questions and answers | q and a | q&a | faq | author | authors | updated by
        contact | contacts | members | team members | team | lead
        instructions | how to | how to use | how to use this page | how to add an update
        how to update | template | format | example | examples | guidelines | guide | help
        about | about this page | purpose | preload | introduction | contents | notes to editors
        anwesend | anwesende | teilnehmer | teilnehmende | teilnehmerinnen | abwesend
        entschuldigt | gäste | protokoll | protokollant | ort | zeit | beginn | ende
        nächstes treffen | nächster termin | tagesordnung | fragen | anleitung | vorlage
        beispiel | hinweise | siehe auch | moderation
        présents | présentes | présent | participants et participantes | absents | excusés
        invités | lieu | heure | prochaine réunion | ordre du jour | secrétaire | animateur
        mode d'emploi | modèle | exemple | voir aussi | à propos
        asistentes | participantes | presentes | ausentes | disculpados | invitados | lugar | hora
        próxima reunión | orden del día | instrucciones | plantilla | ejemplo | véase también
        acerca de | enlaces | preguntas
    """,
}

# An entry that says nothing, in lower case. The marks may stand alone.
NOTHING = frozenset({"", "-", "–", "—", "?", "...", "…", "/"}) | frozenset(
    word.strip()
    for line in """
        n/a | na | none | nothing | nil | no | no blockers | no updates | no update | no news
        no risks | nothing new | nothing to report | nothing at the moment | not applicable
        none at the moment | none currently | none at this time | nobody
        nichts | keine | keiner | keines | kein | nein | entfällt | nichts neues
        keine blocker | keine neuigkeiten | niemand
        rien | aucun | aucune | néant | non | sans objet | s/o | rien à signaler | ras | personne
        nada | ninguno | ninguna | ningún | no aplica | n/d | sin novedades | sin bloqueos | nadie
    """.split("\n")
    for word in line.split("|")
)

# What begins an entry that says nothing, whatever comes behind a full stop: “None. All good!”
_NONE = frozenset(
    """
    none nothing nil nope nobody nichts keine keiner keines rien aucun aucune néant nada ninguno
    ninguna
    """.split()
)
# What begins an entry that says nothing when only usual words follow: “no blockers this week”
_NOTHING_BEGINS = (NOTHING - {"no", "non", "nein", "na", "nil"}) | frozenset(
    word.strip()
    for line in """
        not blocked | no blocker | no issues | no problems | no concerns | no impediments
        no dependencies | not blocking | not blocking anyone | not blocked by anyone | unblocked
        nothing planned | nothing blocked | no change | no changes | not at the moment
        nicht blockiert | kein blocker | keine probleme | keine risiken | keine hindernisse
        nicht blockierend | keine blockaden | keine änderungen
        pas bloqué | pas bloqués | non bloqué | pas de blocage | pas de blocages | pas de problème
        aucun blocage | aucun problème | aucun risque | aucune nouveauté | rien de nouveau
        rien de neuf | pas de nouveautés
        no bloqueado | no bloqueados | no estamos bloqueados | sin bloqueo | sin problemas
        sin riesgos | sin cambios | nada nuevo | ningún bloqueo | ningún problema | ningún riesgo
    """.split("\n")
    for word in line.split("|")
    if word.strip()
)
_FILLERS = frozenset(
    """
    this week today now right at the moment time currently so far yet all good fine well ok okay
    thanks to report new here still us really great
    diese dieser woche heute derzeit aktuell zurzeit momentan im moment bisher alles gut danke neues
    cette semaine pour le l'instant moment actuellement en ce tout va bien merci signaler à
    esta semana hoy por ahora el momento todo bien gracias actualmente de
    """.split()
)
_BUT = frozenset(
    """
    but except although though however still waiting aber außer jedoch wartet warten mais sauf
    attend pero excepto salvo espera esperando
    """.split()
)
_MOST_WORDS = 5  # of an entry that says nothing

# What may stand beside the date in a heading of updates. With other words, the heading dates
# what is labelled below it, but a bullet without a label is not taken for an update.
BESIDE_DATE = frozenset(
    """
    update updates status report reports notes note week weekly biweekly month monthly of for on
    from the as at to until and in our meeting minutes sync standup stand-up scrum scrums sprint
    iteration team ending starting beginning progress summary log daily check-in w/c w/e
    bericht berichte stand woche der des vom von am bis und für notizen protokoll wochenbericht
    aktualisierung treffen sitzung neues fortschritt zum statusbericht
    rapport rapports semaine du de la le au et pour réunion compte rendu compte-rendu point
    hebdomadaire avancement état mise jour à
    informe informes semana del el al y para reunión notas acta actualización avance estado
    semanal
    """.split()
)

# Headings that are no teams, whatever stands below them.
NO_TEAM = frozenset(
    """
    general|discussion|discussions|announcements|announcement|other|others|miscellaneous|misc
    any other business|aob|notes|meeting|minutes|meeting notes|meeting minutes|old business
    new business|business|topics|topic|status report|weekly report|report|reports|archive
    archives|scrum of scrums|standup|teams|all teams|everyone|all|parking lot|retrospective
    allgemeines|verschiedenes|sonstiges|diskussion|ankündigungen|berichte|themen|archiv
    général|divers|discussion générale|annonces|rapports|sujets
    varios|general y varios|discusión|anuncios|informes|temas|archivo
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|")
) - {""}

_FIELDS: Mapping[str, Field] = {
    fold(word): field
    for field, words in _LABELS.items()
    for line in words.split("\n")
    for word in line.split("|")
    if word.strip()
}


def normal(label: str) -> str:
    """A label or heading in the form in which it is compared."""
    said = fold(one_line(label)).replace("’", "'").replace(" & ", " and ").rstrip(" :：")
    return _ENDS.sub("", _BRACKET.sub("", said) or said)


def field_of(label: str) -> Field | None:
    """What a label announces, ``None`` for one that is not known."""
    return _FIELDS.get(normal(label)) if len(label) <= LONGEST_LABEL else None


def is_nothing(said: str) -> bool:
    """Whether an entry of an update says that there is nothing to say."""
    if len(said) > LONGEST_LABEL:
        return False
    lower = fold(one_line(said))
    if lower in NOTHING or (bare := lower.strip(" .!()[]*_'\"")) in NOTHING:
        return True
    first = _FIRST.match(bare)
    if first and first[1] in _NONE and _BUT.isdisjoint(_words(bare)):
        return True
    parts = _words(bare)
    return 0 < len(parts) <= _MOST_WORDS and any(
        " ".join(parts[:count]) in _NOTHING_BEGINS and _FILLERS.issuperset(parts[count:])
        for count in range(1, len(parts) + 1)
    )


def is_beside_date(rest: str) -> bool:
    """Whether nothing but usual words stands beside the date in a heading."""
    return all(fold(word) in BESIDE_DATE or word.isdigit() for word in _words(rest))


def without_usual(rest: str) -> str:
    """What stands beside a date without the usual words at its ends: a team, perhaps."""
    words = _words(rest)
    while words and fold(words[0]) in BESIDE_DATE:
        del words[0]
    while words and fold(words[-1]) in BESIDE_DATE:
        del words[-1]
    return " ".join(words)


def _words(rest: str) -> list[str]:
    bare = (_ENDS.sub("", word) for word in one_line(rest).split())
    return [word for word in bare if word]
