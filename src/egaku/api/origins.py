"""Which web pages may speak to this server, and under which host names.

A server on loopback without keys trusts its place in the network, and every page in every browser on that
machine is in the same place. So, in this order:

    Host      exactly one, well formed (RFC 9112, 3.2). A server without keys on loopback answers only to
              names that no stranger can point at it (DNS rebinding): localhost, *.localhost, 127.0.0.0/8,
              ::1, its own address, `host`, `public_url` and `allowed_hosts`. Elsewhere without keys,
              `allowed_hosts` does the same once it is set. With keys, any name will do.
    Origin    the server's own, or one in `allowed_origins`; `null` is nobody's. Any method.
    Sec-Fetch-Site   what changes something is refused from another site, unless its Origin is allowed.
    Content-Type     what a plain form can send (text, urlencoded, multipart) needs proof of the same origin
              once a browser shows in Origin, Sec-Fetch-Site or a foreign Referer. SDKs send forms with none
              of these; Node's fetch sends Sec-Fetch-Mode alone, which proves nothing.

The rules hold with keys too: browsers add cookies and Basic passwords to whatever page asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from egaku.api.envelope import error_response
from egaku.api.state import AppState
from egaku.api.urls import HOST
from egaku.contract.errors import ApiError, InvalidRequest, PermissionDenied
from egaku.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = frozenset({"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
"""Sent across origins without asking first (Fetch Standard: CORS-safelisted), or no type at all."""
TRUSTED_SITES = frozenset({"same-origin", "none"})
DEFAULT_PORTS = {"http": 80, "https": 443}
PUBLIC_PATHS = ("/files/",)
"""Pictures by signed link: any page may show one, and the route says so itself."""
ASKED_HEADERS = re.compile(r"[A-Za-z0-9_-]{1,64}( ?, ?[A-Za-z0-9_-]{1,64}){0,63}")
METHODS = "GET, HEAD, POST, DELETE"
EXPOSED = (
    "x-request-id, retry-after, retry-after-ms, x-should-retry, openai-processing-ms, x-egaku-seed, "
    "x-egaku-ignored-parameters, x-egaku-withheld-images, x-ratelimit-limit-images, "
    "x-ratelimit-remaining-images, x-ratelimit-reset-images, idempotent-replayed, location, "
    "preference-applied"
)
"""What a page elsewhere may read of an answer: all that SDKs heed, and all of ours."""
PREFLIGHT_SECONDS = 600
ANY = "*"

Place = tuple[str, str, int | None]
"""Scheme, host and port of an origin (RFC 6454), the default port filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a request says about where it comes from."""

    method: str
    path: str
    scheme: str
    host: str
    """The Host header, or "" for HTTP/1.0 without one."""
    address: str
    """The server's own, on which the connection came in."""
    origin: str | None
    site: str | None
    """Sec-Fetch-Site."""
    referer: str | None
    content_type: str
    """Lower case, without parameters."""


class OriginRules:
    """The rules above for one configuration."""

    def __init__(self, settings: Settings) -> None:
        names = {settings.host.lower(), *settings.allowed_hosts}
        self._any_host = ANY in settings.allowed_hosts
        self._guarded = settings.is_loopback or bool(settings.allowed_hosts)
        self._public = place(settings.public_url) if settings.public_url else None
        if self._public:
            names.add(self._public[1])
        self._names = frozenset(name.strip("[]") for name in names)
        self._any_origin = ANY in settings.allowed_origins
        self._origins = frozenset(place(origin) for origin in settings.allowed_origins if origin != ANY)

    def check(self, visit: Visit, *, has_keys: bool) -> bool:
        """Raise PermissionDenied naming the header at fault; True when an allowed page elsewhere asks."""
        if self._guarded and not self._any_host and not has_keys:
            self._check_host(visit)
        if visit.path.startswith(PUBLIC_PATHS) and visit.method in SAFE_METHODS:
            return False
        same = self._is_same(visit, visit.origin)
        allowed = not same and self._is_allowed(visit.origin)
        if visit.origin is not None and not same and not allowed:
            raise _refused(
                "Origin",
                "web pages of other origins may not call this server. Its operator can list them in "
                "allowed_origins; behind a proxy that ends TLS, public_url has to be set",
            )
        if visit.method not in SAFE_METHODS and not allowed:
            self._check_change(visit, same=same)
        return allowed

    def allow_header(self, origin: str) -> str:
        """Access-Control-Allow-Origin for an allowed origin."""
        return ANY if self._any_origin else origin

    def _check_host(self, visit: Visit) -> None:
        name = urlsplit(f"//{visit.host}").hostname or visit.address
        name = name.rstrip(".")
        if name in self._names or name == "localhost" or name.endswith(".localhost") or name == visit.address:
            return
        try:
            if ip_address(name).is_loopback:
                return
        except ValueError:
            pass
        raise _refused(
            "Host",
            "this server has no keys and answers only to names that are certainly its own. Its operator can "
            "list more in allowed_hosts, or make a key",
        )

    def _check_change(self, visit: Visit, *, same: bool) -> None:
        if visit.site is not None and visit.site not in TRUSTED_SITES:
            raise _refused("Sec-Fetch-Site", "web pages of other sites may not change anything here")
        if visit.content_type not in FORM_TYPES or same or visit.site == "same-origin":
            return
        if visit.site is not None or (visit.referer is not None and not self._is_same(visit, visit.referer)):
            raise _refused(
                "Content-Type" if visit.site is not None else "Referer",
                "a form from a web page needs an Origin header that names this server",
            )

    def _is_same(self, visit: Visit, url: str | None) -> bool:
        if url is None:
            return False
        here = place(f"{visit.scheme}://{visit.host or visit.address}")
        return place(url) in ({here, self._public} - {None})

    def _is_allowed(self, origin: str | None) -> bool:
        return origin is not None and (self._any_origin or place(origin) in self._origins)


class Origins:
    """ASGI middleware: judges every request before its route, and answers browsers that ask first (CORS)."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._rules = OriginRules(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        state: AppState = scope["app"].state.egaku
        try:
            visit = read_visit(scope, headers)
            allowed = self._rules.check(visit, has_keys=await state.keys.any_exist())
        except ApiError as refusal:
            await error_response(refusal)(scope, receive, send)
            return
        if not allowed or visit.origin is None:
            await self._app(scope, receive, send)
        elif visit.method == "OPTIONS" and "access-control-request-method" in headers:
            await self._preflight(visit.origin, headers)(scope, receive, send)
        else:
            await self._app(scope, receive, self._with_cors(visit.origin, send))

    def _with_cors(self, origin: str, send: Send) -> Send:
        async def send_with_cors(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = self._rules.allow_header(origin)
                headers["Access-Control-Expose-Headers"] = EXPOSED
                headers.add_vary_header("Origin")
            await send(message)

        return send_with_cors

    def _preflight(self, origin: str, headers: Headers) -> Response:
        asked = headers.get("access-control-request-headers", "")
        answer = {
            "Access-Control-Allow-Origin": self._rules.allow_header(origin),
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
            "Vary": "Origin",
        }
        if ASKED_HEADERS.fullmatch(asked):
            answer["Access-Control-Allow-Headers"] = asked
        if headers.get("access-control-request-private-network") == "true":
            answer["Access-Control-Allow-Private-Network"] = "true"
        return Response(status_code=204, headers=answer)


def read_visit(scope: Scope, headers: Headers) -> Visit:
    """A request's own account. Raises InvalidRequest for a Host or Origin that is none, or is there twice."""
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    if len(hosts) > 1 or (not hosts and scope["http_version"] != "1.0"):
        raise InvalidRequest("The request must have exactly one Host header.")
    if hosts and not HOST.fullmatch(hosts[0]):
        raise InvalidRequest(
            "Invalid Host header: a host name or address is expected, and a port if need be."
        )
    if len(origins) > 1:
        raise InvalidRequest("The request has more than one Origin header.")
    server = scope.get("server")
    address = server[0] if server else "localhost"
    return Visit(
        method=scope["method"],
        path=scope["path"],
        scheme=scope["scheme"],
        host=hosts[0].lower() if hosts else "",
        address=address,
        origin=origins[0] if origins else None,
        site=headers.get("sec-fetch-site"),
        referer=headers.get("referer"),
        content_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
    )


def place(url: str) -> Place | None:
    """The origin of a URL, or None for what has none: `null`, or no URL at all."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not parts.scheme or not host:
        return None
    return parts.scheme, host, port or DEFAULT_PORTS.get(parts.scheme)


def _refused(header: str, why: str) -> PermissionDenied:
    return PermissionDenied(f"Refused because of the {header} header: {why}.", code="origin_not_allowed")
