// Reads QR codes from the camera, frame by frame, without leaving the device.
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";

const PAUSE = 120;
const OPTIONS: ReaderOptions = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };

export interface Camera {
  torch: (() => Promise<void>) | null;
  pause(): void;
  resume(): void;
}

type Read = (video: HTMLVideoElement) => Promise<string | undefined>;

/** Open the camera that looks away from the person, and tell each text it reads: by the browser's own reader where one is given. */
export async function openCamera(video: HTMLVideoElement, wasm: string, read: (text: string) => void, own?: Read): Promise<Camera> {
  const readFrame = own ?? ownReader(wasm);
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
  video.srcObject = stream;
  await video.play();
  let looking = true;

  async function look(): Promise<void> {
    if (looking && video.videoWidth && document.visibilityState === "visible") {
      const text = await readFrame(video);
      if (looking && text) read(text);
    }
    setTimeout(() => void look(), PAUSE);
  }
  void look();
  return { torch: torchOf(stream), pause: () => (looking = false), resume: () => (looking = true) };
}

/** The reader that comes with the product, for browsers without one. */
function ownReader(wasm: string): Read {
  prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith(".wasm") ? wasm : path) }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  const frame = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    frame?.drawImage(video, 0, 0);
    const image = frame?.getImageData(0, 0, canvas.width, canvas.height);
    const [found] = image ? await readBarcodes(image, OPTIONS) : [];
    return found?.text;
  };
}

function torchOf(stream: MediaStream): (() => Promise<void>) | null {
  const [track] = stream.getVideoTracks();
  const can = track?.getCapabilities?.() as { torch?: boolean } | undefined;
  if (!track || !can?.torch) return null;
  let on = false;
  return async () => {
    on = !on;
    await track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
  };
}
