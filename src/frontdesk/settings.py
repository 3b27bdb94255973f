"""Every setting of the desk: one frozen object, read once from the environment and `.env`."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from frontdesk.errors import SetupError
from frontdesk.terms import Category, ChannelName

Providers = Literal["anthropic", "openai", "ollama", "huggingface", "local"]


def _named(*names: str) -> AliasChoices:
    return AliasChoices(*names)


class Settings(BaseSettings):
    """All optional for a first run; `.env.example` explains each."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    frontdesk_home: Path = Path("var")
    """Where the embedded database, attachments, unsent mail and keys live."""
    environment: str = "development"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    host: str = "127.0.0.1"
    disk_low_mb: int = Field(256, ge=0)
    """Below so many free megabytes nothing new is taken; 0: never refused."""
    port: int = Field(8000, ge=0, le=65535)
    probe_port: int | None = Field(None, ge=0, le=65535)
    """Where a process without the role `api` answers /health, /ready and /metrics; None: nowhere."""
    public_url: str = Field("", validation_alias=_named("public_url", "backend_url"))
    operator_port: int | None = Field(None, ge=1, le=65535)
    """A second port for the operator only, if `public_url` makes the first one public."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses or networks of the proxies whose word is taken on where a request came from, and by which scheme."""
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    """PEM files, where the desk itself speaks TLS rather than a proxy in front of it."""
    loopback_operator: bool = False
    """Whoever reaches the desk directly from its own machine is its operator, without a sign-in."""
    oidc_issuer: str = ""
    """Single sign-on: the provider's issuer, exactly as it calls itself; empty: passwords alone."""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    oidc_name: str = "Single sign-on"
    """What the sign-in's button says."""
    oidc_groups_claim: str = "groups"
    oidc_roles: dict[str, Literal["admin", "manager", "viewer"]] = {}
    """JSON: group -> role; the first of admin, manager, viewer counts. Empty: only people who were invited come in."""
    portal: bool = True
    """Whether customers have a portal, in which they see and answer their tickets by a link that is mailed to them."""
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    secret_key: SecretStr | None = None
    log_format: Literal["auto", "json", "plain"] = "auto"
    """`auto`: plain lines at a terminal, JSON lines elsewhere."""
    desk_name: str = "Frontdesk"
    default_language: Literal["ru", "kk", "en"] = "ru"

    database_url: str = ""
    db_host: str = ""
    db_port: int = 5432
    db_user: str = "postgres"
    db_password: SecretStr = SecretStr("")
    db_name: str = "frontdesk"
    db_pool_size: int = Field(10, ge=2, le=200)

    ai_providers: Annotated[tuple[Providers, ...], NoDecode] = ()
    """Ordered fallback chain; empty: every provider with a key or an address, in the order of the fields below."""
    anthropic_api_key: SecretStr | None = None
    anthropic_base_url: str = ""
    claude_model: str = "claude-sonnet-5-5"
    openai_api_key: SecretStr | None = None
    openai_base_url: str = ""
    openai_model: str = "gpt-5-mini"
    use_ollama: bool = False
    ollama_base_url: str = "http://127.0.0.1:11434"
    ollama_model: str = "qwen3:8b"
    hf_token: SecretStr | None = None
    hf_model: str = "Qwen/Qwen3-32B"
    ai_request_timeout: float = Field(20.0, gt=0, le=600)
    """Seconds for one model request, streaming included."""
    ai_answer_timeout: float = Field(45.0, gt=0, le=900)
    """Seconds for the whole answer of one provider, tools included."""
    ai_request_limit: int = Field(6, ge=1, le=50)
    ai_token_limit: int = Field(30_000, ge=500)
    tool_modules: Annotated[tuple[str, ...], NoDecode] = ()
    """Importable modules with a function `tools(deps)`, beside the built-in ones."""
    answer_confidence: float = Field(0.55, ge=0, le=1)
    """Answers below this confidence go to a person."""
    wrong_answer_cost: float = Field(5.0, ge=1.1, le=1_000)
    """How many needless hand-overs a wrong answer out of articles costs; one is given from 1 - 1/cost."""
    doubtful_answer_cost: float = Field(1.5, ge=1.0, le=1_000)
    """The same of a wrong answer that asks whether it helped."""

    kb_top_k: int = Field(5, ge=1, le=50)
    extract_timeout: float = Field(20.0, ge=1, le=600)
    """Seconds that reading one file may take."""
    embedding_model: str = "minilm"
    """`minilm`, `none`, or `fastembed:`, `sentence-transformers:`, `openai:`, `ollama:` and a model."""
    embedding_languages: Annotated[tuple[Literal["ru", "kk", "en"], ...], NoDecode] = ()
    """The model's languages, if they cannot be known by its name; MiniLM supports English only."""
    model_retrain_after: int = Field(20, ge=0)
    """How many corrections by people start a training of the local classifier; 0: only by hand."""
    reranker: str = "none"
    """`none`, `fastembed:MODEL`, `sentence-transformers:MODEL` or `http://HOST/v1/rerank#MODEL`."""
    reranker_api_key: SecretStr | None = None
    reranker_timeout: float = Field(2.0, gt=0, le=60)
    """Seconds that reordering may take; after that the order stays unchanged."""

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_username: str = ""
    smtp_password: SecretStr | None = None
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = "support@frontdesk.example"
    manager_email: str = "manager@frontdesk.example"
    manager_email_on: Annotated[tuple[Literal["escalated", "resolved"], ...], NoDecode] = ("escalated",)
    category_managers: dict[str, str] = {}
    """JSON: category -> manager's e-mail address."""
    working_hours: str = "09:00-21:00"
    """Working hours: `09:00-21:00`, `mon-fri 09:00-13:00,14:00-18:00; sat 10:00-14:00` or `24/7`."""
    desk_timezone: str = "Asia/Almaty"
    person_answers_within: int = Field(15, ge=1, le=24 * 60)
    """In how many minutes a person usually answers in working hours; customers are told this."""
    refund_limit: Decimal = Field(Decimal(200_000), ge=0)
    """A refund above this sum, in `REFUND_CURRENCY`, is decided by a person."""
    refund_currency: str = "KZT"
    value_currency: str = Field("USD", pattern=r"^[A-Za-z]{3}$")
    """ISO 4217: the currency of customers' lifetime values."""
    churn_risk_above: float = Field(0.7, ge=0, le=1)
    """A complaint of a customer above this and the next threshold goes to a person at once."""
    churn_value_above: float = Field(1_000.0, ge=0)
    channel_accounts: dict[str, dict[str, dict[str, Any]]] = Field({}, repr=False)
    """JSON: provider -> account -> its settings; a provider's own variables are its account `default`."""
    channel_modules: Annotated[tuple[str, ...], NoDecode] = ()
    """Importable modules with channels of your own."""
    variables: dict[str, str] = Field({}, repr=False, exclude=True)
    """Not a setting: all variables of the environment and `.env`, which channels read by name; set by `load`."""
    kafka_bootstrap_servers: str = ""
    """`HOST:PORT,...` of the brokers; empty: no bus."""
    kafka_auto_create: bool = True
    """Whether topics that are missing are made at the start."""
    kafka_properties: dict[str, str] = Field({}, repr=False)
    """JSON: further properties of librdkafka, such as `security.protocol` and `sasl.password`."""
    kafka_pause_above: int = Field(5_000, ge=1)
    """Accepted messages not yet recorded above which no more are read from the bus."""
    attachment_megabytes: int = Field(25, ge=1, le=1000)
    """The largest file that is fetched from a channel."""
    perception_wait: float = Field(20.0, ge=0, le=600)
    """Seconds that an answer waits for the files of a message to be read."""
    reply_limits: dict[ChannelName, Annotated[int, Field(ge=1)]] = {}
    """JSON: channel -> the most words of a reply by the AI (`sms`: characters), instead of the contract's."""
    autonomy: dict[str, Literal["autopilot", "copilot", "shadow"]] = {}
    """JSON: `channel`, `category` or `channel/category` -> mode; default autopilot."""

    reopen_days: int = Field(7, ge=0)
    lane_lease: float = Field(10.0, gt=0.5)
    """Seconds after which a silent worker's lane is taken by another."""
    worker_concurrency: int = Field(1000, ge=1)

    keep_raw_events_days: int | None = Field(None, ge=1)
    """Days that events and deliveries are kept as they came; None: for good. So for the next ones."""
    keep_tickets_days: int | None = Field(None, ge=1)
    """What was said in tickets, after they were resolved or closed."""
    keep_attachments_days: int | None = Field(None, ge=1)
    keep_mails_days: int | None = Field(None, ge=1)
    keep_drafts_days: int | None = Field(None, ge=1)
    keep_learning_days: int | None = Field(None, ge=1)
    """Texts that people corrected, for classifiers to learn from."""
    keep_sessions_days: int | None = Field(None, ge=1)
    keep_audit_days: int | None = Field(None, ge=1)

    scoring_churn_weight: float = 3.0
    scoring_value_weight: float = 2.0
    scoring_urgency_weight: float = 1.5
    topic_alert_boost: float = 5.0
    scoring_safety_floor: float = 8.0
    scoring_age_floor_hours: float = Field(0.5, gt=0)
    scoring_age_curve: Literal["fresh", "growing"] = "fresh"

    @field_validator("log_level", "default_language", mode="before")
    @classmethod
    def _any_case(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, str):
            return value.upper() if info.field_name == "log_level" else value.lower()
        return value

    @field_validator("autonomy")
    @classmethod
    def _known_places(cls, value: dict[str, str]) -> dict[str, str]:
        channels, categories = set(ChannelName), set(Category)
        for key in value:
            channel, slash, category = key.partition("/")
            known = (
                (channel in channels and category in categories) if slash else key in channels | categories
            )
            if not known:
                raise ValueError(f"{key!r} is no channel, category or channel/category")
        return value

    @field_validator(
        "cors_origins",
        "trusted_proxies",
        "ai_providers",
        "manager_email_on",
        "embedding_languages",
        "tool_modules",
        "channel_modules",
        mode="before",
    )
    @classmethod
    def _comma_list(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @property
    def providers(self) -> tuple[Providers, ...]:
        """The chain that is configured; `local` is always its last link."""
        chain: list[Providers] = [
            name for name in (self.ai_providers or self._with_access()) if name != "local"
        ]
        return (*chain, "local")

    def _with_access(self) -> tuple[Providers, ...]:
        access: list[tuple[Providers, object]] = [
            ("anthropic", self.anthropic_api_key),
            ("openai", self.openai_api_key),
            ("ollama", self.use_ollama),
            ("huggingface", self.hf_token),
        ]
        return tuple(name for name, given in access if given)

    @property
    def dsn(self) -> str | None:
        """Where PostgreSQL is served, or None for the embedded one; driver suffixes are dropped."""
        if self.database_url:
            scheme, _, rest = self.database_url.partition("://")
            return f"{scheme.partition('+')[0]}://{rest}"
        if self.db_host:
            password = self.db_password.get_secret_value()
            login = f"{self.db_user}:{password}" if password else self.db_user
            return f"postgresql://{login}@{self.db_host}:{self.db_port}/{self.db_name}"
        return None

    @property
    def ports(self) -> tuple[int, ...]:
        """Where the application listens: `port`, and the operator's own where there is one."""
        return (self.port,) if self.operator_port is None else (self.port, self.operator_port)

    @property
    def base_url(self) -> str:
        """The address people reach the desk at, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def load(**overrides: object) -> Settings:
    """Read the settings; raises `SetupError` naming each wrong value and what it should look like."""
    variables = {**dotenv_values(".env"), **os.environ}
    given = {"variables": {name.upper(): value for name, value in variables.items() if value}}
    try:
        return Settings(**(given | overrides))  # type: ignore[arg-type]  # overrides are checked by the model itself
    except SettingsError as error:
        raise SetupError(f'wrong settings: {error}; it must be JSON, such as {{"delivery": "..."}}') from None
    except ValidationError as error:
        lines = [
            f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors(include_input=False)
        ]
        raise SetupError("wrong settings\n  " + "\n  ".join(lines)) from None
