import { Outlet, useLocation } from "@tanstack/react-router";
import { useSpeech } from "@frontdesk/i18n";
import { useLiveConnection } from "../data/live";
import { Banners } from "./Banners";
import { BottomBar, Rail } from "./Navigation";

/** The frame of every page: the rail (a bar at the bottom on phones), the desk's banners, and the page. */
export function Shell() {
  const { t } = useSpeech();
  const pathname = useLocation({ select: (location) => location.pathname });
  useLiveConnection();
  return (
    <div className="flex h-full flex-col md:flex-row">
      <a href="#main" className="skip-link rounded-sm bg-ai px-3 py-2 text-13 font-medium text-on-ai">
        {t("common.skip")}
      </a>
      <Rail pathname={pathname} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Banners />
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 outline-none">
          <Outlet />
        </main>
      </div>
      <BottomBar pathname={pathname} />
    </div>
  );
}
