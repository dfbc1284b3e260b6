// Keeps tickets that were opened on the phone, so that they open at the door without a network.
// The network is asked first: what is kept is shown only when it does not answer.
interface Kept {
  version: string;
  files: string[];
}
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope extends EventTarget {
  KEPT: Kept;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

const PREFIX = "ticket-files-";
export const TICKETS = "tickets";
// A ticket itself, not what is posted below it nor its calendar.
const TICKET = /^\/t\/[^/]+\/$/;

// The same ticket, whatever else the answer depends on.
const ANY = { ignoreVary: true, ignoreSearch: true };

export function isTicket(address: string): boolean {
  return TICKET.test(new URL(address).pathname);
}

/** What is done with an answer of the network: kept, forgotten because it is gone, or neither. */
export function verdictOn(status: number): "keep" | "forget" | "leave" {
  if (status === 200) return "keep";
  return status === 404 || status === 410 ? "forget" : "leave";
}

export function startWorker(scope: Scope): void {
  const { version, files } = scope.KEPT;
  const name = PREFIX + version;

  async function fill(): Promise<void> {
    await (await caches.open(name)).addAll(files);
    await scope.skipWaiting();
  }

  async function clear(): Promise<void> {
    const names = await caches.keys();
    await Promise.all(names.filter((each) => each.startsWith(PREFIX) && each !== name).map((each) => caches.delete(each)));
    await scope.clients.claim();
  }

  async function ticket(request: Request): Promise<Response> {
    const tickets = await caches.open(TICKETS);
    const { pathname } = new URL(request.url);
    try {
      const answer = await fetch(request);
      const verdict = verdictOn(answer.status);
      if (verdict === "keep") await tickets.put(pathname, answer.clone());
      if (verdict === "forget") await tickets.delete(pathname);
      if (answer.status < 500) return answer;
      return (await tickets.match(pathname, ANY)) ?? answer;
    } catch (error) {
      const kept = await tickets.match(pathname, ANY);
      if (kept) return kept;
      throw error;
    }
  }

  async function file(request: Request): Promise<Response> {
    return (await caches.match(request)) ?? fetch(request);
  }

  scope.addEventListener("install", (event) => (event as Extendable).waitUntil(fill()));
  scope.addEventListener("activate", (event) => (event as Extendable).waitUntil(clear()));
  scope.addEventListener("fetch", (event) => {
    const { request, respondWith } = event as Fetching;
    if (request.method !== "GET") return;
    if (request.mode === "navigate" && isTicket(request.url)) respondWith.call(event, ticket(request));
    else if (files.includes(new URL(request.url).pathname)) respondWith.call(event, file(request));
  });
}
