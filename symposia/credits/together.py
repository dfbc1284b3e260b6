"""The papers of an activity as one archive, written as it is sent."""

from collections.abc import Iterator

from django.core.files.storage import default_storage

from symposia.activities.models import Activity
from symposia.credits.models import Certificate, CertificateFile
from symposia.shared.archives import archive, safe_name

_PIECE = 256 * 1024


def papers_of(activity: Activity) -> list[tuple[str, str]]:
    """Of each certificate that holds: what its file is called in an archive, and where it lies."""
    holding = Certificate.objects.of(activity).current_versions().filter(revocations=None)
    files = CertificateFile.objects.filter(certificate__in=holding).order_by("certificate__number")
    rows = files.values_list("certificate__number", "certificate__printed__name", "name")
    return [(f"{number} {safe_name(holder)}.pdf", name) for number, holder, name in rows]


def together(papers: list[tuple[str, str]]) -> Iterator[bytes]:
    """The archive, piece by piece. Raises FileNotFoundError where the storage lost a file."""
    return archive((title, _read(name)) for title, name in papers)


def _read(name: str) -> Iterator[bytes]:
    with default_storage.open(name, "rb") as kept:
        yield from kept.chunks(_PIECE)
