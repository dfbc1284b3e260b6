"""Log lines name the route of a request, never its address: personal links stand in addresses."""

import logging

# Where the framework writes addresses that it refused.
LOGGERS = ("django.request", "django.security.csrf")


class RouteInstead(logging.Filter):
    """Puts the route in place of the address, which the framework always writes last."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple) and record.args:
            match = getattr(request, "resolver_match", None)
            record.args = (*record.args[:-1], match.route if match else "no route")
        return True


def keep_addresses_out_of_logs() -> None:
    """Called once, when the product starts."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(RouteInstead())
