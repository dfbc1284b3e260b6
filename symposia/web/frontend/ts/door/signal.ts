// A verdict that is heard and felt: a sound and a buzz of its own for each.
import type { Verdict } from "./verdict";

const TONES = { in: [880, 90], again: [520, 220], desk: [240, 420] } as const;
const BUZZ = { in: [60], again: [80, 60, 80], desk: [320] };
let sound: AudioContext | null = null;

/** A browser makes sounds only after somebody touched the page. */
export function wakeSound(): void {
  addEventListener("pointerdown", () => (sound ??= new AudioContext()), { once: true });
}

export function signal(look: Verdict["look"]): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ[look]);
  if (!sound) return;
  const [pitch, length] = TONES[look];
  const tone = sound.createOscillator();
  tone.frequency.value = pitch;
  tone.connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + length / 1000);
}
