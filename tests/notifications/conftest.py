import pytest

from symposia.notifications.tasks import send_delivery
from tests.fakes.mail_server import MailServer


@pytest.fixture
def mail_server(settings):
    settings.MAILBOX_INSIDE = False
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def send(organisation):
    """Run the job for a delivery, as the worker would."""

    def run(delivery):
        send_delivery.run(str(organisation.pk), delivery_id=str(delivery.pk))
        delivery.refresh_from_db()
        return delivery

    return run
