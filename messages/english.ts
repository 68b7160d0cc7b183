/** Every text of the portal, by namespace: one file each. Another language is another folder with the same files. */
import alerts from "./en/alerts.json";
import audit from "./en/audit.json";
import autoTopUp from "./en/auto-top-up.json";
import autoTopUpMail from "./en/auto-top-up-mail.json";
import billing from "./en/billing.json";
import charts from "./en/charts.json";
import common from "./en/common.json";
import csv from "./en/csv.json";
import developers from "./en/developers.json";
import invitation from "./en/invitation.json";
import keys from "./en/keys.json";
import ledger from "./en/ledger.json";
import level from "./en/level.json";
import mail from "./en/mail.json";
import overview from "./en/overview.json";
import payments from "./en/payments.json";
import plans from "./en/plans.json";
import prices from "./en/prices.json";
import refundMail from "./en/refund-mail.json";
import refunds from "./en/refunds.json";
import runs from "./en/runs.json";
import settings from "./en/settings.json";
import shell from "./en/shell.json";
import signIn from "./en/sign-in.json";
import statements from "./en/statements.json";
import team from "./en/team.json";
import transactions from "./en/transactions.json";
import ui from "./en/ui.json";
import usage from "./en/usage.json";

export const english = {
  alerts,
  audit,
  autoTopUp,
  autoTopUpMail,
  billing,
  charts,
  common,
  csv,
  developers,
  invitation,
  keys,
  ledger,
  level,
  mail,
  overview,
  payments,
  plans,
  prices,
  refundMail,
  refunds,
  runs,
  settings,
  shell,
  signIn,
  statements,
  team,
  transactions,
  ui,
  usage,
};
