"""What a user sees when something cannot be done: one sentence, never a traceback."""


class Trouble(Exception):
    """One sentence that names the page, line or key, what is wrong and what to do; exit code 2."""


class ConfigError(Trouble):
    """The configuration cannot be used."""


class WikiError(Trouble):
    """The wiki could not be reached, or refused what was asked of it."""


class PlanError(Trouble):
    """A plan file cannot be used."""


class Busy(Trouble):
    """Another run is at work; that is no failure of either."""


class Terminated(BaseException):
    """SIGTERM or Ctrl-C: the run ends at once, and says what became of the page in hand.

    Not an ``Exception``, so that no library's error handling takes it for a failed request.
    """
