"""Settings.  Whatever differs between machines comes from the environment; docs/settings.md lists it."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pghistory
import pgtrigger
from csp.constants import NONE, SELF

from config import logs
from config.database import PORT, ROLE, Cluster
from config.environment import WAITS, Environment
from config.production import demand, host_of, is_production, origin_of
from config.secrets import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

VAR = Path(env.str("POLICY_VAR", default="") or BASE_DIR / "var").resolve()
FIXTURES = BASE_DIR / "fixtures"

DEBUG = False
WEB_WORKERS = env.number("WEB_WORKERS", default=2, least=1)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
PRODUCTION = is_production(SITE_URL)
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", default=0)  # whose X-Forwarded-For is believed
if PRODUCTION:
    demand(env.ENVIRON, TRUSTED_PROXIES)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(VAR / "secret_key")
# The names of the machine itself are asked by what watches over it, and by nobody else.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[host_of(SITE_URL)]), "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[origin_of(SITE_URL)] if PRODUCTION else [])
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # without one only this machine may read /metrics
READERS_LOGIN = env.switch("READERS_LOGIN", default=False)

INSTALLED_APPS = [
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "corsheaders",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "policies",
    "search",
    "ingest",
    "config",
]

MIDDLEWARE = [
    "config.requests.told",  # around all others: it counts and logs what they answer
    "config.headers.defensive_headers",  # these four before all that answers, static files and errors too
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "config.methods.known_methods",
    "config.bodies.whole_bodies",
    "policies.api.limits.tell_limits",
    "policies.api.errors.told_conditions",
    "django.middleware.http.ConditionalGetMiddleware",  # a page that a browser has already is not sent again
    "config.caching.private_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
if READERS_LOGIN:
    MIDDLEWARE.append("django.contrib.auth.middleware.LoginRequiredMiddleware")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["config.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The database: DATABASE_URL, or a private PostgreSQL under var/ that is started when first used.
EMBEDDED_DATABASE = env.str("POLICY_DATABASE", default="policy")
CLUSTER = Cluster(VAR / "postgres")
if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.database("DATABASE_URL")}
else:
    DATABASES = {
        "default": {
            "ENGINE": "config.embedded",
            "NAME": EMBEDDED_DATABASE,
            "USER": ROLE,
            "HOST": str(CLUSTER.sockets),
            "PORT": PORT,
            "OPTIONS": dict(WAITS),
        }
    }
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History: one event for each statement's rows, found by their action and their row only.
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=True)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True, related_name="+", related_query_name="+")

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_LENGTH = 10  # characters at least
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": PASSWORD_LENGTH},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
LOGIN_URL = "login"
LOGOUT_REDIRECT_URL = "policies:home"
STAFF_SESSION = timedelta(hours=12)  # then they log in again, whatever they did meanwhile

# Who gets a password wrong too often waits, under this name and from this address alone.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "policies.client_address.client_network"
AXES_LOCKOUT_CALLABLE = "policies.views.own_account.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # when to try again is told, and stays true
AXES_DISABLE_ACCESS_LOG = True  # an account's last login is kept anyway
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.StaticFiles"},
}

# Work.  Without a broker's address messages are files under var/, which needs no other program.
BROKER_FOLDER = VAR / "broker"
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or "filesystem://"
if CELERY_BROKER_URL == "filesystem://":
    BROKER_FOLDER.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_FOLDER / "queue"),
        "data_folder_out": str(BROKER_FOLDER / "queue"),
        "control_folder": str(BROKER_FOLDER / "control"),
    }
    for broker_folder in CELERY_BROKER_TRANSPORT_OPTIONS.values():
        Path(broker_folder).mkdir(exist_ok=True)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# Search.
INDEX_FOLDER = VAR / "index"
SEARCH_ENGINES = ("whoosh", "tantivy")
SEARCH_ENGINE = env.choice("SEARCH_ENGINE", SEARCH_ENGINES)
READY_LAG = env.number("READY_LAG", default=60)  # seconds that a change may wait for the index before /readyz fails

# Uploads: what is larger goes to a temporary file, and what exceeds UPLOAD_LIMIT is refused.
UPLOAD_LIMIT = 20 * 1024 * 1024  # bytes of one file
FILE_UPLOAD_HANDLERS = ["config.uploads.NoFiles"]  # what takes files says so itself
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # far beyond what an upload takes, so that each file too many is named

# The API: requests a minute (0: as many as one likes), and pages of other sites, which may read without credentials.
API_LIMIT_ANONYMOUS = env.number("API_LIMIT_ANONYMOUS", default=60)
API_LIMIT_KEYS = env.number("API_LIMIT_KEYS", default=600)
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "if-modified-since", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "RateLimit", "RateLimit-Policy", "Retry-After"]  # Last-Modified may be read anyway

API_READERS = ["rest_framework.permissions.IsAuthenticated" if READERS_LOGIN else "rest_framework.permissions.AllowAny"]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "policies.api.keys.KeyAuthentication",
        "policies.api.authentication.LoginAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": API_READERS,
    "DEFAULT_THROTTLE_CLASSES": ["policies.api.limits.Limit"],
    "DEFAULT_PARSER_CLASSES": ["policies.api.bodies.JSONBody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_METADATA_CLASS": "policies.api.methods.Methods",
    "DEFAULT_SCHEMA_CLASS": "policies.api.schema.Schema",
    "EXCEPTION_HANDLER": "policies.api.errors.handle",
    "URL_FORMAT_OVERRIDE": None,  # the format is asked for in Accept
}
SPECTACULAR_SETTINGS = {
    "TITLE": "大数据发展动态政策知识库 API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,  # `fields=` may leave out any
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": API_READERS,
    "ENUM_NAME_OVERRIDES": {
        "PolicyKindEnum": "policies.models.policy.Policy.Kind",
        "SuggestionKindEnum": "policies.api.serializers.statistics.KINDS",
        "PolicyLevelEnum": "policies.models.policy.Policy.Level",
        "RegionLevelEnum": "policies.models.region.Region.Level",
        "StateEnum": "policies.models.publication.State",
        "RunStateEnum": "ingest.models.run.Run.State",
        "StepStateEnum": "ingest.api.serializers.STANDINGS",
    },
}

LOG_FORMAT = env.choice("LOG_FORMAT", (logs.TEXT, logs.JSON))
logs.configure()
LOGGING = logs.logging_settings(LOG_FORMAT)

# What browsers are told of each answer; config/headers.py says the rest.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "object-src": [NONE],
    }
}

# Under https: nothing but https, told apart by what the proxy says, which overwrites what a client claims.
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # asked on this machine, past the proxy
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # other names of the domain may not speak https
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"  # no other name of the domain sets them
