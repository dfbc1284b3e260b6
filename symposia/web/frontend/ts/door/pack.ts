// The list that a phone takes along: whom it knows, and how it finds them without a network.
export interface Known {
  ref: string;
  tickets: string[];
  code: string;
  name: string;
  credential: string;
  institution: string;
  state: string;
  seats: string[];
  needs: string[];
  event: string;
  since: string;
  door: string;
  by: string;
}
export interface Slot {
  id: string;
  title: string;
  room: string;
  starts_at: string;
  ends_at: string;
  // Whether it has places of its own, which people chose.
  chosen?: boolean;
}
export interface Pack {
  activity: string;
  number: string;
  zone: string;
  door: string;
  holder: string;
  direction: "in" | "out" | "both";
  mode: "standard" | "express";
  session: string;
  expires_at: string;
  // From when a reading counts; nothing without an agenda.
  opens_at: string;
  salt: string;
  keys: Record<string, string>;
  sessions: Slot[];
  people: Known[];
}
export interface KeptPack {
  version: string;
  at: string;
  // The talk with the office that brought it: what was heard before is part of it.
  round: number;
  pack: Pack;
}

const SHORT = 24;
const MOST_FOUND = 30;

/** What is compared instead of a ticket or a code; the office makes the same. */
export async function hashed(salt: string, text: string): Promise<string> {
  const said = text.replace(/\s+/g, "").toUpperCase();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${salt}:${said}`));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, SHORT);
}

/** Words as people type them: no accents, no capitals, no hyphens. */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").toLocaleLowerCase("en").trim();
}

/** What a door reads before it opens is kept and counts for nobody, here and at the office. */
export function isTrial(pack: Pack, at: string | Date): boolean {
  return Boolean(pack.opens_at) && new Date(at) < new Date(pack.opens_at);
}

/** The people of a pack, found by ticket, by typed code, by reference or by name. */
export class Book {
  private readonly byHash = new Map<string, Known>();
  private readonly byRef = new Map<string, Known>();
  private readonly names: [string, Known][] = [];

  constructor(readonly pack: Pack) {
    for (const one of pack.people) {
      for (const ticket of one.tickets) this.byHash.set(ticket, one);
      this.byHash.set(one.code, one);
      this.byRef.set(one.ref, one);
      this.names.push([` ${plain(one.name)}`, one]);
    }
  }

  async read(text: string): Promise<Known | undefined> {
    return this.byHash.get(await hashed(this.pack.salt, text));
  }

  of(ref: string): Known | undefined {
    return this.byRef.get(ref);
  }

  /** Whether a reading at this moment is before the door opens: a trial of the phone. */
  isTrial(at: string | Date): boolean {
    return isTrial(this.pack, at);
  }

  get expected(): number {
    return this.pack.people.filter((one) => one.state === "confirmed").length;
  }

  /** Whoever has a name that begins so; three letters at least. */
  search(text: string): Known[] {
    const wanted = plain(text);
    if (wanted.length < 3) return [];
    return this.names.filter(([name]) => name.includes(` ${wanted}`)).slice(0, MOST_FOUND).map(([, one]) => one);
  }

  session(id: string): Slot | undefined {
    return this.pack.sessions.find((one) => one.id === id);
  }
}
