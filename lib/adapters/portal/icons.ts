import type { MetadataRoute } from "next";

/** The files of `public/`, for an operator who has no logo. */
const OWN: NonNullable<MetadataRoute.Manifest["icons"]> = [
  { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
  { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
  { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
  { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
];
const LINK_PICTURE = "/opengraph.png";
const TYPES: [pattern: RegExp, type: string][] = [
  [/\.svg$|^data:image\/svg\+xml/, "image/svg+xml"],
  [/\.png$|^data:image\/png/, "image/png"],
  [/\.webp$|^data:image\/webp/, "image/webp"],
];

const typeOf = (logo: string) => TYPES.find(([pattern]) => pattern.test(logo))?.[1];

/** The icons of an installed portal: the operator's logo, whatever its size, else our own. */
export function manifestIcons(logo: string | null): NonNullable<MetadataRoute.Manifest["icons"]> {
  if (!logo) return OWN;
  const type = typeOf(logo);
  return [{ src: logo, sizes: "any", ...(type && { type }) }];
}

/** The icons in a page's head: in a tab, on a home screen, and the picture beside a link to it. */
export function pageIcons(logo: string | null) {
  // A home screen draws no SVG, and those who show a link read no data: address.
  const drawn = logo && typeOf(logo) !== "image/svg+xml" ? logo : null;
  return {
    icon: logo
      ? [{ url: logo }]
      : [
          { url: "/favicon.ico", sizes: "48x48" },
          { url: "/icon.svg", type: "image/svg+xml" },
        ],
    apple: logo ? drawn : "/apple-touch-icon.png",
    picture: drawn?.startsWith("/") ? drawn : LINK_PICTURE,
  };
}
