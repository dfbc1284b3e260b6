// The verdict of the door: decided on the phone, from the list and from what it saw.
import type { Presence } from "./inside";
import type { Book, Known } from "./pack";

export interface Verdict {
  look: "in" | "again" | "desk";
  title: string;
  reason: string;
  known: Known | undefined;
  name: string;
  before: Presence | undefined;
  // Where the person has a seat instead.
  seat: string;
  // Whether it is an observation of somebody at the door, or only a ticket that was read.
  counts: boolean;
}

/** What the door does with somebody who comes in or goes out. */
export function decide(book: Book, known: Known | undefined, kind: "in" | "out", before: Presence | undefined, at: Date): Verdict {
  const said: Verdict = { look: "desk", title: "desk", reason: "", known, name: known?.name ?? "", before: undefined, seat: "", counts: false };
  if (!known) return { ...said, reason: "unknown" };
  if (known.state !== "confirmed") return { ...said, reason: known.state };
  if (book.isTrial(at)) return { ...said, title: "not_yet", reason: "door_not_yet", counts: true };
  const { session } = book.pack;
  if (kind === "in" && book.session(session)?.chosen && !known.seats.includes(session)) {
    const seat = known.seats[0] ?? "";
    return { ...said, title: "moved", reason: seat ? "seat_in" : "no_seat", seat };
  }
  if (kind === "in" && before) return { ...said, look: "again", title: "again", before, counts: true };
  if (kind === "out" && !before) return { ...said, look: "again", title: "not_inside", counts: true };
  return { ...said, look: "in", title: kind, counts: true };
}
