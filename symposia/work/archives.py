"""Archives from somebody else: whatever is wrong with one is said in words."""

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from symposia.work.apart import Unreadable


@contextmanager
def archive_in_words() -> Iterator[None]:
    """Raises Unreadable where an archive is damaged, locked or packed in a way we do not read."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError) as error:
        raise Unreadable(_("The archive is damaged.")) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # else it points before its own beginning
            raise
        raise Unreadable(_("The archive is damaged.")) from error
    except RuntimeError as error:
        raise Unreadable(_("The archive is locked or packed in a way we do not read.")) from error
