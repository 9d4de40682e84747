"""The language of a manuscript: script, letters and commonest words tell it, also where the text is short.

Where they do not, nothing is set in the manner of a language that was only guessed.
"""

import pytest

from publish import standing
from publish.diagnostic import Severity
from publish.document import block_prose, walk_divisions
from publish.normalize.result import Normalized
from publish.normalize.words.language import common_words, language_of
from tests.reading import made_of

SHORT = """
ru Ночь была тёмная. Он шёл домой.
ru Дождь шёл всю ночь.
ru Иван вышел во двор и закурил.
uk Ніч була темна. Він їхав додому.
uk Їжак спав.
be Ноч была цёмная. Ён ішоў дадому.
bg Нощта беше тъмна. Той вървеше към къщи.
sr Ноћ је била тамна. Ишао је кући.
mk Ноќта беше темна. Тој одеше дома.
pl Noc była ciemna. Szedł do domu, łąką i ścieżką.
pl "Dobrze", powiedział Marek.
cs Noc byla temná. Řekl: "Ano."
cs Ten pes štěká.
sk Noc bola tmavá. Povedal: "Áno."
el Η νύχτα ήταν σκοτεινή.
de Die Nacht war dunkel. Er hörte "Ja".
de Er kam. Sie ging.
de Schöne Grüße aus München.
fr La nuit était noire. "Oui", dit-elle.
fr Il pleuvait. "Viens", dit Marie.
es La noche era oscura. "¿Sí?" dijo.
es El niño corría.
it La notte era buia. "Sì", disse.
pt A noite era escura. "Não", disse.
pt O coração batia.
nl De nacht was donker. "Ja", zei hij.
da Natten var mørk. "Ja", sagde han.
nb Natten var mørk. "Ja", sa han. "Jeg vet ikke."
nn Natta var mørk. "Eg veit ikkje", sa ho.
sv Natten var mörk. "Ja", sade han.
fi Yö oli pimeä. "Kyllä", hän sanoi.
hu Éjszaka volt. Ő nem tudta.
ro Noaptea era întunecată. "Da", spuse el.
tr Gece karanlıktı. "Evet" dedi.
is Nóttin var dimm. "Já," sagði hann.
hr Noć je bila tamna. "Da", rekao je.
sl Noč je bila temna. "Da", je rekel.
ca La nit era fosca. "Sí", va dir.
et Öö oli pime. "Jah," ütles ta.
lt Naktis buvo tamsi. "Taip", sakė jis.
lv Nakts bija tumša. "Jā," viņš teica.
vi Đêm tối. Anh không nói gì.
ja 吾輩は猫である。
zh 他不知道。
ko 그는 말했다.
he הלילה היה חשוך.
en The night. "No."
en "Jack!" Jill cried. "Run!"
en The café was closed. Zoë left.
en Rain fell on Prague. Václav Dvořák slept.
en In Łódź it rained, and Wałęsa slept.
en A man walked. Dogs barked.
""".strip().splitlines()


def prose(normalized: Normalized) -> list[str]:
    divisions = [division for _, division in walk_divisions(normalized.book.divisions)]
    return [run.text for division in divisions for block in division.blocks for run in block_prose(block)]


@pytest.mark.parametrize("line", SHORT)
def test_a_line_or_two_tell_the_language(line: str) -> None:
    language, _, text = line.partition(" ")
    assert language_of(text).language == language


@pytest.mark.parametrize(
    "text", ["hi", "Guten Tag", '"Marek!"', '"Komm!", rief Anna.', "Anna. Maria. Nina.", "", "1914"]
)
def test_what_does_not_tell_is_not_guessed(text: str) -> None:
    assert language_of(text).language == "und"


def test_without_a_language_marks_stay_as_typed_and_a_finding_asks_for_it() -> None:
    normalized = made_of('Chapter 1\n\n"Komm!", rief Anna. "Hab\'s!"\n')
    assert prose(normalized) == ['"Komm!", rief Anna. "Hab’s!"']
    told = [finding for finding in normalized.diagnostics if finding.code == "MET001"]
    assert [finding.severity for finding in told if "language" in finding.message] == [Severity.WARNING]
    assert any("language = " in finding.paste for finding in told)


def test_the_author_s_own_marks_need_no_language() -> None:
    typed = '„Ano“, „ne“, „Marek“, „Komm“ – "Anna"'
    assert prose(made_of(f"Chapter 1\n\n{typed}\n")) == ["„Ano“, „ne“, „Marek“, „Komm“ – „Anna“"]


@pytest.mark.parametrize("language", sorted(common_words()))
def test_the_editions_speak_every_language_that_is_told(language: str) -> None:
    """A book with a Czech contents page has no English list of pages, nor the other way round."""
    words, english = standing.words(f"{language}-XX"), standing.words("en")
    assert (
        (words.contents == english.contents) == (words.title_page == english.title_page) == (language == "en")
    )
