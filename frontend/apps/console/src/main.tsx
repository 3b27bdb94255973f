import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { ApiError } from "@frontdesk/api";
import { fetchTranslations, setupI18n } from "@frontdesk/i18n";
import { fullJitter } from "@frontdesk/socket";
import { TooltipProvider } from "@frontdesk/ui";
import "@frontdesk/ui/fonts.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createConsoleRouter, fetchPages } from "./router";
import { takeLink } from "./signin/link";
import "./styles.css";

takeLink(); // before anything else reads the address
await setupI18n();

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What cannot succeed is not tried again; the rest twice, quickly: the page then offers the button.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && !error.retryable),
      retryDelay: (attempt) => fullJitter(attempt + 1, { baseMs: 400, capMs: 2_000 }),
      refetchOnWindowFocus: true,
      networkMode: "always",
    },
  },
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TooltipProvider delayDuration={300}>
        <RouterProvider router={createConsoleRouter()} />
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
);

const whenAtRest = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1_000));
whenAtRest(() => {
  fetchPages();
  fetchTranslations();
});
