"""A MediaWiki bot that keeps team pages and roles pages consistent and posts status reports."""

__version__ = "0.1.0"
