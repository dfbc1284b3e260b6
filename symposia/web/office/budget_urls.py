"""Addresses of the budget tree."""

from django.urls import URLPattern, path

from symposia.finance.node_lists import BUDGET_NODES, NODE_ACTIVITIES, NODE_POSTINGS
from symposia.finance.opening_lists import (
    OPENING_COMMITMENTS,
    OPENING_IMPORT_ROWS,
    OPENING_IMPORTS,
)
from symposia.finance.period_lists import BOOKS_PERIODS
from symposia.finance.transfer_lists import BUDGET_TRANSFERS
from symposia.web.lists import list_urls
from symposia.web.office import budget, budget_transfers, estimating, openings, periods

urlpatterns: list[URLPattern] = [
    path("money/budget/", budget.tree, name="budget"),
    *list_urls("money/budget/nodes/", BUDGET_NODES, template="office/budget/list.html"),
    path("money/budget/new/", budget.new, name="budget_new"),
    path("money/budget/hanging/", budget.hanging, name="budget_hanging"),
    path("money/budget/<uuid:pk>/", budget.show, name="budget_node"),
    path("money/budget/<uuid:pk>/new/", budget.new, name="budget_node_new"),
    path("money/budget/<uuid:pk>/envelope/", budget.envelope, name="budget_node_envelope"),
    path("money/budget/<uuid:pk>/name/", budget.name, name="budget_node_name"),
    path("money/budget/<uuid:pk>/removal/", budget.removal, name="budget_node_removal"),
    *list_urls(
        "money/budget/<uuid:node_pk>/activities/",
        NODE_ACTIVITIES,
        template="office/budget/list.html",
    ),
    *list_urls(
        "money/budget/<uuid:node_pk>/postings/", NODE_POSTINGS, template="office/budget/list.html"
    ),
    *list_urls("money/budget/transfers/", BUDGET_TRANSFERS, template="office/budget/list.html"),
    path("money/budget/<uuid:pk>/transfer/", budget_transfers.new, name="budget_transfer_new"),
    path("money/budget/transfers/<uuid:pk>/", budget_transfers.show, name="budget_transfer"),
    path(
        "money/budget/transfers/<uuid:pk>/agreement/",
        budget_transfers.agree,
        name="budget_transfer_agreement",
    ),
    path(
        "money/budget/transfers/<uuid:pk>/drop/", budget_transfers.drop, name="budget_transfer_drop"
    ),
    path(
        "money/budget/transfers/<uuid:pk>/back/",
        budget_transfers.take_back,
        name="budget_transfer_back",
    ),
    *list_urls("money/periods/", BOOKS_PERIODS, template="office/budget/periods.html"),
    path("money/periods/new/", periods.new, name="books_period_new"),
    path("money/periods/<uuid:pk>/", periods.show, name="books_period"),
    path("money/periods/<uuid:pk>/closing/", periods.close, name="books_period_closing"),
    path("money/periods/<uuid:pk>/reopening/", periods.reopen, name="books_period_reopening"),
    path(
        "money/periods/<uuid:pk>/reopenings/<uuid:asked_pk>/agreement/",
        periods.agree,
        name="books_period_agreement",
    ),
    path(
        "money/periods/<uuid:pk>/reopenings/<uuid:asked_pk>/leaving/",
        periods.leave,
        name="books_period_leaving",
    ),
    *list_urls("money/budget/openings/", OPENING_COMMITMENTS, template="office/budget/list.html"),
    path("money/budget/openings/<uuid:pk>/", openings.show, name="opening_commitment"),
    path("money/budget/openings/<uuid:pk>/end/", openings.end, name="opening_commitment_end"),
    *list_urls("money/budget/files/", OPENING_IMPORTS, template="office/budget/files.html"),
    path("money/budget/files/new/", openings.new, name="opening_import_new"),
    path("money/budget/files/empty.<slug:kind>", openings.template, name="opening_import_template"),
    *list_urls(
        "money/budget/files/<uuid:pk>/",
        OPENING_IMPORT_ROWS,
        template="office/budget/file.html",
        extra=openings.shown,
    ),
    path("money/budget/files/<uuid:pk>/import/", openings.bring_in, name="opening_import_run"),
    path("money/budget/files/<uuid:pk>/undo/", openings.take_back, name="opening_import_undo"),
    path(
        "activities/<uuid:pk>/money/estimate/comparison/",
        estimating.compared,
        name="activity_estimate_comparison",
    ),
    path("activities/<uuid:pk>/money/node/", budget.choose, name="activity_budget_node"),
]
