"""Furniture in other languages than the corpus has, for the generator to put into its manuscripts.

What is recognized must be recognized by its place and its return, not by its words.
"""

from msgspec import Struct


class Language(Struct, frozen=True):
    """The names of the months and the generator's lists of furniture, by its own keys."""

    months: list[str]
    furniture: dict[str, list[str]]


GERMAN = Language(
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    {
        "credit": [
            "Foto: Heike Brandt",
            "© Jürgen Maaß Fotografie",
            "Bild: Stadtarchiv Lübeck",
            "Aufnahme von Sven Öhler, gemeinfrei",
            "© Atelier Nordlicht",
        ],
        "share": [
            "Teilen mit:",
            "Klick, um über Twitter zu teilen (Wird in neuem Fenster geöffnet)",
            "Klick, um auf Facebook zu teilen (Wird in neuem Fenster geöffnet)",
            "Gefällt mir Wird geladen …",
            "Ähnliche Beiträge",
        ],
        "read": ["{n} Min. Lesezeit{d}. {m} {y}", "{n} Min. Lesezeit · {d}. {m} {y}"],
        "meta": [
            "Veröffentlicht am {d}. {m} {y} von dieschreiberin",
            "Abgelegt unter Allgemein",
            "Schreibe einen Kommentar",
        ],
        "comments": [
            "3 Gedanken zu „{t}“",
            "Großartig! Ich warte ungeduldig auf die Fortsetzung.",
            "Antworten",
            "leseratte77 sagt:",
            "Ein Blog auf der eigenen Maschine.",
        ],
        "foot": ["Von dieschreiberin", "Alle Beiträge von dieschreiberin anzeigen", "Impressum"],
        "run": ["{T}", "{A}"],
        "page": ["Seite {p}", "[{p}]"],
    },
)
FRENCH = Language(
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    {
        "credit": [
            "Crédit photo : Maëlle Guérin",
            "Photographie de Luc Fabre",
            "© Agence Belle-Île",
            "Illustration : domaine public",
            "© Noé Lambert, tous droits réservés",
        ],
        "share": [
            "Partager :",
            "Cliquez pour partager sur Twitter (ouvre dans une nouvelle fenêtre)",
            "Cliquez pour partager sur Facebook (ouvre dans une nouvelle fenêtre)",
            "J’aime chargement…",
            "Articles similaires",
        ],
        "read": ["{n} min de lecture{d} {m} {y}", "Lecture : {n} min – {d} {m} {y}"],
        "meta": ["Publié le {d} {m} {y} par laplume", "Publié dans Non classé", "Laisser un commentaire"],
        "comments": [
            "3 réflexions sur « {t} »",
            "Magnifique ! Vivement la suite.",
            "Répondre",
            "souris_grise dit :",
            "Propulsé par un petit carnet en ligne.",
        ],
        "foot": ["Publié par laplume", "Voir tous les articles de laplume", "Créez votre carnet"],
        "run": ["{T}", "{A}"],
        "page": ["– {p} –", "p. {p}"],
    },
)
SPANISH = Language(
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    {
        "credit": [
            "Fotografía de Inés Quiroga",
            "Foto: Archivo Municipal",
            "© Estudio Peñalba",
            "Imagen cedida por R. Núñez",
            "© Iñaki Olaizola",
        ],
        "share": [
            "Comparte esto:",
            "Haz clic para compartir en Twitter (Se abre en una ventana nueva)",
            "Haz clic para compartir en Facebook (Se abre en una ventana nueva)",
            "Me gusta Cargando...",
            "Relacionado",
        ],
        "read": ["{n} min de lectura{d} {m} {y}", "Lectura de {n} min | {d} de {m} de {y}"],
        "meta": ["Publicado el {d} {m}, {y} por lapluma", "Publicado en Sin categoría", "Deja un comentario"],
        "comments": [
            "3 comentarios en “{t}”",
            "¡Qué capítulo! Ya quiero leer el siguiente.",
            "Responder",
            "ratondebiblioteca dice:",
            "Hecho con cariño en un servidor prestado.",
        ],
        "foot": ["Publicado por lapluma", "Ver todas las entradas de lapluma", "Crea un sitio web gratuito"],
        "run": ["{T}", "{A}"],
        "page": ["pág. {p}", "{p} |"],
    },
)
NEWSLETTER = Language(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    {
        "credit": [
            "Art: Tomasz Wiech",
            "Courtesy of the Hollis Collection",
            "Dawn, by M. Webb",
            "Pixabay / qwx3",
            "Illustrated by the author",
        ],
        "share": [
            "Share",
            "Restack",
            "Thanks for reading The Long Field! This post is public, so feel free to share it.",
            "Discussion about this post",
            "Ready for more?",
        ],
        "read": ["{m} {d}, {y} ∙ Paid", "{n}-minute read ∙ {m} {d}, {y}"],
        "meta": ["Marisol Webb {m} {d}, {y}", "Upgrade to paid", "Write a comment..."],
        "comments": [
            "Top Latest Discussions",
            "Loved this one, thank you for sharing it.",
            "Liked by Marisol Webb",
            "Priya R. 2h",
            "5 more comments...",
        ],
        "foot": ["Start your Substack", "Get the app", "Privacy ∙ Terms ∙ Collection notice"],
        "run": ["{A} / {T}", "{T}"],
        "page": ["{p} |", "| {p}"],
    },
)
ARCHIVE = Language(
    "01 02 03 04 05 06 07 08 09 10 11 12".split(),
    {
        "credit": [
            "Beta: quillfeather",
            "Banner made by lostlantern",
            "Cover art: mossandstone",
            "Prompt from the winter exchange",
            "Podfic by echoes_in_ink",
        ],
        "share": ["Chapter Index", "Entire Work", "Kudos ♥", "↑ Top", "Bookmark this work"],
        "read": ["Updated: {y}-{m}-{d} Words: {n},211", "{n},408 words, posted {y}-{m}-{d}"],
        "meta": ["Published: {y}-{m}-{d}", "See the end of the chapter for notes", "Comments (12)"],
        "comments": [
            "Page 1 of 3",
            "aaaaah I screamed at my desk!!!",
            "Parent Thread",
            "tinderbox on Chapter 4",
            "Actions",
        ],
        "foot": ["Works by quillfeather", "Terms of Service", "DMCA Policy"],
        "run": ["{T} — {A}", "{T}"],
        "page": ["Page {p} of 412", "{p}/412"],
    },
)
PORTUGUESE = Language(
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(),
    {
        "credit": [
            "Arquivo pessoal de Jacira Moura",
            "Capa de T. Fontoura",
            "Divulgação / Editora Aroeira",
            "Acervo da família",
            "Lia Prado, reprodução proibida",
        ],
        "share": [
            "Vote nesta história ★",
            "Adicionar à lista de leitura",
            "Denunciar história",
            "Próxima parte",
            "Você também vai gostar",
        ],
        "read": ["{d} de {m} de {y} • {n} min", "Atualizado em {d} de {m} de {y}"],
        "meta": ["Em andamento, desde {d} de {m} de {y}", "Conteúdo adulto: não", "Escreva algo bacana..."],
        "comments": [
            "Ver todos os comentários",
            "Meu Deus, que final foi esse?!",
            "Ver mais respostas",
            "luninha_lê",
            "há 3 meses",
        ],
        "foot": ["Baixe o aplicativo", "Termos e privacidade", "Idioma: Português"],
        "run": ["{T} • {A}", "{A}"],
        "page": ["• {p} •", "fl. {p}"],
    },
)
ITALIAN = Language(
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    {
        "credit": [
            "Scatto di Ilaria Conti",
            "Collezione Bassani",
            "Disegno dell’autrice",
            "Olio su tela, 1904",
            "Per gentile concessione di Casa Verri",
        ],
        "share": [
            "Invia tramite email",
            "Postalo sul blog",
            "Condividi su X",
            "Etichette: racconti, romanzo",
            "Post più recente Home page Post più vecchio",
        ],
        "read": ["{d} {m} {y}, ore 18:4{n}", "lunedì {d} {m} {y}"],
        "meta": ["mercoledì {d} {m} {y}", "Pubblicato da Nonna Lina alle 12:30", "Nessun commento:"],
        "comments": [
            "4 commenti:",
            "Bellissimo, aspetto il seguito con ansia!",
            "Elimina",
            "Anonimo 14:22",
            "Posta un commento",
        ],
        "foot": [
            "Iscriviti a: Post (Atom)",
            "Informazioni personali",
            "Tema Semplice. Powered by un vecchio gestore.",
        ],
        "run": ["{A}", "{T}"],
        "page": ["pagina {p}", "* {p} *"],
    },
)
POLISH = Language(
    (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    ).split(),
    {
        "credit": [
            "Rys. Halina Dąb",
            "Zdjęcie: zbiory własne",
            "Fot. K. Wrona",
            "Źródło: archiwum rodzinne",
            "Okładka Z. Żuraw",
        ],
        "share": ["Cytuj", "Zgłoś nadużycie", "Góra", "Wyświetl posty z ostatnich: 30 dni", "Podobne tematy"],
        "read": ["Post wysłano: {d} {m} {y}, 18:0{n}", "{d} {m} {y} o 21:1{n}"],
        "meta": ["Ostatnio edytowany przez sowa44, {d} {m} {y}", "Posty: 231", "Dołączyła: 12 lutego 2014"],
        "comments": [
            "Re: {t}",
            "Czekam na więcej, pisz szybko!",
            "Odpowiedz z cytatem",
            "kos_w_lesie",
            "Lokalizacja: Toruń",
        ],
        "foot": ["Kto jest na forum", "Usuń ciasteczka witryny", "Strefa czasowa UTC+01:00"],
        "run": ["{T}", "{A}"],
        "page": ["str. {p}", "< {p} >"],
    },
)
SWEDISH = Language(
    "jan. feb. mars april maj juni juli aug. sept. okt. nov. dec.".split(),
    {
        "credit": [
            "Teckning av Elsa Norrby",
            "Bildkälla: hembygdsgården",
            "Ur författarens samling",
            "Akvarell: L. Strand",
            "Omslag av P. Ek",
        ],
        "share": [
            "Svara Svara alla Vidarebefordra",
            "Visa i webbläsaren",
            "Skickat från min iPhone",
            "Avsluta prenumerationen",
            "Tipsa en vän",
        ],
        "read": ["Skickat: den {d} {m} {y} kl. 08:1{n}", "Nyhetsbrev {n}, {d} {m} {y}"],
        "meta": ["Den {d} {m} {y} skrev Brita Lind:", "Till: läsarna", "Ämne: ännu ett kapitel"],
        "comments": [
            "Ursprungligt meddelande",
            "Tack för kapitlet, jag grät på bussen!",
            "Vidarebefordrat brev",
            "sotkatten via lista",
            "Visa hela brevet",
        ],
        "foot": [
            "Du får det här brevet för att du är medlem",
            "Hantera inställningar",
            "Lindska brevlistan, Box 12, Umeå",
        ],
        "run": ["{T}", "{T} / {A}"],
        "page": ["s {p}", "( {p} )"],
    },
)
RUSSIAN = Language(
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    {
        "credit": [
            "Рисунок автора",
            "Обложка Веры Штиль",
            "Из семейного архива",
            "Худ. О. Лебедь",
            "Гравюра неизвестного мастера",
        ],
        "share": ["Нравится 14", "В закладки", "Подписаться на автора", "Пожаловаться", "Читайте также"],
        "read": ["{d} {m} {y} · {n} минут", "обновлено {d} {m} {y}"],
        "meta": ["{d} {m} {y}, перо77", "Жанр: проза", "Оставить отзыв"],
        "comments": [
            "Отзывов: 3",
            "Очень понравилось, жду продолжения!",
            "Ответить",
            "синица_у_моря",
            "Показать ещё",
        ],
        "foot": ["Правила сайта", "Все произведения автора", "Мобильная версия"],
        "run": ["{A}. {T}", "{T}"],
        "page": ["— {p} —", "с. {p}"],
    },
)
FURNITURE = {
    "other": (GERMAN, FRENCH, SPANISH),
    "platforms": (NEWSLETTER, ARCHIVE, PORTUGUESE, ITALIAN, POLISH, SWEDISH, RUSSIAN),
    "newsletter": (NEWSLETTER,),
    "archive": (ARCHIVE,),
    "portuguese": (PORTUGUESE,),
    "italian": (ITALIAN,),
    "polish": (POLISH,),
    "swedish": (SWEDISH,),
    "russian": (RUSSIAN,),
}
"""By the name of a set, the languages that it gives to manuscripts in turn."""
