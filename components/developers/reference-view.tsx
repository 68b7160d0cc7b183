import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Code, Prose } from "@/components/ui/code";
import type { Reference, ReferenceOperation, ReferenceRow } from "@/lib/adapters/openapi/reference";
import { paths } from "@/lib/kernel/paths";

const TITLE = "mt-5 mb-1 font-medium text-muted text-xs";
const HEAD = "border-b py-1.5 pr-4 text-left font-medium text-muted text-xs";
const CELL = "border-b py-2 pr-4 align-top group-last:border-b-0";

function Rows({ title, route, rows }: { title: string; route: string; rows: readonly ReferenceRow[] }) {
  const t = useTranslations("developers.reference");
  if (rows.length === 0) return null;
  return (
    <>
      <h4 className={TITLE}>{title}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section aria-label={t("fields", { what: title, route })} tabIndex={0} className="overflow-x-auto">
        <table className="w-full min-w-[560px] table-fixed border-collapse text-sm">
          <thead>
            <tr>
              <th scope="col" className={`${HEAD} w-[28%]`}>
                {t("field")}
              </th>
              <th scope="col" className={`${HEAD} w-[27%]`}>
                {t("type")}
              </th>
              <th scope="col" className={HEAD}>
                {t("meaning")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} className="group">
                <th scope="row" className={`${CELL} break-words text-left font-mono font-normal`}>
                  {row.name}
                </th>
                <td className={`${CELL} break-words text-muted`}>
                  {row.type}
                  {row.required ? null : `, ${t("optional")}`}
                </td>
                <td className={CELL}>
                  <Prose text={row.description} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Operation({ operation, errors }: { operation: ReferenceOperation; errors: string }) {
  const t = useTranslations("developers.reference");
  const { id, method, path, answer } = operation;
  const route = `${method} ${path}`;
  return (
    <Card id={id} aria-labelledby={`${id}-title`} className="scroll-mt-20">
      <h3 id={`${id}-title`} className="font-medium text-lg">
        {operation.summary}
      </h3>
      <p className="mb-3 break-words font-mono text-sm">
        <span className="mr-2 font-medium text-accent">{method}</span>
        {path}
      </p>
      {operation.description ? (
        <p className="mb-3 max-w-[72ch]">
          <Prose text={operation.description} />
        </p>
      ) : null}
      <p className="flex flex-wrap gap-2">
        <Badge>{t(`who.${operation.auth}`)}</Badge>
        {operation.idempotency ? <Badge>{t(`idempotency.${operation.idempotency}`)}</Badge> : null}
      </p>
      <Rows title={t("query")} route={route} rows={operation.query} />
      <Rows title={t("body")} route={route} rows={operation.body} />
      <h4 className={TITLE}>{t("answer")}</h4>
      <p>
        {answer.status}: {answer.description} {answer.rows ? null : <span className="text-muted">{answer.type}</span>}
      </p>
      {answer.rows ? <Rows title={t("answer")} route={route} rows={answer.rows} /> : null}
      {operation.errors.length > 0 ? (
        <>
          <h4 className={TITLE}>{t("errors")}</h4>
          <ul className="flex flex-wrap gap-2">
            {operation.errors.map(({ status, code }) => (
              <li key={code}>
                <a
                  href={`${errors}#${code}`}
                  className="rounded-[6px] bg-control px-1.5 py-0.5 font-mono text-xs hover:underline"
                >
                  {status} {code}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <details className="mt-5">
        <summary className="w-fit cursor-pointer text-muted text-sm hover:text-text">{t("example")}</summary>
        <div className="mt-2 grid gap-2">
          <Code text={operation.call} what={t("request", { route })} copy />
          {answer.example ? <Code text={answer.example} what={t("response", { route })} /> : null}
        </div>
      </details>
    </Card>
  );
}

function Contents({ groups }: Pick<Reference, "groups">) {
  const t = useTranslations("developers.reference");
  return (
    <nav aria-label={t("onThisPage")} className="text-sm">
      {groups.map(({ id, tag, operations }) => (
        <div key={id} className="mb-4">
          <a href={`#${id}`} className="block px-2 py-1 font-medium text-muted text-xs hover:text-text">
            {tag}
          </a>
          <ul>
            {operations.map((operation) => (
              <li key={operation.id}>
                <a href={`#${operation.id}`} className="block rounded-control px-2 py-1 hover:bg-control">
                  {operation.summary}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <a href={paths.openapi} className="block rounded-control px-2 py-1 text-muted hover:bg-control hover:text-text">
        {t("openapi")}
      </a>
    </nav>
  );
}

/** The whole contract, from the document that is served to machines. `errors` is the page of the errors. */
export function ReferenceView({ reference, errors }: { reference: Reference; errors: string }) {
  const t = useTranslations("developers.reference");
  const { introduction, groups } = reference;
  return (
    <div className="grid gap-8 lg:grid-cols-[220px_minmax(0,1fr)]">
      <div className="sticky top-20 hidden max-h-[calc(100dvh-7rem)] self-start overflow-y-auto lg:block">
        <Contents groups={groups} />
      </div>
      <details className="lg:hidden">
        <summary className="cursor-pointer font-medium">{t("onThisPage")}</summary>
        <div className="mt-2">
          <Contents groups={groups} />
        </div>
      </details>
      <div className="grid min-w-0 gap-4">
        {introduction.map((paragraph) => (
          <p key={paragraph} className="max-w-[72ch]">
            <Prose text={paragraph.replaceAll("\n", " ")} />
          </p>
        ))}
        {groups.map(({ id, tag, operations }) => (
          <section key={id} aria-labelledby={id} className="grid min-w-0 gap-4">
            <h2 id={id} className="mt-4 scroll-mt-20 font-semibold text-xl">
              {tag}
            </h2>
            {operations.map((operation) => (
              <Operation key={operation.id} operation={operation} errors={errors} />
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}
