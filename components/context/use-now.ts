"use client";
import { useEffect, useState } from "react";
import { useFacts } from "./facts";

const MINUTE_MS = 60_000;

/** The time to the minute: the server's when the page is first shown, so that both draw the same, then the browser's. */
export function useNow(): Date {
  const facts = useFacts();
  const [now, setNow] = useState(() => new Date(facts.now));
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
