"use client";
import { Download, Trash2 } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Sample, Section } from "./section";

const VARIANTS = ["primary", "outline", "ghost", "danger"] as const;
const TONES = ["plain", "accent", "good", "low", "warning", "critical"] as const;

export function ButtonSamples() {
  return (
    <Section title="Buttons and badges">
      {VARIANTS.map((variant) => (
        <Sample key={variant} name={`Button, ${variant}: usual, with an icon, small, pending, disabled`}>
          <Button variant={variant}>Add $50.00</Button>
          <Button variant={variant}>
            <Download aria-hidden="true" />
            Download
          </Button>
          <Button variant={variant} size="small">
            Small
          </Button>
          <Button variant={variant} pending>
            Add $50.00
          </Button>
          <Button variant={variant} disabled>
            Disabled
          </Button>
        </Sample>
      ))}
      <Sample name="IconButton: usual, outline, small, pending, disabled">
        <IconButton label="Remove">
          <Trash2 aria-hidden="true" />
        </IconButton>
        <IconButton label="Remove, outlined" variant="outline">
          <Trash2 aria-hidden="true" />
        </IconButton>
        <IconButton label="Remove, small" size="small">
          <Trash2 aria-hidden="true" />
        </IconButton>
        <IconButton label="Remove, pending" pending>
          <Trash2 aria-hidden="true" />
        </IconButton>
        <IconButton label="Remove, disabled" disabled>
          <Trash2 aria-hidden="true" />
        </IconButton>
      </Sample>
      <Sample name="CopyButton: the icon alone, with words">
        <code className="font-mono text-sm">org_01J9</code>
        <CopyButton text="org_01J9" what="organization ID" />
        <CopyButton text="org_01J9" what="organization ID">
          Copy ID
        </CopyButton>
      </Sample>
      <Sample name="Badge, in every tone">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Sample>
    </Section>
  );
}
