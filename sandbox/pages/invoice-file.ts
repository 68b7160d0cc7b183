/** The PDF of an invoice. */
import PDFDocument from "pdfkit";
import type Stripe from "stripe";
import { moneyText } from "../money-text";

const LEFT = 56;
const RIGHT = 539;
const BOTTOM = 770;

/** The standard fonts hold Western letters only; others become a question mark instead of a wrong letter. */
const printable = (text: string) => text.replace(/[^\u0020-\u007e\u00a0-\u00ff€–—’]/g, "?");
const dateOf = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);

type Doc = InstanceType<typeof PDFDocument>;

function row(doc: Doc, [left, right]: [string, string], bold = false): void {
  if (doc.y > BOTTOM) doc.addPage();
  const { y } = doc;
  doc.font(bold ? "Helvetica-Bold" : "Helvetica").text(printable(left), LEFT, y, { width: 360 });
  const after = doc.y;
  doc.text(printable(right), LEFT, y, { width: RIGHT - LEFT, align: "right" });
  doc.y = Math.max(after, doc.y) + 6;
}

function write(doc: Doc, invoice: Stripe.Invoice): void {
  const money = (amount: number) => moneyText(amount, invoice.currency);
  doc.font("Helvetica-Bold").fontSize(22).text("Invoice", LEFT, 56);
  doc
    .fontSize(10)
    .font("Helvetica")
    .fillColor("#8a6100")
    .text("Test mode: no real card was charged.")
    .fillColor("#000")
    .moveDown();
  row(doc, ["Number", invoice.number ?? "Draft"]);
  row(doc, ["Date", dateOf(invoice.status_transitions.finalized_at ?? invoice.created)]);
  row(doc, ["Status", invoice.status ?? "draft"]);
  row(doc, ["Billed to", invoice.customer_name ?? invoice.customer_email ?? String(invoice.customer)]);
  if (invoice.customer_email) row(doc, ["Email", invoice.customer_email]);
  doc.moveDown().moveTo(LEFT, doc.y).lineTo(RIGHT, doc.y).strokeColor("#bbb").stroke().moveDown();
  for (const line of invoice.lines.data) {
    const times = (line.quantity ?? 1) > 1 ? ` × ${line.quantity}` : "";
    row(doc, [`${line.description ?? "Payment"}${times}`, money(line.amount)]);
  }
  doc.moveDown().moveTo(LEFT, doc.y).lineTo(RIGHT, doc.y).stroke().moveDown();
  row(doc, ["Total", money(invoice.total)], true);
  row(doc, ["Amount paid", money(invoice.amount_paid)]);
  row(doc, ["Amount due", money(invoice.amount_remaining)], true);
  if (invoice.footer) doc.moveDown().font("Helvetica").text(printable(invoice.footer), LEFT);
}

export function invoiceFile(invoice: Stripe.Invoice): Promise<Buffer> {
  const doc = new PDFDocument({ size: "A4", margin: LEFT, info: { Title: `Invoice ${invoice.number ?? ""}` } });
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("error", reject);
    doc.on("end", () => resolve(Buffer.concat(parts)));
    write(doc, invoice);
    doc.end();
  });
}
