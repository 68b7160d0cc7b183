/** Every verb that writes makes a row of the audit log, in the transaction of its change: read from the sources. */
import { describe, expect, it } from "vitest";
import { readTree, type SourceFile } from "./setup/tree";
import { unauditedVerbs, volatileFunctions } from "./setup/unaudited";

const CALL = "a call of a gateway: its hold, transaction and event say who called, what, when and for how much";
const JOB = "a job brings due what was agreed before: its transactions say so";
const REVERSALS =
  "a refund was written down when it was made, and the ledger's transactions say what the provider changed";
const SIGN_IN = "nobody is signed in yet; the session that comes of it is written down when it starts";

const MIRROR = "a mirror of what the payment provider has; what brings or takes credit is written down";
const TOLD = "what the provider is asked is noted on the payment, whose beginning and end are written down";
const ASKED = "it asks the provider; what came of it is written down when it is read back";

/** What writes no row of the audit log, and why. */
const EXCEPT: Record<string, string> = {
  "accounts.acceptSignInLink": SIGN_IN,
  "accounts.askSignInLink": SIGN_IN,
  "accounts.markProved": SIGN_IN,
  "accounts.forgetExpired": "a job removes what nobody could use any more",
  "gate.charge": CALL,
  "gate.chargeLate": CALL,
  "gate.coalescer": CALL,
  "gate.extend": CALL,
  "gate.hold": CALL,
  "gate.refund": CALL,
  "gate.release": CALL,
  "gate.settle": CALL,
  "gate.simulatedLane": CALL,
  "gate.quote": "it tries a hold and rolls it back",
  "payments.addCard": MIRROR,
  "payments.applyNextEvent": "the inbox is the record itself",
  "payments.chargeCard": TOLD,
  "payments.endPayment": "a step of verbs that are written down",
  "payments.ensurePlanPrice": ASKED,
  "payments.followCustomers": MIRROR,
  "payments.linkPayment": TOLD,
  "payments.openCheckout": TOLD,
  "payments.openPlanCheckout": ASKED,
  "payments.openPayment": "a step of verbs that are written down",
  "payments.receiveEvent": "the inbox is the record itself",
  "payments.setDefaultCard": MIRROR,
  "payments.settleDue": TOLD,
  "payments.settlePayment": TOLD,
  "payments.syncCards": MIRROR,
  "payments.syncInvoice": MIRROR,
  "ledger.advance": JOB,
  "ledger.advanceDue": JOB,
  "gate.expireHolds": JOB,
  "ledger.ensurePartitions": "it makes empty tables for the months to come",
  "payments.reconcileReversals": REVERSALS,
  "payments.refundPayment":
    "it is written down with the credit's reservation; what the provider answers follows from it",
  "payments.repriceSubscription": ASKED,
  "payments.resolveRefunds": REVERSALS,
  "payments.setSubscriptionEnd": ASKED,
  "payments.syncRefunds": REVERSALS,
  "payments.upgradeSubscription": ASKED,
  "plans.syncSubscription": MIRROR,
  "statements.closeStatements": "the statement is the record itself",
  "topup.runAutoTopUps": "a job buys what an owner's rule says, which is written down; its payments are, too",
  "topup.mailNotices": "a job mails owners the reason of a wait; it changes only whether that mail was sent",
  "alerts.raiseAlerts": "a job mails owners and admins; it changes only what was told",
  "ledger.rehearseWelcome": "it tries the welcome for a quote, which rolls it back",
  "ledger.welcome": "it follows from the opening of an organization, which is written down, and may run again",
};

const tree = readTree();
const sources = tree.filter(
  ({ name }) => /^lib\/(?!platform\/generated).*\.ts$/.test(name) && !/\.test\.ts$/.test(name),
);
const sql = tree.filter(({ name }) => /^prisma\/functions\/.*\.sql$/.test(name));

describe("the audit log", () => {
  it("has a row of every verb that writes", () => {
    expect(unauditedVerbs(sources, sql, Object.keys(EXCEPT))).toEqual({ verbs: [], needless: [] });
  });

  it("lacks what has no exception: the rule sees the gate's writes, and the functions that lock", () => {
    expect(unauditedVerbs(sources, sql).verbs).toEqual(expect.arrayContaining(Object.keys(EXCEPT)));
    const volatile = volatileFunctions(sql);
    for (const name of ["gate", "give", "create_key", "invite"]) expect(volatile).toContain(name);
    for (const name of ["find_key", "find_invitation", "member_room"]) expect(volatile).not.toContain(name);
  });
});

/** A domain with one verb, `sell`, whose body is given. */
const shop = (body: string): SourceFile[] => [
  { name: "lib/audit/index.ts", text: 'export { audited } from "./audited";' },
  { name: "lib/audit/audited.ts", text: 'import { add } from "./store";\nexport const audited = (work) => add(work);' },
  { name: "lib/audit/store.ts", text: 'export const add = (c) => c.query("INSERT INTO audit_entry VALUES (1)");' },
  { name: "lib/shop/index.ts", text: 'export { type Sale, sell } from "./sell";' },
  {
    name: "lib/shop/sell.ts",
    text: `import { audited } from "@/lib/audit";
      import { callSell, insertSale, look, putSale, readSale } from "./store";
      const step = (client) => insertSale(client);
      export async function sell(ctx) { ${body} }`,
  },
  {
    name: "lib/shop/store.ts",
    text: `const INSERT = \`INSERT INTO sale (id) VALUES ($1)\`;
      export const insertSale = (client) => client.query(INSERT);
      export const putSale = (db) => db.prisma.sale.create({ data: {} });
      export const callSell = (client) => client.query("SELECT ledger.sell($1)");
      export const look = (client) => client.query("SELECT * FROM ledger.look($1) FOR UPDATE");
      export const readSale = (db) => db.prisma.sale.findMany({});`,
  },
];
const functions = [
  {
    name: "prisma/functions/1.sql",
    text: `CREATE OR REPLACE FUNCTION ledger.sell(p uuid) RETURNS void LANGUAGE sql AS $$ SELECT 1 $$;
      CREATE OR REPLACE FUNCTION ledger.look(p uuid) RETURNS void LANGUAGE sql STABLE AS $$ SELECT 1 $$;`,
  },
];

describe("the rule about the audit log", () => {
  it.each([
    ["a statement", "return insertSale(ctx.db.read);"],
    ["a statement two steps away", "return step(ctx.db.read);"],
    ["Prisma", "return putSale(ctx.db);"],
    ["a function of the ledger", "return callSell(ctx.db.read);"],
    ["a function that is handed on", "return [1].map(callSell);"],
    ["a second change beside the one that is written down", "await audited((c) => callSell(c)); await insertSale(c);"],
    ["a statement of its own", 'await ctx.db.query("UPDATE sale SET id = 1");'],
  ])("sees a verb that writes by %s", (_, body) => {
    expect(unauditedVerbs(shop(body), functions)).toMatchObject({ verbs: ["shop.sell"] });
  });

  it.each([
    ["reads", "await look(ctx.db); return readSale(ctx.db);"],
    ["is written down", "return audited(async (client) => { await step(client); return callSell(client); });"],
    ["names a property as a store does", "return { insertSale: ctx.putSale };"],
  ])("accepts a verb that %s", (_, body) => {
    expect(unauditedVerbs(shop(body), functions)).toMatchObject({ verbs: [] });
  });

  it("reports a needless exception", () => {
    expect(unauditedVerbs(shop("return readSale(ctx.db);"), functions, ["shop.sell"]).needless).toEqual(["shop.sell"]);
  });
});
