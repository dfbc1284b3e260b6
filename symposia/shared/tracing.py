"""Which request or job is running: for logs and the journal, never to decide."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Trace:
    """An id that a person can read to the help desk, and where the request came from."""

    request_id: str = ""
    address: str = ""


_NOTHING = Trace()
trace: ContextVar[Trace] = ContextVar("symposia_trace", default=_NOTHING)
