"""The language server as an editor meets it: a process, spoken to over standard input and output."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from publish import build
from publish.document import same
from publish.server import books
from publish.server.books import Ruler
from tests.office import docx

TEXT = '𝔄 Story\n\nChapter 1\n\n"𝔗he river" -- it was the the river.\n\nThey didn\'t know (and left.\n'
CLEAN = "𝔄 Story\n\nChapter 1\n\n“𝔗he river”—it was the the river.\n\nThey didn’t know (and left.\n"


class Editor:
    """A client that sends requests and waits for what it is told."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self.number = 0
        self.heard: list[dict[str, Any]] = []

    def send(self, method: str, params: object, number: int | None = None) -> None:
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        data = json.dumps(message).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        out = self.process.stdout
        assert out
        length = 0
        while (line := out.readline().strip()) or not length:
            assert line or self.process.poll() is None, "the server is gone"
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(out.read(length))
        self.heard.append(message)
        return message

    def ask(self, method: str, params: object) -> Any:
        self.number += 1
        self.send(method, params, self.number)
        while (message := self.hear()).get("id") != self.number or "method" in message:
            pass
        assert "error" not in message, message
        return message["result"]

    def findings(self, path: Path) -> list[dict[str, Any]]:
        """The next diagnostics of a file."""
        while True:
            message = self.hear()
            told = message.get("method") == "textDocument/publishDiagnostics"
            if told and message["params"]["uri"] == path.as_uri():
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        document = {"uri": path.as_uri(), "languageId": "plaintext", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        return self.findings(path)

    def change(self, path: Path, text: str, version: int) -> list[dict[str, Any]]:
        document = {"uri": path.as_uri(), "version": version}
        self.send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return self.findings(path)

    def actions(self, path: Path, where: dict[str, Any], *only: str) -> list[dict[str, Any]]:
        context: dict[str, Any] = {"diagnostics": []} | ({"only": only} if only else {})
        params = {"textDocument": {"uri": path.as_uri()}, "range": where, "context": context}
        given: list[dict[str, Any]] = self.ask("textDocument/codeAction", params)
        return given


@contextmanager
def editor(folder: Path) -> Iterator[Editor]:
    code = "import sys; from publish.cli import main; sys.exit(main(['lsp']))"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
    )
    with process:
        client = Editor(process)
        answer = client.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        assert answer["capabilities"]["textDocumentSync"]["change"] == 1
        assert answer["capabilities"]["hoverProvider"]
        client.send("initialized", {})
        yield client
        client.ask("shutdown", None)
        client.send("exit", None)
        assert process.wait(20) == 0


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """The text with edits made as an editor makes them, columns counted in UTF-16."""
    ruler = Ruler(text, "utf-16")
    ranges = [
        (
            ruler.offset(edit["range"]["start"]["line"], edit["range"]["start"]["character"]),
            ruler.offset(edit["range"]["end"]["line"], edit["range"]["end"]["character"]),
            edit["newText"],
        )
        for edit in edits
    ]
    for start, end, new in sorted(ranges, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def short(items: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Where findings begin, but for letters that count twice in UTF-16, which no face of print has."""
    items = [item for item in items if item["code"] != "PRT001"]
    starts = [item["range"]["start"] for item in items]
    return sorted(
        (item["code"], at["line"], at["character"], item["severity"])
        for item, at in zip(items, starts, strict=True)
    )


def test_a_session_of_an_author(tmp_path: Path) -> None:
    """Open, read what is found, ask why, fix one thing, fix all, keep one thing as it is."""
    folder = tmp_path / "my book"
    folder.mkdir()
    (folder / "book.toml").write_text('[book]\ntitle = "A Story"\nauthor = "Ada"\nlanguage = "en"\n', "utf-8")
    path = folder / "story.txt"
    path.write_text("An older text.\n", "utf-8")
    with editor(folder) as client:
        found = client.open(path, TEXT)
        assert short(found) == [
            ("DSH001", 4, 12, 4),
            ("PUN001", 4, 27, 2),
            ("PUN005", 6, 17, 2),
            ("QUO001", 4, 0, 4),
            ("QUO001", 4, 11, 4),
            ("QUO001", 6, 9, 4),
        ]
        assert "Delete the second word" in next(i for i in found if i["code"] == "PUN001")["message"]

        doubled = next(item["range"] for item in found if item["code"] == "PUN001")
        where = {"textDocument": {"uri": path.as_uri()}, "position": doubled["start"]}
        page = client.ask("textDocument/hover", where)["contents"]
        assert page["kind"] == "markdown"
        assert page["value"].startswith("**PUN001** doubled-word\n\n")
        nothing = {"textDocument": {"uri": path.as_uri()}, "position": {"line": 1, "character": 0}}
        assert client.ask("textDocument/hover", nothing) is None

        fix, keep = client.actions(path, doubled)
        assert fix["title"].endswith("(PUN001, changes the book)")
        text = applied(TEXT, fix["edit"]["changes"][path.as_uri()])
        assert text == TEXT.replace("the the", "the")
        assert "PUN001" not in [item["code"] for item in client.change(path, text, 2)]

        [every] = client.actions(path, doubled, "source.fixAll")
        assert every["kind"] == "source.fixAll.publish"
        text = applied(text, every["edit"]["changes"][path.as_uri()])
        assert text == CLEAN.replace("the the", "the")
        assert short(client.change(path, text, 3)) == [("PUN005", 6, 17, 2)]
        assert client.actions(path, doubled, "source.fixAll") == []

        toml = folder / "book.toml"
        kept = applied(toml.read_text("utf-8"), keep["edit"]["changes"][toml.as_uri()])
        toml.write_text(kept, "utf-8")
        assert [item["code"] for item in client.change(path, TEXT, 4)].count("PUN001") == 0
    assert path.read_text("utf-8") == "An older text.\n", "an editor's file is its own"
    assert "PUN001" in kept
    path.write_text(text, "utf-8")
    book = build.assemble(build.load([folder])).book
    path.write_text(TEXT.replace("the the", "the"), "utf-8")
    assert same(book, build.assemble(build.load([folder])).book)


def test_a_book_that_cannot_be_read_is_told_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Chapter 1\n\nIt rained.\n", "utf-8")
    (tmp_path / "book.toml").write_text("[book]\ntittle = 1\n", "utf-8")
    with editor(tmp_path) as client:
        [trouble] = client.open(path, "Chapter 1\n\nIt rained.\n")
        assert "[book] has no key “tittle”" in trouble["message"]
        assert trouble["severity"] == 1
        (tmp_path / "book.toml").write_text("", "utf-8")
        assert "tittle" not in str(client.change(path, "Chapter 1\n\nIt rained, he said.\n", 2))


def test_columns_are_counted_as_the_editor_counts_them() -> None:
    text = "a𝔄b\r\nc\x0cd\re"
    for encoding, column in (("utf-8", 5), ("utf-16", 3), ("utf-32", 2)):
        ruler = Ruler(text, encoding)
        assert ruler.place(2) == (0, column)
        assert ruler.offset(0, column) == 2
        assert ruler.place(text.index("d")) == (1, 2)
        assert ruler.place(len(text)) == (2, 1)
        assert ruler.offset(9, 0) == len(text)


def test_the_difference_of_two_texts_is_one_range() -> None:
    for old, new in (("abc", "abc"), ("abc", "axc"), ("aaa", "aa"), ("", "a"), ("ab", ""), ("abab", "ab")):
        start, end, between = build.difference(old, new)
        assert old[:start] + between + old[end:] == new


def test_places_in_a_document_are_its_paragraphs(tmp_path: Path) -> None:
    """Editors show no documents, but lists of findings; a line of these is a paragraph."""
    path = tmp_path / "story.docx"
    path.write_bytes(docx(["Chapter 1", "It was the the ferryman who laughed, and nobody asked him why."]))
    checked = books.check(path, {})
    source = checked.source(path)
    assert source
    (item,) = (item for item in checked.found if item.code == "PUN001")
    assert Ruler(source.visible.text, "utf-16", source.seen).place(item.span.start) == (1, 11)
