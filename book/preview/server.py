"""A web server for the site on this machine, whose pages reload when they change and say what is wrong."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

from book.errors import TRACEBACK, ProgramError, ServeError
from book.terminal import say

EVENTS = "_preview/events"
_SCRIPT = Path(__file__).with_name("reload.js")
_KEEP_ALIVE = 15  # seconds between signs of life, by which a closed page is found out
_EMPTY = b"<!doctype html><title>Not there</title><body><p>This page is not there, or not yet.</p></body>"


class Preview:
    """What browsers are to show: the site in a version, and what is wrong at present, if anything."""

    def __init__(self) -> None:
        self.version, self.problem = "", ""
        self._count, self._closed = 0, False
        self._changed = threading.Condition()

    def show(self, version: str, problem: str = "") -> None:
        with self._changed:
            self.version, self.problem, self._count = version, problem, self._count + 1
            self._changed.notify_all()

    def close(self) -> None:
        """Let go of all browsers."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def states(self) -> Iterator[str]:
        """The state now and whenever it changes, as server-sent events; between them signs of life."""
        seen = -1
        while not self._closed:
            with self._changed:
                if seen == self._count:
                    self._changed.wait(_KEEP_ALIVE)
                news, seen = seen != self._count, self._count
                state = json.dumps({"version": self.version, "problem": self.problem})
            yield f"data: {state}\n\n" if news else ":\n\n"


@contextmanager
def served(html: Path, preview: Preview, host: str, port: int) -> Iterator[str]:
    """Serve the folder `html`; its address. A `port` of 0 is any free one. Raises ServeError."""
    try:
        server = _Server((host, port), partial(_Handler, html, preview))
    except (OSError, OverflowError) as error:
        hint = "choose another with `--port`, 0 for any free one"
        raise ServeError(f"cannot serve on {host}, port {port}: {error}; {hint}") from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}/"
    finally:
        preview.close()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no error."""
        error = sys.exc_info()[1]
        if isinstance(error, Exception) and not isinstance(error, ConnectionError):
            if os.environ.get(TRACEBACK):
                super().handle_error(request, client_address)  # type: ignore[arg-type]
            say(str(ProgramError(error)), sys.stderr)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, html: Path, preview: Preview, *arguments: object) -> None:
        self._preview = preview
        super().__init__(*arguments, directory=str(html))  # type: ignore[arg-type]

    @property
    def _place(self) -> str:
        """The path in the address that is asked for."""
        return self.path.partition("?")[0].partition("#")[0]

    def do_GET(self) -> None:
        if self._place.endswith(f"/{EVENTS}"):
            self._send_events()
        else:
            super().do_GET()

    def send_head(self) -> BinaryIO | None:
        """A page of the site with the script that reloads it; other files as they are."""
        try:
            return self._open()
        except (OSError, ValueError):  # no file can have the name: it is too long, or has half a character or `\0`
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def _open(self) -> BinaryIO | None:
        path = Path(self.translate_path(self.path))
        if self._place.endswith("/"):
            path /= "index.html"
        if path.suffix != ".html":
            return super().send_head()
        found = path.is_file()
        page = self._with_script(path.read_bytes() if found else _EMPTY)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return io.BytesIO(page)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def _with_script(self, page: bytes) -> bytes:
        """Addresses are relative to the page, so that the preview works behind a proxy below any path."""
        events = "../" * (self._place.count("/") - 1) + EVENTS
        opening = f'<script data-events="{escape(events)}" data-version="{escape(self._preview.version)}">'
        script = f"{opening}{_SCRIPT.read_text(encoding='utf-8')}</script>".encode()
        head, end, rest = page.rpartition(b"</body>")
        return head + script + end + rest if end else page + script

    def _send_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for state in self._preview.states():
            self.wfile.write(state.encode())
            self.wfile.flush()
