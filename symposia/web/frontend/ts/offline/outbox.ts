// What somebody did on a phone: kept on the disk first, told when there is a network.
import type { Store } from "./store";

export interface Entry {
  seq: number;
  event_uuid: string;
  // What the office answered; nothing before it did.
  heard: "" | "kept" | "refused";
  reason: string;
}

export const BATCH = 50;

/** Entries in their order, several to a request: as many as its weight allows, and at least one. */
export function batches<E>(entries: E[], weight: (one: E) => number, most = BATCH): E[][] {
  const found: E[][] = [];
  let left = 0;
  for (const one of entries) {
    if (weight(one) > left) {
      found.push([]);
      left = most;
    }
    found[found.length - 1]?.push(one);
    left -= weight(one);
  }
  return found;
}

/** The oldest that the office has not answered yet. */
export function waiting<E extends Entry>(entries: Iterable<E>): E[] {
  return [...entries].filter((one) => !one.heard).sort((a, b) => a.seq - b.seq);
}

export class Outbox<E extends Entry> {
  private constructor(
    private readonly store: Store,
    public entries: E[],
  ) {}

  static async open<E extends Entry>(store: Store): Promise<Outbox<E>> {
    return new Outbox<E>(store, await store.events<E>());
  }

  get waiting(): E[] {
    return waiting(this.entries);
  }

  get refused(): E[] {
    return this.entries.filter((one) => one.heard === "refused");
  }

  get nextSeq(): number {
    return this.entries.reduce((most, one) => Math.max(most, one.seq), 0) + 1;
  }

  /** It is on the disk when this is done. */
  async keep(one: E): Promise<void> {
    await this.store.keep([one]);
    this.entries.push(one);
  }

  /** The same entries with the office's answers beside them. */
  async settle(settled: E[]): Promise<void> {
    if (settled.length) await this.store.keep(settled);
    const fresh = new Map(settled.map((one) => [one.event_uuid, one]));
    this.entries = this.entries.map((one) => fresh.get(one.event_uuid) ?? one);
  }

  /** Forget one: taken back before it was told, or read after it was answered. */
  async drop(one: E): Promise<void> {
    await this.store.drop(one.event_uuid);
    this.entries = this.entries.filter((each) => each.event_uuid !== one.event_uuid);
  }
}
