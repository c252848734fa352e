"""The command line."""

import click


@click.group()
def main() -> None:
    """Keep team pages and roles pages of a wiki consistent."""
