"""Addresses of bills."""

from django.urls import URLPattern, path

from symposia.finance.bill_lists import BILLS
from symposia.web.lists import list_urls
from symposia.web.office import bills

urlpatterns: list[URLPattern] = [
    *list_urls("bills/", BILLS, template="office/bills/list.html"),
    path("activities/<uuid:pk>/bills/", bills.of_activity, name="activity_bills"),
    path("activities/<uuid:pk>/bills/new/", bills.new, name="bill_new"),
    path("bills/<uuid:pk>/", bills.show, name="bill"),
    path("bills/<uuid:pk>/acceptance/", bills.accept, name="bill_acceptance"),
    path("bills/<uuid:pk>/return/", bills.send_back, name="bill_return"),
    path("bills/<uuid:pk>/withdrawal/", bills.withdraw, name="bill_withdrawal"),
]
