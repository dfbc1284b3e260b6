"""What an installation is told by its environment: every variable, in the words of the reference.

A test finds each name that the code reads and insists that it is described here, and the reverse.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One variable; `findings` are the codes of the doctor that judge its value."""

    name: str
    means: str
    default: str = ""
    findings: tuple[str, ...] = ()
    secret: bool = False


@dataclass(frozen=True)
class Group:
    """Variables that are set together."""

    title: str
    variables: tuple[Variable, ...]


GROUPS = (
    Group(
        "Starting",
        (
            Variable(
                "SYMPOSIA_MODE",
                "`production`, or `demo`: invented organisations, sign-in links on a page, plain "
                "HTTP, for this machine alone",
                "`production`; `make run` sets `demo`",
            ),
            Variable(
                "SYMPOSIA_DATA",
                "folder of the embedded database, people's files, keys and logs",
                "`.data` in the checkout",
            ),
            Variable(
                "SYMPOSIA_PORT",
                "port of the product; people's files use the one 1000 above",
                "8000",
            ),
            Variable(
                "SYMPOSIA_BIND",
                "address to serve on, behind a proxy; the demonstration refuses any but 127.…",
                "127.0.0.1",
            ),
            Variable("SYMPOSIA_WEB_WORKERS", "processes of the web server", "2"),
            Variable("SYMPOSIA_WEB_THREADS", "threads of each of them", "4"),
            Variable("SYMPOSIA_JOB_THREADS", "jobs at a time", "4"),
            Variable(
                "SYMPOSIA_POSTGRES_BIN",
                "folder of PostgreSQL's programs for the embedded server",
                "those of the package, else of the machine",
            ),
        ),
    ),
    Group(
        "Addresses",
        (
            Variable(
                "SYMPOSIA_ORIGIN",
                "what people type: scheme, host, port",
                "`http://localhost:` and the port",
                ("no_https", "shared_origin"),
            ),
            Variable(
                "SYMPOSIA_CONTENT_ORIGIN",
                "where people's files come from: another host",
                "`http://127.0.0.1:` and the port 1000 above",
                ("shared_origin",),
            ),
            Variable(
                "SYMPOSIA_HOSTS",
                "host names that are answered, with commas between",
                "localhost, 127.0.0.1",
                ("wildcard_host",),
            ),
            Variable(
                "SYMPOSIA_TRUSTED_PROXIES",
                "addresses of proxies whose word about the caller and the scheme counts, with "
                "commas between",
                "none: the caller is who connects",
            ),
            Variable(
                "SYMPOSIA_TLS_HERE",
                "whether plain HTTP is sent on to HTTPS by the product instead of the proxy",
                "no",
            ),
        ),
    ),
    Group(
        "Secrets",
        (
            Variable(
                "SYMPOSIA_SECRET_KEY",
                "signs sessions and links",
                "made on the first start, in the data folder",
                ("weak_secret", "weak_journal_key"),
                secret=True,
            ),
            Variable(
                "SYMPOSIA_JOURNAL_KEY",
                "signs the journal; keep it apart from the database, for without it the journal "
                "cannot be verified",
                "made on the first start, in the data folder",
                ("weak_journal_key",),
                secret=True,
            ),
            Variable(
                "SYMPOSIA_METRICS_TOKEN",
                "what a monitoring server sends as `Authorization: Bearer …` to read `/metrics`",
                "made on the first start, in the data folder",
                ("weak_metrics_token",),
                secret=True,
            ),
        ),
    ),
    Group(
        "A PostgreSQL server of your own",
        (
            Variable(
                "DATABASE_URL",
                "`postgresql://role:secret@host:port/name` of the role the product works as; it "
                "owns nothing and cannot bypass row security",
                "the embedded server",
                ("superuser", "bypasses_row_security", "owner_role"),
                secret=True,
            ),
            Variable(
                "DATABASE_OWNER_URL",
                "the same for the role that owns the database; without it tables are checked and "
                "never changed",
                "the embedded server's",
                secret=True,
            ),
        ),
    ),
    Group(
        "Mail",
        (
            Variable(
                "SYMPOSIA_SMTP_HOST",
                "mail server; the demonstration keeps its mail on a page unless this is set",
                "localhost",
            ),
            Variable("SYMPOSIA_SMTP_PORT", "its port", "25"),
            Variable("SYMPOSIA_SMTP_USER", "whom to sign in as there", "nobody"),
            Variable("SYMPOSIA_SMTP_PASSWORD", "and with what", secret=True),
            Variable("SYMPOSIA_SMTP_TLS", "whether to ask for encryption (STARTTLS)", "no"),
            Variable("SYMPOSIA_MAIL_FROM", "sender of all mail", "`Symposia <noreply@localhost>`"),
            Variable(
                "SYMPOSIA_MAIL_SPF",
                "what organisations with a domain of their own write into its SPF record, "
                "as `include:spf.example.org`",
                "`a:` and the mail server",
            ),
            Variable(
                "SYMPOSIA_DNS_SERVER",
                "who is asked what such a domain publishes, as `192.0.2.1:53`",
                "the machine's own",
            ),
            Variable("SYMPOSIA_SMS_URL", "https address of a gateway for text messages", "none"),
            Variable("SYMPOSIA_SMS_TOKEN", "what it knows this installation by", secret=True),
            Variable(
                "SYMPOSIA_CHAT_URL",
                "https address that speaks as the WhatsApp Business Cloud API, with its version",
                "none",
            ),
            Variable("SYMPOSIA_CHAT_TOKEN", "what it knows this installation by", secret=True),
            Variable("SYMPOSIA_CHAT_SECRET", "what it signs its messages with", secret=True),
            Variable("SYMPOSIA_CHAT_VERIFY", "the word it asks for at set-up", secret=True),
        ),
    ),
    Group(
        "Payments by card",
        (
            Variable(
                "SYMPOSIA_CARDS_URL",
                "where the provider of card payments is asked; https, its JSON interface",
                "no cards are taken",
            ),
            Variable("SYMPOSIA_CARDS_KEY", "what the provider knows us by", secret=True),
            Variable("SYMPOSIA_CARDS_SECRET", "what its messages are signed with", secret=True),
        ),
    ),
    Group(
        "Set by the product for its own processes",
        (
            Variable(
                "SYMPOSIA_DB_POOL",
                "connections of one process; set it yourself where you start web and worker "
                "without `symposia run`",
                "no pool; `symposia run` counts threads",
            ),
            Variable("SYMPOSIA_AS_OWNER", "work as the owner role: `symposia migrate` alone", "no"),
            Variable("SYMPOSIA_SERVES", "`content` in the process that serves people's files"),
            Variable("SYMPOSIA_LEAVE", "the pipe whose end means leave"),
        ),
    ),
)


def every_variable() -> list[Variable]:
    return [variable for group in GROUPS for variable in group.variables]
