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
    try {
      const answer = await (kept ? within(PATIENCE, fetch(event.request)) : fetch(event.request));
      event.waitUntil(note(path, answer.clone()));
      return answer;
    } catch {
      if (kept) return shown(marked(kept), kept.policy);
      return (await caches.match(alone)) ?? Response.error();
    }
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

function within(patience: number, work: Promise<Response>): Promise<Response> {
  const end = new Promise<never>((_answer, fail) => setTimeout(() => fail(new Error("No answer in time")), patience));
  return Promise.race([work, end]);
}

function shown(text: string, policy: string): Response {
  const headers: Record<string, string> = { "Content-Type": "text/html; charset=utf-8" };
  if (policy) headers["Content-Security-Policy"] = policy;
  return new Response(text, { headers });
}
