"use client";
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search as Glass } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { BACKDROP, CHOICE, FLOATING } from "@/components/ui/floating";
import type { AccountFacts } from "./account-facts";
import { type Command, type CommandGroup, useCommands, useRecord, useRunSearch, useWordSearch } from "./commands";

type Props = { open: boolean; onOpenChange: (open: boolean) => void; account: AccountFacts };

function Row({ command, onRun }: { command: Command; onRun: () => void }) {
  return (
    <Autocomplete.Item
      value={command}
      onClick={() => {
        onRun();
        command.run();
      }}
      className={cn(CHOICE, "min-h-9 px-3")}
    >
      <command.icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 truncate">{command.label}</span>
      {command.place ? <span className="ml-auto min-w-0 truncate text-muted text-xs">{command.place}</span> : null}
    </Autocomplete.Item>
  );
}

/** Pages and actions by name, records by their ID. */
export default function Palette({ open, onOpenChange, account }: Props) {
  const t = useTranslations("shell");
  const [text, setText] = useState("");
  const groups = useCommands(account);
  const record = useRecord(text);
  const run = useRunSearch(text);
  const words = useWordSearch(text);
  const items = useMemo(() => {
    if (record) return [record];
    const [pages, ...rest] = groups;
    return [pages, words, ...rest, run].filter((group) => group !== undefined);
  }, [record, run, words, groups]);
  const change = (next: boolean) => {
    onOpenChange(next);
    if (!next) setText("");
  };
  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP} />
        <Dialog.Popup
          aria-label={t("searchLabel")}
          className={cn(
            FLOATING,
            "fixed top-[min(12vh,7rem)] left-1/2 flex max-h-[min(33rem,78dvh)] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden",
          )}
        >
          <Autocomplete.Root
            open
            inline
            items={items}
            value={text}
            onValueChange={setText}
            itemToStringValue={(command: Command) => command.words}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex items-center gap-3 border-line border-b px-4">
              <Glass aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <Autocomplete.Input
                aria-label={t("searchLabel")}
                placeholder={t("searchPlaceholder")}
                className="h-12 w-full bg-transparent text-lg outline-none placeholder:text-muted"
              />
            </div>
            <Autocomplete.Empty className="px-4 text-muted text-sm [&:not(:empty)]:py-4">
              {t("searchEmpty")}
            </Autocomplete.Empty>
            <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto p-1">
              {(group: CommandGroup) => (
                <Autocomplete.Group key={group.label} items={group.items}>
                  <Autocomplete.GroupLabel className="px-3 pt-2 pb-1 text-muted text-xs">
                    {group.label}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(command: Command) => <Row key={command.id} command={command} onRun={() => change(false)} />}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
            <p className="border-line border-t px-4 py-2 text-muted text-xs max-sm:hidden">{t("searchHint")}</p>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
