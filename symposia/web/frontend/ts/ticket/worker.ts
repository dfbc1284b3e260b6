// Keeps tickets that were opened on the phone, so that they open at the door without a network.
// The network is asked first: what is kept is shown only when it does not answer.
import { keepFiles, keptOr, type Fetching, type Scope } from "../offline/files";

interface TicketScope extends Scope {
  KEPT: { version: string; files: string[] };
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

export function startWorker(scope: TicketScope): void {
  const { version, files } = scope.KEPT;
  keepFiles(scope, PREFIX, version, files);

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

  scope.addEventListener("fetch", (event) => {
    const { request, respondWith } = event as Fetching;
    if (request.method !== "GET") return;
    if (request.mode === "navigate" && isTicket(request.url)) respondWith.call(event, ticket(request));
    else if (files.includes(new URL(request.url).pathname)) respondWith.call(event, keptOr(request));
  });
}
