"""The small HTTP application of a process that serves nothing else: health, readiness, metrics."""

from fastapi import FastAPI
from starlette.middleware import Middleware

from frontdesk.desk import Desk
from frontdesk.engine.readiness import Readiness
from frontdesk.web import errors
from frontdesk.web.middleware.edge import Edge
from frontdesk.web.middleware.guard import Guard
from frontdesk.web.public import health


def create_probes(desk: Desk, readiness: Readiness) -> FastAPI:
    app = FastAPI(
        openapi_url=None,
        redirect_slashes=False,
        middleware=[Middleware(Edge), Middleware(Guard, settings=desk.settings)],
    )
    app.state.desk = desk
    app.state.readiness = readiness
    errors.install(app)
    app.include_router(health.router)
    return app
