"""Picture files in an S3 bucket, by obstore. Clients fetch them there, by links the bucket itself checks.

Credentials, region and endpoint come from the usual variables (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_REGION, AWS_ENDPOINT_URL, …) or from the machine's role. An object appears when its upload
has ended, so nobody sees half of one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from egaku.storage.failures import StoreUnusable, typed
from egaku.storage.images import Kind, kind_of, linkable, new_name

if TYPE_CHECKING:
    from obstore.store import S3Store

MAX_LINK_SECONDS = 604_800
"""S3's own limit on presigned links."""
PAGE = 1000
"""Objects per listing and per deletion: S3's own limit."""
TIMEOUT = timedelta(seconds=30)
CONNECT_TIMEOUT = timedelta(seconds=5)
RETRY_TIMEOUT = timedelta(seconds=10)
ENDPOINT_VARIABLES = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
CACHE = "private, max-age=3600, immutable"


class BucketImages:
    """Files of an ImageStore as objects `prefix/name` of one bucket."""

    def __init__(
        self,
        url: str,
        keep_seconds: Mapping[Kind, int],
        link_seconds: int,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store = _open(url)
        self._keep = keep_seconds
        self._link_time = timedelta(seconds=min(link_seconds, MAX_LINK_SECONDS))
        self._now = now

    async def put(self, data: bytes, extension: str, name: str | None = None) -> str:
        """See ImageStore."""
        name = new_name(Kind.ANSWER, extension) if name is None else name
        if kind_of(name) is None:
            raise ValueError("not a name of this store")
        ending = name.rpartition(".")[2]
        media_type = f"image/{ending}" if linkable(name) else "application/octet-stream"
        headers = {"Content-Type": media_type, "Cache-Control": CACHE, "Content-Disposition": "inline"}
        with typed("pictures"):
            await self._store.put_async(name, data, attributes=headers, use_multipart=False)
        return name

    async def read(self, name: str) -> bytes | None:
        """See ImageStore."""
        if kind_of(name) is None:
            return None
        with typed("pictures"):
            try:
                found = await self._store.get_async(name)
                return bytes(await found.bytes_async())
            except FileNotFoundError:
                return None

    async def find(self, name: str) -> Path | None:
        """See ImageStore: nothing of a bucket is on this disk."""
        return None

    async def link(self, name: str, base_url: str) -> str:
        """See ImageStore: a presigned GET to the bucket itself; `base_url` plays no part."""
        from obstore import sign_async  # noqa: PLC0415  an extra: needed only where there is a bucket

        if not linkable(name):
            raise ValueError("no link can be made to that")
        with typed("pictures"):
            return await sign_async(self._store, "GET", name, self._link_time)

    async def delete(self, name: str) -> bool:
        """See ImageStore. S3 does not say whether there was one."""
        if kind_of(name) is None:
            return False
        with typed("pictures"):
            await self._store.delete_async(name)
        return True

    async def sweep(self) -> int:
        """See ImageStore. Objects that are not ours are left alone."""
        gone = 0
        with typed("pictures"):
            async for page in self._store.list(chunk_size=PAGE):
                now = self._now()
                old = [
                    one["path"]
                    for one in page
                    if (kind := kind_of(one["path"]))
                    and one["last_modified"].timestamp() <= now - self._keep[kind]
                ]
                if old:
                    await self._store.delete_async(old)
                gone += len(old)
        return gone

    async def size(self) -> tuple[int, int]:
        """See ImageStore."""
        count = total = 0
        with typed("pictures"):
            async for page in self._store.list(chunk_size=PAGE):
                sizes = [one["size"] for one in page if kind_of(one["path"])]
                count += len(sizes)
                total += sum(sizes)
        return count, total

    async def check(self) -> None:
        """See ImageStore. Asks for an object that does not exist: one small request."""
        with typed("pictures"):
            try:
                await self._store.head_async(new_name(Kind.INPUT))
            except FileNotFoundError:
                return


def _open(url: str) -> S3Store:
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415  an extra
        from obstore.store import S3Store  # noqa: PLC0415  an extra
    except ModuleNotFoundError:
        raise StoreUnusable("Pictures in S3 need one more package: pip install 'egaku[s3]'") from None
    # An endpoint given as http:// is meant so: a store in the same machine or network.
    plain = any(os.environ.get(name, "").startswith("http://") for name in ENDPOINT_VARIABLES)
    try:
        return S3Store.from_url(
            url,
            client_options={"timeout": TIMEOUT, "connect_timeout": CONNECT_TIMEOUT, "allow_http": plain},
            retry_config={"max_retries": 2, "retry_timeout": RETRY_TIMEOUT},
        )
    except (BaseError, ValueError):
        raise StoreUnusable("EGAKU_IMAGES_URL must be s3://bucket or s3://bucket/prefix") from None
