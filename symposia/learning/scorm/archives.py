"""The archive of a content package from somebody else: read with suspicion.

A name in it is a name and never a path of this machine: whatever is kept gets a name of ours. What
does not look like the files of a course is refused before anything of it is kept.
"""

import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from symposia.learning.scorm import objections as no
from symposia.learning.scorm.objections import Unfit, named
from symposia.work import archives

# Limits of this product, not of a standard. Bytes, files, times, signs, folders.
LARGEST_PACKAGE = 300 * 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024
LARGEST_FILE = 200 * 1024 * 1024
MOST_FILES = 8_000
MOST_TIMES, UNSUSPICIOUS = 200, 4 * 1024 * 1024
LONGEST_NAME, DEEPEST = 240, 24
MANIFEST = "imsmanifest.xml"
# And what it raises of a lock, of a way of packing that it does not know, of names in no code.
DAMAGES = (*archives.DAMAGES, RuntimeError, ValueError, OverflowError)

_LOCAL_HEADER = 30
_UTF8, _ENCRYPTED = 0x800, 0x1 | 0x40
_READ = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_SIGNS = re.compile(r'[<>:"|?*]')
_DRIVE = re.compile(r"[A-Za-z]:")
# Left behind by file managers; nobody misses them.
_LEFT_BEHIND = re.compile(r"(^|/)(__MACOSX(/|$)|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]+$)")
_ARCHIVES = re.compile(
    r"\.(zip|rar|7z|tgz|tar(\.\w+)?|bz2|tbz2?|t?xz|cab|iso|jar|war|arj|lzh|zst)$", re.IGNORECASE
)
_ARCHIVE_BEGINNINGS = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
)
# Documents to take home are archives by their bytes, and nothing unpacks them; authoring tools keep
# the data of a player as one compressed file (Storyline: `mobile/data.gz`).
_DOCUMENTS = re.compile(r"\.(gz|docx|xlsx|pptx|ppsx|odt|ods|odp|epub)$", re.IGNORECASE)
_PROGRAMS = re.compile(
    r"\.(exe|dll|msi|bat|cmd|com|scr|pif|ps1|vbs|wsf|hta|lnk|cpl|apk|ipa|dmg|pkg|deb|rpm|app|sh)$",
    re.IGNORECASE,
)
_MACHINE_CODE = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


@dataclass(frozen=True)
class Member:
    """A file of a package: its path in it, and where the archive has it."""

    path: str
    info: zipfile.ZipInfo

    @property
    def size(self) -> int:
        return self.info.file_size


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive of these bytes. Raises Unfit in words."""
    if len(content) > LARGEST_PACKAGE:
        raise Unfit(no.TOO_LARGE.about(megabytes=LARGEST_PACKAGE // 1024**2))
    if not content.startswith(b"PK"):
        raise Unfit(no.NOT_ZIP)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except UnicodeDecodeError as error:
        name = error.object.decode("utf-8", "replace")
        raise Unfit(no.NAME_ENCODING.about(file=named(name))) from error
    except DAMAGES as error:
        raise Unfit(no.DAMAGED.about(file="zip")) from error
    with archive:
        yield archive


def members_of(archive: zipfile.ZipFile) -> list[Member]:
    """The files of a package, every one of them fit to be kept. Raises Unfit in words."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise Unfit(no.TOO_MANY.about(most=MOST_FILES))
    found = [Member(path_of(info), info) for info in infos if not _is_left_behind(info)]
    _refuse_collisions(found)
    files = [each for each in found if not each.info.is_dir()]
    _refuse_bombs(files)
    _refuse_overlaps(infos)
    for each in files:
        _look_at(archive, each)
    return files


def path_of(info: zipfile.ZipInfo) -> str:
    """The path of a file in its package, without anything that leads out of it."""
    name = _name_of(info)
    _refuse_kind(info, name)
    if not name.strip("/"):
        raise Unfit(no.NO_NAME)
    if any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn"} for sign in name):
        raise Unfit(no.NAME_SIGNS.about(file=named(name)))
    path = name.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path):
        raise Unfit(no.ABSOLUTE.about(file=named(name)))
    parts = path.rstrip("/").split("/")
    if ".." in parts or any(part.strip(" ") in {".", ".."} for part in parts):
        raise Unfit(no.OUTSIDE.about(file=named(name)))
    if not all(parts) or any(part != part.rstrip(" .") for part in parts) or _SIGNS.search(path):
        raise Unfit(no.NAME_SIGNS.about(file=named(name)))
    if len(path) > LONGEST_NAME or len(parts) > DEEPEST:
        raise Unfit(no.NAME_LONG.about(file=named(name, 60)))
    return unicodedata.normalize("NFC", "/".join(parts))


def _is_left_behind(info: zipfile.ZipInfo) -> bool:
    return _LEFT_BEHIND.search(info.filename) is not None and ".." not in info.filename


def _name_of(info: zipfile.ZipInfo) -> str:
    """The name as it was meant. The library cuts names at a NUL; what came before it is no name."""
    raw = info.orig_filename
    if "\x00" in raw:
        raise Unfit(no.NAME_SIGNS.about(file=named(raw)))
    if info.flag_bits & _UTF8 or raw.isascii():
        return raw
    try:
        return raw.encode("cp437").decode("utf-8")
    except UnicodeError as error:
        raise Unfit(no.NAME_ENCODING.about(file=named(raw))) from error


def _refuse_kind(info: zipfile.ZipInfo, name: str) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise Unfit(no.NOT_A_FILE.about(file=named(name)))
    if info.flag_bits & _ENCRYPTED:
        raise Unfit(no.LOCKED.about(file=named(name)))
    if info.compress_type not in _READ:
        raise Unfit(no.METHOD.about(file=named(name)))


def _refuse_collisions(found: list[Member]) -> None:
    """Machines that do not tell a from A would show one file for the other."""
    seen: dict[str, Member] = {}
    folders: dict[str, str] = {}
    for each in found:
        if each.info.is_dir():
            continue
        key = each.path.casefold()
        if other := seen.get(key):
            facts = {"file": named(each.path), "other": named(other.path)}
            raise Unfit((no.TWICE if each.path == other.path else no.ALIKE).about(**facts))
        seen[key] = each
    for each in found:
        parts = each.path.split("/")
        deep = len(parts) + (1 if each.info.is_dir() else 0)
        for count in range(1, deep):
            folder = "/".join(parts[:count])
            key = folder.casefold()
            if key in seen:
                raise Unfit(no.FILE_AND_FOLDER.about(file=named(folder)))
            if folders.setdefault(key, folder) != folder:
                raise Unfit(no.ALIKE.about(file=named(folder), other=named(folders[key])))


def _refuse_bombs(files: list[Member]) -> None:
    whole = packed = 0
    for each in files:
        packed += each.info.compress_size
        whole += each.size
        if each.size > LARGEST_FILE or whole > LARGEST_UNPACKED:
            most = LARGEST_FILE if each.size > LARGEST_FILE else LARGEST_UNPACKED
            facts = {"file": named(each.path), "megabytes": most // 1024**2}
            raise Unfit(no.UNPACKS_TOO_LARGE.about(**facts))
        if each.size > UNSUSPICIOUS and each.size > MOST_TIMES * max(1, each.info.compress_size):
            raise Unfit(no.BOMB.about(file=named(each.path), times=MOST_TIMES))
    if whole > 4 * UNSUSPICIOUS and whole > MOST_TIMES * max(1, packed):
        raise Unfit(no.BOMB.about(file="zip", times=MOST_TIMES))


def _refuse_overlaps(infos: list[zipfile.ZipInfo]) -> None:
    """Files that lie in each other's bytes unpack to far more than the archive holds."""
    end = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < end:
            raise Unfit(no.OVERLAPS.about(file=named(info.filename)))
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _look_at(archive: zipfile.ZipFile, member: Member) -> None:
    """By its name and by its first bytes: no archive and no program of a machine."""
    if _ARCHIVES.search(member.path):
        raise Unfit(no.ARCHIVE_INSIDE.about(file=named(member.path)))
    if _PROGRAMS.search(member.path):
        raise Unfit(no.PROGRAM.about(file=named(member.path)))
    with reading(archive, member) as source:
        begins = source.read(8)
    if begins.startswith(_ARCHIVE_BEGINNINGS) and not _DOCUMENTS.search(member.path):
        raise Unfit(no.ARCHIVE_INSIDE.about(file=named(member.path)))
    if begins.startswith(_MACHINE_CODE):
        raise Unfit(no.PROGRAM.about(file=named(member.path)))


@contextmanager
def reading(archive: zipfile.ZipFile, member: Member) -> Iterator[zipfile.ZipExtFile]:
    """The bytes of a file, no more than the archive says it has. Raises Unfit in words."""
    try:
        with archive.open(member.info) as source:
            yield source  # type: ignore[misc]
    except DAMAGES as error:
        raise Unfit(no.DAMAGED.about(file=named(member.path))) from error
