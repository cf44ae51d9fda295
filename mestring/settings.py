"""All settings, read from the environment. docs/operators.md explains each variable.

Two modes: `demo` (what `make run` starts) makes its own secrets in DATA_DIR; `live` takes every
secret from the environment and refuses to start with anything unsafe (see mestring/config/startup_checks.py).
"""

import os
import sys
from datetime import time
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from contact.retention import durations
from mestring.config.content_policy import CONTENT_SECURITY_POLICY  # noqa: F401 (a setting: Django reads it here)
from mestring.config.database import with_options
from mestring.config.environment import Environment
from mestring.config.logging import log_format, logging_in
from mestring.config.secrets import load_or_make_secret
from mestring.config.startup_checks import check_startup

# What this program makes is its owner's alone, such as the database and its journal. Files for others say so.
os.umask(0o077)
read = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = read.folder("DATA_DIR", BASE_DIR / "var")
KEY_DIR = read.folder("KEY_DIR", DATA_DIR / "keys")
MODE = read.text("MODE", "demo")
DEBUG = False

# --- secrets: files in demo, the environment in live -------------------------------------------
if MODE == "demo":
    SECRET_KEY = read.text("SECRET_KEY") or load_or_make_secret(KEY_DIR, "secret_key")
    RECEIPT_SECRET = read.text("RECEIPT_SECRET") or load_or_make_secret(KEY_DIR, "receipt_secret")
else:
    SECRET_KEY = read.text("SECRET_KEY")
    RECEIPT_SECRET = read.text("RECEIPT_SECRET")
SECRET_KEY_FALLBACKS = read.names("SECRET_KEY_FALLBACKS", [])

# --- addresses ---------------------------------------------------------------------------------
ALLOWED_HOSTS = read.names("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
# The address that visitors use. What leaves the site names it: mail to senders, links that editors give away, what
# search engines read. Taken from a request it would be the name by which a colleague reaches the site.
SITE_ADDRESS = read.text("SITE_ADDRESS", "http://127.0.0.1:" + read.text("PORT", "8000") if MODE == "demo" else "")
BEHIND_HTTPS = read.switch("BEHIND_HTTPS", MODE == "live")
ROOT_URLCONF = "mestring.urls"
WSGI_APPLICATION = "mestring.wsgi.application"
APPEND_SLASH = True

# --- applications ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",  # before the admin, as its documentation asks
    "mestring.staff.apps.StaffConfig",
    "mestring.staff.apps.StaffAdminConfig",
    "mestring.backup.watch.apps.BackupConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "content_editor",
    "django_prose_editor",
    "csp",
    "allauth.account",  # allauth.mfa asks for it; none of its addresses is ours, so no one can sign up
    "allauth.mfa",
    "pages",
    "contact",
]

MIDDLEWARE = [
    "mestring.web.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mestring.web.middleware.ProbeMiddleware",
    "mestring.web.middleware.DatabaseErrorMiddleware",
    "mestring.web.middleware.TextCompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mestring.web.middleware.PathLanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mestring.web.middleware.BodyLimitMiddleware",  # asks the session; before anything reads the body
    "django.middleware.common.CommonMiddleware",
    "mestring.web.middleware.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["mestring.staff.templatetags.form_writer"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context_processors.site",
                "mestring.logs.request_number.for_templates",
            ],
        },
    }
]

FORM_RENDERER = "mestring.web.form_renderer.FastFormRenderer"

# --- database ----------------------------------------------------------------------------------
# While this file lies there, as in an upgrade, processes that start take no writes; the upgrade's own commands do.
WRITES_PAUSED = (DATA_DIR / "writes-are-paused").exists() and not read.switch("UPGRADING", False)
DATABASES = {"default": read.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'site.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES["default"] = with_options(DATABASES["default"], read_only=WRITES_PAUSED)

# --- languages: the address decides (mestring.web.middleware.PathLanguageMiddleware) ---------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("en", _("English"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "nb"
MODELTRANSLATION_FALLBACK_LANGUAGES = ()  # a missing text stays missing: no other language stands in for it
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# --- static files ------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "pictures" / "guide")]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages name hashed files only, so no other is collected or compressed
# Already compressed, or (map) read by developers only: compressing them took most of the start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "woff2", "woff", "png", "webp", "gif", "ico")
TESTING = "pytest" in sys.modules

# --- pictures: served by pages.visits.media_views, wherever the storage keeps them ----------------
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PICTURE_MAX_BYTES = 20_000_000
FILE_UPLOAD_DIRECTORY_PERMISSIONS = (
    0o750  # pictures and static files: a delivery process of its own user reads them
)

STORAGES = {
    "default": {"BACKEND": "mestring.web.storage.AtomicFileStorage"},
    "staticfiles": {
        # Tests read the source files; the strict manifest would ask for a collectstatic first.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "mestring.web.stylesheet.BundledStaticFilesStorage"
    },
}

# --- headers (architecture: every response, each with a test) ----------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer Chromium posts `Origin: null`
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63072000 if BEHIND_HTTPS else 0
# Off where a name below the site's own still has no https; deploy/nginx.conf says the same on its own pages.
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS and read.switch("HSTS_SUBDOMAINS", True)
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
METRICS_FROM = read.networks("METRICS_FROM", ["127.0.0.0/8", "::1"])  # who may ask for /metrics
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None

# --- staff -------------------------------------------------------------------------------------
PASSWORD_HASHERS = ["mestring.staff.login.password_hasher.ComposingArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "mestring.staff.colleague_forms.PasswordLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "mestring.staff.login.session_store"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 30  # of one without a login; else mestring.staff.login.session_times
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# An operator mends what `check --deploy` names. W003 does not know our CsrfMiddleware, which stands on
# Django's; into the browsers' preload list (W021) a domain's owner puts it, not a website.
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W021"]
if BEHIND_HTTPS and not SECURE_HSTS_INCLUDE_SUBDOMAINS:  # the operator's choice
    SILENCED_SYSTEM_CHECKS.append("security.W005")
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mestring.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "admin:login"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60  # an invitation; a link for a forgotten password ends after an hour
SECOND_FACTOR_REQUIRED = MODE != "demo"  # the demo only offers it
# Single sign-on at the clinic's own provider; off until an issuer is set.
SIGN_ON_ISSUER = read.text("SIGN_ON_ISSUER")
SIGN_ON_CLIENT = read.text("SIGN_ON_CLIENT")
SIGN_ON_SECRET = read.text("SIGN_ON_SECRET")
SIGN_ON_NAME = read.text("SIGN_ON_NAME")  # on the button: Log in with …
SIGN_ON_TWO_STEPS = read.text("SIGN_ON_TWO_STEPS")  # what its token holds after two steps; else ours is asked
SIGN_ON_LOOPBACK = MODE == "demo"  # a provider on this machine, without https
MFA_ADAPTER = "mestring.staff.second_factor.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # the clock of a telephone may be half a minute wrong
MFA_RECOVERY_CODE_DIGITS = 10
# Used codes, and answers of a provider and a passkey, lie here, where all processes see them: each counts once.
# Nothing else is kept in it. Django would forget a third of them when they are more than 300.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "staff_usedcode",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
}

# --- mail: files until EMAIL_URL is set --------------------------------------------------------
vars().update(read.mail_server("EMAIL_URL", "filemail://"))
if EMAIL_BACKEND.endswith("filebased.EmailBackend"):  # type: ignore[name-defined]  # noqa: F821 (from mail_server)
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = read.text("MAIL_FROM", "nettsted@mestringshusene.example")
ANSWER_FROM_EMAIL = read.text("ANSWER_FROM", DEFAULT_FROM_EMAIL)  # on the mail that tells a sender of an answer
OPERATOR_MAIL = read.text("OPERATOR_MAIL")  # who is told that a part of the site failed
INQUIRY_NOTIFY = read.names("INQUIRY_NOTIFY", ["inntak@mestringshusene.example"])

# --- limits and the clinic's defaults ----------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes of a form; a long page in three languages is 0.2 MB
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "mestring.web.uploads.NamelessFileUploadHandler",
]
# The only form that takes a file. The limit is above a picture's, so that the form itself refuses one just too
# large.
LARGER_BODIES = {"/admin/pages/picture/add/": PICTURE_MAX_BYTES + 5_000_000}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000  # a page with 150 pictures in three languages is 2 600; inquiries have 12
INQUIRY_RETENTION_DAYS = read.number("INQUIRY_RETENTION_DAYS", durations.CLOSED_CASE_DAYS)
TOMBSTONE_RETENTION_DAYS = read.number("TOMBSTONE_RETENTION_DAYS", durations.TOMBSTONE_DAYS)
QUARANTINE_RETENTION_DAYS = read.number("QUARANTINE_RETENTION_DAYS", durations.SPAM_DAYS)
INQUIRY_ESCALATION_DAYS = read.number("INQUIRY_ESCALATION_DAYS", 180)  # open for longer: staff are asked why
# An inquiry is due this many office hours after it came: one working day.
INQUIRY_ANSWER_HOURS = read.number("INQUIRY_ANSWER_HOURS", 8)
OFFICE_OPENS = read.clock_time("OFFICE_OPENS", time(8))
OFFICE_CLOSES = read.clock_time("OFFICE_CLOSES", time(16))
ERASING_PAUSE_DAYS = durations.PAUSE_DAYS
AUDIT_RETENTION_DAYS = read.number("AUDIT_RETENTION_DAYS", durations.ACCESS_LOG_DAYS)
# The starter page about privacy says these periods, in days.
STARTER_PERIODS = {
    "closed_case": INQUIRY_RETENTION_DAYS,
    "spam": QUARANTINE_RETENTION_DAYS,
    "tombstone": TOMBSTONE_RETENTION_DAYS,
    "access_log": AUDIT_RETENTION_DAYS,
}
# The private half of the deliverer's key, where the operator keeps it from the site's user; else in KEY_DIR.
DELIVERER_KEY = read.text("DELIVERER_KEY")
AUDIT_HEADS = read.text("AUDIT_HEADS")  # the file for its daily heads; KEY_DIR/audit_heads unless set
# Pages with health advice are published only with a named reviewer: always outside the demo, on demand in it.
CLINICAL_GATE = MODE != "demo" or read.switch("CLINICAL_GATE", False)
CLINICAL_TWO_PERSONS = read.switch("CLINICAL_TWO_PERSONS", False)  # and not by the editor who wrote them
CHECK_LINKS = read.switch("CHECK_LINKS", False)  # `manage.py check_links` asks other people's servers
CHECK_LINKS_LOOPBACK = False  # tests ask a server of their own; no variable opens this
INQUIRIES_PER_HOUR = read.number("INQUIRIES_PER_HOUR", 60)  # from one network: a hospital, a mobile network
SET_APART_PER_HOUR = read.number("SET_APART_PER_HOUR", 240)  # of what is above that, from all networks together
# Proxies in front; each adds one address to X-Forwarded-For. With 0, every visitor would seem to come from the
# proxy.
TRUSTED_PROXIES = read.number("TRUSTED_PROXIES", int(BEHIND_HTTPS))
MAIL_HELD = DATA_DIR / "mail-is-held"  # a restore puts it there: while it is there, no mail goes out
ERASURE_LIST = read.text("ERASURE_LIST", str(DATA_DIR / "erased-inquiries.txt"))
# Copies of the pages for while the site is away: all of it public, and read by the web server. None: no copies.
EMERGENCY_DIR = read.folder("EMERGENCY_DIR", DATA_DIR) if read.text("EMERGENCY_DIR") else None
BACKUP_DIR = read.text("BACKUP_DIR")  # where the nightly backups lie
BACKUP_PROGRAMS = read.text("BACKUP_PROGRAMS")  # a folder of programs that copy each of them away
CERTIFICATE_AUTHORITY = read.text("CERTIFICATE_AUTHORITY")  # a file, where the clinic's own signs the certificate
SITE_REACHED_AT = read.text("SITE_REACHED_AT")  # host:port, where SITE_ADDRESS leads elsewhere from this machine
DOCTOR_LEAVES_OUT = read.names("DOCTOR_LEAVES_OUT", [])  # checks whose findings the operator lives with
BACKUP_KEY = read.text("BACKUP_KEY")  # public half; the private one lies away from the site
INQUIRY_GATE = "mestring.launch.gate.forms_are_open"  # says whether the forms take anything
# What the delivery process sends beside mail about inquiries.
PROJECT_MAIL = ("mestring.operator_mail.faults.send_due", "mestring.staff.accounts.mails.send_due")
EMERGENCY_EDITION = "mestring.emergency.round.keep_edition"  # what it does for the copies of the pages
CONTACT_WORDS = "pages.visits.site.published_page"  # what editors have written for a contact page
CONTACT_PREVIEW = "contact.sender.views.preview.preview"  # shows a contact page's words before they are published
# Shown on the pages that need no database: error pages, and the page while the database is away.
FALLBACK_PHONE = read.text("CLINIC_PHONE", "+4735019500" if MODE == "demo" else "")

# --- logs: never an inquiry's content, so never a request body or local variables ---------------
LOG_FORMAT = log_format(os.environ)
LOGGING = logging_in(LOG_FORMAT)
DEFAULT_EXCEPTION_REPORTER_FILTER = "mestring.web.error_filter.ContentFreeReporterFilter"

UNREADABLE = read.faults
check_startup(vars())
