import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Table({ className, ...props }: ComponentProps<"table">) {
  return <table className={cn("w-full border-collapse text-base tabular-nums", className)} {...props} />;
}
export function Th({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "border-line border-b bg-card px-2 py-2 first:pl-0 last:pr-0 text-left font-normal text-muted text-xs",
        className,
      )}
      {...props}
    />
  );
}
export function Td({ className, ...props }: ComponentProps<"td">) {
  return (
    <td
      className={cn("h-10 border-line border-b px-2 py-1.5 first:pl-0 last:pr-0 align-middle", className)}
      {...props}
    />
  );
}
