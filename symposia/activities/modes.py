"""The mode of an activity decides who may touch it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """Who may touch an activity: chosen once, at creation."""

    INDEPENDENT = "independent", _("Independent")
    SCIENTIFIC = "scientific", _("Scientific")
    PROMOTIONAL = "promotional", _("Promotional")
