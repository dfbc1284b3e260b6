"""Addresses of expenses."""

from django.urls import URLPattern, path

from symposia.finance.expense_lists import EXPENSES
from symposia.web.lists import list_urls
from symposia.web.office import expenses

urlpatterns: list[URLPattern] = [
    *list_urls("expenses/", EXPENSES, template="office/expenses/list.html"),
    path("activities/<uuid:pk>/expenses/", expenses.of_activity, name="activity_expenses"),
    path("activities/<uuid:pk>/expenses/new/", expenses.new, name="expense_new"),
    path("activities/<uuid:pk>/expenses/split/", expenses.split, name="expense_split"),
    path("expenses/<uuid:pk>/", expenses.show, name="expense"),
    path("expenses/<uuid:pk>/acceptance/", expenses.accept, name="expense_acceptance"),
    path("expenses/<uuid:pk>/return/", expenses.send_back, name="expense_return"),
    path("expenses/<uuid:pk>/withdrawal/", expenses.withdraw, name="expense_withdrawal"),
]
