"use client";
import { type KeyboardEvent, useRef } from "react";

type Props = {
  label: string;
  names: readonly string[];
  active: number | null;
  onActive: (index: number | null) => void;
  onPress: ((index: number) => void) | undefined;
  /** Where the bars are within the picture. */
  place: { left: number; right: number; top: number; bottom: number };
};

const MOVES: Record<string, (index: number, last: number) => number> = {
  ArrowLeft: (index) => index - 1,
  ArrowRight: (index) => index + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** A button over each bar: pointing shows what is in it, pressing narrows to it. One tab stop; arrows move within. */
export function BarButtons({ label, names, active, onActive, onPress, place }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const touched = useRef<number | null>(null);
  const last = names.length - 1;
  const stop = Math.min(active ?? last, last);
  const move = (event: KeyboardEvent) => {
    if (event.key === "Escape") return onActive(null);
    const next = MOVES[event.key]?.(stop, last);
    if (next === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(last, next));
    (row.current?.children[to] as HTMLElement | undefined)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring the look of a form.
    <div
      ref={row}
      role="group"
      aria-label={label}
      className="absolute grid auto-cols-fr grid-flow-col"
      style={place}
      onKeyDown={move}
      onPointerLeave={() => onActive(null)}
    >
      {names.map((name, index) => (
        <button
          // The bars of a range keep their places; only their values change.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what identifies a bar.
          key={index}
          type="button"
          aria-label={name}
          tabIndex={index === stop ? 0 : -1}
          className="min-w-0 rounded-[3px] hover:bg-text/5 focus-visible:bg-text/5"
          onPointerEnter={(event) => event.pointerType !== "touch" && onActive(index)}
          onPointerDown={(event) => {
            touched.current = event.pointerType === "touch" && active !== index ? index : null;
          }}
          onFocus={() => onActive(index)}
          onBlur={() => onActive(null)}
          onClick={() => {
            // A finger cannot point: its first touch shows, its second presses.
            if (touched.current === index) onActive(index);
            else onPress?.(index);
          }}
        />
      ))}
    </div>
  );
}
