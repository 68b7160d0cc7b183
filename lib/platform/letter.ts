/** The layout of every mail: a heading, sentences, at most one link, and a line of small print. */
import { env } from "./env";

/** The text of a mail, without its address. */
export type LetterText = { subject: string; text: string; html: string };

/** A link in a mail never uses the host name of a request, which its sender chooses. */
export function mailLink(path: string): string {
  const { PUBLIC_URL, PORT } = env();
  return `${PUBLIC_URL?.replace(/\/+$/, "") ?? `http://localhost:${PORT}`}${path}`;
}

type Parts = { heading: string; sentences: string[]; link?: { label: string; url: string }; small?: string };

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',sans-serif";
const BUTTON =
  "display:inline-block;padding:10px 16px;border-radius:8px;background:#1a1a1a;color:#ffffff;text-decoration:none";

/** The same words as text (a mail has its subject above it) and as HTML, without pictures or anything else that a reader's program would fetch. */
export function letterBody({ heading, sentences, link, small }: Parts): { text: string; html: string } {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escaped(text)}</p>`;
  const button =
    link &&
    `<p style="margin:0 0 16px"><a href="${escaped(link.url)}" style="${BUTTON}">${escaped(link.label)}</a></p>`;
  const html = [
    `<div style="max-width:480px;padding:24px;${FONT};font-size:15px;line-height:1.5;color:#1a1a1a">`,
    `<h1 style="margin:0 0 16px;font-size:20px;font-weight:600">${escaped(heading)}</h1>`,
    ...sentences.map(paragraph),
    button ?? "",
    small ? `<p style="margin:0;font-size:13px;color:#666666">${escaped(small)}</p>` : "",
    "</div>",
  ];
  const text = [...sentences, link && `${link.label}:\n${link.url}`, small];
  return { text: `${text.filter(Boolean).join("\n\n")}\n`, html: html.filter(Boolean).join("\n") };
}
