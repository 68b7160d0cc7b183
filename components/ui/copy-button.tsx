"use client";
import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { IconButton } from "./icon-button";

const SHOWN_MS = 1_600;

type Props = {
  /** The text for the clipboard. */
  text: string;
  /** The name of the text: "organization ID". */
  what: string;
  /** The text beside the icon; without it, the button is only the icon. */
  children?: string;
  variant?: "primary" | "outline";
  onCopied?: () => void;
  className?: string;
};

/** Copies, and says so in its own place. */
export function CopyButton({ text, what, children, variant = "outline", onCopied, className }: Props) {
  const t = useTranslations("ui");
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      onCopied?.();
    });
  const icon = copied ? <Check aria-hidden="true" className="text-good" /> : <Copy aria-hidden="true" />;
  return (
    <>
      {children ? (
        <Button variant={variant} onClick={copy} {...(className && { className })}>
          {icon}
          {copied ? t("copied") : children}
        </Button>
      ) : (
        <IconButton size="small" label={t("copy", { what })} onClick={copy} {...(className && { className })}>
          {icon}
        </IconButton>
      )}
      <span role="status" className="sr-only">
        {copied ? t("copied") : ""}
      </span>
    </>
  );
}
