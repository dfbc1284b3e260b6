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
from symposia.outreach.models.reminders import (
    BACKWARDS,
    MOST_HOURS,
    Reminded,
    Reminder,
    ReminderPause,
    Trigger,
)

__all__ = [
    "BACKWARDS",
    "MOST_HOURS",
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
    "Reminded",
    "Reminder",
    "ReminderPause",
    "State",
    "Trigger",
    "Wave",
    "WaveState",
]
