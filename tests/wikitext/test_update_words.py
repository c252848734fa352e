"""The words of status updates: each says one thing, and is found as it is written."""

from wikibot.wikitext import update_words as words


def test_no_label_announces_two_things() -> None:
    seen: dict[str, str] = {}
    for field, lines in words._LABELS.items():
        for word in (word.strip() for line in lines.split("\n") for word in line.split("|")):
            assert not word or seen.setdefault(words.normal(word), field) == field, word


def test_each_label_is_found() -> None:
    for word, field in words._FIELDS.items():
        assert words.field_of(f" \u200e{word.capitalize()} (all of us):") == field, word


def test_what_says_nothing() -> None:
    assert all(map(words.is_nothing, ["", "None.", "N/A", "(none)", "—", "...", "Keine", "RAS"]))
    assert not any(map(words.is_nothing, ["x", "none of us", "no. 5", "nothing" * 100]))
