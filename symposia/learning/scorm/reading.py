"""A package as it came, read whole before anything of it is kept."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from symposia.learning.scorm import objections as no
from symposia.learning.scorm.archives import MANIFEST, Member, members_of, opened, reading
from symposia.learning.scorm.manifest import LARGEST_MANIFEST, Manifest, read_manifest
from symposia.learning.scorm.objections import Unfit, named


@dataclass(frozen=True)
class Found:
    """What is in a package."""

    manifest: Manifest
    members: Sequence[Member]
    archive: zipfile.ZipFile

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(each.size for each in self.members)


@contextmanager
def reading_package(content: bytes) -> Iterator[Found]:
    """What is in a package that is fit to be kept. Raises Unfit in words."""
    with opened(content) as archive:
        members = members_of(archive)
        yield Found(_manifest(archive, members), members, archive)


def _manifest(archive: zipfile.ZipFile, members: Sequence[Member]) -> Manifest:
    by_path = {each.path: each for each in members}
    found = by_path.get(MANIFEST)
    if found is None:
        deeper = next((path for path in by_path if path.endswith(f"/{MANIFEST}")), None)
        raise Unfit(no.MANIFEST_DEEPER.about(file=named(deeper)) if deeper else no.NO_MANIFEST)
    if found.size > LARGEST_MANIFEST:
        raise Unfit(no.MANIFEST_LARGE)
    with reading(archive, found) as source:
        content = source.read()
    return read_manifest(content, by_path.keys())
