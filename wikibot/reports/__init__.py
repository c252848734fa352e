"""What reports say, as data, and how that is told: on a wiki page, in a mail, as JSON. Pure."""
