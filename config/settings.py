"""Settings, read top to bottom; every value that differs between installations is in config.env."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.env import database, env, env_bool, env_int, env_list

BASE = Path(__file__).resolve().parent.parent

# Mode: `production` refuses to start with anything unsafe; `demo` is set by `make run` alone.
MODE = env("SYMPOSIA_MODE", "production")
DEMO = MODE == "demo"
DEBUG = False
DATA = Path(env("SYMPOSIA_DATA") or BASE / ".data")
SECRET_KEY = env("SYMPOSIA_SECRET_KEY")
# Signs the journal's chain; kept apart from the database it protects.
JOURNAL_KEY = env("SYMPOSIA_JOURNAL_KEY")
# What a monitoring server sends to read /metrics; without one only the demonstration shows it.
METRICS_TOKEN = env("SYMPOSIA_METRICS_TOKEN")

# Addresses: people use a name (passkeys need one), their files come from another host and port.
PORT = env_int("SYMPOSIA_PORT", 8000)
ORIGIN = env("SYMPOSIA_ORIGIN") or f"http://localhost:{PORT}"
CONTENT_ORIGIN = env("SYMPOSIA_CONTENT_ORIGIN") or f"http://127.0.0.1:{PORT + 1000}"
ALLOWED_HOSTS = env_list("SYMPOSIA_HOSTS") or ["localhost", "127.0.0.1"]
SERVES_CONTENT = env("SYMPOSIA_SERVES") == "content"
ROOT_URLCONF = "config.urls_content" if SERVES_CONTENT else "config.urls"
CSRF_TRUSTED_ORIGINS = [ORIGIN]
TRUSTED_PROXIES = env_list("SYMPOSIA_TRUSTED_PROXIES")

# Database: the runtime role can neither bypass nor change row security; the owner migrates.
AS_OWNER = env_bool("SYMPOSIA_AS_OWNER")
_runtime = database(env("DATABASE_URL"))
RUNTIME_ROLE = _runtime["USER"]
_chosen = database(env("DATABASE_OWNER_URL")) if AS_OWNER else _runtime
# Allows statements that are planned once a connection; `shared/planned.py` alone asks for it.
_chosen["OPTIONS"]["prepare_threshold"] = 5
if pool := env_int("SYMPOSIA_DB_POOL", 0):  # the supervisor sets it for web and worker
    _chosen["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool}
DATABASES = {"default": _chosen}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "symposia_cache",
    }
}

CONTEXTS = [
    "shared",
    "audit",
    "work",
    "notifications",
    "accounts",
    "directory",
    "approvals",
    "compliance",
    "curriculum",
    "activities",
    "outreach",
    "registrations",
    "attendance",
    "finance",
    "assessment",
    "statements",
    "learning",
    "credits",
    "engagement",
    "reporting",
    "insights",
    "api",
    "web",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    # Both want to install template loaders; TEMPLATES below names them in the order that works.
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    *[f"symposia.{context}" for context in CONTEXTS],
]
MIDDLEWARE = [
    "symposia.web.middleware.requests.observe",
    "symposia.web.middleware.hosts.one_name",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "symposia.web.middleware.short_way.short_way",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "symposia.web.middleware.signin.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "symposia.web.middleware.support.Support",
    "symposia.web.middleware.tenancy.Tenancy",
    "symposia.web.middleware.wrong_way.wrong_way",
]
if SERVES_CONTENT:
    MIDDLEWARE = [
        "symposia.web.middleware.requests.observe",
        "allauth.account.middleware.AccountMiddleware",  # the sign-in library insists on it
    ]
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "symposia/web/templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "symposia.web.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Identity
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},  # NIST SP 800-63B-4, single factor
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "symposia.web.account.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # sign-up is closed; it gives sign-in its password
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
# Each press may take a place and write to a stranger; a hospital's people share one address.
ACCOUNT_RATE_LIMITS = {
    "public_registration": "30/10m/ip",
    "public_application": "3/h/key",
    # Each check computes for some milliseconds; nothing is kept.
    "badge_check": "60/10m/ip",
    # A whole transcript is signed line by line, for some seconds.
    "learner_record": "30/10m/ip",
    # Each press writes to a person.
    "own_page": "3/h/key",
    # A hall of people comes in through one address; a person tries a few times.
    "door_pairing": "30/5m/ip",
    "self_check_in": "600/5m/ip",
    "own_code": "10/10m/key",
    "own_answer": "60/10m/key",
    # A session of many questions, each voted for once.
    "audience": "240/10m/key",
    # A large meeting begins with everybody joining at once.
    "meeting_messages": "3000/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "symposia.web.account.factors.FactorAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
# An account is made by accepting an offer that went to its address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Symposia"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
USERSESSIONS_TRACK_ACTIVITY = False

# Sessions, cookies, transport
SESSION_COOKIE_NAME = f"symposia_session_{PORT}" if DEMO else "__Host-symposia"
CSRF_COOKIE_NAME = f"symposia_csrf_{PORT}" if DEMO else "__Host-symposia-csrf"
LANGUAGE_COOKIE_NAME = f"symposia_language_{PORT}" if DEMO else "symposia_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not DEMO and env_bool("SYMPOSIA_TLS_HERE")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "symposia.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, "'wasm-unsafe-eval'"],
        "style-src": [SELF],
        "img-src": [SELF, "data:", CONTENT_ORIGIN],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF, CONTENT_ORIGIN],
        "frame-src": [CONTENT_ORIGIN],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "report-uri": ["/csp-reports/"],
    }
}

# Words, time
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic (sample)"))]
LOCALE_PATHS = [BASE / "symposia/locale"]

# Files and static
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE / "symposia/web/static"]
WHITENOISE_USE_FINDERS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # what pages never name is not compressed either
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(DATA / "files"),
            "base_url": None,
            "directory_permissions_mode": 0o700,
            "file_permissions_mode": 0o600,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Payments by card: on the page of a provider that speaks JSON; without one, no cards are taken.
CARDS_URL = env("SYMPOSIA_CARDS_URL").rstrip("/")
CARDS_KEY = env("SYMPOSIA_CARDS_KEY")
CARDS_SECRET = env("SYMPOSIA_CARDS_SECRET")

# Mail: messages leave through the outbox (notifications), never from a request.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env("SYMPOSIA_SMTP_HOST", "localhost")
EMAIL_PORT = env_int("SYMPOSIA_SMTP_PORT", 25)
EMAIL_HOST_USER = env("SYMPOSIA_SMTP_USER")
EMAIL_HOST_PASSWORD = env("SYMPOSIA_SMTP_PASSWORD")
EMAIL_USE_TLS = env_bool("SYMPOSIA_SMTP_TLS")
EMAIL_TIMEOUT = 20
# What a domain publishes (SPF) so that our mail servers may send for it, and who answers for DNS.
MAIL_SPF = env("SYMPOSIA_MAIL_SPF") or f"a:{EMAIL_HOST}"
DNS_SERVER = env("SYMPOSIA_DNS_SERVER")
DEFAULT_FROM_EMAIL = env("SYMPOSIA_MAIL_FROM", "Symposia <noreply@localhost>")
# Where the demonstration keeps its mail: a page inside the product instead of a mail server.
MAILBOX_INSIDE = DEMO and not env("SYMPOSIA_SMTP_HOST")
# Text messages: one https address of a gateway, and what it knows this installation by.
SMS_URL = env("SYMPOSIA_SMS_URL")
SMS_TOKEN = env("SYMPOSIA_SMS_TOKEN")
# Chat messages: an address that speaks as the WhatsApp Business Cloud API does, what it knows this
# installation by, with what it signs what it tells us, and the word it asks for when it is set up.
CHAT_URL = env("SYMPOSIA_CHAT_URL").rstrip("/")
CHAT_TOKEN = env("SYMPOSIA_CHAT_TOKEN")
CHAT_SECRET = env("SYMPOSIA_CHAT_SECRET")
CHAT_VERIFY = env("SYMPOSIA_CHAT_VERIFY")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_ON_APP_READY = "symposia.shared.jobs.on_app_ready"

LOGGING_CONFIG = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []
