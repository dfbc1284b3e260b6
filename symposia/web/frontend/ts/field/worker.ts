// Pages of the field come from the network, or from what this phone kept of them; files are kept.
import { keepFiles, keptOr, type Fetching, type Scope } from "../offline/files";
import { forgetPages, keepPage, keptPage, marked } from "./pages";

interface FieldScope extends Scope {
  KEPT: { version: string; page: string; files: string[]; scope: string };
}

// A phone in a lift: after so long the kept page is better than none.
const PATIENCE = 5_000;

export function startWorker(worker: FieldScope): void {
  const { version, page: alone, files, scope } = worker.KEPT;
  keepFiles(worker, "field-", version, [alone, ...files]);

  async function page(event: Fetching, path: string): Promise<Response> {
    const kept = await keptPage(path).catch(() => undefined);
    const fetched = fetch(event.request);
    try {
      const answer = await (kept ? within(PATIENCE, fetched) : fetched);
      event.waitUntil(note(path, answer.clone()));
      return answer;
    } catch (problem) {
      if (!kept) return (await caches.match(alone)) ?? Response.error();
      const isSlow = problem instanceof TooSlow;
      if (isSlow) event.waitUntil(late(event, path, fetched).catch(() => undefined));
      return shown(marked(kept, isSlow), kept.policy);
    }
  }

  /** The answer that came after its page was shown as it was kept: kept too, and the page told. */
  async function late(event: Fetching, path: string, fetched: Promise<Response>): Promise<void> {
    const answer = await fetched;
    await note(path, answer);
    if (answer.ok || answer.type === "opaqueredirect") (await worker.clients.get(event.resultingClientId))?.postMessage({ came: path });
  }

  worker.addEventListener("fetch", (event) => {
    const fetching = event as Fetching;
    const { request, respondWith } = fetching;
    const { pathname, search } = new URL(request.url);
    if (request.method !== "GET") return;
    if (files.includes(pathname)) respondWith.call(event, keptOr(request));
    else if (request.mode === "navigate" && pathname.startsWith(scope)) respondWith.call(event, page(fetching, pathname + search));
  });
}

/** What an answer means for what is kept: a page to keep, or that nobody is signed in any more. */
async function note(path: string, answer: Response): Promise<void> {
  if (answer.type === "opaqueredirect") await forgetPages();
  else if (answer.ok) await keepPage(path, answer);
}

class TooSlow extends Error {}

function within(patience: number, work: Promise<Response>): Promise<Response> {
  const end = new Promise<never>((_answer, fail) => setTimeout(() => fail(new TooSlow("No answer in time")), patience));
  return Promise.race([work, end]);
}

function shown(text: string, policy: string): Response {
  const headers: Record<string, string> = { "Content-Type": "text/html; charset=utf-8" };
  if (policy) headers["Content-Security-Policy"] = policy;
  return new Response(text, { headers });
}
