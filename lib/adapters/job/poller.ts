import { log } from "@/lib/platform/log";

export type Poller = { stop(): Promise<void> };

/**
 * Runs `work` again and again, never twice at once in this process: for what is to happen sooner than cron's minute.
 * `work` answers whether there may be more, which is then done without a pause; `failed` is what a failure is called.
 */
export function startPoller({
  everyMs,
  work,
  failed,
}: {
  everyMs: number;
  work: () => Promise<boolean>;
  failed: string;
}): Poller {
  let stopping = false;
  let running: Promise<void> | undefined;
  const round = async () => {
    try {
      while (!stopping && (await work()));
    } catch (error) {
      log.warn({ err: (error as Error).message }, failed);
    }
  };
  const timer = setInterval(() => {
    running ??= round().finally(() => {
      running = undefined;
    });
  }, everyMs);
  return {
    async stop() {
      stopping = true;
      clearInterval(timer);
      await running;
    },
  };
}
