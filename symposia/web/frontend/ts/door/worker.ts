// Keeps the app's page and files on the phone, under one version; it touches nothing else.
interface Kept {
  version: string;
  page: string;
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

const PREFIX = "door-";

export function startWorker(scope: Scope): void {
  const { version, page, files } = scope.KEPT;
  const name = PREFIX + version;

  async function fill(): Promise<void> {
    const cache = await caches.open(name);
    await cache.addAll([page, ...files].map((each) => new Request(each, { cache: "reload" })));
    await scope.skipWaiting();
  }

  async function clear(): Promise<void> {
    const names = await caches.keys();
    await Promise.all(names.filter((each) => each.startsWith(PREFIX) && each !== name).map((each) => caches.delete(each)));
    await scope.clients.claim();
  }

  async function answer(request: Request): Promise<Response> {
    const isPage = request.mode === "navigate";
    const kept = await caches.match(isPage ? page : request);
    return kept ?? fetch(request);
  }

  scope.addEventListener("install", (event) => (event as Extendable).waitUntil(fill()));
  scope.addEventListener("activate", (event) => (event as Extendable).waitUntil(clear()));
  scope.addEventListener("fetch", (event) => {
    const { request, respondWith } = event as Fetching;
    const { pathname } = new URL(request.url);
    if (request.method === "GET" && (pathname === page || files.includes(pathname))) respondWith.call(event, answer(request));
  });
}
