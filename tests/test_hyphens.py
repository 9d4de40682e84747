"""Words broken at a hyphen: joined, joined with their hyphen, left standing or left with a finding."""

import random
import textwrap

import pytest

from publish.config import BookConfig, Config
from publish.document import block_prose, walk_divisions
from publish.normalize.result import Normalized
from tests.reading import made_of

FILLER = {
    "en": "The night was long, and nobody who had come so far would turn back before morning came at last.",
    "de": "Die Nacht war lang, und niemand, der so weit gekommen war, wollte vor dem Morgen wieder umkehren.",
    "fr": "La nuit était longue, et personne de ceux qui étaient venus si loin ne voulait plus retourner.",
    "fi": "Joen rannalla seisoi tupa, jossa asui vanha kalastaja, eikä kukaan tiennyt, mistä hän oli tullut.",
    "es": "La noche era larga, y nadie que hubiera venido de tan lejos quería volver antes de la mañana.",
    "pt": "A casa era longe e o homem não sabia por que tinha vindo, mas era tarde e ele não voltava mais.",
    "it": "La notte era lunga, e nessuno che fosse venuto da così lontano voleva tornare prima del mattino.",
    "sv": "Vid älven stod en stuga där en gammal fiskare bodde, och ingen visste varifrån han hade kommit.",
}
PLAIN_WORDS = """
    wondered remembered carefully extraordinary understanding nevertheless comfortable particular
    conversation immediately disappointment gentleman everything something presently countenance acquaintance
    satisfaction considerable imagination circumstances neighbourhood apartment expression behaviour husband
    listening shoulders whenever question thousand certainly companions mountains handkerchief
""".split()
COMPOUNDS = """
    well-known half-past mid-level self-control ex-president good-natured old-fashioned mother-in-law
    twenty-five fellow-creatures blue-eyed so-called thirty-second great-grandfather long-lost ill-tempered
    well-meaning three-cornered
""".split()


def made(text: str, language: str = "en") -> Normalized:
    return made_of(text, config=Config(book=BookConfig(language=language)))


def text_of(normalized: Normalized) -> str:
    divisions = [division for _, division in walk_divisions(normalized.book.divisions)]
    runs = [run.text for division in divisions for block in division.blocks for run in block_prose(block)]
    return "\n".join(runs)


def doubts(normalized: Normalized) -> list[str]:
    """The words that findings name as perhaps broken."""
    return [finding.message for finding in normalized.diagnostics if finding.code == "SPC007"]


def inside(phrase: str, language: str = "en", more: str = "") -> Normalized:
    """A phrase in the middle of a line of prose."""
    line = f"{FILLER[language]} {phrase} {FILLER[language]}"
    return made(f"Chapter 1\n\n{FILLER[language]}\n\n{line}\n\n{more or FILLER[language]}\n", language)


def halves(word: str) -> tuple[str, str]:
    """The two parts of a word that a line end breaks, near its middle, before a consonant and a vowel."""
    places = [at for at in range(3, len(word) - 2) if word[at] not in "aeiouy" and word[at + 1] in "aeiouy"]
    at = min(places, key=lambda place: abs(place - len(word) // 2))
    return word[:at], word[at:]


def wrapped(words: list[tuple[str, str]], filler: str) -> str:
    """Paragraphs of hard lines, each of which ends in the first half of one of the words."""
    dice = random.Random(len(words))
    pool = filler.rstrip(".").lower().replace(",", "").split()
    lines: list[str] = []
    line = "The"
    for first, second in words:
        while len(line) < 66 - len(first):
            line += f" {dice.choice(pool)}"
        lines.append(f"{line} {first}-")
        line = second
    lines.append(line + ".")
    return "\n".join(lines)


def test_plain_words_are_joined_at_line_ends() -> None:
    broken = [halves(word) for word in PLAIN_WORDS]
    text = text_of(made(f"Chapter 1\n\n{wrapped(broken, FILLER['en'])}\n"))
    assert [word for word in PLAIN_WORDS if f" {word}" not in text] == []


def test_compounds_broken_at_their_own_hyphen_keep_it_at_line_ends() -> None:
    broken = [(word[: word.rindex("-")], word[word.rindex("-") + 1 :]) for word in COMPOUNDS]
    text = text_of(made(f"Chapter 1\n\n{wrapped(broken, FILLER['en'])}\n"))
    assert [word for word in COMPOUNDS if f" {word}" not in text] == []


PASSED = ["half-past", "well-meaning", "mid-level", "old-fashioned", "three-cornered"]
"""Compounds of the filler, each of which begins a line."""


@pytest.mark.parametrize(("passes", "kept"), [(True, "butterdish"), (False, "butter-dish")])
def test_lines_that_pass_hyphens_over_break_plain_words(passes: bool, kept: str) -> None:
    broken = [halves(word) for word in PLAIN_WORDS[:8]]
    lines = wrapped([*broken[:7], ("butter", "dish"), broken[7]], FILLER["en"]).split("\n")
    short = "They had come so far to see the old place in the rain of the"
    long = "days, which nobody who was there had liked,"
    passed = [part for word in PASSED for part in (short, f"{word} {long}")]
    text = text_of(made("Chapter 1\n\n" + "\n".join([*lines, *(passed if passes else PASSED)]) + "\n"))
    assert f" {kept}" in text


@pytest.mark.parametrize("word", PLAIN_WORDS)
def test_plain_words_are_joined_inside_lines(word: str) -> None:
    text = text_of(inside("- ".join(halves(word))))
    assert f" {word} " in text


@pytest.mark.parametrize("word", COMPOUNDS)
def test_compounds_are_joined_inside_lines(word: str) -> None:
    first, _, second = word.rpartition("-")
    assert f" {word} " in text_of(inside(f"{first}- {second}"))


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "pre- and post-war"),
        ("en", "ten- or eleven-year-old"),
        ("en", "ten- or even twenty-dollar"),
        ("en", "two- or three-day"),
        ("en", "first- to third-class"),
        ("en", "half- and quarter-hours"),
        ("en", "pre-, inter- and post-war"),
        ("de", "Vor- und Nachteile"),
        ("de", "Haus- oder Gartenarbeit"),
        ("de", "Ein- bis Zweifamilienhäuser"),
        ("de", "Sonn- sowie Feiertage"),
        ("de", "möglicher- ja wahrscheinlicherweise"),
        ("de", "Herbst-, Winter- und Frühlingstage"),
        ("de", "mehr ihret- als seinetwegen"),
        ("de", "weder Haupt- noch Nebenwege"),
        ("fr", "pré- et post-industriel"),
        ("fr", "franco- ou anglophone"),
        ("fi", "kirja- ja lehtikauppa"),
        ("sv", "dag- och nattarbete"),
    ],
)
def test_suspended_hyphens_stand(language: str, phrase: str) -> None:
    normalized = inside(phrase, language)
    assert phrase in text_of(normalized)
    assert doubts(normalized) == []


def test_a_word_that_ends_like_one_that_suspends_is_joined_where_the_book_has_it() -> None:
    filler = FILLER["fi"]
    text = text_of(inside("vanha opetta- ja tuli", "fi", f"{filler} Hän oli opettaja. {filler}"))
    assert " vanha opettaja tuli " in text


def test_suspended_hyphens_stand_at_line_ends() -> None:
    broken = [halves(word) for word in PLAIN_WORDS]
    broken[3:3] = [("pre", "and post-war years"), ("two", "or three-day rides")]
    text = text_of(made(f"Chapter 1\n\n{wrapped(broken, FILLER['en'])}\n"))
    assert " pre- and post-war years" in text
    assert " two- or three-day rides" in text


@pytest.mark.parametrize(
    ("language", "broken", "kept"),
    [
        ("pl", "biało- czerwona", "biało-czerwona"),
        ("pl", "spożywczo- przemysłowego", "spożywczo-przemysłowego"),
        ("pl", "jasno- zielona", "jasnozielona"),
        ("pl", "nowo- czesnego", "nowoczesnego"),
        ("pl", "wojsko- wego", "wojskowego"),
        ("cs", "česko- německého", "česko-německého"),
        ("cs", "hluboko- mořského", "hlubokomořského"),
        ("hu", "fekete- fehér", "fekete-fehér"),
        ("hu", "csak- ugyan", "csakugyan"),
        ("pl", "nadzie- ja", "nadzieja"),
        ("pl", "zdro- wie", "zdrowie"),
        ("pl", "mias- to", "miasto"),
        ("hr", "histori- ja", "historija"),
        ("hu", "napló- ja", "naplója"),
        ("ro", "n- ai", "n-ai"),
        ("ro", "dându- i", "dându-i"),
        ("ro", "Du- te", "Du-te"),
        ("ro", "car- te", "carte"),
        ("sv", "syd- svensk", "sydsvensk"),
    ],
)
def test_compounds_of_languages_without_a_word_list_are_told_by_their_form(
    language: str, broken: str, kept: str
) -> None:
    first, second = broken.split()
    lines = f"The rain that fell on all the gardens was {first}\n{second} and it went on falling for hours."
    assert f" {kept} " in text_of(made(f"Chapter 1\n\n{lines}\n", language))


@pytest.mark.parametrize(("broken", "word"), [("grass- plat", "grass-plat"), ("grass- plat", "grassplat")])
def test_the_book_s_own_spelling_decides(broken: str, word: str) -> None:
    more = f"They sat on the {word} until evening, and the {word} was wet."
    assert f" {word} {FILLER['en'][:9]}" in text_of(inside(broken, more=more))


@pytest.mark.parametrize("broken", ["qua- lix", "Rowan- tree", "brel- dath"])
def test_doubtful_words_are_joined_or_reported(broken: str) -> None:
    """What neither the book nor a dictionary knows is never given a hyphen or a space in silence."""
    normalized = inside(broken)
    changed = [change for change in normalized.changes if change.why == "SPC007"]
    assert bool(changed) != bool(doubts(normalized))
    assert changed or broken in text_of(normalized)


@pytest.mark.parametrize("phrase", ["I- I don’t know", "w- wait", "no- no, stop"])
def test_a_stammer_is_no_broken_word(phrase: str) -> None:
    assert phrase.replace("- ", "") not in text_of(inside(phrase))


def test_the_two_halves_may_be_common_words_and_the_whole_a_rare_one() -> None:
    assert " afternoon " in text_of(inside("after- noon"))


def test_words_in_other_languages_keep_their_hyphen() -> None:
    """A foreign phrase in an English book: “qu’est-ce”, not “questce”."""
    text = text_of(
        inside("qu’est- ce que c’est, tiens- toi tranquille", more=textwrap.fill(FILLER["fr"] * 3, 400))
    )
    assert "qu’estce" not in text
    assert "tienstoi" not in text


DASHES = """She laughed- it was nothing. He stopped- then he went on. The road was long- nobody came that way.

“I can’t- it’s too late.” He turned away- slowly, and she wanted to speak- but he was gone."""


def test_an_author_s_dash_is_no_broken_word() -> None:
    """Where a hyphen and a space part words that nobody joins, they stay and are told."""
    normalized = made(f"Chapter 1\n\n{DASHES}\n")
    for typed in ("laughed- it", "stopped- then", "long- nobody", "can’t- it’s", "away- slowly"):
        assert typed in text_of(normalized)
        assert any(typed in doubt for doubt in doubts(normalized)) or "’" in typed


@pytest.mark.parametrize("typed", ["waited- nothing came", "stopped- then he went", "long- nobody came"])
def test_one_dash_typed_so_is_no_broken_word(typed: str) -> None:
    """What opens a clause ends hardly any compound."""
    assert typed in text_of(normalized := made(f"Chapter 1\n\nHe said that it was {typed}.\n"))
    assert doubts(normalized)


@pytest.mark.parametrize("word", ["so-and-so", "bread-and-butter", "matter-of-fact", "man-of-war"])
def test_a_compound_of_three_is_broken_at_either_hyphen(word: str) -> None:
    first, middle, last = word.split("-")
    assert f" {word} " in text_of(inside(f"{first}- {middle}-{last}"))
    assert f" {word} " in text_of(inside(f"{first}-{middle}- {last}"))


def test_a_book_that_keeps_old_hyphens_keeps_them_where_they_were_broken() -> None:
    old = "sea-shore sea-beach egg-shell nut-shell death-bed spring-time battle-axe heart-ache nick-name"
    more = f"{FILLER['en']} They knew the {old.replace(' ', ', the ')}."
    assert " sea-weed " in text_of(inside("sea- weed", more=more))
    assert " seaweed " in text_of(inside("sea- weed"))


def test_breaks_inside_lines_and_at_their_ends_are_judged_apart() -> None:
    """Line ends broke plain words; that a compound was broken inside a line is another matter."""
    broken = [halves(word) for word in PLAIN_WORDS]
    plain = wrapped(broken, FILLER["en"])
    known = " ".join(PLAIN_WORDS)
    text = f"Chapter 1\n\n{plain}\n\nThey had {known}.\n\nHe was a simple- minded man with stag- like eyes.\n"
    found = text_of(made(text))
    assert " simple-minded man with stag-like eyes" in found
    assert [word for word in PLAIN_WORDS if word not in found] == []


@pytest.mark.parametrize("compound", ["golden-eyed", "large-hearted", "fellow-men", "stag-like", "dark-eyed"])
def test_what_english_joins_with_a_hyphen_keeps_it(compound: str) -> None:
    assert f" {compound} " in text_of(inside(compound.replace("-", "- ")))


def test_one_broken_word_in_a_text_that_is_not_wrapped_keeps_its_paragraph() -> None:
    text = text_of(made(f"{FILLER['en']} He wonder-\ned at them all.\n\n{FILLER['en']}\n\n{FILLER['en']}\n"))
    assert "He wondered at them all." in text


def _at_line_ends(*broken: str) -> str:
    """A wrapped text whose line ends break these words, and plain ones that stand whole elsewhere."""
    plain = ["morn-ing", "eve-ning", "win-dow"]
    lines = [f"They had come a long way to the old house by the river, and so the {word}" for word in broken]
    lines += [f"They saw the morning, the evening and the window of the house, that {word}" for word in plain]
    halves = "\n".join(lines).replace("-", "-\n")
    return halves + "\nwas the last that they saw of it, and nobody who was there ever came back."


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("guilt-less", "guiltless"),
        ("rid-dance", "riddance"),
        ("knot-ted", "knotted"),
        ("cut-purse", "cutpurse"),
        ("gold-en", "golden"),
        ("there-of", "thereof"),
        ("four-penny", "fourpenny"),
        ("re-perusing", "re-perusing"),
        ("over-tender", "over-tender"),
        ("jewel-frontleted", "jewel-frontleted"),
        ("helter-skelter", "helter-skelter"),
        ("shawl-less", "shawlless"),
    ],
)
def test_what_a_dictionary_and_the_halves_say_at_line_ends(broken: str, whole: str) -> None:
    assert f" {whole} " in text_of(made(_at_line_ends(broken)))


UNDECIDED = {
    "en": "half-witted lamp-holder blue-stocking sea-farer tide-waiter half-crazed ox-blood wry-mouthed",
    "de": "Nord-deich Haus-wurz Moor-lilie Ost-torf Wald-quirl Nebel-horst",
    "fr": "porte-plumail garde-marais coupe-brume perce-grève tire-lourdeau chauffe-mare",
}


@pytest.mark.parametrize("language", UNDECIDED)
def test_nobody_typed_the_space_of_a_line_end(language: str) -> None:
    """What nothing decides keeps the hyphen that was typed, and gets no space."""
    broken = [(first, second) for first, _, second in (w.partition("-") for w in UNDECIDED[language].split())]
    found = made(f"Chapter 1\n\n{wrapped(broken, FILLER[language])}\n", language)
    assert "- " not in text_of(found)
    assert doubts(found) == []


ABROAD = {
    "es": ("La casa estaba lejos y el hombre no sabía por qué había venido, pero era tarde y", "dí-as niñ-o"),
    "fr": (
        "La maison était loin et l’homme ne savait pas pourquoi il était venu, mais il",
        "beau-frère châ-teau",
    ),
    "pt": (
        "A casa era longe e o homem não sabia por que tinha vindo, mas era tarde e ele",
        "segunda-feira dir-se",
    ),
    "de": ("Das Haus war weit und der Mann wußte nicht, warum er gekommen war, aber es war", "Zimmer-decke"),
    "ru": (
        "Дом был далеко, и человек не знал, зачем он пришёл, но было поздно, и он говорил",
        "по-русски чело-век",
    ),
}
KEPT = ("beau-frère", "segunda-feira", "dir-se", "по-русски")


@pytest.mark.parametrize("language", ABROAD)
def test_halves_in_other_languages(language: str) -> None:
    line, broken = ABROAD[language]
    for word in broken.split():
        halves = word.replace("-", "-\n")
        text = "\n".join([line] * 6) + f" {halves} " + "\n".join([line] * 6)
        assert f" {word if word in KEPT else word.replace('-', '')} " in text_of(made(text, language))


def test_what_nothing_decided_stands_when_the_book_is_read_again() -> None:
    """The other breaks, which spoke for one thing or the other, are gone by then."""
    front = "---\ngenerator: publish\nlanguage: en\n---\n\n"
    text = f"{front}# Chapter 1\n\nA qua- lix came, and after- noon with it.\n"
    found = made_of(text, "story.md")
    assert "A qua- lix came, and after- noon with it." in text_of(found)


@pytest.mark.parametrize("word", ["therea-bouts", "par-tridges", "trip-pingly", "lone-somest"])
def test_the_halves_of_a_compound_are_words(word: str) -> None:
    """However many of the breaks in a book were at the hyphens of compounds."""
    broken = ", ".join(compound.replace("-", "- ") for compound in COMPOUNDS)
    more = f"There were {broken}; there were {', '.join(COMPOUNDS)}."
    assert f" {word.replace('-', '')} " in text_of(inside(word.replace("-", "- "), more=more))


def test_portuguese_repeats_a_hyphen_below() -> None:
    lines = (
        "O senhor chegou cedo a São João das Águas e disse que não havia",
        "pão em casa. Ela olhou-o com atenção e com pena, e depois pôs-",
        "-se a rir, porque a chuva dele pingava sobre o tapete da avó,",
        "que era surda e não dava por nada do que se passava na casa,",
        "e foi-se embora para longe, onde mora ainda hoje com a irmã.",
    )
    assert " pôs-se a rir" in text_of(made("\n".join(lines), "pt"))


@pytest.mark.parametrize("word", ["distinguia-os", "viu-a", "meni-nos", "janelas"])
def test_portuguese_pronouns_of_a_letter_or_two_follow_words_alone(word: str) -> None:
    broken = {"janelas": "jane- las"}.get(word, word.replace("-", "- "))
    assert f" {word.replace('meni-nos', 'meninos')} " in text_of(inside(broken, "pt"))


def test_what_is_said_twice_is_no_word_that_nobody_knows() -> None:
    assert "pissi- pissi" in text_of(inside("pissi- pissi", "it"))


@pytest.mark.parametrize("word", ["taci- turno", "liber- tad"])
def test_a_hyphen_that_opens_a_speech_is_closed_by_no_broken_word(word: str) -> None:
    text = text_of(inside(f"-dijo la niña con voz {word} y grave", "es"))
    assert f" {word.replace('- ', '')} " in text


@pytest.mark.parametrize("word", ["m’écriai-je", "dût-il", "quelques-uns", "ici-bas"])
def test_french_pronouns_follow_a_hyphen(word: str) -> None:
    assert f" {word} " in text_of(inside(word.replace("-", "- "), "fr"))


@pytest.mark.parametrize(
    ("language", "phrase", "typed"),
    [
        ("fr", "des bottes à douze francs- un prix d’ami,", "francs- un"),
        ("es", "el perro guardaba la casa- no quiso salir.", "casa- no"),
    ],
)
def test_one_dash_before_a_common_word_is_no_broken_word_abroad(
    language: str, phrase: str, typed: str
) -> None:
    normalized = inside(phrase, language)
    assert typed in text_of(normalized)
    assert doubts(normalized)
