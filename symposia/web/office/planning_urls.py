"""Addresses of the plan: gaps, what they rest on, and what follows from them."""

from functools import partial

from django.urls import URLPattern, path

from symposia.curriculum.lists.curricula import CURRICULA
from symposia.curriculum.lists.guidelines import CITATION_REVIEWS, GUIDELINES
from symposia.curriculum.lists.meetings import AGREED_ACTIONS, MEETINGS
from symposia.curriculum.lists.news import NEWS
from symposia.curriculum.lists.objectives import OBJECTIVES
from symposia.curriculum.lists.office_policies import OFFICE_POLICIES
from symposia.curriculum.lists.plans import PLANS
from symposia.curriculum.lists.surveys import SURVEYS
from symposia.web.lists import list_urls
from symposia.web.office import (
    curricula,
    guidelines,
    meetings,
    news,
    objectives,
    plans,
    policies,
    priorities,
    survey_sending,
    surveys,
)
from symposia.web.office.planning import views_of

LIST = "office/planning/list.html"

urlpatterns: list[URLPattern] = [
    # the ranking of gaps, and what accreditors' forms ask of them
    path("gaps/weights/", priorities.weights, name="gap_weights"),
    path("gaps/<uuid:pk>/rating/", priorities.rating, name="gap_rating"),
    path("gaps/<uuid:pk>/statements/", priorities.statements, name="gap_statements"),
    # objectives
    *list_urls(
        "objectives/", OBJECTIVES, template=LIST, extra=partial(views_of, name=OBJECTIVES.name)
    ),
    path("objectives/<uuid:pk>/", objectives.show, name="objective"),
    path("objectives/<uuid:pk>/grounds/", objectives.grounds, name="objective_grounds"),
    # guidelines
    *list_urls(
        "guidelines/",
        GUIDELINES,
        template="office/guidelines/list.html",
        extra=partial(views_of, name=GUIDELINES.name),
    ),
    path("guidelines/new/", guidelines.new, name="guideline_new"),
    path("guidelines/<uuid:pk>/", guidelines.show, name="guideline"),
    path("guidelines/<uuid:pk>/edit/", guidelines.edit, name="guideline_edit"),
    path("guidelines/<uuid:pk>/newer/", guidelines.supersede, name="guideline_superseding"),
    *list_urls(
        "guidelines/reviews/",
        CITATION_REVIEWS,
        template=LIST,
        extra=partial(views_of, name=CITATION_REVIEWS.name),
    ),
    path("guidelines/reviews/<uuid:pk>/", guidelines.review, name="citation_review"),
    # surveys of needs
    *list_urls(
        "surveys/",
        SURVEYS,
        template="office/surveys/list.html",
        extra=partial(views_of, name=SURVEYS.name),
    ),
    path("surveys/new/", surveys.new, name="survey_new"),
    path("surveys/<uuid:pk>/", surveys.show, name="survey"),
    path("surveys/<uuid:pk>/edit/", surveys.edit, name="survey_edit"),
    path("surveys/<uuid:pk>/questions/new/", surveys.question_new, name="survey_question_new"),
    path(
        "surveys/<uuid:pk>/questions/<uuid:question_pk>/removal/",
        surveys.question_remove,
        name="survey_question_removal",
    ),
    path("surveys/<uuid:pk>/sending/", survey_sending.send, name="survey_sending"),
    path("surveys/<uuid:pk>/invitations/", survey_sending.confirm, name="survey_send"),
    path("surveys/<uuid:pk>/closing/", surveys.close, name="survey_closing"),
    path("surveys/<uuid:pk>/round/", surveys.next_round, name="survey_round"),
    path("surveys/<uuid:pk>/evidence/", surveys.cite, name="survey_evidence"),
    # plans, and the plan of an activity
    *list_urls(
        "plans/",
        PLANS,
        template="office/plans/list.html",
        extra=partial(views_of, name=PLANS.name),
    ),
    path("plans/new/", plans.new, name="plan_new"),
    path("plans/rule/", plans.rule, name="plan_rule"),
    path("plans/<uuid:pk>/", plans.show, name="plan"),
    path("plans/<uuid:pk>/edit/", plans.edit, name="plan_edit"),
    path("plans/<uuid:pk>/submission/", plans.submit, name="plan_submission"),
    path("plans/<uuid:pk>/reopening/", plans.reopen, name="plan_reopening"),
    path("plans/<uuid:pk>/end/", plans.end, name="plan_end"),
    path("activities/<uuid:pk>/plan/", plans.choose, name="activity_plan"),
    # curricula
    *list_urls(
        "curricula/",
        CURRICULA,
        template="office/curricula/list.html",
        extra=partial(views_of, name=CURRICULA.name),
    ),
    path("curricula/new/", curricula.new, name="curriculum_new"),
    path("curricula/<uuid:pk>/", curricula.show, name="curriculum"),
    path("curricula/<uuid:pk>/edit/", curricula.edit, name="curriculum_edit"),
    path("curricula/<uuid:pk>/steps/new/", curricula.step_new, name="curriculum_step_new"),
    path(
        "curricula/<uuid:pk>/steps/<uuid:step_pk>/removal/",
        curricula.step_remove,
        name="curriculum_step_removal",
    ),
    path(
        "curricula/<uuid:pk>/steps/<uuid:step_pk>/move/<slug:to>/",
        curricula.step_move,
        name="curriculum_step_move",
    ),
    path("curricula/<uuid:pk>/publication/", curricula.publish, name="curriculum_publication"),
    path("curricula/<uuid:pk>/retirement/", curricula.retire, name="curriculum_retirement"),
    path("curricula/<uuid:pk>/edition/", curricula.edition_new, name="curriculum_edition"),
    # curriculum reviews
    *list_urls(
        "meetings/",
        MEETINGS,
        template="office/meetings/list.html",
        extra=partial(views_of, name=MEETINGS.name),
    ),
    *list_urls(
        "meetings/actions/",
        AGREED_ACTIONS,
        template=LIST,
        extra=partial(views_of, name=AGREED_ACTIONS.name),
    ),
    path("meetings/actions/<uuid:pk>/", meetings.action_done, name="agreed_action_done"),
    path("meetings/new/", meetings.new, name="meeting_new"),
    path("meetings/<uuid:pk>/", meetings.show, name="meeting"),
    path("meetings/<uuid:pk>/edit/", meetings.edit, name="meeting_edit"),
    path("meetings/<uuid:pk>/agenda/", meetings.agenda, name="meeting_agenda"),
    path("meetings/<uuid:pk>/points/new/", meetings.point_new, name="meeting_point_new"),
    path(
        "meetings/<uuid:pk>/points/<uuid:item_pk>/removal/",
        meetings.point_remove,
        name="meeting_point_removal",
    ),
    path(
        "meetings/<uuid:pk>/points/<uuid:item_pk>/decision/",
        meetings.decide,
        name="meeting_decision",
    ),
    path("meetings/<uuid:pk>/actions/new/", meetings.action_new, name="meeting_action_new"),
    path("meetings/<uuid:pk>/minutes/", meetings.hold, name="meeting_minutes"),
    path("meetings/<uuid:pk>/cancellation/", meetings.cancel, name="meeting_cancellation"),
    # accreditor news
    *list_urls(
        "news/",
        NEWS,
        template="office/news/list.html",
        extra=partial(views_of, name=NEWS.name),
    ),
    path("news/new/", news.new, name="news_new"),
    path("news/mail/", news.mail, name="news_mail"),
    path("news/feeds/", news.feeds, name="news_sources"),
    path("news/feeds/<uuid:pk>/reading/", news.feed_read, name="news_source_reading"),
    path("news/feeds/<uuid:pk>/stop/", news.feed_stop, name="news_source_stop"),
    path("news/<uuid:pk>/", news.show, name="news_item"),
    path("news/<uuid:pk>/assignment/", news.assign, name="news_assignment"),
    path("news/<uuid:pk>/decision/", news.decide, name="news_decision"),
    # the mission and the policies of the office
    *list_urls(
        "policies/",
        OFFICE_POLICIES,
        template="office/policies/list.html",
        extra=partial(views_of, name=OFFICE_POLICIES.name),
    ),
    path("policies/new/", policies.new, name="office_policy_new"),
    path("policies/<uuid:pk>/", policies.show, name="office_policy"),
    path("policies/<uuid:pk>/review/", policies.review, name="office_policy_review"),
    path("policies/<uuid:pk>/edition/", policies.edition, name="office_policy_edition"),
    path(
        "policies/<uuid:pk>/editions/<uuid:edition_pk>/reading/",
        policies.acknowledge,
        name="office_policy_reading",
    ),
    path("policies/<uuid:pk>/end/", policies.end, name="office_policy_end"),
]
