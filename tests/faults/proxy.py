"""A gateway in front of a wiki that passes everything on, but for what its rules say.

It speaks HTTP/1.0, one request a connection, so that each request may meet another fate. Its
address stays the same from test to test; a wiki's own address (``$wgServer``) stays behind it.
"""

import http.client
import socket
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit


@dataclass(frozen=True)
class Answer:
    """An answer of HTTP, the wiki's own or one of ours."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Request:
    """What is asked of the wiki; a rule may change it before it goes on."""

    method: str
    path: str
    headers: dict[str, str]
    params: dict[str, str]

    def asks(self, **wanted: str) -> bool:
        """Whether the request has these parameters."""
        return all(self.params.get(name) == value for name, value in wanted.items())


class Reset(Exception):
    """The connection breaks off, with no answer."""


@dataclass
class Rule:
    """What happens to the requests that match.

    ``before`` is done when a request has come, and may give the answer itself; ``after`` has the
    wiki's answer, and gives the one that is sent. Both may raise :class:`Reset`. The first
    ``passing`` matching requests are left alone, then ``times`` are not.
    """

    matches: Callable[[Request], bool]
    before: Callable[[Request], Answer | None] = lambda _: None
    after: Callable[[Answer], Answer] = lambda answer: answer
    passing: int = 0
    times: int = 1
    used: int = field(default=0, init=False)

    def applies(self, request: Request) -> bool:
        """Whether it is this request's turn; counts it."""
        if not self.matches(request):
            return False
        if self.passing:
            self.passing -= 1
            return False
        if self.used >= self.times:
            return False
        self.used += 1
        return True


class Proxy:
    """Listens on 127.0.0.1 until it is stopped; ``api`` is the wiki's address by it."""

    def __init__(self, wiki: str) -> None:
        self._wiki = urlsplit(wiki).netloc
        self._rules: list[Rule] = []
        self._lock = threading.Lock()
        self._server: _Server | None = None
        self._port = 0
        self.trouble: list[BaseException] = []  # in the code of the tests
        self.listen()
        self.api = f"http://127.0.0.1:{self._port}/api.php"

    def listen(self) -> None:
        """Take connections (again)."""
        if self._server is None:
            self._server = _Server(("127.0.0.1", self._port), _handler(self))
            self._server.trouble = self.trouble
            self._port = self._server.server_address[1]
            threading.Thread(
                target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
            ).start()

    def refuse(self) -> None:
        """Refuse connections; a request that is here already is still answered."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def obey(self, *rules: Rule) -> None:
        """Follow these rules instead of those before."""
        self.listen()
        self._rules = list(rules)
        self.trouble.clear()

    def answer(self, request: Request) -> Answer:
        """What is sent back for a request."""
        with self._lock:
            rules = [rule for rule in self._rules if rule.applies(request)]
        for rule in rules:
            if ours := rule.before(request):
                return ours
        answer = self._forward(request)
        for rule in rules:
            answer = rule.after(answer)
        return answer

    def _forward(self, request: Request) -> Answer:
        connection = http.client.HTTPConnection(self._wiki, timeout=60)
        try:
            in_body = request.method == "POST"
            said = urlencode(request.params)
            path = request.path if in_body or not said else f"{request.path}?{said}"
            body = said if in_body else None
            connection.request(request.method, path, body, request.headers)
            answer = connection.getresponse()
            headers = {
                name: value
                for name, value in answer.getheaders()
                if name.lower() not in ("content-length", "transfer-encoding", "connection")
                and name.lower() != "set-cookie"
            }
            cookies = answer.headers.get_all("Set-Cookie") or []
            headers["Set-Cookie"] = "\n".join(cookies)
            return Answer(answer.status, headers, answer.read())
        finally:
            connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # one that waits for a client that is gone holds nobody up
    allow_reuse_address = True
    trouble: list[BaseException]

    def handle_error(self, *_: object) -> None:
        """Keep it for the test, instead of printing it."""
        error = sys.exc_info()[1]
        assert error
        self.trouble.append(error)


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            params = dict(parse_qsl(url.query, keep_blank_values=True))
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            params |= parse_qsl(body, keep_blank_values=True)
            kept = ("user-agent", "cookie", "content-type", "accept")
            headers = {n: v for n, v in self.headers.items() if n.lower() in kept}
            try:
                answer = proxy.answer(Request(self.command, url.path, headers, params))
            except Reset:
                self._reset()
                return
            try:
                self._send(answer)
            except ConnectionError:  # the client has gone, as one does that waits no longer
                self.close_connection = True

        do_POST = do_GET

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                for line in filter(None, value.split("\n")):
                    self.send_header(name, line)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def _reset(self) -> None:
            """Close with RST, not with an orderly end."""
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

        def finish(self) -> None:
            if self.connection.fileno() != -1:
                super().finish()

    return Handler
