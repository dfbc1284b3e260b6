// The page of a ticket: it is kept for the door, and says when it is shown without a network.
import { isTicket, TICKETS } from "./worker";

async function keep(): Promise<void> {
  await navigator.serviceWorker.ready;
  if (navigator.onLine && isTicket(location.href)) await (await caches.open(TICKETS)).add(location.pathname);
}

function tell(): void {
  const notice = document.getElementById("ticket-offline");
  if (notice) notice.hidden = navigator.onLine;
  for (const button of document.querySelectorAll<HTMLButtonElement>("main form[method=post] button[type=submit]")) {
    button.disabled = !navigator.onLine;
  }
}

export function startTicket(): void {
  const worker = document.querySelector<HTMLElement>("[data-ticket-worker]")?.dataset.ticketWorker;
  if (!worker || !navigator.serviceWorker) return;
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  tell();
  void navigator.serviceWorker.register(worker, { scope: "/t/" }).then(keep);
}
