"""One article pasted from a web page: what the page prints round it leaves the text, in many languages."""

import pytest

from publish.document import heading_text
from tests.reading import made_of as made
from tests.test_layout import headings, texts
from tests.test_undecided import prose

PAGES = {
    "en": "Sign in|Subscribe|{}|Share this article|Advertisement|Read also: The Weir|"
    "Leave a comment (3)|47 likes|Next|Sign up for our newsletter",
    "de": "Startseite|Anmelden|{}|Artikel teilen|Anzeige|Lesen Sie auch: Das Wehr|Kommentare (3)|"
    "Schlagwörter: Fluss|Nächster Artikel|Newsletter abonnieren",
    "fr": "Se connecter|S’abonner|{}|Partager cet article|Publicité|À lire aussi : Le lavoir|"
    "Commentaires (3)|Mots-clés : eau|Article suivant|Tout accepter",
    "es": "Iniciar sesión|Suscríbete|{}|Compartir en Facebook|Publicidad|Te puede interesar: El faro|"
    "Comentarios (3)|Archivado en:|Lo más visto|Política de cookies",
    "it": "Accedi|Menu|{}|Condividi su Facebook|PUBBLICITÀ|Leggi anche: Il fiume|Commenti (3)|"
    "Tag: nebbia, Po|Articolo successivo|Iscriviti alla newsletter",
    "pt": "Entrar|Assine já|{}|Compartilhar no Facebook|Publicidade|Leia também: O farol|"
    "Comentários (3)|Tags: mar|Próximo artigo|Voltar ao topo",
    "nl": "Inloggen|Word abonnee|{}|Deel dit artikel|Advertentie|Lees ook: De sluis|Reacties (3)|"
    "Tags: water|Volgend artikel|Meld je aan voor onze nieuwsbrief",
    "sv": "Logga in|Prenumerera|{}|Dela artikeln|Annons|Läs också: Slussen|Kommentarer (3)|"
    "Taggar: vatten|Nästa artikel|Till toppen",
    "da": "Log ind|Abonnér|{}|Del artiklen|Annonce|Læs også: Slusen|Kommentarer (3)|Emner: vand|"
    "Næste artikel|Til toppen",
    "pl": "Zaloguj się|Newsletter|{}|Udostępnij artykuł|Reklama|Czytaj także: Młyn|Komentarze (3)|"
    "Tagi: woda|Następny artykuł|Do góry",
    "cs": "Přihlásit se|Registrace|{}|Sdílet článek|Inzerce|Čtěte také: Mlýn|Diskuse (3)|Štítky: voda|"
    "Další článek|Zpět nahoru",
    "fi": "Kirjaudu sisään|Tilaa|{}|Jaa artikkeli|Mainos|Lue myös: Mylly|Kommentit (3)|Avainsanat: vesi|"
    "Seuraava artikkeli|Takaisin ylös",
    "hu": "Belépés|Regisztráció|{}|Megosztás|Hirdetés|Olvasd el ezt is: A malom|Hozzászólások (3)|"
    "Címkék: víz|Következő cikk|Vissza a tetejére",
    "tr": "Giriş yap|Üye ol|{}|Bu yazıyı paylaş|Reklam|Ayrıca okuyun: Değirmen|Yorumlar (3)|"
    "Etiketler: su|Sonraki yazı|Abone ol",
    "el": "Σύνδεση|Εγγραφή|{}|Κοινοποίηση|Διαφήμιση|Διαβάστε επίσης: Ο μύλος|Σχόλια (3)|Ετικέτες: νερό|"
    "Επόμενο άρθρο|Επιστροφή στην κορυφή",
    "ru": "Войти|Подписаться|{}|Поделиться|Реклама|Читайте также: Мельница|Комментарии (3)|Теги: вода|"
    "Следующая статья|Наверх",
}
TITLE, NAME, DAY = "On Waiting for Boats", "Cora Whitby", "12.03.2021"
BODY = [prose(at).split("\n\n")[0] for at in range(6)]


@pytest.mark.parametrize("space", ["\n", "\n\n"])
@pytest.mark.parametrize("language", PAGES)
def test_what_a_page_prints_round_its_article_leaves_the_text(language: str, space: str) -> None:
    first, second, title, share, advert, *foot = PAGES[language].format(TITLE).split("|")
    lines = [first, second, title, NAME, DAY, share, *BODY[:3], advert, *BODY[3:], *foot]
    page = made(space.join(lines))
    assert texts(page) == BODY
    assert page.book.metadata.title is not None
    assert page.book.metadata.title.value == TITLE
    assert sum(change.why == "STR011" for change in page.changes) >= len(foot)


TITLES = ["Log In", "Share", "Subscribe Now", "Leave a Comment"]


@pytest.mark.parametrize("space", ["\n\n", "\n\n\n"])
def test_chapters_that_are_called_so_stay(space: str) -> None:
    chapters = (f"{title}\n\n{prose(at)}" for at, title in enumerate(TITLES))
    book = made(f"The Feed\n\n{NAME}\n\n{space.join(chapters)}")
    assert all(title in repr(book.book.divisions) for title in TITLES)


@pytest.mark.parametrize(
    "lines",
    [
        "The page said:\n\nShare this article\n\nLeave a comment\n\nSubscribe now",
        "Share\nFollow\nLike\n\nand the day goes on\n\nShare\nFollow\nLike",
        "Him: Log in\n\nMe: Sign up\n\nHim: No thanks",
        "Read more",
    ],
)
def test_lines_amid_a_text_are_its_own(lines: str) -> None:
    book = repr(made("\n\n".join([TITLE, NAME, *BODY[:3], lines, *BODY[3:]])).book.divisions)
    assert all(line in book for line in lines.split("\n"))


def test_the_day_below_a_text_is_its_authors() -> None:
    foot = ["Dover, 3 May 1921", "Share this article", "Leave a comment", "Subscribe now"]
    page = made("\n\n".join([TITLE, NAME, *BODY, *foot]))
    assert texts(page)[-1] == foot[0]
    assert headings(page) == [""]


def test_such_lines_are_found_in_a_long_text_of_which_many_begin_alike() -> None:
    body = [f"It was the {at} day. {text}" for at in range(60) for text in BODY[:1]]
    foot = ["Read also: The Weir", "Sign up for our newsletter", "3 comments", "Tags: water, boats"]
    made_of = made("\n\n".join([TITLE, f"by {NAME}", *body, "\n".join(foot)]))
    assert [text for text in texts(made_of) if text in foot] == []


def test_buttons_that_a_story_shows_at_its_end_are_its_own() -> None:
    shown = ["Then it said only:", "Share", "Comments", "Log in", "Goodbye"]
    assert texts(made("\n\n".join(["The Screen", *BODY, *shown])))[-5:] == shown


def test_about_the_author_stays_with_what_it_heads() -> None:
    text = (
        "Chapter 1\n\nThe shop smelled of rope and paraffin, and nobody minded.\n\n"
        "Chapter 2\n\nShe folded the map the wrong way, as always.\n\n"
        "About the author\n\nCora Whitby was born on a ferry and writes at night.\n\nLeave a comment\nShare\n"
    )
    *_, last = made(text).book.divisions
    assert (heading_text(last), len(last.blocks)) == ("About the author", 1)
