"""A Phabricator on 127.0.0.1 that misbehaves as it is told.

``faults`` says what happens to the requests to come, one after the other; when there are no more,
it answers as :class:`tests.sources.pretend.PretendPhabricator` does.
"""

import gzip
import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from tests.sources.pretend import PretendPhabricator, envelope, question, task


class Misbehaving(ThreadingHTTPServer):
    """Between ``with`` it serves ``phabricator`` at ``url``; ``requests`` counts what came."""

    daemon_threads = False  # they end with the server
    block_on_close = True

    def __init__(self, phabricator: PretendPhabricator) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.phabricator = phabricator
        self.faults: Iterator[Fault] = iter(())
        self.requests = 0
        self.over = threading.Event()
        self.open: set[socket.socket] = set()
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))

    def misbehave(self, faults: Iterable["Fault"]) -> None:
        self.faults, self.requests = iter(faults), 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.shutdown()
        # urllib3 closes connections when nothing refers to them, and records of logging may
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()
        self._thread.join()

    def handle_error(self, *_: object) -> None:
        """A client that has gone away is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Misbehaving
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def do_POST(self) -> None:
        self.server.requests += 1
        self.form = self.rfile.read(int(self.headers["Content-Length"]))
        next(self.server.faults, answer)(self)

    def log_message(self, *_: object) -> None:
        pass

    def reply(self, body: bytes, *, status: int = 200, length: int = -1, **headers: str) -> None:
        """``length`` is what is said of the body, if that is not to be true."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length < 0 else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    @property
    def method(self) -> str:
        return self.path.rpartition("/")[2]

    def proper(self) -> bytes:
        """What a Phabricator in good health would say."""
        return json.dumps(self.server.phabricator.answer(self.method, question(self.form))).encode()


Fault = Callable[[_Handler], None]


def answer(handler: _Handler) -> None:
    handler.reply(handler.proper())


def too_many_requests(handler: _Handler) -> None:
    text = b"You are issuing too many requests too quickly."
    handler.reply(text, status=429, Content_Type="text/plain", Retry_After="3600")


def odd_retry_after(handler: _Handler) -> None:
    handler.reply(b"", status=429, Retry_After="9" * 5000)


def internal_error(handler: _Handler) -> None:
    handler.reply(b"Internal Server Error", status=500)


def html(handler: _Handler) -> None:
    handler.reply(b"\n<!DOCTYPE html><title>Down for maintenance</title>", Content_Type="text/html")


def cut_off_json(handler: _Handler) -> None:
    handler.reply(handler.proper()[:-20])


def cut_off_connection(handler: _Handler) -> None:
    body = handler.proper()
    handler.reply(body[:-20], length=len(body))
    close(handler)


def empty(handler: _Handler) -> None:
    handler.reply(b"")


def close(handler: _Handler) -> None:
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def no_http(handler: _Handler) -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")
    close(handler)


def hang(handler: _Handler) -> None:
    """Until the server ends; the client has to lose patience."""
    handler.close_connection = True
    handler.server.over.wait()


def hang_within(handler: _Handler) -> None:
    body = handler.proper()
    handler.reply(body[:20], length=len(body))
    hang(handler)


def huge(handler: _Handler) -> None:
    handler.reply(b'{"result": "' + b"x" * 2**20 + b'"}')


def compressed_huge(handler: _Handler) -> None:
    body = gzip.compress(b'{"result": "' + b"x" * 2**24 + b'"}')
    handler.reply(body, Content_Encoding="gzip")


def not_compressed(handler: _Handler) -> None:
    handler.reply(b"this is no gzip", Content_Encoding="gzip")


def infinite(handler: _Handler) -> None:
    """A page with another one after it, whatever is asked for."""
    number = int(question(handler.form).get("after", 0)) + 1
    page = {"data": [task(number)], "cursor": {"after": str(number)}}
    handler.reply(json.dumps(envelope(page)).encode())


def redirect(target: str) -> Fault:
    def fault(handler: _Handler) -> None:
        handler.reply(b"x" * 2**20, status=307, Location=target)

    return fault
