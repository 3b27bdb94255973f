import { Link } from "@tanstack/react-router";
import { ShieldX } from "lucide-react";
import type { ReactNode } from "react";
import { useSpeech } from "@frontdesk/i18n";
import { cx, EmptyState } from "@frontdesk/ui";
import { useMay } from "../data/me";
import { Page } from "../shared/Page";
import { LINK_BUTTON } from "../shared/styles";

const TABS = [
  { to: "/team", key: "people" },
  { to: "/keys", key: "keys" },
  { to: "/audit", key: "audit" },
  { to: "/channels", key: "channels" },
] as const;

interface AdminPageProps {
  hint?: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** One of the pages about who may do what, and what the desk is connected to; to others than admins it says so. */
export function AdminPage({ hint, aside, children }: AdminPageProps) {
  const { t } = useSpeech();
  const may = useMay("admin");
  if (!may) return <NotForYou />;
  return (
    <Page title={t("team.title")}>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <nav aria-label={t("team.title")} className="inline-flex max-w-full gap-0.5 overflow-x-auto rounded-sm bg-surface-2 p-0.5">
          {TABS.map(({ to, key }) => (
            <Link
              key={to}
              to={to}
              activeProps={{ "aria-current": "page", className: "bg-overlay-solid text-ink" }}
              inactiveProps={{ className: "text-muted hover:text-ink" }}
              className={cx("flex h-8 items-center rounded-[6px] px-3 text-13 font-medium whitespace-nowrap transition-colors max-md:h-11 max-md:px-2.5")}
            >
              {t(`team.${key}`)}
            </Link>
          ))}
        </nav>
        {aside}
      </div>
      {hint ? <p className="mb-4 max-w-[680px] text-13 text-pretty text-muted">{hint}</p> : null}
      {children}
    </Page>
  );
}

function NotForYou() {
  const { t } = useSpeech();
  return (
    <EmptyState
      className="flex-1"
      icon={<ShieldX size={20} aria-hidden />}
      title={t("problem.forbidden")}
      action={
        <Link to="/" className={LINK_BUTTON}>
          {t("error.toInbox")}
        </Link>
      }
    />
  );
}
