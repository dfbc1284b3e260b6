// A ticket says by itself whether it is ours: the public half of the key came with the list.
const SIGNED = "SYM2";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What a text says, in the one way to say it; anything else says nothing. */
function bytesOf(base32: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of base32) {
    const place = LETTERS.indexOf(letter);
    if (place < 0) return new Uint8Array();
    value = ((value << 5) | place) & 0xffff;
    bits += 5;
    if (bits >= 8) bytes.push((value >> (bits -= 8)) & 0xff);
  }
  const meaningless = value & ((1 << bits) - 1);
  return new Uint8Array(meaningless ? [] : bytes);
}

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array((hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
}

/** Whether this is a ticket of ours, whoever's; a browser that knows no such keys cannot tell. */
export async function isOurs(text: string, keys: Record<string, string>): Promise<boolean> {
  const parts = text.trim().toUpperCase().split(".");
  const key = keys[parts[2] ?? ""];
  if (parts.length !== 5 || parts[0] !== SIGNED || !key) return false;
  try {
    const known = await crypto.subtle.importKey("raw", bytesOfHex(key), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", known, bytesOf(parts[4] ?? ""), new TextEncoder().encode(parts.slice(0, 4).join(".")));
  } catch {
    return false;
  }
}
