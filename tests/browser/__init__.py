"""The bot's pages as readers see them: in a real browser, in three skins, wide and on a telephone.

``Browser().opened(wiki.url, "Some page", skin="minerva", width=360)`` shows a page of a wiki of
``tests.mediawiki`` in a Chromium without a window (``chromium``); ``judging.problems`` says what is
wrong with it: what does not fit, what is too pale, what axe-core finds. The pages are those of a
made-up department (``department``). Where Chromium, fonts and axe-core come from is in ``tools``.

What was looked at is kept in ``artifacts/screenshots``, as
``<version>-<skin>-<width>-<day|night>-<page>.png``.
"""
