"""The command line. Each command imports what it needs when it runs, so that --help is instant.

Exit codes are those of ``diff`` for commands that look (0 nothing to report, 1 findings or
pending edits, 2 trouble), and for commands that write: 0 everything planned is on the wiki,
1 some page was not saved, 2 trouble.
"""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wikibot import __version__
from wikibot.errors import Terminated, Trouble
from wikibot.signals import ENDING, is_ending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wikibot.commands import Session
    from wikibot.config import Config
    from wikibot.period import Kind

TASK_NAMES = ("roster", "roles", "contacts", "directory", "status-report", "reminder", "runs")


def _terminate(number: int, _frame: object) -> None:
    for again in ENDING:  # the run is ending already
        signal.signal(again, signal.SIG_IGN)
    raise Terminated(signal.Signals(number).name)


class Program(click.Group):
    """Turns trouble into one sentence on stderr and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        if isinstance(sys.stdout, TextIOWrapper):  # a terminal or pipe may not know all characters
            sys.stdout.reconfigure(errors="backslashreplace")
        from wikibot import talk

        before = {number: signal.signal(number, _terminate) for number in ENDING}
        try:
            with talk.on_stderr(ctx.params["log"]):
                return self._invoke(ctx)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _invoke(self, ctx: click.Context) -> Any:
        from wikibot import talk

        try:
            return super().invoke(ctx)
        except Trouble as trouble:
            talk.say(str(trouble), level="error")
            ctx.exit(2)
        except Terminated as signal_name:
            talk.say(f"stopped: {signal_name}", level="error")
            ctx.exit(2)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wikibot")
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    default="text",
    envvar="WIKIBOT_LOG",
    show_default=True,
    help="How what is said on stderr is written; json is an object a line, for programs.",
)
def main(log: str) -> None:
    """Keep the team pages and roles pages of a MediaWiki wiki consistent.

    Pages that people write are changed only where a word is out of date; everything else stays
    byte for byte. "check" and "plan" never write.
    """


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_config = click.option(
    "--config",
    "-c",
    "configs",
    multiple=True,
    type=click.Path(path_type=Path),
    envvar="WIKIBOT_CONFIG",
    help="Configuration file, or a folder of them; may be given several times. [wikibot.toml]",
)
_state = click.option(
    "--state-dir",
    type=click.Path(path_type=Path),
    envvar="WIKIBOT_STATE",
    help="Where the bot remembers what it has seen.",
)
_period = click.option(
    "--period",
    help="What to report on: a week, such as 2026-W47, a month, a quarter, or “last”, the week "
    "before this one. [the current week]",
)
_verbose = click.option("--verbose", "-v", is_flag=True, help="Say what is asked of the wiki.")
_common = _options(_config, _state, _period, _verbose)
_yes = click.option(
    "--yes", is_flag=True, help="Save even on a wiki to which the bot has never written."
)
_tasks = click.argument("tasks", nargs=-1, type=click.Choice(TASK_NAMES), metavar="[TASK]...")


def _format(*choices: str) -> Callable[[Any], Any]:
    return click.option(
        "--format", "form", type=click.Choice(choices), default=choices[0], show_default=True
    )


@contextmanager
def _talk(verbose: bool, *, form: Any = "text") -> Iterator[Callable[[str], None]]:
    """Progress on stderr, on a terminal or on request; what is logged goes there, too."""
    from wikibot import talk

    terminal = sys.stderr.isatty()
    with talk.logged_to_stderr(form, verbose=verbose):
        yield lambda text: talk.say(f"… {text}") if terminal or verbose else None


def _each(
    configs: Sequence[Path],
    state_dir: Path | None,
    period: str | None,
    verbose: bool,
    work: Callable[[Session], int],
    *,
    kind: Kind | None = None,
    also_write: Callable[[Config], tuple[str, ...]] = lambda _: (),
    writes: Sequence[str] = (),
) -> None:
    """Run ``work`` for each configuration, and exit with the worst code.

    ``writes`` are the tasks of a command that writes, which is recorded as a run.

    Trouble with one configuration is told, and the others are still done; not after a signal.
    """
    from wikibot import talk
    from wikibot.commands import config_files, session

    worst = 0
    with _talk(verbose, form=click.get_current_context().find_root().params["log"]) as say:
        for path in config_files(configs):
            try:
                with session(
                    path,
                    state_dir=state_dir,
                    period=period,
                    kind=kind,
                    say=say,
                    also_write=also_write,
                    writes=writes,
                ) as opened:
                    worst = max(worst, work(opened))
            except Trouble as trouble:
                talk.say(str(trouble), level="error")
                worst = 2
            if is_ending():  # a run that saves ends in order, with its outcomes told
                break
    sys.exit(worst)


@main.command()
@_common
@_format("text", "json", "github")
def check(
    configs: Sequence[Path], state_dir: Path | None, period: str | None, verbose: bool, form: str
) -> None:
    """Say what disagrees; writes nothing.

    Findings by page, section and line. Exit code 0: none, 1: some, 2: trouble.
    """
    from wikibot import commands

    _each(configs, state_dir, period, verbose, lambda s: commands.check(s, form=form))


@main.command()
@_common
@_tasks
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Save the plan as JSON.")
@_format("text", "json")
def plan(
    configs: Sequence[Path],
    state_dir: Path | None,
    period: str | None,
    verbose: bool,
    tasks: Sequence[str],
    output: Path | None,
    form: str,
) -> None:
    """Show the diffs that a run would save; writes nothing.

    TASK is one or more of roster, roles, contacts, directory, status-report, reminder, runs; all
    when left out.
    Exit code 0: nothing to do, 1: pending edits, 2: trouble.
    """
    from wikibot import commands

    names = tasks or TASK_NAMES
    if output and len(commands.config_files(configs)) > 1:
        raise Trouble("--output: a plan is about one configuration; name just one with --config.")
    _each(
        configs,
        state_dir,
        period,
        verbose,
        lambda s: commands.plan(s, tasks=names, output=output, form=form),
    )


@main.command()
@_config
@_state
@_verbose
@click.argument("file", type=click.Path(path_type=Path), metavar="PLAN.JSON")
@_format("text", "json")
def apply(
    configs: Sequence[Path], state_dir: Path | None, verbose: bool, file: Path, form: str
) -> None:
    """Save the edits of a plan that "plan -o" made, and nothing else.

    A page that has moved on since is left alone, and named.
    """
    from wikibot import commands
    from wikibot.runs import APPLYING

    _each(
        configs,
        state_dir,
        None,
        verbose,
        lambda s: commands.apply(s, file=file, form=form),
        writes=APPLYING,
    )


@main.command()
@_common
@_tasks
@click.option("--dry-run", is_flag=True, help="Plan, show, and save nothing.")
@click.option(
    "--confirm-shrunk",
    "confirmed",
    multiple=True,
    metavar="PAGE",
    help="This page is right, although it names fewer than half of before; may be repeated.",
)
@_yes
@_format("text", "json")
def run(
    configs: Sequence[Path],
    state_dir: Path | None,
    period: str | None,
    verbose: bool,
    tasks: Sequence[str],
    dry_run: bool,
    confirmed: Sequence[str],
    yes: bool,
    form: str,
) -> None:
    """Plan and save in one go; for scheduled jobs.

    TASK is one or more of roster, roles, contacts, directory, status-report, reminder, runs; all
    when left out. Findings alone do not make it fail: see "check" for these. On a live wiki to
    which the bot has never written, it shows its plan, saves nothing and ends with exit code 1
    without --yes.
    """
    from wikibot import commands

    names = tasks or TASK_NAMES
    _each(
        configs,
        state_dir,
        period,
        verbose,
        lambda s: commands.run(
            s, tasks=names, dry_run=dry_run, form=form, yes=yes, confirmed=confirmed
        ),
        writes=() if dry_run else names,
    )


@main.command()
@click.argument("kind", type=click.Choice(["roster", "roles"]))
@click.argument("page", metavar="FILE|PAGE")
@click.option("--section", help="The section to read, by its heading.")
@click.option(
    "--layout", type=click.Choice(["bullets", "table", "headings"]), help="How it is marked up."
)
@click.option("--pattern", help="For bullets, such as “{name}, {title}”.")
@_config
@_state
@_format("text", "json")
def extract(
    kind: str,
    page: str,
    section: str | None,
    layout: Any,
    pattern: str | None,
    configs: Sequence[Path],
    state_dir: Path | None,
    form: str,
) -> None:
    """Say what one page says: its roster, or its roles.

    FILE is a wikitext file or "-"; PAGE a title on the wiki.
    """
    from wikibot import excerpt
    from wikibot.model import Layout

    excerpt.extract(
        kind,
        page,
        layout=Layout(section=section, layout=layout, pattern=pattern),
        configs=configs,
        state_dir=state_dir,
        form=form,
    )


@main.command()
@click.argument("pages", nargs=-1, required=True, metavar="FILE|PAGE...")
@_config
@_state
@_format("text", "json")
def inspect(
    pages: Sequence[str], configs: Sequence[Path], state_dir: Path | None, form: str
) -> None:
    """Show which rosters and roles a page has, why, and the layout to configure.

    A layout that is written into the configuration is followed exactly; a row that does not fit
    it is a finding. Exit code 1: some page has nothing that a layout could be given for.
    """
    from wikibot import excerpt

    sys.exit(excerpt.inspect(pages, configs=configs, state_dir=state_dir, form=form))


@main.command()
@_common
@click.argument("what", type=click.Choice(["roster", "roles", "duties"]))
@click.option("--person", help="Only this person's, by full name or username.")
@_format("text", "json")
def show(
    configs: Sequence[Path],
    state_dir: Path | None,
    period: str | None,
    verbose: bool,
    what: str,
    person: str | None,
    form: str,
) -> None:
    """Show the directory: people, roles, or duties with all their activities.

    Exit code 1: the person is on no roster.
    """
    from wikibot import commands

    _each(
        configs,
        state_dir,
        period,
        verbose,
        lambda s: commands.show(s, what=what, person=person, form=form),
    )


@main.command()
@_common
@click.argument("query", nargs=-1, required=True)
@_format("text", "json")
def who(
    configs: Sequence[Path],
    state_dir: Path | None,
    period: str | None,
    verbose: bool,
    query: Sequence[str],
    form: str,
) -> None:
    """Say whom to ask about QUERY: an activity, a role, a person or a team.

    Case, accents, word order, typing errors and words such as “who does” do not count.

    Exit code 1: nothing matches well; the nearest are named.
    """
    from wikibot import commands

    words = " ".join(query)
    _each(configs, state_dir, period, verbose, lambda s: commands.who(s, query=words, form=form))


@main.group()
def report() -> None:
    """Status reports, without writing them to the wiki."""


def _report_command(name: str, kind: Kind, example: str, summary: str) -> None:
    @report.command(name, help=summary)
    @_config
    @_state
    @click.option(
        "--period",
        help=f"Such as {example}, or “last”. [the current {kind}]",
        metavar=kind.upper(),
    )
    @_verbose
    @_format("wikitext", "text", "json")
    def command(
        configs: Sequence[Path],
        state_dir: Path | None,
        period: str | None,
        verbose: bool,
        form: str,
    ) -> None:
        from wikibot import commands

        _each(
            configs,
            state_dir,
            period,
            verbose,
            lambda s: commands.report(s, form=form),
            kind=kind,
        )


_AS = "as wikitext, as text for a mail, or as data. Exit code 1: something is missing from it."
_report_command("weekly", "week", "2026-W47", f"The week's report, {_AS}")
_report_command("monthly", "month", "2026-11", f"The weeks of a month, rolled up, {_AS}")
_report_command(
    "quarterly", "quarter", "“FY2026-27 Q2”", f"The weeks of a quarter, rolled up, {_AS}"
)


@main.group()
def templates() -> None:
    """The package of templates that the bot's pages and the update forms use."""


_templates_options = _options(_config, _state, _verbose)


@templates.command("list")
@_templates_options
@_format("text", "json")
def templates_list(
    configs: Sequence[Path], state_dir: Path | None, verbose: bool, form: str
) -> None:
    """Name the pages of the package, and how each stands on the wiki.

    installed: as in this version of the package. outdated: as it was installed earlier. changed:
    people have changed it since. foreign: there, and not written by the bot. missing, unreadable.
    """
    from wikibot import install

    _each(configs, state_dir, None, verbose, lambda s: install.show(s, form=form))


@templates.command("diff")
@_templates_options
@_format("text", "json")
def templates_diff(
    configs: Sequence[Path], state_dir: Path | None, verbose: bool, form: str
) -> None:
    """Show what "install" would change, and what people have changed.

    Of a page that people have changed: what they changed, what the package changed since, and
    whether that is in the same lines.

    Exit code 0: nothing to do; people's changes alone are nothing to do. 1: "install" would write
    something, or the package has news for a page that is people's. 2: trouble.
    """
    from wikibot import install

    _each(
        configs,
        state_dir,
        None,
        verbose,
        lambda s: install.diff(s, form=form),
        also_write=install.titles,
    )


@templates.command("install")
@_templates_options
@click.option("--force", is_flag=True, help="Overwrite what people wrote; says what is lost.")
@_yes
def templates_install(
    configs: Sequence[Path], state_dir: Path | None, verbose: bool, force: bool, yes: bool
) -> None:
    """Write the pages of the package that are missing, and update those that nobody has changed.

    A page that people have changed, or that the bot never wrote, is left alone without --force.
    On a live wiki to which the bot has never written, it shows its plan, saves nothing and ends
    with exit code 1 without --yes.
    """
    from wikibot import install

    _each(
        configs,
        state_dir,
        None,
        verbose,
        lambda s: install.install(s, force=force, yes=yes),
        also_write=install.titles,
        writes=("templates",),
    )


@main.command()
@_config
@_state
@_verbose
@_format("text", "json")
def doctor(configs: Sequence[Path], state_dir: Path | None, verbose: bool, form: str) -> None:
    """Try everything that a run needs, write nothing, and say what is wrong.

    Exit code 0: nothing is wrong, 1: something is, 2: trouble.
    """
    from wikibot.doctor import doctor as examine

    _each(configs, state_dir, None, verbose, lambda s: examine(s, form=form))


@main.command()
@_config
@_state
@_format("text", "json")
def status(configs: Sequence[Path], state_dir: Path | None, form: str) -> None:
    """Show the last runs, and say what is wrong with them; asks nothing of the wiki.

    Exit code 0: all is well, 1: the last run failed or did not save all, or a task has not run for
    twice its interval (runs.every_hours), 2: trouble.
    """
    from wikibot import commands

    files = commands.config_files(configs)
    sys.exit(max(commands.status(path, state_dir=state_dir, form=form) for path in files))
