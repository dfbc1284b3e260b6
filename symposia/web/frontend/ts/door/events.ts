// What the phone saw: kept before anything is shown, sent when there is a network.
import type { Entry } from "../offline/outbox";

export type Kind = "in" | "out" | "walk_in" | "undo";
export interface Stranger {
  name: string;
  profession: string;
  institution: string;
  number: string;
}
export interface Seen extends Entry {
  kind: Kind;
  source: "scan" | "typed" | "desk";
  device_time: string;
  // Seconds that the phone's clock was behind, as well as it knew.
  behind: number | null;
  ref: string;
  // Of a walk-in: what they say of themselves.
  stranger: Stranger | null;
  code: string;
  session: string;
  undoes: string;
  // In which talk the office answered.
  round: number;
}
export interface Answered {
  event_uuid: string;
  code: string;
  reason: string;
}

/** One observation as the office reads it. */
export function told(one: Seen): Record<string, unknown> {
  return {
    event_uuid: one.event_uuid,
    sequence: one.seq,
    kind: one.kind,
    source: one.source,
    device_time: one.device_time,
    behind: one.behind,
    registration: one.ref || null,
    stranger: one.stranger,
    code: one.ref ? "" : one.code,
    session: one.session || null,
    undoes: one.undoes || null,
  };
}

/** The same observation with the office's answer beside it. */
export function heard(one: Seen, answer: Answered, round: number): Seen {
  return { ...one, heard: answer.code ? "refused" : "kept", round, reason: answer.reason };
}

/** The last that can still be taken back: undoing needs no network. */
export function undoable(events: Iterable<Seen>): Seen | undefined {
  const all = [...events];
  const gone = new Set(all.map((one) => one.undoes));
  return all.filter((one) => one.kind !== "undo" && !gone.has(one.event_uuid) && one.heard !== "refused").sort((a, b) => b.seq - a.seq)[0];
}
