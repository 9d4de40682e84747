"""Furniture of more languages and sites: held out, to be measured and not tuned to.

The lines are made up in the manner of forums, journals, serial sites, patrons' pages and mailing lists.
"""

from tests.corpus_furniture import Language

TURKISH = Language(
    "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split(),
    {
        "credit": [
            "Kapak: Deniz Aksoy",
            "Fotoğraf: Elif Yıldız",
            "Çizim yazara aittir",
            "Görsel alıntıdır",
            "© Ege Stüdyo",
        ],
        "share": ["Paylaş", "Oyla", "Okuma listesine ekle", "Bölümü bildir", "Sıradaki bölüm"],
        "read": ["{d} {m} {y} tarihinde güncellendi", "{n} dk okuma, {d} {m} {y}"],
        "meta": ["{d} {m} {y} yayınlandı", "Etiketler: roman, deniz", "Yorum yap"],
        "comments": [
            "12 yorum",
            "Bayıldım, devamı ne zaman gelecek?",
            "Yanıtla",
            "mavikalem34",
            "Daha fazla yorum göster",
        ],
        "foot": ["Bu yazarın diğer hikâyeleri", "Kullanım koşulları", "Uygulamayı indir"],
        "run": ["{T}", "{A} · {T}"],
        "page": ["Sayfa {p}", "{p}."],
    },
)
FINNISH = Language(
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
    "lokakuuta marraskuuta joulukuuta".split(),
    {
        "credit": [
            "Kuva: Aino Lehtonen",
            "Kansi: Mikko Salo",
            "Kirjoittajan oma kuva",
            "Piirros S. Virta",
            "Valokuva museon kokoelmista",
        ],
        "share": ["Jaa", "Tykkää tästä", "Seuraava luku", "Edellinen luku", "Lisää kirjanmerkki"],
        "read": ["Lähetetty {d}. {m} {y} klo 21.1{n}", "Päivitetty {d}. {m} {y}"],
        "meta": ["Kirjoittanut metsänpeitto » {d}. {m} {y}", "Aihe: Jatkokertomus", "Vastaa viestiin"],
        "comments": [
            "Re: Jatkokertomus",
            "Hieno luku, kiitos!",
            "Ylös",
            "Viestit: 214",
            "Ilmoita asiaton viesti",
        ],
        "foot": ["Takaisin sivulle Kertomukset", "Paikallaolijat", "Käyttäjiä lukemassa tätä aluetta: 3"],
        "run": ["{T} | {A}", "{T}"],
        "page": ["sivu {p}", "s. {p}"],
    },
)
HUNGARIAN = Language(
    "január február március április május június július augusztus szeptember október november "
    "december".split(),
    {
        "credit": [
            "Fotó: Kovács Bence",
            "Borító: Szabó Réka",
            "A szerző rajza",
            "Kép forrása: családi album",
            "Illusztráció: közkincs",
        ],
        "share": ["Megosztás", "Tetszik 8", "Feliratkozás", "Következő rész", "Ajánlott bejegyzések"],
        "read": ["{y}. {m} {d}. {n} perc olvasás", "Közzétéve: {y}. {m} {d}."],
        "meta": ["Írta: tollforgató, {y}. {m} {d}.", "Címkék: regény", "Szólj hozzá!"],
        "comments": [
            "4 hozzászólás",
            "Alig várom a folytatást!",
            "Válasz erre",
            "kisbagoly írta",
            "Továbbiak",
        ],
        "foot": ["Szolgáltatás: blogkert", "Impresszum és adatvédelem", "Archívum"],
        "run": ["{A}: {T}", "{T}"],
        "page": ["{p}. oldal", "– {p}. –"],
    },
)
INDONESIAN = Language(
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    {
        "credit": [
            "Foto oleh Dewi Lestari Putri",
            "Sampul: Bayu Nugraha",
            "Gambar milik penulis",
            "Ilustrasi R. Hartono",
            "Sumber gambar: arsip keluarga",
        ],
        "share": [
            "Bagikan cerita ini",
            "Beri suara",
            "Tambah ke pustaka",
            "Bab selanjutnya",
            "Mungkin kamu suka",
        ],
        "read": ["{n} menit baca · {d} {m} {y}", "Diperbarui {d} {m} {y}"],
        "meta": ["Diterbitkan {d} {m} {y} oleh penahijau", "Tagar: laut, keluarga", "Tulis komentar"],
        "comments": [
            "7 komentar",
            "Keren banget, lanjut kak!",
            "Balas",
            "pembacasetia_",
            "Muat lebih banyak",
        ],
        "foot": ["Karya lain dari penulis ini", "Syarat dan ketentuan", "Unduh aplikasinya"],
        "run": ["{T} - {A}", "{T}"],
        "page": ["hal. {p}", "Halaman {p}"],
    },
)
JAPANESE = Language(
    [f"{month}月" for month in range(1, 13)],
    {
        "credit": ["写真:山田花子", "表紙 佐藤健", "イラスト:作者", "画像提供 市立資料館", "撮影 田中一郎"],
        "share": ["シェアする", "いいね 24", "ブックマークに追加", "次の話", "前の話"],
        "read": ["{y}年{m}{d}日 投稿", "更新日:{y}年{m}{d}日"],
        "meta": ["投稿者 波の音 {y}年{m}{d}日", "カテゴリ 小説", "感想を書く"],
        "comments": ["コメント 3", "続きが楽しみです!", "返信", "よみびとしらず", "もっと見る"],
        "foot": ["作者マイページ", "利用規約", "運営会社"],
        "run": ["{T}", "{A} {T}"],
        "page": ["{p}頁", "- {p} -"],
    },
)
SERIAL = Language(
    "January February March April May June July August September October November December".split(),
    {
        "credit": [
            "Cover art by Tamsin Rook",
            "Fanart courtesy of velvetmoth",
            "Map drawn by the author",
            "Banner: Q. Ferreira",
            "Art commissioned from Ilse",
        ],
        "share": [
            "Previous Chapter Next Chapter",
            "Donate to the author",
            "Bookmark this fiction",
            "Advance chapters for patrons",
            "Rate this chapter",
        ],
        "read": ["Released {m} {d}, {y} 1{n}:04 UTC", "{n} mins · {m} {d}, {y}"],
        "meta": ["Published {m} {d}, {y} by quillandkettle", "Rating: Teen And Up Audiences", "Kudos 212"],
        "comments": [
            "Comments (18)",
            "Thanks for the chapter!",
            "Log in or register to comment",
            "saltmarsh_reader wrote:",
            "Expand all replies",
        ],
        "foot": ["Top of Page", "Chapter Index", "Support quillandkettle and unlock 12 more posts"],
        "run": ["{T}, {A}", "{T}"],
        "page": ["pg {p}", "~ {p} ~"],
    },
)
JOURNAL = Language(
    "Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sep. Oct. Nov. Dec.".split(),
    {
        "credit": [
            "Icon by dusk_icons",
            "Graphic: L. Abara",
            "Screencap credit goes to halyard",
            "Moodboard by Wrenna",
            "Scan from the archive",
        ],
        "share": [
            "Link Leave a comment Share Flag",
            "Reblogged 41 times",
            "Memories",
            "Track this",
            "Mirrored from my site",
        ],
        "read": ["{d}-{m}-{y} 0{n}:12 am", "Date: {d} {m} {y} 22:3{n}"],
        "meta": [
            "emberlark wrote on {m} {d}, {y}",
            "Current Mood: accomplished",
            "Current Music: rain on the roof",
        ],
        "comments": [
            "(3 comments | Leave a comment)",
            "this hurt me in the best way",
            "(Reply) (Thread)",
            "nightingale_ink",
            "Page 1 of 2",
        ],
        "foot": [
            "Previous Entry",
            "List-Unsubscribe: see below",
            "To stop receiving these, write to the list owner",
        ],
        "run": ["{T} :: {A}", "{T}"],
        "page": ["[ {p} ]", ":: {p} ::"],
    },
)
SITES = {
    "sites": (TURKISH, FINNISH, HUNGARIAN, INDONESIAN, JAPANESE, SERIAL, JOURNAL),
    "turkish": (TURKISH,),
    "finnish": (FINNISH,),
    "hungarian": (HUNGARIAN,),
    "indonesian": (INDONESIAN,),
    "japanese": (JAPANESE,),
    "serial": (SERIAL,),
    "journal": (JOURNAL,),
}
"""By the name of a set, the languages that it gives to manuscripts in turn."""
