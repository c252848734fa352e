"""Whether ordinary users could edit a page, as the wiki says it."""

from pathlib import Path

import pytest

from tests.mediawiki import MediaWiki
from tests.wiki.opening import open_for

OWN = "User:RosterBot/wikibot.json"


@pytest.mark.own_wiki
def test_who_could_edit_a_page(mediawiki: MediaWiki, tmp_path: Path) -> None:
    wiki = mediawiki
    for title in (OWN, "User:Ada/wikibot.json", "MediaWiki:Wikibot.json"):
        wiki.edit(title, "{}", contentmodel="json")
    wiki.edit("User:RosterBot/Configuration", "{}")
    wiki.edit("Project:Data.json", "{}", contentmodel="json")
    for title, how in (
        ("Kept", "edit=sysop"),
        ("Half", "edit=autoconfirmed"),
        ("Moved", "move=sysop"),
    ):
        wiki.edit(title, "{}")
        wiki.write("protect", title=title, protections=how)
    wiki.edit("For a while", "{}")
    wiki.write("protect", title="For a while", protections="edit=sysop", expiry="1 month")
    bot = open_for(wiki, tmp_path)
    try:
        for title in (OWN, "MediaWiki:Wikibot.json", "Kept"):
            assert bot.open_to_others(title) is None, title
        for title in (
            "User:Ada/wikibot.json",
            "User:RosterBot/Configuration",
            "Project:Data.json",
            "Moved",
            "For a while",
            "Nowhere",
        ):
            assert "everybody may edit it" in (bot.open_to_others(title) or ""), title
        assert "editsemiprotected" in (bot.open_to_others("Half") or "")

        # what other wikis call a right is not assumed
        wiki.configure("$wgGroupPermissions['user']['edituserjson'] = true;")
        assert "ordinary users have edituserjson" in (bot.open_to_others(OWN) or "")
    finally:
        bot.close()
