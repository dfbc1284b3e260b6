// Files of an app and one page of it, kept on the phone under one version.
export interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
export interface Fetching extends Extendable {
  request: Request;
  resultingClientId: string;
  respondWith(answer: Promise<Response>): void;
}
export interface Scope extends EventTarget {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void>; get(id: string): Promise<{ postMessage(said: unknown): void } | undefined> };
}

/** Keep these as soon as the worker is there; what an older version kept is thrown away. */
export function keepFiles(scope: Scope, prefix: string, version: string, addresses: string[]): void {
  const name = prefix + version;

  async function fill(): Promise<void> {
    const cache = await caches.open(name);
    await cache.addAll(addresses.map((each) => new Request(each, { cache: "reload" })));
    await scope.skipWaiting();
  }

  async function clear(): Promise<void> {
    const names = await caches.keys();
    await Promise.all(names.filter((each) => each.startsWith(prefix) && each !== name).map((each) => caches.delete(each)));
    await scope.clients.claim();
  }

  scope.addEventListener("install", (event) => (event as Extendable).waitUntil(fill()));
  scope.addEventListener("activate", (event) => (event as Extendable).waitUntil(clear()));
}

/** What is kept of an address, or else the network. */
export async function keptOr(request: Request, kept: Request | string = request): Promise<Response> {
  return (await caches.match(kept)) ?? fetch(request);
}
