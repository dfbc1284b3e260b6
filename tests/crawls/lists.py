"""Every declared list that the office mounts, with the arguments of its address."""

from inspect import getclosurevars, isfunction, unwrap

from django.db.models import Count

from symposia.activities.models import Activity, Agreement, SessionFaculty
from symposia.attendance.models import CheckAnswer, PresenceFile, SignInSheet
from symposia.credits.models import CreditEntry
from symposia.directory.models import Affiliation, Assignment, Segment, StaffGroup
from symposia.finance.models import BudgetPlace
from symposia.learning.models import Confirmation, PollAnswer
from symposia.outreach.models import Allotment, Campaign
from symposia.registrations.models import Registration
from symposia.reporting.models import OF_MONEY, Submission
from symposia.shared.lists import ListOf
from symposia.web.routes import routes
from symposia.work.models import Import


def mounted():
    """(name, list, route) of each list page."""
    found = []
    for route in routes():
        view = unwrap(route.view)
        listed = getclosurevars(view).nonlocals.get("listed") if isfunction(view) else None
        if isinstance(listed, ListOf) and route.name == listed.name:
            found.append((listed.name, listed, route.path))
    return found


MOUNTED = mounted()


def _person(path, held):
    """Somebody of whom this tab has rows."""
    if path.endswith("/credits/"):
        held_by = CreditEntry.objects.values("clinician").annotate(lines=Count("pk"))
        return held_by.order_by("-lines", "clinician")[0]["clinician"]
    if path.endswith("/money/"):
        engaged = Agreement.objects.exclude(contributor__clinician=None).exclude(state="draft")
        return engaged.earliest("pk").contributor.clinician_id
    if path.endswith("/teaching/"):
        parts = SessionFaculty.objects.exclude(clinician=None).values("clinician")
        return parts.annotate(parts=Count("pk")).order_by("-parts", "clinician")[0]["clinician"]
    places = Registration.objects.filter(activity=held)
    if path.endswith("/presence/"):
        # In a room nobody is asked whether they are there: one row would ask less than three.
        online = Registration.objects.exclude(activity__delivery="in_person")
        places = places.exclude(clinician__in=online.values("clinician"))
    return places.earliest("pk").clinician_id


def arguments(path):  # noqa: PLR0911  # one line for each kind of address
    """What the address of a list needs; inside the organisation's transaction."""
    held = Activity.objects.get(title__endswith="Sepsis in the first hour").pk
    if path.startswith("imports/<"):
        return {"pk": Import.objects.of_kind("clinicians").latest("made_at").pk}
    if path.startswith("questions/files/<"):
        return {"pk": Import.objects.of_kind("questions").latest("made_at").pk}
    if path.startswith("access/files/<"):
        return {"pk": Import.objects.of_kind("colleagues").latest("made_at").pk}
    if path.startswith("outcomes/files/<"):
        return {"pk": Import.objects.of_kind("measures").earliest("made_at").pk}
    if path.startswith("institutions/<"):
        return {"institution_pk": Affiliation.objects.earliest("pk").institution_id}
    if path.startswith("territories/<"):
        return {"pk": Assignment.objects.earliest("pk").territory_id}
    if path.startswith("clinicians/<"):
        return {"pk": _person(path, held)}
    if path.startswith("presence-files/<"):
        return {"pk": PresenceFile.objects.earliest("pk").pk}
    if path.startswith("presence-checks/<"):
        return {"pk": CheckAnswer.objects.earliest("pk").asked_id}
    if path.startswith("audience-polls/<"):
        return {"pk": PollAnswer.objects.earliest("pk").poll_id}
    if path.startswith("sign-in-sheets/<"):
        return {"pk": SignInSheet.objects.earliest("pk").pk}
    if path.startswith("segments/<"):
        made = Segment.objects.filter(kind="list").earliest("pk").pk
        return {name: made for name in ("segment_pk", "pk") if f":{name}>" in path}
    if path.startswith(("groups/<", "my-groups/<")):
        return {"group_pk": StaffGroup.objects.earliest("pk").pk}
    if path.startswith("past/<"):
        return {"pk": Import.objects.of_kind("past_activities").earliest("made_at").pk}
    if path.startswith("reports/files/<"):
        return {"pk": Submission.objects.exclude(kind__in=OF_MONEY).latest("pk").pk}
    if path.startswith("money/budget/files/<"):
        return {"pk": Import.objects.of_kind("opening_balances").earliest("made_at").pk}
    if path.startswith("money/cards/files/<"):
        return {"pk": Import.objects.of_kind("card_statement").earliest("made_at").pk}
    if path.startswith("money/budget/<"):
        return {"node_pk": BudgetPlace.objects.earliest("pk").node_id}
    if path.startswith("transfers/files/<"):
        return {"pk": Submission.objects.filter(kind__in=OF_MONEY).latest("pk").pk}
    if path.startswith("campaigns/<"):
        return {"campaign_pk": Campaign.objects.of(Activity(pk=held)).get().pk}
    if "/course/" in path:  # what is studied instead of attended
        held = Confirmation.objects.earliest("pk").activity_id
    if "/allotments/" in path:  # what is over is allotted no more
        held = Allotment.objects.open().earliest("pk").activity_id
    return {name: held for name in ("activity_pk", "pk") if f":{name}>" in path}
