"""The product's settings with what tests need otherwise."""

import os

from django.utils.translation import gettext_lazy as _

os.environ.setdefault("SYMPOSIA_MODE", "demo")
os.environ.setdefault("SYMPOSIA_SECRET_KEY", "tests only, " * 5)
os.environ.setdefault("SYMPOSIA_JOURNAL_KEY", "tests only too, " * 4)
os.environ.setdefault("DATABASE_URL", "postgresql://symposia_app@/symposia")

from config.settings import *  # noqa: F403
from config.settings import LANGUAGES, STORAGES

LANGUAGES = [*LANGUAGES, ("eo", _("Pseudo"))]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
# Tests collect nothing; and each client would else look through every file at its first request.
WHITENOISE_AUTOREFRESH = True
