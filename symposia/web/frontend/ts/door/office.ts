// What the phone asks of the office. Every call may fail: the door goes on without.
import { ask, Refused } from "../offline/ask";
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

// After these the phone has no business at the door and keeps nothing.
const ENDED = new Set(["key_revoked", "key_expired", "key_unknown"]);

/** Whether the office said that this phone's work is over. */
export function isEnd(error: unknown): error is Refused {
  return error instanceof Refused && ENDED.has(error.code);
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

  private ask(address: string, { device, body, headers = {} }: { device?: Device; body?: object; headers?: Record<string, string> }): Promise<Response> {
    if (device) headers.Authorization = `Device ${device.key}`;
    return ask(address, { headers, body });
  }
}
