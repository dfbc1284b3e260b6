"""Why the demonstration's activities exist: guidelines, points, statements, a survey of needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import time_machine

from symposia.curriculum.actions.gaps import EvidenceFacts, add_evidence
from symposia.curriculum.actions.guidelines import (
    GuidelineFacts,
    add_guideline,
    review_citation,
    supersede_guideline,
)
from symposia.curriculum.actions.objectives import Grounds, ground_objective
from symposia.curriculum.actions.priorities import rate_gap, write_statement
from symposia.curriculum.actions.survey_answers import answer_survey, cite_survey
from symposia.curriculum.actions.surveys import (
    QuestionFacts,
    SurveyFacts,
    add_question,
    close_survey,
    make_next_round,
    make_survey,
    send_survey,
)
from symposia.curriculum.models import Gap, Objective, QuestionKind, Survey
from symposia.curriculum.queries.surveys import questions_of_survey
from symposia.demonstration.thread import Cast
from symposia.directory.models import Clinician
from symposia.shared.actors import Actor

FORMATS = ("Cases in small groups", "Grand rounds", "Online, in my own time")
WISHES = ("More cases from our own wards.", "Short sessions before rounds.", "")


@dataclass(frozen=True)
class Needs:
    """What one organisation cites and asks about."""

    old: GuidelineFacts
    new: GuidelineFacts
    other: GuidelineFacts
    survey: str
    questions: tuple[str, str]
    points: tuple[int, int, int]
    change: str
    figure: str
    source: str


PROVIDER = Needs(
    old=GuidelineFacts("Harbor Sepsis Council (invented)", "Care of adults with sepsis", 2021),
    new=GuidelineFacts("Harbor Sepsis Council (invented)", "Care of adults with sepsis", 2026),
    other=GuidelineFacts("Bay Stroke Society (invented)", "Imaging before thrombolysis", 2024),
    survey="What would help you with acutely ill patients?",
    questions=(
        "How sure are you when you start the hour-one bundle?",
        "How sure are you when you read perfusion imaging?",
    ),
    points=(5, 3, 3),
    change="Emergency physicians start the hour-one bundle before results are back.",
    figure="58 % of 214 patients within 60 minutes",
    source="Sepsis dashboard, last two quarters (demonstration data)",
)
COMPANY = Needs(
    old=GuidelineFacts("Deccan Heart Forum (invented)", "Chronic heart failure", 2020),
    new=GuidelineFacts("Deccan Heart Forum (invented)", "Chronic heart failure", 2025),
    other=GuidelineFacts("Konkan Heart Group (invented)", "Titration after discharge", 2023),
    survey="What keeps heart failure doses low?",
    questions=(
        "How sure are you when you raise a dose?",
        "How sure are you when blood pressure is low?",
    ),
    points=(4, 4, 3),
    change="Physicians titrate heart failure therapy within ninety days of discharge.",
    figure="22 % at target dose after 90 days",
    source="Register of three regions (demonstration data)",
)


def tell_why(
    cast: Cast,
    needs: Needs,
    objectives: Sequence[Objective],
    people: Sequence[Clinician],
    today: datetime,
) -> None:
    """Everything that says why the first of the gaps is a gap."""
    _tell_survey(cast, needs, objectives[0].gap, people, today)
    _tell_needs(cast, needs, objectives, today)


def _tell_needs(cast: Cast, needs: Needs, objectives: Sequence[Objective], today: datetime) -> None:
    """What the gap of these objectives rests on; a newer guideline leaves something to review."""
    by = cast.actor(cast.planner)
    gap = objectives[0].gap
    with time_machine.travel(cast.at_work(today, 39), tick=True):
        old, other = add_guideline(needs.old, by=by), add_guideline(needs.other, by=by)
        cited = EvidenceFacts("guideline", str(old), guideline=old)
        add_evidence(gap, cited, by=by)
        whole = Grounds(old, "Recommendation 3", needs.figure, needs.source)
        ground_objective(objectives[0], whole, by=by)
        ground_objective(objectives[1], Grounds(other, "Recommendation 7"), by=by)
        # How well education can close it is still to be judged.
        judged = zip(("severity", "reach", "distance"), needs.points, strict=True)
        for criterion, points in judged:
            rate_gap(gap, criterion, points, reason="Agreed at the review.", by=by)
        write_statement(gap, "change_performance", needs.change, by=by)
    with time_machine.travel(cast.at_work(today, 9), tick=True):
        new = add_guideline(needs.new, by=by)
        reviews = supersede_guideline(old, new, reason="A new edition is out.", by=by)
        seen = "The recommendation is the same in the new edition."
        review_citation(reviews[0], changed=False, reason=seen, by=by)


def _tell_survey(
    cast: Cast, needs: Needs, gap: Gap, people: Sequence[Clinician], today: datetime
) -> None:
    """Two rounds with answers and one that is open; the first finding is evidence of the gap."""
    by = cast.actor(cast.planner)
    with time_machine.travel(cast.at_work(today, 38), tick=True):
        survey = _built(cast, needs)
        _heard(cast, survey, people[-10:], ratings=(2, 2, 3, 1, 2, 3, 2))
        cite_survey(survey, questions_of_survey(survey)[0], gap, by=by)
        close_survey(survey, reason="Enough answers.", by=by)
    with time_machine.travel(cast.at_work(today, 7), tick=True):
        second = make_next_round(survey, by=by)
        _heard(cast, second, people[-10:], ratings=(3, 4, 3, 2, 4, 4, 3, 5))
        close_survey(second, reason="Enough answers.", by=by)
        third = make_next_round(second, by=by)
        _heard(cast, third, people[-4:], ratings=(4,))


def _built(cast: Cast, needs: Needs) -> Survey:
    by = cast.actor(cast.planner)
    facts = SurveyFacts(needs.survey, "We plan next year's education with your answers.")
    survey = make_survey(facts, by=by, owner=cast.team[cast.planner])
    for text in needs.questions:
        add_question(survey, QuestionFacts(QuestionKind.RATING, text), by=by)
    formats = QuestionFacts(QuestionKind.CHOICE, "How do you like to learn?", FORMATS)
    add_question(survey, formats, by=by)
    wish = QuestionFacts(QuestionKind.TEXT, "What else would help?", required=False)
    add_question(survey, wish, by=by)
    return survey


def _heard(cast: Cast, survey: Survey, people: Sequence[Clinician], ratings: Sequence[int]) -> None:
    """Ask people; as many of them answer as there are ratings."""
    send_survey(survey, people, by=cast.actor(cast.planner))
    first, second, formats, wish = questions_of_survey(survey)
    asked = survey.invitations.with_names().order_by("sent_at", "pk")
    for place, (invitation, rating) in enumerate(zip(asked, ratings, strict=False)):
        given = {
            first.pk: str(rating),
            second.pk: str(max(1, rating - 1)),
            formats.pk: FORMATS[place % len(FORMATS)],
            wish.pk: WISHES[place % len(WISHES)],
        }
        answer_survey(invitation, given, by=Actor("link", invitation.pk, invitation.address))
