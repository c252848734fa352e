"""Changes of all tasks → one edit a page, after the guards; printed as a diff, saved as JSON.

Pure, apart from :func:`write` and :func:`read`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from wikibot import removals
from wikibot.comparison import unified
from wikibot.config import Config
from wikibot.errors import PlanError
from wikibot.model import Change, Edit, Finding, Page, Replacement, Site
from wikibot.wikitext.editing import splice

NOT_ALLOWED = (
    "is not among the titles that the bot may write; to allow it, add it to wiki.write_under"
)
MAX_SUMMARY = 500  # characters, CommentStore::COMMENT_CHARACTER_LIMIT
CUT = "…"  # at the end of a summary that is longer


@dataclass(frozen=True, slots=True)
class Held:
    """An edit that a guard held back; ``serious`` when somebody should look at it."""

    title: str
    why: str
    serious: bool = True


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would save, what it found, and what the guards held back.

    ``wiki`` is the address of the wiki (or its folder), so that a plan is not applied to another.
    """

    wiki: str
    tasks: tuple[str, ...]
    period: str
    edits: tuple[Edit, ...] = ()
    held: tuple[Held, ...] = ()
    findings: tuple[Finding, ...] = ()
    version: Literal[1] = 1


def build(
    changes: Iterable[Change], pages: Mapping[str, Page], *, config: Config, site: Site
) -> tuple[tuple[Edit, ...], tuple[Held, ...]]:
    """One edit a page from the changes of all tasks, and what the guards held back."""
    by_title: dict[str, list[Change]] = {}
    for change in changes:
        by_title.setdefault(change.title, []).append(change)
    edits: list[Edit] = []
    held: list[Held] = []
    for title, wanted in by_title.items():
        page = pages[title]
        new, clash = _text(page, wanted)
        if clash:
            held.append(Held(title, clash))
        elif new != page.text or not page.exists:
            edit = _edit(page, new, wanted, config)
            why = next(objections(edit, config, site), None)
            if why:
                held.append(why)
            else:
                edits.append(edit)
    return tuple(edits), tuple(held)


def follow(earlier: Edit | None, later: Edit, *, config: Config) -> Edit:
    """One edit for two of the same page, of which the second begins where the first ends."""
    if earlier is None:
        return later
    tasks = tuple(dict.fromkeys((*earlier.tasks, *later.tasks)))
    reasons = tuple(dict.fromkeys((*earlier.reasons, *later.reasons)))
    return replace(
        earlier,
        new=later.new,
        summary=_summary(tasks, reasons, config),
        tasks=tasks,
        reasons=reasons,
    )


def limited(edits: Sequence[Edit], *, config: Config) -> tuple[tuple[Edit, ...], tuple[Held, ...]]:
    """No more edits than a run may make; the rest is held back."""
    limit = config.limits.edits
    why = f"more than {limit} edits in one run (limits.edits); run again for the rest"
    return tuple(edits[:limit]), tuple(Held(edit.title, why) for edit in edits[limit:])


def apply_replacements(text: str, replacements: Iterable[Replacement]) -> str:
    """Put each replacement in place; :class:`ValueError` where they overlap."""
    return splice(text, ((r.span, r.text) for r in replacements))


def _text(page: Page, wanted: Sequence[Change]) -> tuple[str, str]:
    """The new text, or why the changes cannot be made."""
    obstacles = dict.fromkeys(change.obstacle for change in wanted if change.obstacle)
    if obstacles:
        return page.text, "; ".join(obstacles)
    created = [change.create for change in wanted if change.create is not None]
    if created:
        if page.exists or len(wanted) > 1:
            return page.text, "two tasks want to write this page; give them different titles"
        return created[0], ""
    replacements = dict.fromkeys(r for change in wanted for r in change.replacements)
    try:
        return apply_replacements(page.text, replacements), ""
    except ValueError:
        reasons = "; ".join(change.say for change in wanted)
        return page.text, f"changes contradict each other ({reasons}); settle it by hand"


def _edit(page: Page, new: str, wanted: Sequence[Change], config: Config) -> Edit:
    tasks = tuple(dict.fromkeys(change.task for change in wanted))
    reasons = tuple(dict.fromkeys(change.say for change in wanted))
    return Edit(
        title=page.title,
        base=page.revision,
        old=page.text,
        new=new,
        summary=_summary(tasks, reasons, config),
        tasks=tasks,
        reasons=reasons,
        model=wanted[0].model,
    )


def _summary(tasks: Sequence[str], reasons: Sequence[str], config: Config) -> str:
    """Task and what changed, with a link to the bot's page; no link comes out of a reason."""
    docs = config.wiki.docs_page or (f"User:{config.wiki.user}" if config.wiki.user else "")
    head = f"[[{docs}|wikibot]]" if docs else "wikibot"
    head = f"{head} {', '.join(tasks)}: "
    said = phrase("; ".join(reasons))
    room = MAX_SUMMARY - len(head)
    return head + (said if len(said) <= room else said[: room - 1] + CUT)


def phrase(reason: str) -> str:
    """How a reason stands in a summary: on one line, and nothing in it becomes a link."""
    return " ".join(re.sub(r"[\[\]{}]{2,}", " ", reason).split())


# --- guards -------------------------------------------------------------------------------------


def objections(edit: Edit, config: Config, site: Site) -> Iterator[Held]:
    """What the guards have against an edit, whose ``old`` is the text of its base revision."""
    if not config.may_write(edit.title):
        yield Held(edit.title, NOT_ALLOWED, serious=False)
    size = len(edit.new.encode())
    if size > site.max_page_bytes:
        yield Held(edit.title, f"would have {size} bytes; the wiki allows {site.max_page_bytes}")
    if why := removals.objection(edit, config, site):  # no task may lose people by accident
        yield Held(edit.title, why)


# --- for people and for machines ----------------------------------------------------------------


def diff(edit: Edit) -> str:
    """The edit as a unified diff."""
    revision = f"revision {edit.base}" if edit.base is not None else "no such page"
    return unified(
        edit.old,
        edit.new,
        before=f"{edit.title} ({revision})",
        after=f"{edit.title} (planned)",
    )


def checksum(text: str) -> str:
    """SHA-1 in hex, as MediaWiki gives it for a revision."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def dumps(plan: Plan) -> str:
    """The plan as JSON, the same bytes for the same plan."""
    return json.dumps(asdict(plan), ensure_ascii=False, indent=1) + "\n"


def write(plan: Plan, path: Path) -> None:
    """Save a plan; it holds page texts and nothing secret."""
    try:
        path.write_text(dumps(plan), "utf-8")
    except OSError as error:
        raise PlanError(f"{path}: the plan cannot be written: {error.strerror}.") from None


def read(path: Path) -> Plan:
    """Read a plan that :func:`write` saved; :class:`PlanError` says what is wrong with it."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise PlanError(
            f"{path}: there is no such file; make one: wikibot plan -o {path}."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(f"{path}: cannot be read: {error}.") from None
    try:
        return TypeAdapter(Plan).validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise PlanError(
            f"{path}: {key}: {first['msg']}; it is not a plan of this version of wikibot, make it "
            f"anew."
        ) from None
