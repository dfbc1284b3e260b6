from symposia.audit.actions import seal_installation, write_checkpoints
from symposia.shared.jobs import tick


@tick("audit.seal", seconds=1)
def seal() -> None:
    """Chain what was committed since the last second."""
    seal_installation()


@tick("audit.checkpoint", seconds=3600)
def checkpoint() -> None:
    """Take the heads of all chains out of the database's reach."""
    write_checkpoints()
