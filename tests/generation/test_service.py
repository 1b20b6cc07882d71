"""The life of a request without the wire: jobs, files, recipes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pybase64
import pytest

from egaku.contract.dialects import Operation
from egaku.contract.errors import Overloaded
from egaku.contract.requests import FileFacts, ImageRequest, parse_request
from egaku.engines.base import Job, Task
from egaku.generation.development import develop
from egaku.generation.gate import Gate
from egaku.generation.service import ImageService
from egaku.generation.work import Caller, jobs_of
from egaku.generation.workers import WorkerPool
from egaku.provenance.signer import Provenance
from egaku.storage.database import open_database
from egaku.storage.images import LocalImages, keep_by_kind
from egaku.storage.links import LinkSigner
from egaku.storage.pictures import PictureStore
from egaku.storage.recipes import RecipeStore
from egaku.storage.usage import UsageStore
from tests.generation.conftest import uploaded
from tests.pictures import decoded, format_of, holed, noise, png

pytestmark = pytest.mark.asyncio(loop_scope="module")

HERE = Caller("me", "http://here")


def generation(**values: Any) -> ImageRequest:
    return parse_request(Operation.GENERATIONS, {"prompt": "a", **values}, form=False)


def variation(**values: Any) -> ImageRequest:
    facts = [FileFacts("image", 100, "image/png")]
    return parse_request(Operation.VARIATIONS, values, form=False, images=facts)


def edit_job(pixels: np.ndarray, hole: np.ndarray) -> Job:
    height, width = hole.shape
    return Job(task=Task.EDIT, width=width, height=height, seed=1, image=pixels, hole=hole)


@pytest.fixture
async def service(pool: WorkerPool, gate: Gate, tmp_path: Path) -> Any:
    database = open_database(tmp_path / "egaku.db")
    images = LocalImages(tmp_path / "images", keep_by_kind(100, 100), LinkSigner(b"s" * 32, 100))
    pictures, usage = PictureStore(database, 100), UsageStore(database)
    yield ImageService(
        pool,
        images=images,
        recipes=RecipeStore(database, 100),
        pictures=pictures,
        usage=usage,
        gate=gate,
        provenance=Provenance.open(tmp_path),
    )
    await database.dispose()


async def test_jobs_of_a_request() -> None:
    jobs = jobs_of(
        generation(n=3, seed=5, size="256x256", quality="hd", style="vivid", background="opaque"), None
    )
    assert [job.index for job in jobs] == [0, 1, 2]
    assert {job.seed for job in jobs} == {5}
    first = jobs[0]
    assert (first.task, first.width, first.height, first.prompt) == (Task.GENERATE, 256, 256, "a")
    assert (first.quality, first.style, first.background) == ("hd", "vivid", "opaque")


async def test_a_seed_is_chosen_where_none_was_given() -> None:
    one, other = jobs_of(generation(n=2), None), jobs_of(generation(n=2), None)
    assert one[0].seed == one[1].seed
    assert one[0].seed != other[0].seed
    assert 0 <= one[0].seed < 2**32


async def test_outside_the_hole_the_source_stays_to_the_bit() -> None:
    pixels, drawn = holed(64, 64, seed=1), noise(64, 64, seed=2)
    pixels[50:, :, 3] = 9
    hole = pixels[..., 3] == 0
    file = decoded(develop(generation(), edit_job(pixels, hole), drawn).file)
    assert np.array_equal(file[~hole], pixels[~hole])
    assert np.array_equal(file[hole], drawn[hole])


async def test_jpeg_shows_white_under_what_is_transparent() -> None:
    pixels, drawn = noise(64, 64, seed=1), noise(64, 64, seed=2)
    pixels[:32, :, 3] = 0
    hole = np.zeros((64, 64), bool)
    hole[48:] = True
    done = develop(generation(output_format="jpeg"), edit_job(pixels, hole), drawn)
    assert format_of(done.file) == "JPEG"
    assert not done.opaque
    assert (decoded(done.file)[:24] >= 250).all()


async def test_an_opaque_png_has_no_alpha() -> None:
    done = develop(generation(), edit_job(noise(8, 8), np.zeros((8, 8), bool)), noise(8, 8))
    assert done.opaque
    assert done.file[25] == 2  # colour type of IHDR: RGB


async def test_answer_in_order(service: ImageService) -> None:
    work = await service.prepare(generation(n=10, seed=9, size="256x256", response_format="b64_json"), HERE)
    body = orjson.loads(await service.answer(work))
    pictures = [decoded(pybase64.b64decode(item["b64_json"])) for item in body["data"]]
    assert [tuple(picture[0, 0]) for picture in pictures] == [(9, index, 0, 255) for index in range(10)]
    timing = work.timing.stages()
    assert timing["engine"] > 0
    assert timing["encode"] > 0


async def test_links_are_of_the_callers_base(service: ImageService) -> None:
    body = orjson.loads(await service.answer(await service.prepare(generation(), HERE)))
    assert body["data"][0]["url"].startswith("http://here/files/img-")


async def test_a_recipe_comes_back_with_its_picture_to_its_owner(service: ImageService) -> None:
    work = await service.prepare(generation(seed=1, size="256x256", response_format="b64_json"), HERE)
    body = orjson.loads(await service.answer(work))
    file = pybase64.b64decode(body["data"][0]["b64_json"])
    (job,) = (await service.prepare(variation(), HERE, [uploaded("image", file)])).jobs
    assert job.recipe is not None
    assert job.recipe.isdigit()
    other = Caller("somebody else", HERE.base_url)
    assert (await service.prepare(variation(), other, [uploaded("image", file)])).jobs[0].recipe is None
    strange = [uploaded("image", png(64, 64))]
    assert (await service.prepare(variation(), HERE, strange)).jobs[0].recipe is None


async def test_no_room_is_said_before_anything_is_decoded(service: ImageService, pool: WorkerPool) -> None:
    limit, pool.max_waiting = pool.max_waiting, 0
    try:
        with pytest.raises(Overloaded):
            await service.prepare(variation(n=3), HERE, [uploaded("image", b"not decoded")])
    finally:
        pool.max_waiting = limit
