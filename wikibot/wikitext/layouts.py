"""Where a roster or roles table stands: what the configuration says, or what can be made out.

Detection is a list of reasons, so that it can be explained, and prefers to find nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wikibot.model import Layout, Site, Span
from wikibot.wikitext.blocks import Blocks, Section, Table
from wikibot.wikitext.grid import GridRow
from wikibot.wikitext.inline import fold, plain, view

# Words of column heads, in lower case. What is not here can be named in the configuration.
# A column of roles or offices.
ROLE_HEADS = frozenset(
    """
    function job office position positions role roles
    amt ämter funktion funktionen fonction fonctions cargo cargos poste postes puesto puestos
    rolle rollen rôle rôles rol roles roli rola role función funciones função funções papel
    ruolo ruoli funzione carica incarico functie ambt funkcja funkcje stanowisko
    funkce funkcia pozice roll uppdrag befattning verv stilling tehtävä rooli görev unvan
    должность роль функция обязанность посада תפקיד תפקידים المنصب الدور
    役職 役割 職稱 职务 职位 角色 직책 역할
    """.split()
)
NAME_HEADS = frozenset(
    """
    contributor contributors developer developers employee individual individuals maintainer
    member members mitglied name names nom nombre participant participants people person
    personne persona staff who wer qui quien nome naam navn namn nazwisko osoba osoby jméno
    meno nimi henkilö isim persoon имя фио ім'я שם الاسم 姓名 名前 氏名 이름
    """.split()
)
TITLE_HEADS = ROLE_HEADS | frozenset("jobtitle title titel titre título titolo tytuł".split())
USER_HEADS = frozenset("account benutzer nick nickname user username utilisateur login".split())
HOLDER_HEADS = frozenset(
    """
    accountable ansprechpartner assigned assignee contact contacts dri holder holders lead leader
    leads maintainer maintainers owner owners primary responsable responsables responsible
    steward stewards verantwortlich verantwortliche verantwortlicher who whom wer qui
    inhaber titulaire titulaires titular titulares encargado encargada encargados
    responsabile responsabili referente verantwoordelijke odpowiedzialny odpowiedzialna
    opiekun zodpovědný ansvarig ansvarlig vastuuhenkilö sorumlu ответственный אחראי
    担当者 负责人 負責人 담당자
    """.split()
)
ITEM_HEADS = (ROLE_HEADS - {"job"}) | frozenset(
    """
    activity activities area areas component components domain duty item items list module
    part product project responsibility responsibilities service services subject system task
    tasks team title tool topic topics what work
    """.split()
)
ACTIVITY_HEADS = frozenset(
    """
    activity activities aufgabe aufgaben activité activités actividad actividades duties duty
    responsibilities responsibility task tasks tâche tâches tarea tareas tarefa tarefas compito
    compiti zadanie zadania úkol úkoly oppgave oppgaver uppgift uppgifter задача задачи what
    """.split()
)
DUTY_HEADS = ACTIVITY_HEADS | {"description", "does", "notes", "scope"}
_ROLE_WORDS = frozenset(
    """
    contacts duties officers offices position positions responsibilities role roles
    ansprechpartner posten zuständigkeit zuständigkeiten verantwortlichkeiten rollen ämter
    fonctions responsabilités rôles cargos funciones responsabilidades incarichi ruoli
    functies rollen funkcje funções роли должности обязанности תפקידים
    """.split()
)
_OTHER_WORDS = frozenset(
    """
    comments diskussion discussion elections external links nominations nominees references
    votes voting
    """.split()
)
_REPORT_WORDS = frozenset("agenda discussed log minutes news report reports update updates".split())
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a page to look at; ``section`` is ``None`` for the whole page."""

    span: Span
    section: Section | None


def region(blocks: Blocks, layout: Layout) -> Region | None:
    """What ``layout.section`` names, subsections included; ``None`` when the page has it not.

    A region of more lines than any page has for people ends early, see ``Blocks.within``.
    """
    if layout.section is None:
        return Region(blocks.within(Span(0, len(blocks.text))).region, None)
    wanted = heading_key(layout.section)
    for section in blocks.sections[1:]:
        if heading_key(section.title) == wanted:
            return Region(blocks.within(section.span).region, section)
    return None


def heading_key(title: str) -> str:
    """Headings are compared without case, with blanks and underscores alike."""
    return fold(title.replace("_", " ")).casefold()


def words(text: str) -> set[str]:
    """The words of a head or heading, in lower case."""
    return set(_WORDS.findall(text.casefold()))


# --- tables -------------------------------------------------------------------------------------


def heads(blocks: Blocks, rows: list[GridRow], *, site: Site) -> dict[int, str] | None:
    """Column → plain text of its head, when the first row is a row of heads."""
    if not rows:
        return None
    first = rows[0]
    seen = {
        column: view(blocks.text, *_short(cell.content), site=site)
        for column, cell in first.cells.items()
    }
    texts = {column: fold(each.text) for column, each in seen.items()}
    known = NAME_HEADS | TITLE_HEADS | USER_HEADS | HOLDER_HEADS | ITEM_HEADS
    if all(cell.header for cell in first.cells.values()) and (len(rows) == 1 or len(texts) > 1):
        return texts
    if any(link.username for each in seen.values() for link in each.links):
        return None
    matching = sum(
        bool(text) and len(text) < 40 and bool(words(text) & known) for text in texts.values()
    )
    some_bold = all(not text or _bold(blocks, first, column) for column, text in texts.items())
    return texts if matching >= 2 or (matching and some_bold) else None


def len_ok(span: Span) -> bool:
    """Heads are short; what is long is not one, and need not be read."""
    return span.end - span.start < 1000


def _short(span: Span) -> tuple[int, int]:
    return span.start, span.end if len_ok(span) else span.start


def _bold(blocks: Blocks, row: GridRow, column: int) -> bool:
    return row.cells[column].content.of(blocks.text).startswith("'''")


def column_of(
    texts: Mapping[int, str], wanted: Iterable[str], *, but: Iterable[int] = ()
) -> int | None:
    """The column whose head has most of the wanted words for its length, the first of equals."""
    best: tuple[float, int] | None = None
    lookup = frozenset(wanted)
    for column in sorted(texts):
        found = words(texts[column])
        share = len(found & lookup) / len(found) if found else 0
        if share > 0 and column not in but and (best is None or share > best[0]):
            best = (share, column)
    return best[1] if best else None


def named_column(texts: Mapping[int, str] | None, head: str | int) -> int | None:
    """The column that a layout names by its head, or by its number from 1."""
    if isinstance(head, int):
        return head - 1
    for column, text in (texts or {}).items():
        if heading_key(text) == heading_key(head):
            return column
    return None


# --- lists --------------------------------------------------------------------------------------


def pattern(source: str) -> re.Pattern[str]:
    """``{name}, {title}`` as a regular expression over visible text of bounded length.

    Blanks next to punctuation may be there or not, others must be there. What stands between two
    fields is looked for once, at its first place: a later one would leave less for the rest of the
    pattern. So whatever the pattern, there is no way back that could multiply.
    """
    first, *parts = re.split(r"\{(name|title|note)\}", source.strip())
    expressions: list[str] = []
    seen: set[str] = set()
    for field, literal in zip(parts[::2], parts[1::2], strict=True):
        wanted = ".+?" if field in seen else f"(?P<{field}>.+?)"
        expressions.append(wanted + _literal(literal))
        seen.add(field)
    firm = "".join(f"(?>{expression})" for expression in expressions[:-1])
    last = "".join(expressions[-1:])
    return re.compile(rf"\s*+{_literal(first)}{firm}{last}\s*+", re.DOTALL)


def _literal(text: str) -> str:
    escaped = re.escape(" ".join(text.split())).replace(r"\ ", r"\s++")
    if text[:1].isspace():
        escaped = r"\s++" + escaped
    if text[-1:].isspace():
        escaped += r"\s++" if text.strip() else ""
    return re.sub(r"(?:\\s\+\+)?([,;:])(?:\\s\+\+)?", r"\\s*+\1\\s*+", escaped)


# --- hints --------------------------------------------------------------------------------------


def announces_roles(blocks: Blocks, start: int, *, site: Site) -> bool:
    """Whether the heading above or the line before speaks of roles."""
    section = blocks.section_at(start)
    line = plain(_line_before(blocks, section, start), site=site)
    return bool((words(line) | words(section.title)) & _ROLE_WORDS)


def speaks_of_roles(title: str) -> bool:
    """Whether a heading announces roles."""
    return bool(words(title) & _ROLE_WORDS)


def speaks_of_reports(title: str) -> bool:
    """Whether what stands under a heading is minutes or a report: what was said, not duties."""
    return bool(words(title) & _REPORT_WORDS)


def speaks_of_else(title: str) -> bool:
    """Whether a heading announces comments, votes or links rather than a roster."""
    return bool(words(title) & _OTHER_WORDS)


def _line_before(blocks: Blocks, section: Section, start: int) -> str:
    """The last line of text above, in the same section, if it is a short one."""
    end = start
    while end > section.body.start:
        begin = blocks.masked.rfind("\n", section.body.start, end - 1) + 1
        begin = max(begin, section.body.start)
        line = blocks.text[begin:end].strip()
        if line:
            return line if len(line) <= 300 and line[0] not in "*#|" else ""
        end = begin
    return ""


def caption(blocks: Blocks, table: Table, *, site: Site) -> str:
    """The caption of a table as a reader sees it."""
    return plain(table.caption.of(blocks.text), site=site) if table.caption else ""
