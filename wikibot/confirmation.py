"""The first time that the bot would write to a wiki, somebody should have seen what.

Until then a command that writes shows its plan and saves nothing, unless it is told ``--yes``.
"""

from wikibot import talk
from wikibot.runs import Notes
from wikibot.state import State
from wikibot.wiki.protocol import Wiki

_ASK = (
    "The bot has never written to this wiki, so nothing was saved. "
    "Is this what it should do? Then repeat the command with --yes."
)


def is_asked(state: State, wiki: Wiki) -> bool:
    """Whether nothing may be saved yet without a word of somebody who runs the bot.

    The state directory may be lost, or a new one; then the wiki knows what the account has done. A
    folder is never asked about: its pages are the user's own files.
    """
    return not state.has_written() and wiki.has_written() is False


def ask(notes: Notes) -> None:
    """Say so; a scheduled run that was not confirmed has come to nothing."""
    notes.trouble = _ASK
    talk.say(_ASK, level="error")
