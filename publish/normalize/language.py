"""In which language a manuscript is written: its script, its letters and its commonest words say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from math import sqrt

from msgspec import Struct

from publish.normalize import lexicon
from publish.patterns import lazily

UNDETERMINED = "und"
"""What BCP 47 has for a language that nobody can tell."""

_ROWS = """
en the and of to a in that he was it his with for as had you not be her on at by which have or from she they
  is i said but were my me this what there no so when then out up do did don’t we him them their said an one
  all if are who could would
fr le la les de des du et un une dans que qui il elle ne pas est en je vous se au pour par sur avec ce mais
  lui à était avait dit tu on nous y plus cette son sa ses c’est si ou où être fait bien dit-il oui non mon
  ma aux sans
de der die das und ich nicht er sie es ist zu den ein eine war mit sich auf dem von des im auch wie so aber
  in hatte du ihr wir was ja nein sagte noch nur nach aus für über an um als da wenn hat dass daß ihm ihn
  sein seine bei kam ging fragte mir mich einen einem hier
es el la los las de que y en un una no se su con por lo como más pero del al había era me le ya yo él ella
  para sin qué sí es estaba dijo cuando muy ni mi sus hasta donde sobre tú está todo eso
it il la di che non un una per con si era gli le del della al in lo ma da mi come più suo e i è io ho ha
  sono disse aveva dei alla nella anche quando se sua poi sì no cosa nel questo quella lui lei ed
pt o a os as de que e não um uma em se com por para mas do da no na era lhe seu sua eu ele ela disse ao à
  mais muito estava tinha foi me como quando sem até também já você nos sim é havia pelo pela dos das
nl de het een en van ik niet dat hij is was te zij op in met zijn voor er maar die aan haar ze je wat zei ja
  nee naar had om uit nog ook als dan we ging hem mijn geen kwam hier daar over waren heeft
pl i w na nie się że z do to jak co jest był o po ale za od tak jego była mu mnie było a jej ja on ona już
  czy dla przez ten tylko być jeszcze powiedział rzekł ze by go sobie mi tego pan gdy więc
sv och att det som en i på är han hon inte för jag med den var till av ett men hade sig de du om så vad från
  honom henne sade sa ja nej när där här nu då ut vi mig ha kom gick efter mot
da og at det som en i på er han hun ikke for jeg med den var til af et men havde sig mig efter de du om så
  hvad fra ham hende sagde ja nej når der her nu da ud vi op kom gik ind hvor blev mod også ved
nb og at det som en i på er han hun ikke for jeg med den var til av et men hadde seg meg etter de du om så
  hva fra ham henne sa ja nei når der her nå da ut vi opp kom gikk inn hvor ble mot også vet
nn og at det som ein i på er han ho ikkje for eg med den var til av eit men hadde seg meg etter dei du om så
  kva frå honom henne sa ja nei når der her no da ut vi opp kom gjekk inn kvar vart mot
ru и в не на что я он с как это но к она по все его так из был от же а у за то было бы мы вы ты они сказал
  была её ее мне меня только уже когда до если о ещё еще вот был нет да где ни ему
uk і в не на що я з як це але до у й він вона та за від було її та а по був була його мене мені ти ви ми
  вони сказав коли так із ще вже тільки щоб якщо про де ні для
be і ў не на што я з як гэта але да у ён яна за ад было яе а па быў была яго мяне мне ты вы мы яны сказаў
  калі так ужо толькі каб пра дзе для яшчэ
bg и в не на че аз той с като това но тя по от да се за са си ли беше го му ще при със когато само още каза
  какво те ми я до из или къде има няма
sr и у не на да је се што са као то али он она по од за су сам би његов га му ми ти ће рече није био била
  кад када само још шта или где има из до
mk и во не на да е се што со како тоа но тој таа по од за беше го му ми ти ќе рече кога само уште или каде
  има нема до ги ја сè биле
fi ja on ei hän se että oli mutta kun niin minä sen joka ole ovat kuin mitä sanoi nyt vain jo hänen ne tämä
  olen olla oli en et me te sinä minun siinä tai sitten
et ja on ei ta see et oli aga kui nii ma selle kes ole mis mida ütles nüüd vaid juba tema nad olen olla ka
  oma seda siis või oli üks mu sa
hu a az és hogy nem is egy volt de meg csak ha már el ki azt mint még mert ő én te mi itt ott mondta akkor
  kell vagy van lesz azért úgy így amikor nagyon ez ezt
ro și de la în a nu cu o că pe un se mai din care ce lui am era spuse el ea eu tu sau dar pentru să îi își
  fi este al ai ale fost când nici
sk a sa na že v je to s z do som aj ale by ako si za bol čo tak bola keď nie po už len povedal mu jej jeho
  ho ja ty on ona alebo k o pre pri
cs a se na že v je to s z do jsem i ale by jako si za byl co tak byla když ne po už jen řekl mu její jeho ho
  já ty on ona nebo k o pro při není ještě
sl in je se na da v ne to z do sem tudi ali bi kot si za bil kaj tako bila ko po že le rekel mu njen njegov
  ga jaz ti on ona k o pri so ni še kaj
hr i je se na da u ne to s do sam ali bi kao si za bio što tako bila kad po već samo rekao mu njezin njegov
  ga ja ti on ona ili k o pri su nije još gdje će
el και το να η ο του της με την που δεν τα για θα στο τον από είπε ήταν ένα μια στην τι μου σου
la et in est non ad cum ut sed qui quod per ex si enim esse quae sunt aut ab hoc atque erat ille
tr ve bir bu da de ne için o ben sen ama gibi çok var daha dedi değil mi ile kadar sonra her şey yok
ca el la els les de que i en un una no es seu amb per ho com més però del al havia era em li ja jo ell ella
  sense què és estava dir quan molt ni sí va dels als aquest
is og að það sem í á er hann hún ekki fyrir ég með var til af en hafði sig mig eftir þeir þú um svo hvað frá
  honum sagði já nei þegar þar hér nú út við upp kom
lt ir kad ne yra buvo su jis ji tai į iš aš tu bet kaip o ar už po per dar jau tik savo jo jos sakė nuo iki
lv un ka nav ir bija ar viņš viņa tas uz no es tu bet kā vai par pie jau tikai savu teica līdz lai
vi và là của có không một người anh em tôi đã cho với được những trong này đó thì ra đi nói ông bà như khi
cy y yr a i yn o ar mae oedd ei ond nid ac am wedi hi ef fe dim bod gan eu fy beth meddai dydd
"""
_COMMON = {row[:2]: row[3:] for row in re.split(r"\n(?=\S)", _ROWS.strip())}
"""The commonest words of a language."""

_LETTERS = {
    "en": "éèêëïöôçüñàâîæœ", "fr": "àâæçéèêëîïôœùûü", "de": "äöüß", "es": "áéíóúñü¿¡", "it": "àèéìíîòù",
    "pt": "ãõáàâéêíóôúç", "nl": "ëïéèêöü", "pl": "ąćęłńóśźż", "sv": "åäöé", "da": "æøåé", "nb": "æøåéòô",
    "nn": "æøåéòô", "ru": "абвгдеёжзийклмнопрстуфхцчшщыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ", "fi": "äöå",
    "et": "õäöüšž", "hu": "áéíóöőúüű", "ro": "ăâîșțşţ", "sk": "áäčďéíĺľňóôŕšťúýž", "cs": "áčďéěíňóřšťúůýž",
    "sl": "čšž", "hr": "čćđšž", "el": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", "la": "æœ", "tr": "çğıöşüâî",
    "ca": "àçéèíïóòúü·", "is": "áðéíóúýþæö", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž",
    "vi": "ăâđêôơưàảãạáằắặấầẩậẻẽẹéèềếểễệìỉĩịíòỏõọóồốổỗộờớởỡợùủũụúừứửữựỳỷỹỵý", "cy": "âêîôûŵŷ",
}  # fmt: skip
"""The letters and signs outside ASCII that a language writes its own words with; Russian has few ъ."""

_OF_SCRIPT = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "HEBREW": "he", "ARABIC": "ar", "THAI": "th",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "CJK": "zh",
}  # fmt: skip
"""Languages told by their script alone, as far as books of any number are written in it."""
_SCRIPTS = (
    ("HIRAGANA", "\u3041-\u3096"), ("KATAKANA", "\u30a1-\u30fa"), ("HANGUL", "\uac00-\ud7a3"),
    ("HEBREW", "\u05d0-\u05ea"), ("ARABIC", "\u0620-\u064a"), ("THAI", "\u0e01-\u0e4e"),
    ("GEORGIAN", "\u10d0-\u10fa"), ("ARMENIAN", "\u0531-\u0587"), ("CJK", "\u4e00-\u9fff"),
)  # fmt: skip
_STRANGE = lazily("[\u0531-\u10fa\u3041-\ud7a3]")
"""Wide ranges take long to compile, and most texts have nothing of them."""

_WORD = lazily(r"[^\W\d_]+(?:[’'·-][^\W\d_]+)*")
_SAMPLE = 60_000
_LEAST_SHARE = 0.04
"""Of a long text hardly less are the commonest words of its language."""
_LONG = 50
"""Words from which on shares mean something."""
_LEAST = 0.7
"""A word that no other language has, or two that few have, or a word with letters of its own."""
_LEAD = 0.4
"""So much more than for the next language; less is chance in a short text."""
_FOREIGN = 0.7
"""What a letter speaks against a language that does not write it."""
_NAME = 0.25
"""What letters of words with a capital count for: they may be names from anywhere."""
_LATIN = "\u0370"
"""Below stand the letters of Latin script."""
_PLAIN_WORD = 0.12
"""What a word without odd letters speaks against languages that write few such."""
_FEW_PLAIN_WORDS = frozenset("pl cs sk hu vi is lt lv tr".split())
_LISTED = {"en": 2000, "ru": 1}
"""Languages whose word lists settle what else stays open, and what count there makes a word a usual one."""
_MOSTLY = 0.75
_SEVERAL = 3


@cache
def common_words() -> dict[str, frozenset[str]]:
    """Give the commonest words of each language."""
    return {language: frozenset(some.split()) for language, some in _COMMON.items()}


class Guess(Struct, frozen=True):
    """The language of a text and why it is thought to be that."""

    language: str
    """BCP 47; `und` where the text does not tell."""
    how: str


def language_of(text: str) -> Guess:
    """Give the language that the script, the letters and the commonest words of a text show."""
    sample = text[:_SAMPLE].replace("'", "’")
    if strange := _by_script(sample):
        return Guess(strange, "its script.")
    words = _WORD.findall(sample)
    scores = _scores(Counter(words), sample)
    ranked = sorted(scores, key=lambda language: -scores[language])
    best, lead = ranked[0], scores[ranked[0]] - scores[ranked[1]]
    share = _share([word.lower() for word in words], _COMMON[best].split())
    if share > _LEAST_SHARE if len(words) >= _LONG else scores[best] >= _LEAST and lead >= _LEAD:
        shown = f"its commonest words make up {share:.0%} of the text." if share else "its letters."
        return Guess(best, shown)
    for language, usual in _LISTED.items():
        if _is_listed({word.lower() for word in words}, language, usual):
            return Guess(language, "a list of its words has nearly all of the text’s.")
    return Guess(UNDETERMINED, "too little of the text tells it.")


def _by_script(sample: str) -> str:
    plain = all(sign < "\u0531" or "\u10fa" < sign < "\u3041" or sign > "\ud7a3" for sign in {*sample})
    strange = () if plain else _STRANGE.findall(sample)
    if not strange or len(strange) * 3 < len(re.findall(r"[^\W\d_]", sample)):
        return ""
    found = Counter({name: len(re.findall(f"[{letters}]", sample)) for name, letters in _SCRIPTS})
    if found["HIRAGANA"] + found["KATAKANA"] > found["HANGUL"]:
        return "ja"
    return _OF_SCRIPT[found.most_common(1)[0][0]]


def _share(words: list[str], some: Iterable[str]) -> float:
    known = set(some)
    return sum(word in known for word in words) / len(words) if words else 0.0


def _is_listed(words: set[str], language: str, usual: int) -> bool:
    own = {word for word in words if word.isascii() == (language == "en")}
    asked = own if len(own) >= _SEVERAL else ()
    known = sum(lexicon.count(word, language) >= usual for word in asked)
    return known >= max(_SEVERAL, _MOSTLY * len(own)) and len(own) * 2 > len(words)


@cache
def _weights() -> dict[str, tuple[dict[str, float], dict[str, float]]]:
    """Give what words, and letters, speak for each language: less where other languages have them too."""
    words = {language: set(some.split()) for language, some in _COMMON.items()}
    letters = {language: set(some) for language, some in _LETTERS.items()}
    words_shared = Counter(word for some in words.values() for word in some)
    letters_shared = Counter(letter for some in letters.values() for letter in some)
    return {
        language: (
            {word: 1 / sqrt(words_shared[word]) for word in words[language]},
            # English borrows letters and has none of its own.
            {c: (language != "en") / sqrt(letters_shared[c]) for c in letters[language]},
        )
        for language in _COMMON
    }


def _scores(words: Counter[str], sample: str) -> dict[str, float]:
    odd = {word: [c for c in word.lower() if c > "\x7f" and c not in "’·"] for word in words}
    signs = [sign for sign in "¿¡·" if sign in sample]
    listed = frozenset(word for known, _ in _weights().values() for word in known)
    telling = [(word, count) for word, count in words.items() if odd[word] or word.lower() in listed]
    found = {}
    for language, (known, alphabet) in _weights().items():
        score = sum(alphabet.get(sign, 0.0) for sign in signs)
        for word, count in telling:
            score += count * _word_score(word, odd[word], known, alphabet)
        if language in _FEW_PLAIN_WORDS:
            score -= _PLAIN_WORD * sum(count for word, count in words.items() if not odd[word])
        found[language] = score
    return found


def _word_score(word: str, odd: list[str], known: dict[str, float], alphabet: dict[str, float]) -> float:
    weight = known.get(word.lower(), 0.0)
    if not odd or (weight and odd[0] < _LATIN):
        return weight
    letters = [alphabet.get(letter, -_FOREIGN) for letter in odd]
    if odd[0] > _LATIN:
        return max(weight, *letters) if min(letters) > 0 else -1.0
    return max(-1.0, min(1.0, sum(letters))) * (_NAME if word[0].isupper() else 1.0)
