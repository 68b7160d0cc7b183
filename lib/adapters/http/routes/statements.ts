/** Statements: what happened to the credit in each month. */
import { z } from "zod";
import { getStatement, listStatements, statementCsv, statementPdf } from "@/lib/statements";
import { statementListSchema, statementSchema } from "@/lib/statements/schema";
import { csvForm, csvResponse, pdfResponse } from "../file";
import { subject, subjectOf } from "../reader";
import { defineRoute } from "../route";

const tag = "Statements";
const { organization } = subject;
const ofOrganization = z.strictObject({ organization });
const MONTH = "`id` is a month, such as `2026-10`.";

defineRoute({
  method: "GET",
  path: "/v1/statements",
  tag,
  summary: "List statements, the running month first",
  description:
    "Months of the organization's calendar. A month closes three days after its end; from then on its numbers never change.",
  auth: "either",
  query: ofOrganization,
  answer: { description: "Every month of the organization.", schema: statementListSchema },
  errors: ["not_found"],
  async handler({ context, query }) {
    const of = await subjectOf(context, query);
    return listStatements(of.context);
  },
});

defineRoute({
  method: "GET",
  path: "/v1/statements/{id}.csv",
  tag,
  summary: "Download the transactions of a month as CSV, the oldest first",
  description: `${MONTH} The file has the columns of \`/v1/transactions.csv\`.`,
  auth: "either",
  query: ofOrganization.extend(csvForm),
  answer: { description: "The file.", type: "text/csv" },
  errors: ["not_found"],
  async handler({ context, id, query: { bom, organization } }) {
    const of = await subjectOf(context, { organization });
    return csvResponse(await statementCsv(of.context, { month: id }), `statement-${id}.csv`, { bom });
  },
});

defineRoute({
  method: "GET",
  path: "/v1/statements/{id}.pdf",
  tag,
  summary: "Download the statement of a month as PDF",
  description: `${MONTH} The calls of a day are one line of its list of transactions.`,
  auth: "either",
  query: ofOrganization,
  answer: { description: "The file.", type: "application/pdf" },
  errors: ["not_found"],
  async handler({ context, id, query }) {
    const of = await subjectOf(context, query);
    return pdfResponse(await statementPdf(of.context, { month: id }), `statement-${id}.pdf`);
  },
});

defineRoute({
  method: "GET",
  path: "/v1/statements/{id}",
  tag,
  summary: "Read the statement of a month",
  description: `${MONTH} Opening balance, movements by type and kind of credit, usage, and the credit at the end.`,
  auth: "either",
  query: ofOrganization,
  answer: { description: "The statement; of the running month, until now.", schema: statementSchema },
  errors: ["not_found"],
  async handler({ context, id, query }) {
    const of = await subjectOf(context, query);
    return getStatement(of.context, { month: id });
  },
});
