"""What a user sees when something cannot be done: one sentence, never a traceback."""


class Trouble(Exception):
    """One sentence that names the page, line or key, what is wrong and what to do; exit code 2."""


class ConfigError(Trouble):
    """The configuration cannot be used."""


class WikiError(Trouble):
    """The wiki could not be reached, or refused what was asked of it."""


class PlanError(Trouble):
    """A plan file cannot be used."""
