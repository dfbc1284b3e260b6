// When to send, and what to say of it.
const FIRST = 4_000;
const LONGEST = 120_000;
const SILENT = 5 * 60_000;

/** How long to wait after so many failures in a row, spread so that phones do not come together. */
export function pause(failures: number, random: number): number {
  if (!failures) return 15_000;
  return Math.round(Math.min(FIRST * 2 ** (failures - 1), LONGEST) * (0.75 + random / 2));
}

export interface Standing {
  tone: "ok" | "warn" | "stop";
  word: "synced" | "to_sync" | "offline" | "silent";
  n: number;
}

/** What the pill says: green, amber, and red after five minutes without an answer. */
export function standing(waiting: number, lastHeard: number, now: number, online: boolean): Standing {
  const silent = now - lastHeard;
  if (waiting && silent > SILENT) return { tone: "stop", word: "silent", n: Math.floor(silent / 60_000) };
  if (!online) return { tone: "warn", word: "offline", n: waiting };
  return waiting ? { tone: "warn", word: "to_sync", n: waiting } : { tone: "ok", word: "synced", n: 0 };
}
