"""Archives written as they are sent: memory does not grow with what is in them."""

import re
from collections.abc import Iterable, Iterator
from zipfile import ZIP_STORED, ZipFile

# What a name in an archive may not hold: it is unpacked on machines of every kind.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST = 80


class Pipe:
    """What an archive is written into and the answer is read from."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here for a file."""

    def close(self) -> None:
        """Nothing is open here."""

    def taken(self) -> bytes:
        data = b"".join(self._held)
        self._held.clear()
        return data


def archive(entries: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Files under their paths, each piece by piece as it is read; kept files do not shrink."""
    pipe = Pipe()
    with ZipFile(pipe, "w", ZIP_STORED) as written:
        for path, pieces in entries:
            with written.open(path, "w", force_zip64=True) as entry:
                for piece in pieces:
                    entry.write(piece)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


def free_path(path: str, taken: set[str]) -> str:
    """Two files never share a path, on machines that know no capitals either."""
    base, number = path, 2
    while path.casefold() in taken:
        path, number = f"{base} ({number})", number + 1
    taken.add(path.casefold())
    return path


def safe_name(text: str) -> str:
    """A title as the name of a file or a folder, whatever it holds: never a path of its own."""
    name = " ".join(_FORBIDDEN.sub(" ", text).split())[:_LONGEST].strip(" .")
    return name or "file"
