"""Numbers in words, from 1 to 199, in the languages in which chapters are counted.

Each language is a table of its irregular words and of the manner in which it joins them. The phrases of a
language are enumerated once, when a word comes up with which one of them begins; a heading is then read by
looking its words up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from msgspec import Struct

Phrases = dict[str, tuple[int, bool]]
"""Phrases without spaces and hyphens, with their values and whether they are ordinals."""
OPENING = 3
"""So many letters of a phrase tell the languages that it may be of."""


class Ordinal(Enum):
    """How the ordinals of twenty-one and its like are made."""

    LAST = "only the last word is one: двадцать третья, vingt-troisième"
    BOTH = "ten and unit are: dwudziesty trzeci, vigésimo tercero"
    UNIT_FIRST = "the ten is, and stands last: drieëntwintigste"
    SUFFIX = "an ending is put to the cardinal: ventitreesimo"


class Tongue(Struct, frozen=True):
    """How one language spells numbers; forms of one number are parted by a slash, `=` marks a whole word."""

    cardinals: str
    """From 1 to 19."""
    tens: str
    """From 20 to 90."""
    joiners: tuple[str, ...]
    """What stands between ten and unit; "" where they are written together or apart."""
    hundred: str
    ordinals: str
    """Stems from 1 to 19."""
    ordinal_tens: str
    """Stems from 20 to 90."""
    ordinal_hundred: str
    endings: str
    """Of ordinals; "_" for none."""
    manner: Ordinal
    unit_first: bool = False
    hundred_joiners: tuple[str, ...] = ("",)
    vigesimal: bool = False
    """Sixty and eighty take units up to nineteen: soixante-dix, quatre-vingt-dix-sept."""
    turned: str = ""
    """What joins unit and ten where the unit may stand first as well: jedenadvacátý."""


TONGUES = (
    Tongue(  # French
        "un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
        "dixsept "
        "dixhuit dixneuf",
        "vingt trente quarante cinquante soixante septante quatrevingt/quatrevingts/huitante nonante",
        ("", "et"),
        "cent",
        "premi/uni deuxi/=second/=seconde troisi quatri cinqui sixi septi huiti neuvi dixi onzi douzi treizi "
        "quatorzi quinzi seizi dixsepti dixhuiti dixneuvi",
        "vingti trenti quaranti cinquanti soixanti septanti quatrevingti nonanti",
        "centi",
        "er ere eme",
        Ordinal.LAST,
        vigesimal=True,
    ),
    Tongue(  # German
        "ein/eins/eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
        "sechzehn siebzehn achtzehn neunzehn",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        ("und",),
        "hundert/einhundert",
        "erst zweit dritt viert fünft sechst siebt/siebent acht neunt zehnt elft zwölft dreizehnt vierzehnt "
        "fünfzehnt sechzehnt siebzehnt/siebenzehnt achtzehnt neunzehnt",
        "zwanzigst dreißigst vierzigst fünfzigst sechzigst siebzigst achtzigst neunzigst",
        "hundertst/einhundertst",
        "e er es en",
        Ordinal.UNIT_FIRST,
        unit_first=True,
        hundred_joiners=("", "und"),
    ),
    Tongue(  # Spanish
        "un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
        "dieciséis "
        "diecisiete dieciocho diecinueve",
        "veinte/veinti treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        ("y", ""),
        "cien/ciento",
        "primer segund tercer cuart quint sext séptim/sétim octav noven décim undécim/decimoprimer "
        "duodécim/decimosegund decimotercer decimocuart decimoquint decimosext decimoséptim decimoctav/"
        "decimooctav decimonoven/decimonon",
        "vigésim trigésim cuadragésim quincuagésim sexagésim septuagésim octogésim nonagésim",
        "centésim",
        "o a _",
        Ordinal.BOTH,
    ),
    Tongue(  # Portuguese
        "um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze "
        "dezasseis/dezesseis dezassete/dezessete dezoito dezanove/dezenove",
        "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
        ("e", ""),
        "cem/cento",
        "primeir segund terceir quart quint sext sétim oitav non décim décimoprimeir/undécim "
        "décimosegund/duodécim décimoterceir décimoquart décimoquint décimosext décimosétim décimooitav "
        "décimonon",
        "vigésim trigésim quadragésim quinquagésim sexagésim septuagésim octogésim nonagésim",
        "centésim",
        "o a",
        Ordinal.BOTH,
        hundred_joiners=("e",),
    ),
    Tongue(  # Italian
        "uno/una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici "
        "sedici diciassette diciotto diciannove",
        "venti/vent trenta/trent quaranta/quarant cinquanta/cinquant sessanta/sessant settanta/settant "
        "ottanta/ottant novanta/novant",
        ("",),
        "cento/cent",
        "prim second terz quart quint sest settim ottav non decim undicesim/undecim/decimoprim "
        "dodicesim/duodecim/decimosecond tredicesim/decimoterz quattordicesim/decimoquart "
        "quindicesim/decimoquint sedicesim/decimosest diciassettesim/decimosettim "
        "diciottesim/decimottav/decimoottav diciannovesim/decimonon",
        "ventesim/vigesim trentesim/trigesim quarantesim cinquantesim sessantesim settantesim ottantesim "
        "novantesim",
        "centesim",
        "o a",
        Ordinal.SUFFIX,
    ),
    Tongue(  # Dutch
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
        "zeventien achttien negentien",
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
        ("en",),
        "honderd/eenhonderd",
        "eerst tweed derd vierd vijfd zesd zevend achtst negend tiend elfd twaalfd dertiend veertiend "
        "vijftiend zestiend zeventiend achttiend negentiend",
        "twintigst dertigst veertigst vijftigst zestigst zeventigst tachtigst negentigst",
        "honderdst",
        "e",
        Ordinal.UNIT_FIRST,
        unit_first=True,
        hundred_joiners=("", "en"),
    ),
    Tongue(  # Polish
        "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście "
        "czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście",
        "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt "
        "dziewięćdziesiąt",
        ("",),
        "sto",
        "pierwsz drug trzec czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast trzynast "
        "czternast piętnast szesnast siedemnast osiemnast dziewiętnast",
        "dwudziest trzydziest czterdziest pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt "
        "dziewięćdziesiąt",
        "setn",
        "y a i ia e ie",
        Ordinal.BOTH,
    ),
    Tongue(  # Czech
        "jedna/jeden dva/dvě tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct "
        "patnáct "
        "šestnáct sedmnáct osmnáct devatenáct",
        "dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát",
        ("",),
        "sto",
        "prvn druh třet čtvrt pát šest sedm osm devát desát jedenáct dvanáct třináct čtrnáct patnáct "
        "šestnáct sedmnáct osmnáct devatenáct",
        "dvacát třicát čtyřicát padesát šedesát sedmdesát osmdesát devadesát",
        "st",
        "ý á é í",
        Ordinal.BOTH,
        turned="a",
    ),
    Tongue(  # Russian
        "один/одна два/две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
        "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
        "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
        ("",),
        "сто",
        "перв втор треть/трет четвёрт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат "
        "четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат",
        "двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност",
        "сот",
        "ый ая ой ое ий я е",
        Ordinal.LAST,
    ),
    Tongue(  # Ukrainian
        "один/одна два/дві три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять "
        "чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять",
        "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
        ("",),
        "сто",
        "перш друг трет четверт п'ят шост сьом восьм дев'ят десят одинадцят дванадцят тринадцят чотирнадцят "
        "п'ятнадцят шістнадцят сімнадцят вісімнадцят дев'ятнадцят",
        "двадцят тридцят сороков п'ятдесят шістдесят сімдесят вісімдесят дев'яност",
        "сот",
        "ий а я е є ій",
        Ordinal.LAST,
    ),
    # The shortest cardinals of Danish, Norwegian and Swedish are words of other languages; see `NORTHERN`.
    Tongue(  # Swedish
        "en/ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton "
        "arton nitton",
        "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
        ("",),
        "hundra/etthundra",
        "först andr tredj fjärd femt sjätt sjund åttond niond tiond elft tolft trettond fjortond femtond "
        "sextond sjuttond artond nittond",
        "tjugond trettiond fyrtiond femtiond sextiond sjuttiond åttiond nittiond",
        "hundrad",
        "e a",
        Ordinal.LAST,
    ),
    Tongue(  # Norwegian
        "en/ett to tre fire fem seks sju/syv åtte ni ti elleve tolv tretten fjorten femten seksten "
        "sytten atten nitten",
        "tjue tretti førti femti seksti sytti åtti nitti",
        ("",),
        "hundre/etthundre",
        "først andre/annen/annet tredj fjerd femt sjett sjuend/syvend åttend niend tiend ellevt tolvt "
        "trettend fjortend femtend sekstend syttend attend nittend",
        "tjuend trettiend førtiend femtiend sekstiend syttiend åttiend nittiend",
        "hundred",
        "e _",
        Ordinal.LAST,
        hundred_joiners=("", "og"),
    ),
    Tongue(  # Danish
        "en/et to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten "
        "atten nitten",
        "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems",
        ("og",),
        "hundrede/ethundrede",
        "først and/anden/andet tredj fjerd femt sjett syvend ottend niend tiend ellevt tolvt trettend "
        "fjortend femtend sekstend syttend attend nittend",
        "tyvend tredivt fyrretyvend halvtredsindstyvend tresindstyvend halvfjerdsindstyvend firsindstyvend "
        "halvfemsindstyvend",
        "hundred",
        "e en et _",
        Ordinal.UNIT_FIRST,
        unit_first=True,
        hundred_joiners=("og",),
    ),
    Tongue(  # Finnish
        "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista "
        "kolmetoista neljätoista viisitoista kuusitoista seitsemäntoista kahdeksantoista yhdeksäntoista",
        "kaksikymmentä kolmekymmentä neljäkymmentä viisikymmentä kuusikymmentä seitsemänkymmentä "
        "kahdeksankymmentä yhdeksänkymmentä",
        ("",),
        "sata",
        "ensimmäinen/yhdes toinen/kahdes kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs kymmenes "
        "yhdestoista kahdestoista kolmastoista neljästoista viidestoista kuudestoista seitsemästoista "
        "kahdeksastoista yhdeksästoista",
        "kahdeskymmenes kolmaskymmenes neljäskymmenes viideskymmenes kuudeskymmenes seitsemäskymmenes "
        "kahdeksaskymmenes yhdeksäskymmenes",
        "sadas",
        "_",
        Ordinal.BOTH,
    ),
    Tongue(  # Turkish
        "bir iki üç dört beş altı yedi sekiz dokuz on onbir oniki onüç ondört onbeş onaltı onyedi onsekiz "
        "ondokuz",
        "yirmi otuz kırk elli altmış yetmiş seksen doksan",
        ("",),
        "yüz",
        "birinci/ilk ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu onbirinci "
        "onikinci onüçüncü ondördüncü onbeşinci onaltıncı onyedinci onsekizinci ondokuzuncu",
        "yirminci otuzuncu kırkıncı ellinci altmışıncı yetmişinci sekseninci doksanıncı",
        "yüzüncü",
        "_",
        Ordinal.LAST,
    ),
    Tongue(  # Hungarian
        "egy kettő három négy öt hat hét nyolc kilenc tíz tizenegy tizenkettő tizenhárom tizennégy tizenöt "
        "tizenhat tizenhét tizennyolc tizenkilenc",
        "húsz/huszon harminc negyven ötven hatvan hetven nyolcvan kilencven",
        ("",),
        "száz",
        "első/egyedik második/kettedik harmadik negyedik ötödik hatodik hetedik nyolcadik kilencedik tizedik "
        "tizenegyedik tizenkettedik tizenharmadik tizennegyedik tizenötödik tizenhatodik tizenhetedik "
        "tizennyolcadik tizenkilencedik",
        "huszadik harmincadik negyvenedik ötvenedik hatvanadik hetvenedik nyolcvanadik kilencvenedik",
        "századik",
        "_",
        Ordinal.LAST,
    ),
    Tongue(  # Greek
        "ένα δύο τρία τέσσερα πέντε έξι επτά/εφτά οκτώ/οχτώ εννέα/εννιά δέκα έντεκα δώδεκα δεκατρία "
        "δεκατέσσερα δεκαπέντε δεκαέξι δεκαεπτά/δεκαεφτά δεκαοκτώ/δεκαοχτώ δεκαεννέα/δεκαεννιά",
        "είκοσι τριάντα σαράντα πενήντα εξήντα εβδομήντα ογδόντα ενενήντα",
        ("",),
        "εκατό/εκατόν",
        "πρώτ δεύτερ τρίτ τέταρτ πέμπτ έκτ έβδομ όγδο ένατ δέκατ ενδέκατ/εντέκατ δωδέκατ δέκατοτρίτ "
        "δέκατοτέταρτ δέκατοπέμπτ δέκατοέκτ δέκατοέβδομ δέκατοόγδο δέκατοένατ",
        "εικοστ τριακοστ τεσσαρακοστ πεντηκοστ εξηκοστ εβδομηκοστ ογδοηκοστ ενενηκοστ",
        "εκατοστ",
        "ο η ος",
        Ordinal.BOTH,
    ),
)
NORTHERN = {
    "en": 1, "et": 1, "ett": 1, "to": 2, "fire": 4, "sex": 6, "sju": 7, "ni": 9, "ti": 10, "tio": 10,
}  # fmt: skip
"""Cardinals that are words of other languages too: they count behind a northern label alone."""
_NOT_ALONE = NORTHERN.keys() | {"on"}
"""Words that are numbers only as a part of others."""
NORTHERN_LABELS = frozenset("kapitel kapittel kap del bok bog akt avsnitt afsnit bind band".split())
_TEN, _TEENS = 10, 20
_SIXTY, _EIGHTY = 60, 80


class Spelling:
    """One language with its words folded, by value."""

    def __init__(self, tongue: Tongue, fold: Callable[[str], str]) -> None:
        self._tongue = tongue
        self._endings = [fold(ending).strip("_") for ending in tongue.endings.split()]
        self._units = list(_words(fold(tongue.cardinals), 1, 1, [""]))
        self._tens = list(_words(fold(tongue.tens), 20, 10, [""]))
        self._ordinals = list(_words(fold(tongue.ordinals), 1, 1, self._endings))
        self._ordinal_tens = list(_words(fold(tongue.ordinal_tens), 20, 10, self._endings))
        self._hundreds = fold(tongue.hundred).split("/")
        self._ordinal_hundreds = list(_words(fold(tongue.ordinal_hundred), 100, 1, self._endings))

    def openings(self) -> frozenset[str]:
        """Give the first letters of all phrases, which is done sooner than to give the phrases."""
        ordinals = self._ordinals + self._ordinal_tens + self._ordinal_hundreds
        known = {phrase[:OPENING] for phrase, _ in [*self._tens, *ordinals]}
        known |= {hundred[:OPENING] for hundred in self._hundreds}
        for unit, value in self._units:
            known |= set() if unit in _NOT_ALONE else {unit[:OPENING]}
            if value < _TEN and self._tongue.unit_first and len(unit) < OPENING:
                known |= {(unit + joiner)[:OPENING] for joiner in self._tongue.joiners}
        return frozenset(known)

    def phrases(self) -> Phrases:
        """Give all phrases; of two that are alike the cardinal is meant, and the smaller number."""
        small = [*self._units, *self._tens, *self._joined()]
        ordinal = [*self._ordinals, *self._ordinal_tens, *self._joined_ordinals()]
        tables = [
            _table([(phrase, value) for phrase, value in small if phrase not in _NOT_ALONE], ordinal=False),
            _table([*ordinal, *self._ordinal_hundreds], ordinal=True),
        ]
        for hundred in self._hundreds:
            tables.append({hundred: (100, False)})
            for joiner in self._tongue.hundred_joiners:
                tables.append(_table(small, hundred + joiner, ordinal=False))
                tables.append(_table(ordinal, hundred + joiner, ordinal=True))
        together: Phrases = {}
        for table in reversed(tables):
            together.update(table)
        return together

    def _joined(self) -> Iterator[tuple[str, int]]:
        for ten, tens in self._tens:
            for unit, value in self._units:
                if value < self._reach(tens):
                    for joiner in self._tongue.joiners:
                        parts = (unit, joiner, ten) if self._tongue.unit_first else (ten, joiner, unit)
                        yield "".join(parts), tens + value

    def _reach(self, tens: int) -> int:
        return _TEENS if self._tongue.vigesimal and tens in (_SIXTY, _EIGHTY) else _TEN

    def _joined_ordinals(self) -> Iterator[tuple[str, int]]:
        manner = self._tongue.manner
        if manner is Ordinal.SUFFIX:
            yield from self._with_suffix()
            yield from self._pairs(self._ordinal_tens, [one for one in self._ordinals if one[1] < _TEN])
        elif manner is Ordinal.UNIT_FIRST:
            units = [(unit, value) for unit, value in self._units if value < _TEN]
            yield from self._pairs(units, self._ordinal_tens)
        else:
            first = self._tens if manner is Ordinal.LAST else self._ordinal_tens
            for ten, tens in first:
                units = [(unit, value) for unit, value in self._ordinals if value < self._reach(tens)]
                yield from self._pairs([(ten, tens)], units)
        if self._tongue.turned:
            yield from self._turned()

    def _turned(self) -> Iterator[tuple[str, int]]:
        for ten, tens in self._ordinal_tens:
            for unit, value in self._units:
                if value < _TEN:
                    yield unit + self._tongue.turned + ten, tens + value

    def _pairs(
        self, before: list[tuple[str, int]], after: list[tuple[str, int]]
    ) -> Iterator[tuple[str, int]]:
        for one, value in before:
            for other, more in after:
                yield from ((one + joiner + other, value + more) for joiner in self._tongue.joiners)

    def _with_suffix(self) -> Iterator[tuple[str, int]]:
        for phrase, value in self._joined():
            bare = phrase if phrase.endswith(("tre", "sei")) else phrase[:-1]
            yield from ((bare + "esim" + ending, value) for ending in self._endings)


def _table(pairs: Sequence[tuple[str, int]], hundred: str = "", *, ordinal: bool) -> Phrases:
    """Give phrases with what they say, behind a hundred where there is one; of equal ones the first."""
    more = 100 if hundred else 0
    return {hundred + phrase: (value + more, ordinal) for phrase, value in reversed(pairs)}


def _words(row: str, first: int, step: int, endings: list[str]) -> Iterator[tuple[str, int]]:
    """Read a row of forms, which count from `first` by `step`; a form marked as whole takes no ending."""
    for place, forms in enumerate(row.split()):
        for form in forms.split("/"):
            whole = form.startswith("=")
            for ending in [""] if whole else endings:
                yield form.lstrip("=") + ending, first + step * place
