"""Pictures stand where the author put them, described, captioned, and as every store takes them."""

import random
import re
import tracemalloc
import zipfile
from io import SEEK_END, BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from publish import build, markdown
from publish.check import faults
from publish.config import Format
from publish.diagnostic import PublishError
from publish.document import Figure, Letter, Paragraph, Quotation, Table, prose, same
from publish.epub.fitting import fitted
from publish.pictures import Picture, figures, kind_of

TEXT = "The river was high that year, and nobody crossed it who had no need to.\n"
HEAD = "---\ntitle: The Bridge\nauthor: Ada Marsh\nlanguage: en\n---\n\n"
TWO = f"{HEAD}# Chapter 1\n\n{TEXT}\n%s\n\n{TEXT}\n# Chapter 2\n\n{TEXT}"
ORIENTATION = 0x0112
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'


def jpeg(size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    file = BytesIO()
    Image.new(mode, size).save(file, "JPEG", **more)
    return file.getvalue()


def held(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif


def folder(tmp_path: Path, text: str, **pictures: bytes) -> Path:
    (tmp_path / "book.md").write_text(text, encoding="utf-8")
    for name, data in pictures.items():
        (tmp_path / name.replace("__", ".")).write_bytes(data)
    return tmp_path


def editions(path: Path, *formats: Format) -> dict[Format, bytes]:
    manuscript = build.load([path])
    book = build.assemble(manuscript).book
    made = build.editions(book, manuscript, formats or (Format.EPUB,), progress=lambda _: None)
    read = {}
    for kind, file in made.items():
        with file:
            read[kind] = file.read()
    return read


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_picture_alone_in_its_paragraph_is_a_figure(tmp_path: Path) -> None:
    mark = '![A "new" bridge](a map.jpg "The bridge at *Arta*"){credit="Photo: Ada Marsh"}'
    manuscript = build.load([folder(tmp_path, TWO % mark)])
    (figure,) = figures(build.assemble(manuscript).book)
    assert figure == Figure(figure.image, figure.alt, figure.caption, figure.credit)
    assert (figure.image.text, figure.alt.text) == ("a map.jpg", "A “new” bridge")
    assert prose(figure.caption).text == "The bridge at Arta"
    assert prose(figure.credit).text == "Photo: Ada Marsh"


INSIDE = """::: letter
Dear Ada,

![A map](map.jpg "The *valley*")

Yours,

Leonid
:::

> He had drawn it himself.
>
> ![A hand](map.jpg)
>
> | Year | Ice |
> |---|---|
> | 1901 | none |
>
> It was never printed."""


@pytest.mark.parametrize(
    ("mark", "alt"),
    [
        ("[![A map](map.jpg)](https://example.org/large)", "A map"),
        ("![[map.jpg]]", ""),
        ("![[map.jpg|300]]", ""),
        ("![[map.jpg|A map]]", "A map"),
        ('<img src="map.jpg" width="300" alt="A map"/>', "A map"),
        ("<img alt='A map' src='map.jpg'>", "A map"),
    ],
)
def test_pictures_as_other_programs_write_them(tmp_path: Path, mark: str, alt: str) -> None:
    manuscript = build.load([folder(tmp_path, TWO % mark, map__jpg=jpeg())])
    (found,) = figures(build.assemble(manuscript).book)
    assert (found.image.text, found.alt.text) == ("map.jpg", alt)


def test_a_link_leads_no_picture_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "map.jpg").write_bytes(jpeg())
    (tmp_path / "book" / "map.jpg").symlink_to(tmp_path / "map.jpg")
    with pytest.raises(PublishError, match="is not in the book's folder"):
        editions(folder(tmp_path / "book", TWO % "![A map](map.jpg)"))


@pytest.mark.parametrize(
    "caption", ["*The pot. Photo by the author.*", "Photo: Ada Marsh", "At the old bridge"]
)
def test_a_line_that_touches_a_picture_is_its_caption(tmp_path: Path, caption: str) -> None:
    manuscript = build.load([folder(tmp_path, TWO % f"![A bridge](map.jpg)\n{caption}", map__jpg=jpeg())])
    (figure,) = figures(build.assemble(manuscript).book)
    assert (figure.alt.text, prose(figure.caption).text) == ("A bridge", caption.strip("*"))


def test_a_picture_that_touches_another_is_no_caption(tmp_path: Path) -> None:
    two = TWO % "![A bridge](map.jpg)\n![A bridge](map.jpg)"
    found = figures(build.assemble(build.load([folder(tmp_path, two, map__jpg=jpeg())])).book)
    assert not [figure for figure in found if prose(figure.caption).text]


@pytest.mark.parametrize("written", ["![A\nbridge](map.jpg)", '<img src="map.jpg"\nalt="A bridge">'])
def test_a_picture_may_be_written_in_two_lines(tmp_path: Path, written: str) -> None:
    manuscript = build.load([folder(tmp_path, TWO % written, map__jpg=jpeg())])
    (figure,) = figures(build.assemble(manuscript).book)
    assert (figure.alt.text, prose(figure.caption).text) == ("A bridge", "")


def test_pictures_and_tables_stand_in_letters_and_quotations(tmp_path: Path) -> None:
    path = folder(tmp_path, TWO % INSIDE, map__jpg=jpeg())
    book = build.assemble(build.load([path])).book
    _, letter, quotation, _ = book.divisions[0].blocks
    assert isinstance(letter, Letter)
    assert isinstance(quotation, Quotation)
    assert [type(block) for block in letter.body] == [Figure]
    assert [prose(paragraph.children).text for paragraph in letter.opening] == ["Dear Ada,"]
    assert [type(block) for block in quotation.blocks] == [Paragraph, Figure, Table, Paragraph]
    made = editions(path, Format.EPUB, Format.PDF)
    assert not faults(made[Format.EPUB])
    inside = entries(made[Format.EPUB])
    assert inside["EPUB/nav.xhtml"].decode().count("#chapter-1.figure-") == 2
    assert "EPUB/images/map.jpg" in inside
    (tmp_path / "again").mkdir()
    back = build.load([folder(tmp_path / "again", markdown.write(book))])
    assert same(build.assemble(back).book, book)


@pytest.mark.parametrize("mark", ["See ![the map](map.jpg) here.", "![The map](https://a.example/map.jpg)"])
def test_a_picture_amid_text_or_on_the_web_stays_as_it_is_typed(tmp_path: Path, mark: str) -> None:
    manuscript = build.load([folder(tmp_path, TWO % mark)])
    book = build.assemble(manuscript).book
    assert not list(figures(book))
    assert mark in "".join(prose(b.children).text for b in book.divisions[0].blocks)  # type: ignore[union-attr]


def test_the_ebook_has_picture_description_caption_and_list(tmp_path: Path) -> None:
    described = '![A bridge & a boat](map.jpg "At *Arta*^[In Greece.]"){credit="Ada"}'
    mark = f"{described}\n\n![](map.jpg)\n\n![Dot](dot.svg)"
    made = editions(folder(tmp_path, TWO % mark, map__jpg=jpeg(), dot__svg=SVG))[Format.EPUB]
    assert not faults(made)
    inside = entries(made)
    assert inside["EPUB/images/map.jpg"] == (tmp_path / "map.jpg").read_bytes()
    text = inside["EPUB/01-chapter-1.xhtml"].decode()
    assert '<img src="images/map.jpg" alt="A bridge &amp; a boat"/>' in text
    assert '<p class="credit">Ada</p>' in text
    nav = inside["EPUB/nav.xhtml"].decode()
    assert re.findall('<a href="01-chapter-1.xhtml#chapter-1.figure-[0-9]">([^<]*)</a>', nav) == [
        "At Arta",
        "Dot",
    ]
    assert 'epub:type="loi" href="nav.xhtml#loi"' in nav
    package = inside["EPUB/content.opf"].decode()
    assert 'media-type="image/svg+xml"' in package
    # One picture is not described, so nothing is claimed.
    assert "alternativeText" not in package


def test_a_picture_that_was_cut_off_is_refused_though_its_thumbnail_is_whole() -> None:
    thumbnail = jpeg((8, 6))
    segment = b"\xff\xe1" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail
    whole = b"\xff\xd8" + segment + jpeg((60, 40))[2:]
    assert kind_of(whole).suffix == "jpg"
    with pytest.raises(PublishError, match="cut off"):
        kind_of(whole[:-40])


@pytest.mark.parametrize(
    ("root", "ground"),
    [
        ("<svg {} viewBox='-5 -5 20,10'>", 'x="-5" y="-5" width="20" height="10"'),
        ('<svg {} width="20" height="10">', 'x="0" y="0" width="100%" height="100%"'),
    ],
)
def test_a_drawing_gets_a_white_ground_on_which_it_shows_by_night(root: str, ground: str) -> None:
    data = (root.format('xmlns="http://www.w3.org/2000/svg"') + "<circle r='4'/></svg>").encode()
    drawn = fitted("a.svg", Picture(kind_of(data), lambda: data)).decode()
    white = f'<rect {ground} style="fill:#fff;stroke:none"/>'
    assert drawn == data.decode().replace("<circle", f"{white}<circle")


@pytest.mark.parametrize(
    ("given", "size", "mode"),
    [
        (jpeg((60, 40), exif=held(6)), (40, 60), "RGB"),
        (jpeg((60, 40), "CMYK"), (60, 40), "RGB"),
        (jpeg((4000, 2000), "L", quality=10), (3346, 1673), "L"),
    ],
)
def test_pictures_are_made_fit_for_readers(
    tmp_path: Path, given: bytes, size: tuple[int, int], mode: str
) -> None:
    made = editions(folder(tmp_path, TWO % "![A map](map.jpg)", map__jpg=given))[Format.EPUB]
    with Image.open(BytesIO(entries(made)["EPUB/images/map.jpg"])) as image:
        assert (image.size, image.mode) == (size, mode)


def test_a_picture_named_without_its_folder_is_found_where_one_alone_is_called_so(tmp_path: Path) -> None:
    path = folder(tmp_path, TWO % "![[the map.jpg]]\n\n![A map](my%20pictures/the%20map.jpg)")
    (path / "my pictures").mkdir()
    (path / "my pictures" / "the map.jpg").write_bytes(jpeg())
    assert Format.EPUB in editions(path)
    (path / "old").mkdir()
    (path / "old" / "the map.jpg").write_bytes(jpeg())
    with pytest.raises(PublishError, match="there is no picture"):
        editions(path)


def test_a_transparent_picture_has_white_ground(tmp_path: Path) -> None:
    file = BytesIO()
    Image.new("RGBA", (3, 3), (0, 0, 0, 0)).save(file, "PNG")
    made = editions(folder(tmp_path, TWO % "![A map](map.png)", map__png=file.getvalue()))[Format.EPUB]
    with Image.open(BytesIO(entries(made)["EPUB/images/map.png"])) as image:
        assert image.convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 255)


def test_the_printed_book_has_picture_and_description(tmp_path: Path) -> None:
    mark = '![A bridge](map.jpg "The bridge at Arta")'
    made = editions(folder(tmp_path, TWO % mark, map__jpg=jpeg()), Format.PDF, Format.EPUB)
    with pikepdf.open(BytesIO(made[Format.PDF])) as file:
        images = [image for page in file.pages for image in page.get_images().values()]
        assert {(int(image.Width), int(image.Height)) for image in images} == {(60, 40)}
        tagged = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
        assert [str(item["/Alt"]) for item in tagged] == ["A bridge"]
    assert not faults(made[Format.EPUB])


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("![A map](mop.jpg)", "book.md:11:10: there is no picture “mop.jpg”."),
        ("![A map](../out.jpg)", "book.md:11:10: “../out.jpg” is not in the book's folder."),
        ("![A map](text.jpg)", "book.md:11:10: text.jpg: the picture has a format that stores refuse."),
        ("![A map](bad.svg)", "book.md:11:10: bad.svg: the picture holds programs or needs other files."),
    ],
)
def test_a_picture_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, mark: str, told: str) -> None:
    (tmp_path / "out.jpg").write_bytes(jpeg())
    (tmp_path / "book").mkdir()
    script = SVG.replace(b"</svg>", b"<script/></svg>")
    path = folder(tmp_path / "book", TWO % mark, map__jpg=jpeg(), text__jpg=b"RIFFWEBP", bad__svg=script)
    with pytest.raises(PublishError) as error:
        editions(path)
    assert error.value.message.endswith(told)
    assert error.value.hint


@pytest.mark.parametrize("kind", [Format.PDF, Format.EPUB])
def test_a_broken_picture_is_told(tmp_path: Path, kind: Format, caplog: pytest.LogCaptureFixture) -> None:
    path = folder(tmp_path, TWO % "![A map](map.jpg)", map__jpg=jpeg()[:30])
    with pytest.raises(PublishError, match="broken"):
        editions(path, kind)
    caplog.clear()


def test_buttons_of_a_page_are_no_pictures_of_the_book(tmp_path: Path) -> None:
    mark = "![Share on Facebook](button.png)"
    manuscript = build.load([folder(tmp_path, TWO % mark)])
    made = build.assemble(manuscript)
    assert not list(figures(made.book))
    assert {change.why for change in made.changes} == {"STR011"}


def test_numbered_pictures_are_no_furniture(tmp_path: Path) -> None:
    chapters = (
        f"# Chapter {number}\n\n![Picture {number}](p{number}.jpg)\n\n{TEXT}\n![]({number}.jpg)\n"
        for number in range(1, 12)
    )
    manuscript = build.load([folder(tmp_path, HEAD + "\n".join(chapters))])
    assert len(list(figures(build.assemble(manuscript).book))) == 22


def test_many_pictures_are_held_one_at_a_time(tmp_path: Path) -> None:
    names = [f"p{number}.jpg" for number in range(40)]
    for name in names:
        (tmp_path / name).write_bytes(jpeg((900, 600)) + bytes(200_000) + name.encode())
    marks = "\n\n".join(f"![Picture of {name}]({name})" for name in names)
    inside = entries(editions(folder(tmp_path, TWO % marks))[Format.EPUB])
    assert sum(name.startswith("EPUB/images/p") for name in inside) == len(names)


def test_pictures_are_never_all_in_memory(tmp_path: Path) -> None:
    for number in range(24):
        noise = Image.frombytes("RGB", (600, 600), random.Random(number).randbytes(600 * 600 * 3))
        noise.save(tmp_path / f"{number}.png")
    text = "# One\n\n" + "".join(f"It rained.\n\n![Noise.]({number}.png)\n\n" for number in range(24))
    (tmp_path / "rain.md").write_text(text, "utf-8")
    manuscript = build.load([tmp_path / "rain.md"])
    book = build.assemble(manuscript).book
    tracemalloc.start()
    with build.editions(book, manuscript, [Format.EPUB], progress=lambda _: None)[Format.EPUB] as made:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert 2 * peak < made.seek(0, SEEK_END)


def test_words_in_braces_behind_a_picture_are_no_attributes() -> None:
    from tests.office import made

    said = b"# Chapter 1\n\nIt rained.\n\n![A map](map.png){he said so}\n\nIt stopped.\n"
    (division,) = made(said, "rain.md").book.divisions
    assert "he said so" in repr(division.blocks)
