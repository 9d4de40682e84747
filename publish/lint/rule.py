"""What a rule is, how one is declared, and the registry of all.

A rule is one declaration that holds everything: the check (if there is one), its documentation, its
examples. The documentation is printed by `publish rules`, the examples are run by the tests. Five kinds
differ in who finds the fault: a function over the text of the book (`text_rule`), a function over its
structure (`book_rule`), a repair of the normalizer (`mirror`), a judgement of the normalizer (`reported`), or
the preflight of a finished file (`publish.preflight`).
"""

import inspect
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TypedDict, Unpack

from msgspec import Struct
from msgspec.structs import replace

from publish.config import Config
from publish.diagnostic import Diagnostic, Fix, Safety, Severity
from publish.lint.reading import Reading
from publish.normalize.result import Normalized
from publish.source import Change, Edit, Run, Span
from publish.writing import writings

FAMILIES = {
    "ENC": "Encoding",
    "SPC": "Spaces and lines",
    "QUO": "Quotation marks",
    "DSH": "Dashes and dots",
    "PUN": "Words and punctuation",
    "OCR": "Traces of scanning",
    "STR": "Structure and order",
    "CON": "Consistency",
    "MED": "Pictures and notes",
    "MET": "Title, author and the like",
    "PRT": "The printed book",
    "EPB": "The e-book",
    "DOC": "Documents of word processors, pages and exports",
    "CFG": "The file book.toml",
    "PDF": "A finished PDF",
}
"""The three letters that begin a code, and what they stand for."""


class Kind(StrEnum):
    """Who finds what a rule is about."""

    TEXT = "text"
    BOOK = "book"
    MIRROR = "mirror"
    REPORTED = "reported"
    FILE = "file"


class Hit(Struct, frozen=True):
    """One find of a text rule; offsets are those of `Reading.text`."""

    start: int
    end: int
    message: str
    right: str | None = None
    """What would mend it; None where nothing is proposed."""
    title: str = ""
    """The fix in the imperative, for editors, where it is not to write what is right."""
    severity: Severity | None = None
    """Where this find weighs otherwise than its rule says."""
    at: tuple[int, int] | None = None
    """What the fix replaces, where that is not the marked range."""


class Example(Struct, frozen=True):
    """A text in which ⟦ ⟧ mark what the rule finds, and the text after the fix."""

    before: str
    after: str | None = None
    """None where the rule has no fix."""
    sheet: str = ""
    """What the style sheet kept with the book has, as `publish.lint.kept.of_words` reads it."""


TextCheck = Callable[[Reading], Iterator[Hit]]
BookCheck = Callable[["Normalized", Config], Iterator[Diagnostic]]


class Rule(Struct, frozen=True, kw_only=True):
    """One rule with its documentation and its examples."""

    code: str
    name: str
    kind: Kind
    severity: Severity = Severity.WARNING
    """For a reported rule the usual one; the normalizer may lower it."""
    safety: Safety | None = None
    """Of the fix, which an example shows; None where the author alone can mend it."""
    since: str = "0.1"
    doc: str
    examples: tuple[Example, ...] = ()
    """Of a reported rule and of a mirror whose effect needs one: whole manuscripts; else passages."""
    passes: tuple[str, ...] = ()
    """Passages that are right; where none is given, what the first example is mended to."""
    repairs: tuple[Example, ...] = ()
    """What the normalizer mends by itself under the code of a rule that is no mirror; told as a note."""
    language: str = ""
    """The only primary language (BCP 47) to whose books the rule applies; empty: all."""
    text: TextCheck | None = None
    book: BookCheck | None = None

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    @property
    def summary(self) -> str:
        """What is wrong, in one sentence."""
        return self.doc.split("\n", 1)[0]

    def mended(self, severity: Severity) -> bool:
        """Tell whether a finding of this severity is a repair that the book has already."""
        return self.kind is Kind.MIRROR or (bool(self.repairs) and severity == Severity.INFO)

    @property
    def advice(self) -> str:
        """What to do about it, in one sentence."""
        match = re.search(r"^Fix: (.+?)(?=\n\S+:|\n\n|\Z)", self.doc, re.MULTILINE | re.DOTALL)
        text = " ".join(match[1].split()) if match else ""
        return re.split(r"(?<=[.!?]) (?=[A-Z])", text, maxsplit=1)[0]


RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order of declaration."""
MERGED = {
    "OCR003": ("PUN030", "OCR008"), "PUN016": ("PUN030",), "PUN020": ("PUN027",), "PUN026": ("PUN015",),
    "QUO020": ("QUO019",),
}  # fmt: skip
"""Rules that there were: what they told others tell now."""


def register(rule: Rule) -> None:
    """Add a rule to the registry; ValueError for a code that is taken or malformed."""
    if not re.fullmatch(r"[A-Z]{3}\d{3}", rule.code) or rule.family not in FAMILIES:
        raise ValueError(f"{rule.code!r} is not a rule code")
    if rule.code in RULES:
        raise ValueError(f"{rule.code} is already the code of {RULES[rule.code].name}")
    if mended := tuple(example.after for example in rule.examples if example.after is not None):
        usual = Safety.SAFE if rule.kind is Kind.MIRROR else Safety.UNSAFE
        rule = replace(rule, safety=rule.safety or usual, passes=rule.passes or mended[:1])
    RULES[rule.code] = rule


class Facts(TypedDict, total=False):
    """What a declaration may say beside code and name; see the fields of `Rule`."""

    examples: tuple[Example, ...]
    passes: tuple[str, ...]
    repairs: tuple[Example, ...]
    severity: Severity
    safety: Safety | None
    language: str
    since: str


def _named(check: Callable[..., object]) -> tuple[str, str]:
    """Give the name of a rule and its documentation, which are those of its check."""
    return check.__name__.replace("_", "-"), inspect.getdoc(check) or ""


def text_rule(code: str, **facts: Unpack[Facts]) -> Callable[[TextCheck], TextCheck]:
    """Declare a rule that looks at the text; blank lines part the paragraphs of its examples.

    A warning, unless `facts` say otherwise, and with an unsafe fix where an example shows one.
    """

    def declare(check: TextCheck) -> TextCheck:
        name, doc = _named(check)
        register(Rule(code=code, name=name, kind=Kind.TEXT, doc=doc, text=check, **facts))
        return check

    return declare


def book_rule(code: str, **facts: Unpack[Facts]) -> Callable[[BookCheck], BookCheck]:
    """Declare a rule that looks at the structure; its examples are whole manuscripts.

    A warning without a fix, unless `facts` say otherwise.
    """

    def declare(check: BookCheck) -> BookCheck:
        name, doc = _named(check)
        register(Rule(code=code, name=name, kind=Kind.BOOK, doc=doc, book=check, **facts))
        return check

    return declare


def mirror(code: str, name: str, doc: str, **facts: Unpack[Facts]) -> None:
    """Declare a rule for what the normalizer repairs in the book: its log is the list of the findings.

    A note, unless `facts` say otherwise, and with a safe fix where an example shows one.
    """
    stated: Facts = {"severity": Severity.INFO, **facts}
    register(Rule(code=code, name=name, kind=Kind.MIRROR, doc=inspect.cleandoc(doc), **stated))


def reported(code: str, name: str, doc: str, **facts: Unpack[Facts]) -> None:
    """Declare a rule whose findings the normalizer makes itself; its examples are whole manuscripts.

    A warning, unless `facts` say otherwise; there is no fix.
    """
    register(Rule(code=code, name=name, kind=Kind.REPORTED, doc=inspect.cleandoc(doc), **facts))


def found(rule: Rule, reading: Reading, hit: Hit) -> Diagnostic | None:
    """Carry a hit in the text of the book back to the author's file.

    It lies in one passage, or is all that parts two.
    """
    passage, start = reading.at(hit.start)
    if hit.end > start + len(passage.run.text):
        return _between(rule, reading, hit)
    at = hit.at or (hit.start, hit.end)
    item = diagnostic(rule, passage.run, replace(hit, start=hit.start - start, end=hit.end - start))
    edits = [] if hit.right is None else [Edit(at[0] - start, at[1] - start, hit.right, rule.code)]
    return item and replace(item, fix=_fix(rule, reading, hit, tuple(passage.run.changes(edits))))


def _between(rule: Rule, reading: Reading, hit: Hit) -> Diagnostic | None:
    """Give the finding that two passages are parted; what parts them in the file is white space."""
    (before, start), (after, begin) = reading.at(hit.start), reading.at(hit.end)
    first = before.run.span(hit.start - start, hit.start - start)
    second = after.run.span(hit.end - begin, hit.end - begin)
    last = before.run.span(hit.start - start - 1, hit.start - start)
    if not first or not second or not last or first.source != second.source or last.end >= second.start:
        return None
    span = Span(first.source, last.end, second.start)
    fix = _fix(rule, reading, hit, (Change(span, hit.right or "", exact=True, why=rule.code),))
    return Diagnostic(rule.code, rule.severity, hit.message, span, fix)


def _fix(rule: Rule, reading: Reading, hit: Hit, changes: tuple[Change, ...]) -> Fix | None:
    """Give a fix that can be written into the author's files; None where it cannot.

    It would touch what an earlier repair has already changed, or more than text.
    """
    sources = reading.normalized.sources
    writable = bool(changes) and all(writings(change, sources[change.span.source]) for change in changes)
    title = hit.title or f"Write “{hit.right}”"
    return Fix(title, changes, rule.safety) if rule.safety and writable else None


def diagnostic(rule: Rule, run: Run, hit: Hit) -> Diagnostic | None:
    """Carry a hit in one passage back to the author's file; None where the passage stands in no file."""
    span = run.span(hit.start, hit.end)
    if span is None:
        return None
    severity = rule.severity if hit.severity is None else hit.severity
    return Diagnostic(rule.code, severity, hit.message, span)
