"""In which language a manuscript is written."""

import re
from collections import Counter

_COMMON = {
    "en": (
        "the and of to a in that he was it his with for as had you not be her on at by "
        "which have or from she they is"
    ),
    "fr": (
        "le la les de des du et un une dans que qui il elle ne pas est en je vous se au "
        "pour par sur avec ce mais lui"
    ),
    "de": (
        "der die das und ich nicht er sie es ist zu den ein eine war mit sich auf dem "
        "von des im auch wie so aber"
    ),
    "es": "el la los las de que y en un una no se su con por lo como más pero del al había era me le ya",
    "it": "il la di che e non un una per con si era gli le del della al in lo ma da mi come più suo",
    "pt": "o a os as de que e não um uma em se com por para mas do da no na ao era lhe seu sua eu",
    "nl": "de het een en van ik niet dat hij is was te zij op in met zijn voor er maar die aan haar",
    "pl": "i w na nie się że z do to jak co jest był o po ale za od tak jego była mu mnie",
    "sv": "och att det som en i på är han hon inte för jag med den var till av ett men hade sig",
    "da": "og at det som en i på er han hun ikke for jeg med den var til af et men havde sig mig efter",
    "nb": "og at det som en i på er han hun ikke for jeg med den var til av et men hadde seg meg etter",
    "ru": "и в не на что я он с как это но к она по все его так из был от же",
    "fi": "ja on ei hän se että oli mutta kun niin minä sen joka ole ovat kuin mitä",
    "uk": "і в не на що я з як це але до у й він вона та за від було його її",
    "hu": "a az és hogy nem is egy volt de meg csak ha már el ki azt mint még mert",
    "ro": "și de la în a nu cu o că pe un se mai din care să era ce lui am",
    "sk": "a sa na že v je to s z do som aj ale by ako si za bol čo tak",
    "cs": "a se na že v je to s z do jsem i ale by jako si za byl co tak",
    "el": "και το να η ο του της με την που δεν τα για θα στο τον από",
    "la": "et in est non ad cum ut sed qui quod per ex si enim esse quae",
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 60_000
_LEAST_WORDS = 20


def language_of(text: str) -> tuple[str, float]:
    """Give the language (BCP 47) whose commonest words fill most of the text, and their share of its words.

    ("en", 0.0) where there is too little text to tell.
    """
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _LEAST_WORDS:
        return "en", 0.0
    counts = Counter(words)
    shares = {
        language: sum(counts[word] for word in common.split()) / len(words)
        for language, common in _COMMON.items()
    }
    best = max(shares, key=lambda language: shares[language])
    return (best, shares[best]) if shares[best] > 0.04 else ("en", 0.0)
