"""The resources of the API: where each is, and the module that answers."""

ROUTERS: list[tuple[str, str]] = [
    ("/activities", "symposia.api.activities.router"),
    ("/approvals", "symposia.api.approvals.router"),
    ("/certificates", "symposia.api.certificates.router"),
    ("/checkins", "symposia.api.checkins.router"),
    ("/clinicians", "symposia.api.clinicians.router"),
    ("/credits", "symposia.api.credits.router"),
    ("/evaluations", "symposia.api.evaluations.router"),
    ("/gaps", "symposia.api.gaps.router"),
    ("/guidelines", "symposia.api.guidelines.router"),
    ("/invitations", "symposia.api.invitations.router"),
    ("/messages", "symposia.api.deliveries.router"),
    ("/money", "symposia.api.money.router"),
    ("/objectives", "symposia.api.objectives.router"),
    ("/plans", "symposia.api.plans.router"),
    ("/registrations", "symposia.api.registrations.router"),
    ("/rules", "symposia.api.rules.router"),
    ("/surveys", "symposia.api.surveys.router"),
]
