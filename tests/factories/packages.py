"""Archives of packages, good and hostile, made in memory."""

import io
import warnings
import zipfile

from symposia.demonstration.packages import manifest, zipped

PAGE = "<!doctype html><title>One</title><p>One</p>"
ONE = [("one", "One", "one.html")]


def good(standard="1.2", **more):
    """A package of one part, with more files beside it."""
    return {"imsmanifest.xml": manifest(standard, "A course", ONE), "one.html": PAGE} | more


def with_entry(name, content=b"x", *, kind=None, method=zipfile.ZIP_STORED, flags=0):
    """A good package with one more file, named and described just so."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, words in good().items():
            archive.writestr(path, words)
        info = zipfile.ZipInfo("PLACE")
        info.filename = name.replace("\x00", "\x7f") if "\x00" in name else name
        info.compress_type = method
        if kind is not None:
            info.external_attr = (kind | 0o644) << 16
        archive.writestr(info, content)
    found = made.getvalue()
    if "\x00" in name:
        found = found.replace(name.replace("\x00", "\x7f").encode(), name.encode())
    return with_flags(found, flags) if flags else found


def with_flags(content, flags):
    """The same archive, its last file with other flags."""
    at, local = content.rfind(b"PK\x01\x02"), content.rfind(b"PK\x03\x04")
    changed = bytearray(content)
    changed[at + 8] |= flags
    changed[local + 6] |= flags
    return bytes(changed)


def with_method(number):
    """A good package whose last file is compressed in a way of this number."""
    content = bytearray(with_entry("last.txt"))
    at, local = content.rfind(b"PK\x01\x02"), content.rfind(b"PK\x03\x04")
    content[at + 10 : at + 12] = number.to_bytes(2, "little")
    content[local + 8 : local + 10] = number.to_bytes(2, "little")
    return bytes(content)


def with_names(*names):
    """A good package with these files; a name may come twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, words in good().items():
            archive.writestr(path, words)
        with warnings.catch_warnings(action="ignore", category=UserWarning):
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), b"" if name.endswith("/") else b"x")
    return made.getvalue()


def raw_name(raw, *, utf8=False):
    """A good package with a file whose name is these bytes."""
    place = b"Z" * len(raw)
    content = with_entry(place.decode()).replace(place, raw)
    if not utf8:
        return content
    changed = bytearray(content)
    changed[content.rfind(b"PK\x01\x02") + 9] |= 0x08
    changed[content.rfind(b"PK\x03\x04") + 7] |= 0x08
    return bytes(changed)


def bomb(megabytes=64, name="bomb.txt"):
    """Zeros that compress a thousand times."""
    return zipped(good(**{name: b"\0" * (megabytes * 1024**2)}))


def many_small_bombs():
    """No file of it is suspicious; all together are."""
    made = io.BytesIO()
    zeros = b"\0" * (3 * 1024**2)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, words in good().items():
            archive.writestr(path, words)
        for number in range(8):
            archive.writestr(f"{number}.txt", zeros)
    return made.getvalue()


def declared(size):
    """A good package whose last file claims to be of another size than it is."""
    content = bytearray(with_entry("last.txt", b"words"))
    at, local = content.rfind(b"PK\x01\x02"), content.rfind(b"PK\x03\x04")
    content[at + 24 : at + 28] = size.to_bytes(4, "little")
    content[local + 22 : local + 26] = size.to_bytes(4, "little")
    return bytes(content)


def overlapping():
    """Two entries that share the same bytes, as archives that unpack to everything have them."""
    content = with_entry("last.txt", b"words")
    at = content.rfind(b"PK\x01\x02")
    end = content.rfind(b"PK\x05\x06")
    entry = content[at:end].replace(b"last.txt", b"more.txt")
    tail = bytearray(content[end:])
    count = int.from_bytes(tail[8:10], "little") + 1
    size = int.from_bytes(tail[12:16], "little") + len(entry)
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = size.to_bytes(4, "little")
    return content[:end] + entry + bytes(tail)


def with_wrong_sum(before=b""):
    """A good package of which one file is not what its sum says, from what is before on."""
    content = with_entry("last.txt", before + b"words that changed")
    return content.replace(b"words that changed", b"words that CHANGED")


def with_manifest(words):
    """A good package with another manifest."""
    return zipped(good() | {"imsmanifest.xml": words})


def with_href(href):
    """A package whose only item opens this address."""
    return with_manifest(manifest("1.2", "A course", [("one", "One", href)]))
