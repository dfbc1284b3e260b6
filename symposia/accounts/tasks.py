from symposia.accounts.actions import send_sign_in_link as send_link
from symposia.shared.jobs import task


@task("accounts.send_sign_in_link")
def send_sign_in_link(address: str) -> None:
    """Write a sign-in link to whoever signs in with this address; nobody to nobody."""
    send_link(address)
