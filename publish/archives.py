"""Archives (ZIP) that authors have: documents of word processors, e-books, exports of blogs.

Nothing is unpacked to disk, and no name in an archive is ever used as a path there. What an archive says of
itself is held against limits before anything is unpacked, since a few kilobytes can claim to be petabytes.
"""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from publish.diagnostic import PublishError

try:
    from lzma import LZMAError as _LZMAError
except (
    ImportError
):  # Python may be built without it, and such members are then of a packing that is not known.
    _LZMAError = zlib.error  # type: ignore[assignment, misc]

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, _LZMAError, EOFError, OSError, ValueError, struct.error),
    # Of a version or a packing that is not known, and of a member that is locked: a damaged byte may say so.
    *(NotImplementedError, RuntimeError),
)
"""What `zipfile` raises for archives that are damaged, or none."""
_MOST_MEMBERS = 20_000
"""A site of blog posts with a picture each has some thousands."""
_LARGEST_MEMBER = 1 << 28
"""256 MB: the text of a hundred long novels as a word processor writes it."""
_LARGEST_WHOLE = 1 << 30
"""1 GB: what a machine of today can hold beside the book."""
_DENSEST = 400
"""Bytes from one; text as a word processor writes it comes to 30, deflate can reach 1,032."""
_SMALL = 1 << 24
"""Below 16 MB it does no harm however densely it is packed: an empty table is dense."""
_DENSEST_WHOLE = 100
"""The same for all members together, above four times as much; so many small ones do harm, too."""
_ENCRYPTED = 0x1
_HAS_DESCRIPTOR = 0x8


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """Open an archive; `name` is the path as people know it.

    Raises PublishError for one that is damaged, encrypted, too large when unpacked or made to do harm.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except BROKEN as error:
        raise damaged(name) from error
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise PublishError(f"{name}: the archive claims {len(members):,} members.", _NOT_OPENED)
    sizes = [item.file_size for item in members]
    if sum(sizes) > _LARGEST_WHOLE or max(sizes, default=0) > _LARGEST_MEMBER:
        raise PublishError(f"{name}: unpacked it would be {sum(sizes) / 1e6:,.0f} MB.", _NOT_OPENED)
    if sum(sizes) > _SMALL * 4 and sum(sizes) > _DENSEST_WHOLE * sum(item.compress_size for item in members):
        raise PublishError(f"{name}: the archive is packed as only a bomb is.", _NOT_OPENED)
    for item in members:
        if item.file_size > _SMALL and item.file_size > _DENSEST * max(1, item.compress_size):
            raise PublishError(f"{name}: “{item.filename}” is packed as only a bomb is.", _NOT_OPENED)
        if _leads_out(item.filename):
            raise PublishError(f"{name}: “{item.filename}” leads out of the archive.", _NOT_OPENED)
    return archive


_NOT_OPENED = "It was not opened. Save the document anew with the program that made it."


def damaged(name: str) -> PublishError:
    """Say that an archive cannot be read."""
    hint = "Copy or download it again, or save it anew with the program that made it."
    return PublishError(f"{name}: the file is damaged or cut off.", hint)


def _leads_out(member: str) -> bool:
    path = PurePosixPath(member.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or (path.parts[:1] != () and path.parts[0].endswith(":"))


def member(archive: zipfile.ZipFile, wanted: str, name: str) -> bytes:
    """Give what a member of an archive holds; raises KeyError where there is none.

    Raises PublishError where it is damaged or encrypted.
    """
    info = archive.getinfo(wanted)
    if info.flag_bits & _ENCRYPTED:
        raise PublishError(f"{name}: the document is encrypted.", "Save it without a password.")
    try:
        with archive.open(info) as packed:
            # No more than it says to hold: `zipfile` unpacks all there is before it looks.
            return packed.read(info.file_size)
    except BROKEN as error:
        raise damaged(name) from error


_LOCAL = struct.Struct("<4s5H3I2H")
"""Signature, version, flags, method, time, date, CRC, both sizes, lengths of name and extra field."""
_CENTRAL = struct.Struct("<4s6H3I5H2I")
"""As above with the version of the maker before it; at its end the place of the member."""
_END = struct.Struct("<4s4H2IH")
"""Signature, four counts, length and place of the directory, length of the comment."""
_BEYOND = 0xFFFFFFFF
"""Says that the true number stands in an extra field (ZIP64), which only files of 4 GB need."""


def rewritten(data: bytes, members: Mapping[str, bytes], name: str) -> bytes:
    """Give an archive with other bytes for some members; all others stay as they are packed, byte for byte.

    Their order, times and headers stay too. Raises PublishError for an archive of more than 4 GB.
    """
    archive = opened(data, name)
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    ends = [*(info.header_offset for info in infos[1:]), archive.start_dir]
    held = {info.filename: info for info in infos}
    parts = [data[: infos[0].header_offset]]
    shift: dict[int, int] = {}
    packed: dict[int, tuple[int, ...]] = {}
    length = len(parts[0])
    for info, end in zip(infos, ends, strict=True):
        shift[info.header_offset] = length - info.header_offset
        block = data[info.header_offset : end]
        if info.filename in members and held[info.filename] is info:
            block, packed[info.header_offset] = _repacked(block, members[info.filename])
        parts.append(block)
        length += len(block)
    directory = _directory(data, archive, shift, packed)
    if directory is None:
        raise PublishError(f"{name}: it is too large to be written back.", "Make its pictures smaller.")
    end = data.rindex(b"PK\x05\x06")
    signature, *counts, _, stated, comment = _END.unpack_from(data, end)
    # Places are counted from where the archive begins, which may be inside of the file.
    place = length - (archive.start_dir - stated)
    tail = _END.pack(signature, *counts, len(directory), place, comment) + data[end + _END.size :]
    return b"".join([*parts, directory, tail])


def _repacked(block: bytes, content: bytes) -> tuple[bytes, tuple[int, ...]]:
    """Give a member with another content, and its flags, method, CRC and sizes for the directory."""
    signature, version, flags, method, time, date, *_, named, extra = _LOCAL.unpack_from(block)
    flags &= ~_HAS_DESCRIPTOR
    if method != zipfile.ZIP_STORED:
        method, packer = zipfile.ZIP_DEFLATED, zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
    else:
        packed = content
    facts = (zlib.crc32(content), len(packed), len(content))
    more = block[_LOCAL.size + named : _LOCAL.size + named + extra]
    # The sizes of ZIP64 would contradict the new ones.
    more = b"" if more[:2] == b"\1\0" else more
    head = _LOCAL.pack(signature, version, flags, method, time, date, *facts, named, len(more))
    return head + block[_LOCAL.size : _LOCAL.size + named] + more + packed, (flags, method, *facts)


def _directory(
    data: bytes, archive: zipfile.ZipFile, shift: Mapping[int, int], packed: Mapping[int, tuple[int, ...]]
) -> bytes | None:
    """Give the directory of an archive with its members at their new places; None for one of 4 GB."""
    parts: list[bytes] = []
    at = archive.start_dir
    for info in archive.infolist():
        fields = list(_CENTRAL.unpack_from(data, at))
        end = at + _CENTRAL.size + sum(fields[10:13])
        if fields[-1] == _BEYOND:
            return None
        fields[-1] += shift[info.header_offset]
        if known := packed.get(info.header_offset):
            fields[3], fields[4], fields[7:10] = known[0], known[1], known[2:]
        parts += [_CENTRAL.pack(*fields), data[at + _CENTRAL.size : end]]
        at = end
    return b"".join(parts)
