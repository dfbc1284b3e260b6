"""Addresses of payees, orders and payments."""

from django.urls import URLPattern, path

from symposia.finance.card_lists import CARD_IMPORT_ROWS, CARD_IMPORTS, CARD_LINES
from symposia.finance.order_lists import ORDERS, OVERRUNS, PAYEES
from symposia.finance.payment_lists import PAYMENT_BATCHES, PAYMENTS
from symposia.web.lists import list_urls
from symposia.web.office import card_lines, orders, payees, payments, tax_lines

urlpatterns: list[URLPattern] = [
    *list_urls("money/payees/", PAYEES, template="office/orders/payees.html"),
    path("money/payees/new/", orders.new_payee, name="payee_new"),
    path("money/payees/<uuid:pk>/", payees.show, name="payee"),
    path("money/payees/<uuid:pk>/account/", payees.enter, name="payee_account"),
    path(
        "money/payees/<uuid:pk>/accounts/<uuid:details_pk>/confirmation/",
        payees.confirm,
        name="payee_account_confirmation",
    ),
    path(
        "money/payees/<uuid:pk>/accounts/<uuid:details_pk>/drop/",
        payees.drop,
        name="payee_account_drop",
    ),
    *list_urls("money/payments/", PAYMENT_BATCHES, template="office/payments/list.html"),
    *list_urls("money/payments/all/", PAYMENTS, template="office/budget/list.html"),
    path("money/payments/new/", payments.new, name="payment_batch_new"),
    path("money/payments/<uuid:pk>/", payments.show, name="payment_batch"),
    path("money/payments/<uuid:pk>/additions/", payments.add, name="payment_batch_add"),
    path(
        "money/payments/<uuid:pk>/payments/<uuid:payment_pk>/withdrawal/",
        payments.leave,
        name="payment_leaving",
    ),
    path("money/payments/<uuid:pk>/release/", payments.release, name="payment_batch_release"),
    path("money/payments/<uuid:pk>/drop/", payments.drop, name="payment_batch_drop"),
    path("money/payments/<uuid:pk>/file-for-the-bank/", payments.xml, name="payment_batch_xml"),
    path("money/payments/<uuid:pk>/table/", payments.csv, name="payment_batch_csv"),
    *list_urls("money/orders/", ORDERS, template="office/budget/list.html"),
    path("activities/<uuid:pk>/orders/new/", orders.new, name="order_new"),
    path("money/orders/<uuid:pk>/", orders.show, name="order"),
    path("money/orders/<uuid:pk>/delivered/", orders.delivered, name="order_delivered"),
    path("money/orders/<uuid:pk>/end/", orders.end, name="order_end"),
    path("bills/<uuid:pk>/order/", orders.of_bill, name="bill_order"),
    path("bills/<uuid:pk>/taxes/", tax_lines.of_bill, name="bill_taxes"),
    path("expenses/<uuid:pk>/taxes/", tax_lines.of_expense, name="expense_taxes"),
    *list_urls("money/cards/", CARD_LINES, template="office/cards/list.html"),
    path("money/cards/<uuid:pk>/", card_lines.show, name="card_line"),
    path(
        "money/cards/<uuid:pk>/receipts/<uuid:expense_pk>/match/",
        card_lines.match,
        name="card_line_match",
    ),
    path("money/cards/<uuid:pk>/explanation/", card_lines.explain, name="card_line_explanation"),
    path("money/cards/<uuid:pk>/parting/", card_lines.part, name="card_line_parting"),
    *list_urls("money/cards/files/", CARD_IMPORTS, template="office/cards/files.html"),
    path("money/cards/files/new/", card_lines.new, name="card_import_new"),
    path("money/cards/files/empty.<slug:kind>", card_lines.template, name="card_import_template"),
    *list_urls(
        "money/cards/files/<uuid:pk>/",
        CARD_IMPORT_ROWS,
        template="office/cards/file.html",
        extra=card_lines.shown,
    ),
    path("money/cards/files/<uuid:pk>/import/", card_lines.bring_in, name="card_import_run"),
    path("money/cards/files/<uuid:pk>/undo/", card_lines.take_back, name="card_import_undo"),
    *list_urls("money/overruns/", OVERRUNS, template="office/budget/list.html"),
    path("money/overruns/<uuid:pk>/agreement/", orders.agree, name="overrun_agreement"),
    path("money/overruns/<uuid:pk>/drop/", orders.drop, name="overrun_drop"),
]
