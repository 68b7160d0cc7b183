/** The layout of every mail: a heading, sentences, at most one link, and a line of small print. */
import { html, raw } from "hono/html";
import { env } from "./env";

/** The text of a mail, without its address. */
export type LetterText = { subject: string; text: string; html: string };

/** A link in a mail never uses the host name of a request, which its sender chooses. */
export function mailLink(path: string): string {
  const { PUBLIC_URL, PORT } = env();
  return `${PUBLIC_URL?.replace(/\/+$/, "") ?? `http://localhost:${PORT}`}${path}`;
}

type Parts = { heading: string; sentences: string[]; link?: { label: string; url: string }; small?: string };

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',sans-serif";
const BUTTON =
  "display:inline-block;padding:10px 16px;border-radius:8px;background:#1a1a1a;color:#ffffff;text-decoration:none";

/** The same words as text (a mail has its subject above it) and as HTML, without pictures or anything else that a reader's program would fetch. */
export function letterBody({ heading, sentences, link, small }: Parts): { text: string; html: string } {
  const parts = [
    html`<h1 style="margin:0 0 16px;font-size:20px;font-weight:600">${heading}</h1>`,
    ...sentences.map((sentence) => html`<p style="margin:0 0 16px">${sentence}</p>`),
    link && html`<p style="margin:0 0 16px"><a href="${link.url}" style="${BUTTON}">${link.label}</a></p>`,
    small && html`<p style="margin:0;font-size:13px;color:#666666">${small}</p>`,
  ].map((part) => part && html`${part}\n`);
  const frame = `max-width:480px;padding:24px;${FONT};font-size:15px;line-height:1.5;color:#1a1a1a`;
  const text = [...sentences, link && `${link.label}:\n${link.url}`, small];
  return {
    text: `${text.filter(Boolean).join("\n\n")}\n`,
    html: `${html`<div style="${raw(frame)}">\n${parts}</div>`}`,
  };
}
