"""What can befall a request on its way: each makes a rule of the proxy."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tests.faults.proxy import Answer, Request, Reset, Rule
from tests.faults.stage import Stage, rule
from tests.mediawiki.witness import ADMIN

FOR_EVER = 1000
HTML = b"<!DOCTYPE html><title>Wiki</title><p>Please come back later.</p>"


def refuse(stage: Stage, at: str, *, for_a_moment: bool = False) -> Rule:
    """Nobody listens any more.

    From when this request is answered, till Pywikibot waits for a moment or for good.
    """
    if for_a_moment:
        stage.on_pause = stage.proxy.listen

    def after(answer: Answer) -> Answer:
        stage.proxy.refuse()
        return answer

    return rule(stage, at, after=after)


def reset(stage: Stage, at: str, *, times: int = 1) -> Rule:
    """The connection breaks off before the wiki has the request."""

    def before(_: Request) -> None:
        raise Reset

    return rule(stage, at, before=before, times=times)


def lose_answer(stage: Stage, at: str, *, times: int = 1) -> Rule:
    """The wiki has done it, and its answer does not arrive."""

    def after(_: Answer) -> Answer:
        raise Reset

    return rule(stage, at, after=after, times=times)


def too_slow(stage: Stage, at: str, *, arrives: bool) -> tuple[Rule, Rule]:
    """No answer within the time that Pywikibot waits.

    It waits for that one answer only a moment, and tries again when the wiki is done with it.
    """
    import pywikibot

    patience = pywikibot.config.socket_timeout
    done, given_up = threading.Event(), threading.Event()

    def impatient(answer: Answer) -> Answer:
        pywikibot.config.socket_timeout = 0.2
        return answer

    def pause() -> None:
        if pywikibot.config.socket_timeout != patience:
            pywikibot.config.socket_timeout = patience
            assert done.wait(60)
            given_up.set()

    def hold() -> None:
        done.set()
        assert given_up.wait(60)
        raise Reset

    def before(_: Request) -> None:
        if not arrives:
            hold()

    def after(_: Answer) -> Answer:
        hold()
        raise AssertionError

    stage.on_pause = pause
    return rule(stage, "before save", after=impatient), rule(stage, at, before=before, after=after)


def cut(stage: Stage, at: str, *, times: int = 1) -> Rule:
    """Half of the wiki's answer."""
    return rule(
        stage, at, after=lambda answer: replace(answer, body=_half(answer.body)), times=times
    )


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def status(
    stage: Stage, at: str, *, code: int, headers: Mapping[str, str] | None = None, times: int = 1
) -> Rule:
    """A page of HTML instead of the wiki's answer.

    The wiki does not have the request.
    """
    said = Answer(code, {"Content-Type": "text/html"} | dict(headers or {}), HTML)
    return rule(stage, at, before=lambda _: said, times=times)


def says(
    stage: Stage,
    at: str,
    *,
    answer: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
    times: int = 1,
) -> Rule:
    """Another JSON instead of the wiki's answer.

    For what no setting makes a wiki say.
    """
    body = json.dumps(answer).encode()
    said = Answer(200, {"Content-Type": "application/json"} | dict(headers or {}), body)
    return rule(stage, at, before=lambda _: said, times=times)


def spoil_token(stage: Stage, at: str, *, times: int = 1) -> Rule:
    """The edit carries a token that is not valid any more."""

    def before(request: Request) -> None:
        request.params["token"] = f"{'0' * 40}+\\"

    return rule(stage, at, before=before, times=times)


def other_account(stage: Stage, at: str) -> Rule:
    """The wiki takes the session for an administrator's, for the rest of the run."""
    cookies = stage.wiki.browser(ADMIN).cookies.get_dict()
    theirs = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def before(request: Request) -> None:
        for name in [name for name in request.headers if name.lower() == "cookie"]:
            del request.headers[name]
        request.headers["Cookie"] = theirs

    return rule(stage, at, before=before, times=FOR_EVER)


KINDS: Mapping[str, Callable[..., Rule | tuple[Rule, ...]]] = {
    function.__name__: function
    for function in (
        refuse,
        reset,
        lose_answer,
        too_slow,
        cut,
        status,
        says,
        spoil_token,
        other_account,
    )
}
