// What a device keeps of studying until the office has answered it.
import type { Entry } from "../offline/outbox";

export interface Studied extends Entry {
  kind: "heard" | "done";
  lesson: string;
  // Where it is told.
  to: string;
  at: string;
  seconds: number;
  place: number;
  watched_from: number | null;
  watched_to: number | null;
}
export interface Answered {
  event_uuid: string;
  done: boolean;
  said: string;
}
export interface Now {
  completed: boolean;
  percent: number;
  seconds: number;
  not_yet: string;
}

/** One entry as the office reads it. */
export function told(one: Studied): Record<string, unknown> {
  const { event_uuid, kind, at, seconds, place, watched_from, watched_to } = one;
  return { event_uuid, kind, at, seconds, place, watched_from, watched_to };
}

/** The same entry with the office's answer beside it. */
export function heard(one: Studied, answer: Answered): Studied {
  return { ...one, heard: answer.done ? "kept" : "refused", reason: answer.said };
}

/** Where somebody goes on: what this device kept last and has not told yet, else what is known. */
export function resumeAt(waiting: Studied[], lesson: string, known: number): number {
  const mine = waiting.filter((one) => one.lesson === lesson && one.kind === "heard");
  return mine.at(-1)?.place ?? known;
}
