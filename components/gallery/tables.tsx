"use client";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { DataColumn } from "@/components/ui/data-table-column";
import { Empty } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Table, Td, Th } from "@/components/ui/table";
import { Amount } from "@/components/values/amount";
import { Quantity } from "@/components/values/quantity";
import { Time } from "@/components/values/time";
import { type SampleCall, sampleCalls } from "./sample";
import { Sample, Section } from "./section";

const COLUMNS: readonly DataColumn<SampleCall>[] = [
  {
    id: "time",
    header: "Time",
    fixed: true,
    phone: "when",
    className: "whitespace-nowrap text-muted sm:w-28",
    sort: (row) => row.at,
    cell: (row) => <Time at={row.at} precise />,
  },
  {
    id: "model",
    header: "Model",
    phone: "what",
    className: "sm:max-w-0 sm:truncate",
    sort: (row) => row.model,
    cell: (row) => row.model,
  },
  { id: "key", header: "Key", hidden: true, className: "max-w-40 truncate", cell: (row) => row.key },
  {
    id: "tokens",
    header: "Tokens",
    align: "end",
    phone: "where",
    className: "sm:w-44",
    sort: (row) => row.tokens,
    cell: (row) => <Quantity of={row.tokens} meter="input_token" />,
  },
  {
    id: "cost",
    header: "Cost",
    align: "end",
    fixed: true,
    phone: "amount",
    className: "sm:w-28",
    cell: (row) => <Amount of={row.cost} signed />,
  },
];

const rowId = (row: SampleCall) => row.id;
const nothing = <Empty action={<Button>Create a key</Button>}>No calls yet.</Empty>;

function Filled() {
  const [open, setOpen] = useState<SampleCall | null>(null);
  const [pages, setPages] = useState(1);
  const rows = useMemo(
    () =>
      Array.from({ length: pages }, (_, page) =>
        sampleCalls.map((row) => ({ ...row, id: `${row.id}_${page}` })),
      ).flat(),
    [pages],
  );
  return (
    <>
      <DataTable
        name="gallery"
        label="Calls"
        columns={COLUMNS}
        rows={rows}
        rowId={rowId}
        onOpen={setOpen}
        openLabel={(row) => `Open the call of ${row.model}, ${row.id}`}
        openId={open?.id ?? null}
        more={pages < 3}
        onMore={() => setPages(pages + 1)}
        empty={nothing}
        toolbar={<Button>Filter</Button>}
      />
      <Sheet open={open !== null} onOpenChange={() => setOpen(null)} title="Call" description={open?.id ?? ""}>
        <p>{open?.model}</p>
      </Sheet>
    </>
  );
}

export function TableSamples() {
  const plain = { columns: COLUMNS, rowId, empty: nothing };
  return (
    <Section title="Tables">
      <Sample name="DataTable: sorted by its headers, columns to choose, rows to open, more to load" className="block">
        <Filled />
      </Sample>
      <Sample name="DataTable while it is loaded" className="block">
        <DataTable {...plain} name="gallery.loading" label="Calls, loading" rows={undefined} skeletonRows={3} />
      </Sample>
      <Sample name="DataTable without rows" className="block">
        <DataTable {...plain} name="gallery.empty" label="Calls, none" rows={[]} />
      </Sample>
      <Sample name="DataTable that could not be loaded" className="block">
        <DataTable {...plain} name="gallery.failed" label="Calls" rows={undefined} failed />
      </Sample>
      <Sample name="DataTable that waits for more" className="block">
        <DataTable {...plain} name="gallery.more" label="Calls, more" rows={sampleCalls.slice(0, 2)} more loadingMore />
      </Sample>
      <Sample name="Table" className="block">
        <Table aria-label="Buckets">
          <thead>
            <tr>
              <Th>Bucket</Th>
              <Th className="text-right">Left</Th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <Td>Purchased</Td>
              <Td className="text-right">
                <Amount of="50" kind="balance" />
              </Td>
            </tr>
            <tr>
              <Td>Promotional</Td>
              <Td className="text-right">
                <Amount of="3.62" kind="balance" />
              </Td>
            </tr>
          </tbody>
        </Table>
      </Sample>
    </Section>
  );
}
