import uuid

from django.db import transaction

from symposia.audit.actions import record
from symposia.outreach.models import Wave
from symposia.outreach.queries import LETTERS
from symposia.shared.actors import Actor, job_actor
from symposia.work.files import store_file
from symposia.work.models import StoredFile

PAPER = job_actor("letters")


@transaction.atomic
def keep_letters(wave_id: uuid.UUID, pdf: bytes, *, count: int, by: Actor = PAPER) -> StoredFile:
    """Keep the letters of a wave for whoever prints them and puts them into envelopes."""
    wave = Wave.objects.select_related("campaign").get(pk=wave_id)
    file = store_file(
        pdf,
        name=f"{wave.campaign.number}-{wave.number}.pdf",
        content_type="application/pdf",
        purpose=LETTERS,
        subject_id=wave.pk,
        by=by,
    )
    record(by, "wave.printed", wave, details={"letters": count, "sha256": file.sha256})
    return file
