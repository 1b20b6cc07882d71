import type { Candidate, Desk } from "./desk";
import { TILE, type TileView } from "./engine/board";
import { type Pixels, type Rect, union } from "./engine/geometry";
import { rectOfFloating } from "./floating";

/** More device pixels than this nobody sees, and every one is drawn. */
const MOST_DENSITY = 2;
/** Share of the original that shines through what is erased. */
const GHOST = 0.3;
/** From here on pixels are squares. */
const SQUARES_FROM = 2;
const KEPT_TILES = 512;

/** How erased pixels look: not at all, faintly, or as if they were not. */
type Mode = "masked" | "ghost" | "plain";

interface Drawn {
  canvas: HTMLCanvasElement;
  version: number;
  mode: Mode;
}

/** Draws the board onto a canvas, as little as possible at a time. Where nothing is, the canvas is clear. */
export class View {
  #context: CanvasRenderingContext2D;
  #tiles = new Map<string, Drawn>();
  #scratch = new ImageData(TILE, TILE);
  #dirty: Rect | null = null;
  #seen: readonly unknown[] = [];
  #scheduled = 0;
  /** Of pictures over the board. */
  #canvases = new WeakMap<Pixels, HTMLCanvasElement>();
  #stops: (() => void)[];

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly desk: Desk,
  ) {
    this.#context = contextOf(canvas);
    this.#stops = [
      desk.board.subscribe((dirty) => {
        this.#dirty = union(this.#dirty, dirty);
        this.#schedule();
      }),
      desk.subscribe(() => this.#schedule()),
    ];
    this.#schedule();
  }

  close(): void {
    for (const stop of this.#stops) stop();
    cancelAnimationFrame(this.#scheduled);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = requestAnimationFrame(() => {
      this.#scheduled = 0;
      this.#draw();
    });
  }

  get #mode(): Mode {
    const { comparing, wipe, busy, tool, floating } = this.desk.look;
    if (comparing || wipe !== null) return "plain";
    const erasing = busy && !floating && tool !== "frame" && tool !== "hand";
    return erasing || tool === "restore" ? "ghost" : "masked";
  }

  #draw(): void {
    const { camera, stage, wipe, comparing, candidate, floating } = this.desk.look;
    const mode = this.#mode;
    const seen = [camera, stage, wipe, comparing, mode, candidate, floating, devicePixelRatio];
    const all = seen.some((one, at) => one !== this.#seen[at]) || this.#seen.length === 0;
    this.#seen = seen;
    const dirty = this.#dirty;
    this.#dirty = null;
    if (!all && !dirty) return;
    const density = Math.min(devicePixelRatio, MOST_DENSITY);
    if (all) this.#size(density);
    const scale = camera.zoom * density;
    const put = (rect: Rect): Rect => {
      // Edges on whole device pixels: no seams between tiles.
      const x = Math.round((rect.x - camera.x) * scale);
      const y = Math.round((rect.y - camera.y) * scale);
      return {
        x,
        y,
        width: Math.round((rect.x + rect.width - camera.x) * scale) - x,
        height: Math.round((rect.y + rect.height - camera.y) * scale) - y,
      };
    };
    const region = all || !dirty ? this.#whole : grown(put(dirty), Math.ceil(scale) + 1);
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(region.x, region.y, region.width, region.height);
    context.clip();
    context.clearRect(region.x, region.y, region.width, region.height);
    context.imageSmoothingEnabled = scale < SQUARES_FROM;
    context.imageSmoothingQuality = scale < 0.5 ? "medium" : "low";
    for (const tile of this.desk.board.tiles(worldOf(region, camera, scale))) {
      const to = put({ x: tile.x, y: tile.y, width: TILE, height: TILE });
      context.drawImage(this.#tile(tile, mode), to.x, to.y, to.width, to.height);
    }
    if (candidate && !comparing) this.#drawCandidate(candidate, put, wipe ?? 0);
    if (floating) {
      const to = put(rectOfFloating(floating));
      context.drawImage(this.#canvasOf(floating.pixels), to.x, to.y, to.width, to.height);
    }
    context.restore();
    if (all) this.#forget();
  }

  /** All of a candidate but the share on its left that a slider keeps for the original. */
  #drawCandidate({ frame, pixels }: Candidate, put: (rect: Rect) => Rect, wipe: number): void {
    const left = Math.round(frame.side * wipe);
    const width = frame.side - left;
    if (width === 0) return;
    const to = put({ x: frame.x + left, y: frame.y, width, height: frame.side });
    this.#context.clearRect(to.x, to.y, to.width, to.height);
    const canvas = this.#canvasOf(pixels);
    this.#context.drawImage(canvas, left, 0, width, frame.side, to.x, to.y, to.width, to.height);
  }

  #canvasOf(pixels: Pixels): HTMLCanvasElement {
    const canvas = this.#canvases.get(pixels) ?? canvasOf(pixels);
    this.#canvases.set(pixels, canvas);
    return canvas;
  }

  get #whole(): Rect {
    return { x: 0, y: 0, width: this.canvas.width, height: this.canvas.height };
  }

  /** As many device pixels as the stage has. */
  #size(density: number): void {
    const { stage } = this.desk.look;
    const width = Math.round(stage.width * density);
    const height = Math.round(stage.height * density);
    if (this.canvas.width === width && this.canvas.height === height) return;
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.style.width = `${width / density}px`;
    this.canvas.style.height = `${height / density}px`;
  }

  /** A tile as a canvas, painted again only when it has changed. */
  #tile(tile: TileView, mode: Mode): HTMLCanvasElement {
    const shown = tile.erased ? mode : "plain";
    const known = this.#tiles.get(tile.key);
    if (known?.version === tile.version && known.mode === shown) return known.canvas;
    const canvas = known?.canvas ?? newCanvas(TILE, TILE);
    contextOf(canvas).putImageData(this.#paint(tile, shown), 0, 0);
    this.#tiles.set(tile.key, { canvas, version: tile.version, mode: shown });
    return canvas;
  }

  #paint({ pixels, erased }: TileView, mode: Mode): ImageData {
    if (!erased || mode === "plain") {
      this.#scratch.data.set(pixels.data);
      return this.#scratch;
    }
    const from = new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, TILE * TILE);
    const to = new Uint32Array(this.#scratch.data.buffer);
    const share = mode === "ghost" ? GHOST : 0;
    for (let at = 0; at < to.length; at++) {
      const pixel = from[at] ?? 0;
      // Alpha is the highest byte: all machines with a browser are little-endian.
      to[at] = erased[at] ? (pixel & 0xffffff) | (((pixel >>> 24) * share) << 24) : pixel;
    }
    return this.#scratch;
  }

  /** Of many tiles, only those that lie on the board are kept. */
  #forget(): void {
    if (this.#tiles.size <= KEPT_TILES) return;
    const bounds = this.desk.board.bounds();
    const there = new Set(bounds ? this.desk.board.tiles(bounds).map((one) => one.key) : []);
    for (const key of this.#tiles.keys()) if (!there.has(key)) this.#tiles.delete(key);
  }
}

function worldOf(region: Rect, camera: { x: number; y: number }, scale: number): Rect {
  const x = Math.floor(camera.x + region.x / scale);
  const y = Math.floor(camera.y + region.y / scale);
  return {
    x,
    y,
    width: Math.ceil(camera.x + (region.x + region.width) / scale) - x,
    height: Math.ceil(camera.y + (region.y + region.height) / scale) - y,
  };
}

function grown(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by };
}

function newCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2d canvas");
  return context;
}

/** Pixels as a canvas: for looking at only, since canvases do not give back what was put in. */
export function canvasOf({ width, height, data }: Pixels): HTMLCanvasElement {
  const canvas = newCanvas(width, height);
  contextOf(canvas).putImageData(new ImageData(data, width, height), 0, 0);
  return canvas;
}
