"""Addresses of approvals: the inbox, routes, delegations, signatures."""

from django.urls import URLPattern, path

from symposia.approvals.lists import APPROVALS, DELEGATIONS, ROUTE_PROPOSALS, ROUTES
from symposia.web.lists import list_urls
from symposia.web.office import (
    approval_batch,
    approval_inbox,
    approval_paper,
    approval_proposals,
    approval_routes,
    approvals,
    delegations,
    rules_again,
)

urlpatterns: list[URLPattern] = [
    *list_urls(
        "approvals/",
        APPROVALS,
        template="office/approvals/list.html",
        extra=approval_inbox.inbox,
        opens_on=approval_inbox.opens_on,
    ),
    path("approvals/together/", approval_batch.show, name="approval_batch"),
    path("approvals/together/decisions/", approval_batch.sign, name="approval_batch_sign"),
    path("approvals/<uuid:pk>/", approvals.show, name="approval"),
    path("approvals/<uuid:pk>/rules/", rules_again.show, name="approval_rules_again"),
    path("approvals/<uuid:pk>/draft/", approvals.draft, name="approval_draft"),
    path("approvals/<uuid:pk>/signature/", approvals.signature, name="approval_signature"),
    path("approvals/<uuid:pk>/decisions/", approvals.sign, name="approval_sign"),
    path("approvals/<uuid:pk>/signatures.pdf", approval_paper.paper, name="approval_paper"),
    # routes
    *list_urls(
        "approvals/routes/",
        ROUTES,
        template="office/approvals/routes.html",
        extra=approval_routes.listed,
    ),
    path("approvals/routes/new/", approval_routes.new, name="approval_route_new"),
    path("approvals/routes/<uuid:pk>/", approval_routes.show, name="approval_route"),
    path("approvals/routes/<uuid:pk>/next/", approval_routes.edit, name="approval_route_edit"),
    path("approvals/routes/<uuid:pk>/end/", approval_routes.end, name="approval_route_end"),
    *list_urls("approvals/routes/proposals/", ROUTE_PROPOSALS),
    path("approvals/routes/proposals/<uuid:pk>/", approval_proposals.show, name="route_proposal"),
    path(
        "approvals/routes/proposals/<uuid:pk>/agreement/",
        approval_proposals.agree,
        name="route_proposal_agreement",
    ),
    path(
        "approvals/routes/proposals/<uuid:pk>/withdrawal/",
        approval_proposals.drop,
        name="route_proposal_withdrawal",
    ),
    # delegations
    *list_urls("approvals/delegations/", DELEGATIONS, template="office/approvals/delegations.html"),
    path("approvals/delegations/new/", delegations.new, name="delegation_new"),
    path("approvals/delegations/<uuid:pk>/", delegations.show, name="delegation"),
    path("approvals/delegations/<uuid:pk>/end/", delegations.end, name="delegation_end"),
]
