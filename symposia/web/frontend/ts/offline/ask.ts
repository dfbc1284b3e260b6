// Asking the office. Every call may fail: the phone goes on without.
const PATIENCE = 15_000;

/** The office said no, in words. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Asked {
  headers?: Record<string, string>;
  body?: object;
  // Whether the browser's own session comes along.
  withSession?: boolean;
  patience?: number;
}

export async function ask(address: string, { headers = {}, body, withSession = false, patience = PATIENCE }: Asked = {}): Promise<Response> {
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(address, {
    method: body ? "POST" : "GET",
    headers,
    body: body && JSON.stringify(body),
    credentials: withSession ? "same-origin" : "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(patience),
  });
  if (answer.ok) return answer;
  // A server in trouble answers with a page, not with a refusal: it is asked again later.
  const said = await answer.json().catch(() => ({}));
  if (answer.status >= 500 || !said.code) throw new Error(`The office answered ${answer.status}`);
  throw new Refused(String(said.code), String(said.detail ?? ""));
}
