import hashlib
from dataclasses import asdict

from django.db import transaction

from symposia.audit.actions import record
from symposia.learning.lesson_rules import NO_FILE
from symposia.learning.models import Lesson, Package, PackageFile
from symposia.learning.packages import packages_of
from symposia.learning.scorm.archives import reading
from symposia.learning.scorm.objections import Unfit
from symposia.learning.scorm.reading import Found, reading_package
from symposia.learning.scorm.types import type_of_path
from symposia.shared.actors import Actor
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import Refused, needed
from symposia.work.files import forget_content, put_content
from symposia.work.models import StoredFile

FORGET = "learning.forget_package"


@transaction.atomic
def take_in_package(lesson: Lesson, content: bytes, *, by: Actor) -> Package:
    """Keep what is in the package of a lesson as its next version, files under names of ours.

    Where it is refused, the storage forgets what was put there for it, the upload as well.
    """
    upload = needed(lesson.file, NO_FILE)
    names = [upload.storage_name]
    try:
        with reading_package(content) as found:
            package = _described(lesson, upload, found, by=by)
            _keep_files(package, found, names)
    except Exception as error:
        forget_content(names)
        if isinstance(error, Unfit):
            raise Refused(error.objection) from error
        raise
    details = {
        "title": package.title,
        "number": package.number,
        "standard": package.says_scorm,
        "files": package.files,
        "sha256": package.file.sha256,
    }
    record(by, "package.taken_in", package, details=details)
    return package


@transaction.atomic
def let_packages_go(lesson: Lesson, *, by: Actor) -> None:
    """A lesson that nobody studied goes with its packages: what was handed in stays on record as
    long as records of activities do, what was unpacked of it is forgotten by a job."""
    for package in packages_of(lesson):
        package.lesson = None
        package.save(update_fields=["lesson"])
        record(by, "package.let_go", package, details={"title": lesson.title})
        defer_named(FORGET, package_id=str(package.pk))


@transaction.atomic
def forget_package_files(package: Package, *, by: Actor) -> None:
    """Make the storage forget the files of a package that no lesson has; twice is harmless."""
    if package.lesson_id is not None:
        return
    rows = PackageFile.objects.filter(package=package)
    names = list(rows.values_list("storage_name", flat=True))
    forget_content(names)
    rows.delete()
    if names:
        record(by, "package.forgotten", package, details={"files": len(names)})


def _described(lesson: Lesson, upload: StoredFile, found: Found, *, by: Actor) -> Package:
    before = Package.objects.filter(lesson=lesson).order_by("-number").first()
    manifest = found.manifest
    return Package.objects.create(
        lesson=lesson,
        file=upload,
        number=before.number + 1 if before else 1,
        standard=manifest.standard,
        edition=manifest.edition,
        title=manifest.title,
        items=[asdict(each) for each in manifest.items],
        has_choice=manifest.has_choice,
        files=len(found.members),
        size=found.size,
        by_name=by.name,
    )


def _keep_files(package: Package, found: Found, names: list[str]) -> None:
    rows = []
    for member in found.members:
        with reading(found.archive, member) as source:
            content = source.read()
        names.append(put_content(content))
        rows.append(
            PackageFile(
                package=package,
                path=member.path,
                content_type=type_of_path(member.path),
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                storage_name=names[-1],
            )
        )
    PackageFile.objects.bulk_create(rows, batch_size=500)
