import { readUsage } from "../api/client";
import { ApiFault } from "../api/errors";
import { EVENTS, type JobEvent } from "../api/types";

export type Link = "connecting" | "online" | "offline" | "locked";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/**
 * Listens to all jobs over one EventSource and keeps trying: a browser gives up for good on any answer but
 * 200, and cannot say which one it was, so a plain request asks what is the matter.
 */
export class Listener {
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST_WAIT;

  constructor(
    private readonly onEvent: (event: JobEvent) => void,
    private readonly onLink: (link: Link) => void,
  ) {}

  open(): void {
    this.close();
    const source = new EventSource("/v1/jobs/events");
    this.#source = source;
    source.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.onLink("online");
    };
    source.onerror = () => void this.#lost();
    for (const what of EVENTS) {
      source.addEventListener(what, (message: MessageEvent<string>) => {
        this.onEvent({ ...(JSON.parse(message.data) as object), what } as JobEvent);
      });
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  /** Try at once: the browser says that the network is back, or somebody signed in. */
  hurry(): void {
    this.#wait = FIRST_WAIT;
    this.open();
  }

  async #lost(): Promise<void> {
    this.close();
    let link: Link = "connecting";
    try {
      await readUsage();
    } catch (error) {
      link = error instanceof ApiFault && error.fault === "locked" ? "locked" : "offline";
    }
    if (this.#source) return; // somebody hurried meanwhile
    this.onLink(link);
    if (link === "locked") return;
    this.#timer = setTimeout(() => this.open(), this.#wait);
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
  }
}
