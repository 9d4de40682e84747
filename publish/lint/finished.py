"""Rules about finished files: their documentation. `publish.preflight` and `publish.check` look at the files.

A rule on e-books that Ace by DAISY knows too bears Ace's name, and that is what `publish check` prints; the
code is for the list of all rules.
"""

from publish.diagnostic import Severity
from publish.lint.lists import rows
from publish.lint.rule import Kind, Rule, register

_DOC = "{}\n\n{}\n\nFix: {}\nSource: {}."


def _declare() -> None:
    """Read the file `finished`, which says how it is written."""
    named: dict[str, str] = {}
    for row in rows("finished"):
        name, is_name, words = row.partition(" = ")
        if is_name:
            named[name] = words
            continue
        head, _, told = row.format(**named).partition(": ")
        code, name, severity = head.split()
        doc = _DOC.format(*told.split(" | "))
        register(Rule(code=code, name=name, kind=Kind.FILE, severity=Severity[severity.upper()], doc=doc))


_declare()
