"""Pages that the bot writes in parts, so that people can write between them.

Each part is a heading, which is people's once it is there, and a managed region below it. What
people write under a part stays there; a part that has nothing to say any more goes, unless
people have changed its heading, or written under it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from wikibot.directory import Directory
from wikibot.model import Change, PagePart, Replacement, Span
from wikibot.tasks.generated import obstacle
from wikibot.wikitext import blocks
from wikibot.wikitext.blocks import Blocks, Section
from wikibot.wikitext.regions import Region, fill, wrap

Key = tuple[str, str]
_LEVEL = 2  # of the headings of parts


def parts_changes(
    directory: Directory,
    title: str,
    *,
    task: str,
    say: str,
    parts: Sequence[PagePart],
    note: str,
    headings: Iterable[str],
    renamed: Mapping[Key, Key] | None = None,
) -> list[Change]:
    """The change that makes a page say what ``parts`` say, in their order, if any.

    A page that does not exist is created, ``note`` above the parts. A region of the task without
    a key, which people may have put there, is the first part's; ``renamed`` are keys that are now
    called otherwise; ``headings`` are those that parts may have had, beside those of ``parts`` and
    the names of teams: any other one is people's. Regions that were edited by hand stay as they
    are, and so does a page without any region of the task.
    """
    page = directory.pages[title]
    if not page.exists and not page.problem:
        text = "\n\n".join(_written(task, part) for part in parts if part.body is not None)
        return [Change(title, task, say, create=f"{note}\n{text}\n")]
    if why := obstacle(directory, page, task):
        return [Change(title, task, say, obstacle=why)]
    own = [r for r in directory.readings.regions[title] if r.task == task]
    regions: dict[Key, Region] = {}
    for region in own:
        key = _key(region) or parts[0].key
        regions.setdefault((renamed or {}).get(key, key), region)
    overwrite = directory.config.limits.overwrite_edited_regions
    sound = {key for key, region in regions.items() if overwrite or not region.edited}
    edits = _edits(page.text, task, parts, regions, sound, headings)
    replacements = tuple(Replacement(title, span, new) for span, new in edits)
    return [Change(title, task, say, replacements)] if replacements else []


def _written(task: str, part: PagePart) -> str:
    region = wrap(task, part.body or "", attributes=dict([part.key]))
    return f"== {part.heading} ==\n{region}" if part.heading else region


def _key(region: Region) -> Key | None:
    return next(iter(region.attributes.items()), None)


def _edits(
    text: str,
    task: str,
    parts: Sequence[PagePart],
    regions: Mapping[Key, Region],
    sound: Iterable[Key],
    headings: Iterable[str],
) -> list[tuple[Span, str]]:
    page = blocks.scan(text)
    edits: list[tuple[Span, str]] = []
    wanted = {part.key: part for part in parts}
    for key in sound:
        part = wanted.get(key)
        if part is None:
            ours = {_plain(heading) for heading in (*headings, *(part.heading for part in parts))}
            edits += _emptied(page, regions[key], list(regions.values()), {*ours, key[1]})
        elif part.body is not None:
            edits += fill(text, regions[key], part.body)
    for place, new in _insertions(page, parts, regions).items():
        written = "\n\n".join(_written(task, part) for part in new)
        ending = "\n" if place == len(text) else "\n\n"
        edits.append((Span(place, place), _blank_line(text[:place]) + written + ending))
    return sorted(edits, key=lambda edit: edit[0])


def _blank_line(before: str) -> str:
    """What a heading needs above it."""
    if not before or before.endswith("\n\n"):
        return ""
    return "\n" if before.endswith("\n") else "\n\n"


def _emptied(
    page: Blocks, region: Region, regions: Sequence[Region], ours: Collection[str]
) -> list[tuple[Span, str]]:
    """A part that has nothing to say: taken away with its heading, or kept empty where people
    have changed that or written below it; of several in one section the heading is the first
    one's.
    """
    text = page.text
    section = _section(page, region)
    if section is None or any(
        section.span.start <= other.outer.start < region.outer.start for other in regions
    ):
        end = region.outer.end
        return [(Span(region.outer.start, end + len("\n" * text.startswith("\n", end))), "")]
    theirs = (
        text[section.body.start : region.outer.start] + text[region.outer.end : section.span.end]
    )
    if theirs.strip() or section.title not in ours:
        return list(fill(text, region, ""))
    return [(section.span, "")]


def _section(page: Blocks, region: Region) -> Section | None:
    """The section that a region stands in, whatever people have written above it there."""
    sections = page.sections_at(region.outer.start)
    return next((section for section in sections if section.level == _LEVEL), None)


def _insertions(
    page: Blocks, parts: Sequence[PagePart], regions: Mapping[Key, Region]
) -> dict[int, list[PagePart]]:
    """Where the parts go that have no region yet.

    Before the next part that has one; else behind what belongs to the part before. A part whose
    heading is there without its region is left out: people have taken it over. Headings inside of
    a region are the bot's, from when the page was not in parts.
    """
    ours = {section for region in regions.values() if (section := _section(page, region))}
    ours |= {
        section
        for region in regions.values()
        for section in page.sections
        if region.outer.start <= section.span.start < region.outer.end
    }
    headings = {s.title for s in page.sections if s.level == _LEVEL and s not in ours}
    found: dict[int, list[PagePart]] = {}
    for index, part in enumerate(parts):
        if part.key in regions or part.body is None or _plain(part.heading) in headings:
            continue
        later = next((p for p in parts[index + 1 :] if p.key in regions and p.heading), None)
        if later:
            region = regions[later.key]
            section = _section(page, region)
            place = section.span.start if section else region.outer.start
        else:
            earlier = [regions[p.key] for p in parts[:index] if p.key in regions]
            place = _behind(page, earlier[-1]) if earlier else len(page.text)
        found.setdefault(place, []).append(part)
    return found


def _behind(page: Blocks, region: Region) -> int:
    """The end of what belongs to a part: its section, or the text up to the next heading."""
    section = _section(page, region)
    if section and section.span.end >= region.outer.end:
        return section.span.end
    following = (s.span.start for s in page.sections if s.span.start >= region.outer.end)
    return next(following, len(page.text))


def _plain(heading: str) -> str:
    (_, section) = blocks.scan(f"== {heading} ==\n").sections if heading else (None, None)
    return section.title if section else ""
