"use client";
import { type RefObject, useEffect, useState } from "react";

/** Whether the top of the list is visible: then new rows move nothing that the reader reads. */
export function useAtTop(mark: RefObject<HTMLElement | null>): boolean {
  const [atTop, setAtTop] = useState(true);
  useEffect(() => {
    if (!mark.current) return;
    const observer = new IntersectionObserver(([entry]) => setAtTop(entry?.isIntersecting ?? true));
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [mark]);
  return atTop;
}
