"use client";
import { Copy, Info, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { Sample, Section } from "./section";

const LONG = Array.from({ length: 24 }, (_, index) => `Line ${index + 1} of what is long enough to scroll.`);

function Panels() {
  const [dialog, setDialog] = useState(false);
  const [sheet, setSheet] = useState(false);
  const [wide, setWide] = useState(false);
  return (
    <Sample name="Dialog, Sheet, wide Sheet">
      <Button onClick={() => setDialog(true)}>Open the dialog</Button>
      <Button onClick={() => setSheet(true)}>Open the sheet</Button>
      <Button onClick={() => setWide(true)}>Open the wide sheet</Button>
      <Dialog
        open={dialog}
        onOpenChange={setDialog}
        title="Revoke this key"
        description="Calls with it are refused from now on."
        footer={
          <>
            <Button onClick={() => setDialog(false)}>Keep it</Button>
            <Button variant="danger" onClick={() => setDialog(false)}>
              Revoke
            </Button>
          </>
        }
      >
        <p>The key “production” was used 12 minutes ago.</p>
      </Dialog>
      <Sheet open={sheet} onOpenChange={setSheet} title="Call" description="evt_01J9">
        {LONG.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </Sheet>
      <Sheet open={wide} onOpenChange={setWide} wide title="Transaction" footer={<Button>Copy ID</Button>}>
        <p>Room for a table.</p>
      </Sheet>
    </Sample>
  );
}

function Menus() {
  const [checked, setChecked] = useState(true);
  const [theme, setTheme] = useState("light");
  return (
    <Sample name="Menu, Popover, Tooltip">
      <Menu trigger={<Button>Open the menu</Button>} align="start">
        <MenuItem>
          <Copy aria-hidden="true" />
          Copy ID
        </MenuItem>
        <MenuItem disabled>Disabled</MenuItem>
        <MenuCheck checked={checked} onCheckedChange={setChecked}>
          Show the model
        </MenuCheck>
        <MenuSeparator />
        <MenuChoice
          label="Order"
          value={theme}
          onChange={setTheme}
          options={[
            { value: "light", label: "Newest first" },
            { value: "dark", label: "Oldest first" },
          ]}
        />
        <MenuSeparator />
        <MenuItem danger>
          <Trash2 aria-hidden="true" />
          Revoke
        </MenuItem>
      </Menu>
      <Popover label="How this was reckoned" trigger={<Button>Open the popover</Button>} className="w-72">
        <p>$53.12 ÷ $4.28 a day is about 12 days.</p>
      </Popover>
      <Tooltip text="A hint beside the control">
        <IconButton label="A hint beside the control" title="">
          <Info aria-hidden="true" />
        </IconButton>
      </Tooltip>
    </Sample>
  );
}

export function FloatingSamples() {
  return (
    <Section title="What opens">
      <Panels />
      <Menus />
      <Sample name="Toast: message, success, error">
        <Button onClick={() => toast("The address was copied")}>Say a message</Button>
        <Button onClick={() => toast("$50.00 was added", "success")}>Say a success</Button>
        <Button onClick={() => toast("The key was not revoked. Nothing was changed.", "error")}>Say an error</Button>
      </Sample>
    </Section>
  );
}
