"""The server: the app, with Plotly's script and MathLive, a health route and response headers.

``streamlit run serve.py`` starts it. What takes long to import is imported here, once, before
the first visitor comes.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import plotly.graph_objects
import streamlit as st
import sympy  # noqa: F401  (preloaded for the pages)
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

import calc_core.run

# Everything comes from this server, so that the app works without the internet and tells nobody
# who uses it. Embedding in a frame is allowed on purpose: courses do that.
HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' blob:",
            "worker-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "connect-src 'self' ws: wss:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
        )
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
VENDOR = Path(plotly.__file__).parent / "package_data"
ASSETS = Path(__file__).parent / "assets"
LIVE = ASSETS / "live"
MATHLIVE = ASSETS / "mathlive"
MATHLIVE_VERSION = (MATHLIVE / "VERSION").read_text(encoding="utf-8").strip()
#: Pages ask for /vendor files with their version in the query, so a day in the cache is safe.
#: The modules of live figures name one another without a version: the browser asks each time
#: whether a file has changed, which costs a few hundred bytes.
#: The address of MathLive's files has their version in it: they never change there.
CACHES = {
    "/vendor/": "public, max-age=86400",
    "/live/": "no-cache",
    "/mathlive/": "public, max-age=31536000, immutable",
}


class ResponseHeaders:
    """Add our headers to every HTTP response; leave the websocket alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request through the app, adding to the headers as they pass."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                for beginning, caching in CACHES.items():
                    if scope["path"].startswith(beginning):
                        headers["Cache-Control"] = caching
            await send(message)

        await self.app(scope, receive, send_with_headers)


def healthy(_: Request) -> PlainTextResponse:
    """Say that the server answers."""
    return PlainTextResponse("ok")


@asynccontextmanager
async def workers(_: st.App) -> AsyncIterator[None]:
    """Have the worker processes as long as the server runs."""
    calc_core.run.warm()
    yield
    # Not left to the exit handlers: the server ends itself by a signal, which runs none.
    calc_core.run.close()


# A folder named pages makes Streamlit take a new server's first visit for one of the older kind of
# multipage app: a link to /gradient then opens under the dialog "Page not found".
PagesManager.uses_pages_directory = False
app = st.App(
    "app.py",
    routes=[
        Route("/healthz", healthy),
        Mount("/vendor", StaticFiles(directory=VENDOR)),
        Mount("/live", StaticFiles(directory=LIVE)),
        Mount(f"/mathlive/{MATHLIVE_VERSION}", StaticFiles(directory=MATHLIVE)),
    ],
    middleware=[Middleware(ResponseHeaders)],
    lifespan=workers,
)
# What is imported now stays: the collector need never look at it again.
gc.collect()
gc.freeze()
