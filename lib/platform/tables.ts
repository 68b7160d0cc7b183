/**
 * Prisma Client for the plain tables. A pool of its own cannot say which transaction a statement belongs to, so what
 * Prisma sends while a transaction of ours is under way goes to that transaction's connection.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { type Prisma, PrismaClient } from "./generated/client";

type Model = Uncapitalize<Prisma.ModelName>;

/**
 * The models of prisma/schema.prisma. Without findUnique: Prisma joins those of one tick into one statement, also when
 * they belong to different transactions.
 */
export type Tables = { readonly [M in Model]: Omit<PrismaClient[M], "findUnique" | "findUniqueOrThrow"> };

export type TablesOn = {
  prisma: PrismaClient;
  /** Does `work`, whose Prisma statements go to `connection`. */
  within<T>(connection: pg.PoolClient, work: () => Promise<T>): Promise<T>;
};

/** Prisma's statements run on `pool` outside of a transaction. */
export function openTables(pool: pg.Pool): TablesOn {
  const current = new AsyncLocalStorage<pg.PoolClient>();
  const routed = new Proxy(pool, {
    get(target, name) {
      const connection = current.getStore();
      if (connection && name === "query") return connection.query.bind(connection);
      // A write that needs a transaction of Prisma's own (nested writes, some upserts) would leave ours.
      if (connection && name === "connect") throw new Error("Prisma begins no transaction inside of another one.");
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return {
    prisma: new PrismaClient({ adapter: new PrismaPg(routed, { disposeExternalPool: false }) }),
    // Prisma sends a statement when it is awaited: that must be in here, too, where `work` only returns it.
    within: (connection, work) => current.run(connection, async () => await work()),
  };
}
