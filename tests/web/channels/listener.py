"""A real HTTP server on this machine, and what it was asked: a pager, a gateway, a push service."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import NamedTuple


class Asked(NamedTuple):
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Listener:
    """`answers`: the statuses of the next answers, then 200; `body` goes with each. Held, it answers nobody."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: list[int] = []
        self.headers: dict[str, str] = {}
        self.body = b""
        self.url = ""
        self.free = Event()
        self.free.set()
        self.reached = Event()

    def answer(self, asked: Asked) -> int:
        self.asked.append(asked)
        self.reached.set()
        self.free.wait(30)
        return self.answers.pop(0) if self.answers else 200


@contextmanager
def listener() -> Iterator[Listener]:
    """A server for as long as the block takes."""
    listening = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = listening.answer(Asked(self.command, self.path, headers, content))
            try:
                self.send_response(status)
                for name, value in listening.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(listening.body)))
                self.end_headers()
                self.wfile.write(listening.body)
            except OSError:
                pass  # Whoever asked did not wait.

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        listening.url = f"http://127.0.0.1:{server.server_port}"
        yield listening
    finally:
        listening.free.set()
        server.shutdown()
        thread.join()
        server.server_close()
