"""Addresses of the rules: packs, what they say, exceptions, restrictions, own versions."""

from functools import partial

from django.urls import URLPattern, path

from symposia.compliance.lists import FINDINGS, OVERRIDES, RESTRICTIONS, VERSIONS
from symposia.compliance.value_lists import VALUE_PROPOSALS
from symposia.web.lists import list_urls
from symposia.web.office import (
    rules,
    rules_activity,
    rules_exceptions,
    rules_values,
    rules_versions,
)
from symposia.web.office.rules_views import views_of

LIST = "office/rules/list.html"

urlpatterns: list[URLPattern] = [
    path("rules/", rules.show, name="rules"),
    path("rules/packs/<slug:code>/", rules.pack, name="rule_pack"),
    path("rules/packs/<slug:code>/values/<slug:name>/", rules.value, name="rules_value"),
    *list_urls(
        "rules/findings/", FINDINGS, template=LIST, extra=partial(views_of, name=FINDINGS.name)
    ),
    # values of the organisation's own, by two people
    *list_urls(
        "rules/values/",
        VALUE_PROPOSALS,
        template=LIST,
        extra=partial(views_of, name=VALUE_PROPOSALS.name),
    ),
    path("rules/values/<uuid:pk>/", rules_values.show, name="value_proposal"),
    path("rules/values/<uuid:pk>/agreement/", rules_values.agree, name="value_proposal_agreement"),
    path("rules/values/<uuid:pk>/withdrawal/", rules_values.drop, name="value_proposal_withdrawal"),
    # exceptions and restrictions
    *list_urls(
        "rules/exceptions/", OVERRIDES, template=LIST, extra=partial(views_of, name=OVERRIDES.name)
    ),
    path("rules/exceptions/<uuid:pk>/end/", rules_exceptions.end, name="rule_exception_end"),
    path("rules/findings/<uuid:pk>/exception/", rules_exceptions.grant, name="rule_exception"),
    *list_urls(
        "rules/restrictions/",
        RESTRICTIONS,
        template="office/rules/restrictions.html",
        extra=partial(views_of, name=RESTRICTIONS.name),
    ),
    path("rules/restrictions/products/new/", rules_exceptions.restrict, name="restriction_new"),
    path(
        "rules/restrictions/people/<uuid:pk>/",
        rules_exceptions.restrict_person,
        name="restriction_of_person",
    ),
    path("rules/restrictions/<uuid:pk>/", rules_exceptions.lift, name="restriction"),
    # versions of the organisation's own
    *list_urls(
        "rules/versions/",
        VERSIONS,
        template="office/rules/versions.html",
        extra=partial(views_of, name=VERSIONS.name),
    ),
    path("rules/versions/new/", rules_versions.new, name="rule_version_new"),
    path("rules/versions/file/", rules_versions.from_file, name="rule_version_file"),
    path("rules/versions/<uuid:pk>/", rules_versions.show, name="rule_version"),
    path("rules/versions/<uuid:pk>/head/", rules_versions.head, name="rule_version_head"),
    path(
        "rules/versions/<uuid:pk>/rules/<str:code>/",
        rules_versions.rule,
        name="rule_version_rule",
    ),
    path(
        "rules/versions/<uuid:pk>/values/<slug:name>/",
        rules_versions.value,
        name="rule_version_value",
    ),
    path("rules/versions/<uuid:pk>/impact/", rules_versions.impact, name="rule_version_impact"),
    path(
        "rules/versions/<uuid:pk>/simulation/",
        rules_versions.simulation,
        name="rule_version_simulation",
    ),
    path("rules/versions/<uuid:pk>/pack.json", rules_versions.file, name="rule_version_text"),
    path("rules/versions/<uuid:pk>/proposal/", rules_versions.propose, name="rule_version_propose"),
    path("rules/versions/<uuid:pk>/return/", rules_versions.give_back, name="rule_version_return"),
    path("rules/versions/<uuid:pk>/publication/", rules_versions.publish, name="rule_publication"),
    path(
        "rules/versions/<uuid:pk>/withdrawal/",
        rules_versions.withdraw,
        name="rule_version_withdrawal",
    ),
    # of one activity
    path("activities/<uuid:pk>/rules/", rules_activity.show, name="activity_rules"),
    path("activities/<uuid:pk>/rules/facts/", rules_activity.state, name="activity_rule_facts"),
    path("activities/<uuid:pk>/rules/check/", rules_activity.check, name="activity_rule_check"),
]
