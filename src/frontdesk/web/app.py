"""The HTTP application: routers, the layers around them, and the pages."""

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from frontdesk import __version__
from frontdesk.channels.channel import Channels
from frontdesk.desk import Desk
from frontdesk.engine.rates import Rates
from frontdesk.engine.readiness import Readiness
from frontdesk.settings import Settings
from frontdesk.tickets.numbers import Numbers
from frontdesk.web import chat, errors, live, webhooks
from frontdesk.web.access import auth, factors, keys, me, oidc, people
from frontdesk.web.console import (
    actions,
    ai,
    alerts,
    analytics,
    article_care,
    audit,
    channels,
    classifiers,
    customers,
    files,
    knowledge,
    macros,
    messages,
    sending,
    snooze,
    tickets,
    vocabulary,
)
from frontdesk.web.middleware.edge import Edge
from frontdesk.web.middleware.gate import Gate
from frontdesk.web.middleware.guard import Guard
from frontdesk.web.middleware.limits import BodyLimit
from frontdesk.web.middleware.rates import CallerRates
from frontdesk.web.middleware.room import Room
from frontdesk.web.middleware.sockets import Sockets
from frontdesk.web.portal import session as portal_session
from frontdesk.web.portal import tickets as portal_tickets
from frontdesk.web.public import demo as demo_shop
from frontdesk.web.public import desk as about
from frontdesk.web.public import docs, health, links, pages, sessions

API = "/api/v1"
_SOCKETS = {chat.PATH: chat.chat}

_TAGS = [
    {"name": "tickets", "description": "Submit, list in smart order, show and change tickets."},
    {"name": "conversation", "description": "Messages, replies of people, ownership, history."},
    {"name": "ai", "description": "Ask the AI for a draft, have it answer, mail a manager."},
    {"name": "actions", "description": "What the AI proposed to do: approve or reject it."},
    {"name": "macros", "description": "Ready texts of the desk, and what is done besides."},
    {"name": "knowledge", "description": "Documents that answers come from."},
    {"name": "local intelligence", "description": "What the desk learned from people's corrections."},
    {"name": "figures", "description": "Numbers and vocabulary."},
    {"name": "customers", "description": "What the desk holds of one customer: for admins."},
    {"name": "audit", "description": "Who did what: for admins, read only."},
    {"name": "chat", "description": "Chat sessions of visitors."},
    {"name": "portal", "description": "Customers' own tickets, for whoever proves an e-mail address."},
    {"name": "webhooks", "description": "Where channels' providers call."},
    {"name": "access", "description": "Sign in; people and their sessions; keys of programs."},
    {"name": "operation", "description": "Health, readiness, metrics."},
]


def create_app(desk: Desk, readiness: Readiness | None = None) -> FastAPI:
    """The application on an open desk; `readiness` is what the process's roles say of themselves."""
    app = build_app(desk.settings, desk.channels, desk.rates, demo=desk.demo)
    app.state.desk = desk
    app.state.readiness = readiness or Readiness()
    app.state.numbers = Numbers(desk.db)
    return app


def build_app(settings: Settings, channels: Channels, rates: Rates, *, demo: bool) -> FastAPI:
    """The application without a desk: it describes itself in full, and can answer nothing that asks the desk."""
    app = FastAPI(
        title="Frontdesk",
        version=__version__,
        description="An AI-first customer-support desk. What is not 2xx has the form of `ErrorBody`.",
        openapi_tags=_TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=_layers(settings, channels, rates),
        telemetry={"tracing": False},
        generate_unique_id_function=lambda route: route.name,
    )
    errors.install(app)
    app.include_router(health.router)
    for router in _routers(demo, settings.portal):
        app.include_router(router, prefix=API)
    app.include_router(docs.router)
    app.include_router(links.router)
    app.include_router(chat.http_router, responses=errors.problems(409, 413, 415))
    app.include_router(live.router)
    app.include_router(webhooks.router)
    app.router.routes.extend(pages.routes(demo, settings.portal))
    return app


def _routers(demo: bool, portal: bool) -> list[APIRouter]:
    routers = [
        tickets.router,
        messages.router,
        sending.router,
        snooze.router,
        alerts.router,
        macros.router,
        files.router,
        ai.router,
        actions.router,
        # before the documents, whose keys may hold slashes
        article_care.router,
        knowledge.router,
        classifiers.router,
        analytics.router,
        vocabulary.router,
        channels.router,
        audit.router,
        customers.router,
        sessions.router,
        about.router,
        auth.router,
        oidc.router,
        me.router,
        factors.router,
        people.router,
        keys.router,
    ]
    if portal:
        routers += [portal_session.router, portal_tickets.router]
    return [*routers, demo_shop.router] if demo else routers


def _layers(settings: Settings, channels: Channels, rates: Rates) -> list[Middleware]:
    """Outermost first."""
    layers = [Middleware(Edge)]
    if settings.cors_origins:
        layers.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors_origins,
                allow_methods=["GET", "POST", "PATCH", "DELETE"],
                allow_headers=[
                    "Authorization",
                    "Content-Type",
                    "Idempotency-Key",
                    "X-CSRF-Token",
                    "X-Request-Id",
                ],
                expose_headers=["X-Request-Id"],
            )
        )
    return [
        *layers,
        Middleware(Guard, settings=settings),
        Middleware(Gate, settings=settings, rates=rates),
        Middleware(CallerRates, rates=rates),
        Middleware(Room),
        Middleware(BodyLimit, channels=channels),
        Middleware(Sockets, by_path=_SOCKETS),
    ]
