import { cn } from "@/components/ui/class-names";

const SIZES = {
  medium: { box: "size-7 rounded-[7px]", letter: "text-base" },
  large: { box: "size-9 rounded-[9px]", letter: "text-lg" },
} as const;

type Props = { name: string; logo: string | null; size?: keyof typeof SIZES; className?: string };

/** The operator's logo; without one the first letter of the name on the accent. */
export function OperatorMark({ name, logo, size = "medium", className }: Props) {
  const { box, letter } = SIZES[size];
  if (logo) {
    // biome-ignore lint/performance/noImgElement: the optimizer is off, and a logo is one small file.
    return <img src={logo} alt="" className={cn("shrink-0 object-contain", box, className)} />;
  }
  return (
    <span
      aria-hidden="true"
      className={cn(
        "grid shrink-0 place-content-center bg-accent font-semibold text-on-accent",
        box,
        letter,
        className,
      )}
    >
      {name.slice(0, 1)}
    </span>
  );
}
