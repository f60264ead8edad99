"""Settings of the installation, read once from the environment. What officials may change is data, not a setting."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.db.backends.postgresql.psycopg_any import IsolationLevel

from tram.vietnamese.calendar import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
TRAM_DATA = Path(os.environ.get("TRAM_DATA", ROOT / "var"))
TRAM_CATALOGUE = CATALOGUE
TRAM_FILE_LIMIT = int(os.environ.get("TRAM_FILE_LIMIT", 500 * 1024 * 1024))
TRAM_TOKEN_MODULES = [path for path in os.environ.get("TRAM_TOKEN_MODULES", "").split(os.pathsep) if path]
"""PKCS#11 libraries that may be loaded to sign: whoever runs the machine names them, nobody on a page."""
TRAM_PUSH = os.environ.get("TRAM_PUSH", "on") != "off"
TRAM_PUSH_SERVICES = tuple(os.environ.get("TRAM_PUSH_SERVICES", "").split())
"""Hosts of push services that whoever runs the machine allows besides the known ones; ".example.com" is all below it."""
TRAM_PUSH_TO_SELF = False
"""Only tests turn it on: then plain http on this machine is a push service too."""
TRAM_PUBLIC_URL = os.environ.get("TRAM_PUBLIC_URL", "http://localhost:8000")
TRAM_FILES_URL = os.environ.get("TRAM_FILES_URL", "").rstrip("/")
"""Another host, of this same process, that gives the portal's files and nothing else; empty: the portal gives them itself."""


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "tram",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "isolation_level": IsolationLevel.READ_COMMITTED,
            "server_side_binding": True,
            "prepare_threshold": 3,
            **query,
        },
    }


def _secret() -> str:
    """The signing secret: from the environment, else from the data folder, where `tram run` made it."""
    kept = TRAM_DATA / "secret"
    if "TRAM_SECRET" in os.environ:
        return os.environ["TRAM_SECRET"]
    return kept.read_text() if kept.exists() else "only-for-commands-that-sign-nothing"


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("TRAM_HOSTS", "localhost 127.0.0.1 [::1] testserver").split()
if TRAM_FILES_URL:
    ALLOWED_HOSTS.append(urlsplit(TRAM_FILES_URL).hostname or "")
USE_X_FORWARDED_HOST = False
if "TRAM_BEHIND_PROXY" in os.environ:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql://tram@/tram?host=/nowhere"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "tram.web",
    "tram.audit",
    "tram.identity",
    "tram.jobs",
    "tram.files",
    "tram.search",
    "tram.notifications",
    "tram.signing",
    "tram.reading",
    "tram.formats",
    "tram.organisation",
    "tram.outputs",
    "tram.tasks",
    "tram.documents",
    "tram.outgoing",
    "tram.workfiles",
    "tram.followup",
    "tram.indicators",
    "tram.news",
    "tram.visits",
    "tram.gazette",
    "tram.voices",
    "tram.alerts",
    "tram.contacts",
    "tram.agendas",
    "tram.skins",
    "tram.portal",
    "tram.desk",
    "tram.demo",
    "tram.site",
    "tram.keeping",
]
AUTH_USER_MODEL = "identity.Account"
LOGIN_URL = "/dang-nhap"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tram.web.apart.FilesHost",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tram.web.middleware.Headers",
    "tram.web.middleware.Pressed",
    "tram.web.middleware.Ready",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tram.web.middleware.Moment",
    "tram.web.middleware.Room",
    "tram.web.middleware.Who",
    "tram.web.middleware.Strangers",
    "tram.web.middleware.Once",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tram.web.middleware.Verdicts",
]
ROOT_URLCONF = "tram.site.urls"
WSGI_APPLICATION = "tram.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "tram.web.context.shell"],
            "builtins": ["tram.web.templatetags.tram", "django.templatetags.static"],
        },
    }
]

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/tinh/"
STATIC_ROOT = TRAM_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 365 * 24 * 3600

SESSION_ENGINE = "tram.web.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tram.web.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRAM_PUBLIC_URL.startswith("https://"):
    SESSION_COOKIE_NAME = "__Host-phien"
    BROWSER_COOKIE_NAME = "__Host-may"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
else:
    SESSION_COOKIE_NAME = "phien"
    BROWSER_COOKIE_NAME = "may"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "worker-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'", *([TRAM_FILES_URL] if TRAM_FILES_URL else [])],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

EMAIL_FILE_PATH = os.environ.get("TRAM_MAIL_FOLDER")
"""For who tries Trạm without a mail server: mails are laid into this folder."""
EMAIL_BACKEND = os.environ.get(
    "TRAM_MAIL_BACKEND", f"django.core.mail.backends.{'filebased' if EMAIL_FILE_PATH else 'smtp'}.EmailBackend"
)
EMAIL_TIMEOUT = 20
EMAIL_HOST = os.environ.get("TRAM_MAIL_HOST", "")
DEFAULT_FROM_EMAIL = os.environ.get("TRAM_MAIL_FROM", "tram@localhost")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"procrastinate": {"level": "WARNING"}, "tram": {"level": "INFO"}},
}
