"""Invented organisations, people and activities, made by living through their days."""
