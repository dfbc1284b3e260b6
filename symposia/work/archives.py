"""Archives from somebody else: whatever is wrong with one is said in words."""

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from symposia.work.apart import Unreadable

# What the library raises where the bytes of an archive do not hold together.
DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive. Raises Unreadable in words while it is opened, and while it is read."""
    with archive_in_words():
        try:
            archive = zipfile.ZipFile(path)
        except UnicodeDecodeError as error:  # a name that is not in the code it says it is in
            raise Unreadable(_("The archive is damaged.")) from error
        with archive:
            yield archive


@contextmanager
def archive_in_words() -> Iterator[None]:
    """Raises Unreadable where an archive is damaged, locked or packed in a way we do not read."""
    try:
        yield
    except DAMAGES as error:
        raise Unreadable(_("The archive is damaged.")) from error
    except OSError as error:
        # It points before its own beginning; and damage of bzip2 comes without a number.
        if error.errno not in {errno.EINVAL, None}:
            raise
        raise Unreadable(_("The archive is damaged.")) from error
    except RuntimeError as error:
        raise Unreadable(_("The archive is locked or packed in a way we do not read.")) from error
