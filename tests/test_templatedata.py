"""TemplateData of every template is valid by the rules of the extension, so that VisualEditor has
a form for it. The rules are those of ``TemplateDataValidator`` in MediaWiki 1.39 and 1.43.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from wikibot import templates

ROOT_KEYS = {"description", "params", "paramOrder", "sets", "maps", "format"}
TYPES = (
    "content line number boolean string date unbalanced-wikitext unknown url wiki-page-name "
    "wiki-user-name wiki-file-name wiki-template-name"
).split()
FORMAT = re.compile(r"\n?\{\{ *_+\n? *\|\n? *_+ *= *_+\n? *\}\}\n?")
TEXTS = {"label", "description", "example", "default"}  # a text, or texts by language
OTHERS = {"required": bool, "suggested": bool, "deprecated": (bool, str), "autovalue": str}
LISTS = {"aliases", "suggestedvalues"}
PARAM_KEYS = {"type", "inherits"} | TEXTS | OTHERS.keys() | LISTS

DATA = {
    name.removesuffix("/doc"): found[1]
    for name, text in templates.packaged().items()
    if (found := re.search(r"<templatedata>(.*?)</templatedata>", text, re.DOTALL))
}


def is_text(value: Any) -> bool:
    texts = value.values() if isinstance(value, dict) else [value]
    return bool(texts) and all(isinstance(text, str) for text in texts)


def mistakes(data: dict[str, Any]) -> Iterator[str]:
    """What the extension would refuse; ``sets`` and ``maps`` are not used here."""
    yield from (f"unknown key {key}" for key in data.keys() - (ROOT_KEYS - {"sets", "maps"}))
    if not is_text(data.get("description", "")):
        yield "description is no text"
    form = data.get("format", "inline")
    if form not in ("inline", "block") and not FORMAT.fullmatch(form):
        yield "format"
    params = data.get("params")
    if not isinstance(params, dict):
        yield "no params"
        return
    for name, said in params.items():
        yield from (f"{name}: {mistake}" for mistake in _of_parameter(said, params))
    order = data.get("paramOrder", list(params))
    if sorted(order) != sorted(params):
        yield "paramOrder does not name each parameter once"


def _of_parameter(said: dict[str, Any], params: dict[str, Any]) -> Iterator[str]:
    yield from (f"unknown key {key}" for key in said.keys() - PARAM_KEYS)
    yield from (f"{key} is no text" for key in TEXTS & said.keys() if not is_text(said[key]))
    yield from (
        f"{key} is {said[key]!r}"
        for key, kind in OTHERS.items()
        if key in said and not isinstance(said[key], kind)
    )
    for key in LISTS & said.keys():
        if not (isinstance(said[key], list) and all(isinstance(v, str) for v in said[key])):
            yield f"{key} is no list of texts"
    if said.get("type", "unknown") not in TYPES:
        yield f"type {said['type']}"
    if said.get("inherits", next(iter(params))) not in params:
        yield "inherits from no parameter"


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON takes the last of two keys that are the same, in silence."""
    assert len({key for key, _ in pairs}) == len(pairs), pairs
    return dict(pairs)


@pytest.mark.parametrize("name", sorted(DATA))
def test_the_extension_would_accept_it(name: str) -> None:
    assert list(mistakes(json.loads(DATA[name], object_pairs_hook=unique))) == []


@pytest.mark.parametrize("name", sorted(DATA))
def test_a_form_can_be_offered(name: str) -> None:
    """A format tells how a call is written, an example or values what to fill in."""
    data = json.loads(DATA[name])
    assert data["description"]
    assert data["format"]
    assert not [p for p, said in data["params"].items() if not (said["label"] and said["type"])]


def test_every_template_that_has_documentation_has_templatedata() -> None:
    pages = templates.packaged()
    assert DATA.keys() == {name for name in pages if f"{name}/doc" in pages}


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"parameters": {}}, "unknown key parameters"),
        ({"format": "{{_|_}}"}, "format"),
        ({"description": 3}, "description is no text"),
        ({"description": {}}, "description is no text"),
        ({"params": {"a": {"type": "text"}}}, "a: type text"),
        ({"params": {"a": {"require": True}}}, "a: unknown key require"),
        ({"params": {"a": {"required": "yes"}}}, "a: required is 'yes'"),
        ({"params": {"a": {"suggestedvalues": "on"}}}, "a: suggestedvalues is no list of texts"),
        ({"params": {"a": {"example": 5}}}, "a: example is no text"),
        ({"params": {"a": {"inherits": "b"}}}, "a: inherits from no parameter"),
        ({"paramOrder": []}, "paramOrder does not name each parameter once"),
        ({"paramOrder": ["a", "a"]}, "paramOrder does not name each parameter once"),
        ({"params": None}, "no params"),
    ],
)
def test_what_the_extension_refuses_is_seen(change: dict[str, Any], mistake: str) -> None:
    sound = {"description": "A", "format": "block", "params": {"a": {}}, "paramOrder": ["a"]}
    assert list(mistakes(sound)) == []
    assert list(mistakes(sound | change)) == [mistake]
