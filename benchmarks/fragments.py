"""Hostile pages: fragments of wikitext repeated, nested or left open."""

from collections.abc import Callable

Page = Callable[[int], str]  # the text for a size in characters

FRAGMENTS = """
* a\\n
* Ana Ruiz, Tester\\n
* [[User:Ana|Ana]], Lead\\n
* a: b, c, d\\n
* a\\n** b\\n*** c\\n
* a\\n\\n
; a : b\\n
# a - b\\n
*
{|\\n|a\\n|}\\n
{|\\n
{|\\n| {|\\n
|}\\n
== A ==\\n
== [[User:Ana|Ana]] ==\\n* [[User:Ana]]\\n
= a =\\n== b ==\\n=== c ===\\n* Ana Ruiz\\n
=
\\n
 \\n
\\x20
\\t:
[[
[[a|
]]
[[User:a|
[[[[User:Ana]]
[https://a.example\\x20
{{a|
{{
}}
{{{a|
{{a}}
<b>
<b>a</b>
<s>
<nowiki>
<ref>a
<!--
<!-- a -->\\n
<table><tr><td>
<table><tr><td>a</table>
<td>
<ul><li>
<li>a
<gallery>
<gallery>\\na|b\\n</gallery>
<translate>
<br>
a<br>b: c<br>
''
'''
'''a
'''Chair:''' Ana\\n
''a'''b
&amp;
&
a, b;\\x20
Ana and Bo,\\x20
(
( a )
-\\x20
a - b\\n
Chair: Ana, Bo\\n
The team includes Ana (lead), Bo and Cy.\\n
Ana Ruiz\\n
'''Members:'''\\n* Ana Ruiz\\n
a@b.example\\x20
a.
:
:{|
!
||
|-\\n
|+ a\\n
""".split("\n")[1:-1]

ROW_FRAGMENTS = """
|a\\n
||a
!!a
|-\\n| a || b\\n
|-\\n| [[User:Ana|Ana]] || Lead\\n
|-\\n| Ana Ruiz || Lead\\n
|-\\n| rowspan=9 | a\\n
|-\\n| colspan=1000 rowspan=60000 | a\\n
|-\\n|a\\n* b\\n* c\\n
| rowspan=9 | a || b |-
* a\\n
""".split("\n")[1:-1]


def text_of(fragment: str) -> str:
    """A fragment as it is written above, with its line breaks and blanks."""
    for written, meant in (("\\n", "\n"), ("\\t", "\t"), ("\\x20", " ")):
        fragment = fragment.replace(written, meant)
    return fragment


def repeated(fragment: str, head: str = "", tail: str = "") -> Page:
    """``fragment`` as often as it fits, between ``head`` and ``tail``."""
    return lambda size: head + fragment * (size // len(fragment)) + tail


def _pages() -> dict[str, Page]:
    pages = {each: repeated(text_of(each)) for each in FRAGMENTS}
    for each in ROW_FRAGMENTS:
        pages[f"table: {each}"] = repeated(text_of(each), "{|\n! Name !! Role\n|-\n")
        pages[f"roles: {each}"] = repeated(text_of(each), "{|\n! Role !! Who\n|-\n")
    wide = "{|\n|" + "||".join(["rowspan=60000|a"] * 50) + "\n"
    pages["rows below a wide one"] = repeated("|-\n|a\n", wide)
    for opening, closing in (("[[a|", "]]"), ("{{a|", "}}"), ("<b>", "</b>"), ("''a", "''")):
        pages[f"nested {opening}"] = lambda size, opening=opening, closing=closing: (
            opening * (size // len(opening + closing)) + closing * (size // len(opening + closing))
        )
    pages["one long item"] = repeated("Ana, Bo (lead) and ", "* ")
    pages["one long bold label"] = repeated("a ", "* '''", "''': Ana")
    pages["one long cell"] = repeated("* a\n", "{|\n! Activity !! Ana\n|-\n|\n")
    pages["a roster after much"] = repeated("a\n", "", "\n* [[User:Ana]], Lead\n")
    return pages


PAGES = _pages()
