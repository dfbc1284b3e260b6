"""The letter of a campaign: its own words where it has them, filled for one clinician."""

from datetime import datetime

from django.conf import settings

from symposia.accounts.models import Organisation
from symposia.directory.models import Clinician
from symposia.notifications.queries import wording_of
from symposia.notifications.rendering import Letter, render_message
from symposia.notifications.wording import Wording, shipped_messages
from symposia.outreach.letters import Letters
from symposia.outreach.models import Aim, Campaign, Invitation

INVITATION = "outreach.invitation"
AGAIN = "outreach.invitation_again"
TEXT = "outreach.text"
MESSAGE_OF: dict[str, str] = {Aim.NEW: INVITATION, Aim.UNANSWERED: AGAIN}


def invitation_languages() -> list[str]:
    """The languages in which the invitation is shipped, and a campaign may word it."""
    return sorted(each.language for each in shipped_messages() if each.code == INVITATION)


def words_for(campaign: Campaign, language: str, aim: str = Aim.NEW) -> Wording:
    """What a wave says to whoever reads this language."""
    usual = wording_of(MESSAGE_OF[aim], language)
    if aim == Aim.NEW and campaign.has_own_words and campaign.language == usual.language:
        return usual.in_other_words(campaign.subject, campaign.body)
    return usual


def example_values(
    campaign: Campaign, clinician: Clinician, organisation: Organisation, *, at: datetime
) -> dict[str, str]:
    """What is filled in for this clinician, with links that lead back to the campaign: nobody
    answers for somebody else."""
    letters = Letters.for_activity(campaign.activity, organisation, at=at)
    unsent = Invitation(
        activity=campaign.activity, clinician=clinician, address=clinician.email or "-"
    )
    here = f"{settings.ORIGIN}/campaigns/{campaign.pk}/"
    return letters.values(unsent) | {"reply_link": here, "unsubscribe_link": here}


def example_letter(
    campaign: Campaign, clinician: Clinician, organisation: Organisation, *, at: datetime
) -> Letter:
    """The letter as this clinician would get it."""
    language = clinician.language or organisation.language
    values = example_values(campaign, clinician, organisation, at=at)
    return render_message(words_for(campaign, language), values)
