"""Starts, supervises and stops what Symposia consists of; knows nothing of Django."""
