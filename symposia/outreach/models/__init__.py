from symposia.outreach.models.allotments import (
    Allotment,
    AllotmentState,
    ApprovedClinician,
)
from symposia.outreach.models.campaigns import (
    Aim,
    AudienceKind,
    Campaign,
    CampaignState,
    Recipient,
    RecipientState,
    Wave,
    WaveState,
)
from symposia.outreach.models.invitations import (
    CalendarChange,
    ChangeKind,
    Invitation,
    State,
)

__all__ = [
    "Aim",
    "Allotment",
    "AllotmentState",
    "ApprovedClinician",
    "AudienceKind",
    "CalendarChange",
    "Campaign",
    "CampaignState",
    "ChangeKind",
    "Invitation",
    "Recipient",
    "RecipientState",
    "State",
    "Wave",
    "WaveState",
]
