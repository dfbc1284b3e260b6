from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.activities.models import Activity
from symposia.directory.models import Clinician, Segment
from symposia.outreach.allotted import Allotted
from symposia.outreach.allotting import objection_to_one_allotted
from symposia.outreach.fatigue import Fatigue
from symposia.outreach.models import (
    Campaign,
    CampaignState,
    Invitation,
    State,
    Wave,
    WaveState,
)
from symposia.outreach.queries import Known
from symposia.outreach.reaching import objection_to_reaching
from symposia.shared.refusals import Objection

LONGEST_FILTER = 1000
NOT_OPEN = Objection(
    "not_open", _("People are invited once the activity is open for registration.")
)
OVER = Objection("over", _("The activity has begun or is over."))
DEACTIVATED = Objection("deactivated", _("is no longer active in the directory"))
ALREADY_INVITED = Objection("already_invited", _("was invited before: %(state)s"))
ON_THE_WAY = Objection("on_the_way", _("gets an invitation from another wave"))
TOO_OFTEN = Objection(
    "too_often",
    ngettext_lazy(
        "was invited %(count)s time within 30 days; your policy says at most %(cap)s",
        "was invited %(count)s times within 30 days; your policy says at most %(cap)s",
        "count",
    ),
)
TOO_MANY_WEBINARS = Objection(
    "too_many_webinars",
    ngettext_lazy(
        "is asked to %(count)s webinar in that month; your policy says at most %(cap)s",
        "is asked to %(count)s webinars in that month; your policy says at most %(cap)s",
        "count",
    ),
)
SAME_ADDRESS = Objection("same_address", _("has the same address as somebody else you chose"))
ANSWERED = Objection("invitation_answered", _("has answered: %(state)s"))
WITHDRAWN = Objection(
    "withdrawn", _("This invitation was withdrawn. Ask the organiser if you would like to come.")
)
WITHDRAWN_BEFORE = Objection(
    "withdrawn_before", _("This invitation was withdrawn before. It may be sent again.")
)
TAKES_NO_ANSWER = Objection(
    "takes_no_answer", _("The activity no longer takes answers. Write to the organiser.")
)
FILTER_TOO_LONG = Objection(
    "filter_too_long", _("The filter is too long to be kept. Use fewer words in it.")
)
SEGMENT_RETIRED = Objection(
    "segment_not_kept", _("“%(name)s” is retired. Choose another segment, or people by hand.")
)
NOBODY = Objection("nobody", _("Nobody is left to write to: everybody is skipped."))
NOBODY_CHOSEN = Objection("campaign_to_nobody", _("Nobody is chosen."))
NOBODY_WAITS = Objection(
    "nobody_waits",
    _("Whoever you invited has answered, or was invited or reminded within the last day."),
)
DISCARDED = Objection("discarded", _("This campaign was discarded. Begin a new one."))
NOT_A_DRAFT = Objection("campaign_released", _("The campaign has gone out; it stays as it was."))
DISCARDED_BEFORE = Objection("campaign_discarded_before", _("This campaign was discarded before."))
GONE_OUT = Objection(
    "campaign_gone_out",
    _("Some of the campaign has gone out, so it is not discarded. A wave may be recalled."),
)
COUNT_CHANGED = Objection(
    "count_changed",
    _("%(now)s would receive it now, not %(seen)s: look at the numbers again. Nothing was sent."),
)
TIME_PASSED = Objection(
    "time_passed", _("That hour has passed for some of the recipients. Choose a later one.")
)
AFTER_START = Objection(
    "after_start", _("For some of the recipients that is after the activity has begun.")
)
NOTHING_TO_RECALL = Objection(
    "nothing_to_recall", _("All messages of this wave have left; none can be recalled.")
)
RECALLED_BEFORE = Objection("recalled_before", _("This wave was recalled before."))


def objection_to_inviting(activity: Activity, *, at: datetime) -> Objection | None:
    """Whether people may be invited to the activity at all."""
    if not activity.is_open:
        return NOT_OPEN
    return OVER if activity.starts_at <= at else None


def objection_to_reminding(activity: Activity, reached: int, *, at: datetime) -> Objection | None:
    """Whether somebody's own guests may be reminded: of an open activity, where one still waits."""
    return objection_to_inviting(activity, at=at) or (None if reached else NOBODY_WAITS)


def objection_to_inviting_clinician(clinician: Clinician, known: Known) -> Objection | None:
    """Why this clinician is skipped."""
    before = known.invited.get(clinician.pk)
    if before and before.state != State.WITHDRAWN:
        return ALREADY_INVITED.about(state=before.get_state_display())
    if clinician.pk in known.on_the_way:
        return ON_THE_WAY
    return _objection_to_writing(clinician, clinician.email, known) or objection_to_one_more(
        clinician, known.fatigue
    )


def objection_to_one_more(clinician: Clinician, fatigue: Fatigue) -> Objection | None:
    """Whether one invitation more would be more than the organisation's own policy allows."""
    asked = fatigue.invitations.get(clinician.pk, 0)
    if fatigue.invitation_cap is not None and asked >= fatigue.invitation_cap:
        return TOO_OFTEN.about(count=asked, cap=fatigue.invitation_cap)
    webinars = fatigue.webinars.get(clinician.pk, 0)
    if fatigue.webinar_cap is not None and webinars >= fatigue.webinar_cap:
        return TOO_MANY_WEBINARS.about(count=webinars, cap=fatigue.webinar_cap)
    return None


def _objection_to_writing(clinician: Clinician, address: str, known: Known) -> Objection | None:
    """What stands against any message that asks somebody to come."""
    if clinician.deactivated_at:
        return DEACTIVATED
    cause = known.suppressed.get(address.lower()) if address else None
    objection = objection_to_reaching(
        *(clinician, address),
        channel=known.channel,
        cause=cause,
        has_postal=clinician.pk in known.by_post,
    )
    return objection or known.not_asked.get(clinician.pk)


def objection_to_handing_over(
    clinician: Clinician, known: Known, allotted: Allotted | None, *, on: date
) -> Objection | None:
    """Whether a representative may pass this person's invitation on; once more while it waits."""
    before = known.invited.get(clinician.pk)
    if before and before.state in {State.ACCEPTED, State.DECLINED}:
        return ALREADY_INVITED.about(state=before.get_state_display())
    if clinician.deactivated_at:
        return DEACTIVATED
    objection = known.not_asked.get(clinician.pk)
    if objection or (before and before.state == State.SENT):
        return objection
    beyond = objection_to_one_allotted(clinician, allotted, before=0, on=on) if allotted else None
    return beyond or objection_to_one_more(clinician, known.fatigue)


def objection_to_asking_again(invitation: Invitation, known: Known) -> Objection | None:
    """Why somebody who was invited is not reminded of it."""
    if invitation.state != State.SENT:
        return ANSWERED.about(state=invitation.get_state_display())
    if invitation.clinician_id in known.on_the_way:
        return ON_THE_WAY
    return _objection_to_writing(invitation.clinician, invitation.address, known)


def objection_to_replying(
    invitation: Invitation, activity: Activity, *, accepted: bool, at: datetime
) -> Objection | None:
    """Saying no is possible until the activity is over; saying yes while it takes people."""
    if invitation.state == State.WITHDRAWN:
        return WITHDRAWN
    if accepted and not activity.is_open:
        return TAKES_NO_ANSWER
    return TAKES_NO_ANSWER if activity.ends_at <= at else None


def objection_to_withdrawing(invitation: Invitation) -> Objection | None:
    """An invitation is taken back once."""
    return WITHDRAWN_BEFORE if invitation.state == State.WITHDRAWN else None


def objection_to_campaign(
    campaign: Campaign, activity: Activity, *, at: datetime
) -> Objection | None:
    """Whether anything of the campaign may go out at all."""
    if campaign.state == CampaignState.DISCARDED:
        return DISCARDED
    return objection_to_inviting(activity, at=at)


def objection_to_audience(
    *, people: int, fitting: str, segment: Segment | None, everybody: bool
) -> Objection | None:
    """A campaign for everybody of the directory is one that somebody said so of: whoever names
    nobody has chosen nobody."""
    return None if people or fitting or segment or everybody else NOBODY_CHOSEN


def objection_to_filter(fitting: str) -> Objection | None:
    """The filter of an audience is kept as the address that it is."""
    return FILTER_TOO_LONG if len(fitting) > LONGEST_FILTER else None


def objection_to_segment(segment: Segment | None) -> Objection | None:
    """A segment that nobody keeps any more is no audience."""
    if segment is None or segment.retired_at is None:
        return None
    return SEGMENT_RETIRED.about(name=segment.name)


def objection_to_rewording(campaign: Campaign) -> Objection | None:
    """What people have read stays as they read it."""
    if campaign.state == CampaignState.DISCARDED:
        return DISCARDED
    return None if campaign.state == CampaignState.DRAFT else NOT_A_DRAFT


def objection_to_discarding(campaign: Campaign) -> Objection | None:
    """A campaign is given up once, and only while nothing of it has gone out."""
    if campaign.state == CampaignState.DISCARDED:
        return DISCARDED_BEFORE
    return None if campaign.state == CampaignState.DRAFT else GONE_OUT


def objection_to_directing(campaign: Campaign) -> Objection | None:
    """Who reads the answers may change as long as anything may go out."""
    return DISCARDED if campaign.state == CampaignState.DISCARDED else None


def objection_to_times(
    due: Sequence[datetime], activity: Activity, *, at: datetime
) -> Objection | None:
    """Whether each recipient's hour is still to come, and before the activity."""
    if due and min(due) < at:
        return TIME_PASSED
    return AFTER_START if due and max(due) >= activity.starts_at else None


def objection_to_count(*, seen: int | None, now: int) -> Objection | None:
    """Exactly as many as the page named are written to."""
    if not now:
        return NOBODY
    return None if seen in {None, now} else COUNT_CHANGED.about(now=now, seen=seen)


def objection_to_recalling(wave: Wave, *, left: int) -> Objection | None:
    """A wave is recalled while anything of it has not left."""
    if wave.state == WaveState.RECALLED:
        return RECALLED_BEFORE
    return None if left else NOTHING_TO_RECALL
