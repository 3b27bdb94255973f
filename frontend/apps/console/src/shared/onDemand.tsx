import { lazy, Suspense, type ComponentType, type ReactNode } from "react";
import { loadWords } from "@frontdesk/i18n";

/** A sheet that comes with its words when it is opened first; nothing is shown meanwhile. */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => ReactNode {
  const Sheet = lazy(async () => ({ default: (await Promise.all([load(), loadWords("tools")]))[0] }));
  return function OnDemand(props: Props) {
    return (
      <Suspense fallback={null}>
        <Sheet {...props} />
      </Suspense>
    );
  };
}
