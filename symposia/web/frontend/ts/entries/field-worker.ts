import { startWorker } from "../field/worker";

startWorker(self as unknown as Parameters<typeof startWorker>[0]);
