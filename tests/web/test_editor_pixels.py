"""Promise: an edit changes the pixels of its hole and no other, to the bit; what is erased is in no cut."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from egaku.imaging.decode import decode
from tests.web.oracle import (
    Bytes,
    Document,
    Mask,
    Rect,
    differing,
    digest,
    in_base64,
    png_of,
    shares,
    some_shape,
)

ROUNDS = 300
SIDES = [256] * 16 + [512] * 3 + [1024]
MAGENTA = (255, 0, 255, 255)
MOST_BYTES = 4_000_000
MOVES = 1_000
MOST_MOVE_MS = 2.0
"""For one pointer move at r = 64, median, of the 16.7 ms a frame has."""
MOST_HISTORY = 64 * 1024 * 1024

# One call in the page for every case. What would be sent comes back; of the rest, hashes are enough.
DRIVE = """async ({ images, marks, frame, overmask, result }) => {
    const { Board, plan, survey } = engine;
    globalThis.codec ??= new engine.Codec();
    const load = async (text) => codec.decode(new Blob([Uint8Array.fromBase64(text)]));
    const board = new Board();
    for (const { png, x, y } of images) {
        const { pixels, file } = await load(png);
        board.place(pixels, x, y, file);
    }
    for (const { shape, erased } of marks) board[erased ? "erase" : "restore"](shape);
    const hash = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data)).toHex();
    const read = () => hash(board.read({ x: frame.x - 40, y: frame.y - 40,
        width: frame.side + 80, height: frame.side + 80 }).data);
    const before = await read();
    const planned = await plan(board, frame, "a fox", codec, overmask);
    const sent = {};
    for (const [name, value] of Object.entries(planned.wish ?? {})) {
        sent[name] = value instanceof Blob ? new Uint8Array(await value.arrayBuffer()).toBase64() : value;
    }
    const { nothing, known, hole: { mask, ...counts } } = survey(board, frame);
    const cut = await hash(board.cut(frame).data);
    const candidate = (await load(result)).pixels;
    const composite = await hash(board.composite(frame, candidate, overmask).data);
    const { version } = board;
    board.accept(frame, candidate, overmask);
    const step = board.version !== version;
    const accepted = await read();
    const holeAfter = board.hole(frame).known;
    if (step) board.undo();
    return { nothing: planned.nothing, known: planned.known, survey: { nothing, known }, sent, counts, cut,
        mask: await hash(mask), composite, before, accepted, holeAfter, step, undone: await read() };
}"""


def some_picture(chance: random.Random, width: int, height: int) -> Bytes:
    """Noise, sometimes with transparent places; their colours must go nowhere."""
    noise = np.random.default_rng(chance.randrange(2**32))
    pixels = noise.integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    if chance.random() < 0.3:
        pixels[..., 3][noise.random((height, width)) < chance.choice([0.01, 0.5])] = 0
    return pixels


@pytest.fixture(scope="module")
def counts() -> dict[str, int]:
    """What kinds of cases there were, over all of them."""
    return {"inpaint": 0, "outpaint": 0, "generations": 0, "no_hole": 0}


@pytest.mark.parametrize("part", range(6))
def test_random_frames_and_erasures(engine_page: Page, part: int, counts: dict[str, int]) -> None:
    chance = random.Random(part)
    for _ in range(ROUNDS // 6):
        counts[one_case(engine_page, chance)] += 1
    if part == 5:
        assert sum(counts.values()) == ROUNDS
        assert min(counts["inpaint"], counts["outpaint"]) >= 50, counts
        assert min(counts["generations"], counts["no_hole"]) >= 2, counts


def one_case(engine_page: Page, chance: random.Random) -> str:
    """Draw, erase, ask, fill with magenta, accept, undo; all compared. What was asked."""
    side = chance.choice(SIDES)
    # On the grid, where tiles end, as well as anywhere.
    step = chance.choice([1, 64, 256])
    left, top = (chance.randint(-700, 100) // step * step for _ in range(2))
    frame: Rect = (left, top, side, side)
    document = Document((frame[0] - 450, frame[1] - 450, side + 900, side + 900))
    images = []
    exact = chance.random() < 0.4
    for _ in range(1 if exact else chance.randint(0, 2)):
        width, height = (side, side) if exact else (chance.randint(1, 400), chance.randint(1, 400))
        x = frame[0] if exact else frame[0] + chance.randint(-100, side - 50)
        y = frame[1] if exact else frame[1] + chance.randint(-100, side - 50)
        picture = some_picture(chance, width, height)
        document.place(picture, x, y)
        images.append({"png": in_base64(png_of(picture)), "x": x, "y": y})
    marks = []
    for _ in range(chance.randint(0, 4)):
        shape, erased = some_shape(chance, frame), chance.random() < 0.75
        document.mark(shape, erased=erased)
        marks.append({"shape": shape, "erased": erased})
    overmask = chance.choice([0, 0, 0, 1, 8, 32])
    result = np.full((side, side, 4), MAGENTA, np.uint8)

    came = engine_page.evaluate(
        DRIVE,
        {
            "images": images,
            "marks": marks,
            "frame": {"x": frame[0], "y": frame[1], "side": side},
            "overmask": overmask,
            "result": in_base64(png_of(result)),
        },
    )

    hole, seen = document.hole(frame), document.seen(frame)
    known = int((~hole).sum())
    assert came["mask"] == digest(hole)
    assert came["counts"]["known"] == known
    assert came["counts"]["erased"] == int((document.erased[document.at(frame)]).sum())
    assert came["counts"]["translucent"] == 0
    assert came["cut"] == digest(seen)
    asked = check_request(came, hole, sent_hole(hole, overmask), seen, images, exact=exact)

    around: Rect = (frame[0] - 40, frame[1] - 40, side + 80, side + 80)
    before = document.seen(around)
    assert came["before"] == digest(before)
    assert came["composite"] == digest(document.composite(frame, result, overmask))
    document.accept(frame, result, overmask)
    accepted = document.seen(around)
    assert came["accepted"] == digest(accepted)
    # The promise itself, of what both came to.
    outside = np.ones(before.shape[:2], np.bool_)
    outside[40:-40, 40:-40] = shares(hole, overmask) == 0
    assert differing(accepted[outside], before[outside]) == 0
    assert came["holeAfter"] == side * side
    assert came["step"] == hole.any()
    assert came["undone"] == came["before"]
    return asked


def sent_hole(hole: Mask, overmask: int) -> Mask:
    """Wider by what is to be mixed in, unless nothing known would be left."""
    wide = shares(hole, overmask) > 0
    return hole if wide.all() else np.asarray(wide)


def check_request(
    came: dict[str, Any], hole: Mask, sent_as: Mask, seen: Bytes, images: list[dict[str, Any]], *, exact: bool
) -> str:
    """What would be sent: the picture's own bytes with a mask, one picture with a hole, or words alone."""
    side = hole.shape[0]
    if not hole.any():
        assert came["nothing"] == "no_hole"
        assert came["sent"] == {}
        return "no_hole"
    assert came["nothing"] is None
    assert came["known"] == pytest.approx((~hole).mean())
    assert came["survey"] == {"nothing": None, "known": came["known"]}
    sent = came["sent"]
    assert (sent["prompt"], sent["size"]) == ("a fox", f"{side}x{side}")
    if hole.all():
        assert sent.keys() == {"operation", "prompt", "size"}
        assert sent["operation"] == "generations"
        return "generations"
    assert sent["operation"] == "edits"
    opaque = decode(base64.b64decode(images[0]["png"]), frozenset({"png"})).pixels[..., 3].all()
    drawn = base64.b64decode(sent["mask" if "mask" in sent else "image"])
    assert len(drawn) <= MOST_BYTES
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (side, side))
        pixels = np.asarray(image)
    assert set(np.unique(pixels[..., 3])) <= {0, 255}
    assert differing(pixels[..., 3] == 0, sent_as) == 0
    assert not pixels[sent_as].any()
    original = base64.b64decode(images[0]["png"])
    if exact and opaque and len(original) <= MOST_BYTES:
        assert base64.b64decode(sent["image"]) == original
        assert not pixels[..., :3].any()
        return "inpaint"
    assert "mask" not in sent
    assert differing(pixels[~sent_as], seen[~sent_as]) == 0
    return "outpaint"


KEEP = """async () => {
    const { Board, Codec, openDocuments, packWorkspace, unpackWorkspace } = engine;
    const codec = new Codec();
    const board = new Board();
    const pixels = { width: 700, height: 300, data: new Uint8ClampedArray(700 * 300 * 4) };
    for (let at = 0; at < pixels.data.length; at += 4) {
        pixels.data.set([at & 255, (at >> 8) & 255, (at >> 16) & 255, 1 + (at >> 2) % 255], at);
    }
    board.place(pixels, -350, -100);
    board.erase({ kind: "capsule", from: { x: -300, y: -90 }, to: { x: 200, y: 150 }, radius: 40 });
    const all = { x: -400, y: -200, width: 800, height: 600 };
    const looks = (one) => {
        const seen = new Uint8Array(one.read(all).data.buffer).toBase64();
        one.clearErased();
        const whole = new Uint8Array(one.read(all).data.buffer).toBase64();
        one.undo();
        return seen + whole;
    };
    const before = looks(board);
    const documents = await openDocuments();
    await documents.save({ id: "a", name: "狐", board, state: { prompt: "x" }, thumbnail: null });
    documents.close();
    const again = await openDocuments();
    const kept = await again.load("a");
    const file = await packWorkspace({ name: "狐", board, state: { prompt: "x" } }, codec);
    const opened = await unpackWorkspace(file, codec);
    const waiting = codec.encode(pixels).catch((error) => error.fault);
    codec.close();
    return { document: looks(kept.board) === before, workspace: looks(opened.board) === before,
        names: [kept.name, opened.name], listed: (await again.list()).length, closed: await waiting,
        after: (await codec.encode(pixels)).type };
}"""


def test_documents_and_workspaces_come_back_to_the_bit(engine_page: Page) -> None:
    assert engine_page.evaluate(KEEP) == {
        "document": True,
        "workspace": True,
        "names": ["狐", "狐"],
        "listed": 1,
        "closed": "codec_failed",
        "after": "image/png",
    }


BRUSH = """(moves) => {
    const { Board, survey } = engine;
    const board = new Board();
    const pixels = { width: 1024, height: 1024, data: new Uint8ClampedArray(1024 * 1024 * 4).fill(255) };
    board.place(pixels, 0, 0);
    const timed = (doing) => { const start = performance.now(); doing(); return performance.now() - start; };
    const point = (step) => ({ x: 512 + 440 * Math.sin(step / 37), y: 512 + 440 * Math.cos(step / 23) });
    board.beginStroke();
    const times = [];
    // Ten at a time: the clock is too coarse for one.
    for (let first = 0; first < moves; first += 10) {
        times.push(timed(() => {
            for (let step = first; step < first + 10; step += 1) {
                const shape = { kind: "capsule", from: point(step), to: point(step + 1), radius: 64 };
                board[step % 3 ? "erase" : "restore"](shape);
            }
        }) / 10);
    }
    times.sort((one, other) => one - other);
    const end = timed(() => board.endStroke());
    const strokes = timed(() => {
        for (let stroke = 0; stroke < 500; stroke += 1) {
            board.beginStroke();
            for (let move = 0; move < 5; move += 1) {
                const step = stroke * 7 + move;
                const shape = { kind: "capsule", from: point(step), to: point(step + 1), radius: 64 };
                board[stroke % 2 ? "erase" : "restore"](shape);
            }
            board.endStroke();
        }
    }) / 500;
    const frame = { x: 0, y: 0, side: 1024 };
    board.erase({ kind: "rect", x: 100, y: 100, width: 500, height: 500 });
    return { median: times[moves / 20], p95: times[Math.floor(moves / 10 * 0.95)], most: times.at(-1),
        end, strokes, survey: timed(() => survey(board, frame)),
        composite: timed(() => board.composite(frame, pixels, 8)),
        accept: timed(() => board.accept(frame, pixels, 8)), undo: timed(() => board.undo()),
        history: board.historyBytes };
}"""


def test_the_brush_is_quick_and_history_small(
    engine_page: Page, record_property: Callable[[str, object], None]
) -> None:
    came = engine_page.evaluate(BRUSH, MOVES)
    record_property("brush_ms", {name: round(value, 3) for name, value in came.items()})
    assert came["median"] <= MOST_MOVE_MS
    assert 0 < came["history"] <= MOST_HISTORY
