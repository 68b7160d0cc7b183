import { Sample, Section } from "./section";

const COLORS = [
  "page",
  "card",
  "control",
  "line",
  "field",
  "text",
  "muted",
  "accent",
  "accent-strong",
  "accent-soft",
  "good",
  "good-soft",
  "low",
  "low-soft",
  "warning",
  "warning-soft",
  "critical",
  "critical-soft",
  "series-1",
  "series-2",
  "series-3",
  "series-4",
  "series-5",
  "series-6",
  "series-other",
] as const;
const SIZES = ["text-xs", "text-sm", "text-base", "text-lg", "text-xl", "text-2xl", "text-3xl"] as const;
const PIXELS = [12, 13, 14, 16, 20, 28, 40] as const;

export function TokenSamples() {
  return (
    <Section title="Tokens">
      <Sample name="Colors" className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))]">
        {COLORS.map((color) => (
          <div key={color} className="grid gap-1 text-sm">
            <span
              aria-hidden="true"
              className="h-9 rounded-control border border-line"
              style={{ background: `var(--${color})` }}
            />
            {color}
          </div>
        ))}
      </Sample>
      <Sample name="Sizes of type" className="items-baseline gap-x-5">
        {SIZES.map((size, index) => (
          <span key={size} className={`${size} tabular-nums`}>
            {PIXELS[index]}
          </span>
        ))}
      </Sample>
      <Sample name="Radius of cards and controls, and the shadow of what floats">
        <span aria-hidden="true" className="size-16 rounded-card border border-line bg-card" />
        <span aria-hidden="true" className="size-16 rounded-control border border-line bg-control" />
        <span aria-hidden="true" className="size-16 rounded-card border border-line bg-card shadow-float" />
      </Sample>
    </Section>
  );
}
