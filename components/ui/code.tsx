import { cn } from "./class-names";
import { CopyButton } from "./copy-button";

/** Text for machines, as it is; `what` names it for readers and for the copy button. */
export function Code({
  text,
  what,
  copy = false,
  className,
}: {
  text: string;
  what: string;
  copy?: boolean;
  className?: string;
}) {
  return (
    <div className={cn("relative min-w-0", className)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section aria-label={what} tabIndex={0} className="overflow-x-auto rounded-control bg-control p-4 pr-12">
        <pre className="font-mono text-sm">
          <code translate="no">{text}</code>
        </pre>
      </section>
      {copy ? <CopyButton text={text} what={what} className="absolute top-2 right-2" /> : null}
    </div>
  );
}

/** Plain text in which `code` stands in backticks. */
export function Prose({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move.
      <code translate="no" key={index} className="rounded bg-control px-1 font-mono text-[0.92em]">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
