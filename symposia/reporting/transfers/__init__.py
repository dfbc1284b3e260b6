"""Transfers of value: who shared a cost, what schemes want to know of it, and why. Pure."""
