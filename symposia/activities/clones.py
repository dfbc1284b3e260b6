"""What this context lets a clone take over."""

from django.utils.translation import gettext_lazy as _

from symposia.activities.actions.cloning import (
    take_agenda,
    take_answers,
    take_documents,
    take_duties,
    take_objectives,
    take_people,
)
from symposia.activities.taking_over import Takeable, register_part


def register_own_parts() -> None:
    """Objectives, agenda, people, milestones, documents, answers."""
    for part in (
        Takeable("objectives", _("Objectives"), take_objectives, 10),
        Takeable("agenda", _("Agenda"), take_agenda, 20),
        Takeable("team", _("Team and faculty"), take_people, 30),
        Takeable("milestones", _("Milestones and who owes them"), take_duties, 50),
        Takeable("documents", _("Documents with their latest files"), take_documents, 60),
        Takeable(
            "questions", _("Answers to the type's questions, and the organiser"), take_answers, 80
        ),
    ):
        register_part(part)
