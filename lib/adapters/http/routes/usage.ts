/** Usage: calls, quantities and costs; runs. */
import { z } from "zod";
import { organizationPublicId, requirePublicId } from "@/lib/kernel/ids";
import { costHints, eventsCsv, getEvent, getRun, listEvents, listRuns, usage } from "@/lib/usage";
import {
  costHintsAnswerSchema,
  eventDetailSchema,
  eventListSchema,
  eventsCsvQuery,
  eventsQuery,
  runListSchema,
  runSchema,
  runsQuery,
  usageAnswerSchema,
  usageQuery,
} from "@/lib/usage/schema";
import { csvForm, csvResponse } from "../file";
import { subject, subjectOf } from "../reader";
import { defineRoute } from "../route";

const tag = "Usage";

defineRoute({
  method: "GET",
  path: "/v1/usage",
  tag,
  summary: "Read usage totals of a range",
  description:
    "Grouped by any of endpoint, model, key, member and one tag, cut into hours, days, weeks or months in a time zone. `from` is included, `to` is not.",
  auth: "either",
  query: usageQuery.extend(subject),
  answer: { description: "Totals and one row per group and interval.", schema: usageAnswerSchema },
  errors: ["not_found"],
  async handler({ context, query: { organization, key, ...query } }) {
    const of = await subjectOf(context, { organization, key });
    return usage(of.context, { ...query, key: of.key });
  },
});

defineRoute({
  method: "GET",
  path: "/v1/usage/events",
  tag,
  summary: "List calls, the latest first",
  auth: "either",
  query: eventsQuery.extend(subject),
  answer: { description: "One page; `nextCursor` is null on the last.", schema: eventListSchema },
  errors: ["not_found"],
  async handler({ context, query: { organization, key, ...query } }) {
    const of = await subjectOf(context, { organization, key });
    return listEvents(of.context, { ...query, key: of.key });
  },
});

defineRoute({
  method: "GET",
  path: "/v1/usage/events/{id}",
  tag,
  summary: "Read a call with its hold, price, grants and refunds",
  description: "`id` is the ID of the event, or of its charge or hold.",
  auth: "either",
  answer: { description: "The event.", schema: eventDetailSchema },
  errors: ["not_found"],
  async handler({ context, id }) {
    const { organizationId } = requirePublicId(id, "evt", "chg", "hold");
    // Another organization's id is answered as one that does not exist.
    const of = await subjectOf(context, { organization: organizationPublicId(organizationId) });
    return getEvent(of.context, { id });
  },
});

defineRoute({
  method: "GET",
  path: "/v1/usage/events.csv",
  tag,
  summary: "Download calls as CSV, the oldest first",
  description:
    "RFC 4180, streamed. Text that a spreadsheet would run as a formula starts with an apostrophe. `X-Total-Rows` is the number of rows, if the totals give it exactly.",
  auth: "either",
  query: eventsCsvQuery.extend(subject).extend(csvForm),
  answer: { description: "The file.", type: "text/csv" },
  errors: ["not_found"],
  async handler({ context, query: { organization, key, bom, ...query } }) {
    const of = await subjectOf(context, { organization, key });
    return csvResponse(await eventsCsv(of.context, { ...query, key: of.key }), "usage.csv", { bom });
  },
});

const { organization } = subject;

defineRoute({
  method: "GET",
  path: "/v1/usage/hints",
  offered: ({ costHints: advice }) => advice !== null,
  tag,
  summary: "Read where the last 30 days could have cost less",
  description:
    "Available if the catalogue has advice on costs. Each hint has the sum behind it. A hint is left out if it is worth less than 1 % of the spend, or less than 0.05 of the unit.",
  auth: "either",
  query: z.strictObject({ organization }),
  answer: { description: "The hints and the operator's advice.", schema: costHintsAnswerSchema },
  errors: ["not_found"],
  async handler({ context, query }) {
    const of = await subjectOf(context, query);
    return costHints(of.context);
  },
});

const WHERE = "Available if the catalogue names the tag of a run.";

defineRoute({
  method: "GET",
  path: "/v1/runs",
  tag,
  summary: "List runs, the latest first",
  description: `${WHERE} Runs whose first call lies in the range; \`from\` is included, \`to\` is not.`,
  auth: "either",
  query: runsQuery.extend({ organization }),
  answer: { description: "One page; `nextCursor` is null on the last.", schema: runListSchema },
  errors: ["not_found"],
  async handler({ context, query: { organization, ...query } }) {
    const of = await subjectOf(context, { organization });
    return listRuns(of.context, query);
  },
});

defineRoute({
  method: "GET",
  path: "/v1/runs/{id}",
  tag,
  summary: "Read a run",
  description: `${WHERE} \`id\` is the value of that tag.`,
  auth: "either",
  query: z.strictObject({ organization }),
  answer: { description: "The run.", schema: runSchema },
  errors: ["not_found"],
  async handler({ context, id, query }) {
    const of = await subjectOf(context, query);
    return getRun(of.context, { id });
  },
});
