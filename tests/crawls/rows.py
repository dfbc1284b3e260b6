"""What the demonstration does not tell of the provider, so that each of its lists has rows."""

from datetime import timedelta

from django.utils.timezone import localdate

from symposia.activities.models import Activity
from symposia.activities.queries import rule_facts_of, rule_subject_of
from symposia.compliance.actions.drafting import NewVersion, begin_version
from symposia.compliance.actions.evaluating import evaluate_subject, state_facts
from symposia.compliance.actions.values import RestrictionFacts, add_restriction, grant_override
from symposia.compliance.models import Finding, Result
from symposia.compliance.queries.screens import pack_in_force
from symposia.notifications.actions import suppress_address
from symposia.shared.actors import SYSTEM

# Of an activity that is over: what breaks a rule now stands in nobody's way.
BROKEN = {"materials_carry_marketing": True, "learner_names_shared": True}


def add_what_is_not_told():
    """Two rows of each list that has none; inside the organisation's transaction."""
    today = localdate()
    for name in ("ada", "noor"):
        suppress_address(f"{name}@example.net", by=SYSTEM)
    for words in ("Corvalan", "Meridine"):
        facts = RestrictionFacts("product", "Not approved here yet", today, words=words)
        add_restriction(facts, by=SYSTEM)
    for code in ("accme-sii", "accredited-education"):
        begins = today + timedelta(days=30)
        wanted = NewVersion("own-1", begins, "Our own policy is stricter")
        begin_version(pack_in_force(code, today).row, wanted, by=SYSTEM)
    _break_rules(today)


def _break_rules(today):
    """An activity about which two rules say no, and an exception from each."""
    held = Activity.objects.get(title__endswith="Sepsis in the first hour")
    subject, facts = rule_subject_of(held), rule_facts_of(held)
    state_facts(subject, BROKEN, facts=facts, by=SYSTEM)
    evaluate_subject(subject, facts=facts, by=SYSTEM)
    expires = today + timedelta(days=30)
    for finding in Finding.objects.current().filter(result=Result.BLOCK):
        grant_override(finding, reason="Seen by the committee", expires_on=expires, by=SYSTEM)
