"""The words that reach a page, in the language of the wiki.

Message files are Pywikibot's (https://www.mediawiki.org/wiki/Manual:Pywikibot/i18n): flat JSON in
``i18n/wikibot/<language>.json``, ``%(name)s`` for values, ``{{PLURAL:%(n)d|one|other}}``;
``qqq.json`` tells translators what each message is for. How a language writes dates, joins words
and counts is in the CLDR (https://cldr.unicode.org), which Babel brings along.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list

# What MediaWiki's code (https://www.mediawiki.org/wiki/Manual:Language) is in the CLDR, where it
# is not the same with underscores. English is as MediaWiki writes it: 20 November 2026.
_LOCALES = {
    "als": "gsw",
    "be-x-old": "be_TARASK",
    "en": "en_GB",
    "lzh": "zh_Hant",
    "sh": "sr_Latn",
    "simple": "en_GB",
    "sr-ec": "sr_Cyrl",
    "sr-el": "sr_Latn",
    "zh-classical": "zh_Hant",
    "zh-yue": "yue",
}
# In the order in which MediaWiki and Pywikibot have the forms of a language
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_PLURAL = re.compile(r"\{\{PLURAL:(?:%\()?(\w+)(?:\)d)?\|([^{}]*)\}\}")
_EXPLICIT = re.compile(r"([0-9]+)=(.*)", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of a language; what it lacks is taken from ``fallback``, at last English."""

    language: str
    texts: Mapping[str, str]
    fallback: "Messages | None" = None

    def __call__(self, key: str, **values: str | int) -> str:
        """The message ``wikibot-<key>`` with its values put in as they are.

        Values are wikitext where the message goes to a page: escape them first.
        """
        text = self.texts.get(f"wikibot-{key}")
        if text is None:
            if self.fallback is None:
                raise KeyError(key)
            return self.fallback(key, **values)  # its forms are those of its own language

        def form(match: re.Match[str]) -> str:
            return _form(self.language, int(values[match[1]]), match[2].split("|"))

        return _PLURAL.sub(form, text) % values

    def date(self, day: date) -> str:
        """A date as people of the language write it out."""
        return format_date(day, "long", _locale(self.language))

    def joined(self, parts: Sequence[str]) -> str:
        """``a, b and c``; the parts are put in as they are."""
        return format_list(parts, "standard", _locale(self.language))


def load(language: str) -> Messages:
    """The messages of ``language``, then of what it is a variant of (``de-at``: ``de``)."""
    found = Messages("en", _read("en"))
    for code in reversed(_variants(language)):
        found = Messages(code, _read(code), found)
    return found


def _read(language: str) -> Mapping[str, str]:
    file = files("wikibot").joinpath("i18n", "wikibot", f"{language}.json")
    if language == "qqq" or not file.is_file():
        return {}
    data = json.loads(file.read_text("utf-8"))
    return {key: text for key, text in data.items() if key != "@metadata"}


def _variants(language: str) -> list[str]:
    """``zh-hant-tw``, ``zh-hant``, ``zh``; nothing for what is no code of a language."""
    code = language.lower()
    if not _LANGUAGE.fullmatch(code):
        return []
    parts = code.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


@lru_cache(maxsize=100)
def _locale(language: str) -> Locale:
    """What the CLDR says of a language; of English when it does not even have its months."""
    for code in _variants(language):
        try:
            locale = Locale.parse(_LOCALES.get(code, code.replace("-", "_")))
        except (UnknownLocaleError, ValueError):  # nothing there, or no code as the CLDR has them
            continue
        if locale.months["format"]["wide"][1] != "M01":
            return locale
    return Locale.parse(_LOCALES["en"])


def _form(language: str, number: int, forms: Sequence[str]) -> str:
    """The form that goes with a number: the one for just this number (``0=none``), or its kind's.

    https://www.mediawiki.org/wiki/Help:Magic_words#plural
    """
    explicit = {int(match[1]): match[2] for form in forms if (match := _EXPLICIT.fullmatch(form))}
    if number in explicit:
        return explicit[number]
    usual = [form for form in forms if not _EXPLICIT.fullmatch(form)]
    rule = _locale(language).plural_form
    kinds = [kind for kind in _CATEGORIES if kind == "other" or kind in rule.tags]
    return usual[min(kinds.index(rule(number)), len(usual) - 1)] if usual else ""
