"""Races: people, and a second run of the bot, come between any two steps of a run.

``python -m tests.races --wiki folder --count 2000`` plays random schedules and names those that
fail; each is made from its seed alone, and ``--replay SEED`` plays it again, step by step.
"""
