"""Random edits of a small group, of its theme, its clock, its git, its cache and what was built.

An edit is a method of `Editor` that changes something and says what; it says nothing where it finds
nothing to change. Which come in which order follows from the seed alone.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tests.bench.files import pdf, png
from tests.incremental.group import field, with_field
from tests.support.repositories import Repository

__all__ = ["NOW", "Editor"]

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
_WALL = timedelta(hours=8)

# What ties a record to others, or to a time that is not its day.
_LEADS = re.compile(
    r"\.\./\.\./\.\./|^(?:outlets|withdrawn|replacedBy|replaces|formerAddresses|embargo|expiresAt"
    r"|record|policies|pinnedUntil):",
    re.MULTILINE,
)

Edit = Callable[[], str]

_ITEMS = ("articles", "policies", "interpretations", "disclosures", "consultations", "interviews")
_BY_CONSENT = ("messages", "error-reports", "findings", "meetings", "tasks", "attestations")
_BAD_NAMES = (
    "articles/2026/Bad Name.md",
    "articles/2026/0077.txt",
    "articles/2026/0078.yaml",
    "articles/26/0001.md",
    "notes/0001.md",
    "leaders/２.yml",
    "articles/2026/0001/deep/er.md",
    "stray.md",
)


class Editor:
    """One group under edit: its folder, its clock, and where its cache and its sites stand."""

    def __init__(self, root: Path, out: Path, cache: Path, random: Random, *, git: bool) -> None:
        self.root = root
        self.out = out
        self.cache = cache
        self.now = NOW
        self.random = random
        self.git = Repository(root) if git else None
        self._count = 0
        self._mended: dict[Path, bytes | None] = {}
        self._former: dict[Path, bytes] = {}  # files of the cache as they once were
        if self.git is not None:
            (root / ".gitignore").write_text("/.cache/\n/public/\n")
            self.git.commit()

    # What there is

    @property
    def content(self) -> Path:
        return self.root / "content"

    def _units(self) -> list[Path]:
        return sorted(path for path in (self.content / "units").iterdir() if path.is_dir())

    def _records(self, *folders: str) -> list[Path]:
        found = [
            file
            for ending in ("md", "yml")
            for file in (self.content / "units").rglob(f"*.{ending}")
            if not folders or (set(file.parts) & set(folders))
        ]
        return sorted(found)

    def _any(self, *folders: str) -> Path | None:
        """A record, of those below the folders; every other time one that leads somewhere."""
        found = self._records(*folders)
        if self.random.random() < 0.5:
            found = [file for file in found if _LEADS.search(self._text(file))] or found
        return self.random.choice(found) if found else None

    def _item(self) -> Path | None:
        """An item; an article more often than not."""
        return self._any("articles") if self.random.random() < 0.6 else self._any(*_ITEMS)

    def _site(self) -> Path | None:
        found = [unit / "site.yml" for unit in self._units() if (unit / "site.yml").is_file()]
        return self.random.choice(found) if found else None

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _text(self, file: Path) -> str:
        return file.read_text("utf-8", "surrogateescape")

    def _write(self, file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", "surrogateescape")

    def _put(self, file: Path, name: str, value: str | None) -> str:
        self._write(file, with_field(self._text(file), name, value))
        return f"{self._name(file)}: {name}: {value}"

    def _wall(self, later: timedelta = timedelta(0)) -> str:
        return f"{self.now + _WALL + later:%Y-%m-%d %H:%M}"

    def _id(self, file: Path) -> str:
        return file.relative_to(self.content).as_posix().rpartition(".")[0]

    # Records

    def title(self) -> str:
        file = self._any()
        if file is None:
            return ""
        text = self._text(file)
        for name in ("title", "name", "post"):
            if old := field(text, name):
                quote = '"' if old.endswith('"') else ""
                return self._put(file, name, f"{old.removesuffix(quote)}其{self._next()}{quote}")
        return ""

    def item_title(self) -> str:
        file = self._item()
        if file is None or not (old := field(self._text(file), "title")):
            return ""
        return self._put(file, "title", old.strip('"')[:20] + f"续{self._next()}")

    def body(self) -> str:
        file = self._item()
        if file is None:
            return ""
        more = f"\n## 补充{self._next()}\n\n有关情况将继续公布。\n"
        if self.random.random() < 0.5:
            other = self._any(*_ITEMS, "services", "leaders") or file
            way = os.path.relpath(other, file.parent)
            more += f"\n见[相关的内容]({way}{self.random.choice(['', '#二重点任务', '#无'])})。\n"
        self._write(file, self._text(file) + more)
        return f"{self._name(file)}: {more!r}"

    def date(self) -> str:
        file = self._item()
        if file is None:
            return ""
        later = timedelta(minutes=self.random.choice([-90000, -3000, -30, -1, 0, 1, 45, 300, 4000]))
        if later > timedelta(0):
            self._put(file, "embargo", "true")
        return self._put(file, "publishedAt", self._wall(later))

    def item_column(self) -> str:
        file = self._any("articles", "consultations")
        if file is None:
            return ""
        columns = ["gzdt", "tzgg", "bmdt", "yaowen", "zjdc", "nowhere"]
        return self._put(file, "column", self.random.choice(columns))

    def pinned(self) -> str:
        file = self._any("articles")
        if file is None:
            return ""
        days = self.random.choice([-1, 0, 0, 1, 30, None])
        until = None if days is None else self._wall(timedelta(days=days))[:10]
        return self._put(file, "pinnedUntil", until)

    def expires(self) -> str:
        file = self._any("articles")
        if file is None:
            return ""
        minutes = self.random.choice([-1000, -1, 1, 10, 200, 1500])
        return self._put(file, "expiresAt", self._wall(timedelta(minutes=minutes)))

    def public(self) -> str:
        file = self._any(*_BY_CONSENT)
        if file is None:
            return ""
        now = field(self._text(file), "public")
        return self._put(file, "public", "false" if now == "true" else "true")

    def withdrawn(self) -> str:
        file = self._item()
        if file is None:
            return ""
        if field(self._text(file), "withdrawn"):
            return self._put(file, "withdrawn", None)
        other = self._item()
        where = f", replacedBy: {self._id(other)}" if other and self.random.random() < 0.7 else ""
        row = f"{{at: {self._wall(timedelta(hours=-1))}, reason: 内容有误{where}}}"
        return self._put(file, "withdrawn", row)

    def outlets(self) -> str:
        file = self._item()
        if file is None:
            return ""
        rows = ["{site: portal, column: xqdt}", "{site: zezhou, column: gzdt}"]
        rows += ["{site: chengqu, column: tzgg}", "{site: nowhere, column: gzdt}"]
        rows = self.random.sample(rows, self.random.randint(0, 2))
        return self._put(file, "outlets", f"[{', '.join(rows)}]" if rows else None)

    def former(self) -> str:
        file = self._item()
        if file is None:
            return ""
        ways = ["/a/1.html", "/a/", "/b.html", "/b.htm", "/gzdt/index.html", "/c", "/a/2.html"]
        rows = self.random.sample(ways, self.random.randint(0, 2))
        return self._put(file, "formerAddresses", f"[{', '.join(rows)}]" if rows else None)

    def relation(self) -> str:
        file, other = self._any("policies"), self._any("policies", "articles")
        if file is None or other is None:
            return ""
        self._put(file, "validity", self.random.choice(["valid", "repealed", "amended"]))
        name = self.random.choice(["replacedBy", "amendedBy", "interpretations"])
        row = f"{{record: {self._id(other)}, title: 有关的文件}}"
        return self._put(file, name, f"[{self._id(other) if name == 'interpretations' else row}]")

    def added(self) -> str:
        like = self._item() if self.random.random() < 0.7 else self._any()
        if like is None:
            return ""
        file = like.with_stem(f"{8000 + self._next()}")
        self._write(file, self._text(like).replace("title: ", f"title: 新{self._count}", 1))
        return f"{self._name(file)}: like {like.name}"

    def deleted(self) -> str:
        file = self._item() if self.random.random() < 0.6 else self._any()
        if file is None:
            return ""
        file.unlink()
        return f"{self._name(file)}: deleted"

    def renamed(self) -> str:
        file = self._item() if self.random.random() < 0.7 else self._any()
        if file is None:
            return ""
        number = self._next()
        folder = file.with_suffix("")
        if folder.is_dir() and self.random.random() < 0.5:
            folder.rename(folder.with_name(f"{7000 + number}"))
        file.rename(file.with_stem(f"{7000 + number}"))
        return f"{self._name(file)}: renamed to {7000 + number}"

    def moved(self) -> str:
        file = self._item()
        if file is None:
            return ""
        unit = self.random.choice(self._units())
        inner = file.relative_to(self.content / "units").parts[1:]
        target = unit.joinpath(*inner).with_stem(f"{6000 + self._next()}")
        target.parent.mkdir(parents=True, exist_ok=True)
        file.rename(target)
        return f"{self._name(file)}: moved to {self._name(target)}"

    def table(self) -> str:
        tables = sorted((self.content / "units").rglob("*.csv"))
        if not tables:
            return ""
        file = self.random.choice(tables)
        match self.random.randrange(3):
            case 0:
                lines = self._text(file).splitlines(keepends=True)
                self._write(file, "".join(lines[:1] + lines[2:]))
            case 1:
                file.unlink()
            case _:
                self._write(file, self._text(file).replace("1", "2", 1))
        return f"{self._name(file)}: rows changed"

    # Files beside records

    def asset_added(self) -> str:
        file = self._item()
        if file is None:
            return ""
        number = self._next()
        target = file.with_suffix("") / self.random.choice([f"p{number}.png", f"p{number}.pdf"])
        target.parent.mkdir(exist_ok=True)
        data = pdf(f"Plan {number}") if target.suffix == ".pdf" else png(number % 200, 9, 9, 8, 8)
        target.write_bytes(data)
        if self.random.random() < 0.6:
            way = f"{target.parent.name}/{target.name}"
            self._write(file, self._text(file) + f"\n[第{number}号附件全文]({way})\n")
        return f"{self._name(target)}: added"

    def _asset(self) -> Path | None:
        units = self.content / "units"
        found = [file for end in ("png", "pdf", "docx") for file in units.rglob(f"*.{end}")]
        return self.random.choice(sorted(found)) if found else None

    def asset_changed(self) -> str:
        file = self._asset()
        if file is None:
            return ""
        file.write_bytes(file.read_bytes() + b"\n")
        return f"{self._name(file)}: changed"

    def asset_removed(self) -> str:
        file = self._asset()
        if file is None:
            return ""
        file.unlink()
        return f"{self._name(file)}: removed"

    # Sites, units, the group

    def columns(self) -> str:
        file = self._site()
        if file is None:
            return ""
        text = self._text(file)
        before, mark, rest = text.partition("columns:\n")
        rows = re.split(r"(?m)^(?=  - )", rest)
        end = re.search(r"(?m)^\S", rows[-1])
        tail = rows[-1][end.start() :] if end else ""
        rows[-1] = rows[-1][: end.start()] if end else rows[-1]
        rows = [row for row in rows if row]
        at = self.random.randrange(len(rows)) if rows else 0
        number = self._next()
        if not rows:
            return ""
        match self.random.randrange(8):
            case 0:
                rows[at] = re.sub(r"title: (.*)", rf"title: \g<1>{number}", rows[at], count=1)
                done = "retitled"
            case 1:
                rows.insert(at, _COLUMN.format(number=number))
                done = "one added"
            case 2 if len(rows) > 1:
                rows.pop(at)
                done = "one removed"
            case 3:
                self.random.shuffle(rows)
                done = "shuffled"
            case 4:
                size = self.random.choice([5, 6, 20])
                rows[at] = rows[at].rstrip("\n") + f"\n    pageSize: {size}\n"
                done = f"{at}: pageSize {size}"
            case 5:
                kinds = ["policy", "message", "leader", "unit", "article", "adoption", "fee"]
                kind = self.random.choice(kinds)
                group = self.random.choice(["", "    from: group\n"])
                if "collects:" not in rows[at] and "children:" not in rows[at]:
                    rows[at] = rows[at].rstrip("\n") + f"\n    collects: [{kind}]\n{group}"
                done = f"{at}: collects {kind}"
            case 6:
                name = self.random.choice(["hidden", "showOnHome"])
                if "children:" not in rows[at]:
                    rows[at] = rows[at].rstrip("\n") + f"\n    {name}: true\n"
                done = f"{at}: {name}"
            case _:
                rows[at] = re.sub(
                    r"(?m)^( +)description: .*", rf"\g<1>description: 第{number}版。", rows[at]
                )
                done = f"{at}: described anew"
        self._write(file, before + mark + "".join(rows) + tail)
        return f"{self._name(file)}: columns: {done}"

    def site_settings(self) -> str:
        file = self._site()
        if file is None:
            return ""
        number = self._next()
        name, value = self.random.choice([
            ("title", f"晋城在线第{number}版"),
            ("subtitle", f"第{number}版"),
            ("url", f"https://www{number}.jincheng-sample.gov.cn/"),
            ("theme", f'{{primary: "#1f5f{number % 90 + 10}", accent: "#c8102e"}}'),
            ("contact", f"{{address: 晋城市示例街{number}号, phone: 0356-2000002}}"),
            ("friendLinks", "[{title: 山西省人民政府, url: https://www.shanxi.gov.cn/}]"),
            ("home", self.random.choice(["{sections: [tzgg]}", "{sections: [zcwj, ldxx]}"])),
            ("redirects", f"[{{from: /x/{number}.html, to: /gzdt/}}]"),
            ("host", f"晋城市第{number}局"),
            ("role", self.random.choice(["portal", "subsite"])),
        ])  # fmt: skip
        return self._put(file, name, value)

    def unit_settings(self) -> str:
        file = self.random.choice(self._units()) / "unit.yml"
        if not file.is_file():
            return ""
        number = self._next()
        parents = [unit.name for unit in self._units() if unit.name != file.parent.name]
        name, value = self.random.choice([
            ("name", f"晋城市第{number}局"),
            ("shortName", f"第{number}局"),
            ("parent", self.random.choice(parents)),
            ("parent", None),
            ("order", str(self.random.randint(1, 90))),
            ("phone", f"0356-{2000000 + number}"),
            ("headName", "赵某（示例）"),
            ("type", self.random.choice(["county", "department", "city"])),
        ])  # fmt: skip
        return self._put(file, name, value)

    def site_gone(self) -> str:
        file = self._site()
        if file is None or (file.parent.name == "portal" and self.random.random() < 0.8):
            return ""
        self._mended[file] = file.read_bytes()
        file.unlink()
        return f"{self._name(file)}: deleted"

    def unit_gone(self) -> str:
        unit = self.random.choice(self._units())
        if unit.name == "portal":
            return ""
        if self.random.random() < 0.5:
            (unit / "unit.yml").unlink(missing_ok=True)
            return f"{self._name(unit)}/unit.yml: deleted"
        shutil.rmtree(unit)
        return f"{self._name(unit)}: deleted"

    def group(self) -> str:
        file = self.content / "group.yml"
        if not file.is_file():
            return ""
        number = self._next()
        name, value = self.random.choice([
            ("name", f"晋城市政府网站群第{number}版"),
            ("sampleNotice", f"本站为演示样例第{number}版"),
            ("allowedExternalHosts", f"[www{number}.12306.cn]"),
            ("portal", self.random.choice(["portal", "portal", "zezhou"])),
            ("migrationBaseline", None),
            ("city", f"晋城{number}"),
        ])  # fmt: skip
        return self._put(file, name, value)

    def roles(self) -> str:
        file = self.content / "governance" / "roles.yml"
        if not file.is_file():
            return ""
        text = self._text(file)
        match self.random.randrange(3):
            case 0:
                text = text.replace("name: 王某", "name: 赵某", 1)
            case 1:
                text = text.replace("person: p-0002", "person: p-9999", 1)
            case _:
                text += f"# {self._next()}\n"
        self._write(file, text)
        return f"{self._name(file)}: changed"

    def reference(self) -> str:
        folder = self.content / "reference"
        files = sorted(file for file in folder.rglob("*.yml"))
        named = [file for file in files if file.stem in {"thresholds", "themes", "article20"}]
        file = self.random.choice(named if named and self.random.random() < 0.5 else files)
        text, number = self._text(file), self._next()
        match self.random.randrange(4):
            case 0:
                text = re.sub(
                    r"(?m)^( +(?:label|shortTitle|title): )(.*)$",
                    rf"\g<1>新{number}\g<2>",
                    text,
                    count=3,
                )
            case 1:
                text = re.sub(r"value: \d+", f"value: {number}", text, count=2)
            case 2:
                text += f"# {number}\n"
            case _:
                self._mended[file] = file.read_bytes()
                file.unlink()
                return f"{self._name(file)}: deleted"
        self._write(file, text)
        return f"{self._name(file)}: changed"

    # Faults

    def broken(self) -> str:
        shared = ["group.yml", "governance/roles.yml", "reference/themes.yml"]
        if self.random.random() < 0.15:
            file = self.content / self.random.choice(shared)
        elif self.random.random() < 0.25:
            file = self.random.choice(self._units()) / self.random.choice(["unit.yml", "site.yml"])
        else:
            file = self._any() or self.content / "group.yml"
        if not file.is_file():
            return ""
        before = file.read_bytes()
        self._mended.setdefault(file, before)
        match self.random.randrange(4):
            case 0:
                text = before.decode("utf-8", "surrogateescape")
                self._write(file, re.sub(r"(?m)^(title|name|status|column): .*\n", "", text))
                how = "a field less"
            case 1:
                file.write_bytes(before[:4] + b"a: [1, {\n" + before[4:])
                how = "torn"
            case 2:
                file.write_bytes(before + b"\xff\xfe")
                how = "no text"
            case _:
                file.write_bytes(b"")
                how = "empty"
        return f"{self._name(file)}: broken: {how}"

    def mended(self) -> str:
        if not self._mended:
            return ""
        file = self.random.choice(sorted(self._mended))
        data = self._mended.pop(file)
        if data is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return f"{self._name(file)}: mended"

    def badly_named(self) -> str:
        file = self.random.choice(self._units()) / self.random.choice(_BAD_NAMES)
        if file.exists():
            return ""
        self._write(file, "---\ntitle: 测试\n---\n\n正文\n")
        self._mended[file] = None
        return f"{self._name(file)}: added"

    # The theme

    def template(self) -> str:
        files = sorted((self.root / "theme" / "fragments").rglob("*.html"))
        file, number = self.random.choice(files), self._next()
        self._write(file, self._text(file).replace('class="gk-', f'class="t{number} gk-', 1))
        return f"{self._name(file)}: changed"

    def dated_template(self) -> str:
        file = self.root / "theme/fragments/page/article.html"
        self._write(
            file,
            self._text(file).replace(
                "{{ body }}", "{{ body }}{{ listing.now.strftime('%Y-%m-%d') }}", 1
            ),
        )
        return f"{self._name(file)}: tells the day"

    def frame(self) -> str:
        names = ("main.html", "base.html", "partials/site-footer.html", "partials/site-header.html")
        file, number = self.root / "theme" / self.random.choice(names), self._next()
        text = self._text(file)
        changed = text.replace('class="gk-', f'class="f{number} gk-', 1)
        self._write(file, changed if changed != text else f"{text}<!-- {number} -->\n")
        return f"{self._name(file)}: changed"

    def style(self) -> str:
        file = self.root / "theme/assets/gongkai.css"
        if self.random.random() < 0.3:
            file = self.root / f"theme/assets/images/new{self._next()}.svg"
            file.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        else:
            self._write(file, self._text(file) + f".x{self._next()} {{ color: red }}\n")
        return f"{self._name(file)}: changed"

    # Time

    def later(self) -> str:
        step = self.random.choice([
            timedelta(minutes=1),
            timedelta(minutes=11),
            timedelta(minutes=50),
            timedelta(hours=2),
            timedelta(hours=12),
            timedelta(days=1),
            timedelta(days=8),
            timedelta(days=75),
        ])  # fmt: skip
        self.now += step
        return f"{step} later: {self._wall()}"

    def to_the_minute(self) -> str:
        """Forward to just the moment at which the next thing happens."""
        times = [
            found
            for file in self._records()
            for name in ("publishedAt", "expiresAt")
            if (found := field(self._text(file), name)) > self._wall()
        ]
        if not times:
            return ""
        seconds = self.random.choice([-1, 0, 1, 59, 60])
        try:
            wall = datetime.fromisoformat(min(times)).replace(tzinfo=UTC)
        except ValueError:
            return ""
        self.now = max(self.now, wall - _WALL + timedelta(seconds=seconds))
        return f"the clock says {self.now + _WALL}"

    # Git

    def commit(self) -> str:
        if self.git is None:
            return ""
        return f"git commit: {self.git.commit()[:8]}"

    def branch(self) -> str:
        if self.git is None:
            return ""
        back = self.random.randint(0, 2)
        number = self._next()
        try:
            self.git.commit()
            self.git.git("checkout", "-q", "-b", f"b{number}", f"HEAD~{back}")
        except Exception:
            return ""
        return f"git checkout -b b{number} HEAD~{back}"

    def main_line(self) -> str:
        if self.git is None:
            return ""
        self.git.commit()
        self.git.git("checkout", "-q", "main")
        return "git checkout main"

    def reset(self) -> str:
        if self.git is None:
            return ""
        back = self.random.randint(0, 1)
        try:
            self.git.git("reset", "-q", "--hard", f"HEAD~{back}")
        except Exception:
            return ""
        return f"git reset --hard HEAD~{back}"

    # The cache and what was built

    def _cached(self) -> list[Path]:
        files = (file for file in self.cache.rglob("*") if file.is_file() and not file.is_symlink())
        return sorted(file for file in files if "templates" not in file.parts)

    def remember_cache(self) -> None:
        """Keeps some of the cache as it is, to be put back later as what is out of date."""
        for file in self._cached():
            self._former.setdefault(file, file.read_bytes())

    def cache_damaged(self) -> str:
        files = self._cached()
        if not files:
            return ""
        done = []
        for file in self.random.sample(files, min(len(files), self.random.choice([1, 1, 3, 20]))):
            data = file.read_bytes()
            match self.random.randrange(4):
                case 0 if data:
                    at = self.random.randrange(len(data))
                    file.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
                case 1:
                    file.write_bytes(data[: self.random.randrange(len(data) + 1)])
                case 2:
                    file.write_bytes(data.replace(b" key ", b" yek ", 1))
                case _:
                    file.unlink()
            done.append(file.relative_to(self.cache).as_posix())
        return f"damaged: {done}"

    def cache_gone(self) -> str:
        shutil.rmtree(self.cache / self.random.choice(["", "kept", "history", "here"]), True)
        return "the cache is gone"

    def cache_out_of_date(self) -> str:
        files = [
            file for file in self._former if file.parent.is_dir() and "templates" not in file.parts
        ]
        if not files:
            return ""
        done = []
        for file in self.random.sample(files, min(len(files), self.random.choice([1, 2, 8, 60]))):
            file.write_bytes(self._former[file])
            done.append(file.relative_to(self.cache).as_posix())
        return f"out of date: {done}"

    def output_damaged(self) -> str:
        match self.random.randrange(5):
            case 0:
                shutil.rmtree(self.out, ignore_errors=True)
                return "the output is gone"
            case 1:
                shutil.rmtree(self.out / ".gongkai", ignore_errors=True)
                return "all tokens are gone"
            case 2:
                for name in ("sites.json", "index.html"):
                    (self.out / name).unlink(missing_ok=True)
                return "sites.json is gone"
        site = self._site()
        if site is None:
            return ""
        name = site.parent.name
        if self.random.random() < 0.5:
            shutil.rmtree(self.out / name, ignore_errors=True)
            return f"the folder of {name} is gone"
        (self.out / ".gongkai" / name).unlink(missing_ok=True)
        return f"the token of {name} is gone"

    def one(self) -> tuple[str, str]:
        """Makes one random edit; its name, and what it did."""
        while True:
            edit = self.random.choices(self._edits, self._weights)[0]
            if done := edit():
                return edit.__name__, done

    @property
    def _edits(self) -> list[Edit]:
        return [edit for edit, _ in self._rows()]

    @property
    def _weights(self) -> list[int]:
        return [weight for _, weight in self._rows()]

    def _rows(self) -> list[tuple[Edit, int]]:
        rows = [
            (self.title, 4), (self.item_title, 4), (self.body, 5), (self.date, 4),
            (self.item_column, 3), (self.pinned, 3), (self.expires, 3), (self.public, 3),
            (self.withdrawn, 5), (self.outlets, 4), (self.former, 4), (self.relation, 4),
            (self.added, 4), (self.deleted, 5), (self.renamed, 4), (self.moved, 4),
            (self.table, 2), (self.asset_added, 3), (self.asset_changed, 3),
            (self.asset_removed, 3), (self.columns, 6), (self.site_settings, 5),
            (self.unit_settings, 5), (self.site_gone, 1), (self.unit_gone, 1), (self.group, 2),
            (self.roles, 2), (self.reference, 4), (self.broken, 6), (self.mended, 8),
            (self.badly_named, 3), (self.template, 2), (self.dated_template, 1), (self.frame, 1),
            (self.style, 1), (self.later, 6), (self.to_the_minute, 6), (self.cache_damaged, 4),
            (self.cache_gone, 1), (self.cache_out_of_date, 3), (self.output_damaged, 4),
        ]  # fmt: skip
        if self.git is not None:
            rows += [(self.commit, 8), (self.branch, 5), (self.main_line, 4), (self.reset, 5)]
        return rows


_COLUMN = """\
  - id: col{number}
    title: 新栏目{number}
    type: 工作动态
    description: 第{number}个新栏目。
    keywords: [新栏目]
"""
