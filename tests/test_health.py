"""What words for the state of work mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_messages import TRANSLATIONS
from wikibot.health import _WORDS, kind_of
from wikibot.messages import load

MEANINGS = {
    "on-track": """
        on track|On-Track|on_track|ON TRACK!|'''on track'''|Green|g|in progress|In Progress (60 %)
        started|started in May|on track: all well|on track, but for the map|🟢|🟢 On track|🟩🟢
        <span>green</span>|{{green}}|on track – new date
        im Plan|in Arbeit|läuft|grün|en bonne voie|en cours|según lo previsto|en curso|✔ on track
    """,
    "at-risk": """
        at risk|At-Risk|amber|A|yellow|delayed|delayed until May|delayed by two weeks
        behind schedule|slipping|⚠|⚠️|🟡 some words|🟡|gefährdet|Gefahrdet|verzögert|en retard
        à risque|a risque|en riesgo|retrasado|at risk (budget)|▲ at risk
    """,
    "off-track": """
        off track|Red|R|blocked|blocked by the press|stalled|stalled since 2026-10-01|❌|🔴
        🔴 waiting for parts|nicht im Plan|blockiert|bloqué|bloqueado|rojo|overdue
    """,
    "done": """
        done|Done.|DONE|done in May|Done 2026-11-20|complete|completed|100%|100 %|100% done|✅|✔|✔️|☑
        yes|erledigt|fertig|terminé|Terminée|hecho|✅ Shipped|✅ with cake|done (all of it)
    """,
    "unknown": """
        |?|–|not started|not on track|cancelled|dropped|postponed|on hold|open|❌ cancelled|no|n/a
        60%|0 %|150 %|🟢🔴|green / red|red to green|done with risks|undone|ago|blocks|track|Ana Ruiz
        waiting for parts|nicht begonnen|à faire|pendiente|⚪|Y
    """,
}
SAID = [
    (word.strip(), kind)
    for kind, lines in MEANINGS.items()
    for line in lines.strip().splitlines()
    for word in line.split("|")
]


@pytest.mark.parametrize(("word", "kind"), SAID)
def test_words_for_the_state_of_work(word: str, kind: str) -> None:
    assert kind_of(word) == kind


def test_markup_does_not_count() -> None:
    assert kind_of("[[Help:Status|on track]]") == "on-track"
    assert kind_of("''On'' <b>track</b><!-- since May -->") == "on-track"


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_words_of_the_reports_mean_what_they_say(language: str) -> None:
    for kind in _WORDS:
        assert kind_of(load(language)(f"health-{kind}")) == kind


def test_no_word_means_two_things() -> None:
    for kind, lines in _WORDS.items():
        words = [word.strip() for line in lines.strip().splitlines() for word in line.split("|")]
        assert {word: kind_of(word) for word in words} == dict.fromkeys(words, kind)


@given(st.text(max_size=300))
def test_never_fails(word: str) -> None:
    assert kind_of(word) in _WORDS
