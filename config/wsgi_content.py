"""People's files, on an origin of their own: nothing here knows a session."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["SYMPOSIA_SERVES"] = "content"
application = get_wsgi_application()
