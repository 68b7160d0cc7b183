/**
 * `node scripts/pictures.mjs`: draws the pictures of `public/` from its `icon.svg`: the favicon, the icons of a home
 * screen, and the picture that stands beside a link to the portal. They are files of the repository, so that a build
 * needs no browser; run it after a change of the icon.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright";
import { launchOptions } from "./browser.mjs";

const FOLDER = path.join(import.meta.dirname, "../public");
const ACCENT = "#3f5bd8";
const ICON = readFileSync(path.join(FOLDER, "icon.svg"), "utf8");
const MARK = ICON.slice(ICON.indexOf("<path"), ICON.lastIndexOf("</svg>"));

/** The icon without round corners: a phone cuts its own shape, and keeps four fifths of the width at least. */
const filled = (share) => {
  const away = 16 - 16 * share;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="${ACCENT}"/><g transform="translate(${away} ${away}) scale(${share})">${MARK}</g></svg>`;
};

const DAYS = [64, 92, 78, 120, 104, 148, 132, 176, 150, 198, 184, 226];
const bars = DAYS.map((height, day) => {
  const x = 196 + day * 68;
  const upper = Math.round(height * 0.36);
  return `<rect x="${x}" y="${484 - height}" width="40" height="${height}" rx="6" fill="${ACCENT}"/><rect x="${x}" y="${484 - height - upper - 4}" width="40" height="${upper}" rx="6" fill="#aab6f0"/>`;
}).join("");
/** No words: the page says the operator's name beside it. */
const LINK_PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="#f6f7fb"/><rect x="120" y="90" width="960" height="450" rx="20" fill="#fff" stroke="#e3e6ef" stroke-width="2"/><g transform="translate(168 130) scale(2)"><rect width="32" height="32" rx="8" fill="${ACCENT}"/>${MARK}</g><rect x="256" y="142" width="220" height="20" rx="10" fill="#c9cede"/><rect x="256" y="176" width="132" height="14" rx="7" fill="#e3e6ef"/><path d="M168 485.5h864" stroke="#e3e6ef" stroke-width="2"/>${bars}</svg>`;

const PICTURES = [
  { name: "icon-192.png", svg: ICON, width: 192 },
  { name: "icon-512.png", svg: ICON, width: 512 },
  { name: "icon-maskable-512.png", svg: filled(0.8), width: 512 },
  { name: "apple-touch-icon.png", svg: filled(0.9), width: 180 },
  { name: "opengraph.png", svg: LINK_PICTURE, width: 1200, height: 630 },
];
const FAVICON_SIZES = [16, 32, 48];
const ICO_HEADER = 6;
const ICO_ENTRY = 16;

/** The pictures as one .ico: a header, an entry for each, then their PNG files. */
function ico(pictures) {
  const header = Buffer.alloc(ICO_HEADER + ICO_ENTRY * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = ICO_HEADER + ICO_ENTRY * index;
    header.writeUInt8(size, at);
    header.writeUInt8(size, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

const browser = await chromium.launch(await launchOptions());
const page = await browser.newPage();

async function draw(svg, width, height = width) {
  await page.setViewportSize({ width, height });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${width}px;height:${height}px}</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

try {
  for (const { name, svg, width, height } of PICTURES) {
    writeFileSync(path.join(FOLDER, name), await draw(svg, width, height));
  }
  const favicons = [];
  for (const size of FAVICON_SIZES) favicons.push({ size, png: await draw(ICON, size) });
  writeFileSync(path.join(FOLDER, "favicon.ico"), ico(favicons));
} finally {
  await browser.close();
}
