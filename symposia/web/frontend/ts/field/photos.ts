// A receipt that waits on the phone: its photograph made small enough to wait, and to be sent.
import type { Receipt } from "./entries";

// The longer side in pixels; small print of a till stays readable.
const LONGEST = 2200;
const QUALITY = 0.85;
// What the office takes in one request, as base64.
export const LARGEST = 3_300_000;

/** The form of a receipt as it was filled in; nothing where its file is too large to wait. */
export async function receiptOf(fields: FormData): Promise<Receipt | null> {
  const said: Record<string, string> = {};
  for (const [name, value] of fields) if (typeof value === "string") said[name] = value;
  delete said.csrfmiddlewaretoken;
  delete said.idempotency_key;
  const file = fields.get("file");
  if (!(file instanceof File) || !file.size) return { said, name: "", content: "" };
  const kept = file.type.startsWith("image/") ? await smaller(file) : file;
  if (kept.size > LARGEST) return null;
  return { said, name: file.name, content: await base64(kept) };
}

/** Upright and no larger than needed; what cannot be drawn is sent as it is, and the office says why not. */
async function smaller(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((answer) => canvas.toBlob((made) => answer(made ?? file), "image/jpeg", QUALITY));
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(""));
}
