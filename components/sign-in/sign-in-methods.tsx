import { useTranslations } from "next-intl";
import { FIELD } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";

type Action = (form: FormData) => Promise<void>;
type Props = {
  methods: { mail: boolean; oauth: ("github" | "google")[]; demo: string | undefined };
  /** The page to return to. */
  callbackUrl: string;
  /** The address was none: its field says so. */
  wrongEmail: boolean;
  actions: { mail: Action; oauth: Action; demo: Action };
};

function MailForm({ callbackUrl, wrongEmail, action }: { callbackUrl: string; wrongEmail: boolean; action: Action }) {
  const t = useTranslations("signIn");
  return (
    <form action={action} className="grid gap-3">
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <label className="grid gap-1.5 font-medium text-sm" htmlFor="email">
        {t("email")}
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          aria-invalid={wrongEmail || undefined}
          aria-describedby={wrongEmail ? "email-wrong email-note" : "email-note"}
          className={FIELD}
        />
      </label>
      {wrongEmail ? (
        <p id="email-wrong" role="alert" className="text-critical text-sm">
          {t("errors.email")}
        </p>
      ) : null}
      <SubmitButton primary>{t("askLink")}</SubmitButton>
      <p id="email-note" className="text-muted text-sm">
        {t("noPassword")}
      </p>
    </form>
  );
}

/** Every way to sign in that is set up: the address first, then who else may say who it is. */
export function SignInMethods({ methods, callbackUrl, wrongEmail, actions }: Props) {
  const t = useTranslations("signIn");
  const others = methods.oauth.length > 0 || methods.demo !== undefined;
  return (
    <>
      {methods.mail ? <MailForm callbackUrl={callbackUrl} wrongEmail={wrongEmail} action={actions.mail} /> : null}
      {methods.mail && others ? (
        <div className="flex items-center gap-3 text-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {t("or")}
        </div>
      ) : null}
      {others ? (
        <div className="grid gap-3">
          {methods.oauth.map((provider) => (
            <form key={provider} action={actions.oauth}>
              <input type="hidden" name="callbackUrl" value={callbackUrl} />
              <input type="hidden" name="provider" value={provider} />
              <SubmitButton>{t(provider)}</SubmitButton>
            </form>
          ))}
          {methods.demo === undefined ? null : (
            <form action={actions.demo} className="grid gap-2">
              <input type="hidden" name="callbackUrl" value={callbackUrl} />
              <SubmitButton>{t("demo")}</SubmitButton>
              <p className="text-center text-muted text-sm">{methods.demo}</p>
            </form>
          )}
        </div>
      ) : null}
    </>
  );
}
