"""Put together from pieces: stained glass, mosaic, cross-stitch, pixel art, low poly."""

from __future__ import annotations

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from egaku.engines.base import Pixels
from egaku.engines.illustrator.scenery.filters import gauss, haze, median
from egaku.engines.illustrator.styles.sheet import (
    Color3,
    Plane,
    Sheet,
    blend,
    contours,
    grain,
    nearest_color,
    orientation,
    outline,
    paint_index,
    palette_of,
    shade,
    smooth,
    vivid,
)


def stained_glass(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Pieces of lit glass in lead; the pieces follow the outlines of things."""
    h, w = sheet.work_shape
    unit = sheet.work_unit
    calm = sheet.calm
    region = median(nearest_color(calm, palette_of(calm, 9)), 7).astype(np.int32)
    labels = cv2.resize(sheet.labels, (w, h), interpolation=cv2.INTER_NEAREST).astype(np.int32)
    region = region + 10 * np.clip(labels, 0, 200)
    # The subject's own outlines carry it: its panes are larger, so that leads do not cut up a face.
    inside = labels > 0
    cell = np.where(
        inside, 100_000 + _voronoi(rng, (h, w), unit / 5), _voronoi(rng, (h, w), unit / 13)
    ).astype(np.int32)
    # A pane is where a cell and a region overlap; specks join what surrounds them.
    _, pane = np.unique(cell.astype(np.int64) * 8192 + region, return_inverse=True)
    pane = pane.reshape(h, w)
    counts = np.bincount(pane.ravel())
    mean = (
        np.stack([np.bincount(pane.ravel(), calm[..., k].ravel()) for k in range(3)], axis=1)
        / counts[:, None]
    )
    color = vivid(mean.reshape(1, -1, 3).clip(0, 255).astype(np.uint8), 1.55, 1.06, 8).reshape(-1, 3)
    glass = color[pane]
    lead = _between(cell) | _between(region)
    gap = cv2.distanceTransform((~lead).astype(np.uint8), cv2.DIST_L2, 5)
    depth = np.clip(gap / (unit * 0.03), 0, 1)
    streak = grain((h, w), unit, cells=16, seed=91) + 0.6 * grain((h, w), unit, cells=64, seed=92)
    lit = 0.72 + 0.42 * depth + 0.30 * streak
    full = sheet.up(shade(glass, lit.astype(np.float32)))
    far = sheet.up_plane(np.asarray(gap, np.float32)) * (sheet.unit / unit)
    thick = sheet.unit * 0.0046
    came = np.clip(thick - far + 0.7, 0, 1)
    edge = outline(sheet.labels, sheet.unit * 0.010)
    came = np.maximum(came, edge)
    shine = np.clip(1 - np.abs(far - thick * 0.1) / (thick * 0.35), 0, 1) * 0.22
    out = blend(full, (24, 24, 30), np.clip(came, 0, 1).astype(np.float32))
    out = blend(out, (150, 154, 166), (shine * came).astype(np.float32))
    glow = haze(sheet.down(out), unit * 0.02)
    return np.asarray(cv2.addWeighted(out, 0.90, sheet.up(np.asarray(glow, np.uint8)), 0.20, 0), np.uint8)


def _voronoi(rng: np.random.Generator, shape: tuple[int, int], spacing: float) -> NDArray[np.int32]:
    """(h, w) number of the nearest jittered grid point."""
    h, w = shape
    rows, cols = max(2, round(h / spacing)), max(2, round(w / spacing))
    y = (
        ((np.arange(rows)[:, None] + rng.uniform(0.12, 0.88, (rows, cols))) * h / rows)
        .astype(int)
        .clip(0, h - 1)
    )
    x = (
        ((np.arange(cols)[None] + rng.uniform(0.12, 0.88, (rows, cols))) * w / cols)
        .astype(int)
        .clip(0, w - 1)
    )
    empty = np.ones(shape, np.uint8)
    empty[y, x] = 0
    _, owner = cv2.distanceTransformWithLabels(empty, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    return np.asarray(owner, np.int32)


def _between(index: NDArray[np.int32]) -> NDArray[np.bool_]:
    """True on pixels whose right or lower neighbour belongs to another piece."""
    out = np.zeros(index.shape, bool)
    out[:, :-1] |= index[:, :-1] != index[:, 1:]
    out[:-1] |= index[:-1] != index[1:]
    return out


def mosaic(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Small stone tiles set in mortar, turned along the forms; the finest ones in the subject."""
    ground = np.full((*sheet.shape, 4), 255, np.uint8)
    ground[..., :3] = shade(
        np.full((*sheet.shape, 3), (148, 140, 132), np.uint8),
        1 + 0.5 * grain(sheet.shape, sheet.unit, cells=64, seed=95),
    )
    info = skia.ImageInfo.Make(sheet.width, sheet.height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    canvas = skia.Surface.MakeRasterDirect(info, ground).getCanvas()
    angle = orientation(gauss(sheet.luma, sheet.work_unit * 0.01), sheet.work_unit * 0.02)
    coarse = max(7.0, sheet.unit / 54)
    _lay(canvas, sheet, rng, angle, coarse, figure=False)
    if sheet.has_subject:
        _lay(canvas, sheet, rng, angle, max(4.0, coarse * 0.46), figure=True)
    return np.ascontiguousarray(ground[..., :3])


def _lay(
    canvas: skia.Canvas, sheet: Sheet, rng: np.random.Generator, angle: Plane, size: float, *, figure: bool
) -> None:
    """Set the tiles of the figure, or of all that lies round it; `size` in pixels."""
    rows, cols = max(4, round(sheet.height / size)), max(4, round(sheet.width / size))
    gy, gx = np.mgrid[0:rows, 0:cols].astype(np.float32)
    x = (gx + 0.25 + (gy % 2) * 0.5 + rng.uniform(-0.07, 0.07, gx.shape)) * sheet.width / cols
    y = (gy + 0.5 + rng.uniform(-0.07, 0.07, gx.shape)) * sheet.height / rows
    at = (np.clip(y, 0, sheet.height - 1).astype(int), np.clip(x, 0, sheet.width - 1).astype(int))
    inside = sheet.labels[at] > 0
    chosen = inside if figure else ~_within(sheet, size * 0.4)[at]
    if not chosen.any():
        return
    small = np.asarray(cv2.resize(sheet.rgb, (cols * 2, rows * 2), interpolation=cv2.INTER_AREA), np.uint8)
    small = vivid(small if figure else smooth(small, 1), 1.28, 1.08, 8)
    half = (
        np.clip(y * small.shape[0] / sheet.height, 0, small.shape[0] - 1).astype(int),
        np.clip(x * small.shape[1] / sheet.width, 0, small.shape[1] - 1).astype(int),
    )
    work = (
        np.clip(y * sheet.work_shape[0] / sheet.height, 0, sheet.work_shape[0] - 1).astype(int),
        np.clip(x * sheet.work_shape[1] / sheet.width, 0, sheet.work_shape[1] - 1).astype(int),
    )
    color = small[half][chosen].astype(np.float32)
    if not figure:
        # Mosaicists set a line of stones round their figures: light round dark ones, dark round light ones.
        labels = cv2.resize(sheet.labels, sheet.work_shape[::-1], interpolation=cv2.INTER_NEAREST)
        border = outline(np.asarray(labels, np.int16), size * 1.7 * sheet.work_unit / sheet.unit)
        rim = border[work][chosen][:, None] * 0.5
        color = color * (1 - rim) + _contrast(sheet) * rim
    color = color * rng.uniform(0.9, 1.1, (len(color), 1)) + rng.normal(0, 4, color.shape)
    tones = np.clip(color, 0, 255).astype(np.uint32)
    turn = np.mod(angle[work][chosen] + np.pi / 4, np.pi / 2) - np.pi / 4
    turn = np.clip(turn, -0.26, 0.26) + rng.normal(0, 0.05, turn.size)
    tile = _tile(max(4, round(size * 0.96)))
    side = tile.shape[0]
    c, s = np.cos(turn), np.sin(turn)
    corner = np.column_stack([c, s, x[chosen] - (c - s) * side / 2, y[chosen] - (s + c) * side / 2])
    canvas.drawAtlas(
        skia.Image.fromarray(tile, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType),
        [skia.RSXform(*row) for row in corner.tolist()],
        [skia.Rect.MakeWH(side, side)] * len(corner),
        (0xFF000000 | (tones[:, 0] << 16) | (tones[:, 1] << 8) | tones[:, 2]).tolist(),
        skia.BlendMode.kModulate,
        skia.SamplingOptions(skia.FilterMode.kLinear),
    )


def _within(sheet: Sheet, margin: float) -> NDArray[np.bool_]:
    """(H, W) the subject without a border of `margin` pixels, so that coarse tiles reach under its edge."""
    size = max(1, round(margin)) * 2 + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.erode((sheet.labels > 0).astype(np.uint8), kernel) > 0, np.bool_)


def _contrast(sheet: Sheet) -> float:
    """A grey that sets off the subject: 235 round dark ones, 30 round light ones."""
    inside = sheet.luma[sheet.work_subject > 0.5]
    return 235.0 if inside.size and float(inside.mean()) < 0.42 else 30.0


def _tile(side: int) -> NDArray[np.uint8]:
    """(side, side, 4) premultiplied white tile, its bevel light above left and dark below right."""
    y, x = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side * 2 - 1
    inside = np.clip((1 - (np.abs(x) ** 7 + np.abs(y) ** 7) ** (1 / 7)) * side * 0.5, 0, 1)
    edge = np.maximum(np.abs(x), np.abs(y))
    lean = np.clip((-x - y) * 0.5, -1, 1) * np.clip((edge - 0.60) / 0.4, 0, 1)
    tone = np.clip(0.86 + 0.20 * lean, 0, 1)
    out = np.empty((side, side, 4), np.float32)
    out[..., :3] = (tone * inside)[..., None]
    out[..., 3] = inside
    return (out * 255).astype(np.uint8)


def cross_stitch(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """One X of thread per square of Aida cloth, from a limited box of threads."""
    cell = max(3, round(sheet.unit / 72))
    rows, cols = -(-sheet.height // cell), -(-sheet.width // cell)
    small = np.asarray(cv2.resize(sheet.rgb, (cols, rows), interpolation=cv2.INTER_AREA), np.uint8)
    small = vivid(small, 1.25, 1.04)
    palette = palette_of(small, 24)
    threads = paint_index(nearest_color(small, palette), palette)
    lift = rng.uniform(0.94, 1.06, (rows, cols)).astype(np.float32)
    threads = shade(threads, lift)
    color = _blocks(threads, cell, sheet.shape)
    cover, tone = _stitch(cell)
    cover, tone = (np.tile(p, (rows, cols))[: sheet.height, : sheet.width] for p in (cover, tone))
    cloth = np.empty((*sheet.shape, 3), np.uint8)
    cloth[:] = (238, 232, 220)
    hole = np.zeros((cell, cell), np.float32)
    hole[: max(1, cell // 6), : max(1, cell // 6)] = 0.45
    weave = 1 - np.tile(hole, (rows, cols))[: sheet.height, : sheet.width]
    cloth = blend(cloth, color, np.full(sheet.shape, 0.55, np.float32))
    cloth = shade(cloth, weave * (1 + 0.08 * grain(sheet.shape, sheet.unit, cells=128, seed=99)))
    return blend(cloth, shade(color, tone), cover)


def _stitch(cell: int) -> tuple[Plane, Plane]:
    """Coverage and brightness of one crossed stitch."""
    scale = 4
    side = cell * scale
    y, x = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side
    over, under = np.abs(x - (1 - y)), np.abs(x - y)
    width = 0.36
    top = np.clip((width - over) * 12, 0, 1)
    low = np.clip((width - under) * 12, 0, 1)
    round_top, round_low = 1.12 - 0.9 * over, 0.98 - 0.9 * under
    tone = np.where(top > 0.5, round_top, round_low)
    cover = np.maximum(top, low)
    size = (cell, cell)
    return (
        np.asarray(cv2.resize(cover, size, interpolation=cv2.INTER_AREA), np.float32) * 0.97,
        np.asarray(cv2.resize(tone, size, interpolation=cv2.INTER_AREA), np.float32),
    )


def _blocks(small: Color3, cell: int, shape: tuple[int, int]) -> Color3:
    """Every pixel of `small` as a square of `cell` pixels, cut to `shape`."""
    big = np.repeat(np.repeat(small, cell, axis=0), cell, axis=1)
    return np.ascontiguousarray(big[: shape[0], : shape[1]])


_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16 - 0.47


def pixel_art(sheet: Sheet, rng: np.random.Generator) -> Pixels:  # noqa: ARG001 - all styles share one signature
    """Crisp square pixels, a small palette, ordered dither behind, a dark line round the subject."""
    cell = max(2, round(sheet.unit / 88))
    rows, cols = -(-sheet.height // cell), -(-sheet.width // cell)
    small = np.asarray(cv2.resize(sheet.rgb, (cols, rows), interpolation=cv2.INTER_AREA), np.uint8)
    crisp = vivid(small, 1.22, 1.06)
    inside = (
        cv2.resize((sheet.labels > 0).astype(np.uint8) * 255, (cols, rows), interpolation=cv2.INTER_AREA)
        > 127
    )
    palette = palette_of(crisp, 30)
    bias = np.tile(_BAYER, (rows // 4 + 1, cols // 4 + 1))[:rows, :cols] * np.where(inside, 3, 9)
    index = nearest_color(np.clip(crisp + bias[..., None], 0, 255).astype(np.uint8), palette)
    picture = paint_index(index, palette)
    # The dark line lies outside the subject, so that thin legs keep their colour.
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    rim = (cv2.dilate(inside.astype(np.uint8), cross) > 0) & ~inside
    owner = cv2.dilate(picture * inside[..., None].astype(np.uint8), cross)
    picture[rim] = (owner[rim].astype(np.float32) * 0.30).astype(np.uint8)
    out = np.empty((*sheet.shape, 4), np.uint8)
    out[..., :3] = _blocks(picture, cell, sheet.shape)
    solid = cv2.resize(sheet.alpha, (cols, rows), interpolation=cv2.INTER_AREA) > 110
    solid |= rim
    out[..., 3] = (
        _blocks((solid * 255).astype(np.uint8)[..., None], cell, sheet.shape)[..., 0]
        if sheet.transparent
        else 255
    )
    return out


def low_poly(sheet: Sheet, rng: np.random.Generator) -> Color3:
    """Triangles (Delaunay) whose corners crowd where the picture has detail, each in one colour."""
    h, w = sheet.work_shape
    points = _corners(sheet, rng)
    plane = cv2.Subdiv2D((-4 * w, -4 * h, 9 * w, 9 * h))
    plane.insert([(float(x), float(y)) for x, y in points])
    triangles = np.asarray(plane.getTriangleList(), np.float32).reshape(-1, 3, 2)
    inside = ((triangles >= -1) & (triangles <= (w + 1, h + 1))).all(axis=(1, 2))
    triangles = triangles[inside]
    calm = smooth(sheet.work, 2)
    probes = np.stack(
        [triangles.mean(axis=1), *(triangles.mean(axis=1) * 0.5 + triangles[:, k] * 0.5 for k in range(3))]
    )
    px = np.clip(probes[..., 0], 0, w - 1).astype(int)
    py = np.clip(probes[..., 1], 0, h - 1).astype(int)
    color = np.median(calm[py, px].astype(np.float32), axis=0)
    color = vivid(color.clip(0, 255).astype(np.uint8)[None], 1.22, 1.04)[0]
    edge = triangles[:, 1] - triangles[:, 0]
    lean = np.sin(np.arctan2(edge[:, 1], edge[:, 0]) * 2 + 0.6) * 0.045
    color = np.clip(color * (1 + lean)[:, None], 0, 255).astype(np.uint8)
    # Twice the working size and down again: triangles meet without seams and their edges are smooth.
    scale = max(1.0, sheet.unit / sheet.work_unit)
    canvas = np.asarray(sheet.rgb.copy(), np.uint8)
    shift = 4
    corners = np.round((triangles * scale) * (1 << shift)).astype(np.int32)
    for corner, paint in zip(corners, color.tolist(), strict=True):
        cv2.fillConvexPoly(canvas, corner, paint, cv2.LINE_AA, shift)
    return canvas


def _corners(sheet: Sheet, rng: np.random.Generator) -> NDArray[np.float32]:
    """(N, 2) points: many along edges and on the subject, few elsewhere, and the border."""
    h, w = sheet.work_shape
    unit = sheet.work_unit
    edges = contours(smooth(sheet.work, 2), None, 2.0, 14, 5.0)
    labels = np.asarray(cv2.resize(sheet.labels, (w, h), interpolation=cv2.INTER_NEAREST), np.int16)
    edges = np.maximum(edges, outline(labels, 2.0))
    area = max(1.0, h * w / unit**2)
    picked = []
    for weight, count in (
        (edges * (0.35 + sheet.work_subject) + 0.01, 1500),
        (sheet.work_subject + 0.02, 300),
        (np.ones((h, w), np.float32), 260),
    ):
        chance = np.cumsum(weight.ravel(), dtype=np.float64)
        hits = np.searchsorted(chance, rng.random(round(count * area)) * chance[-1])
        picked.append(np.column_stack([hits % w, hits // w]))
    # Corners on the outlines themselves make triangles end where things end.
    rims, _ = cv2.findContours((labels > 0).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    for rim in rims:
        picked.append(cv2.approxPolyDP(rim, unit * 0.0016, closed=True)[:, 0])
        picked.append(rim[:: max(3, round(unit * 0.016)), 0])
    steps = np.linspace(0, 1, 12)
    frame = [(a * (w - 1), b) for a in steps for b in (0.0, h - 1.0)] + [
        (b, a * (h - 1)) for a in steps for b in (0.0, w - 1.0)
    ]
    points = np.vstack([*picked[::-1], np.asarray(frame)]).astype(np.float32)
    # One point per small square keeps slivers away.
    pitch = unit * 0.007
    _, first = np.unique((points // pitch).astype(np.int64) @ np.asarray((1, 100_000)), return_index=True)
    return points[np.sort(first)]
