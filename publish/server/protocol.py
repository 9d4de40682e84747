"""The language server protocol: what editors send and get, over standard input and output.

Texts are sent whole on each change, since the lines by which parts would be counted are not those of every
manuscript. A book is looked at when its author has paused.
"""

import asyncio
import os
import sys
from pathlib import Path

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from publish import __version__, build, lint
from publish.diagnostic import Diagnostic, Fix, PublishError, Severity
from publish.lint.formats import settled_by
from publish.server import books
from publish.server.books import Checked, Ruler
from publish.source import Source
from publish.writing import writings

_PAUSE = 0.3
"""Seconds without a change after which a book is looked at."""
_GRADES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
FIX_ALL = "source.fixAll.publish"


class Server(LanguageServer):
    """A server with the books that it has looked at."""

    def __init__(self) -> None:
        super().__init__("publish", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.checked: dict[Path, Checked] = {}
        """By the resolved path of each file of a book."""
        self.told: dict[Path, set[Path]] = {}
        """The files of which findings were told, by the file for whose sake a book was looked at."""
        self.turn = asyncio.Lock()

    def texts(self) -> dict[Path, str]:
        """Give the texts of all open files."""
        found = {}
        for document in self.workspace.text_documents.values():
            if document.uri.startswith("file:"):
                found[path_of(document.uri)] = document.source
        return found

    def ruler(self, source: Source) -> Ruler:
        """Give how the editor counts in a file."""
        kind = types.PositionEncodingKind(self.workspace.position_encoding or "utf-16")
        if source.in_paragraphs:
            return Ruler(source.visible.text, kind.value, source.seen)
        return Ruler(source.text, kind.value)

    async def look(self, uri: str, pause: float = _PAUSE) -> None:
        """Look at a book once its author has paused, and tell what is found."""
        if not uri.startswith("file:"):
            return
        path = path_of(uri)
        before = self.texts().get(path)
        await asyncio.sleep(pause)
        async with self.turn:
            texts = self.texts()
            if texts.get(path) != before:
                return
            try:
                checked = await asyncio.to_thread(books.check, path, texts)
            except PublishError as error:
                self._tell_trouble(path, f"{error.message} {error.hint}".strip())
                return
            self._tell(path, checked)

    def current(self, uri: str) -> tuple[Checked, Source, Ruler] | None:
        """Give what is known of a file, if its text has not changed since it was looked at."""
        path = path_of(uri)
        checked = self.checked.get(path)
        source = checked.source(path) if checked else None
        text = self.texts().get(path)
        if checked is None or source is None or (text is not None and text != source.text):
            return None
        return checked, source, self.ruler(source)

    def _tell(self, path: Path, checked: Checked) -> None:
        now: dict[Path, list[types.Diagnostic]] = {}
        for key, source in checked.sources.items():
            place = Path(source.path).resolve()
            self.checked[place] = checked
            items = [item for item in checked.found if item.span.source == key]
            items.sort(key=lambda item: -item.severity)
            ruler = self.ruler(source)
            # A document of a word processor is one file with several sources.
            now.setdefault(place, []).extend(_diagnostic(item, ruler) for item in items)
        for place, told in now.items():
            self._publish(place, told)
        for place in self.told.get(path, set()) - now.keys():
            self._publish(place, [])
        self.told[path] = set(now)

    def _tell_trouble(self, path: Path, message: str) -> None:
        start = types.Position(0, 0)
        whole = types.Diagnostic(
            types.Range(start, start), message, severity=types.DiagnosticSeverity.Error, source="publish"
        )
        self.checked.pop(path, None)
        self._publish(path, [whole])

    def _publish(self, path: Path, items: list[types.Diagnostic]) -> None:
        params = types.PublishDiagnosticsParams(path.as_uri(), items)
        self.text_document_publish_diagnostics(params)


def path_of(uri: str) -> Path:
    """Give the path that a URI names, links followed."""
    return Path(uris.to_fs_path(uri) or "").resolve()


def _range(ruler: Ruler, start: int, end: int) -> types.Range:
    return types.Range(types.Position(*ruler.place(start)), types.Position(*ruler.place(end)))


def _diagnostic(item: Diagnostic, ruler: Ruler) -> types.Diagnostic:
    rule = lint.RULES[item.code]
    repaired = rule.mended(item.severity)
    return types.Diagnostic(
        range=_range(ruler, item.span.start, item.span.end),
        message=item.message if repaired else f"{item.message}\n{rule.advice}",
        severity=types.DiagnosticSeverity.Hint if repaired else _GRADES[item.severity],
        code=item.code,
        source="publish",
    )


def _edits(fix: Fix, server: Server, checked: Checked) -> types.WorkspaceEdit:
    changes: dict[str, list[types.TextEdit]] = {}
    for change in fix.changes:
        source = checked.sources[change.span.source]
        for start, end, text in writings(change, source):
            place = _range(server.ruler(source), start, end)
            changes.setdefault(_uri(source), []).append(types.TextEdit(place, text))
    return types.WorkspaceEdit(changes=changes)


def _uri(source: Source) -> str:
    return Path(source.path).resolve().as_uri()


server = Server()


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
async def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    await ls.look(params.text_document.uri, 0)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
async def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    await ls.look(params.text_document.uri)


@server.feature(types.TEXT_DOCUMENT_DID_SAVE)
async def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    await ls.look(params.text_document.uri, 0)


@server.feature(types.TEXT_DOCUMENT_HOVER)
def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    known = ls.current(params.text_document.uri)
    if known is None:
        return None
    checked, source, ruler = known
    at = ruler.offset(params.position.line, params.position.character)
    found = checked.at(source, at, at)
    text = books.page([item.code for item in found])
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if found else None


@server.feature(
    types.TEXT_DOCUMENT_CODE_ACTION,
    types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
)
async def _actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    known = ls.current(params.text_document.uri)
    if known is None:
        return []
    checked, source, ruler = known
    if any(FIX_ALL.startswith(kind) for kind in params.context.only or ()):
        return await _fix_all(checked, source, ruler)
    start = ruler.offset(params.range.start.line, params.range.start.character)
    end = ruler.offset(params.range.end.line, params.range.end.character)
    return _quick_fixes(ls, checked, checked.at(source, start, end), ruler)


def _quick_fixes(
    server: Server, checked: Checked, found: list[Diagnostic], ruler: Ruler
) -> list[types.CodeAction]:
    """Give the fixes of findings, and the lines of book.toml that settle them."""
    given: list[types.CodeAction] = []
    for item in found:
        about = [_diagnostic(item, ruler)]
        if item.fix:
            title = (
                f"{item.fix.title} ({item.code}{'' if item.fix.safety == 'safe' else ', changes the book'})"
            )
            edits = _edits(item.fix, server, checked)
            given.append(
                types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=about, edit=edits)
            )
    given += [action for item in found if (action := _settling(server, checked, item, ruler))]
    return given


def _settling(server: Server, checked: Checked, item: Diagnostic, ruler: Ruler) -> types.CodeAction | None:
    """Give the action that adds the lines that settle or silence a finding at the end of book.toml."""
    settings = checked.manuscript.settings
    lines = settled_by(item, checked.sources)
    if settings is None or not lines.startswith("[["):
        # Tables that may stand once could be there already.
        return None
    if server.texts().get(Path(settings.path).resolve(), settings.text) != settings.text:
        return None
    end = len(settings.text)
    gap = "\n" if settings.text.endswith("\n") else "\n\n"
    edit = types.TextEdit(_range(server.ruler(settings), end, end), f"{gap}{lines}\n")
    return types.CodeAction(
        f"Leave it as it is: {item.code} here, in book.toml",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(item, ruler)],
        edit=types.WorkspaceEdit(changes={_uri(settings): [edit]}),
    )


async def _fix_all(checked: Checked, source: Source, ruler: Ruler) -> list[types.CodeAction]:
    text = await asyncio.to_thread(books.all_fixed, checked, source)
    if text == source.text:
        return []
    start, end, new = build.difference(source.text, text)
    edit = types.WorkspaceEdit(changes={_uri(source): [types.TextEdit(_range(ruler, start, end), new)]})
    return [types.CodeAction("Make all safe fixes", kind=FIX_ALL, edit=edit)]


def serve() -> None:
    """Speak with an editor until it says goodbye."""
    # The server closes its streams; those of the process are not its own.
    server.start_io(os.fdopen(os.dup(sys.stdin.fileno()), "rb"), os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
