"""The built site served as GitHub Pages does it: below a path, and compressed."""

from __future__ import annotations

import contextlib
import functools
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PREFIX = "/book"
_COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".ipynb", ".wasm"}


@functools.cache
def compressed_size(path: Path) -> int:
    """Bytes that travel for a file."""
    return len(_body(path, path.stat().st_mtime_ns))


@functools.cache
def _body(path: Path, changed: int) -> bytes:
    data = path.read_bytes()
    return gzip.compress(data, 6, mtime=0) if path.suffix in _COMPRESSED else data


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.file()
        if path is None:
            missing = Path(self.directory, "404.html")
            body = _body(missing, missing.stat().st_mtime_ns) if missing.exists() else gzip.compress(b"Not found")
            self.answer(404, "text/html; charset=utf-8", body, zipped=True)
            return
        kind = self.guess_type(str(path))
        kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        self.answer(200, kind, _body(path, path.stat().st_mtime_ns), path.suffix in _COMPRESSED)

    def file(self) -> Path | None:
        """The file asked for, or None."""
        asked = unquote(urlsplit(self.path).path)
        root = Path(self.directory).resolve()
        path = (root / asked.removeprefix(PREFIX).lstrip("/")).resolve()
        path = path / "index.html" if path.is_dir() else path
        return path if asked.startswith(PREFIX) and path.is_relative_to(root) and path.is_file() else None

    def answer(self, status: int, kind: str, body: bytes, zipped: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a reader who has left
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder` on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    finally:
        server.shutdown()
        server.server_close()
