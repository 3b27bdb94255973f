import { Link } from "@tanstack/react-router";
import { Activity, BookOpen, GraduationCap, Inbox, Keyboard, SlidersHorizontal, type LucideIcon } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { cx, IconButton, Popover, Tooltip } from "@frontdesk/ui";
import { ConnectionDot } from "./ConnectionDot";
import { DisplaySettings } from "./DisplaySettings";

type Place = {
  to: "/" | "/live" | "/knowledge" | "/learning";
  key: "inbox" | "live" | "knowledge" | "learning";
  icon: LucideIcon;
};

const PLACES: Place[] = [
  { to: "/", key: "inbox", icon: Inbox },
  { to: "/live", key: "live", icon: Activity },
  { to: "/knowledge", key: "knowledge", icon: BookOpen },
  { to: "/learning", key: "learning", icon: GraduationCap },
];

/** A ticket is a place within the inbox. */
export function isInbox(pathname: string): boolean {
  return pathname === "/" || pathname.startsWith("/tickets");
}

function isAt(place: Place, pathname: string): boolean {
  return place.to === "/" ? isInbox(pathname) : pathname.startsWith(place.to);
}

function RailLink({ place, pathname }: { place: Place; pathname: string }) {
  const { t } = useSpeech();
  const current = isAt(place, pathname);
  const Icon = place.icon;
  return (
    <Tooltip content={t(`nav.${place.key}`)} side="right">
      <Link
        to={place.to}
        aria-label={t(`nav.${place.key}`)}
        aria-current={current ? "page" : undefined}
        className={cx(
          "flex size-10 items-center justify-center rounded-sm transition-colors",
          current ? "bg-surface-2 text-ink" : "text-muted hover:text-ink",
        )}
      >
        <Icon size={20} aria-hidden />
      </Link>
    </Tooltip>
  );
}

export function Rail({ pathname, onHelp }: { pathname: string; onHelp: () => void }) {
  const { t } = useSpeech();
  return (
    <nav
      aria-label={t("nav.main")}
      className="hidden w-14 shrink-0 flex-col items-center gap-1 border-r border-hairline py-3 md:flex"
    >
      <img src="/console/mark.svg" alt="Frontdesk" width={32} height={32} className="mb-4" />
      {PLACES.map((place) => (
        <RailLink key={place.key} place={place} pathname={pathname} />
      ))}
      <span className="flex-1" />
      <ConnectionDot />
      <Tooltip content={t("help.open")} side="right">
        <IconButton label={t("help.open")} className="size-10" onClick={onHelp}>
          <Keyboard size={20} aria-hidden />
        </IconButton>
      </Tooltip>
      <Popover
        label={t("nav.settings")}
        side="right"
        align="end"
        className="w-64"
        trigger={
          <IconButton label={t("nav.settings")} className="size-10">
            <SlidersHorizontal size={20} aria-hidden />
          </IconButton>
        }
      >
        <DisplaySettings />
      </Popover>
    </nav>
  );
}

const BAR_ITEM = "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 text-12 transition-colors";

/** The same places within a thumb's reach. */
export function BottomBar({ pathname }: { pathname: string }) {
  const { t } = useSpeech();
  return (
    <nav
      aria-label={t("nav.main")}
      className="flex shrink-0 border-t border-hairline bg-surface-1 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {PLACES.map((place) => (
        <BarLink key={place.key} place={place} pathname={pathname} />
      ))}
      <Popover
        label={t("nav.settings")}
        side="top"
        align="end"
        className="w-64"
        trigger={
          <button type="button" className={cx(BAR_ITEM, "text-muted")}>
            <SlidersHorizontal size={20} aria-hidden />
            {t("nav.settings")}
          </button>
        }
      >
        <DisplaySettings />
      </Popover>
    </nav>
  );
}

function BarLink({ place, pathname }: { place: Place; pathname: string }) {
  const { t } = useSpeech();
  const current = isAt(place, pathname);
  const Icon = place.icon;
  return (
    <Link
      to={place.to}
      aria-current={current ? "page" : undefined}
      className={cx(BAR_ITEM, current ? "font-medium text-ink" : "text-muted")}
    >
      <Icon size={20} aria-hidden />
      {t(`nav.${place.key}`)}
    </Link>
  );
}
