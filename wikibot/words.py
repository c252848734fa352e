"""Words that rules look for. Add a word by adding it here; all are compared in lower case."""


def fold(text: str) -> str:
    """The form in which names, titles and activities are compared: case and blanks do not count."""
    return " ".join(text.casefold().split())


# The last or first word of a job title; tells a job title that nobody has from an unknown person.
TITLE_WORDS = frozenset(
    """
    accountant administrator advisor adviser advocate analyst ambassador architect archivist
    artist assistant associate auditor cataloguer chair chairman chairperson chairwoman chief
    clerk coach community consultant controller coordinator counsel cto ceo cfo coo cpo ciso
    curator designer developer dev devops director editor engineer executive expert facilitator
    fellow head intern internship interpreter lawyer lead leader liaison librarian maintainer
    manager master mentor moderator officer operator organiser organizer owner partner planner
    president principal producer product program programme programmer project qa recruiter
    representative researcher reviewer sales scientist scrum secretary senior specialist
    steward strategist supervisor support sysadmin teacher tech technician technologist tester
    trainer translator treasurer tutor vice vp webmaster writer
    """.split()
)

# What people write where a role has no holder.
VACANT_WORDS = frozenset(
    {
        "?",
        "??",
        "???",
        "-",
        "–",
        "—",
        "n/a",
        "na",
        "nobody",
        "no one",
        "none",
        "needed",
        "open",
        "open position",
        "tba",
        "tbc",
        "tbd",
        "to be announced",
        "to be confirmed",
        "to be decided",
        "to be determined",
        "to be hired",
        "unassigned",
        "unfilled",
        "vacant",
        "vacancy",
        "wanted",
        "x",
    }
)

# Activities that many roles may have at once without overlapping.
CATCH_ALL = frozenset(
    {
        "additional work as required",
        "additional duties as assigned",
        "additional tasks as required",
        "any other business",
        "other duties as assigned",
        "other duties as required",
        "other tasks as needed",
        "other tasks as required",
        "other work",
        "other work as required",
    }
)
