"""A transcript as a learner record (CLR 2.0) to be kept, and whether there is one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.models import Organisation
from symposia.credits.learner_records import KIND, as_file, record_of
from symposia.credits.queries import signing_now
from symposia.credits.record_rules import objection_to_record
from symposia.credits.transcripts import Transcript
from symposia.shared.refusals import Refused


def record_file(transcript: Transcript, organisation: Organisation) -> HttpResponse:
    """The record of these days; where there is none, a page that is not there says why."""
    signing = signing_now()
    if signing is None:
        raise Http404(_("This organisation has no key yet that signs badges."))
    try:
        record = record_of(transcript, organisation, signing, now())
    except Refused as refused:
        raise Http404(str(refused)) from refused
    response = HttpResponse(as_file(record), content_type=KIND)
    response["Content-Disposition"] = 'attachment; filename="learner-record.json"'
    return response


def record_words(transcript: Transcript) -> dict[str, Any]:
    """For a page: whether the record is offered, and why not where that is worth a word."""
    objection = objection_to_record(len(transcript.lines))
    # Whoever issued one of these certificates has a key: nobody need ask.
    has_key = any(each.certificate for each in transcript.lines) or signing_now() is not None
    return {
        "has_record": has_key and objection is None,
        "record_objection": objection if has_key and transcript.lines else None,
    }
