import { startWorker } from "../ticket/worker";

startWorker(self as unknown as Parameters<typeof startWorker>[0]);
