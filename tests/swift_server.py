"""A real S3 server for tests: OpenStack Swift with its S3 API, in one process on loopback.

Run by the Python of `.venvs/swift`: `python tests/swift_server.py FOLDER PORT ACCESS_KEY SECRET`. The access
key has Swift's form, account:user. The folder must be on a file system with extended attributes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import eventlet
import eventlet.wsgi
from swift.common import utils

utils.eventlet_monkey_patch()

from swift.account.server import app_factory as account_server  # noqa: E402  after the patching
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402
from swift.container.server import app_factory as container_server  # noqa: E402
from swift.obj.server import app_factory as object_server  # noqa: E402

DEVICE = "d1"
PROXY = """
[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth bulk slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {secret} .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
"""


def main(folder: Path, port: int, access_key: str, secret: str) -> None:
    """Serve until killed. Data of an earlier run in the same folder is there again."""
    account, _, user = access_key.partition(":")
    (folder / "devices" / DEVICE).mkdir(parents=True, exist_ok=True)
    (folder / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = egaku\n")
    (folder / "proxy.conf").write_text(PROXY.format(folder=folder, account=account, user=user, secret=secret))
    utils.set_swift_dir(str(folder))
    conf = {"devices": str(folder / "devices"), "swift_dir": str(folder), "mount_check": "false"}
    factories = {"account": account_server, "container": container_server, "object": object_server}
    # Listening first and serving after: the proxy reads the rings when it is made, the servers when asked.
    sockets = {name: eventlet.listen(("127.0.0.1", 0)) for name in factories}
    for name, socket in sockets.items():
        _write_ring(folder / f"{name}.ring.gz", socket.getsockname()[1])
    for name, make in factories.items():
        eventlet.spawn(eventlet.wsgi.server, sockets[name], make(dict(conf)), log_output=False)
    proxy = loadapp(str(folder / "proxy.conf"))
    eventlet.wsgi.server(eventlet.listen(("127.0.0.1", port)), proxy, log_output=False)


def _write_ring(path: Path, port: int) -> None:
    ring = RingBuilder(part_power=2, replicas=1, min_part_hours=0)
    ring.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": DEVICE, "weight": 1.0})
    ring.rebalance()
    ring.get_ring().save(str(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
