"""The words that reach a page, in the language of the wiki.

Message files are Pywikibot's (https://www.mediawiki.org/wiki/Manual:Pywikibot/i18n): flat JSON in
``i18n/wikibot/<language>.json``, ``%(name)s`` for values, ``{{PLURAL:%(n)d|one|other}}``;
``qqq.json`` tells translators what each message is for.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

_PLURAL = re.compile(r"\{\{PLURAL:(?:%\()?(\w+)(?:\)d)?\|([^{}]*)\}\}")
_LANGUAGE = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of a language; what it lacks is English."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: str | int) -> str:
        """The message ``wikibot-<key>`` with its values put in as they are.

        Values are wikitext where the message goes to a page: escape them first.
        """

        def form(match: re.Match[str]) -> str:
            number = values[match[1]]
            forms = match[2].split("|")
            return forms[min(_form(self.language, int(number)), len(forms) - 1)]

        return _PLURAL.sub(form, self.texts[f"wikibot-{key}"]) % values

    def date(self, day: date) -> str:
        """A date as people of the language write it."""
        month = self(f"month-{day.month}")
        return self("date", day=day.day, month=month, year=day.year)


def load(language: str) -> Messages:
    """The messages of ``language``, or of what it is a variant of (``de-at``: ``de``)."""
    texts = dict(_read("en"))
    parts = language.lower().split("-") if _LANGUAGE.fullmatch(language.lower()) else []
    for length in range(1, len(parts) + 1):
        texts |= _read("-".join(parts[:length]))
    return Messages(language, texts)


def _read(language: str) -> Mapping[str, str]:
    file = files("wikibot").joinpath("i18n", "wikibot", f"{language}.json")
    if language == "qqq" or not file.is_file():
        return {}
    data = json.loads(file.read_text("utf-8"))
    return {key: text for key, text in data.items() if key != "@metadata"}


def _form(language: str, number: int) -> int:
    """Which plural form a number takes: https://www.unicode.org/cldr/charts/latest/supplemental/
    language_plural_rules.html. A language with other rules than these gets its line here.
    """
    match language.partition("-")[0]:
        case "id" | "ja" | "ko" | "th" | "vi" | "zh":
            return 0
        case "fr" | "pt":
            return int(number > 1)
        case _:
            return int(number != 1)
