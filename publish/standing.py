"""Standing matter: the few words that the editions print by themselves, in the language of the book.

They are those that `normalize.language` can tell; a book in any other says them in English.
"""

from functools import cache

from msgspec import Struct

from publish.document import Metadata


class Words(Struct, frozen=True):
    """The words of one language."""

    contents: str
    notes: str
    """Over all notes, where they stand at the end of the book."""
    pages: str
    """Over the list of the pages of print."""
    illustrations: str
    """Over the list of those."""
    cover: str
    title_page: str
    beginning: str
    """Of the text, behind all that stands before it."""
    translated: str
    """Before the name of who did it, as the next four."""
    edited: str
    illustrated: str
    photographed: str
    introduced: str


_ROWS = """
be Змест | Заўвагі | Старонкі | Ілюстрацыі | Вокладка | Тытульны ліст | Пачатак тэксту
bg Съдържание | Бележки | Страници | Илюстрации | Корица | Заглавна страница | Начало на текста
ca Índex | Notes | Pàgines | Il·lustracions | Coberta | Portada | Inici del text
cs Obsah | Poznámky | Stránky | Ilustrace | Obálka | Titulní list | Začátek textu
cy Cynnwys | Nodiadau | Tudalennau | Darluniau | Clawr | Tudalen deitl | Dechrau’r testun
da Indhold | Noter | Sider | Illustrationer | Omslag | Titelblad | Tekstens begyndelse
de Inhalt | Anmerkungen | Seiten | Abbildungen | Umschlag | Titelseite | Textbeginn
el Περιεχόμενα | Σημειώσεις | Σελίδες | Εικόνες | Εξώφυλλο | Σελίδα τίτλου | Αρχή του κειμένου
en Contents | Notes | Pages | Illustrations | Cover | Title page | Start of text
es Índice | Notas | Páginas | Ilustraciones | Cubierta | Portada | Comienzo del texto
et Sisukord | Märkused | Leheküljed | Illustratsioonid | Kaas | Tiitelleht | Teksti algus
fi Sisällys | Viitteet | Sivut | Kuvat | Kansi | Nimiölehti | Tekstin alku
fr Table des matières | Notes | Pages | Illustrations | Couverture | Page de titre | Début du texte
hr Sadržaj | Bilješke | Stranice | Ilustracije | Korice | Naslovna stranica | Početak teksta
hu Tartalom | Jegyzetek | Oldalak | Illusztrációk | Borító | Címoldal | A szöveg kezdete
is Efnisyfirlit | Athugasemdir | Blaðsíður | Myndir | Kápa | Titilsíða | Upphaf texta
it Indice | Note | Pagine | Illustrazioni | Copertina | Frontespizio | Inizio del testo
la Index capitum | Adnotationes | Paginae | Imagines | Tegumentum | Titulus | Initium textus
lt Turinys | Pastabos | Puslapiai | Iliustracijos | Viršelis | Antraštinis lapas | Teksto pradžia
lv Saturs | Piezīmes | Lappuses | Ilustrācijas | Vāks | Titullapa | Teksta sākums
mk Содржина | Белешки | Страници | Илустрации | Корица | Насловна страница | Почеток на текстот
nb Innhold | Noter | Sider | Illustrasjoner | Omslag | Tittelblad | Tekstens begynnelse
nl Inhoud | Noten | Pagina’s | Illustraties | Omslag | Titelpagina | Begin van de tekst
nn Innhald | Notar | Sider | Illustrasjonar | Omslag | Tittelblad | Byrjinga av teksten
no Innhold | Noter | Sider | Illustrasjoner | Omslag | Tittelblad | Tekstens begynnelse
pl Spis treści | Przypisy | Strony | Ilustracje | Okładka | Strona tytułowa | Początek tekstu
pt Índice | Notas | Páginas | Ilustrações | Capa | Folha de rosto | Início do texto
ro Cuprins | Note | Pagini | Ilustrații | Copertă | Pagina de titlu | Începutul textului
ru Содержание | Примечания | Страницы | Иллюстрации | Обложка | Титульный лист | Начало текста
sk Obsah | Poznámky | Strany | Ilustrácie | Obálka | Titulný list | Začiatok textu
sl Kazalo | Opombe | Strani | Ilustracije | Naslovnica | Naslovna stran | Začetek besedila
sr Садржај | Напомене | Странице | Илустрације | Корице | Насловна страна | Почетак текста
sv Innehåll | Noter | Sidor | Illustrationer | Omslag | Titelsida | Textens början
tr İçindekiler | Notlar | Sayfalar | Resimler | Kapak | Başlık sayfası | Metnin başlangıcı
uk Зміст | Примітки | Сторінки | Ілюстрації | Обкладинка | Титульна сторінка | Початок тексту
vi Mục lục | Chú thích | Trang | Hình minh họa | Bìa | Trang tên sách | Đầu văn bản
"""

_MAKERS = """
be Пераклад: | Рэдакцыя: | Ілюстрацыі: | Фатаграфіі: | Прадмова:
bg Превод: | Редакция: | Илюстрации: | Снимки: | Предговор:
ca Traducció: | Edició: | Il·lustracions: | Fotografies: | Introducció de
cs Překlad: | Redakce: | Ilustrace: | Fotografie: | Předmluva:
cy Cyfieithiad: | Golygydd: | Darluniau: | Ffotograffau: | Cyflwyniad:
da Oversat af | Redigeret af | Illustreret af | Fotografier af | Med forord af
de Übersetzt von | Herausgegeben von | Illustriert von | Fotografien von | Mit einer Einleitung von
el Μετάφραση: | Επιμέλεια: | Εικονογράφηση: | Φωτογραφίες: | Εισαγωγή:
en Translated by | Edited by | Illustrated by | Photographs by | With an introduction by
es Traducción de | Edición de | Ilustraciones de | Fotografías de | Introducción de
et Tõlge: | Toimetaja: | Illustratsioonid: | Fotod: | Eessõna:
fi Käännös: | Toimitus: | Kuvitus: | Valokuvat: | Johdanto:
fr Traduit par | Édition établie par | Illustré par | Photographies par | Introduction de
hr Prijevod: | Uredništvo: | Ilustracije: | Fotografije: | Predgovor:
hu Fordítás: | Szerkesztés: | Illusztrációk: | Fényképek: | Előszó:
is Þýðing: | Ritstjórn: | Myndir: | Ljósmyndir: | Inngangur:
it Traduzione di | A cura di | Illustrazioni di | Fotografie di | Introduzione di
la Translatio: | Editio: | Imagines: | Photographemata: | Praefatio:
lt Vertimas: | Redakcija: | Iliustracijos: | Nuotraukos: | Įvadas:
lv Tulkojums: | Redakcija: | Ilustrācijas: | Fotogrāfijas: | Ievads:
mk Превод: | Уредување: | Илустрации: | Фотографии: | Предговор:
nb Oversatt av | Redigert av | Illustrert av | Fotografier av | Innledning av
nl Vertaald door | Samengesteld door | Geïllustreerd door | Foto’s van | Inleiding van
nn Omsett av | Redigert av | Illustrert av | Fotografi av | Innleiing av
no Oversatt av | Redigert av | Illustrert av | Fotografier av | Innledning av
pl Przekład: | Redakcja: | Ilustracje: | Fotografie: | Wstęp:
pt Tradução de | Edição de | Ilustrações de | Fotografias de | Introdução de
ro Traducere de | Ediție îngrijită de | Ilustrații de | Fotografii de | Introducere de
ru Перевод: | Редакция: | Иллюстрации: | Фотографии: | Предисловие:
sk Preklad: | Redakcia: | Ilustrácie: | Fotografie: | Predslov:
sl Prevod: | Uredništvo: | Ilustracije: | Fotografije: | Uvod:
sr Превод: | Уредништво: | Илустрације: | Фотографије: | Предговор:
sv Översatt av | Redigerad av | Illustrerad av | Fotografier av | Inledning av
tr Çeviri: | Yayıma hazırlayan: | Resimler: | Fotoğraflar: | Önsöz:
uk Переклад: | Редакція: | Ілюстрації: | Світлини: | Передмова:
vi Bản dịch: | Biên tập: | Minh họa: | Ảnh: | Lời giới thiệu:
"""
"""What others than the author did. Where a name would be inflected the work is named: "Перевод: …"."""


def credit(name: str, role: str, language: str) -> str:
    """Give the line of a title page for who made a book (MARC relator code): authors by their names alone."""
    own = words(language)
    did = {
        "trl": own.translated,
        "edt": own.edited,
        "ill": own.illustrated,
        "pht": own.photographed,
        "aui": own.introduced,
    }
    return f"{did[role]} {name}" if role in did else name


@cache
def words(language: str) -> Words:
    """Give the words of a language (BCP 47), in English where it is not known."""
    own = language.lower().partition("-")[0]
    found: list[str] = []
    for table in (_ROWS, _MAKERS):
        rows = {row[:2]: row[3:] for row in table.strip().splitlines()}
        found += rows.get(own, rows["en"]).split(" | ")
    return Words(*found)


def imprint(metadata: Metadata) -> list[str]:
    """Give the lines of the copyright page: only what is stated, nothing is claimed for the author."""
    lines = [metadata.rights.value] if metadata.rights else []
    if metadata.publisher:
        year = metadata.date.value[:4] if metadata.date else ""
        lines.append(f"{metadata.publisher.value}, {year}" if year else metadata.publisher.value)
    kind, _, number = (metadata.identifier.value if metadata.identifier else "").rpartition(":")
    return [*lines, f"ISBN {number}"] if kind.lower() == "urn:isbn" else lines
