"""The `symposia` command: one module per command, found by its name."""
