"""A file of people of the directory is handed in: kept, and looked at for what it is."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from symposia.directory.actions.imports import receive_clinicians
from symposia.directory.models import OwnField
from symposia.directory.policies import IMPORT_UNREADABLE
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.work.apart import Unreadable
from symposia.work.files import store_file
from symposia.work.imports.kept import copy_of_upload
from symposia.work.models import Import


@transaction.atomic
def hand_in_clinicians(
    pieces: Iterable[bytes], *, name: str, by: Actor, own: Sequence[OwnField] = ()
) -> Import:
    """Keep a file and find out what it is; `own` are the fields of one's own that whoever hands it
    in sees. What cannot be read is refused, and not kept."""
    try:
        with copy_of_upload(pieces) as path:
            kept = store_file(
                path.read_bytes(),
                name=name,
                content_type="application/octet-stream",
                purpose="import",
                by=by,
            )
            return receive_clinicians(
                path, name=kept.name, by=by, storage_name=kept.storage_name, own=own
            )
    except Unreadable as problem:
        why = str(problem) or _("This file cannot be read.")
        raise Refused(IMPORT_UNREADABLE.about(why=why)) from problem
