import { Link } from "@tanstack/react-router";
import { Activity, BookOpen, GraduationCap, Inbox, Keyboard, ShieldCheck, SlidersHorizontal, type LucideIcon } from "lucide-react";
import { useSpeech } from "@frontdesk/i18n";
import { cx, IconButton, Popover, Tooltip } from "@frontdesk/ui";
import { useMay } from "../data/me";
import { ConnectionDot } from "./ConnectionDot";
import { DisplaySettings } from "./DisplaySettings";
import { MoreMenu, UserMenu } from "./UserMenu";

type Place = {
  to: "/" | "/live" | "/knowledge" | "/learning" | "/team";
  key: "inbox" | "live" | "knowledge" | "learning" | "access";
  icon: LucideIcon;
};

const PLACES: Place[] = [
  { to: "/", key: "inbox", icon: Inbox },
  { to: "/live", key: "live", icon: Activity },
  { to: "/knowledge", key: "knowledge", icon: BookOpen },
  { to: "/learning", key: "learning", icon: GraduationCap },
];

/** For admins alone; on a phone it is reached by "more". */
const ACCESS: Place = { to: "/team", key: "access", icon: ShieldCheck };
const ACCESS_PAGES = ["/team", "/keys", "/audit", "/channels"];

/** A ticket is a place within the inbox. */
export function isInbox(pathname: string): boolean {
  return pathname === "/" || pathname.startsWith("/tickets");
}

function isAt(place: Place, pathname: string): boolean {
  if (place === ACCESS) return ACCESS_PAGES.some((page) => pathname.startsWith(page));
  if (place.to === "/knowledge" && pathname.startsWith("/macros")) return true;
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
  const isAdmin = useMay("admin");
  return (
    <nav
      aria-label={t("nav.main")}
      className="hidden w-14 shrink-0 flex-col items-center gap-1 border-r border-hairline py-3 md:flex"
    >
      <img src="/console/mark.svg" alt="Frontdesk" width={32} height={32} className="mb-4" />
      {PLACES.map((place) => (
        <RailLink key={place.key} place={place} pathname={pathname} />
      ))}
      {isAdmin ? <RailLink place={ACCESS} pathname={pathname} /> : null}
      <span className="flex-1" />
      <ConnectionDot />
      <Tooltip content={t("help.open")} side="right">
        <IconButton label={t("help.open")} className="size-10" onClick={onHelp}>
          <Keyboard size={20} aria-hidden />
        </IconButton>
      </Tooltip>
      <Settings />
      <UserMenu />
    </nav>
  );
}

function Settings() {
  const { t } = useSpeech();
  return (
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
      <MoreMenu className={BAR_ITEM} />
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
