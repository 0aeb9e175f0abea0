"""The local server: one thread answers, another rebuilds what a saved file changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from generator.serve.answers import answer

__all__ = ["Server"]

Rebuild = Callable[[Set[str]], None]
_WATCHED = ("content", "schemas", "theme", "mkdocs.yml")


@dataclass
class Server:
    """A server over `out` that calls `rebuild` with the paths that were saved.

    `failed` is told when a rebuild raises, as it may while a schema or a template is half written;
    the watch goes on, and what was saved then is handed over again with the next save.
    """

    root: Path
    out: Path
    rebuild: Rebuild
    failed: Callable[[Exception], None]
    builds: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def listen(self, host: str, port: int) -> ThreadingHTTPServer:
        """The bound server, not yet answering. Errors: OSError where the port is taken."""
        owner = self

        class Handler(BaseHTTPRequestHandler):
            """Answers GET and HEAD; anything else is refused by the base class."""

            def do_GET(self) -> None:
                found = answer(owner.out, self.path, str(owner.builds))
                self.send_response(found.status)
                for name, value in found.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(found.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(found.body)

            do_HEAD = do_GET  # noqa: N815 -- the name that http.server calls

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Says nothing: the terminal belongs to findings and builds."""

        return ThreadingHTTPServer((host, port), Handler)

    def watch(self) -> None:
        """Rebuilds after every save until `stop`; meant for a thread of its own."""
        folders = [self.root / name for name in _WATCHED if (self.root / name).exists()]
        saved: set[str] = set()
        for changes in watch(*folders, stop_event=self._stop, debounce=200):
            saved |= {Path(name).relative_to(self.root).as_posix() for _, name in changes}
            try:
                self.rebuild(frozenset(saved))
            except Exception as error:
                self.failed(error)
            else:
                saved.clear()
                self.builds += 1

    def stop(self) -> None:
        """Ends `watch`."""
        self._stop.set()
