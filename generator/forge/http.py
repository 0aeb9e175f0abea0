"""Requests to a forge's API: one host, a token, whole lists, and no answer taken on trust.

By `requests`, which is locked already, keeps connections, knows proxies and the machine's
certificates, and reads `Link` headers; the standard library would have us write all four.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

__all__ = ["Answer", "Client", "ForgeError", "Listing"]

_SECONDS = (10, 60)  # to connect, to answer
_MOST_BYTES = 64 << 20
_MOST_PAGES = 200
_RETRY = Retry(
    total=3,
    backoff_factor=0.5,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=("GET",),
    respect_retry_after_header=True,
    raise_on_status=False,
)


class ForgeError(RuntimeError):
    """The forge gave no usable answer; what it said, without our token."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and the JSON value that came with it."""

    status: int
    data: Any


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of a list; `complete` is false where a page is missing, and `fault` says why."""

    rows: tuple[Mapping[str, Any], ...]
    complete: bool
    total: int | None = None
    fault: str = ""


class Client:
    """The API at `url`. Every request names the version it was written for."""

    def __init__(self, url: str, token: str, retry: Retry | int = _RETRY) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.mount(self._url, HTTPAdapter(max_retries=retry))
        self._session.auth = _Bearer(token)  # set, so that no `.netrc` is read
        self._session.headers.update(
            {
                "Accept": "application/vnd.github+json",
                "User-Agent": "gongkai",
                "X-GitHub-Api-Version": "2022-11-28",
            }
        )

    def send(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        """The answer to one request, whatever its status. Errors: ForgeError without an answer."""
        status, data, _ = self._ask(method, self._url + path, query, body)
        return Answer(status, data)

    def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Any:
        """The value at a path. Errors: ForgeError at any status but 200."""
        answer = self.send("GET", path, query)
        if answer.status != 200:
            raise ForgeError(f"GET {path}: {answer.status} {_said(answer.data)}")
        return answer.data

    def every(
        self, path: str, query: Mapping[str, str | int] | None = None, key: str | None = None
    ) -> Listing:
        """A list to its end, by its `Link` headers; `key` names the list inside each page.

        A page that fails or is no list ends it: the rows before are kept, `complete` is false.
        """
        url: str | None = self._url + path
        asked: Mapping[str, str | int] | None = {"per_page": 100, **(query or {})}
        rows: list[Mapping[str, Any]] = []
        total: int | None = None
        for _ in range(_MOST_PAGES):
            if url is None:
                return Listing(tuple(rows), True, total)
            try:
                status, data, url = self._ask("GET", url, asked, None)
            except ForgeError as error:
                return Listing(tuple(rows), False, total, str(error))
            if key is not None and isinstance(data, dict):
                total = data.get("total_count")
                data = data.get(key)
            if status != 200 or not isinstance(data, list):
                return Listing(tuple(rows), False, total, f"GET {path}: {status} {_said(data)}")
            rows.extend(row for row in data if isinstance(row, dict))
            asked = None  # the next page's address holds the query
        return Listing(tuple(rows), False, total, f"GET {path}: more than {_MOST_PAGES} pages")

    def graphql(self, query: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data of a query. Errors: ForgeError, also where only a part was answered."""
        url = self._url + "/graphql"
        status, said, _ = self._ask("POST", url, None, {"query": query, "variables": variables})
        if status != 200 or not isinstance(said, dict) or said.get("errors"):
            raise ForgeError(f"GraphQL: {status} {_said(said)}")
        data: Mapping[str, Any] = said["data"]
        return data

    def _ask(
        self,
        method: str,
        url: str,
        query: Mapping[str, str | int] | None,
        body: Mapping[str, Any] | None,
    ) -> tuple[int, Any, str | None]:
        """Status, value, and the address of the next page."""
        try:
            with self._session.request(
                method,
                url,
                params=query,
                json=body,
                timeout=_SECONDS,
                allow_redirects=False,  # a token goes to no other address than ours
                stream=True,
            ) as response:
                raw = response.raw.read(_MOST_BYTES + 1, decode_content=True)
                if len(raw) > _MOST_BYTES:
                    raise ForgeError(f"{method} {url}: more than {_MOST_BYTES} bytes")
                value = json.loads(raw, parse_constant=_no_number) if raw else None
                following = response.links.get("next", {}).get("url")
        except (requests.RequestException, OSError, ValueError, RecursionError) as error:
            raise ForgeError(f"{method} {url}: {type(error).__name__}") from error
        return response.status_code, value, self._own(following)

    def _own(self, url: str | None) -> str | None:
        """The address of a next page, if it is at our host. Errors: ForgeError."""
        if url is None:
            return None
        if urlsplit(url)[:2] != urlsplit(self._url)[:2]:
            raise ForgeError("the next page is said to be at another host")
        return url


class _Bearer(requests.auth.AuthBase):
    """Puts the token on a request; its text appears nowhere else."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _said(data: Any) -> str:
    """The forge's own sentence, short."""
    if isinstance(data, dict):
        return str(data.get("message") or data.get("errors") or "")[:200]
    return ""
