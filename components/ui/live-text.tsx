import { Children, Fragment, type ReactNode } from "react";

/**
 * Text that changes, each part in its own element, which is replaced when it changes. A browser that translates a page
 * replaces text nodes, and React would keep writing into the removed ones.
 */
export function LiveText({ children }: { children: ReactNode }) {
  const parts: ReactNode[] = [];
  let text = "";
  const end = () => {
    if (text !== "") parts.push(<span key={`${parts.length} ${text}`}>{text}</span>);
    text = "";
  };
  for (const child of Children.toArray(children)) {
    if (typeof child === "string" || typeof child === "number") text += child;
    else {
      end();
      parts.push(<Fragment key={parts.length}>{child}</Fragment>);
    }
  }
  end();
  return parts;
}
