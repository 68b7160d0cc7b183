/** The catalogue's accent, a CSS color, as the three numbers that a PDF takes. */
export type Rgb = [red: number, green: number, blue: number];

const INK: Rgb = [17, 17, 20];
const OKLCH = /^oklch\(\s*([\d.]+)(%?)\s+([\d.]+)\s+([\d.]+)(?:deg)?\s*\)$/i;
const HEX = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** From the linear light of a channel to its byte. */
function byteOf(light: number): number {
  const curved = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, curved)) * 255);
}

/** The matrices of Oklab, by Björn Ottosson. */
function ofOklch(lightness: number, chroma: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    byteOf(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    byteOf(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    byteOf(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Of oklch and hexadecimal colors; any other is black. */
export function accentColor(css: string | null): Rgb {
  const oklch = css?.trim().match(OKLCH);
  if (oklch) {
    const lightness = Number(oklch[1]) / (oklch[2] ? 100 : 1);
    return ofOklch(lightness, Number(oklch[3]), Number(oklch[4]));
  }
  const digits = css?.trim().match(HEX)?.[1];
  if (!digits) return INK;
  const six = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  return [0, 2, 4].map((at) => Number.parseInt(six.slice(at, at + 2), 16)) as Rgb;
}
