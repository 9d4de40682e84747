"""Foreign words that can be known for sure: those in another script than the book's."""

import re
from functools import cache

from publish.document import INFERRED_LANGUAGE
from publish.patterns import lazily

_SCRIPTS = {
    "Arab": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc", "Armn": "\u0531-\u0587",
    "Cyrl": "\u0400-\u052f", "Deva": "\u0900-\u097f", "Geor": "\u10a0-\u10ff",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff", "Hang": "\u1100-\u11ff\uac00-\ud7af",
    "Kana": "\u3041-\u30ff", "Hani": "\u3400-\u4dbf\u4e00-\u9fff", "Hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Latn": "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff", "Thai": "\u0e00-\u0e7f",
}  # fmt: skip
_OF_LANGUAGE = {
    "Arab": "ar ckb fa ps sd ug ur", "Armn": "hy", "Cyrl": "ab ba be bg ce cv kk ky mk mn ru sr tg tt uk",
    "Deva": "hi mr ne sa", "Geor": "ka", "Grek": "el grc", "Hang": "ko", "Hani": "ja zh", "Hebr": "he iw yi",
    "Kana": "ja", "Thai": "th",
}  # fmt: skip
_LANGUAGES = {
    "Armn": "hy", "Geor": "ka", "Grek": "el", "Hang": "ko", "Hebr": "he", "Kana": "ja", "Thai": "th",
}  # fmt: skip
"""The language that a script alone tells; for the others the script is named and the language left open."""
_STATED = r'<span lang="[^"]*" xml:lang="[^"]*">[^<]*</span>'
"""Words of which the author says the language."""
_GAP = "[ \xa0\u2060,’'·-]+"
_POLYTONIC = re.compile("[\u1f00-\u1fff]")


def with_languages(html: str, language: str) -> str:
    """Give finished XHTML in which passages in another script than that of a language (BCP 47) say so.

    A single letter, as it stands for a number or an angle, is no passage.
    """
    any_foreign, passages = _foreign(language)
    # Most pages have no letter of another script, and one look at all of them is much the quicker.
    if any_foreign.search(html) is None:
        return html

    def told(match: re.Match[str]) -> str:
        script = match.lastgroup
        if script is None:
            return match[0]
        tag = _LANGUAGES.get(script, f"und-{script}")
        tag = "grc" if tag == "el" and _POLYTONIC.search(match[0]) else tag
        return inferred("span", tag, match[0])

    return passages.sub(told, html)


def inferred(element: str, language: str, html: str) -> str:
    """Give words in an element that says their language, which the author did not state."""
    return (
        f'<{element} class="{INFERRED_LANGUAGE}" lang="{language}" xml:lang="{language}">{html}</{element}>'
    )


@cache
def _foreign(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give what finds letters of other scripts than those of a language, and what finds passages in them."""
    primary, *rest = language.split("-")
    home = {part.capitalize() for part in rest} & _SCRIPTS.keys()
    home = home or {s for s, known in _OF_LANGUAGE.items() if primary.lower() in known.split()} or {"Latn"}
    foreign = {script: signs for script, signs in _SCRIPTS.items() if script not in home}
    begins = dict.fromkeys(foreign, "")
    if foreign.keys() >= {"Kana", "Hani"}:
        # Japanese has both: signs that Chinese has as well belong to the kana beside them.
        begins["Kana"] = f"(?=[{foreign['Hani']}]*[{foreign['Kana']}])"
        foreign["Kana"] += foreign["Hani"]
    passages = "|".join(
        rf"(?P<{script}>{begins[script]}[{signs}](?:[{signs}\u0300-\u036f]|{_GAP}(?=[{signs}]))+)"
        for script, signs in foreign.items()
    )
    letters = re.compile(f"[{''.join(foreign.values())}]")
    return letters, lazily(rf"{_STATED}|<[^>]*>|&\w+;|&#\w+;|{passages}")
