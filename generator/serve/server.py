"""The local server: one thread answers, another rebuilds what a saved file changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from generator.serve.answers import answer

__all__ = ["Server"]

Rebuild = Callable[[Set[str]], None]
_PATIENCE = 20.0  # seconds after which a waiting page asks again
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
    _news: threading.Condition = field(default_factory=threading.Condition)

    def listen(self, host: str, port: int) -> ThreadingHTTPServer:
        """The bound server, not yet answering. Errors: OSError where the port is taken."""
        owner = self

        class Handler(BaseHTTPRequestHandler):
            """Answers GET and HEAD; anything else is refused by the base class."""

            def do_GET(self) -> None:
                name, _, seen = self.path.partition("?")
                if name == "/_built":
                    owner.wait(seen)
                found = answer(owner.out, self.path, str(owner.builds))
                with suppress(ConnectionError):  # the reader has left meanwhile
                    self.send_response(found.status)
                    for header, value in found.headers.items():
                        self.send_header(header, value)
                    self.send_header("Content-Length", str(len(found.body)))
                    self.end_headers()
                    if self.command != "HEAD":
                        self.wfile.write(found.body)

            do_HEAD = do_GET  # noqa: N815 -- the name that http.server calls

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Says nothing: the terminal belongs to findings and builds."""

        server = ThreadingHTTPServer((host, port), Handler)
        server.daemon_threads = True  # a page that waits for news holds nobody up
        return server

    def watch(self) -> None:
        """Rebuilds after every save until `stop`; meant for a thread of its own."""
        folders = [self.root / name for name in _WATCHED if (self.root / name).exists()]
        saved: set[str] = set()
        for changes in watch(*folders, stop_event=self._stop, debounce=200, step=20):
            saved |= {Path(name).relative_to(self.root).as_posix() for _, name in changes}
            try:
                self.rebuild(frozenset(saved))
            except Exception as error:
                self.failed(error)
            else:
                saved.clear()
                with self._news:
                    self.builds += 1
                    self._news.notify_all()

    def wait(self, seen: str) -> None:
        """Returns when there is another build than the one a page has seen, or after a while."""
        with self._news:
            self._news.wait_for(lambda: str(self.builds) != seen or self._stop.is_set(), _PATIENCE)

    def stop(self) -> None:
        """Ends `watch`, and the waiting of pages."""
        self._stop.set()
        with self._news:
            self._news.notify_all()
