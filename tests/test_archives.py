"""Archives: a member is written anew and nothing else moves; what is made to do harm is refused."""

import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from publish import archives
from publish.diagnostic import PublishError

MEMBERS = {"mimetype": b"application/x", "word/document.xml": b"<a>one</a>" * 50, "word/é.bin": bytes(99)}


def packed(members: dict[str, bytes] = MEMBERS, comment: bytes = b"", *, streamed: bool = False) -> bytes:
    held = Stream() if streamed else BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in members.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), data, method)
    return held.getvalue()


class Stream(BytesIO):
    """A file that nobody can go back in, so that sizes follow the members."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def entry(data: bytes, name: str) -> tuple[bytes, object]:
    """What is packed under a name, as it stands in the archive, and what the directory says of it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo(name)
    named, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
    end = info.header_offset + 30 + named + extra + info.compress_size
    return data[info.header_offset : end], (info.date_time, info.flag_bits, info.CRC, info.extra)


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("changed", ["mimetype", "word/document.xml"])
def test_one_member_is_written_anew_and_all_others_stay(changed: str, *, streamed: bool) -> None:
    data = packed(comment=b"kept PK\x05", streamed=streamed)
    new = archives.rewritten(data, {changed: b"another" * 300}, "book.docx")
    with zipfile.ZipFile(BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(MEMBERS)
        assert archive.comment == b"kept PK\x05"
        assert {name: archive.read(name) for name in MEMBERS} == MEMBERS | {changed: b"another" * 300}
        assert archive.getinfo(changed).date_time == (2020, 1, 2, 3, 4, 6)
    for name in MEMBERS.keys() - {changed}:
        assert entry(new, name) == entry(data, name)


def test_written_back_as_it_was_an_archive_is_the_same_file() -> None:
    data = packed()
    changed = archives.rewritten(data, {"word/document.xml": b"x"}, "book.docx")
    assert archives.rewritten(changed, {"word/document.xml": MEMBERS["word/document.xml"]}, "b") == data


def test_what_stands_before_an_archive_stays_before_it() -> None:
    new = archives.rewritten(b"#!/bin/sh\n" + packed(), {"mimetype": b"y"}, "book.docx")
    assert new.startswith(b"#!/bin/sh\n")
    with zipfile.ZipFile(BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert archive.read("mimetype") == b"y"


def claiming(size: int) -> bytes:
    """An archive whose directory says that a member has this many bytes."""
    data = bytearray(packed({"a.xml": b"x" * 100}))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, size)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed({f"{number}": b"" for number in range(20_001)}), "20,001 members"),
        (claiming(3 << 30), "MB"),
        (packed({"a.xml": bytes(20_000_000)}), "as only a bomb is"),
        (packed({"../../etc/passwd": b""}), "leads out"),
        (packed({"/etc/passwd": b""}), "leads out"),
        (packed({"C:\\autoexec.bat": b""}), "leads out"),
        (packed()[:200], "damaged or cut off"),
        (b"PK\x03\x04" + bytes(50), "damaged or cut off"),
    ],
    ids=["members", "size", "bomb", "up", "root", "drive", "cut", "empty"],
)
def test_an_archive_made_to_do_harm_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(PublishError, match=says) as error:
        archives.opened(data, "book.docx")
    assert error.value.message.startswith("book.docx: ")
    assert error.value.hint


def test_a_member_that_lies_about_its_size_is_damaged() -> None:
    with pytest.raises(PublishError, match="damaged"):
        archives.member(archives.opened(claiming(50), "book.docx"), "a.xml", "book.docx")


PACKINGS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def spoiled(method: int) -> bytes:
    """An archive whose one member is packed in some way, and damaged in its middle."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.writestr("word/document.xml", "<a>one</a>" * 500)
    data = bytearray(held.getvalue())
    at = data.index(b".xml") + 4
    data[at + 4 : at + 14] = (byte ^ 0x5A for byte in data[at + 4 : at + 14])
    return bytes(data)


@pytest.mark.parametrize("method", PACKINGS)
def test_a_damaged_member_is_told_however_it_is_packed(method: int) -> None:
    archive = archives.opened(spoiled(method), "book.docx")
    with pytest.raises(PublishError, match=r"book\.docx: the file is damaged"):
        archives.member(archive, "word/document.xml", "book.docx")


def test_no_more_is_unpacked_than_a_member_says_to_hold() -> None:
    """Memory is what limits are for: a member that says less than it holds is damaged before it is large."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(60_000_000))
    data = bytearray(held.getvalue())
    struct.pack_into("<I", data, data.rindex(b"PK\1\2") + 24, 5000)
    lying = archives.opened(bytes(data), "lying.docx")
    tracemalloc.start()
    try:
        with pytest.raises(PublishError, match="damaged"):
            archives.member(lying, "word/document.xml", "lying.docx")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
