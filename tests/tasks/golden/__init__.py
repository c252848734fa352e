"""What the pages of reports look like; ``python -m tests.tasks.golden`` writes the files anew."""

from collections.abc import Mapping
from pathlib import Path

from tests.tasks.harbour import UPDATES, directory
from wikibot.messages import load
from wikibot.model import Change
from wikibot.plan import apply_replacements
from wikibot.printing import as_json
from wikibot.reports.data import as_data
from wikibot.reports.telling import as_mail, tell
from wikibot.tasks.status_report import changes

GOLDEN = Path(__file__).parent
INDEX = "Harbour/Status"
WEEK = f"{INDEX}/2026-W47"


def wanted(pages: Mapping[str, str], *, week: str = "2026-W47") -> dict[str, Change]:
    return {change.title: change for change in changes(directory(pages, week=week), [])}


def after(pages: Mapping[str, str], *, week: str = "2026-W47") -> dict[str, str]:
    """The pages once the changes are made."""
    pages = dict(pages)
    for title, change in wanted(pages, week=week).items():
        text = pages.get(title, "") if change.create is None else change.create
        pages[title] = apply_replacements(text, change.replacements)
    return pages


def golden(name: str) -> str:
    return (GOLDEN / name).read_text("utf-8")


def made() -> dict[str, str]:
    """The golden files as they would be now, by name."""
    weeks = after(after(UPDATES, week="2026-W46"))
    found = {
        "week.wiki": weeks[WEEK],
        "week-before.wiki": weeks[f"{INDEX}/2026-W46"],
        "month.wiki": weeks[f"{INDEX}/2026-11"],
        "quarter.wiki": weeks[f"{INDEX}/FY2026-27 Q2"],
        "index.wiki": weeks[INDEX],
        "week-without-updates.wiki": after({})[WEEK],
    }
    german = {
        change.title: change.create or ""
        for change in changes(directory(UPDATES, language="de"), [])
    }
    found["week-in-german.wiki"] = german[WEEK]
    for name, period in (("week", "2026-W47"), ("quarter", "FY2026-27 Q2")):
        told = tell(directory(UPDATES, week=period), [])
        mail = as_mail(told, words=load("en"), url=f"https://wiki.example/{period}")
        found[f"{name}.txt"] = "\n".join(mail) + "\n"
        found[f"{name}.json"] = as_json(as_data(told)) + "\n"
    return found
