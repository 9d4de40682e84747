"""Words that name divisions of books, by kind, folded for comparison."""

from __future__ import annotations

from publish.document import DivisionKind as Kind
from publish.normalize.numerals import fold


def _table(rows: dict[Kind, str]) -> dict[str, Kind]:
    return {fold(words): kind for kind, row in rows.items() for words in row.split("|")}


def _words(row: str) -> frozenset[str]:
    return frozenset(fold(word) for word in row.split("|"))


_INTERLUDE = (
    "interlude|zwischenspiel|interludio|intermezzo|intermission|entr'acte|entracte|entreacto|tussenspel|"
    "interludium|mezihra|mellomspill|mellemspil|mellanspel|интерлюдия"
)
_APPENDIX = "appendix|annexe|anhang|apendice|appendice|bijlage|dodatek|aneks|priloha|"
_APPENDIX += "tillæg|vedlegg|bilaga|anexo|приложение"


def _signed(*names: str) -> str:
    """Give the names of pieces by one who made the book: "Translator's Preface"."""
    makers = ("author", "editor", "translator", "publisher")
    return "|".join(f"{maker}'s {name}" for maker in makers for name in names)


_OPENING = "prelude|vorspiel|preludio|preludium|voorspel|прелюдия|induction"
_CLOSING = "finale|postlude|nachspiel|postludio|naspel|финал|envoi|l'envoi|envoy"

LABELS = _table(
    {
        Kind.VOLUME: "volume|volumes|vol|tome|tom|tomo|volumen|volumi|band|том|τομος|svazek|bind|cilt|"
        "kötet|jilid",
        Kind.BOOK: "book|books|livre|livres|buch|bucher|libro|libros|libri|livro|livros|boek|ksiega|kniha|"
        "книга|βιβλιο|bok|boken|bog|kirja|kitap|könyv|buku|cartea",
        Kind.PART: "part|parts|partie|parties|teil|teile|parte|partes|parti|deel|delen|czesc|cast|часть|"
        "части|μερος|del|delen|osa|division|díl|kısım|rész|bagian|частина|partea|भाग|"
        "abteilung|abtheilung",
        Kind.ACT: "act|acts|acte|actes|akt|aufzug|acto|actos|ato|atti|atto|bedrijf|действие|πραξη|jornada|"
        "jednani|dejstvi|akten|акт|felvonas|naytos|perde",
        Kind.SCENE: "scene|scenes|szene|auftritt|escena|cena|scena|tafereel|сцена|явление|σκηνη|"
        "toneel|tooneel|vystup|scenen|картина|jelenet|kohtaus",
        Kind.CHAPTER: "chapter|chapters|chap|ch|chapitre|chapitres|kapitel|kap|capitulo|capitulos|capitolo|"
        "capitoli|cap|hoofdstuk|hoofdstukken|rozdzial|rozdzialy|kapitola|глава|главы|κεφαλαιο|kapittel|luku|"
        "kapitlet|kapitlar|bölüm|fejezet|bab|розділ|capitolul|poglavlje|poglavje|अध्याय|الفصل|"
        "episode|episodes|stave|staves|canto|cantos|chant|gesang|episodio|folge|capitel|hauptstück|hlava",
        Kind.LETTER: "letter|letters|lettre|lettres|brief|briefe|carta|cartas|lettera|lettere|письмо|epistle|"
        "dopis|brev|brevet",
        Kind.SECTION: "section|sections|abschnitt|seccion|secao|sezione|sectie|раздел|avsnitt|afsnit|oddil|§",
        Kind.INTERLUDE: _INTERLUDE,
        Kind.APPENDIX: _APPENDIX,
    }
)
"""Words that take a number."""

NAMES = _table(
    {
        Kind.COPYRIGHT: "copyright|copyright page|copyright notice|legal notice|impressum|mentions legales|"
        "ficha tecnica|colophon|colofon|kolophon",
        Kind.ALSO_BY: "also by|also by the author|also by this author|other books by|by the same author|du "
        "meme auteur|de la meme auteure|von derselben autorin|vom selben autor|del mismo autor|de la misma "
        "autora|dello stesso autore|della stessa autrice|do mesmo autor|da mesma autora|van dezelfde auteur",
        Kind.DEDICATION: "dedication|dedicace|widmung|dedicatoria|dedica|opdracht|dedykacja|посвящение|"
        "venovani|tilegnelse|tillagnan|tilegnet|dedikation|dedikasjon",
        Kind.EPIGRAPH: "epigraph|epigraphe|epigrafe|epigrafo|exergue|эпиграф|motto",
        Kind.FOREWORD: "foreword|avant-propos|geleitwort|prologo del autor|prefazione dell'autore|"
        "woord vooraf|przedmowa|notice|advertisement|to the reader|au lecteur|an den leser|"
        "al lector|ao leitor|al lettore|aan de lezer|do czytelnika|к читателю|note|a note|"
        "explanatory|explanatory note|editorial note|от автора|vorbemerkung|forethought|"
        + _signed("note", "foreword"),
        Kind.PERSONS: "dramatis personae|dramatis personæ|persons of the play|persons represented|cast of "
        "characters|list of characters|the characters|characters|personnages|les personnages|personen|die "
        "personen|personen der handlung|personajes|personaggi|personagens|действующие лица|osoby|osoby "
        "dramatu|personer|personerna|personene",
        Kind.PREFACE: "preface|vorwort|vorrede|prefacio|prefazione|premessa|voorwoord|предисловие|"
        "forord|förord|predmluva|esipuhe|előszó|前言|まえがき|preface de l'auteur|" + _signed("preface"),
        Kind.INTRODUCTION: "introduction|einleitung|einfuhrung|introduccion|introducao|introduzione|"
        "inleiding|wstep|введение|вступление|εισαγωγη|uvod|indledning|innledning|inledning|"
        + _signed("introduction"),
        Kind.PROLOGUE: "prologue|prolog|prologo|proloog|пролог|προλογος|"
        f"prologi|önsöz|序章|楔子|プロローグ|프롤로그|{_OPENING}",
        Kind.INTERLUDE: _INTERLUDE,
        Kind.EPILOGUE: "epilogue|epilog|epilogo|epiloog|эпилог|επιλογος|coda|conclusion|schluss|conclusao|"
        f"epilogi|sonsöz|終章|终章|尾声|エピローグ|에필로그|{_CLOSING}",
        Kind.AFTERWORD: "afterword|postface|nachwort|epilogo del autor|posfacio|postfazione|nawoord|poslowie|"
        "послесловие|επιμετρο|efterord|etterord|doslov|postscript|posfacio|postfacio|efterskrift|etterskrift|"
        "utószó|jälkisanat|後記|后记|あとがき|afterthought|" + _signed("afterword"),
        Kind.ACKNOWLEDGMENTS: "acknowledgments|acknowledgements|acknowledgment|acknowledgement|remerciements|"
        "danksagung|dank|agradecimientos|agradecimentos|ringraziamenti|dankwoord|podziekowania|благодарности|"
        "ευχαριστιες|thanks|podekovani|taksigelser|takksigelser|tackord|woord van dank",
        Kind.APPENDIX: _APPENDIX,
        Kind.NOTES: "notes|endnotes|footnotes|anmerkungen|notas|przypisy|примечания|σημειωσεις|noten|"
        "endnoten|fussnoten|fußnoten|noter|poznamky|notes de fin|notas finales|eindnoten|aantekeningen",
        Kind.GLOSSARY: "glossary|glossar|glossaire|glosario|glossario|verklarende woordenlijst|woordenlijst|"
        "slowniczek|slovnicek|ordliste|ordlista|глоссарий|γλωσσαριο",
        Kind.BIBLIOGRAPHY: "bibliography|works cited|further reading|bibliographie|literaturverzeichnis|"
        "bibliografia|bibliografie|literatuurlijst|litteraturliste|litteraturlista|библиография|список "
        "литературы|βιβλιογραφια",
        Kind.ABOUT_AUTHOR: "about the author|a propos de l'auteur|uber den autor|uber die autorin|"
        "sobre el autor|sobre la autora|sobre o autor|sobre a autora|sull'autore|over de auteur|o autorze|"
        "об авторе|acerca del autor|acerca de la autora|a propos de l'auteure|sull'autrice|sobre os autores|"
        "over de schrijver|over de schrijfster|o autorce|o autorovi|om forfatteren|om författaren|"
        "zum autor|zur autorin|об авторах|about the authors|about the translator",
    }
)
"""Words that are a division by themselves."""

LAST = _words(
    "last|final|ultimate|dernier|derniere|letzte|letzter|letztes|ultimo|ultima|laatste|ostatni|последняя|"
    "последний|τελευταιο|sidste|siste|sista|posledni|utolso|viimeinen|son|最終章|最终章"
)
"""In place of a number: "Chapter the Last"."""

OPENS = _words(_OPENING)
CLOSES = _words(f"{_CLOSING}|l envoi|sequel|bibliographical note|historical note")
"""Titles that usually open or close a book; as titles of a chapter they may stand anywhere."""

ARTICLES = _words("the|le|la|les|der|die|das|el|los|las|o|a|il|lo|i|de|het|den|det|το")
CONJUNCTIONS = _words("and|et|und|y|e|en|i|и|och|og|&|και")
RANGE_WORDS = _words("to|through|thru|bis|a|à|au|al|ao|tot|t/m|do|až|по|до|til|till|ila|-ig|hingga")
OF_WORDS = _words("of|de|von|di|van|z|из|sur|/")
CONTINUED = _words(
    "continued|cont|cont'd|contd|suite|fortsetzung|forts|continuacion|continuacao|continuazione|vervolg|cd|"
    "продолжение|concluded|conclusion|fin|in continuation"
)
NOTE_WORDS = _words("note|nota|notiz|anmerkung|bemerkung|explanatory|uwaga|opmerking|примечание")
"""An author's notes usually close the front matter."""
SUMMARY_WORDS = _words(
    "notes|notas|anmerkungen|noten|summary|resume|zusammenfassung|resumen|resumo|riassunto|samenvatting|"
    "streszczenie"
)
ABOUT_CHAPTER = _words(
    "author|authors|s|a|an|the|this|for|to|on|of|beginning|opening|previous|end|de|du|del|da|zum"
)
"""Words beside which a line only announces a note: "Author's Notes", "Notes for the Chapter"."""
LINK_WORDS = _words("to|by|from|for|of|a|de|du|par|von|zu|zur|zum|di|da|al|alla|van|bij|к|do")
"""Words that tie a name to the rest of its title: "Preface to the Second Edition"."""

CAPTIONS = _words(
    "figure|fig|table|plate|illustration|map|abbildung|abb|bild|tabelle|tafel|tableau|planche|figura|tabla|"
    "cuadro|lamina|tavola|tabella|quadro|tabela|figuur|afbeelding|rycina|obrazek|figur|рисунок|таблица"
)
"""Words that take a number and name what is shown, not what is told."""
HOURS = _words("am|pm|uhr|heures|klo|kl|ч")
"""Words after which a leading number is a time of day."""
ADDRESS_WORDS = _words("to|al|an|aan|fur|para|pour|voor|dla|aux|au")
"""A title that begins with one of these addresses a reader: a dedication."""
DEDICATES = ADDRESS_WORDS | {"for"}
