// What somebody did without a network, as the office reads it and as the phone shows it.
import type { Entry } from "../offline/outbox";

export type Kind =
  | "invite"
  | "remind"
  | "check_in"
  | "walk_in"
  | "receipt"
  | "finish"
  | "decline"
  | "question"
  | "adverse_event";

/** A form of a receipt as it was filled in, and its photograph as base64. */
export interface Receipt {
  said: Record<string, string>;
  name: string;
  content: string;
}

export interface Written extends Entry {
  kind: Kind;
  person: string;
  at: string;
  activity: string;
  // For the eye alone: which activity, and who.
  where: string;
  who: string;
  clinicians: string[];
  registration: string;
  name: string;
  profession: string;
  email: string;
  receipt: Receipt | null;
  // Of a follow-up: which, and what was written in its form.
  follow_up: string;
  filled: Record<string, string>;
  // Where the office says that one can look at what became of it.
  href: string;
}
export interface Answered {
  event_uuid: string;
  done: boolean;
  said: string;
  href: string;
}

/** One entry as the office reads it. */
export function told(one: Written): Record<string, unknown> {
  return {
    event_uuid: one.event_uuid,
    kind: one.kind,
    at: one.at,
    activity: one.activity,
    clinicians: one.clinicians,
    registration: one.registration || null,
    name: one.name,
    profession: one.profession,
    email: one.email,
    receipt: one.receipt,
    follow_up: one.follow_up || null,
    filled: one.filled,
  };
}

/** How much of a request one entry takes: photographs travel one at a time. */
export function weight(one: Written): number {
  return one.receipt ? Infinity : 1;
}

/** The same entry with the office's answer beside it; what was told of people is not kept twice. */
export function heard(one: Written, answer: Answered): Written {
  return { ...one, receipt: null, filled: {}, heard: answer.done ? "kept" : "refused", reason: answer.said, href: answer.href };
}

/** How long ago something was, and in which word. */
export function ago(then: string, now: number): { word: "just" | "minutes" | "hours" | "days"; n: number } {
  const minutes = Math.max(0, Math.floor((now - Date.parse(then)) / 60_000));
  if (minutes < 2) return { word: "just", n: minutes };
  if (minutes < 60) return { word: "minutes", n: minutes };
  if (minutes < 48 * 60) return { word: "hours", n: Math.floor(minutes / 60) };
  return { word: "days", n: Math.floor(minutes / 1440) };
}

export type Filled = Omit<Written, keyof Entry | "person" | "at" | "href">;

/** Of each form of a follow-up its fields, all of which are to be filled in. */
const FIELDS: Partial<Record<Kind, string[]>> = {
  finish: ["way", "said"],
  decline: ["reason"],
  question: ["text"],
  adverse_event: ["product", "text"],
};

/** What a form says, read from its fields; `all` means whoever may be asked on this page. */
export function readForm(facts: DOMStringMap, fields: FormData, offered: string[]): Filled {
  const chosen = fields.getAll("clinician").flatMap((text) => String(text).split(","));
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  return {
    kind: facts.queue as Kind,
    activity: facts.activity ?? "",
    where: facts.where ?? "",
    who: facts.who || text("full_name") || [text("paid_to"), text("currency"), text("amount")].filter(Boolean).join(" "),
    clinicians: (text("scope") === "all" ? offered : chosen).filter(Boolean),
    registration: facts.registration ?? "",
    name: text("full_name"),
    profession: text("profession"),
    email: text("email"),
    receipt: null,
    follow_up: facts.followUp ?? "",
    filled: Object.fromEntries((FIELDS[facts.queue as Kind] ?? []).map((name) => [name, text(name)])),
  };
}

/** Why a form cannot be kept as it is: the word for it, or nothing. */
export function missing(filled: Filled): "" | "nobody" | "incomplete" {
  if (filled.kind === "invite" && !filled.clinicians.length) return "nobody";
  if (filled.kind === "receipt" && !isWhole(filled.receipt)) return "incomplete";
  if (!Object.values(filled.filled).every(Boolean)) return "incomplete";
  return filled.kind === "walk_in" && !filled.name ? "incomplete" : "";
}

function isWhole(receipt: Receipt | null): boolean {
  return !!receipt?.content && ["kind", "paid_to", "amount", "currency", "spent_on"].every((name) => receipt.said[name]);
}
