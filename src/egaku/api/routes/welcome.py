"""GET /: a first page for whoever opens the server in a browser, until the web app takes its place."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from egaku.api.state import state_of
from egaku.api.urls import base_url

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>egaku</title>
<style>body{{font:16px/1.6 system-ui,sans-serif;max-width:48rem;margin:4rem auto;padding:0 1rem;
color:#222;background:#fdfcf9}}pre{{background:#f1efe8;padding:1rem;overflow:auto;border-radius:.5rem}}
@media(prefers-color-scheme:dark){{body{{color:#eee;background:#1b1b1d}}pre{{background:#2a2a2d}}
a{{color:#9cf}}}}</style>
<h1>egaku 描く</h1>
<p>The Image API answers here. Point any OpenAI client at <code>{base}/v1</code>, or try:</p>
<pre>curl {base}/v1/images/generations \\
  -H "Content-Type: application/json" \\
  -d '{{"prompt": "a red fox in a snowy forest", "size": "512x512"}}'</pre>
<p><a href="/openapi.json">OpenAPI document</a> · <a href="/v1/models">models</a> ·
<a href="/readyz">ready?</a></p>
</html>
"""

HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


async def welcome(request: Request) -> Response:
    """A page with one command to try."""
    # The base URL is a checked Host or our own setting: it holds no markup.
    return HTMLResponse(PAGE.format(base=base_url(request, state_of(request).settings)), headers=HEADERS)
