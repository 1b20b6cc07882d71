/** What is told to other tabs: that this one opened a draft, that it has it open, that it goes on with it from here. */
export type Told = "opened" | "here" | "taken";

interface Message {
  id: string;
  what: Told;
}

/** The tabs of one browser that show the same draft, so that one at a time changes it. */
export class Tabs {
  readonly #channel = new BroadcastChannel("egaku-drafts");

  constructor(
    private readonly id: string,
    heard: (what: Told) => void,
  ) {
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.id === id) heard(data.what);
    };
  }

  tell(what: Told): void {
    this.#channel.postMessage({ id: this.id, what } satisfies Message);
  }

  close(): void {
    this.#channel.close();
  }
}
