// The live room: asks every two seconds whether anything has changed; most answers are empty.
const EVERY = 2000;
// When the office does not answer, it is asked less often, and the page says that it is old.
const LONGEST = 30_000;

export function startLiveRoom(): void {
  const room = document.getElementById("live-room");
  if (!room?.dataset.live) return;
  const { live, pass, stopped = "" } = room.dataset;
  let version = room.dataset.version ?? "";
  let wait = EVERY;

  async function ask(): Promise<void> {
    const headers = { Authorization: `Live ${pass}`, "If-None-Match": `"${version}"`, "Accept-Language": document.documentElement.lang };
    const answer = await fetch(live ?? "", { headers, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(8000) });
    // The pass has run out or the right is gone: the page itself says which.
    if (answer.status === 401 || answer.status === 403) return location.reload();
    if (answer.status !== 304) {
      if (!answer.ok) throw new Error(String(answer.status));
      version = (answer.headers.get("ETag") ?? "").replaceAll('"', "");
      room!.innerHTML = await answer.text();
    }
    wait = EVERY;
    tell("");
  }

  function tell(words: string): void {
    const place = room!.querySelector<HTMLElement>("[data-live-stopped]");
    if (!place) return;
    place.hidden = !words;
    place.textContent = words;
  }

  async function turn(): Promise<void> {
    if (!document.hidden) {
      await ask().catch(() => {
        wait = Math.min(wait * 2, LONGEST);
        tell(stopped);
      });
    }
    setTimeout(turn, wait);
  }
  setTimeout(turn, EVERY);
}
