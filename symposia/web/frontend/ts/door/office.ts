// What the phone asks of the office. Every call may fail: the door goes on without.
import type { Answered } from "./events";
import type { Pack } from "./pack";

export interface Device {
  key: string;
  door: string;
  holder: string;
}
export interface Paths {
  pair: string;
  pack: string;
  sync: string;
  farewell: string;
}
export interface Told {
  answers: Answered[];
  server_time: string;
}

const PATIENCE = 15_000;
// After these the phone has no business at the door and keeps nothing.
const ENDED = new Set(["key_revoked", "key_expired", "key_unknown"]);

/** The office said no, in words. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  get isEnd(): boolean {
    return ENDED.has(this.code);
  }
}

export class Office {
  constructor(private readonly paths: Paths) {}

  async pair(code: string, secret: string): Promise<Device & { server_time: string }> {
    return (await this.ask(this.paths.pair, { body: { code, secret } })).json();
  }

  async pack(device: Device, version: string): Promise<{ version: string; pack: Pack } | null> {
    const answer = await this.ask(this.paths.pack, { device, headers: { "X-Pack-Version": version } });
    if (answer.status === 204) return null;
    const pack = (await answer.json()) as Pack;
    return { version: answer.headers.get("X-Pack-Version") ?? "", pack };
  }

  async sync(device: Device, body: object): Promise<Told> {
    return (await this.ask(this.paths.sync, { device, body })).json();
  }

  async farewell(device: Device): Promise<void> {
    await this.ask(this.paths.farewell, { device, body: {} });
  }

  private async ask(address: string, { device, body, headers = {} }: { device?: Device; body?: object; headers?: Record<string, string> }): Promise<Response> {
    if (device) headers.Authorization = `Device ${device.key}`;
    if (body) headers["Content-Type"] = "application/json";
    const answer = await fetch(address, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.ok) return answer;
    // A server in trouble answers with a page, not with a refusal: it is asked again later.
    const said = await answer.json().catch(() => ({}));
    if (answer.status >= 500 || !said.code) throw new Error(`The office answered ${answer.status}`);
    throw new Refused(String(said.code), String(said.detail ?? ""));
  }
}
