// Keeps the app's page and files on the phone, under one version; it touches nothing else.
import { keepFiles, keptOr, type Fetching, type Scope } from "../offline/files";

interface DoorScope extends Scope {
  KEPT: { version: string; page: string; files: string[] };
}

export function startWorker(scope: DoorScope): void {
  const { version, page, files } = scope.KEPT;
  keepFiles(scope, "door-", version, [page, ...files]);
  scope.addEventListener("fetch", (event) => {
    const { request, respondWith } = event as Fetching;
    const { pathname } = new URL(request.url);
    const isOurs = request.method === "GET" && (pathname === page || files.includes(pathname));
    if (isOurs) respondWith.call(event, keptOr(request, request.mode === "navigate" ? page : request));
  });
}
