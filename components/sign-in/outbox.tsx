import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { paths } from "@/lib/kernel/paths";

type Mail = { id: string; recipient: string; subject: string; text: string; at: string };

/** Text with its addresses as links: a mail of ours leads here, under whatever name this server was opened. */
function Linked({ text }: { text: string }) {
  let at = 0;
  return text.split(/(https?:\/\/\S+)/).map((part) => {
    const key = at;
    at += part.length;
    if (!/^https?:\/\//.test(part)) return <span key={key}>{part}</span>;
    return (
      <a
        key={key}
        href={part.replace(/^https?:\/\/[^/]+/, "")}
        className="break-all text-accent underline underline-offset-4"
      >
        {part}
      </a>
    );
  });
}

/** The mails that wait for a mail server, the latest first. */
export function Outbox({ mails }: { mails: Mail[] }) {
  const t = useTranslations("signIn.outbox");
  return (
    <main className="mx-auto grid max-w-2xl content-start gap-4 p-4 sm:p-8">
      <div className="grid gap-1">
        <h1 className="font-semibold text-xl">{t("heading")}</h1>
        <p className="text-muted">{t("what")}</p>
        <a href={paths.signIn} className="w-fit text-sm underline underline-offset-4">
          {t("back")}
        </a>
      </div>
      {mails.length === 0 ? <p className="text-muted">{t("empty")}</p> : null}
      {mails.map(({ id, recipient, subject, text, at }) => (
        <Card key={id} aria-labelledby={id} className="grid gap-3">
          <header className="grid gap-1">
            <h2 id={id} className="font-medium text-lg">
              {subject}
            </h2>
            <p className="text-muted text-sm">
              {t("to", { address: recipient })} ·{" "}
              <time dateTime={at}>{at.replace("T", " ").replace(/\..*/, " UTC")}</time>
            </p>
          </header>
          <p className="whitespace-pre-line text-sm">
            <Linked text={text} />
          </p>
        </Card>
      ))}
    </main>
  );
}
