"""What a reader sees of a slice, and which source it comes from."""

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wikitext.readings import pages
from wikibot.model import Site
from wikibot.wikitext.inline import plain, view

SITE = Site(user_prefixes=frozenset({"user", "benutzer"}), interwikis=frozenset({"meta"}))


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("'''Ana''' ''Ruiz''", "Ana Ruiz"),
        ("O'Neil", "O'Neil"),
        ("[[A]] [[b_c]] [[A|d]] [[A#x|e]]", "A b_c d e"),
        ("[[User:Ana]] [[User:Bo|Bo Li]]", "Ana Bo Li"),
        ("[[Help:Ana (x)|]]", "Ana (x)"),
        ("a [[File:x.png|thumb|a [[b]] c]] d [[Category:E]]", "a d"),
        ("[[:Category:E]]", "Category:E"),
        ("[https://example.org/a?b=c Ana Ruiz] [mailto:a@example.org mail]", "Ana Ruiz mail"),
        ("[[a", "[[a"),
        ("a]] [b]", "a]] [b]"),
        ("[[a [[b]] c]]", "[[a b c]]"),
        ("a &amp; b&nbsp;c &#65; &nosuch;", "a & b c A &nosuch;"),
        ("a<br>b<br />c", "a b c"),
        ("<b>a</b> <span class=x>b</span>", "a b"),
        ("a <ana@example.org>", "a <ana@example.org>"),
        ("a<!-- b -->c<ref>d</ref>{{e}}", "ac"),
        ("<nowiki>'''[[a]]''' &lt;</nowiki>", "'''[[a]]''' <"),
        ("{{u|Ana}} {{User link|Bo_Li}} {{ping|1=Cy|Dee}} {{u}}", "Ana Bo Li Cy"),
        ("\u200eAna\u200f \u2067Ruiz\u2069", "Ana Ruiz"),
        ("مجتبی\u200cیی", "مجتبی\u200cیی"),
        ("  a \n\t b ", "a b"),
    ],
)
def test_plain(source: str, seen: str) -> None:
    assert plain(source, site=SITE) == seen


@pytest.mark.parametrize(
    ("source", "username"),
    [
        ("[[User:Ana|A]]", "Ana"),
        ("[[ user : Ana_Ruiz | A ]]", "Ana Ruiz"),
        ("[[:User:Ana]]", "Ana"),
        ("[[BENUTZER:Ana]]", "Ana"),
        ("[[meta:User:Ana|A]]", "Ana"),
        ("[[Special:EmailUser/Ana|A]]", "Ana"),
        ("{{ping|Ana}}", "Ana"),
        ("[[User:Ana/Drafts|A]]", None),
        ("[[User:Ana#Work|A]]", None),
        ("[[User talk:Ana|A]]", None),
        ("[[Utilisateur:Ana|A]]", None),
        ("[[Users:Ana|A]]", None),
        ("[[User:]]", None),
        ("[[Ana]]", None),
        ("{{flag|Ana}}", None),
        ("{{u|{{b}}}}", None),
    ],
)
def test_usernames(source: str, username: str | None) -> None:
    found = [link.username.text for link in view(source, site=SITE).links if link.username]
    assert found == ([username] if username else [])


@pytest.mark.parametrize(
    ("source", "wanted", "span"),
    [
        ("x [[User:A|Ana Ruiz]], y", "Ana Ruiz", "Ana Ruiz"),
        ("x '''Ana Ruiz''', y", "Ana Ruiz", "Ana Ruiz"),
        ("x '''Ana''' Ruiz, y", "Ana Ruiz", "'''Ana''' Ruiz"),
        ("x Ana <b>Ruiz</b>, y", "Ana Ruiz", "Ana <b>Ruiz</b>"),
        ("x [[A|Ana]] Ruiz, y", "Ana Ruiz", "[[A|Ana]] Ruiz"),
        ("x '''A, B''' y", "A", "A"),
        ("x '''A''', '''B''' y", "A, B", "'''A''', '''B'''"),
        ("x A&nbsp;B y", "A\xa0B", "A&nbsp;B"),
        ("x &eacute; y", "é", "&eacute;"),
    ],
)
def test_spans_keep_markup_whole(source: str, wanted: str, span: str) -> None:
    seen = view(f"before {source}", len("before "))
    start = seen.text.index(wanted)
    assert seen.span(start, start + len(wanted)).of(f"before {source}") == span


def test_separators_inside_links_are_hidden() -> None:
    seen = view("[[A|b, c]], d")
    assert seen.text == "b, c, d"
    assert seen.outside == "\x02\x02\x02\x02, d"


def test_struck_out_text() -> None:
    seen = view("a <s>b</s> <del>c</del>")
    assert [seen.text[start:end] for start, end in seen.struck] == ["b", "c"]


@given(pages())
def test_any_range_reads_as_its_span_does(text: str) -> None:
    seen = view(text)
    word = seen.text.partition("\n")[0]
    for start, end in ((0, len(seen.text)), (0, len(word))):
        part = seen.part(start, end)
        assert 0 <= part.span.start <= part.span.end <= len(text)
    assert seen.part(0, len(seen.text)).text == plain(text)


_WORDS = st.sampled_from(["Ana", "Bo Li", "and,", "é", "1"])
_INLINE = st.recursive(
    _WORDS,
    lambda inner: st.one_of(
        st.builds("[[Page|{}]]".format, _WORDS),
        st.builds("<b>{}</b>".format, inner),
        st.builds("<!-- {} -->".format, _WORDS),
        st.builds("{{{{tool|{}}}}}".format, inner),
        st.builds("[https://example.org {}]".format, _WORDS),
        st.lists(inner, min_size=2, max_size=4).map("".join),
    ),
    max_leaves=8,
)


@given(_INLINE)
def test_well_formed_markup_reads_as_mwparserfromhell_reads_it(source: str) -> None:
    theirs = mwparserfromhell.parse(source, skip_style_tags=True).strip_code(normalize=False)
    assert plain(source) == " ".join(theirs.split())
