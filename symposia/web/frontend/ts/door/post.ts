// The post of this phone: what it knows, what it saw, and its talk with the office.
import { languageOfDates } from "../language";
import { Refused } from "../offline/ask";
import { BATCH, Outbox } from "../offline/outbox";
import type { Store } from "../offline/store";
import { Clock, type Heard } from "./clock";
import { heard, told, undoable, type Kind, type Seen, type Stranger } from "./events";
import { apply, insideOf, instant, type Presence } from "./inside";
import { Office, type Device } from "./office";
import { Book, type KeptPack, type Known } from "./pack";
import { isOurs } from "./ticket";
import { decide, type Verdict } from "./verdict";

export class Post {
  book: Book;
  inside: Map<string, Presence>;
  lastHeard = Date.now();
  failures = 0;
  battery: number | null = null;
  private talking: Promise<void> | null = null;

  private constructor(
    private readonly store: Store,
    private readonly office: Office,
    readonly device: Device,
    public kept: KeptPack,
    readonly clock: Clock,
    private readonly outbox: Outbox<Seen>,
  ) {
    this.book = new Book(kept.pack);
    this.inside = insideOf(kept, outbox.entries);
  }

  /** The post that this phone holds already, if it holds one. */
  static async resume(store: Store, office: Office): Promise<Post | null> {
    const [device, kept, clock] = await Promise.all([store.get<Device>("device"), store.get<KeptPack>("pack"), store.get<Heard>("clock")]);
    if (!device || !kept) return null;
    return new Post(store, office, device, kept, new Clock(clock ?? null), await Outbox.open<Seen>(store));
  }

  /** Take up a post by a pairing code: the key first, then the list. */
  static async takeUp(store: Store, office: Office, code: string): Promise<Post> {
    const secret = (await store.get<string>("secret")) ?? newSecret();
    await store.put("secret", secret);
    const clock = new Clock(null);
    const asked = clock.steady();
    const { server_time, ...device } = await office.pair(code, secret);
    await store.put("clock", clock.heard(server_time, asked));
    await store.put("device", device);
    const found = await office.pack(device, "");
    if (!found) throw new Error("The office sent no list");
    const kept = { ...found, at: clock.now().toISOString(), round: 0 };
    await store.put("pack", kept);
    return new Post(store, office, device, kept, clock, await Outbox.open<Seen>(store));
  }

  get events(): Seen[] {
    return this.outbox.entries;
  }

  get waiting(): Seen[] {
    return this.outbox.waiting;
  }

  get refused(): Seen[] {
    return this.outbox.refused;
  }

  private get nextRound(): number {
    return this.events.reduce((most, one) => Math.max(most, one.round), this.kept.round) + 1;
  }

  get last(): Seen | undefined {
    return undoable(this.events);
  }

  /** Read a ticket or a typed code. */
  async read(text: string, kind: "in" | "out", source: Seen["source"]): Promise<Verdict> {
    const known = await this.book.read(text);
    const said = await this.see(known, kind, source);
    return !known && (await isOurs(text, this.kept.pack.keys)) ? { ...said, reason: "ours" } : said;
  }

  /** Decide, keep what was seen, and only then say it. */
  async see(known: Known | undefined, kind: "in" | "out", source: Seen["source"]): Promise<Verdict> {
    const said = decide(this.book, known, kind, known && this.inside.get(known.ref), this.clock.now());
    if (!known || !said.counts) return said;
    await this.keep(this.seen(kind, source, { ref: known.ref }));
    return said;
  }

  /** Let in somebody who is on no list; who it is, is found out later. */
  async letIn(stranger: Stranger): Promise<Verdict> {
    await this.keep(this.seen("walk_in", "desk", { stranger }));
    const isEarly = this.book.isTrial(this.clock.now());
    const shown = isEarly ? { look: "desk", title: "not_yet", reason: "door_not_yet" } as const : { look: "in", title: "in", reason: "" } as const;
    return { ...shown, known: undefined, before: undefined, seat: "", counts: true, name: stranger.name };
  }

  /** Take an own observation back. */
  async undo(one: Seen): Promise<void> {
    await this.keep(this.seen("undo", "desk", { ref: one.ref, stranger: one.stranger, undoes: one.event_uuid, session: one.session }));
    this.inside = insideOf(this.kept, this.events);
  }

  private seen(kind: Kind, source: Seen["source"], more: Partial<Seen>): Seen {
    return {
      seq: this.outbox.nextSeq,
      event_uuid: crypto.randomUUID(),
      kind,
      source,
      device_time: new Date().toISOString(),
      behind: this.clock.seconds,
      ref: "",
      stranger: null,
      code: "",
      session: this.kept.pack.session,
      undoes: "",
      heard: "",
      round: 0,
      reason: "",
      ...more,
    };
  }

  private async keep(one: Seen): Promise<void> {
    await this.outbox.keep(one);
    if (one.kind !== "undo") apply(this.inside, one, this.kept);
  }

  /** Talk with the office, once at a time. Raises Refused when the phone's work was ended. */
  talk(): Promise<void> {
    this.talking ??= this.talkNow().finally(() => (this.talking = null));
    return this.talking;
  }

  private async talkNow(): Promise<void> {
    try {
      do await this.send(this.waiting.slice(0, BATCH));
      while (this.waiting.length);
      await this.load();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      throw error;
    }
  }

  private async send(batch: Seen[]): Promise<void> {
    const asked = this.clock.steady();
    const answer = await this.office.sync(this.device, {
      sent_at: new Date().toISOString(),
      seen: batch.map(told),
      pending: this.waiting.length - batch.length,
      refused: this.refused.length,
      people: this.kept.pack.people.length,
      pack_at: this.kept.at,
      battery: this.battery,
    });
    await this.store.put("clock", this.clock.heard(answer.server_time, asked));
    const round = this.nextRound;
    const answers = new Map(answer.answers.map((one) => [one.event_uuid, one]));
    const settled = batch.flatMap((one) => {
      const said = answers.get(one.event_uuid);
      return said ? [heard(one, said, round)] : [];
    });
    if (batch.length && !settled.length) throw new Error("The office answered none of them");
    await this.outbox.settle(settled);
    this.lastHeard = Date.now();
  }

  /** The newest list; what was seen here since stays true. */
  async load(): Promise<void> {
    const round = this.nextRound;
    const found = await this.office.pack(this.device, this.kept.version);
    this.kept = { ...this.kept, ...found, at: this.clock.now().toISOString(), round };
    if (found) {
      await this.store.put("pack", this.kept);
      this.book = new Book(found.pack);
    }
    this.inside = insideOf(this.kept, this.events);
  }

  /** Give the post up: the office is told if it can be, and nothing stays on the phone. */
  async end(): Promise<void> {
    await this.office.farewell(this.device).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
    await this.store.wipe();
  }

  /** Nothing stays on the phone; how many scans went with it unsent. */
  async wipe(): Promise<number> {
    const unsent = this.waiting.length;
    await this.store.wipe();
    return unsent;
  }

  /** When the last observation was made, on the clock of the venue. */
  clockOf(one: Seen): string {
    return this.clockAt(instant(one));
  }

  dayAt(moment: string): string {
    return new Date(moment).toLocaleDateString(languageOfDates(), { weekday: "short", day: "numeric", month: "short", timeZone: this.kept.pack.zone });
  }

  clockAt(moment: string): string {
    return new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.kept.pack.zone });
  }
}

function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/[+/_]/g, "-").replace(/=/g, "");
}
