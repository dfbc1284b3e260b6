"""What keeps Symposia from running, in one sentence for the person at the terminal."""


class CannotRun(Exception):
    """The start cannot go on; the message says why and what to do."""
