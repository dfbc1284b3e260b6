"""The resources of the API: where each is, and the module that answers."""

ROUTERS: list[tuple[str, str]] = [
    ("/checkins", "symposia.api.checkins.router"),
    ("/registrations", "symposia.api.registrations.router"),
]
