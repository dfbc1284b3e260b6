"""The one statement that says whether anything has changed about the audience of a session."""

import hashlib

from django.utils.timezone import now

from symposia.activities.models import Session
from symposia.learning.audience_rules import closes_at, opens_at
from symposia.shared.planned import planned
from symposia.shared.tenancy import current_organisation_id

# Hashes that are added up, so that the order in which rows are read does not matter.
_SQL = """
SELECT concat_ws('|',
  (SELECT concat_ws('.', count(*), sum(hashtextextended(concat_ws('.', id, state, hidden_because,
       merged_into_id, answered_at, answer, handed_at), 0)))
     FROM learning_audiencequestion
     WHERE organisation_id = %(organisation)s::uuid AND session_id = %(session)s::uuid),
  (SELECT concat_ws('.', count(*), sum(hashtextextended(id::text, 0))) FROM learning_questionvote
     WHERE organisation_id = %(organisation)s::uuid AND session_id = %(session)s::uuid),
  (SELECT sum(hashtextextended(concat_ws('.', id, state, is_shown, question), 0))
     FROM learning_audiencepoll
     WHERE organisation_id = %(organisation)s::uuid AND session_id = %(session)s::uuid),
  (SELECT concat_ws('.', count(*), sum(hashtextextended(concat_ws('.', a.id, a.choices), 0)))
     FROM learning_pollanswer a JOIN learning_audiencepoll p
       ON p.organisation_id = a.organisation_id AND p.id = a.poll_id
     WHERE p.organisation_id = %(organisation)s::uuid AND p.session_id = %(session)s::uuid
       AND (%(all)s::boolean OR p.is_shown)),
  (SELECT string_agg(id::text, '.' ORDER BY id) FROM attendance_presencecheck
     WHERE organisation_id = %(organisation)s::uuid AND activity_id = %(activity)s::uuid
       AND asked_at <= %(now)s::timestamptz AND closes_at > %(now)s::timestamptz),
  (SELECT state FROM activities_activity
     WHERE organisation_id = %(organisation)s::uuid AND id = %(activity)s::uuid),
  %(open)s::text)
"""


def version_of_audience(session: Session, *, with_answers: bool) -> str:
    """The same as long as questions, votes and polls look the same: with each answer, or with those
    alone whose results the room sees. One statement, planned once a connection."""
    at = now()
    values = {
        "organisation": current_organisation_id(),
        "session": session.pk,
        "activity": session.activity_id,
        "now": at,
        "all": with_answers,
        "open": "open" if opens_at(session) <= at < closes_at(session) else "",
    }
    said = planned(_SQL, values)[0][0]
    return hashlib.sha256(said.encode()).hexdigest()[:20]
