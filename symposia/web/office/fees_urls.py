"""Addresses of what an activity costs those who come."""

from django.urls import URLPattern, URLResolver, path

from symposia.finance.fee_lists import CHARGES, DISCOUNTS, FEES
from symposia.finance.invoice_lists import ACTIVITY_INVOICES, INVOICES
from symposia.web.lists import list_urls
from symposia.web.office import charges, fees, invoices

urlpatterns: list[URLPattern | URLResolver] = [
    *list_urls(
        "activities/<uuid:activity_pk>/fees/",
        FEES,
        template="office/fees/fees.html",
        extra=fees.listed,
    ),
    *list_urls(
        "activities/<uuid:activity_pk>/fees/charges/",
        CHARGES,
        template="office/fees/charges.html",
        extra=fees.around,
    ),
    *list_urls(
        "activities/<uuid:activity_pk>/fees/discounts/",
        DISCOUNTS,
        template="office/fees/discounts.html",
        extra=fees.around,
    ),
    *list_urls(
        "activities/<uuid:activity_pk>/fees/invoices/",
        ACTIVITY_INVOICES,
        template="office/fees/invoices.html",
        extra=fees.around,
    ),
    path("activities/<uuid:pk>/fees/invoices/new/", invoices.new, name="invoice_new"),
    *list_urls("invoices/", INVOICES, template="office/fees/all_invoices.html"),
    path("invoices/<uuid:pk>/", invoices.show, name="invoice"),
    path("invoices/<uuid:pk>/mailing/", invoices.mail, name="invoice_mailing"),
    path("invoices/<uuid:pk>/payment/", invoices.paid, name="invoice_payment"),
    path("invoices/<uuid:pk>/cancellation/", invoices.cancel, name="invoice_cancellation"),
    path("invoices/<uuid:pk>/invoice.pdf", invoices.printed, name="invoice_pdf"),
    path("activities/<uuid:pk>/fees/new/", fees.new, name="fee_new"),
    path("activities/<uuid:pk>/fees/terms/", fees.terms, name="fee_terms"),
    path("activities/<uuid:pk>/fees/discounts/new/", fees.new_discount, name="discount_new"),
    path("activities/<uuid:pk>/fees/statement/", charges.statement, name="fee_statement"),
    path("fees/<uuid:pk>/", fees.change, name="fee"),
    path("fees/<uuid:pk>/withdrawal/", fees.withdraw, name="fee_withdrawal"),
    path("discounts/<uuid:pk>/", fees.discount, name="discount"),
    path("charges/<uuid:pk>/", charges.charge, name="charge"),
    path("charges/<uuid:pk>/payment/", charges.paid, name="charge_payment"),
    path("charges/<uuid:pk>/reminder/", charges.remind, name="charge_reminder"),
    path("charges/<uuid:pk>/refund/", charges.returned, name="charge_refund"),
    path("checkouts/<uuid:pk>/refund/", charges.card_returned, name="checkout_refund"),
    path(
        "activities/<uuid:pk>/fees/reconciliation/", charges.reconcile, name="fees_reconciliation"
    ),
    path("charges/<uuid:pk>/receipt.pdf", charges.receipt, name="charge_receipt"),
]
