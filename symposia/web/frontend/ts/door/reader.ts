// Reads codes from the camera: by the browser itself where it can, else by our own reader.
import { openCamera, type Camera } from "../camera";

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

async function native(): Promise<Detector | null> {
  const made = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!made || !(await made.getSupportedFormats()).includes("qr_code")) return null;
  return new made({ formats: ["qr_code"] });
}

/** Open the eyes of the door. */
export async function openReader(video: HTMLVideoElement, wasm: string, read: (text: string) => void): Promise<Camera> {
  const detector = await native().catch(() => null);
  return openCamera(video, wasm, read, detector ? async (seen) => (await detector.detect(seen))[0]?.rawValue : undefined);
}
