/** Draws tagged text and rules with pdfkit. */
import PDFDocument from "pdfkit";
import { accentColor } from "./accent";
import { type FaceName, FIGURES, paperFaces } from "./fonts";
import { printable } from "./letters";
import { outbox } from "./outbox";
import { SHEET } from "./pages";

export type Doc = InstanceType<typeof PDFDocument>;
export type Element = ReturnType<Doc["struct"]>;
export type Ink = "black" | "grey" | "line" | "accent";
/** `y` is the baseline. */
export type Spot = { x: number; y: number; size: number; face?: FaceName; ink?: Ink; figures?: boolean };

export type Pen = {
  doc: Doc;
  /** The element that holds all others. */
  root: Element;
  /** Text as it is: cut and measured before. */
  write: (text: string, spot: Spot) => void;
  /** An element of the tag tree whose content `draw` draws. */
  tag: (parent: Element, type: string, draw: () => void, options?: { scope?: string; actual?: string }) => void;
  /** An element that holds others. */
  group: (parent: Element, type: string) => Element;
  /** What repeats or decorates, which a reader aloud passes over. */
  artifact: (type: "Pagination" | "Layout", draw: () => void) => void;
  rule: (y: number, weight: "hair" | "firm", from?: number, to?: number) => void;
  bar: (x: number, y: number, width: number, height: number) => void;
  endPage: () => void;
  end: () => void;
  /** What has been written since the last time. */
  take: () => Uint8Array[];
};

const MARKUP: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * pdfkit writes a text of `info` into XML as it is, by `toString`, and into the file's own dictionary by `valueOf`.
 * Only the first is escaped.
 */
function infoText(text: string): string {
  const escaped = text.replace(/[&<>]/g, (sign) => MARKUP[sign] ?? sign);
  return Object.assign(Object(text), { toString: () => escaped });
}

export type PaperInfo = { title: string; author: string; madeAt: Date; accent: string | null };

/** What pdfkit has and its types leave out: the list that leads from what is on a page to its elements. */
type Inside = {
  page: { structParentTreeKey: number };
  ref: (data: unknown) => { data: unknown; end: () => void };
  getStructParentTree: () => { get: (key: number) => unknown; add: (key: number, value: unknown) => void };
};

/** Writes out a finished page's list of elements: pdfkit would hold every cell of the paper until the end. */
function releaseElements(doc: Doc): void {
  const inside = doc as unknown as Inside;
  const parents = inside.getStructParentTree();
  const key = inside.page.structParentTreeKey;
  const list = inside.ref(parents.get(key));
  parents.add(key, list);
  list.end();
  list.data = {};
}

function openDocument({ title, author, madeAt }: PaperInfo): Doc {
  const doc = new PDFDocument({
    size: [SHEET.width, SHEET.height],
    margin: 0,
    autoFirstPage: false,
    pdfVersion: "1.7",
    // For readers aloud; the types know the archive's subsets only.
    subset: "PDF/UA" as "PDF/A-1",
    tagged: true,
    displayTitle: true,
    lang: "en",
    // Each text would be kept.
    fontLayoutCache: false,
    info: { Title: infoText(title), Author: infoText(author), Creator: "Tollgate", CreationDate: madeAt },
  });
  for (const [name, { source }] of Object.entries(paperFaces())) doc.registerFont(name, source as unknown as Buffer);
  return doc;
}

export function penOf(info: PaperInfo): Pen {
  const doc = openDocument(info);
  const written = outbox();
  written.put(doc.read());
  // Around the stream, which would hold each of the small parts of a page as an object.
  doc.push = (bytes: Uint8Array | null) => {
    if (bytes) written.put(bytes);
    return true;
  };
  const root = doc.struct("Document");
  doc.addStructure(root);
  const inks: Record<Ink, [number, number, number]> = {
    black: [17, 17, 20],
    grey: [98, 98, 106],
    line: [214, 214, 220],
    accent: accentColor(info.accent),
  };
  const pen: Pen = {
    doc,
    root,
    write(text, { x, y, size, face = "regular", ink = "black", figures = false }) {
      doc.font(face, size).fillColor(inks[ink]);
      const features = figures ? [...FIGURES] : [];
      const textWidth = paperFaces()[face].width(text, size, figures);
      doc.text(text, x, y, { lineBreak: false, baseline: "alphabetic", features, textWidth } as object);
    },
    tag(parent, type, draw, options = {}) {
      parent.add(doc.struct(type, options, draw));
    },
    group(parent, type) {
      const element = doc.struct(type);
      parent.add(element);
      return element;
    },
    artifact(type, draw) {
      doc.markContent("Artifact", { type });
      draw();
      doc.endMarkedContent();
    },
    rule(y, weight, from = SHEET.left, to = SHEET.right) {
      const firm = weight === "firm";
      doc.lineWidth(firm ? 0.6 : 0.4).strokeColor(inks[firm ? "black" : "line"]);
      doc.moveTo(from, y).lineTo(to, y).stroke();
    },
    bar(x, y, width, height) {
      doc.rect(x, y, width, height).fill(inks.accent);
    },
    endPage() {
      releaseElements(doc);
      doc.flushPages();
    },
    end() {
      root.end();
      doc.end();
    },
    take: written.take,
  };
  return pen;
}

/** Options of an element whose text is printed with letters missing: what it says in truth. */
export function truth(text: string, face: FaceName = "regular"): { actual?: string } {
  return printable(text, paperFaces()[face]) === text ? {} : { actual: text };
}
