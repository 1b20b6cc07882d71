"""Promise: no web page elsewhere changes anything on a server on this machine: a real browser tries fetch,
forms, beacons and names rebound to 127.0.0.1, and 0 pictures are drawn, 0 answers read.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.answers import GENERATIONS, VARIATIONS
from tests.server import ServerProcess

CHROMIUM = Path("/usr/bin/chromium")
PAGE = """<!doctype html><title>elsewhere</title><pre id="out"></pre><iframe name="sink"></iframe>
<script>
const base = %(base)s, own = %(own)s, body = JSON.stringify({prompt: "a", size: "256x256"});
const out = {};
async function attempt(name, run) {
  try { out[name] = await run(); } catch (error) { out[name] = "blocked"; }
}
function form(enctype, action, fill) {
  const f = document.createElement("form");
  f.method = "post"; f.action = action; f.enctype = enctype; f.target = "sink";
  fill(f); document.body.append(f); f.submit(); f.remove();
  return new Promise(resolve => setTimeout(() => resolve("sent"), 700));
}
function field(f, name, value) {
  const i = document.createElement("input"); i.type = "hidden"; i.name = name; i.value = value; f.append(i);
}
function file(f) {
  const i = document.createElement("input"); i.type = "file"; i.name = "image";
  const data = new DataTransfer(), png = Uint8Array.from(atob(%(png)s), c => c.charCodeAt(0));
  data.items.add(new File([png], "a.png", {type: "image/png"})); i.files = data.files; f.append(i);
}
const status = answer => answer.type === "opaque" ? "opaque" : answer.status;
(async () => {
  for (const [way, url] of [["generate", base + "%(generations)s"], ["vary", base + "%(variations)s"]]) {
    for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"]) {
      for (const mode of ["cors", "no-cors"]) {
        await attempt(way + " " + mode + " " + type, async () =>
          status(await fetch(url, {method: "POST", mode, headers: {"Content-Type": type}, body})));
      }
    }
    await attempt(way + " beacon", async () =>
      navigator.sendBeacon(url, new Blob([body], {type: "text/plain"})));
    await attempt(way + " form text", () => form("text/plain", url,
      f => field(f, '{"prompt":"a","x":"', '"}')));
    await attempt(way + " form urlencoded", () => form("application/x-www-form-urlencoded", url,
      f => field(f, "prompt", "a")));
    await attempt(way + " form multipart", () => form("multipart/form-data", url, f => { file(f);
      field(f, "size", "256x256"); }));
  }
  await attempt("read models", async () => status(await fetch(base + "/v1/models")));
  if (own) await attempt("own page", async () => status(await fetch(base + "%(generations)s",
    {method: "POST", headers: {"Content-Type": "application/json"}, body})));
  document.getElementById("out").textContent = JSON.stringify(out) + "END";
})();
</script>"""
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


@contextlib.contextmanager
def elsewhere(pages: list[str]) -> Iterator[int]:
    """A web server of somebody else that shows the last of these pages at every path: its port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = pages[-1].encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def visit(url: str) -> dict[str, object]:
    """What the page's script noted, in a browser for which evil.test is this machine."""
    with tempfile.TemporaryDirectory(prefix="egaku-browser-", ignore_cleanup_errors=True) as profile:
        done = subprocess.run(
            [
                *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"),
                *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
                *("--host-resolver-rules=MAP evil.test 127.0.0.1", "--virtual-time-budget=20000"),
                *("--dump-dom", url),
            ],
            capture_output=True,
            text=True,
            timeout=100,
            check=True,
        )
    text = done.stdout.partition('<pre id="out">')[2].partition("END</pre>")[0]
    assert text, done.stdout[:500] + done.stderr[-500:]
    found: dict[str, object] = json.loads(text)
    return found


def drawn(server: ServerProcess) -> int:
    headers = httpx.get(server.url + "/healthz").headers
    return int(headers["x-ratelimit-limit-images"]) - int(headers["x-ratelimit-remaining-images"])


def page_for(base: str, *, own: bool) -> str:
    return PAGE % {
        "base": json.dumps(base),
        "own": json.dumps(own),
        "png": json.dumps(PNG),
        "generations": GENERATIONS,
        "variations": VARIATIONS,
    }


SERVER = {"EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1", "EGAKU_IMAGES_PER_MINUTE": "1000"}


@pytest.mark.campaign
@pytest.mark.timeout(300)
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
@pytest.mark.parametrize("target", ["127.0.0.1", "localhost", "evil.test"])
@pytest.mark.parametrize("here", ["127.0.0.1", "evil.test"])
def test_pages_elsewhere(target: str, here: str) -> None:
    """A page of another port or name, aiming at the server by its address, its name, or a rebound name."""
    with ServerProcess([], SERVER) as server:
        with elsewhere([page_for(f"http://{target}:{server.port}", own=False)]) as port:
            found = visit(f"http://{here}:{port}/")
        assert len(found) == 21
        assert not [name for name, outcome in found.items() if outcome == 200]
        assert drawn(server) == 0
        # Most of it reached the server and was refused there, not in the browser.
        assert server.log.count('"method": "POST"') >= 8


@pytest.mark.campaign
@pytest.mark.timeout(300)
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
def test_an_allowed_page() -> None:
    """The test of the test: the same page draws once its origin is allowed."""
    pages: list[str] = []
    with (
        elsewhere(pages) as port,
        ServerProcess(["--allowed-origins", f"http://127.0.0.1:{port}"], SERVER) as server,
    ):
        pages.append(page_for(server.url, own=True))
        found = visit(f"http://127.0.0.1:{port}/")
        assert found["own page"] == 200
        assert found["generate cors application/json"] == 200
        assert drawn(server) > 0
