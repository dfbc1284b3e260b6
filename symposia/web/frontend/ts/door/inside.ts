// Who is inside, as far as this phone knows: the list as it was loaded, and what it saw since.
import type { Seen } from "./events";
import { isTrial, type KeptPack, type Known } from "./pack";

export interface Presence {
  event: string;
  since: string;
  door: string;
  by: string;
}

/** What is true of each person now; the phone's own word counts where the list cannot know it. */
export function insideOf(kept: KeptPack, events: Iterable<Seen>): Map<string, Presence> {
  const all = [...events].filter((one) => one.heard !== "refused").sort((a, b) => a.seq - b.seq);
  const gone = new Set(all.map((one) => one.undoes).filter(Boolean));
  const inside = new Map<string, Presence>();
  for (const one of kept.pack.people) {
    if (one.since && !gone.has(one.event)) inside.set(one.ref, presenceIn(one));
  }
  for (const one of all) {
    const isOld = one.heard === "kept" && one.round <= kept.round;
    if (one.kind !== "undo" && one.ref && !isOld && !gone.has(one.event_uuid)) apply(inside, one, kept);
  }
  return inside;
}

/** One more observation, for what is known already. */
export function apply(inside: Map<string, Presence>, one: Seen, kept: KeptPack): void {
  if (isTrial(kept.pack, instant(one))) return;
  if (one.kind === "out") inside.delete(one.ref);
  else if (!inside.has(one.ref)) inside.set(one.ref, { event: one.event_uuid, since: instant(one), door: kept.pack.door, by: kept.pack.holder });
}

function presenceIn({ event, since, door, by }: Known): Presence {
  return { event, since, door, by };
}

/** When it was seen by the clock of the office. */
export function instant(one: Seen): string {
  return new Date(Date.parse(one.device_time) + (one.behind ?? 0) * 1000).toISOString();
}
