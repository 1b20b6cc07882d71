"""Pictures in S3, on a real server: the interface of the local store, and links the bucket itself checks."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import httpx
import pytest

from egaku.contract.errors import StorageUnavailable
from egaku.storage.buckets import BucketImages
from egaku.storage.failures import StoreUnusable
from egaku.storage.images import NAME, ImageStore, Kind, keep_by_kind, new_name
from tests.services import S3
from tests.storage.conftest import Clock

pytestmark = pytest.mark.services
KEEP = 100
LIFETIME = 60


@pytest.fixture
def environment(s3: S3) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in s3.environment().items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def store(s3: S3, environment: None, clock: Clock) -> BucketImages:
    clock.now = time.time()  # objects get the server's time
    return BucketImages(s3.prefix(), keep_by_kind(KEEP, KEEP), LIFETIME, clock)


async def test_put_read_and_delete(store: ImageStore) -> None:
    name = await store.put(b"data", "png")
    assert NAME.fullmatch(name)
    assert await store.read(name) == b"data"
    assert await store.find(name) is None
    assert await store.size() == (1, 4)
    await store.delete(name)
    assert await store.read(name) is None
    await store.delete(name)


async def test_a_given_name_may_be_repeated(store: ImageStore) -> None:
    name = new_name(Kind.JOB, "webp")
    for data in (b"first", b"second"):
        assert await store.put(data, "webp", name) == name
    assert await store.read(name) == b"second"
    assert await store.size() == (1, 6)


@pytest.mark.parametrize("name", ["../x.png", "other", "img-" + "a" * 24 + ".svg"])
async def test_only_names_of_ours(store: ImageStore, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        await store.put(b"x", "png", name)
    assert await store.read(name) is None
    assert not await store.delete(name)


async def test_anybody_may_read_by_link_and_only_so(store: ImageStore) -> None:
    name = await store.put(b"data", "jpeg")
    link = await store.link(name, "http://plays-no-part")
    async with httpx.AsyncClient() as client:
        answer = await client.get(link)
        assert (answer.status_code, answer.content) == (200, b"data")
        assert answer.headers["content-type"] == "image/jpeg"
        part = await client.get(link, headers={"Range": "bytes=1-2"})
        assert (part.status_code, part.content) == (206, b"at")
        other = await store.put(b"other", "png")
        forged = [link.partition("?")[0], link.replace(name, other), link[:-4] + "0000", link + "&x=1"]
        forged.append(re.sub(r"X-Amz-Expires=\d+", "X-Amz-Expires=9999", link))
        assert {(await client.get(one)).status_code for one in forged} <= {400, 401, 403}
        assert (await client.put(link, content=b"changed")).status_code == 403
    assert f"X-Amz-Expires={LIFETIME}&" in link
    assert await store.read(name) == b"data"


async def test_private_files_have_no_link(store: ImageStore) -> None:
    name = await store.put(b"upload", "bin", new_name(Kind.INPUT))
    assert await store.read(name) == b"upload"
    with pytest.raises(ValueError, match="link"):
        await store.link(name, "")


async def test_sweep_deletes_ours_by_age(store: BucketImages, s3: S3, clock: Clock) -> None:
    names = [await store.put(b"x", "png") for _ in range(3)]
    job = await store.put(b"x", "png", new_name(Kind.JOB, "png"))
    await store._store.put_async("somebody-elses", b"x")
    assert await store.sweep() == 0
    clock.now += KEEP + 60
    assert await store.sweep() == 3
    assert [await store.read(name) for name in names] == [None] * 3
    assert await store.read(job) == b"x"
    clock.now += KEEP
    assert await store.sweep() == 1
    assert await store.size() == (0, 0)
    assert (await store._store.head_async("somebody-elses"))["size"] == 1


async def test_check(store: ImageStore) -> None:
    await store.check()


async def test_wrong_credentials_are_a_typed_failure(s3: S3, environment: None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
        store = BucketImages(s3.prefix(), keep_by_kind(KEEP, KEEP), LIFETIME)
    for attempt in (store.put(b"x", "png"), store.check(), store.read(new_name(Kind.JOB, "png"))):
        with pytest.raises(StorageUnavailable):
            await attempt


@pytest.mark.parametrize("url", ["s3://", "http://x/y", "nonsense"])
def test_a_wrong_address_is_named(url: str) -> None:
    with pytest.raises(StoreUnusable, match="EGAKU_IMAGES_URL"):
        BucketImages(url, keep_by_kind(KEEP, KEEP), LIFETIME)
